"""Many roadmaps together."""
