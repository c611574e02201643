"""The size of the market, counted three ways: accounts from below, by value, and a share of an industry."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountSampler,
    mean,
    or_default,
    product,
    ratio,
    sample_share,
)
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.money import Market, TopDownMarket


@dataclass(frozen=True, slots=True)
class BottomUpMarket:
    """A market from below: all of it, what can be served, and what can be won; a year."""

    tam: Amount
    sam: Amount
    som: Amount


def bottom_up_market(
    accounts: Amount, price_year: Amount, filters: Iterable[Amount], som_share: Amount
) -> BottomUpMarket:
    """Count accounts: all of them, those that pass every filter, and the share of those that can be won."""
    tam = accounts * price_year
    sam = tam * product(filters)
    return BottomUpMarket(tam, sam, sam * som_share)


def value_based_market(accounts: Amount, value_per_account: Amount, capture: Amount) -> Amount:
    """What all accounts gain by it in a year, and the share of that which they would pay."""
    return accounts * value_per_account * capture


def top_down_market(industry: Amount, share: Amount) -> Amount:
    """A share of what an industry spends in a year."""
    return industry * share


def disagreement(sizes: Iterable[Amount]) -> float | None:
    """How many times the least of several counts the greatest is, by their means; None of one alone, or if one is 0."""
    means = [mean(size) for size in sizes]
    times = ratio(max(means), min(means)) if len(means) > 1 else None
    return None if times is None else float(times)


def price_share_of_value(price_year: Amount, value_per_account: Amount) -> Amount | None:
    """The share of what an account gains that it would pay as the price; None if it gains nothing."""
    return ratio(price_year, value_per_account)


@dataclass(frozen=True, slots=True)
class MarketEstimates:
    """A market counted in every way that its table allows; None of those that it does not.

    Attributes:
        bottom_up: from accounts, in which nothing is filtered out and all is won unless the table says so.
        value: by what accounts gain.
        top_down: as a share of an industry.
    """

    bottom_up: BottomUpMarket | None
    value: Amount | None
    top_down: Amount | None


def market_estimates(market: Market, draw: AmountSampler) -> MarketEstimates:
    """Count a market in every way that its table allows."""
    accounts, price = (
        draw("market.accounts", market.accounts),
        draw("market.price_year", market.price_year),
    )
    value, won = (
        draw("market.value_per_account", market.value_per_account),
        _share(draw, "som_share", market.som_share),
    )
    capture = sample_share(draw, "market.capture", market.capture)
    filters = [_share(draw, f"filters.{at}", each.share) for at, each in enumerate(market.filters)]
    return MarketEstimates(
        bottom_up=(
            None
            if accounts is None or price is None
            else bottom_up_market(accounts, price, filters, won)
        ),
        value=(
            None
            if accounts is None or value is None or capture is None
            else value_based_market(accounts, value, capture)
        ),
        top_down=_top_down(market.top_down, draw),
    )


def _share(draw: AmountSampler, name: str, share: Estimate | None) -> Amount:
    return or_default(sample_share(draw, f"market.{name}", share), 1.0)


def _top_down(top_down: TopDownMarket | None, draw: AmountSampler) -> Amount | None:
    industry = draw("market.top_down.industry", top_down.industry) if top_down else None
    if top_down is None or industry is None:
        return None
    return top_down_market(industry, _share(draw, "top_down.share", top_down.share))
