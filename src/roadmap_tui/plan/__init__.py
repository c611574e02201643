"""Frozen models of a roadmap as people wrote it; no files, no arrays."""
