"""The answer of `money`; amounts in the roadmap's currency."""

import datetime as dt
from typing import Literal, Self

from pydantic import Field

from roadmap_tui.answers.base import (
    AmountView,
    Answer,
    ForecastBasis,
    Number,
    RangeView,
    ScenarioBasis,
    View,
)
from roadmap_tui.answers.capacity import CapacityRow, PayrollView
from roadmap_tui.answers.item_money import ItemMoneyRow
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.money.plan_money import MarketSize, PlanMoney


class QuarterCostRow(View):
    """What a quarter costs."""

    ends: dt.date = Field(description="The last day of the quarter.")
    cost: RangeView | None = Field(description="The 80% range of its cost.")
    expected: dict[str, Number] = Field(
        validation_alias="tracks", description="The expected cost of work on each track."
    )
    keep: Number = Field(description="The expected cost of keeping what is live.")
    people: Number = Field(description="The part of both that is for people, on average.")
    compute: Number = Field(description="The part of both for computing and setup, on average.")
    running: Number = Field(description="The part of both that is paid by the month, on average.")
    headcount: dict[str, Number] = Field(
        description="By team, the people that work and upkeep take on average."
    )


class PlanReturnView(View):
    """Net present value of the whole plan, over all runs."""

    npv: AmountView | None = Field(description="Its mean and 80% range.")
    loss: Number = Field(validation_alias="p_loss", description="The chance that it is below 0.")
    worst_tenth: Number = Field(description="The mean of the worst tenth of the runs (CVaR).")
    cases: list[str] = Field(description="Items whose business case counts.")
    months: int = Field(description="The evaluation period.")
    discount: Number = Field(description="The discount rate of a year.")


class MarketView(View):
    """How large the market of a year is."""

    tam: AmountView | None = Field(description="The whole market, from accounts and price.")
    sam: AmountView | None = Field(description="The part that passes the filters.")
    som: AmountView | None = Field(description="The part that can be won.")
    by_value: AmountView | None = Field(
        validation_alias="value", description="The market by what accounts gain."
    )
    top_down: AmountView | None = Field(
        validation_alias="industry_share", description="The market as a share of an industry."
    )
    source: str | None = Field(description="Where the size of the industry comes from.")
    year: int | None = Field(description="The year of that size.")
    apart: Number | None = Field(
        validation_alias="disagreement",
        description="The largest estimate of the whole market / the smallest.",
    )
    served_by: list[str] = Field(description="The open and live items that name it.")
    price_in_value: AmountView | None = Field(
        validation_alias="price_share", description="The price as a share of what an account gains."
    )

    @classmethod
    def of(cls, market: MarketSize) -> Self:
        """The market, with the source of its top-down figure."""
        source = market.top_down
        return cls.read(
            market,
            source=source and source.source,
            year=source and source.year,
        )


class MoneyAnswer(ScenarioBasis, Answer):
    """What the plan costs, and whether it pays; of one item, only the item."""

    kind: Literal["money"]
    currency: str = Field(description="The currency of all amounts.")
    person_weeks: RangeView | None = Field(None, description="The 80% range of its person-weeks.")
    cost: RangeView | None = Field(None, description="The 80% range of the plan's cost.")
    expected: dict[str, Number] | None = Field(
        None, description="The expected cost of work on each track."
    )
    keep: AmountView | None = Field(
        None, description="The cost of keeping what is live until the horizon; part of `cost`."
    )
    npv: PlanReturnView | None = Field(None, description="Null without a business case.")
    lost: Number | None = Field(
        None, description="The expected cost of work on items that don't ship."
    )
    by_quarter: list[QuarterCostRow] | None = Field(None, description="Until the horizon.")
    later: dict[str, Number] | None = Field(
        None, description="The expected cost of each track after the horizon."
    )
    unpriced: list[str] | None = Field(None, description="Open items whose people have no cost.")
    payroll: PayrollView | None = Field(
        None, description="Pay of everyone to the horizon; null if no team has a weekly cost."
    )
    capacity: list[CapacityRow] | None = Field(
        None, description="What one more person adds, by team."
    )
    market: MarketView | None = Field(None, description="The yearly market, if there is one only.")
    markets: dict[str, MarketView] | None = Field(
        None, description="The yearly markets by name, where they have names."
    )
    items: list[ItemMoneyRow] | None = Field(None, description="Items that have a table on money.")
    item: ItemMoneyRow | None = Field(None, description="The one item that was asked for.")

    @classmethod
    def of(cls, forecast: Forecast, currency: str, money: PlanMoney, **values: object) -> Self:
        """What the plan costs, its markets, and each item's money."""
        cost = money.cost
        views = {name: MarketView.of(market) for name, market in money.markets.items()}
        return cls.read(
            ForecastBasis.read(forecast),
            currency=currency,
            person_weeks=cost.weeks,
            cost=cost.cost,
            expected=cost.tracks,
            keep=cost.keep,
            npv=None if money.npv is None else PlanReturnView.read(money.npv),
            lost=cost.unshipped_cost,
            by_quarter=money.quarters,
            later=money.beyond_horizon,
            unpriced=money.unpriced,
            payroll=money.payroll,
            market=views.pop("", None),
            markets=views,
            items=[ItemMoneyRow.of(item) for item in money.items.values()],
            **values,
        )

    @classmethod
    def of_item(
        cls, forecast: Forecast, currency: str, item: ItemMoneyRow | None, **values: object
    ) -> Self:
        """One item's money; null if it has no table of money."""
        basis = ForecastBasis.read(forecast)
        return cls.read(basis, currency=currency, item=item, **values)
