"""`roadmap measure`: record a measurement of a bar."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from roadmap_tui.cli.changing import WriteTerms, change, open_to_change, retried
from roadmap_tui.cli.counts import read_counts
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply, wrong_use
from roadmap_tui.cli.source import no_item
from roadmap_tui.cli.table import wrapped
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal, apply
from roadmap_tui.fitness.bars import bar_fit
from roadmap_tui.forecast.run import forecast
from roadmap_tui.plan.bars import Bar
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.plan.needs import BarNeed
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.plan.roadmap import Plan, title_of
from roadmap_tui.report.data import envelope, moved_ships, to_json
from roadmap_tui.report.fitness import Fitness
from roadmap_tui.report.fitness_quality import bar_sentences
from roadmap_tui.report.measuring import (
    Offer,
    Target,
    measured_on,
    nonsense,
    offer,
    recorded,
    with_measured,
)
from roadmap_tui.report.words import percent, rounded


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded, and what it does.

    Attributes:
        after: the bar with it.
        offered: the chance that it supports for the stage `evaluate`.
        moved: by item, the chance to deliver before and after, where that moves.
        plan: the plan with it.
    """

    target: Target
    rows: tuple[dict[str, object], ...]
    after: Bar
    offered: Offer | None
    moved: dict[str, tuple[float, float]]
    plan: Plan


@retried
def answer(
    file: str, path: str, csv: str | None, terms: WriteTerms, as_json: bool, **given: Any
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
    document = open_to_change(file, terms.sha256)
    if isinstance(document, Reply):
        return document
    asked = _asked(
        document, path, csv, {name: value for name, value in given.items() if value is not None}
    )
    if isinstance(asked, Reply):
        return asked
    failed = change(document, *recorded(asked[0], *asked[1]), locked=terms.locked)
    if failed is not None:
        return failed
    found = _recorded(document, *asked)
    return Reply(to_json(_data(file, found)) if as_json else "\n".join(_lines(file, found)) + "\n")


_Rows: TypeAlias = tuple[dict[str, object], ...]


def _asked(
    document: Document, path: str, csv: str | None, fields: dict[str, object]
) -> tuple[Target, _Rows] | Reply:
    """The bar and its measurements, or the reply that they can't be meant."""
    plan = document.plan
    if plan is None:
        return wrong_use(f"{document.name} holds no plan")
    target = _target(document.name, plan, path)
    if isinstance(target, Reply):
        return target
    rows = _rows(plan, csv, fields)
    if isinstance(rows, str):
        return wrong_use(rows)
    for at, row in enumerate(rows, start=1):
        refused = nonsense(plan, target, row)
        if refused is not None:
            nth = f"measurement {at}: " if len(rows) > 1 else ""
            return wrong_use(printable(f"{nth}{refused.text}; {refused.remedy}"))
    return target, rows


def _target(file: str, plan: Plan, path: str) -> Target | Reply:
    """The bar that ID.BAR names; ID alone will do where there is one bar."""
    name, _, bar = path.partition(".")
    if name not in plan.items:
        return no_item(file, plan, name)
    if name not in plan.model:
        models = Fitness(plan, measured_on(plan)).models(name)
        there = (
            f"it rests on {', '.join(models)}"
            if models
            else "name the bar of a model, such as triage-model.recall"
        )
        return wrong_use(f"{name} is no model; {there}")
    bars = plan.model[name].bars
    if not bars:
        return wrong_use(
            f"{name} has no bar; begin with: roadmap set FILE"
            f" {name}.bars.{bar or 'recall'}.launch 0.8"
        )
    if not bar and len(bars) == 1:
        bar = next(iter(bars))
    if bar not in bars:
        there = did_you_mean(bar, bars) or f"it has {', '.join(map(printable, bars))}"
        return wrong_use(
            f"{name} has no bar {printable(bar)}; {there}"
            if bar
            else f"{name}.BAR: which bar? {there}"
        )
    return Target(name, bar, bars[bar])


def _rows(plan: Plan, csv: str | None, fields: dict[str, object]) -> _Rows | str:
    """The measurements, each with its day; what the command line says holds for those that don't say it."""
    common = {"on": measured_on(plan), **fields}
    if csv is None:
        return (_ordered(common),)
    if set(fields) - {"on", "dataset"}:
        return "--csv has the numbers; leave them out of the command line"
    rows = read_counts(csv)
    return rows if isinstance(rows, str) else tuple(_ordered({**common, **row}) for row in rows)


def _ordered(fields: dict[str, object]) -> dict[str, object]:
    """The fields as people write them: the day and the data set first."""
    first: dict[str, object] = {name: fields[name] for name in ("on", "dataset") if name in fields}
    return {**first, **fields}


def _recorded(document: Document, target: Target, rows: _Rows) -> Recorded:
    bar = with_measured(target, *rows)
    changed = apply(document, *recorded(target, *rows))
    before, after = document.plan, None if isinstance(changed, Refusal) else changed.plan
    if before is None or after is None:
        raise AssertionError("what was saved has a plan")
    return Recorded(
        target, rows, bar, offer(after, target, bar), _moved(before, after, target), after
    )


def _moved(before: Plan, after: Plan, target: Target) -> dict[str, tuple[float, float]]:
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
        return moved_ships(*(forecast(resolve(plan), check=check) for plan in (before, after)))


def _lines(file: str, found: Recorded) -> Iterator[str]:
    target, plan = found.target, found.plan
    name = f"{target.model}.{target.name}"
    many = f" with {len(found.rows)} measurements" if len(found.rows) > 1 else ""
    yield printable(
        f"{file}: {name}{many} {_status(target.bar, target)} → {_status(found.after, target)}"
    )
    newest = found.after.newest()
    if newest is not None and newest in target.bar.measured:
        yield from wrapped(
            f"it is older than the measurement of {newest.on}, which still counts", indent="  "
        )
    for sentence in bar_sentences(target.name, found.after, measured_on(plan), None):
        yield from wrapped(sentence.strip(), indent="  ", hang="    ")
    if found.offered is not None and found.offered.chance != found.offered.planned:
        told = (
            f"evaluate passes {percent(found.offered.planned)} in the plan; what was measured says "
        )
        command = (
            f"roadmap set {file} {target.model}.stages.evaluate.chance {found.offered.chance:g}"
        )
        yield from wrapped(
            printable(f"{told}{percent(found.offered.chance)}: {command}"), indent="  ", hang="    "
        )
    for each, (before, after) in found.moved.items():
        title = printable(title_of(each, plan.items[each].title))
        yield from wrapped(
            f"{title} ships {percent(before)} → {percent(after)}", indent="  ", hang="    "
        )
    if not found.moved:
        yield (
            "  no chance moves by itself: no item waits for this bar, or it is as proven as before"
        )


def _status(bar: Bar, target: Target) -> str:
    return bar.status(target.name)


def _data(file: str, found: Recorded) -> dict[str, object]:
    target = found.target
    fit = bar_fit(target.name, found.after)
    return envelope(
        "measure",
        file=file,
        changed={
            "path": f"model.{target.model}.bars.{target.name}.measured",
            "old": None,
            "new": found.rows,
        },
        status={"before": _status(target.bar, target), "after": fit.status},
        more_cases=fit.more,
        chance_at_launch=None if fit.chance is None else rounded(fit.chance),
        evaluate=(
            None
            if found.offered is None
            else {"planned": found.offered.planned, "says": found.offered.chance}
        ),
        ships=[
            {"id": name, "before": rounded(a), "after": rounded(b)}
            for name, (a, b) in found.moved.items()
        ],
    )
