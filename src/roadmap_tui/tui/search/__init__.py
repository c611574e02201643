"""Filters and full-text search over a plan."""
