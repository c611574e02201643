"""From a plan to chances, ranges and ranks, by simulation."""
