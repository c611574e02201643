"""What work costs and whether it pays: unit economics, build or buy, return, market, plan cost."""
