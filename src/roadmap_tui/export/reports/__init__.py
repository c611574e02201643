"""Documents, one module per audience."""
