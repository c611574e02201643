"""What each command answers; imported only when it is asked."""
