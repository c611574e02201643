"""Answers about people: what one more adds, and what all of them are paid."""

from collections.abc import Mapping

from pydantic import Field

from roadmap_tui.answers.base import DifferenceView, Number, View
from roadmap_tui.forecast.analysis.capacity_value import CapacityValue
from roadmap_tui.money.payroll import yearly_pay
from roadmap_tui.plan.roadmap import Plan


class PayrollView(View):
    """Pay of everyone with a weekly cost, from the first week to the horizon."""

    total: Number = Field(description="People x weekly cost x weeks.")
    work: Number = Field(description="The expected part that open items take.")
    rest: Number = Field(description="Upkeep, and time without work on the plan.")


class CapacityRow(View):
    """What one more person of a team adds from the first week to the horizon."""

    team: str
    people: int = Field(description="Without the additional person.")
    gain: DifferenceView = Field(description="The change of the plan's value by the horizon.")
    share: DifferenceView = Field(description="The same as a share of that value.")
    per_week: DifferenceView = Field(description="The gain per additional person-week.")
    binds: bool = Field(description="Whether the gain lies beyond two standard errors from zero.")
    pay_year: Number | None = Field(
        description="That person's pay for 52 weeks; null without a weekly cost."
    )


def capacity_rows(plan: Plan, capacity: Mapping[str, CapacityValue]) -> list[CapacityRow]:
    """What one more person of each team adds, and that person's pay."""
    rows = []
    for name, each in capacity.items():
        cost = plan.teams[name].week_cost
        rows.append(CapacityRow.read(each, pay_year=yearly_pay(cost)))
    return rows
