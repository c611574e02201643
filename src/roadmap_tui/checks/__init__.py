"""The known mistakes of AI product work, one small function each, with reason and remedy."""
