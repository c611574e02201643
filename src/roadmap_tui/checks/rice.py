"""RICE: estimates that say how sure they are."""

from collections.abc import Iterator
from itertools import pairwise

from roadmap_tui.checks.levels import above, below
from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.forecast.jqpd import mean
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.items import Bet, Item, Model
from roadmap_tui.plan.words import number, ordinal, percent

NARROW = 1.5
SHIFTED = 3
_NAMED = 3


@Mistake(
    "RC01",
    "W",
    "next",
    reason=(
        "AI work is weighted by its chance to deliver already; confidence is only that people want"
        " it, as shown."
    ),
    fix="lower confidence, or add evidence",
    source="S. McBride, RICE: Simple prioritization for product managers, Intercom (2016)",
)
def rc01(seen: Subject) -> Iterator[Hit]:
    """Confidence is above what its evidence supports."""
    for name, item in _bets(seen):
        most = seen.policy.confidence.of(item.evidence)
        if item.confidence is not None and above(item.confidence, most):
            text = (
                f"confidence {percent(item.confidence)}, and evidence: {item.evidence} supports"
                f" {percent(most)}"
            )
            numbers = (("confidence", item.confidence), ("supported", most))
            yield Hit(seen.path(name, "confidence"), text, numbers=numbers)


@Mistake(
    "RC02",
    "W",
    "next",
    reason=(
        "Nobody knows to the day how long AI work takes; a single number is counted on as if"
        " somebody did."
    ),
    fix="give a range: 8 times out of 10 the truth lies inside",
)
def rc02(seen: Subject) -> Iterator[Hit]:
    """An AI item has a single number for its effort or its reach."""
    for name, item in _bets(seen):
        if not isinstance(item, Model) and not seen.is_ai(name):
            continue
        for field in ("effort", "reach"):
            estimate = getattr(item, field)
            if isinstance(estimate, Estimate) and estimate.is_sure:
                text = f"{field} is {number(estimate.p50)}, a single number"
                yield Hit(seen.path(name, field), text, numbers=((field, estimate.p50),))


@Mistake(
    "RC03",
    "W",
    "next",
    reason=(
        "Model work that is known within half again is rare; ranges that narrow mostly leave out"
        " what goes wrong."
    ),
    fix="widen it, or cite the measurement beside it",
)
def rc03(seen: Subject) -> Iterator[Hit]:
    """A model's effort is known within half again: its high end is less than 1.5 of its low one."""
    for name, item in seen.models(*WANTED):
        effort = seen.terms(name).effort
        stated = item.stages is not None or item.effort is not None
        if stated and not effort.is_sure and below(effort.p90 / effort.p10, NARROW):
            path = seen.path(name, "effort" if item.stages is None else "stages")
            text = f"effort {number(effort.p10)} to {number(effort.p90)} person-weeks"
            yield Hit(path, text, numbers=(("low", effort.p10), ("high", effort.p90)))


@Mistake(
    "RC04",
    "I",
    "always",
    reason="Stakeholders who know one of the two orders will ask what became of the other.",
    fix="show both, with what moved it",
)
def rc04(seen: Subject) -> Iterator[Hit]:
    """Plain and weighted rank differ by 3 or more."""
    for row in seen.forecast.ranking:
        if (
            row.plain is not None
            and row.weighted is not None
            and _apart(row.plain.rank, row.weighted.rank)
        ):
            text = (
                f"{ordinal(row.plain.rank)} by plain RICE, {ordinal(row.weighted.rank)} once"
                " weighted"
            )
            numbers = (("plain", float(row.plain.rank)), ("weighted", float(row.weighted.rank)))
            yield Hit(seen.path(row.id), text, numbers=numbers, at="key")


def _apart(plain: int, weighted: int) -> bool:
    return abs(plain - weighted) >= SHIFTED


@Mistake(
    "RC05",
    "I",
    "always",
    reason="An order that the estimates do not settle is settled by chance if nobody decides it.",
    fix="decide on strategy, not on score",
)
def rc05(seen: Subject) -> Iterator[Hit]:
    """Neighbours in the ranking are too close to call."""
    for tied in _tied(seen):
        rest = tied[1:]
        others = ", ".join(rest[:_NAMED]) + (
            f" and {len(rest) - _NAMED} more" if len(rest) > _NAMED else ""
        )
        yield Hit(seen.path(tied[0]), f"too close to call with {others}", of=tuple(tied), at="key")


def _tied(seen: Subject) -> Iterator[list[str]]:
    """Neighbours of which each is too close to call with the next.

    What has no value to anybody is in no order, and where one waits for the other, that settles it.
    """
    tied: list[str] = []
    for upper, lower in pairwise(seen.forecast.ranking):
        if (
            upper.id in lower.too_close_with
            and lower.value
            and not _hang_together(seen, upper.id, lower.id)
        ):
            tied = [*(tied or [upper.id]), lower.id]
        elif tied:
            yield tied
            tied = []
    if tied:
        yield tied


def _hang_together(seen: Subject, one: str, other: str) -> bool:
    return one in seen.all_behind(other) or other in seen.all_behind(one)


@Mistake(
    "RC06",
    "W",
    "always",
    reason=(
        "What is worse than nine of ten is so much worse that it makes up the mean; nobody meant so"
        " fat a tail."
    ),
    fix="lower the high end, or split it in two",
)
def rc06(seen: Subject) -> Iterator[Hit]:
    """A range has its mean above its high end."""
    for path, estimate in _ranges(seen):
        if not estimate.is_sure and above(mean(estimate), estimate.p90):
            ends = f"{number(estimate.p10)} to {number(estimate.p90)}"
            text = f"{ends} has a mean of {number(mean(estimate))}, above its high end"
            yield Hit(path, text, numbers=(("mean", mean(estimate)), ("high", estimate.p90)))


def _ranges(seen: Subject) -> Iterator[tuple[KeyPath, Estimate]]:
    users = seen.plan.roadmap.users
    if users is not None:
        yield ("roadmap", "users"), users
    for name, item in seen.items.items():
        if item.status in WANTED:
            yield from ((seen.path(name, *path), estimate) for path, estimate in _of_item(item))


def _of_item(item: Item) -> Iterator[tuple[KeyPath, Estimate]]:
    for field in ("effort", "reach", "impact"):
        estimate = getattr(item, field, None)
        if isinstance(estimate, Estimate):
            yield (field,), estimate
    if isinstance(item, Model) and item.stages is not None:
        for stage, given in item.stages.given().items():
            for field in ("effort", "compute"):
                estimate = getattr(given, field)
                if isinstance(estimate, Estimate):
                    yield ("stages", stage, field), estimate


def _bets(seen: Subject) -> Iterator[tuple[str, Bet]]:
    return (
        (name, item)
        for name, item in seen.items.items()
        if isinstance(item, Bet) and item.status in WANTED
    )
