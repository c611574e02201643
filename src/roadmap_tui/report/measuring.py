"""Recording a measurement of a bar: whether it makes sense, the edits, and what it says of the model."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from roadmap_tui.files.edits import Edit, Refusal, SetValue
from roadmap_tui.fitness.bars import bar_fit
from roadmap_tui.plan.bars import Bar, Measurement
from roadmap_tui.plan.items import Model
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.words import date, number

FORMS = (("hits", "of"), ("value", "low", "high"), ("tp", "fp", "fn", "tn"))
"""What a measurement may consist of, beside its day and its data set."""
SHARES = {
    "precision",
    "recall",
    "f1",
    "f_beta",
    "accuracy",
    "specificity",
    "auc",
    "ndcg",
    "pass_rate",
    "groundedness",
}
"""Metrics that lie from 0 to 1."""
_ANY = "give hits and of; or value, low and high; or tp, fp, fn and tn"


@dataclass(frozen=True, slots=True)
class Target:
    """A bar that something is measured of."""

    model: str
    name: str
    bar: Bar

    @property
    def metric(self) -> str:
        """What is measured."""
        return self.bar.metric or self.name


def measured_on(plan: Plan) -> dt.date:
    """The day of a measurement that is recorded now."""
    return plan.roadmap.as_of or dt.date.today()


def nonsense(plan: Plan, target: Target, fields: Mapping[str, object]) -> Refusal | None:
    """Why a measurement can't be meant, and what to do; None if it can.

    Args:
        plan: with the day the forecast starts.
        target: the bar.
        fields: of the measurement, as they would stand in the file.
    """
    form = _form(fields)
    if isinstance(form, Refusal):
        return form
    numbers = {name: value for name in form if isinstance(value := fields[name], int | float)}
    if not all(math.isfinite(value) for value in numbers.values()):
        return Refusal("a value that is no finite number", "write a number")
    wrong = _value(target, numbers) if "value" in form else _counts(numbers)
    return wrong or _measured(plan, target, fields)


def _measured(plan: Plan, target: Target, fields: Mapping[str, object]) -> Refusal | None:
    """What is wrong with numbers that go together: that they tell something else, are to come, or are known."""
    try:
        measurement = Measurement.model_validate(dict(fields))
    except ValidationError as error:
        return Refusal(error.errors()[0]["msg"].lower(), _ANY)
    if measurement.reading(target.metric, target.bar.beta or 1.0) is None:
        return Refusal(
            f"tp, fp, fn and tn do not tell {target.metric}",
            "give hits and of, or value, low and high",
        )
    latest = max(measured_on(plan), dt.date.today())
    if measurement.on > latest:
        return Refusal(
            f"{date(measurement.on)} is still to come", f"write a day up to {date(latest)}"
        )
    if measurement in target.bar.measured:
        return Refusal("this measurement is recorded already", "nothing needs to be added")
    return None


def _form(fields: Mapping[str, object]) -> tuple[str, ...] | Refusal:
    given = [form for form in FORMS if any(fields.get(name) is not None for name in form)]
    if not given:
        return Refusal("nothing was measured", _ANY)
    if len(given) > 1:
        both = " and ".join(
            next(name for name in form if fields.get(name) is not None) for form in given[:2]
        )
        return Refusal(f"{both} do not go together", _ANY)
    lacking = [name for name in given[0] if fields.get(name) is None]
    if lacking and "value" in given[0]:
        remedy = (
            f"give {' and '.join(lacking)} too, its 95 % interval; or hits and of, from which it"
            " follows"
        )
        return Refusal("no figure goes without its interval", remedy)
    return Refusal(f"{', '.join(lacking)} is missing", _ANY) if lacking else given[0]


def _counts(numbers: Mapping[str, float]) -> Refusal | None:
    if any(value < 0 for value in numbers.values()):
        return Refusal("a count below 0", "count again")
    if "hits" in numbers and numbers["hits"] > numbers["of"]:
        return Refusal(
            f"{numbers['hits']:,} hits of {numbers['of']:,} cases",
            "of is all cases, hits those of them",
        )
    if numbers.get("of", sum(numbers.values())) == 0:
        return Refusal("no case was counted", "a measurement takes one case at least")
    return None


def _value(target: Target, numbers: Mapping[str, float]) -> Refusal | None:
    value, low, high = (numbers[name] for name in FORMS[1])
    if not low <= value <= high:
        return Refusal(
            f"{value:g} does not lie from {low:g} to {high:g}",
            "low and high are the ends of its interval",
        )
    bar = target.bar
    levels = [each for each in (bar.guardrail, bar.launch, bar.target) if each is not None]
    is_percent = 2 <= value <= 100 and bool(levels) and all(0 < each <= 1 for each in levels)
    if is_percent or (target.metric in SHARES and (low < 0 or high > 1)):
        remedy = f"{value:g} % is {value / 100:g}" if 1 < value <= 100 else "write it from 0 to 1"
        return Refusal(f"{number(value)} is no share, which {target.metric} is", remedy)
    return None


def recorded(target: Target, *measurements: Mapping[str, object]) -> tuple[Edit, ...]:
    """The edits that append measurements to a bar."""
    place = ("model", target.model, "bars", target.name, "measured")
    count, edits = len(target.bar.measured), list[Edit]()
    for at, fields in enumerate(measurements, start=count):
        edits.append(
            SetValue((*place, at), dict(fields)) if at else SetValue(place, [dict(fields)])
        )
    return tuple(edits)


def with_measured(target: Target, *measurements: Mapping[str, object]) -> Bar:
    """The bar as it is with measurements appended."""
    added = tuple(Measurement.model_validate(dict(fields)) for fields in measurements)
    return target.bar.model_copy(update={"measured": (*target.bar.measured, *added)})


@dataclass(frozen=True, slots=True)
class Offer:
    """A chance for the stage `evaluate` that a measurement supports, in hundredths and never sure.

    Attributes:
        planned: the one that the plan has.
    """

    chance: float
    planned: float

    def edit(self, model: str) -> Edit:
        """The edit that takes it."""
        return SetValue(("model", model, "stages", "evaluate", "chance"), self.chance)


def offer(plan: Plan, target: Target, bar: Bar) -> Offer | None:
    """The chance that the true value reaches the launch level, for the stage that asks just that.

    None if the model has no such stage ahead of it, or if the measurement tells no chance.
    """
    model: Model = plan.model[target.model]
    stage = model.stages.evaluate if model.stages is not None else None
    ahead = model.stages is not None and model.status in OPEN and model.stage != "deploy"
    chance = bar_fit(target.name, bar).chance
    if stage is None or chance is None or not ahead:
        return None
    return Offer(min(0.99, max(0.01, round(chance, 2))), stage.chance)
