"""Forms for items and their tables: fields, values, suggestions, effect."""
