"""`roadmap answer`: record what a spike found out."""

from collections.abc import Iterator

from roadmap_tui.cli.changing import WriteTerms, change, open_to_change, retried
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply, wrong_use
from roadmap_tui.cli.source import no_item
from roadmap_tui.cli.table import wrapped
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal, SetValue, apply
from roadmap_tui.files.spell import spell_value
from roadmap_tui.files.values import lookup
from roadmap_tui.forecast.run import forecast
from roadmap_tui.plan.faults import spell_path
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.resolve import OPEN, resolve
from roadmap_tui.plan.roadmap import Plan, title_of
from roadmap_tui.report import answering
from roadmap_tui.report.data import Data, envelope, moved_ships, to_json
from roadmap_tui.report.words import percent

VERDICTS: dict[str, answering.Verdict] = {
    "yes": "confirmed",
    "no": "refuted",
    "unclear": "inconclusive",
    "confirmed": "confirmed",
    "refuted": "refuted",
    "inconclusive": "inconclusive",
}


@retried
def answer(file: str, terms: WriteTerms, as_json: bool, **options: str | None) -> Reply:
    """What was recorded and what it moves, or why nothing was.

    Args:
        file: where to.
        terms: on what terms it writes.
        as_json: whether to answer as JSON.
        options: the spike's `name`, the `verdict` and what was `learned`.
    """
    document = open_to_change(file, terms.sha256)
    if isinstance(document, Reply):
        return document
    name, verdict = options["name"] or "", VERDICTS[options["verdict"] or ""]
    plan = _plan(document, name)
    if isinstance(plan, Reply):
        return plan
    with progress("forecasting") as check:
        before = forecast(resolve(plan), check=check)
    edits = answering.answer(plan, name, verdict, options["learned"] or "", before.items[name].odds)
    failed = change(document, *edits, locked=terms.locked)
    if failed is not None:
        return failed
    changed = apply(document, *edits)
    if isinstance(changed, Refusal) or changed.plan is None:
        raise AssertionError("what was saved has a plan")
    with progress("forecasting the plan after the answer") as check:
        moved = moved_ships(before, forecast(resolve(changed.plan), check=check))
    changes = [_change(document, edit) for edit in edits if isinstance(edit, SetValue)]
    if as_json:
        ships = [{"id": each, "before": a, "after": b} for each, (a, b) in moved.items()]
        return Reply(
            to_json(
                envelope(
                    "answer", file=file, spike=name, verdict=verdict, changes=changes, ships=ships
                )
            )
        )
    head = printable(f"{file}: {title_of(name, plan.items[name].title)}: {verdict}")
    told = [*_effects(changes, name), *_moved(plan, moved)]
    lines = [line for each in told for line in wrapped(printable(each), indent="  ", hang="    ")]
    return Reply("\n".join([*wrapped(head), *lines]) + "\n")


def _plan(document: Document, name: str) -> Plan | Reply:
    """The plan in which that is an open spike, or the reply that it is none."""
    plan = document.plan
    if plan is None:
        return wrong_use(f"{printable(document.name)} holds no plan")
    if name not in plan.items:
        return no_item(document.name, plan, name)
    spike = plan.items[name]
    if not isinstance(spike, Spike):
        return wrong_use(f"{name} is no spike, and only a spike is answered")
    if spike.status not in OPEN:
        told = (
            f"it says {spike.verdict} already" if spike.verdict else f"its status is {spike.status}"
        )
        return wrong_use(
            f"{name} is over: {told}; to correct it: roadmap set FILE {name}.verdict …"
        )
    return plan


def _moved(plan: Plan, moved: dict[str, tuple[float, float]]) -> Iterator[str]:
    for name, (before, after) in moved.items():
        if percent(before) != percent(after):
            yield (
                f"{title_of(name, plan.items[name].title)} ships {percent(before)} →"
                f" {percent(after)}"
            )


def _change(document: Document, edit: SetValue) -> Data:
    return {
        "path": spell_path(edit.path),
        "old": lookup(document.data, edit.path),
        "new": edit.value,
    }


def _effects(changes: list[Data], name: str) -> Iterator[str]:
    """What follows for the bet, in words; what was set of the spike itself is what was asked for."""
    for each in changes:
        if not str(each["path"]).startswith(f"spike.{name}."):
            old = "(not set)" if each["old"] is None else spell_value(each["old"])
            yield f"{each['path']} {old} → {spell_value(each['new'])}"
