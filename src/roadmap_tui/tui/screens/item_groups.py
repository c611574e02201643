"""Grouping the items of the ranking and of the timeline."""

from roadmap_tui.tui.screens.plan_screen import PlanScreen

_WORDS = {"none": "by track", "team": "by team", "tag": "by tag"}


def cycle_item_grouping(screen: PlanScreen) -> None:
    """Group the items by the next of track, team and tag."""
    screen.apply_view_options(screen.session.view_options.next_grouping())
    screen.notify_done(f"put together {_WORDS[screen.session.view_options.group]}")
