"""Layered layout of graphs, from left to right on a grid of characters."""
