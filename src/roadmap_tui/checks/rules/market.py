"""Market size: counts of customers rather than shares of an industry."""

from collections.abc import Iterator

from roadmap_tui.checks.context import CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.money.plan_money import MarketSize, market_sizes
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.text.comparisons import is_above, percent_against
from roadmap_tui.text.numbers import format_number

MAX_RATIO = 10
MAX_PRICE_SHARE = 0.5


@RuleInfo(
    "TM01",
    "W",
    "always",
    reason=(
        "One per cent of a huge market is a figure for anything; counted customers can be called."
    ),
    fix="count customers: accounts and price_year, and what an account gains",
)
def tm01(context: CheckContext) -> Iterator[Violation]:
    """Only a top-down market size, counts that differ 10 times, or a price over half the value."""
    for name, size in market_sizes(context.source, context.plan).items():
        yield from _flaws(("market", name) if name else ("market",), size)


def _flaws(path: KeyPath, size: MarketSize) -> Iterator[Violation]:
    """What makes the size of one market hard to believe."""
    if size.industry_share is not None and size.tam is None and size.value is None:
        yield Violation(
            (*path, "top_down"),
            "only a share of an industry says how large the market is",
            at="key",
        )
    if size.disagreement is not None and is_above(size.disagreement, MAX_RATIO):
        text = (
            f"one way to count the market comes to {format_number(size.disagreement)} times another"
        )
        yield Violation(path, text, numbers=(("times", size.disagreement),), at="key")
    if size.price_share is not None and is_above(size.price_share.mean, MAX_PRICE_SHARE):
        share = percent_against(size.price_share.mean, MAX_PRICE_SHARE)
        text = f"the price takes {share} of what an account gains"
        yield Violation(
            (*path, "price_year"),
            text,
            "lower the price, or show more value",
            (("share", size.price_share.mean),),
        )
