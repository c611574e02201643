"""Unit economics: what an answer costs, and who pays for it."""

from collections.abc import Iterator

from roadmap_tui.checks.comparisons import is_below, percent_against
from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.forecast.simulation.amounts import mean, median_of
from roadmap_tui.money.unit_economics import task_cost, unit_economics
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_count, format_whole_percent


@RuleInfo(
    "UE01",
    "W",
    "evaluate",
    reason="Each answer costs, so that what is used most loses most where costs aren't counted.",
    fix="estimate it: cost.per_prediction, or tokens and their prices",
)
def ue01(context: CheckContext) -> Iterator[Violation]:
    """An AI feature near launch has no cost per prediction."""
    for name, item in context.features(*OPEN_OR_IDEA, "live"):
        if item.cost is None or task_cost(item.cost, median_of) is None:
            yield Violation(context.item_path(name, "cost"), "what an answer costs is not known")


@RuleInfo(
    "UE02",
    "W",
    "evaluate",
    live_severity="E",
    reason=(
        "The heaviest users cost most and pay the same; the mean over all hides them until the bill"
        " comes."
    ),
    fix="cap it, price it, or route it to a smaller model",
    has_threshold=True,
)
def ue02(context: CheckContext) -> Iterator[Violation]:
    """A usage segment of 5% or more has a margin below 0."""
    for name, item in context.products(*OPEN_OR_IDEA, "live"):
        if item.cost is None or item.cost.price_user_month is None:
            continue
        for at, usage in enumerate(unit_economics(item.cost, context.sampled_amounts(name)).usage):
            if (
                usage.margin is not None
                and is_below(mean(usage.margin), 0)
                and not is_below(usage.share, context.policy.UE02)
            ):
                margin = mean(usage.margin)
                text = (
                    f"{usage.name}, {format_whole_percent(usage.share)} of users, leave a margin of"
                    f" {percent_against(margin, 0)}"
                )
                numbers = (("margin", margin), ("share", usage.share))
                yield Violation(
                    context.item_path(name, "cost", "segments", at), text, numbers=numbers
                )


@RuleInfo(
    "UE03",
    "W",
    "always",
    reason=(
        "Prices of models change several times a year, mostly down; a decision on old ones is a"
        " decision on others."
    ),
    fix="look the prices up again, and set priced",
    has_threshold=True,
)
def ue03(context: CheckContext) -> Iterator[Violation]:
    """Prices are older than 90 days."""
    for name, item in context.products(*OPEN_OR_IDEA, "live"):
        if item.cost is not None and item.cost.priced is not None:
            days = context.days_since(item.cost.priced)
            if days > context.policy.UE03:
                text = f"prices of {format_date(item.cost.priced)}, {format_count(days, 'day')} old"
                yield Violation(
                    context.item_path(name, "cost", "priced"), text, numbers=(("days", days),)
                )
