"""`roadmap answer`: record what a spike found out."""

from collections.abc import Iterator

from roadmap_tui.answers.data import JsonObject, answer_envelope, moved_ships, to_json
from roadmap_tui.cli.file_edits import WriteOptions, apply_and_save, open_for_edit, retry_on_change
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.cli.source import unknown_item
from roadmap_tui.cli.table import wrap_text
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected, SetValue, apply_edits
from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.values import get_at
from roadmap_tui.evidence import spike_answer
from roadmap_tui.forecast.engine import forecast
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.faults import format_path
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.text.dates import format_chance
from roadmap_tui.text.terminal_text import escape_control

VERDICTS: dict[str, spike_answer.SpikeVerdict] = {
    "yes": "confirmed",
    "no": "refuted",
    "unclear": "inconclusive",
    "confirmed": "confirmed",
    "refuted": "refuted",
    "inconclusive": "inconclusive",
}


@retry_on_change
def answer(file: str, terms: WriteOptions, as_json: bool, **options: str | None) -> Reply:
    """What was recorded and what it moves, or why nothing was.

    Args:
        file: where to.
        terms: on what terms it writes.
        as_json: whether to answer as JSON.
        options: the spike's `name`, the `verdict` and what was `learned`.
    """
    document = open_for_edit(file, terms.sha256)
    if isinstance(document, Reply):
        return document
    name, verdict = options["name"] or "", VERDICTS[options["verdict"] or ""]
    plan = _plan_with_open_spike(document, name)
    if isinstance(plan, Reply):
        return plan
    with progress("forecasting") as check:
        before = forecast(resolve_plan(plan), checkpoint=check)
    edits = spike_answer.spike_answer_edits(
        plan, name, verdict, options["learned"] or "", before.items[name].odds
    )
    failed = apply_and_save(document, *edits, locked=terms.locked)
    if failed is not None:
        return failed
    changed = apply_edits(document, *edits)
    if isinstance(changed, EditRejected) or changed.plan is None:
        raise AssertionError("what was saved has a plan")
    with progress("forecasting the plan after the answer") as check:
        moved = moved_ships(before, forecast(resolve_plan(changed.plan), checkpoint=check))
    changes = [_change_json(document, edit) for edit in edits if isinstance(edit, SetValue)]
    if as_json:
        ships = [{"id": each, "before": a, "after": b} for each, (a, b) in moved.items()]
        return Reply(
            to_json(
                answer_envelope(
                    "answer", file=file, spike=name, verdict=verdict, changes=changes, ships=ships
                )
            )
        )
    head = escape_control(f"{file}: {display_title(name, plan.items[name].title)}: {verdict}")
    told = [*_effect_lines(changes, name), *_chance_changes(plan, moved)]
    lines = [
        line for each in told for line in wrap_text(escape_control(each), indent="  ", hang="    ")
    ]
    return Reply("\n".join([*wrap_text(head), *lines]) + "\n")


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
    if spike.status not in OPEN_STATUSES:
        told = (
            f"it says {spike.verdict} already" if spike.verdict else f"its status is {spike.status}"
        )
        return usage_error(
            f"{name} is over: {told}; to correct it: roadmap set FILE {name}.verdict …"
        )
    return plan


def _chance_changes(plan: Plan, moved: dict[str, tuple[float, float]]) -> Iterator[str]:
    for name, (before, after) in moved.items():
        if format_chance(before) != format_chance(after):
            yield (
                f"{display_title(name, plan.items[name].title)} ships {format_chance(before)} →"
                f" {format_chance(after)}"
            )


def _change_json(document: Document, edit: SetValue) -> JsonObject:
    return {
        "path": format_path(edit.path),
        "old": get_at(document.data, edit.path),
        "new": edit.value,
    }


def _effect_lines(changes: list[JsonObject], name: str) -> Iterator[str]:
    """What follows for the bet, in words; what was set of the spike itself is what was asked for."""
    for each in changes:
        if not str(each["path"]).startswith(f"spike.{name}."):
            old = "(not set)" if each["old"] is None else serialize_value(each["old"])
            yield f"{each['path']} {old} → {serialize_value(each['new'])}"
