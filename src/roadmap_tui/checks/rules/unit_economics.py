"""Unit economics: what an answer costs, and who pays for it."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Severity, Violation
from roadmap_tui.forecast.simulation.amounts import mean, median_of
from roadmap_tui.money.unit_economics import UnitEconomics, task_cost, unit_economics
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.money.economics import TaskCost
from roadmap_tui.text.comparisons import is_below, percent_against
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_count, format_number, format_whole_percent

MIN_LTV_TO_CAC, GOOD_LTV_TO_CAC = 1, 3


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


@RuleInfo(
    "UE04",
    "W",
    "always",
    live_severity="E",
    reason=(
        "A user who brings less than winning one costs loses money with every new user; below three"
        " times, little is left for everything else."
    ),
    fix="raise the price, lower the cost of a task or of winning a user, or keep users longer",
    source="D. Skok, SaaS Metrics 2.0 (2010)",
)
def ue04(context: CheckContext) -> Iterator[Violation]:
    """The lifetime value of a user is below 3 times what winning one costs."""
    for name, cost, unit in _priced_features(context):
        if unit.ltv_to_cac is None or unit.ltv is None or cost.cac is None:
            continue
        times = mean(unit.ltv_to_cac)
        if not is_below(times, GOOD_LTV_TO_CAC):
            continue
        currency = Currency.from_code(context.plan.roadmap.currency)
        ltv, cac = mean(unit.ltv), mean(context.sampled_amounts(name)("cost.cac", cost.cac) or 0.0)
        text = (
            f"a user is worth {currency.format_amount(ltv)} (LTV), and winning one costs"
            f" {currency.format_amount(cac)}: {format_number(times)} times"
        )
        severity: Severity | None = None if is_below(times, MIN_LTV_TO_CAC) else "W"
        path = context.item_path(name, "cost", "cac")
        yield Violation(path, text, numbers=(("times", times),), severity=severity)


@RuleInfo(
    "UE05",
    "W",
    "always",
    reason="A margin below its target is a decision that someone has to make, not an average.",
    fix="raise the price, lower the cost of a task, or correct the target",
)
def ue05(context: CheckContext) -> Iterator[Violation]:
    """The margin is below its target."""
    for name, cost, unit in _priced_features(context):
        if cost.margin_target is None or unit.margin is None:
            continue
        margin = mean(unit.margin)
        if is_below(margin, cost.margin_target):
            text = (
                f"the margin is {percent_against(margin, cost.margin_target)}, below the target of"
                f" {format_whole_percent(cost.margin_target)}"
            )
            path = context.item_path(name, "cost", "margin_target")
            yield Violation(path, text, numbers=(("margin", margin),))


@RuleInfo(
    "UE06",
    "W",
    "always",
    live_severity="E",
    reason="What costs more than is paid for it loses more with every user.",
    fix="raise the price, limit the tasks, or lower the cost of one",
)
def ue06(context: CheckContext) -> Iterator[Violation]:
    """A user pays less than a task, or than the tasks of a month, cost."""
    currency = Currency.from_code(context.plan.roadmap.currency)
    for name, cost, unit in _priced_features(context):
        if cost.price_user_month is None or unit.full is None:
            continue
        draw = context.sampled_amounts(name)
        price, task = (
            mean(draw("cost.price_user_month", cost.price_user_month) or 0.0),
            mean(unit.full),
        )
        path = context.item_path(name, "cost", "price_user_month")
        paid = f"a user pays {currency.format_amount(price)} a month"
        if is_below(price, task):
            text = f"{paid}, and one task costs {currency.format_amount(task)}"
            yield Violation(path, text, numbers=(("price", price), ("task", task)))
        elif unit.margin is not None and is_below(mean(unit.margin), 0):
            spent = price * (1 - mean(unit.margin))
            text = f"{paid}, and costs {currency.format_amount(spent)} on average"
            yield Violation(path, text, numbers=(("price", price), ("cost", spent)))


def _priced_features(context: CheckContext) -> Iterator[tuple[str, TaskCost, UnitEconomics]]:
    """Yield the features for which users pay, with their unit economics."""
    for name, item in context.products(*OPEN_OR_IDEA, "live"):
        if item.cost is not None and item.cost.price_user_month is not None:
            draw = context.sampled_amounts(name)
            people = draw("reach", _people(context, item))
            yield name, item.cost, unit_economics(item.cost, draw, people)


def _people(context: CheckContext, item: Product) -> Estimate | None:
    """Return who uses a feature: its reach, or else all users."""
    return context.plan.roadmap.users if item.reach is None else item.reach
