"""One item's money in the answer of `money`: unit economics, return, options."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Annotated, Self, TypeAlias

from pydantic import AliasPath, BeforeValidator, Field

from roadmap_tui.answers.base import MISSING, AmountView, Number, RangeView, View
from roadmap_tui.money.feature_cost import USAGE_MULTIPLES
from roadmap_tui.money.option_scenarios import OptionScenario
from roadmap_tui.money.plan_money import ItemMoney

Amounts: TypeAlias = Annotated[dict[str, AmountView | None], BeforeValidator(dict)]


def _by_multiple(margins: Sequence[object]) -> dict[str, object]:
    return dict(zip(map(str, USAGE_MULTIPLES), margins, strict=True))


AmountsByUsage: TypeAlias = Annotated[dict[str, AmountView | None], BeforeValidator(_by_multiple)]
"""By how many times the usage of today."""


class UsageRow(View):
    """Users who use it about equally often."""

    name: str
    share: Number = Field(description="Their share of all users.")
    tasks_month: AmountView | None = Field(
        validation_alias="tasks", description="Tasks of a user per month."
    )
    cost_share: AmountView | None = Field(description="Their share of the cost of all tasks.")
    margin_at: AmountsByUsage = Field(
        validation_alias="margins", description="The margin at multiples of today's usage."
    )


class MissingInput(View):
    """A field without which something can't be worked out."""

    field: str = Field(description="The field of the file.")
    for_: str = Field(
        validation_alias="for_", serialization_alias="for", description="The figure that needs it."
    )


def _missing_inputs(pairs: Iterable[tuple[str, str]]) -> list[MissingInput]:
    return [MissingInput(field=field, for_=figure) for field, figure in pairs]


class UnitCostView(View):
    """What a task costs, and what is left of the price."""

    priced: dt.date | None = Field(description="The date of the prices.")
    parts: Amounts = Field(description="The parts of a task's cost, without review.")
    task: AmountView | None = Field(description="The cost of a task, without review.")
    review: AmountView | None = Field(description="The cost of a task's review.")
    full: AmountView | None = Field(description="The cost of a task, with review.")
    per_success: AmountView | None = Field(
        validation_alias="success", description="The cost of a task that succeeds."
    )
    margin: AmountView | None = Field(
        validation_alias=AliasPath("margins", 0), description="The margin over all groups of users."
    )
    margin_at: AmountsByUsage = Field(
        validation_alias="margins", description="The margin at multiples of today's usage."
    )
    most_tasks: AmountView | None = Field(
        validation_alias="max_tasks",
        description="Tasks of a user per month up to which the target margin is met, or else any.",
    )
    ltv: AmountView | None = Field(description="The lifetime value of a user.")
    ltv_to_cac: AmountView | None = Field(description="`ltv` / the cost of winning a user.")
    segments: list[UsageRow] = Field(validation_alias="usage", description="Groups of users.")
    missing: Annotated[list[MissingInput], BeforeValidator(_missing_inputs)] = Field(
        validation_alias="missing_inputs",
        description="Fields without which a figure is missing.",
    )


class SpikeFirstView(View):
    """Finding out first against building at once."""

    works: Number = Field(description="The chance that it works.")
    npv_if_works: Number = Field(
        validation_alias="gain", description="The net present value where it ships."
    )
    lost_if_not: Number = Field(
        validation_alias="loss",
        description="The discounted loss where it is built and doesn't work.",
    )
    spike: Number | None = Field(
        validation_alias="spike_cost", description="The cost of its open spikes."
    )
    find_out_first: Number = Field(
        validation_alias="spike_first", description="The expected value with a spike first."
    )
    build_at_once: Number = Field(description="The expected value of building at once.")
    most_for_spike: Number = Field(
        validation_alias="max_spike_cost", description="The most that a spike may cost."
    )


class ReturnView(View):
    """Whether it pays."""

    months: int = Field(description="The evaluation period.")
    discount: Number = Field(description="The discount rate of a year.")
    roi: AmountView | None = Field(
        description="(benefit - cost) / cost; null if something is gained for nothing in some run."
    )
    npv: AmountView | None = Field(description="The net present value.")
    pays: Number = Field(
        validation_alias="p_profitable", description="The chance that `npv` is more than 0."
    )
    pays_back: Number = Field(
        validation_alias="p_payback",
        description="The chance that it ships and pays back within the period.",
    )
    payback_month: RangeView | None = Field(
        validation_alias="payback",
        description="The month from which it has paid back, where it does.",
    )
    peak_outlay: AmountView | None = Field(
        description="The lowest cumulative cash flow, 0 or negative.",
    )
    ships: Number = Field(
        validation_alias="p_ships", description="The chance that it is ever live."
    )
    build: AmountView | None = Field(
        description="The cost of building it, if it is built; null for what is live."
    )
    build_from_forecast: bool = Field(
        validation_alias="is_build_forecast",
        description="Whether that is the forecast's work, for none is stated.",
    )
    launch_month: RangeView | None = Field(
        validation_alias="launch", description="The month from which it is live, where it is."
    )
    live: bool = Field(
        validation_alias="is_live",
        description="Whether it is live already, so that its build cost is in the past.",
    )
    staged: SpikeFirstView | None = Field(
        validation_alias="spike_comparison", description="Null where nothing is uncertain."
    )


class OptionRow(View):
    """A way to have a model."""

    name: str
    kind: str | None
    fixed: AmountView | None = Field(description="Setup, own people, months and exit.")
    people: AmountView | None = Field(description="The part of it for own people.")
    unit: AmountView | None = Field(description="The cost over all months of one more use a month.")
    cost: AmountView | None = Field(description="At the item's volume; null if that is unknown.")
    weeks: AmountView | None = Field(description="Until it is in use, if its people are free.")
    lost: AmountView | None = Field(
        description="The benefit lost until then; null if no business case states one."
    )
    in_use: bool = Field(
        validation_alias="is_in_use",
        description="Whether it is in use within as many months, in most runs.",
    )
    coverage: AmountView | None = Field(description="The share of cases that it handles.")
    lockin: int | None = Field(description="From 1, easy to leave, to 5.")
    score: Number | None = Field(description="The weighted mean of its ratings.")
    out: list[str] = Field(
        validation_alias="knockout_factors", description="The factors whose rating rules it out."
    )


class CheapestRow(View):
    """From which volume on a way costs least."""

    from_volume: AmountView | None = Field(
        validation_alias="start", description="The monthly volume from which it is cheapest."
    )
    chance: Number = Field(description="The chance that it becomes cheaper than the one before.")
    name: str = Field(description="The option.")


class OptionsView(View):
    """Build or buy."""

    months: int = Field(description="The months of use that options are compared over.")
    volume_month: AmountView | None = Field(
        validation_alias="volume", description="Uses per month."
    )
    ways: list[OptionRow] = Field(validation_alias="options", description="The options.")
    cheapest: list[CheapestRow] = Field(
        description="The cheapest option of each range of volumes, ascending."
    )
    by_score: str | None = Field(description="The option with the best score.")
    by_cost: str | None = Field(description="The option that costs least.")
    disagree: bool = Field(
        validation_alias="winners_differ",
        description="Whether score and cost favour different options.",
    )
    chosen: str | None = Field(description="The option that was chosen.")
    decided: dt.date | None = Field(description="When it was chosen.")
    revisit: dt.date | None = Field(description="When to look at the choice again.")


class OptionForecastRow(View):
    """The plan itself (`option` null) or with an option; `why` where nothing can be forecast."""

    option: str | None
    changes: list[str] = Field(description="The fields of the file that the option changes.")
    why: str | None = Field(None, description="Why nothing can be forecast.")
    ships: Number | None = Field(None, description="The chance to deliver by the horizon.")
    ever: Number | None = Field(
        None, validation_alias="p_delivered", description="The chance to deliver at all."
    )
    finish: RangeView | None = Field(None, description="Weeks from `as_of`, if it delivers.")
    takes: AmountView | None = Field(
        None, validation_alias="remaining_cost", description="The item's remaining cost."
    )
    plan_cost: RangeView | None = Field(None, description="The cost of the whole plan.")
    lost: Number | None = Field(
        None, description="The expected cost of work on items that don't ship."
    )
    npv: AmountView | None = Field(None, description="The net present value of the whole plan.")
    pays: Number | None = Field(
        None, validation_alias="p_profitable", description="The chance that `npv` is more than 0."
    )
    value: Number | None = Field(None, description="The expected value of the plan by its horizon.")

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
    takes: AmountView | None = Field(
        validation_alias="remaining_cost", description="The remaining cost; null if it isn't open."
    )
    keep_month: AmountView | None = Field(
        description="The cost of a month once it is live; null if it has none."
    )
    lost: Number = Field(
        validation_alias="unshipped_cost",
        description="The part of the expected cost where it doesn't ship.",
    )
    unit: UnitCostView | None = Field(
        validation_alias="cost", description="The cost of a task and the margin of a user."
    )
    roi: ReturnView | None = Field(
        validation_alias="roi_result", description="Null without a complete business case."
    )
    options: OptionsView | None = Field(
        validation_alias="build_or_buy", description="Build or buy."
    )
    forecasts: list[OptionForecastRow] | None = Field(
        None, description="The plan unchanged, and with each option."
    )

    @classmethod
    def of(cls, item: ItemMoney, scenarios: Sequence[OptionScenario] = ()) -> Self:
        """One item's money, and its options in the forecast, if these were run."""
        forecasts = [OptionForecastRow.of(each) for each in scenarios]
        return cls.read(item, forecasts=forecasts or MISSING)
