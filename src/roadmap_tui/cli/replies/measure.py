"""`roadmap measure`: record a measurement of a bar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from roadmap_tui.answers.edits import ChangedValue, MeasureAnswer, StatusChange
from roadmap_tui.answers.forecast import ShipsChange, moved_chances
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.file_edits import (
    WriteOptions,
    apply_and_save,
    open_for_edit,
    with_retries,
)
from roadmap_tui.cli.measurement_csv import read_measurements
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.cli.source import unknown_item
from roadmap_tui.cli.table import wrap_text
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import Edit, EditRejected, apply_edits
from roadmap_tui.evidence.measurement import (
    IDENTITY_FIELDS,
    ChanceOffer,
    MeasurementTarget,
    chance_offer,
    measurement_date,
    measurement_edits,
    measurement_error,
    with_measurements,
)
from roadmap_tui.forecast.engine import forecast
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.narrative.readiness.quality import bar_sentences
from roadmap_tui.plan.faults import did_you_mean, format_path
from roadmap_tui.plan.readiness.quality_bars import BarStatus, QualityBar
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.readiness.quality_bars import bar_assessment
from roadmap_tui.text.numbers import format_chance
from roadmap_tui.text.terminal_text import escape_control

Measurement: TypeAlias = dict[str, object]


class MeasurementRequest(NamedTuple):
    """Measurements to record, as typed.

    Attributes:
        bar: the bar, as ID.BAR.
        csv: a file with measurements; None if `fields` is the only one.
        fields: the fields that were given as options.
        takes_chance: whether the chance that they support is set too.
    """

    bar: str
    csv: str | None
    fields: Mapping[str, object]
    takes_chance: bool = False


@dataclass(frozen=True, slots=True)
class RecordedMeasurement:
    """Measurements that were saved, and what they change.

    Attributes:
        target: the bar as it was.
        rows: the measurements.
        after: the bar with them.
        offered: the chance that they support.
        is_taken: whether that was set too.
        chances: by item, the chance to deliver before and after, where it changed.
        would_move: the same if the chance that is offered and not taken were set.
        plan: the plan with them.
    """

    target: MeasurementTarget
    rows: tuple[Measurement, ...]
    after: QualityBar
    offered: ChanceOffer | None
    is_taken: bool
    chances: tuple[ShipsChange, ...]
    would_move: tuple[ShipsChange, ...]
    plan: Plan


def measure_reply(
    file: str, request: MeasurementRequest, *, sha256: str | None, as_json: bool
) -> Reply:
    """Record measurements of a bar, and show what they change."""

    def attempt(write: WriteOptions) -> Reply:
        document = open_for_edit(file, write.sha256)
        if isinstance(document, Reply):
            return document
        found = _requested_rows(document, request)
        if isinstance(found, Reply):
            return found
        target, rows = found
        takes = request.takes_chance
        edits = _recorded_edits(document, target, rows, takes_chance=takes)
        rejected = apply_and_save(document, *edits, locked=write.locked)
        if rejected is not None:
            return rejected
        result = _recorded_measurement(document, target, rows, is_taken=takes)
        if as_json:
            return Reply(to_json(_result_answer(file, result)))
        return Reply("\n".join(_result_lines(file, result)) + "\n")

    return with_retries(file, sha256, attempt)


def _requested_rows(
    document: Document, request: MeasurementRequest
) -> tuple[MeasurementTarget, tuple[Measurement, ...]] | Reply:
    """The bar and its new measurements, or the reply that the request is invalid."""
    plan = document.plan
    if plan is None:
        return usage_error(f"{document.name} holds no plan")
    target = _find_bar(document.name, plan, request.bar)
    if isinstance(target, Reply):
        return target
    rows = _measurement_rows(plan, request)
    if isinstance(rows, str):
        return usage_error(rows)
    for number, row in enumerate(rows, start=1):
        refusal = measurement_error(plan, target, row)
        if refusal is not None:
            prefix = f"measurement {number}: " if len(rows) > 1 else ""
            return usage_error(escape_control(f"{prefix}{refusal.text}; {refusal.remedy}"))
    return target, rows


def _find_bar(file: str, plan: Plan, path: str) -> MeasurementTarget | Reply:
    """The bar that ID.BAR names; ID alone is enough where there is one bar."""
    name, _, bar = path.partition(".")
    if name not in plan.items:
        return unknown_item(file, plan, name)
    if name not in plan.model:
        return usage_error(f"{name} is no model; {_model_hint(plan, name)}")
    bars = plan.model[name].bars
    if not bars:
        return usage_error(
            f"{name} has no bar; begin with: roadmap set FILE"
            f" {name}.bars.{bar or 'recall'}.launch 0.8"
        )
    if not bar and len(bars) == 1:
        bar = next(iter(bars))
    if bar in bars:
        return MeasurementTarget(name, bar, bars[bar])
    hint = did_you_mean(bar, bars) or f"it has {', '.join(map(escape_control, bars))}"
    if not bar:
        return usage_error(f"{name}.BAR: which bar? {hint}")
    return usage_error(f"{name} has no bar {escape_control(bar)}; {hint}")


def _model_hint(plan: Plan, name: str) -> str:
    models = Readiness(plan, measurement_date(plan)).models(name)
    if models:
        return f"it rests on {', '.join(models)}"
    return "name the bar of a model, such as triage-model.recall"


def _measurement_rows(plan: Plan, request: MeasurementRequest) -> tuple[Measurement, ...] | str:
    """The measurements, each with its day; options are the defaults of a CSV's rows."""
    common = {"on": measurement_date(plan), **request.fields}
    if request.csv is None:
        return (_ordered_fields(common),)
    if set(request.fields) - {"on", *IDENTITY_FIELDS}:
        return "--csv has the numbers; leave them out of the command line"
    rows = read_measurements(request.csv)
    if isinstance(rows, str):
        return rows
    return tuple(_ordered_fields(common | row) for row in rows)


def _ordered_fields(fields: Measurement) -> Measurement:
    """The fields in their usual order: the day and what identifies it first."""
    first: Measurement = {name: fields[name] for name in ("on", *IDENTITY_FIELDS) if name in fields}
    return first | fields


def _recorded_edits(
    document: Document,
    target: MeasurementTarget,
    rows: tuple[Measurement, ...],
    *,
    takes_chance: bool,
) -> tuple[Edit, ...]:
    """The edits of the measurements, and of the chance that they support if it is taken."""
    edits, plan = measurement_edits(target, *rows), document.plan
    if plan is None or not takes_chance:
        return edits
    offered = chance_offer(plan, target, with_measurements(target, *rows))
    return edits if offered is None else (*edits, offered.edit(target.model))


def _recorded_measurement(
    document: Document,
    target: MeasurementTarget,
    rows: tuple[Measurement, ...],
    *,
    is_taken: bool,
) -> RecordedMeasurement:
    before, bar = _plan_of(document), with_measurements(target, *rows)
    recorded = _recorded_edits(document, target, rows, takes_chance=False)
    whole = _recorded_edits(document, target, rows, takes_chance=True)
    without, taken = (_plan_of(apply_edits(document, *edits)) for edits in (recorded, whole))
    after = taken if is_taken else without
    return RecordedMeasurement(
        target=target,
        rows=rows,
        after=bar,
        offered=chance_offer(before, target, bar),
        is_taken=is_taken,
        chances=_changed_chances(before, after),
        would_move=() if is_taken else _changed_chances(after, taken),
        plan=after,
    )


def _plan_of(document: Document | EditRejected) -> Plan:
    if isinstance(document, EditRejected) or document.plan is None:
        raise AssertionError("what was saved has a plan")
    return document.plan


def _changed_chances(before: Plan, after: Plan) -> tuple[ShipsChange, ...]:
    """The chances that change, if anything that the forecast rests on does."""
    resolved = [resolve_plan(plan) for plan in (before, after)]
    if resolved[0].items == resolved[1].items:
        return ()
    with progress("forecasting what moves") as checkpoint:
        forecasts = [forecast(each, checkpoint=checkpoint) for each in resolved]
    return moved_chances(*forecasts)


def _result_lines(file: str, found: RecordedMeasurement) -> Iterator[str]:
    target, plan = found.target, found.plan
    name = f"{target.model}.{target.name}"
    count = f" with {len(found.rows)} measurements" if len(found.rows) > 1 else ""
    before, after = _bar_status(target.bar, target), _bar_status(found.after, target)
    yield escape_control(f"{file}: {name}{count} {before} → {after}")
    newest = found.after.newest_measurement()
    if newest is not None and newest in target.bar.measured:
        yield from wrap_text(
            f"it is older than the measurement of {newest.on}, which still counts", indent="  "
        )
    for sentence in bar_sentences(target.name, found.after, measurement_date(plan), None):
        yield from wrap_text(sentence.strip(), indent="  ", hang="    ")
    yield from _offer_lines(file, found)
    yield from _moved_lines(found.chances, plan)
    if not found.chances:
        yield "  no chance moves by itself: the forecast rests on none of this yet"


def _moved_lines(chances: tuple[ShipsChange, ...], plan: Plan, lead: str = "") -> Iterator[str]:
    for each in chances:
        title = escape_control(display_title(each.id, plan.items[each.id].title))
        text = f"{lead}{title} ships {format_chance(each.before)} → {format_chance(each.after)}"
        yield from wrap_text(text, indent="  ", hang="    ")


def _offer_lines(file: str, found: RecordedMeasurement) -> Iterator[str]:
    """The chance that the measurements support, what it moves, and the command that sets it."""
    offered, model = found.offered, found.target.model
    if offered is None:
        return
    planned = "no chance"
    if offered.planned_chance is not None:
        planned = format_chance(offered.planned_chance)
    text = f"{offered.name}: {planned} in the plan, {format_chance(offered.chance)} as measured"
    if found.is_taken:
        yield from wrap_text(f"{text}; set", indent="  ", hang="    ")
        return
    command = f"roadmap set {file} {'.'.join((model, *offered.field))} {offered.chance:g}"
    yield from wrap_text(escape_control(f"{text}; to set it: {command}"), indent="  ", hang="    ")
    yield from _moved_lines(found.would_move, found.plan, "if set, ")


def _bar_status(bar: QualityBar, target: MeasurementTarget) -> BarStatus:
    return bar.status(target.name)


def _result_answer(file: str, found: RecordedMeasurement) -> MeasureAnswer:
    target = found.target
    fit = bar_assessment(target.name, found.after)
    path = format_path(("model", target.model, "bars", target.name, "measured"))
    return MeasureAnswer.read(
        file=file,
        changed=ChangedValue(path=path, old=None, new=found.rows),
        status=StatusChange(before=_bar_status(target.bar, target), after=fit.status),
        more_cases=fit.cases_missing,
        chance_at_launch=fit.p_reached,
        evaluate=found.offered,
        taken=found.is_taken,
        ships=found.chances,
        would_ship=found.would_move,
    )
