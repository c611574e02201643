"""A pin, and what the forecast says about it."""

from roadmap_tui.forecast.simulation.results import Bucket, Forecast
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.dates import format_day


def pin_note(plan: Plan, forecast: Forecast, name: str) -> str:
    """That an item is pinned, and when it may start if the forecast differs; empty without a pin.

    ``pinned``, ``pinned; earliest Mar``, ``pinned; could start 4 Jan``, ``pinned; never starts``.
    """
    item, pin = forecast.items[name], plan.items[name].pin
    if pin is None or item.bucket is None:
        return ""
    if item.status != "planned":
        return "pinned"
    if item.start is None:
        return "pinned; never starts"
    weeks = item.start.p50
    free = _natural_bucket(plan.policy, weeks)
    if free == pin:
        return "pinned"
    day = format_day(
        forecast.day(weeks), "week" if free == "now" else "month", forecast.horizon_end
    )
    order: tuple[Bucket, ...] = ("now", "next", "later")
    is_too_early = order.index(free) > order.index(pin)
    return f"pinned; {'earliest' if is_too_early else 'could start'} {day}"


def _natural_bucket(policy: Policy, weeks: float) -> Bucket:
    """The bucket of an item that starts in this many weeks."""
    if weeks <= policy.now_weeks:
        return "now"
    if weeks <= policy.next_weeks:
        return "next"
    return "later"
