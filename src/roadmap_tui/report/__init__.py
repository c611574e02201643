"""A forecast in words, Markdown and JSON."""
