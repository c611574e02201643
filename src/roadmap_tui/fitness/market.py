"""The size of the market, counted three ways: accounts from below, by value, and a share of an industry."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.fitness.amounts import Amount, Draw, known, limited, mean, product, ratio
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.money import Market, TopDown


@dataclass(frozen=True, slots=True)
class Sizes:
    """A market from below: all of it, what can be served, and what can be won; a year."""

    tam: Amount
    sam: Amount
    som: Amount


def from_below(
    accounts: Amount, price_year: Amount, filters: Iterable[Amount], som_share: Amount
) -> Sizes:
    """Count accounts: all of them, those that pass every filter, and the share of those that can be won."""
    tam = accounts * price_year
    sam = tam * product(filters)
    return Sizes(tam, sam, sam * som_share)


def by_value(accounts: Amount, value_per_account: Amount, capture: Amount) -> Amount:
    """What all accounts gain by it in a year, and the share of that which they would pay."""
    return accounts * value_per_account * capture


def from_above(industry: Amount, share: Amount) -> Amount:
    """A share of what an industry spends in a year."""
    return industry * share


def apart(sizes: Iterable[Amount]) -> float | None:
    """How many times the least of several counts the greatest is, by their means; None of one alone, or if one is 0."""
    means = [mean(size) for size in sizes]
    times = ratio(max(means), min(means)) if len(means) > 1 else None
    return None if times is None else float(times)


def price_in_value(price_year: Amount, value_per_account: Amount) -> Amount | None:
    """The share of what an account gains that it would pay as the price; None if it gains nothing."""
    return ratio(price_year, value_per_account)


@dataclass(frozen=True, slots=True)
class MarketFit:
    """A market counted in every way that its table allows; None of those that it does not.

    Attributes:
        below: from accounts, in which nothing is filtered out and all is won unless the table says so.
        value: by what accounts gain.
        above: as a share of an industry.
    """

    below: Sizes | None
    value: Amount | None
    above: Amount | None


def market_fit(market: Market, draw: Draw) -> MarketFit:
    """Count a market in every way that its table allows."""
    accounts, price = (
        draw("market.accounts", market.accounts),
        draw("market.price_year", market.price_year),
    )
    value, won = (
        draw("market.value_per_account", market.value_per_account),
        _share(draw, "som_share", market.som_share),
    )
    capture = limited(draw, "market.capture", market.capture)
    filters = [_share(draw, f"filters.{at}", each.share) for at, each in enumerate(market.filters)]
    return MarketFit(
        below=(
            None if accounts is None or price is None else from_below(accounts, price, filters, won)
        ),
        value=(
            None
            if accounts is None or value is None or capture is None
            else by_value(accounts, value, capture)
        ),
        above=_above(market.top_down, draw),
    )


def _share(draw: Draw, name: str, share: Estimate | None) -> Amount:
    return known(limited(draw, f"market.{name}", share), 1.0)


def _above(top_down: TopDown | None, draw: Draw) -> Amount | None:
    industry = draw("market.top_down.industry", top_down.industry) if top_down else None
    if top_down is None or industry is None:
        return None
    return from_above(industry, _share(draw, "top_down.share", top_down.share))
