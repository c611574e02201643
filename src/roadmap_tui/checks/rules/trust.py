"""Trust: whether people go along with the answers, and whether too readily."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.plan.items import Product
from roadmap_tui.readiness.trust import (
    Decisions,
    TrustState,
    total_decisions,
    trust_alarm,
    trust_floor,
    trust_state,
)
from roadmap_tui.text.numbers import format_counted_share, format_whole_percent


@RuleInfo(
    "TR01",
    "E",
    "live",
    reason=("A model may be right and ignored, or wrong and followed; only counting shows which."),
    fix="log what is accepted, edited and overridden, and write it in trust.weeks",
)
def tr01(context: CheckContext) -> Iterator[Violation]:
    """A live AI feature has no trust counts."""
    for name, item in context.features(*OPEN_OR_IDEA, "live"):
        if item.trust is None or not total_decisions(item.trust.weeks).decided:
            yield Violation(
                context.item_path(name, "trust"),
                "what is accepted, edited and overridden is not counted",
            )


@RuleInfo(
    "TR02",
    "W",
    "live",
    reason=(
        "People who override it have a reason; when there are this many, it is in the way of their"
        " work."
    ),
    fix="look at their reasons; once it is confirmed, step down a rung of oversight",
)
def tr02(context: CheckContext) -> Iterator[Violation]:
    """Overrides are above the alarm: to be watched, or, with the whole interval, confirmed."""
    for name, item, made, found in _counted_features(context):
        if found not in {"watch", "confirmed"} or item.trust is None:
            continue
        alarm = trust_alarm(item.trust, context.policy)
        is_confirmed = found == "confirmed"
        confirmed, watched = "the whole interval lies", "the share lies, its interval does not,"
        what = confirmed if is_confirmed else watched
        share = format_counted_share(made.overridden, made.decided)
        text = f"{share} overridden: {what} above the alarm of {format_whole_percent(alarm)}"
        numbers = (
            ("override", made.override_rate or 0.0),
            ("low", made.interval[0]),
            ("alarm", alarm),
        )
        yield Violation(
            context.item_path(name, "trust"),
            text,
            numbers=numbers,
            severity="E" if is_confirmed else "W",
            at="key",
        )


@RuleInfo(
    "TR03",
    "W",
    "live",
    reason="No model is right that often; people who never object have stopped reading.",
    fix="seed known errors, and audit without showing the answer",
    source="R. Parasuraman, D. Manzey, Human Factors 52 (2010)",
)
def tr03(context: CheckContext) -> Iterator[Violation]:
    """On high stakes, overrides are below the floor."""
    for name, item, made, found in _counted_features(context):
        if found == "rubber-stamping" and item.trust is not None:
            floor = trust_floor(item.trust, "high", context.policy) or 0.0
            share = format_counted_share(made.overridden, made.decided)
            least = format_whole_percent(floor)
            text = f"{share} overridden on high stakes, below the floor of {least}"
            numbers = (
                ("override", made.override_rate or 0.0),
                ("high", made.interval[1]),
                ("floor", floor),
            )
            yield Violation(context.item_path(name, "trust"), text, numbers=numbers, at="key")


def _counted_features(
    context: CheckContext,
) -> Iterator[tuple[str, Product, Decisions, TrustState]]:
    """The features with counted decisions, and the state of trust in them."""
    for name, item in context.products(*OPEN_OR_IDEA, "live"):
        if item.trust is not None:
            made, stakes = (
                total_decisions(item.trust.weeks),
                item.oversight.stakes if item.oversight is not None else None,
            )
            found = trust_state(
                made,
                trust_alarm(item.trust, context.policy),
                trust_floor(item.trust, stakes, context.policy),
            )
            yield name, item, made, found
