"""Widgets that several screens and dialogs share."""
