"""`roadmap fitness`: is it fit to ship."""

import datetime as dt
from collections.abc import Iterator

from rich.cells import cell_len

from roadmap_tui.cli.reply import UNREADABLE, Reply, wrong_use
from roadmap_tui.cli.source import in_scenario, no_item, read_plan, rendered, roadmap_title
from roadmap_tui.cli.table import GAP, Column, bold, headline, table, width, wrapped
from roadmap_tui.files.display import printable
from roadmap_tui.plan.items import Product
from roadmap_tui.report.data import to_json
from roadmap_tui.report.fitness import TOPICS, Fitness
from roadmap_tui.report.fitness_data import base_data, fitness_data
from roadmap_tui.report.fitness_moved import moved
from roadmap_tui.report.fitness_signs import Topic
from roadmap_tui.report.fitness_upkeep import team_sentence
from roadmap_tui.report.words import date

_NONE = "–"
_LEAST = 24
_LESS: tuple[Topic, ...] = ("upkeep", "failures", "segments", "data", "latency")
"""What is left out of the table first where room is short; the sentences below tell it all the same."""


def answer(
    file: str, name: str | None, as_of: dt.date | None, as_json: bool, scenario: str | None
) -> Reply:
    """Every AI item with how it stands, the worst first, or all about one."""
    found = read_plan(file)
    if isinstance(found, Reply):
        return found
    document, plan = found
    warnings = rendered(document.faults)
    if any(each.fault.fatal for each in document.faults):
        return Reply(err=warnings, code=UNREADABLE)
    other = plan if scenario is None else in_scenario(file, document, plan, scenario)
    if isinstance(other, Reply):
        return other
    base = Fitness(plan, as_of or plan.roadmap.as_of or dt.date.today())
    fitness = Fitness(other, as_of or other.roadmap.as_of or dt.date.today())
    refusal = None if name is None else _no_ai_item(file, fitness, name)
    if refusal is not None:
        return refusal
    if as_json:
        beside = {} if scenario is None else base_data(scenario, base, name)
        return Reply(to_json(fitness_data(fitness, name) | beside), warnings)
    facts = [] if scenario is None else [f"scenario {printable(scenario)}"]
    lines = [
        *headline(printable(roadmap_title(file, other))),
        *wrapped(" · ".join([*facts, f"as of {date(fitness.as_of)}", "intervals hold at 95%"])),
        "",
        *(() if scenario is None else _moved(base, fitness, name)),
        *(_all(fitness) if name is None else _one(fitness, name)),
    ]
    return Reply("\n".join(lines) + "\n", warnings)


def _no_ai_item(file: str, fitness: Fitness, name: str) -> Reply | None:
    if name not in fitness.plan.items:
        return no_item(file, fitness.plan, name)
    if not fitness.concerns(name):
        return wrong_use(
            f"{name} is no AI item: it rests on no model; if it is one all the same, write ai ="
            " true"
        )
    return None


def _moved(base: Fitness, fitness: Fitness, name: str | None) -> Iterator[str]:
    """What a scenario changes."""
    yield bold("Against the plan as it is")
    told = [*moved(base, fitness, name)]
    for line in told:
        yield from wrapped(line, indent="  ", hang="    ")
    if not told:
        yield "  nothing moves"
    yield ""


def _all(fitness: Fitness) -> Iterator[str]:
    if not fitness.ids:
        yield from wrapped(
            "No AI item yet: no model, and no feature that needs one. roadmap add FILE model ID"
        )
        return
    for breach in fitness.breaches:
        yield from wrapped(breach.text)
    topics = _topics(fitness)
    columns = (Column("", yields=True), Column("is"), *(Column(TOPICS[topic]) for topic in topics))
    yield from table(columns, [_row(fitness, name, topics) for name in fitness.worst_first])
    yield ""
    yield bold("What matters most")
    for name in fitness.worst_first:
        worst = fitness.worst(name)
        if worst is not None and worst.verdict.level != "good":
            yield from wrapped(
                f"{fitness.title(name)}: {fitness.matters(name)}", indent="  ", hang="    "
            )
    kept = [team for team in fitness.loads.values() if team.then]
    if kept:
        yield ""
    for team in kept:
        yield from wrapped(team_sentence(team))
    yield ""
    yield from wrapped(
        "✓ good · ! watch · ✗ bad · ? not known · – nothing in the file. Quality of a feature is"
        " that of the models it rests on. roadmap fitness FILE ID tells all, roadmap measure FILE"
        " ID.BAR records a measurement."
    )


def _topics(fitness: Fitness) -> tuple[Topic, ...]:
    """The topics that there is room for."""
    told = [[name, *_row(fitness, name, tuple(TOPICS))[1:]] for name in fitness.ids]
    wide = [max(cell_len(row[at]) for row in told) for at in range(1, len(TOPICS) + 2)]
    cells = {
        topic: len(GAP) + max(len(words), wide[at])
        for at, (topic, words) in enumerate(TOPICS.items(), start=1)
    }
    room = width() - _LEAST - len(GAP) - wide[0]
    for topic in _LESS:
        if sum(cells.values()) > room:
            del cells[topic]
    return tuple(cells)


def _row(fitness: Fitness, name: str, topics: tuple[Topic, ...]) -> tuple[str, ...]:
    verdicts = {each.topic: each.verdict.text for each in fitness.findings(name)}
    return (
        fitness.title(name),
        fitness.plan.items[name].status,
        *(verdicts.get(topic, _NONE) for topic in topics),
    )


def _one(fitness: Fitness, name: str) -> Iterator[str]:
    item = fitness.plan.items[name]
    yield (
        bold(fitness.title(name))
        + f"  {item.status} {'feature' if isinstance(item, Product) else 'model'}"
    )
    models = fitness.models(name)
    if models:
        yield from wrapped(f"rests on {', '.join(map(fitness.title, models))}", hang="  ")
    for finding in fitness.findings(name):
        yield ""
        yield f"{bold(TOPICS[finding.topic])}  {finding.verdict.text}"
        for sentence in finding.sentences:
            lead = "    " if sentence.startswith(" ") else "  "
            yield from wrapped(sentence, indent=lead, hang=f"{lead}  ")
    if isinstance(item, Product):
        yield ""
        why = (
            printable(item.shows_why)
            if item.shows_why
            else "not told: how do users see the reason? shows_why = …"
        )
        yield from wrapped(f"users see why: {why}", hang="  ")
    elif not fitness.findings(name):
        yield ""
        yield from wrapped(
            f"Nothing is told of it yet. Begin with a bar: [model.{name}.bars.NAME] with launch"
            " = 0.8"
        )
