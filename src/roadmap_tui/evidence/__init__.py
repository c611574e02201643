"""Measurements and spike answers as edits of a plan."""
