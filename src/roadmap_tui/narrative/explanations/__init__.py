"""How each figure of an item comes about."""
