"""Market size, estimated three ways: bottom-up, by value, and top-down."""

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
from roadmap_tui.plan.money.market import Market, TopDownMarket


@dataclass(frozen=True, slots=True)
class BottomUpMarket:
    """Bottom-up market per year: total, serviceable and obtainable."""

    tam: Amount
    sam: Amount
    som: Amount


def bottom_up_market(
    accounts: Amount, price_year: Amount, filters: Iterable[Amount], som_share: Amount
) -> BottomUpMarket:
    """Count accounts: all, those that pass every filter, and the share that can be won."""
    tam = accounts * price_year
    sam = tam * product(filters)
    return BottomUpMarket(tam, sam, sam * som_share)


def value_based_market(accounts: Amount, value_per_account: Amount, capture: Amount) -> Amount:
    """Return the yearly gain of all accounts times the share that they would pay."""
    return accounts * value_per_account * capture


def top_down_market(industry: Amount, share: Amount) -> Amount:
    """Return a share of an industry's yearly spending."""
    return industry * share


def disagreement(sizes: Iterable[Amount]) -> float | None:
    """Return the largest estimate / the smallest, by their means.

    None for one alone, or if one is 0.
    """
    means = [mean(size) for size in sizes]
    times = ratio(max(means), min(means)) if len(means) > 1 else None
    return None if times is None else float(times)


def price_share_of_value(price_year: Amount, value_per_account: Amount) -> Amount | None:
    """Return the price as a share of an account's gain; None if it gains nothing."""
    return ratio(price_year, value_per_account)


@dataclass(frozen=True, slots=True)
class MarketEstimates:
    """A market in every way that its table allows; None for the others.

    Attributes:
        bottom_up: from accounts; by default all pass the filters and all are won.
        value: by the accounts' gain.
        top_down: as a share of an industry.
    """

    bottom_up: BottomUpMarket | None
    value: Amount | None
    top_down: Amount | None


def market_estimates(market: Market, draw: AmountSampler) -> MarketEstimates:
    """Estimate a market in every way that its table allows."""
    return MarketEstimates(
        bottom_up=_bottom_up(market, draw),
        value=_value_based(market, draw),
        top_down=_top_down(market.top_down, draw),
    )


def _bottom_up(market: Market, draw: AmountSampler) -> BottomUpMarket | None:
    accounts = draw("market.accounts", market.accounts)
    price = draw("market.price_year", market.price_year)
    if accounts is None or price is None:
        return None
    won = _share(draw, "som_share", market.som_share)
    filters = [_share(draw, f"filters.{at}", each.share) for at, each in enumerate(market.filters)]
    return bottom_up_market(accounts, price, filters, won)


def _value_based(market: Market, draw: AmountSampler) -> Amount | None:
    accounts = draw("market.accounts", market.accounts)
    value = draw("market.value_per_account", market.value_per_account)
    capture = sample_share(draw, "market.capture", market.capture)
    if accounts is None or value is None or capture is None:
        return None
    return value_based_market(accounts, value, capture)


def _share(draw: AmountSampler, name: str, share: Estimate | None) -> Amount:
    return or_default(sample_share(draw, f"market.{name}", share), 1.0)


def _top_down(top_down: TopDownMarket | None, draw: AmountSampler) -> Amount | None:
    industry = draw("market.top_down.industry", top_down.industry) if top_down else None
    if top_down is None or industry is None:
        return None
    return top_down_market(industry, _share(draw, "top_down.share", top_down.share))
