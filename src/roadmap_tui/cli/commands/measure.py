"""`roadmap measure`: record a measurement of a bar."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from roadmap_tui.answers.data import answer_envelope, moved_ships, to_json
from roadmap_tui.cli.file_edits import WriteOptions, apply_and_save, open_for_edit, retry_on_change
from roadmap_tui.cli.measurement_csv import read_measurements
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.cli.source import unknown_item
from roadmap_tui.cli.table import wrap_text
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected, apply_edits
from roadmap_tui.evidence.measurement import (
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
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.plan.needs import BarNeed
from roadmap_tui.plan.readiness.quality_bars import QualityBar
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.readiness.quality_bars import bar_assessment
from roadmap_tui.text.dates import format_chance, round_significant
from roadmap_tui.text.terminal_text import escape_control


@dataclass(frozen=True, slots=True)
class RecordedMeasurement:
    """What was recorded, and what it does.

    Attributes:
        after: the bar with it.
        offered: the chance that it supports for the stage `evaluate`.
        moved: by item, the chance to deliver before and after, where that moves.
        plan: the plan with it.
    """

    target: MeasurementTarget
    rows: tuple[dict[str, object], ...]
    after: QualityBar
    offered: ChanceOffer | None
    moved: dict[str, tuple[float, float]]
    plan: Plan


@retry_on_change
def answer(
    file: str, path: str, csv: str | None, terms: WriteOptions, as_json: bool, **given: Any
) -> Reply:
    """What was recorded and what that does, or why nothing was.

    Args:
        file: where to.
        path: ID.BAR.
        csv: a file with measurements.
        terms: on what terms it writes.
        as_json: whether to answer as JSON.
        given: the fields of the measurement, None where left out.
    """
    document = open_for_edit(file, terms.sha256)
    if isinstance(document, Reply):
        return document
    asked = _parse_request(
        document, path, csv, {name: value for name, value in given.items() if value is not None}
    )
    if isinstance(asked, Reply):
        return asked
    failed = apply_and_save(document, *measurement_edits(asked[0], *asked[1]), locked=terms.locked)
    if failed is not None:
        return failed
    found = _apply_measurement(document, *asked)
    return Reply(
        to_json(_result_json(file, found))
        if as_json
        else "\n".join(_result_lines(file, found)) + "\n"
    )


_Rows: TypeAlias = tuple[dict[str, object], ...]


def _parse_request(
    document: Document, path: str, csv: str | None, fields: dict[str, object]
) -> tuple[MeasurementTarget, _Rows] | Reply:
    """The bar and its measurements, or the reply that they can't be meant."""
    plan = document.plan
    if plan is None:
        return usage_error(f"{document.name} holds no plan")
    target = _find_bar(document.name, plan, path)
    if isinstance(target, Reply):
        return target
    rows = _measurement_rows(plan, csv, fields)
    if isinstance(rows, str):
        return usage_error(rows)
    for at, row in enumerate(rows, start=1):
        refused = measurement_error(plan, target, row)
        if refused is not None:
            nth = f"measurement {at}: " if len(rows) > 1 else ""
            return usage_error(escape_control(f"{nth}{refused.text}; {refused.remedy}"))
    return target, rows


def _find_bar(file: str, plan: Plan, path: str) -> MeasurementTarget | Reply:
    """The bar that ID.BAR names; ID alone will do where there is one bar."""
    name, _, bar = path.partition(".")
    if name not in plan.items:
        return unknown_item(file, plan, name)
    if name not in plan.model:
        models = Readiness(plan, measurement_date(plan)).models(name)
        there = (
            f"it rests on {', '.join(models)}"
            if models
            else "name the bar of a model, such as triage-model.recall"
        )
        return usage_error(f"{name} is no model; {there}")
    bars = plan.model[name].bars
    if not bars:
        return usage_error(
            f"{name} has no bar; begin with: roadmap set FILE"
            f" {name}.bars.{bar or 'recall'}.launch 0.8"
        )
    if not bar and len(bars) == 1:
        bar = next(iter(bars))
    if bar not in bars:
        there = did_you_mean(bar, bars) or f"it has {', '.join(map(escape_control, bars))}"
        return usage_error(
            f"{name} has no bar {escape_control(bar)}; {there}"
            if bar
            else f"{name}.BAR: which bar? {there}"
        )
    return MeasurementTarget(name, bar, bars[bar])


def _measurement_rows(plan: Plan, csv: str | None, fields: dict[str, object]) -> _Rows | str:
    """The measurements, each with its day; what the command line says holds for those that don't say it."""
    common = {"on": measurement_date(plan), **fields}
    if csv is None:
        return (_ordered_fields(common),)
    if set(fields) - {"on", "dataset"}:
        return "--csv has the numbers; leave them out of the command line"
    rows = read_measurements(csv)
    return (
        rows if isinstance(rows, str) else tuple(_ordered_fields({**common, **row}) for row in rows)
    )


def _ordered_fields(fields: dict[str, object]) -> dict[str, object]:
    """The fields as people write them: the day and the data set first."""
    first: dict[str, object] = {name: fields[name] for name in ("on", "dataset") if name in fields}
    return {**first, **fields}


def _apply_measurement(
    document: Document, target: MeasurementTarget, rows: _Rows
) -> RecordedMeasurement:
    bar = with_measurements(target, *rows)
    changed = apply_edits(document, *measurement_edits(target, *rows))
    before, after = document.plan, None if isinstance(changed, EditRejected) else changed.plan
    if before is None or after is None:
        raise AssertionError("what was saved has a plan")
    return RecordedMeasurement(
        target,
        rows,
        bar,
        chance_offer(after, target, bar),
        _changed_chances(before, after, target),
        after,
    )


def _changed_chances(
    before: Plan, after: Plan, target: MeasurementTarget
) -> dict[str, tuple[float, float]]:
    """The chances that move. Only a bar that somebody needs moves any, as it gets proven or is so no more."""
    statuses = {
        plan.model[target.model].bars[target.name].status(target.name) == "proven"
        for plan in (before, after)
    }
    needs = (
        need for item in after.items.values() for need in item.needs if isinstance(need, BarNeed)
    )
    if len(statuses) == 1 or not any(
        (need.model, need.bar) == (target.model, target.name) for need in needs
    ):
        return {}
    with progress("forecasting what moves") as check:
        return moved_ships(
            *(forecast(resolve_plan(plan), checkpoint=check) for plan in (before, after))
        )


def _result_lines(file: str, found: RecordedMeasurement) -> Iterator[str]:
    target, plan = found.target, found.plan
    name = f"{target.model}.{target.name}"
    many = f" with {len(found.rows)} measurements" if len(found.rows) > 1 else ""
    yield escape_control(
        f"{file}: {name}{many} {_bar_status(target.bar, target)} → {_bar_status(found.after, target)}"
    )
    newest = found.after.newest_measurement()
    if newest is not None and newest in target.bar.measured:
        yield from wrap_text(
            f"it is older than the measurement of {newest.on}, which still counts", indent="  "
        )
    for sentence in bar_sentences(target.name, found.after, measurement_date(plan), None):
        yield from wrap_text(sentence.strip(), indent="  ", hang="    ")
    if found.offered is not None and found.offered.chance != found.offered.planned_chance:
        told = f"evaluate passes {format_chance(found.offered.planned_chance)} in the plan; what was measured says "
        command = (
            f"roadmap set {file} {target.model}.stages.evaluate.chance {found.offered.chance:g}"
        )
        yield from wrap_text(
            escape_control(f"{told}{format_chance(found.offered.chance)}: {command}"),
            indent="  ",
            hang="    ",
        )
    for each, (before, after) in found.moved.items():
        title = escape_control(display_title(each, plan.items[each].title))
        yield from wrap_text(
            f"{title} ships {format_chance(before)} → {format_chance(after)}",
            indent="  ",
            hang="    ",
        )
    if not found.moved:
        yield (
            "  no chance moves by itself: no item waits for this bar, or it is as proven as before"
        )


def _bar_status(bar: QualityBar, target: MeasurementTarget) -> str:
    return bar.status(target.name)


def _result_json(file: str, found: RecordedMeasurement) -> dict[str, object]:
    target = found.target
    fit = bar_assessment(target.name, found.after)
    return answer_envelope(
        "measure",
        file=file,
        changed={
            "path": f"model.{target.model}.bars.{target.name}.measured",
            "old": None,
            "new": found.rows,
        },
        status={"before": _bar_status(target.bar, target), "after": fit.status},
        more_cases=fit.cases_missing,
        chance_at_launch=None if fit.p_reached is None else round_significant(fit.p_reached),
        evaluate=(
            None
            if found.offered is None
            else {"planned": found.offered.planned_chance, "says": found.offered.chance}
        ),
        ships=[
            {"id": name, "before": round_significant(a), "after": round_significant(b)}
            for name, (a, b) in found.moved.items()
        ],
    )
