"""Oversight: how much it may do without a person."""

from collections.abc import Iterator

from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.files.edits import SetValue
from roadmap_tui.fitness.amounts import likely
from roadmap_tui.fitness.oversight import ACTS, LEVELS, evidence, reviewers, reviewing_of, unproven
from roadmap_tui.plan.fitness import Oversight
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.words import number, plural

SUGGESTS = 2
_DEMOTION = {"accept": 0.5, "weeks": 2}


@Mistake(
    "HL01",
    "W",
    "evaluate",
    live="E",
    reason="On high stakes it does more than suggest once it has shown that it may, not before.",
    fix="step down to suggest, or pass the conditions of promote_if",
)
def hl01(seen: Subject) -> Iterator[Hit]:
    """High stakes, above level 2, without having passed a promotion."""
    for name, item, over in _overseen(seen):
        if over.stakes != "high" or over.level is None or over.level <= SUGGESTS:
            continue
        weeks = item.trust.weeks if item.trust is not None else ()
        lacking = (
            None
            if over.promote_if is None
            else [*unproven(over.promote_if, evidence(weeks, seen.gap(name)))]
        )
        if lacking is None or lacking:
            why = (
                "nothing to pass"
                if lacking is None
                else f"not shown: {', '.join(each.what for each in lacking)}"
            )
            text = f"high stakes at level {over.level}, {LEVELS[over.level]}; {why}"
            yield Hit(seen.path(name, "oversight", "level"), text, numbers=(("level", over.level),))


@Mistake(
    "HL02",
    "W",
    "evaluate",
    live="E",
    reason="What can't be undone is looked at before, or never.",
    fix="let somebody approve each, at level 3 at most",
)
def hl02(seen: Subject) -> Iterator[Hit]:
    """It acts without approval, and that can't be undone."""
    for name, _, over in _overseen(seen):
        if over.reversible is False and over.level is not None and over.level >= ACTS:
            text = (
                f"it can't be undone, and nobody approves it at level {over.level},"
                f" {LEVELS[over.level]}"
            )
            yield Hit(seen.path(name, "oversight", "level"), text, numbers=(("level", over.level),))


@Mistake(
    "HL03",
    "W",
    "evaluate",
    reason=(
        "On the day it goes wrong there must be a rule that says so, a switch, and people who look."
    ),
    fix="add demote_if and kill_switch; staff the review",
)
def hl03(seen: Subject) -> Iterator[Hit]:
    """No rule to step down, no kill switch, or fewer reviewers than it takes."""
    for name, _, over in _overseen(seen):
        lacking = [] if over.demote_if is not None else ["no rule to step down"]
        lacking += [] if over.kill_switch else ["no kill switch"]
        if lacking:
            path = seen.path(name, "oversight", "demote_if")
            edits = (SetValue(path, _DEMOTION),) if over.demote_if is None else ()
            yield Hit(path[:-1], " and ".join(lacking), edits=edits, at="key")
        review = over.review
        busy = reviewing_of(review, likely) if review is not None else None
        if (
            review is not None
            and busy is not None
            and review.staffed is not None
            and review.staffed < reviewers(busy)
        ):
            text = (
                f"it takes {plural(reviewers(busy), 'reviewer')}, and {number(review.staffed)}"
                " staffed"
            )
            numbers = (("needed", reviewers(busy)), ("staffed", review.staffed))
            yield Hit(seen.path(name, "oversight", "review"), text, numbers=numbers)


def _overseen(seen: Subject) -> Iterator[tuple[str, Product, Oversight]]:
    for name, item in seen.products(*WANTED, "live"):
        if item.oversight is not None:
            yield name, item, item.oversight
