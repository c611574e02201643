"""Sentences and facts by topic, as values with their figures."""
