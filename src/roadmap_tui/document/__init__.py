"""TOML text, losslessly: parse, positions, edits, format, three-way merge. Knows no disk."""
