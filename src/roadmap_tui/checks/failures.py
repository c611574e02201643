"""Failure modes: what the wrong answers look like."""

from collections.abc import Iterator

from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.plan.items import Bet
from roadmap_tui.plan.words import plural

FEW = 3


@Mistake(
    "FM01",
    "W",
    "evaluate",
    reason=(
        "95 % at 10,000 a day is 500 wrong a day; whether that can be lived with depends on which"
        " 500."
    ),
    fix="look at the errors, and write down at least three kinds of them",
)
def fm01(seen: Subject) -> Iterator[Hit]:
    """A quality figure stands with fewer than three failure modes."""
    for name, model in seen.models(*WANTED, "live"):
        measured = next(
            (bar_name for bar_name, bar in model.bars.items() if bar.latest(bar_name) is not None),
            None,
        )
        if measured is not None and len(model.failures) < FEW:
            count = (
                plural(len(model.failures), "failure mode") if model.failures else "no failure mode"
            )
            text = f"{measured} is measured, and {count} told"
            yield Hit(
                seen.path(name, "failures"), text, numbers=(("failures", len(model.failures)),)
            )


@Mistake(
    "FM02",
    "W",
    "evaluate",
    reason=(
        "A grave failure that is known and met with nothing was decided upon, by nobody in"
        " particular."
    ),
    fix="mitigate it, and write how in mitigation",
)
def fm02(seen: Subject) -> Iterator[Hit]:
    """A failure mode of high severity has no mitigation."""
    for name, item in seen.items.items():
        if not isinstance(item, Bet) or item.status not in WANTED | {"live"}:
            continue
        for failure, each in item.failures.items():
            if each.severity == "high" and not (each.mitigation or "").strip():
                text = f"{failure} is of high severity, and nothing mitigates it"
                yield Hit(seen.path(name, "failures", failure), text, at="key")
