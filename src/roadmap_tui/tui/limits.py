"""How many items the screens work on, and what they show of a plan with more."""

from roadmap_tui.forecast.engine import DEFAULT_RUNS

ANALYSIS_LIMIT = 5_000
"""Items up to which everything is worked out that takes a forecast for each thing that is tried."""
MAP_LIMIT = 2_000
"""Items that the map lays out at most."""
FINDINGS_LIMIT = 1_000
"""Findings that the screen with the checks lists at most."""
_LARGE_RUNS = 2_000
FEW_RUNS = 500
"""Simulation runs of a study that holds the times of all items in memory."""


def is_large_plan(items: int) -> bool:
    """Whether a plan has so many items that not everything is worked out."""
    return items > ANALYSIS_LIMIT


def full_run_count(items: int) -> int:
    """The simulation runs of a whole forecast on the screens: of 20,000 items 10,000 runs would take 2 GB."""
    return _LARGE_RUNS if is_large_plan(items) else DEFAULT_RUNS


def limit_message(items: int, what: str, most: int, remedy: str) -> str:
    """Why something isn't shown, and what to do: ``20,000 items: the map shows up to 2,000; …``."""
    return f"{items:,} items: {what} up to {most:,}; {remedy}"
