"""Limits for large plans."""

from roadmap_tui.forecast.engine import DEFAULT_RUNS

ANALYSIS_LIMIT = 5_000
"""Most items for analyses that need a forecast per variant."""
MAP_LIMIT = 2_000
"""Most items that the map lays out."""
FINDINGS_LIMIT = 1_000
"""Most findings that the checks screen lists."""
_LARGE_RUNS = 2_000
FEW_RUNS = 500
"""Simulation runs of insights that hold the times of all items in memory."""


def is_large_plan(items: int) -> bool:
    """Whether a plan is too large for some analyses."""
    return items > ANALYSIS_LIMIT


def full_run_count(items: int) -> int:
    """Runs of a full forecast: 10,000 runs of 20,000 items would take 2 GB."""
    return _LARGE_RUNS if is_large_plan(items) else DEFAULT_RUNS


def limit_message(items: int, what: str, most: int, remedy: str) -> str:
    """Why something isn't shown, and what to do: ``20,000 items: the map shows up to 2,000; …``."""
    return f"{items:,} items: {what} up to {most:,}; {remedy}"
