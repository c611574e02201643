"""The size of the market, counted three ways: accounts from below, by value, and a share of an industry."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.fitness.amounts import Amount, mean, product, ratio


@dataclass(frozen=True, slots=True)
class Sizes:
    """A market from below: all of it, what can be served, and what can be won; a year."""

    tam: Amount
    sam: Amount
    som: Amount


def from_below(accounts: Amount, price_year: Amount, filters: Iterable[Amount], som_share: Amount) -> Sizes:
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
