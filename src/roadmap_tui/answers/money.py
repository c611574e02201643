"""The answer of `money`; amounts in the roadmap's currency."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AliasPath, BeforeValidator, Field

from roadmap_tui.answers.base import (
    MISSING,
    AmountView,
    Answer,
    ForecastBasis,
    Number,
    RangeView,
    ScenarioBasis,
    View,
)
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.money.feature_cost import USAGE_MULTIPLES
from roadmap_tui.money.option_scenarios import OptionScenario
from roadmap_tui.money.plan_money import ItemMoney, MarketSize, PlanMoney

Amounts: TypeAlias = Annotated[dict[str, AmountView | None], BeforeValidator(dict)]


def _by_multiple(margins: Sequence[object]) -> dict[str, object]:
    return dict(zip(map(str, USAGE_MULTIPLES), margins, strict=True))


AmountsByUsage: TypeAlias = Annotated[dict[str, AmountView | None], BeforeValidator(_by_multiple)]
"""By how many times the usage of today."""


class QuarterCostRow(View):
    """What a quarter costs."""

    ends: dt.date
    cost: RangeView | None
    expected: dict[str, Number] = Field(validation_alias="tracks")


class MarketView(View):
    """How large the market of a year is."""

    tam: AmountView | None
    sam: AmountView | None
    som: AmountView | None
    by_value: AmountView | None = Field(validation_alias="value")
    top_down: AmountView | None = Field(validation_alias="industry_share")
    source: str | None
    year: int | None
    apart: Number | None = Field(validation_alias="disagreement")
    price_in_value: AmountView | None = Field(validation_alias="price_share")

    @classmethod
    def of(cls, market: MarketSize) -> Self:
        """The market, with the source of its top-down figure."""
        source = market.top_down
        return cls.read(
            market,
            source=source and source.source,
            year=source and source.year,
        )


class UsageRow(View):
    """Users who use it about equally often."""

    name: str
    share: Number
    tasks_month: AmountView | None = Field(validation_alias="tasks")
    cost_share: AmountView | None
    margin_at: AmountsByUsage = Field(validation_alias="margins")


class MissingInput(View):
    """A field without which something can't be worked out."""

    field: str
    for_: str = Field(validation_alias="for_", serialization_alias="for")


def _missing_inputs(pairs: Iterable[tuple[str, str]]) -> list[MissingInput]:
    return [MissingInput(field=field, for_=figure) for field, figure in pairs]


class UnitCostView(View):
    """What a task costs, and what is left of the price."""

    priced: dt.date | None
    parts: Amounts
    task: AmountView | None
    review: AmountView | None
    full: AmountView | None
    per_success: AmountView | None = Field(validation_alias="success")
    margin: AmountView | None = Field(validation_alias=AliasPath("margins", 0))
    margin_at: AmountsByUsage = Field(validation_alias="margins")
    most_tasks: AmountView | None = Field(validation_alias="max_tasks")
    ltv: AmountView | None
    ltv_to_cac: AmountView | None
    segments: list[UsageRow] = Field(validation_alias="usage")
    missing: Annotated[list[MissingInput], BeforeValidator(_missing_inputs)] = Field(
        validation_alias="missing_inputs"
    )


class SpikeFirstView(View):
    """Finding out first against building at once."""

    works: Number
    npv_if_works: Number = Field(validation_alias="gain")
    lost_if_not: Number = Field(validation_alias="loss")
    spike: Number | None = Field(validation_alias="spike_cost")
    find_out_first: Number = Field(validation_alias="spike_first")
    build_at_once: Number
    most_for_spike: Number = Field(validation_alias="max_spike_cost")


class ReturnView(View):
    """Whether it pays."""

    months: int
    discount: Number
    roi: AmountView | None
    npv: AmountView | None
    pays: Number = Field(validation_alias="p_profitable")
    pays_back: Number = Field(validation_alias="p_payback")
    payback_month: RangeView | None = Field(validation_alias="payback")
    trough: AmountView | None = Field(validation_alias="peak_outlay")
    ships: Number = Field(validation_alias="p_ships")
    launch_month: RangeView | None = Field(validation_alias="launch")
    live: bool = Field(validation_alias="is_live")
    staged: SpikeFirstView | None = Field(validation_alias="spike_comparison")


class OptionRow(View):
    """A way to have a model."""

    name: str
    kind: str | None
    fixed: AmountView | None
    unit: AmountView | None
    cost: AmountView | None
    weeks: AmountView | None
    coverage: AmountView | None
    lockin: int | None
    score: Number | None
    out: list[str] = Field(validation_alias="knockout_factors")


class CheapestRow(View):
    """From which volume on a way costs least."""

    from_volume: AmountView | None = Field(validation_alias="start")
    chance: Number
    name: str


class OptionsView(View):
    """Build or buy."""

    months: int
    volume_month: AmountView | None = Field(validation_alias="volume")
    ways: list[OptionRow] = Field(validation_alias="options")
    cheapest: list[CheapestRow]
    by_score: str | None
    by_cost: str | None
    disagree: bool = Field(validation_alias="winners_differ")
    chosen: str | None
    decided: dt.date | None
    revisit: dt.date | None


class OptionForecastRow(View):
    """The plan itself (`option` null) or with an option; `why` where nothing can be forecast."""

    option: str | None
    changes: list[str]
    why: str | None = None
    ships: Number | None = None
    ever: Number | None = Field(None, validation_alias="p_delivered")
    finish: RangeView | None = None
    takes: AmountView | None = Field(None, validation_alias="remaining_cost")
    plan_cost: RangeView | None = None
    lost: Number | None = None
    npv: AmountView | None = None
    pays: Number | None = Field(None, validation_alias="p_profitable")
    value: Number | None = None

    @classmethod
    def of(cls, scenario: OptionScenario) -> Self:
        """The plan with an option, or why that can't be forecast."""
        outlook = scenario.outlook
        if isinstance(outlook, str):
            return cls.read(option=scenario.option, changes=scenario.changed_fields, why=outlook)
        return cls.read(
            outlook,
            outlook.item,
            option=scenario.option,
            changes=scenario.changed_fields,
            plan_cost=outlook.cost.cost,
            lost=outlook.cost.unshipped_cost,
        )


class ItemMoneyRow(View):
    """One item's money."""

    id: str
    takes: AmountView | None = Field(validation_alias="remaining_cost")
    lost: Number = Field(validation_alias="unshipped_cost")
    unit: UnitCostView | None = Field(validation_alias="cost")
    roi: ReturnView | None = Field(validation_alias="roi_result")
    options: OptionsView | None = Field(validation_alias="build_or_buy")
    forecasts: list[OptionForecastRow] | None = None

    @classmethod
    def of(cls, item: ItemMoney, scenarios: Sequence[OptionScenario] = ()) -> Self:
        """One item's money, and its options in the forecast, if these were run."""
        forecasts = [OptionForecastRow.of(each) for each in scenarios]
        return cls.read(item, forecasts=forecasts or MISSING)


class MoneyAnswer(ScenarioBasis, Answer):
    """What the plan costs, and whether it pays; of one item, only the item."""

    kind: Literal["money"]
    currency: str
    person_weeks: RangeView | None = None
    cost: RangeView | None = None
    expected: dict[str, Number] | None = None
    lost: Number | None = None
    by_quarter: list[QuarterCostRow] | None = None
    later: dict[str, Number] | None = None
    unpriced: list[str] | None = None
    market: MarketView | None = None
    items: list[ItemMoneyRow] | None = None
    item: ItemMoneyRow | None = None

    @classmethod
    def of(cls, forecast: Forecast, currency: str, money: PlanMoney, **values: object) -> Self:
        """What the plan costs, its market, and each item's money."""
        cost = money.cost
        return cls.read(
            ForecastBasis.read(forecast),
            currency=currency,
            person_weeks=cost.weeks,
            cost=cost.cost,
            expected=cost.tracks,
            lost=cost.unshipped_cost,
            by_quarter=money.quarters,
            later=money.beyond_horizon,
            unpriced=money.unpriced,
            market=None if money.market is None else MarketView.of(money.market),
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
