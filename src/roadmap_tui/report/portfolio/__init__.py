"""Many roadmaps side by side."""
