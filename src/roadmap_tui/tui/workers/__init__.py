"""Background work: forecast, insights, checks, comparison, export, commit, file sync."""
