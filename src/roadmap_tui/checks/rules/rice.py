"""RICE: estimates that say how sure they are."""

from collections.abc import Iterator
from itertools import pairwise

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.forecast.simulation.jqpd import estimate_mean, tail_share
from roadmap_tui.plan.base import Table
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.items import Bet, Model
from roadmap_tui.text.comparisons import is_above, is_below, percent_against
from roadmap_tui.text.numbers import format_number, format_ordinal, format_whole_percent

NARROW_RATIO = 1.5
HEAVY_TAIL = 0.5
LARGE_SHIFT = 3
_MAX_NAMED = 3


@RuleInfo(
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
def rc01(context: CheckContext) -> Iterator[Violation]:
    """Confidence is above what its evidence supports."""
    for name, item in _open_bets(context):
        most = context.policy.confidence.for_evidence(item.evidence)
        if item.confidence is not None and is_above(item.confidence, most):
            text = (
                f"confidence {format_whole_percent(item.confidence)}, and evidence: {item.evidence}"
                f" supports {format_whole_percent(most)}"
            )
            numbers = (("confidence", item.confidence), ("supported", most))
            yield Violation(context.item_path(name, "confidence"), text, numbers=numbers)


@RuleInfo(
    "RC02",
    "W",
    "next",
    reason=(
        "How long AI work takes is not known to the day; a single number is counted on as if"
        " it were."
    ),
    fix="give a range that holds the truth 80% of the time",
)
def rc02(context: CheckContext) -> Iterator[Violation]:
    """An AI item has a single number for its effort or its reach."""
    for name, item in _open_bets(context):
        if not isinstance(item, Model) and not context.is_ai(name):
            continue
        for field in ("effort", "reach"):
            estimate = getattr(item, field)
            if isinstance(estimate, Estimate) and estimate.is_exact:
                text = f"{field} is {format_number(estimate.p50)}, a single number"
                yield Violation(
                    context.item_path(name, field), text, numbers=((field, estimate.p50),)
                )


@RuleInfo(
    "RC03",
    "W",
    "next",
    reason=(
        "Model work that is known within half again is rare; ranges that narrow mostly leave out"
        " what goes wrong."
    ),
    fix="widen it, or cite the measurement beside it",
)
def rc03(context: CheckContext) -> Iterator[Violation]:
    """A model's effort is known within half again: its high end is less than 1.5 of its low one."""
    for name, item in context.models(*OPEN_OR_IDEA):
        effort = context.resolved_item(name).effort
        stated = item.stages is not None or item.effort is not None
        if stated and not effort.is_exact and is_below(effort.p90 / effort.p10, NARROW_RATIO):
            path = context.item_path(name, "effort" if item.stages is None else "stages")
            text = f"effort {format_number(effort.p10)} to {format_number(effort.p90)} person-weeks"
            yield Violation(path, text, numbers=(("low", effort.p10), ("high", effort.p90)))


@RuleInfo(
    "RC04",
    "I",
    "always",
    reason="Stakeholders who know one of the two orders will ask what became of the other.",
    fix="show both, with what moved it",
)
def rc04(context: CheckContext) -> Iterator[Violation]:
    """Plain and weighted rank differ by 3 or more."""
    for row in context.forecast.ranking:
        if (
            row.rice is not None
            and row.weighted is not None
            and _is_large_shift(row.rice.rank, row.weighted.rank)
        ):
            plain, weighted = format_ordinal(row.rice.rank), format_ordinal(row.weighted.rank)
            text = f"{plain} by RICE, {weighted} weighted by the chance to deliver"
            numbers = (("plain", float(row.rice.rank)), ("weighted", float(row.weighted.rank)))
            yield Violation(context.item_path(row.id), text, numbers=numbers, at="key")


def _is_large_shift(plain: int, weighted: int) -> bool:
    return abs(plain - weighted) >= LARGE_SHIFT


@RuleInfo(
    "RC05",
    "I",
    "always",
    reason="An order that the estimates do not settle is settled by chance unless it is decided.",
    fix="decide on strategy, not on score",
)
def rc05(context: CheckContext) -> Iterator[Violation]:
    """Neighbours in the ranking are too close to call."""
    for tied in _tied_groups(context):
        rest = tied[1:]
        more = f" and {len(rest) - _MAX_NAMED} more" if len(rest) > _MAX_NAMED else ""
        others = ", ".join(map(context.title, rest[:_MAX_NAMED])) + more
        yield Violation(
            context.item_path(tied[0]),
            f"too close to call with {others}",
            items=tuple(tied),
            at="key",
        )


def _tied_groups(context: CheckContext) -> Iterator[list[str]]:
    """Neighbours of which each is too close to call with the next.

    Items without value are in no order, and a dependency between two items settles theirs.
    """
    tied: list[str] = []
    for upper, lower in pairwise(context.forecast.ranking):
        if (
            upper.id in lower.too_close_with
            and lower.value
            and not _is_related(context, upper.id, lower.id)
        ):
            tied = [*(tied or [upper.id]), lower.id]
        elif tied:
            yield tied
            tied = []
    if tied:
        yield tied


def _is_related(context: CheckContext, one: str, other: str) -> bool:
    return one in context.all_upstream(other) or other in context.all_upstream(one)


@RuleInfo(
    "RC06",
    "W",
    "always",
    reason=(
        "A range says nothing about the tenth above it; where that tenth makes most of the mean,"
        " the average is a figure that no one stated."
    ),
    fix="ask again for the high end, or split off the rare case as an item of its own",
)
def rc06(context: CheckContext) -> Iterator[Violation]:
    """More than half of a range's mean lies above its high end."""
    for path, estimate in _all_ranges(context):
        share = tail_share(estimate)
        if is_above(share, HEAVY_TAIL):
            ends = f"{format_number(estimate.p10)} to {format_number(estimate.p90)}"
            text = (
                f"{percent_against(share, HEAVY_TAIL)} of the mean of {ends} lies above that range"
            )
            numbers = (("share", share), ("mean", estimate_mean(estimate)), ("high", estimate.p90))
            yield Violation(path, text, numbers=numbers)


def _all_ranges(context: CheckContext) -> Iterator[tuple[KeyPath, Estimate]]:
    users = context.plan.roadmap.users
    if users is not None:
        yield ("roadmap", "users"), users
    for name, item in context.items.items():
        if item.status in OPEN_OR_IDEA:
            yield from ranges_in(item, context.item_path(name))


def ranges_in(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, Estimate]]:
    """Yield every range in a table and the tables in it, with its path."""
    match value:
        case Estimate():
            yield path, value
        case Table():
            fields = type(value).model_fields
            for field in sorted(value.model_fields_set, key=list(fields).index):
                yield from ranges_in(getattr(value, field), (*path, fields[field].alias or field))
        case dict():
            for key, each in value.items():
                yield from ranges_in(each, (*path, key))
        case tuple():
            for at, each in enumerate(value):
                yield from ranges_in(each, (*path, at))


def _open_bets(context: CheckContext) -> Iterator[tuple[str, Bet]]:
    return (
        (name, item)
        for name, item in context.items.items()
        if isinstance(item, Bet) and item.status in OPEN_OR_IDEA
    )
