"""TOML text to a plan and back: reading, positions, edits, saving."""
