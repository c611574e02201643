"""Sentences on the readiness of AI items."""
