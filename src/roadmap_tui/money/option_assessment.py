"""Options of a model item side by side: cost, time to value, score, and which one wins."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountSampler,
    amount_range,
    mean,
    or_default,
    sample_share,
    total,
)
from roadmap_tui.money.cashflow import months_from_weeks
from roadmap_tui.money.option_costs import (
    CostLine,
    OptionCosts,
    knockout_factors,
    ownership_cost,
    weighted_score,
)
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.dependencies import upstream
from roadmap_tui.plan.items import Bet, SourcingOption
from roadmap_tui.plan.model_options import is_bought, lead_time, with_option
from roadmap_tui.plan.money.economics import OptionScores, ScoreWeights
from roadmap_tui.plan.resolver import build_resolved_item
from roadmap_tui.plan.roadmap import Plan

ItemSampler: TypeAlias = Callable[[str], AmountSampler]
"""Gives the sampler of an item's amounts by its id."""


@dataclass(frozen=True, slots=True)
class OptionAssessment:
    """One option.

    Attributes:
        cost_line: total cost over the months of use by monthly volume.
        people: the part of it for own people until it is in use.
        weeks: until it is in use, if its people are free.
        lost: benefit lost until then; None if no business case states a benefit.
        cost: at the item's volume; None if that is unknown.
        score: weighted mean of its ratings; None without any.
        knockout_factors: the factors whose rating rules it out.
        is_in_use: whether it comes into use within the evaluation period, in most runs.
    """

    cost_line: CostLine
    people: Amount
    weeks: Amount
    lost: Amount | None
    cost: Amount | None
    score: float | None
    knockout_factors: tuple[str, ...]
    is_in_use: bool

    @property
    def is_ruled_out(self) -> bool:
        """Whether it can't win."""
        return bool(self.knockout_factors) or not self.is_in_use

    @property
    def compared_line(self) -> CostLine:
        """Cost by monthly volume, with the benefit lost while waiting."""
        return CostLine(self.cost_line.fixed + or_default(self.lost), self.cost_line.unit)

    @property
    def compared_cost(self) -> Amount | None:
        """Cost at the item's volume, with the benefit lost while waiting."""
        return None if self.cost is None else self.cost + or_default(self.lost)


def assess_options(
    plan: Plan, name: str, sampler_of: ItemSampler, as_of: dt.date
) -> dict[str, OptionAssessment]:
    """Assess every option of a model item over equal periods of use.

    Args:
        plan: the plan; `[policy] roi_months` are the months of use.
        name: the model.
        sampler_of: samples amounts.
        as_of: the day on which the forecast starts.
    """
    benefit = monthly_benefit(plan, name, sampler_of)
    assessor = _OptionAssessor(plan, name, sampler_of(name), benefit, as_of)
    return {option: assessor.assess(option) for option in plan.model[name].options}


@dataclass(frozen=True, slots=True)
class _OptionAssessor:
    """What the options of one model have in common.

    Attributes:
        draw: samples the model's amounts.
        benefit: of a month that waits for the model; None if unknown.
        as_of: the day on which the forecast starts.
    """

    plan: Plan
    name: str
    draw: AmountSampler
    benefit: Amount | None
    as_of: dt.date

    def assess(self, option: str) -> OptionAssessment:
        """Assess one option."""
        model, draw = self.plan.model[self.name], self.draw
        given, months = model.options[option], float(self.plan.policy.roi_months)
        weeks, people = self._lead(option)
        place = f"options.{option}"
        line = ownership_cost(
            OptionCosts(
                setup=or_default(draw(f"{place}.setup", given.setup)),
                people=people,
                month=or_default(draw(f"{place}.month", given.month)),
                unit=or_default(draw(f"{place}.unit", given.unit)),
                exit=or_default(draw(f"{place}.exit", given.exit)),
            ),
            months,
        )
        volume, scores = draw("volume_month", model.volume_month), given.scores or OptionScores()
        return OptionAssessment(
            cost_line=line,
            people=people,
            weeks=weeks,
            lost=None if self.benefit is None else months_from_weeks(weeks) * self.benefit,
            cost=None if volume is None else line.at(volume),
            score=weighted_score(scores, model.weights or ScoreWeights()),
            knockout_factors=knockout_factors(scores, given.kind),
            is_in_use=_is_in_use(given, weeks, months),
        )

    def _lead(self, option: str) -> tuple[Amount, Amount]:
        """Return the weeks until an option is in use, and what own people cost until then."""
        given = self.plan.model[self.name].options[option]
        changed = with_option(self.plan, self.name, option).model[self.name]
        item = build_resolved_item(self.plan, self.name, changed, self.as_of)
        team = None if item.team is None else self.plan.teams[item.team]
        week_cost = 0.0 if team is None else team.week_cost or 0.0
        staff = item.staff if team is None else min(item.staff, team.people)
        weeks = self.draw(f"options.{option}.weeks", lead_time(given))
        if weeks is not None:
            return weeks, 0.0 if is_bought(given) else weeks * staff * week_cost
        effort = or_default(self.draw(f"options.{option}.effort", item.effort))
        return effort / staff, effort * week_cost


def _is_in_use(option: SourcingOption, weeks: Amount, months: float) -> bool:
    waits_for_nothing = option.kind == "wait" and option.weeks is None and option.effort is None
    if option.chance == 0 or waits_for_nothing:
        return False
    return float(months_from_weeks(amount_range(weeks).p50)) < months


def monthly_benefit(plan: Plan, name: str, sampler_of: ItemSampler) -> Amount | None:
    """Return the benefit of a month that waits for a model; None if no business case states one.

    It is the full benefit of the model's own case and of those of open features that need it.
    """
    found = list(_benefits(plan, name, sampler_of))
    return total(found) if found else None


def _benefits(plan: Plan, name: str, sampler_of: ItemSampler) -> Iterator[Amount]:
    for each, item in plan.items.items():
        if not isinstance(item, Bet) or item.roi is None or item.roi.benefit_month is None:
            continue
        if each == name or (item.status in OPEN_STATUSES and name in upstream(plan.items, each)):
            draw = sampler_of(each)
            realised = or_default(sample_share(draw, "roi.realisation", item.roi.realisation), 1.0)
            yield or_default(draw("roi.benefit_month", item.roi.benefit_month)) * realised


def best_by_score(fits: Mapping[str, OptionAssessment]) -> str | None:
    """Return the option with the highest score that is not ruled out; None if none has one."""
    scores = {
        name: fit.score
        for name, fit in fits.items()
        if fit.score is not None and not fit.is_ruled_out
    }
    return max(scores, key=scores.__getitem__, default=None)


def best_by_cost(fits: Mapping[str, OptionAssessment]) -> str | None:
    """Return the option with the lowest mean cost, its wait included, that is not ruled out.

    None if no cost is known.
    """
    costs = {
        name: mean(np.asarray(fit.compared_cost))
        for name, fit in fits.items()
        if fit.compared_cost is not None and not fit.is_ruled_out
    }
    return min(costs, key=costs.__getitem__, default=None)
