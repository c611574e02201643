"""Roadmap TUI: a roadmap planner in the terminal for people who manage AI and ML products."""

__version__ = "0.1.0"
