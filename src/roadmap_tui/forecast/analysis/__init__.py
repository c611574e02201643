"""Analyses of a forecast: ranking, tornado, break-even, assumptions, value of information."""
