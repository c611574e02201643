"""Counted shares and means, as answers on readiness have them."""

from typing import Self

from pydantic import Field

from roadmap_tui.answers.base import Number, View
from roadmap_tui.forecast.simulation.amounts import Amount, mean
from roadmap_tui.plan.intervals import wilson_interval


def optional_mean(amount: Amount | None) -> float | None:
    """The mean over all runs; None of nothing."""
    return None if amount is None else mean(amount)


class ShareView(View):
    """A counted share and its 95% interval."""

    value: Number | None = Field(description="Null of no cases.")
    low: Number = Field(description="The low end of the interval.")
    high: Number = Field(description="The high end of the interval.")
    cases: int = Field(serialization_alias="of", description="The number of cases.")

    @classmethod
    def of(cls, hits: int, cases: int) -> Self:
        """The share of `hits` among `cases`."""
        low, high = wilson_interval(hits, cases)
        return cls(value=hits / cases if cases else None, low=low, high=high, cases=cases)
