"""The simulation: sampling, outcomes, capacity, schedule, results."""
