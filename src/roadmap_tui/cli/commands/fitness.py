"""`roadmap fitness`: is it fit to ship."""

import datetime as dt
from collections.abc import Iterator

from rich.cells import cell_len

from roadmap_tui.answers.data import to_json
from roadmap_tui.answers.readiness_data import base_readiness_data, readiness_data
from roadmap_tui.cli.reply import UNREADABLE, Reply, usage_error
from roadmap_tui.cli.source import (
    read_plan_file,
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
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.terminal_text import escape_control

_NONE = "–"
_MIN_TITLE = 24
_DROPPED_FIRST: tuple[ReadinessTopic, ...] = ("upkeep", "failures", "segments", "data", "latency")
"""What is left out of the table first where room is short; the sentences below tell it all the same."""


def answer(
    file: str, name: str | None, as_of: dt.date | None, as_json: bool, scenario: str | None
) -> Reply:
    """Every AI item with how it stands, the worst first, or all about one."""
    found = read_plan_file(file)
    if isinstance(found, Reply):
        return found
    document, plan = found
    warnings = render_faults(document.faults)
    if any(each.fault.fatal for each in document.faults):
        return Reply(err=warnings, code=UNREADABLE)
    other = plan if scenario is None else scenario_plan(file, document, plan, scenario)
    if isinstance(other, Reply):
        return other
    base = Readiness(plan, as_of or plan.roadmap.as_of or dt.date.today())
    fitness = Readiness(other, as_of or other.roadmap.as_of or dt.date.today())
    refusal = None if name is None else _unknown_ai_item(file, fitness, name)
    if refusal is not None:
        return refusal
    if as_json:
        beside = {} if scenario is None else base_readiness_data(scenario, base, name)
        return Reply(to_json(readiness_data(fitness, name) | beside), warnings)
    facts = [] if scenario is None else [f"scenario {escape_control(scenario)}"]
    lines = [
        *title_lines(escape_control(roadmap_title(file, other))),
        *wrap_text(
            " · ".join([*facts, f"as of {format_date(fitness.as_of)}", "intervals hold at 95%"])
        ),
        "",
        *(() if scenario is None else _scenario_changes(base, fitness, name)),
        *(_table_lines(fitness) if name is None else _item_lines(fitness, name)),
    ]
    return Reply("\n".join(lines) + "\n", warnings)


def _unknown_ai_item(file: str, fitness: Readiness, name: str) -> Reply | None:
    if name not in fitness.plan.items:
        return unknown_item(file, fitness.plan, name)
    if not fitness.applies_to(name):
        return usage_error(
            f"{name} is no AI item: it rests on no model; if it is one all the same, write ai ="
            " true"
        )
    return None


def _scenario_changes(base: Readiness, fitness: Readiness, name: str | None) -> Iterator[str]:
    """What a scenario changes."""
    yield bold("Against the plan as it is")
    told = [*readiness_changes(base, fitness, name)]
    for line in told:
        yield from wrap_text(line, indent="  ", hang="    ")
    if not told:
        yield "  nothing moves"
    yield ""


def _table_lines(fitness: Readiness) -> Iterator[str]:
    if not fitness.ids:
        yield from wrap_text(
            "No AI item yet: no model, and no feature that needs one. roadmap add FILE model ID"
        )
        return
    for breach in fitness.breaches:
        yield from wrap_text(breach.text)
    topics = _visible_topics(fitness)
    columns = (
        TextColumn("", yields=True),
        TextColumn("is"),
        *(TextColumn(TOPIC_LABELS[topic]) for topic in topics),
    )
    yield from format_table(
        columns, [_table_row(fitness, name, topics) for name in fitness.worst_first]
    )
    yield ""
    yield bold("What matters most")
    for name in fitness.worst_first:
        worst = fitness.worst(name)
        if worst is not None and worst.verdict.level != "good":
            yield from wrap_text(
                f"{fitness.title(name)}: {fitness.main_concern(name)}", indent="  ", hang="    "
            )
    kept = [team for team in fitness.upkeep_loads.values() if team.planned]
    if kept:
        yield ""
    for team in kept:
        yield from wrap_text(team_upkeep_sentence(team))
    yield ""
    yield from wrap_text(
        "✓ good · ! watch · ✗ bad · ? not known · – nothing in the file. Quality of a feature is"
        " that of the models it rests on. roadmap fitness FILE ID tells all, roadmap measure FILE"
        " ID.BAR records a measurement."
    )


def _visible_topics(fitness: Readiness) -> tuple[ReadinessTopic, ...]:
    """The topics that there is room for."""
    told = [[name, *_table_row(fitness, name, tuple(TOPIC_LABELS))[1:]] for name in fitness.ids]
    wide = [max(cell_len(row[at]) for row in told) for at in range(1, len(TOPIC_LABELS) + 2)]
    cells = {
        topic: len(GAP) + max(len(words), wide[at])
        for at, (topic, words) in enumerate(TOPIC_LABELS.items(), start=1)
    }
    room = output_width() - _MIN_TITLE - len(GAP) - wide[0]
    for topic in _DROPPED_FIRST:
        if sum(cells.values()) > room:
            del cells[topic]
    return tuple(cells)


def _table_row(
    fitness: Readiness, name: str, topics: tuple[ReadinessTopic, ...]
) -> tuple[str, ...]:
    verdicts = {each.topic: each.verdict.text for each in fitness.assessments(name)}
    return (
        fitness.title(name),
        fitness.plan.items[name].status,
        *(verdicts.get(topic, _NONE) for topic in topics),
    )


def _item_lines(fitness: Readiness, name: str) -> Iterator[str]:
    item = fitness.plan.items[name]
    yield (
        bold(fitness.title(name))
        + f"  {item.status} {'feature' if isinstance(item, Product) else 'model'}"
    )
    models = fitness.models(name)
    if models:
        yield from wrap_text(f"rests on {', '.join(map(fitness.title, models))}", hang="  ")
    for finding in fitness.assessments(name):
        yield ""
        yield f"{bold(TOPIC_LABELS[finding.topic])}  {finding.verdict.text}"
        for sentence in finding.sentences:
            lead = "    " if sentence.startswith(" ") else "  "
            yield from wrap_text(sentence, indent=lead, hang=f"{lead}  ")
    if isinstance(item, Product):
        yield ""
        why = (
            escape_control(item.explanation)
            if item.explanation
            else "not told: how do users see the reason? explanation = …"
        )
        yield from wrap_text(f"users see why: {why}", hang="  ")
    elif not fitness.assessments(name):
        yield ""
        yield from wrap_text(
            f"Nothing is told of it yet. Begin with a bar: [model.{name}.bars.NAME] with launch"
            " = 0.8"
        )
