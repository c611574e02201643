"""Trust: whether people go along with the answers, and whether too readily."""

from collections.abc import Iterator

from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.fitness.trust import Decisions, TrustState, alarm_of, decisions, floor_of, state
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.words import counted, percent


@Mistake(
    "TR01",
    "E",
    "live",
    reason=(
        "A model may be right and nobody follow it, or wrong and everybody; only counting tells."
    ),
    fix="log what is accepted, edited and overridden, and write it in trust.weeks",
)
def tr01(seen: Subject) -> Iterator[Hit]:
    """A live AI feature has no trust counts."""
    for name, item in seen.features(*WANTED, "live"):
        if item.trust is None or not decisions(item.trust.weeks).decided:
            yield Hit(
                seen.path(name, "trust"), "nobody counts what is accepted, edited and overridden"
            )


@Mistake(
    "TR02",
    "W",
    "live",
    reason=(
        "People who override it have a reason; when there are this many, it is in the way of their"
        " work."
    ),
    fix="look at their reasons; once it is confirmed, step down a rung of oversight",
)
def tr02(seen: Subject) -> Iterator[Hit]:
    """Overrides are above the alarm: to be watched, or, with the whole interval, confirmed."""
    for name, item, made, found in _trusted(seen):
        if found not in {"watch", "confirmed"} or item.trust is None:
            continue
        alarm = alarm_of(item.trust, seen.policy)
        word = (
            "the whole interval lies"
            if found == "confirmed"
            else "the share lies, its interval does not,"
        )
        text = (
            f"{counted(made.overridden, made.decided)} overridden: {word} above the alarm of"
            f" {percent(alarm)}"
        )
        numbers = (("override", made.override or 0.0), ("low", made.interval[0]), ("alarm", alarm))
        yield Hit(
            seen.path(name, "trust"),
            text,
            numbers=numbers,
            severity="E" if found == "confirmed" else "W",
            at="key",
        )


@Mistake(
    "TR03",
    "W",
    "live",
    reason="Nobody is right that often; people who never object have stopped reading.",
    fix="seed known errors, and audit without showing the answer",
    source="R. Parasuraman, D. Manzey, Human Factors 52 (2010)",
)
def tr03(seen: Subject) -> Iterator[Hit]:
    """On high stakes, overrides are below the floor."""
    for name, item, made, found in _trusted(seen):
        if found == "rubber-stamping" and item.trust is not None:
            floor = floor_of(item.trust, "high", seen.policy) or 0.0
            share = counted(made.overridden, made.decided)
            text = f"{share} overridden on high stakes, below the floor of {percent(floor)}"
            numbers = (
                ("override", made.override or 0.0),
                ("high", made.interval[1]),
                ("floor", floor),
            )
            yield Hit(seen.path(name, "trust"), text, numbers=numbers, at="key")


def _trusted(seen: Subject) -> Iterator[tuple[str, Product, Decisions, TrustState]]:
    """The features whose answers were counted, with what that says."""
    for name, item in seen.products(*WANTED, "live"):
        if item.trust is not None:
            made, stakes = (
                decisions(item.trust.weeks),
                item.oversight.stakes if item.oversight is not None else None,
            )
            found = state(
                made, alarm_of(item.trust, seen.policy), floor_of(item.trust, stakes, seen.policy)
            )
            yield name, item, made, found
