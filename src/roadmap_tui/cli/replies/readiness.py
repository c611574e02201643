"""`roadmap readiness`: whether AI items are fit to ship."""

import datetime as dt
from collections.abc import Iterator

from rich.cells import cell_len

from roadmap_tui.answers.json_text import to_json
from roadmap_tui.answers.readiness import ReadinessAnswer
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.cli.source import (
    read_sound_plan,
    render_faults,
    roadmap_title,
    scenario_plan,
    unknown_item,
)
from roadmap_tui.cli.table import (
    GAP,
    TextColumn,
    bold,
    format_table,
    output_width,
    title_lines,
    wrap_text,
)
from roadmap_tui.narrative.readiness.assessment import TOPIC_LABELS, Readiness
from roadmap_tui.narrative.readiness.changes import readiness_changes
from roadmap_tui.narrative.readiness.upkeep import team_upkeep_sentence
from roadmap_tui.narrative.readiness.verdict import ReadinessTopic
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.terminal_text import escape_control

_NONE = "–"
_MIN_TITLE = 24
_DROPPED_FIRST: tuple[ReadinessTopic, ...] = ("upkeep", "failures", "segments", "data", "latency")
"""The columns to leave out first in a narrow terminal; the sentences below still cover them."""


def readiness_reply(
    file: str, name: str | None, as_of: dt.date | None, scenario: str | None, *, as_json: bool
) -> Reply:
    """Show every AI item with its state, the worst first, or all about one."""
    found = read_sound_plan(file)
    if isinstance(found, Reply):
        return found
    document, plan = found
    changed = plan if scenario is None else scenario_plan(file, document, plan, scenario)
    if isinstance(changed, Reply):
        return changed
    before, readiness = _assess(plan, as_of), _assess(changed, as_of)
    error = None if name is None else _unknown_ai_item(file, readiness, name)
    if error is not None:
        return error
    warnings = render_faults(document.faults)
    if as_json:
        base = None if scenario is None else (scenario, before)
        return Reply(to_json(ReadinessAnswer.of(readiness, name, base)), warnings)
    facts = [f"as of {format_date(readiness.as_of)}", "intervals hold at 95%"]
    changes = list[str]()
    if scenario is not None:
        facts.insert(0, f"scenario {escape_control(scenario)}")
        changes += _scenario_changes(before, readiness, name)
    lines = [
        *title_lines(escape_control(roadmap_title(file, changed))),
        *wrap_text(" · ".join(facts)),
        "",
        *changes,
        *(_table_lines(readiness) if name is None else _item_lines(readiness, name)),
    ]
    return Reply("\n".join(lines) + "\n", warnings)


def _assess(plan: Plan, as_of: dt.date | None) -> Readiness:
    return Readiness(plan, as_of or plan.roadmap.as_of or dt.date.today())


def _unknown_ai_item(file: str, readiness: Readiness, name: str) -> Reply | None:
    """The reply that there is no such item or that it doesn't rest on a model; else None."""
    if name not in readiness.plan.items:
        return unknown_item(file, readiness.plan, name)
    if not readiness.applies_to(name):
        return usage_error(
            f"{name} is no AI item: it rests on no model; if it is one all the same, write ai ="
            " true"
        )
    return None


def _scenario_changes(before: Readiness, readiness: Readiness, name: str | None) -> Iterator[str]:
    yield bold("Against the plan without the scenario")
    changes = [*readiness_changes(before, readiness, name)]
    for line in changes:
        yield from wrap_text(line, indent="  ", hang="    ")
    if not changes:
        yield "  nothing moves"
    yield ""


def _table_lines(readiness: Readiness) -> Iterator[str]:
    if not readiness.ids:
        yield from wrap_text(
            "No AI item yet: no model, and no feature that needs one. roadmap add FILE model ID"
        )
        return
    for breach in readiness.breaches:
        yield from wrap_text(breach.text)
    topics = _visible_topics(readiness)
    columns = [TextColumn("", shrinks=True), TextColumn("is")]
    columns += [TextColumn(TOPIC_LABELS[topic]) for topic in topics]
    rows = [_table_row(readiness, name, topics) for name in readiness.worst_first]
    yield from format_table(columns, rows)
    yield ""
    yield from _priority_lines(readiness)
    yield from _team_lines(readiness)
    yield ""
    yield from wrap_text(
        "✓ good · ! watch · ✗ bad · ? not known · – nothing in the file. Quality of a feature is"
        " that of the models it rests on. roadmap readiness FILE ID shows all, roadmap measure FILE"
        " ID.BAR records a measurement."
    )


def _priority_lines(readiness: Readiness) -> Iterator[str]:
    """For each item that isn't good, what matters most."""
    yield bold("What matters most")
    for name in readiness.worst_first:
        worst = readiness.worst(name)
        if worst is not None and worst.verdict.level != "good":
            text = f"{readiness.title(name)}: {readiness.main_concern(name)}"
            yield from wrap_text(text, indent="  ", hang="    ")


def _team_lines(readiness: Readiness) -> Iterator[str]:
    teams = [team for team in readiness.upkeep_loads.values() if team.planned]
    if teams:
        yield ""
    for team in teams:
        yield from wrap_text(team_upkeep_sentence(team))


def _visible_topics(readiness: Readiness) -> tuple[ReadinessTopic, ...]:
    """The topics that the terminal has room for."""
    rows = [_table_row(readiness, name, tuple(TOPIC_LABELS)) for name in readiness.ids]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    cells = {
        topic: len(GAP) + max(len(head), width)
        for (topic, head), width in zip(TOPIC_LABELS.items(), widths[2:], strict=True)
    }
    room = output_width() - _MIN_TITLE - len(GAP) - widths[1]
    for topic in _DROPPED_FIRST:
        if sum(cells.values()) > room:
            del cells[topic]
    return tuple(cells)


def _table_row(
    readiness: Readiness, name: str, topics: tuple[ReadinessTopic, ...]
) -> tuple[str, ...]:
    verdicts = {each.topic: each.verdict.text for each in readiness.assessments(name)}
    return (
        readiness.title(name),
        readiness.plan.items[name].status,
        *(verdicts.get(topic, _NONE) for topic in topics),
    )


def _item_lines(readiness: Readiness, name: str) -> Iterator[str]:
    item = readiness.plan.items[name]
    kind = "feature" if isinstance(item, Product) else "model"
    yield f"{bold(readiness.title(name))}  {item.status} {kind}"
    models = readiness.models(name)
    if models:
        titles = ", ".join(map(readiness.title, models))
        yield from wrap_text(f"rests on {titles}", hang="  ")
    findings = readiness.assessments(name)
    for finding in findings:
        yield ""
        yield f"{bold(TOPIC_LABELS[finding.topic])}  {finding.verdict.text}"
        for sentence in finding.sentences:
            lead = "    " if sentence.startswith(" ") else "  "
            yield from wrap_text(sentence, indent=lead, hang=f"{lead}  ")
    if isinstance(item, Product):
        yield ""
        yield from wrap_text(f"users see why: {_explanation_text(item)}", hang="  ")
    elif not findings:
        yield ""
        yield from wrap_text(
            f"Nothing is recorded yet. Begin with a bar: [model.{name}.bars.NAME] with launch = 0.8"
        )


def _explanation_text(item: Product) -> str:
    if item.explanation:
        return escape_control(item.explanation)
    return "not set: how do users see the reason? explanation = …"
