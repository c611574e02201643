"""What git remembers of a roadmap: revisions, what changed between two, and one forecast along all of them."""
