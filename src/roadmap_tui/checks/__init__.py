"""The known mistakes of AI product work, each one small function with its reason and its fix."""
