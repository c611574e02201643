"""Unit economics: what an answer costs, and who pays for it."""

from collections.abc import Iterator

from roadmap_tui.checks.levels import below, percent_beside
from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.fitness.amounts import likely, mean
from roadmap_tui.fitness.unit import task_cost, unit_cost
from roadmap_tui.plan.words import date, percent, plural


@Mistake(
    "UE01",
    "W",
    "evaluate",
    reason="Each answer costs, so that what is used most loses most where nobody has counted.",
    fix="estimate it: cost.per_prediction, or tokens and their prices",
)
def ue01(seen: Subject) -> Iterator[Hit]:
    """An AI feature near launch has no cost per prediction."""
    for name, item in seen.features(*WANTED, "live"):
        if item.cost is None or task_cost(item.cost, likely) is None:
            yield Hit(seen.path(name, "cost"), "what an answer costs is not known")


@Mistake(
    "UE02",
    "W",
    "evaluate",
    live="E",
    reason=(
        "The heaviest users cost most and pay the same; the mean over all hides them until the bill"
        " comes."
    ),
    fix="cap it, price it, or route it to a smaller model",
    policy=True,
)
def ue02(seen: Subject) -> Iterator[Hit]:
    """A usage segment of 5 % or more has a margin below 0."""
    for name, item in seen.products(*WANTED, "live"):
        if item.cost is None or item.cost.price_user_month is None:
            continue
        for at, usage in enumerate(unit_cost(item.cost, seen.draw(name)).usage):
            if (
                usage.margin is not None
                and below(mean(usage.margin), 0)
                and not below(usage.share, seen.policy.UE02)
            ):
                margin = mean(usage.margin)
                text = (
                    f"{usage.name}, {percent(usage.share)} of users, leave a margin of"
                    f" {percent_beside(margin, 0)}"
                )
                numbers = (("margin", margin), ("share", usage.share))
                yield Hit(seen.path(name, "cost", "segments", at), text, numbers=numbers)


@Mistake(
    "UE03",
    "W",
    "always",
    reason=(
        "Prices of models change several times a year, mostly down; a decision on old ones is a"
        " decision on others."
    ),
    fix="look the prices up again, and set priced",
    policy=True,
)
def ue03(seen: Subject) -> Iterator[Hit]:
    """Prices are older than 90 days."""
    for name, item in seen.products(*WANTED, "live"):
        if item.cost is not None and item.cost.priced is not None:
            days = seen.days_since(item.cost.priced)
            if days > seen.policy.UE03:
                text = f"prices of {date(item.cost.priced)}, {plural(days, 'day')} old"
                yield Hit(seen.path(name, "cost", "priced"), text, numbers=(("days", days),))
