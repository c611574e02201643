"""What each command answers; imported only when the command runs."""
