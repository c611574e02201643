"""`roadmap answer`: record what a spike found out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from roadmap_tui.answers.edits import ChangedValue, VerdictAnswer
from roadmap_tui.answers.forecast import ShipsChange, moved_chances
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.file_edits import (
    WriteOptions,
    apply_and_save,
    open_for_edit,
    with_retries,
)
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.cli.source import unknown_item
from roadmap_tui.cli.table import wrap_text
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import Edit, EditRejected, SetValue, apply_edits
from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.values import get_at
from roadmap_tui.evidence import spike_answer
from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.faults import format_path
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.text.numbers import format_chance
from roadmap_tui.text.terminal_text import escape_control

VERDICTS: dict[str, spike_answer.SpikeVerdict] = {
    "yes": "confirmed",
    "no": "refuted",
    "unclear": "inconclusive",
    "confirmed": "confirmed",
    "refuted": "refuted",
    "inconclusive": "inconclusive",
}


class AnswerRequest(NamedTuple):
    """The answer of a spike, as typed: its verdict and what was learned."""

    spike: str
    verdict: str
    learned: str | None


@dataclass(frozen=True, slots=True)
class _RecordedAnswer:
    """An answer that was saved.

    Attributes:
        changes: the fields that were set.
        chances: the chances to deliver that changed.
    """

    file: str
    plan: Plan
    spike: str
    verdict: spike_answer.SpikeVerdict
    changes: list[ChangedValue]
    chances: tuple[ShipsChange, ...]


def answer_reply(file: str, answer: AnswerRequest, *, sha256: str | None, as_json: bool) -> Reply:
    """Record the answer of a spike, and show what it changes."""

    def attempt(write: WriteOptions) -> Reply:
        document = open_for_edit(file, write.sha256)
        if isinstance(document, Reply):
            return document
        plan = _plan_with_open_spike(document, answer.spike)
        if isinstance(plan, Reply):
            return plan
        with progress("forecasting") as checkpoint:
            before = forecast(resolve_plan(plan), checkpoint=checkpoint)
        verdict, learned = VERDICTS[answer.verdict], answer.learned or ""
        odds = before.items[answer.spike].odds
        edits = spike_answer.spike_answer_edits(plan, answer.spike, verdict, learned, odds)
        rejected = apply_and_save(document, *edits, locked=write.locked)
        if rejected is not None:
            return rejected
        changes = [_changed_value(document, edit) for edit in edits if isinstance(edit, SetValue)]
        chances = _changed_chances(before, document, edits)
        recorded = _RecordedAnswer(file, plan, answer.spike, verdict, changes, chances)
        return _recorded_json(recorded) if as_json else _recorded_text(recorded)

    return with_retries(file, sha256, attempt)


def _plan_with_open_spike(document: Document, name: str) -> Plan | Reply:
    """The plan in which that is an open spike, or the reply that it is none."""
    plan = document.plan
    if plan is None:
        return usage_error(f"{escape_control(document.name)} holds no plan")
    if name not in plan.items:
        return unknown_item(document.name, plan, name)
    spike = plan.items[name]
    if not isinstance(spike, Spike):
        return usage_error(f"{name} is no spike, and only a spike is answered")
    if spike.status in OPEN_STATUSES:
        return plan
    state = f"its status is {spike.status}"
    if spike.verdict:
        state = f"it says {spike.verdict} already"
    return usage_error(f"{name} is over: {state}; to correct it: roadmap set FILE {name}.verdict …")


def _changed_chances(
    before: Forecast, document: Document, edits: tuple[Edit, ...]
) -> tuple[ShipsChange, ...]:
    changed = apply_edits(document, *edits)
    if isinstance(changed, EditRejected) or changed.plan is None:
        raise AssertionError("what was saved has a plan")
    with progress("forecasting the plan after the answer") as checkpoint:
        return moved_chances(before, forecast(resolve_plan(changed.plan), checkpoint=checkpoint))


def _recorded_json(recorded: _RecordedAnswer) -> Reply:
    return Reply(to_json(VerdictAnswer.read(recorded, ships=recorded.chances)))


def _recorded_text(recorded: _RecordedAnswer) -> Reply:
    title = display_title(recorded.spike, recorded.plan.items[recorded.spike].title)
    lines = wrap_text(escape_control(f"{recorded.file}: {title}: {recorded.verdict}"))
    for each in (*_effect_lines(recorded), *_chance_lines(recorded)):
        lines += wrap_text(escape_control(each), indent="  ", hang="    ")
    return Reply("\n".join(lines) + "\n")


def _chance_lines(recorded: _RecordedAnswer) -> Iterator[str]:
    for each in recorded.chances:
        before, after = format_chance(each.before), format_chance(each.after)
        if before != after:
            title = display_title(each.id, recorded.plan.items[each.id].title)
            yield f"{title} ships {before} → {after}"


def _changed_value(document: Document, edit: SetValue) -> ChangedValue:
    old = get_at(document.data, edit.path)
    return ChangedValue(path=format_path(edit.path), old=old, new=edit.value)


def _effect_lines(recorded: _RecordedAnswer) -> Iterator[str]:
    """The changes to the bet; those of the spike itself are what the user typed."""
    for each in recorded.changes:
        if not each.path.startswith(f"spike.{recorded.spike}."):
            old = "(not set)" if each.old is None else serialize_value(each.old)
            yield f"{each.path} {old} → {serialize_value(each.new)}"
