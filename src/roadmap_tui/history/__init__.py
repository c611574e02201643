"""What git knows of a roadmap: revisions, merges, comparisons."""
