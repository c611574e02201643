"""The market: counted, not told."""

from collections.abc import Iterator

from roadmap_tui.checks.levels import above, percent_beside
from roadmap_tui.checks.subject import Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.fitness.money import market_size
from roadmap_tui.plan.words import number

FAR_APART = 10
HALF = 0.5


@Mistake(
    "TM01",
    "W",
    "always",
    reason=(
        "One per cent of a huge market is a figure for anything; counted customers can be called."
    ),
    fix="count customers: accounts and price_year, and what an account gains",
)
def tm01(seen: Subject) -> Iterator[Hit]:
    """The market is told from above alone, or its counts are 10 times apart, or the price is over half of the value."""
    size = market_size(seen.source, seen.plan)
    if size is None:
        return
    if size.above is not None and size.tam is None and size.value is None:
        yield Hit(
            ("market", "top_down"),
            "only a share of an industry tells how large the market is",
            at="key",
        )
    if size.apart is not None and above(size.apart, FAR_APART):
        text = f"one way to count the market comes to {number(size.apart)} times another"
        yield Hit(("market",), text, numbers=(("times", size.apart),), at="key")
    if size.price is not None and above(size.price.mean, HALF):
        text = f"the price takes {percent_beside(size.price.mean, HALF)} of what an account gains"
        yield Hit(
            ("market", "price_year"),
            text,
            "lower the price, or show more value",
            (("share", size.price.mean),),
        )
