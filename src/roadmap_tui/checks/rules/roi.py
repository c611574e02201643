"""Return on investment: promises that will be compared with their results."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.plan.items import Bet
from roadmap_tui.plan.money import BusinessCase


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
