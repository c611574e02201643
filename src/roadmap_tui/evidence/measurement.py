"""Record a measurement of a bar: validation, edits, and its effect on the model."""

import datetime as dt
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from roadmap_tui.document.edits import Edit, EditRejected, SetValue
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Model
from roadmap_tui.plan.readiness.quality_bars import Measurement, QualityBar
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.readiness.quality_bars import bar_assessment
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_number

MEASUREMENT_FORMS = (("hits", "of"), ("value", "low", "high"), ("tp", "fp", "fn", "tn"))
"""Alternative sets of fields of a measurement, beside the day and what identifies it."""
IDENTITY_FIELDS = ("dataset", "version", "run")
"""What identifies a measurement beside its day, as text."""
SHARE_METRICS = {
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
"""Metrics between 0 and 1."""
_FORM_HINT = "give hits and of; or value, low and high; or tp, fp, fn and tn"


@dataclass(frozen=True, slots=True)
class MeasurementTarget:
    """The bar that is measured."""

    model: str
    name: str
    bar: QualityBar

    @property
    def metric(self) -> str:
        """The metric that is measured."""
        return self.bar.metric or self.name


def measurement_date(plan: Plan) -> dt.date:
    """The default date of a new measurement."""
    return plan.roadmap.as_of or dt.date.today()


def measurement_error(
    plan: Plan, target: MeasurementTarget, fields: Mapping[str, object]
) -> EditRejected | None:
    """Why a measurement is implausible, and the remedy; None if it is valid.

    Args:
        plan: has the start of the forecast.
        target: the bar.
        fields: of the measurement, as they would be in the file.
    """
    form = _measurement_form(fields)
    if isinstance(form, EditRejected):
        return form
    numbers = {name: value for name in form if isinstance(value := fields[name], int | float)}
    if not all(math.isfinite(value) for value in numbers.values()):
        return EditRejected("a value that is no finite number", "write a number")
    wrong = _value_error(target, numbers) if "value" in form else _count_error(numbers)
    return wrong or _consistency_error(plan, target, fields)


def _consistency_error(
    plan: Plan, target: MeasurementTarget, fields: Mapping[str, object]
) -> EditRejected | None:
    """Why consistent numbers are rejected: another metric, a future date, or a duplicate."""
    try:
        measurement = Measurement.model_validate(dict(fields))
    except ValidationError as error:
        return EditRejected(error.errors()[0]["msg"].lower(), _FORM_HINT)
    if measurement.value_for(target.metric, target.bar.beta or 1.0) is None:
        return EditRejected(
            f"tp, fp, fn and tn do not tell {target.metric}",
            "give hits and of, or value, low and high",
        )
    latest = max(measurement_date(plan), dt.date.today())
    if measurement.on > latest:
        return EditRejected(
            f"{format_date(measurement.on)} is still to come",
            f"write a day up to {format_date(latest)}",
        )
    if measurement in target.bar.measured:
        return EditRejected("this measurement is recorded already", "nothing needs to be added")
    return None


def _measurement_form(fields: Mapping[str, object]) -> tuple[str, ...] | EditRejected:
    present = {name for name, value in fields.items() if value is not None}
    given = [form for form in MEASUREMENT_FORMS if not present.isdisjoint(form)]
    if not given:
        return EditRejected("nothing was measured", _FORM_HINT)
    if len(given) > 1:
        first, second = (_first_of(form, present) for form in given[:2])
        return EditRejected(f"{first} and {second} do not go together", _FORM_HINT)
    lacking = [name for name in given[0] if name not in present]
    return _incomplete(given[0], lacking) if lacking else given[0]


def _incomplete(form: tuple[str, ...], lacking: list[str]) -> EditRejected:
    if "value" not in form:
        return EditRejected(f"{', '.join(lacking)} is missing", _FORM_HINT)
    remedy = (
        f"give {' and '.join(lacking)} too, its 95% interval; or hits and of, from which it follows"
    )
    return EditRejected("no figure goes without its interval", remedy)


def _first_of(form: tuple[str, ...], present: Collection[str]) -> str:
    return next(name for name in form if name in present)


def _count_error(numbers: Mapping[str, float]) -> EditRejected | None:
    if any(value < 0 for value in numbers.values()):
        return EditRejected("a count below 0", "count again")
    if "hits" in numbers and numbers["hits"] > numbers["of"]:
        return EditRejected(
            f"{numbers['hits']:,} hits of {numbers['of']:,} cases",
            "of is all cases, hits those of them",
        )
    if numbers.get("of", sum(numbers.values())) == 0:
        return EditRejected("no case was counted", "a measurement takes one case at least")
    return None


def _value_error(target: MeasurementTarget, numbers: Mapping[str, float]) -> EditRejected | None:
    value, low, high = (numbers[name] for name in MEASUREMENT_FORMS[1])
    if not low <= value <= high:
        return EditRejected(
            f"{value:g} does not lie from {low:g} to {high:g}",
            "low and high are the ends of its interval",
        )
    is_percent = 2 <= value <= 100 and _has_share_levels(target.bar)
    if is_percent or (target.metric in SHARE_METRICS and (low < 0 or high > 1)):
        remedy = f"{value:g}% is {value / 100:g}" if 1 < value <= 100 else "write it from 0 to 1"
        return EditRejected(f"{format_number(value)} is no share, which {target.metric} is", remedy)
    return None


def _has_share_levels(bar: QualityBar) -> bool:
    """Whether a bar's levels are shares, so that a percentage must be a slip."""
    levels = [each for each in (bar.guardrail, bar.launch, bar.target) if each is not None]
    return bool(levels) and all(0 < each <= 1 for each in levels)


def measurement_edits(
    target: MeasurementTarget, *measurements: Mapping[str, object]
) -> tuple[Edit, ...]:
    """Edits that append measurements to a bar."""
    place = ("model", target.model, "bars", target.name, "measured")
    count, edits = len(target.bar.measured), list[Edit]()
    for at, fields in enumerate(measurements, start=count):
        edits.append(
            SetValue((*place, at), dict(fields)) if at else SetValue(place, [dict(fields)])
        )
    return tuple(edits)


def with_measurements(target: MeasurementTarget, *measurements: Mapping[str, object]) -> QualityBar:
    """The bar with measurements appended."""
    added = tuple(Measurement.model_validate(dict(fields)) for fields in measurements)
    return target.bar.model_copy(update={"measured": (*target.bar.measured, *added)})


@dataclass(frozen=True, slots=True)
class ChanceOffer:
    """A chance supported by a measurement, for what it is a chance of: two digits, never 0 or 1.

    Attributes:
        planned_chance: the one in the plan; None if it sets none.
        field: the keys of that chance below the model: of the stage `evaluate`, or of a model
            without stages itself.
    """

    chance: float
    planned_chance: float | None
    field: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the chance is of, in words."""
        return "evaluate passes" if self.field[0] == "stages" else "the model works"

    def edit(self, model: str) -> Edit:
        """The edit that applies it."""
        return SetValue(("model", model, *self.field), self.chance)


def chance_offer(plan: Plan, target: MeasurementTarget, bar: QualityBar) -> ChanceOffer | None:
    """The chance that the true value reaches the launch level, for what tests this.

    None if that isn't ahead, if the measurement implies no chance, or if the plan has it already.
    """
    model: Model = plan.model[target.model]
    reached = bar_assessment(target.name, bar).p_reached
    if reached is None or model.status not in OPEN_STATUSES:
        return None
    chance = min(0.99, max(0.01, round(reached, 2)))
    if model.stages is None:
        offer = ChanceOffer(chance, model.chance, ("chance",))
    elif model.stages.evaluate is None or model.stage == "deploy":
        return None
    else:
        planned = model.stages.evaluate.chance
        offer = ChanceOffer(chance, planned, ("stages", "evaluate", "chance"))
    return None if offer.chance == offer.planned_chance else offer
