"""Graphs drawn in layers from left to right, on a grid of characters: a pure function of names and edges."""
