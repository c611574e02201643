"""Return on investment: promises that will be compared with their results."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.forecast.simulation.jqpd import estimate_mean
from roadmap_tui.money.plan_cost import expected_build_cost
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Bet
from roadmap_tui.plan.money.economics import BusinessCase
from roadmap_tui.text.comparisons import is_above
from roadmap_tui.text.currency import Currency

MAX_DIFFERENCE = 0.25


@RuleInfo(
    "RO01",
    "W",
    "always",
    reason=(
        "A benefit over nothing that was measured, or that comes true in full, or that runs for"
        " free, is a wish."
    ),
    fix="measure what there is now; take a realisation of 0.5 to 0.8; add run_month",
)
def ro01(context: CheckContext) -> Iterator[Violation]:
    """A benefit has no measured baseline, a realisation of 1, or no cost of running."""
    for name, item in context.items.items():
        if (
            not isinstance(item, Bet)
            or item.status not in OPEN_OR_IDEA | {"live"}
            or item.roi is None
        ):
            continue
        flaws = [*_missing_parts(item.roi)] if item.roi.benefit_month is not None else []
        if flaws:
            yield Violation(context.item_path(name, "roi"), "; ".join(flaws), at="key")


def _missing_parts(roi: BusinessCase) -> Iterator[str]:
    if not roi.baseline_measured:
        yield "the baseline is not measured"
    if roi.realisation is None or roi.realisation.p50 >= 1:
        yield "all of the benefit is taken to come true"
    if roi.run_month is None or roi.run_month.p50 == 0:
        yield "running it is taken to cost nothing"


@RuleInfo(
    "RO02",
    "W",
    "always",
    reason=(
        "Two build costs of one item can't both be right, and the return rests on the stated one."
    ),
    fix="leave build out, so that the forecast's cost is used; or correct build or the effort",
)
def ro02(context: CheckContext) -> Iterator[Violation]:
    """A stated build cost differs from the forecast's by more than 25%."""
    currency = Currency.from_code(context.plan.roadmap.currency)
    for name, item in context.items.items():
        if not isinstance(item, Bet) or item.status not in OPEN_STATUSES:
            continue
        if item.roi is None or item.roi.build is None:
            continue
        stated = estimate_mean(item.roi.build)
        forecast = expected_build_cost(context.resolved, context.plan, name)
        if forecast and is_above(abs(stated - forecast) / forecast, MAX_DIFFERENCE):
            text = (
                f"build is {currency.format_amount(stated)} on average, but the forecast's work"
                f" costs {currency.format_amount(forecast)} if it is built"
            )
            numbers = (("build", stated), ("forecast", forecast))
            yield Violation(context.item_path(name, "roi", "build"), text, numbers=numbers)
