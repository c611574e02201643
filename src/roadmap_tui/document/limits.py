"""Limits of what is read as a roadmap; apart from all else, for commands that must start fast."""

MAX_BYTES = 5_000_000
"""The size of the largest roadmap that is read."""
MAX_DEPTH = 40
"""How deep tables and lists may be nested; far from where a recursion would end."""
