"""Is it fit to ship: one row for each AI item, the worst first."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from roadmap_tui.app.lines import Line, Span, cut, fit, mark, wrapped
from roadmap_tui.app.sheet import Block
from roadmap_tui.app.view import Picture, Scene, picture
from roadmap_tui.app.views.fitness_item import STYLES, glance, hint
from roadmap_tui.report.fitness import Fitness
from roadmap_tui.report.fitness_signs import SIGNS, Topic
from roadmap_tui.report.fitness_upkeep import course_sentence, team_sentence, upkeep_course

_COLUMNS: tuple[tuple[Topic, str, int], ...] = (
    ("quality", "quality", 11),
    ("trust", "override", 12),
    ("latency", "latency", 13),
    ("oversight", "oversight", 12),
    ("data", "data", 11),
    ("segments", "segments", 12),
    ("failures", "failures", 13),
    ("upkeep", "upkeep", 15),
)
"""What is told of each item, what it is called, and how wide; the last ones only where there is room."""
_TITLE, _ALWAYS = 26, 4
_GLANCE = 4
_LEAST = 72
_EMPTY = (
    "No AI item yet: no model, and no feature that needs one.",
    "Press a to add a model, or write into the file:",
    "",
    "    [model.triage]",
    "",
    "    [model.triage.bars.recall]",
    "    launch = 0.80",
    "    measured = [{ on = 2026-11-23, hits = 178, of = 220 }]",
    "",
    "Then m records the next measurement.",
)


def fitness(scene: Scene) -> Picture:
    """Draw how every AI item stands, with the most telling drawings of the selected one below."""
    fit_of = scene.fitness
    names = [name for name in fit_of.worst_first if name in scene.shown]
    if not names:
        words = _EMPTY if not fit_of.ids else ("nothing passes the filter",)
        return picture([(Span(f" {line}", "dim"),) for line in words], (), scene.width)
    table = _Table(scene, fit_of)
    lines: list[Line | Block] = [table.heading()]
    lines += [Block(partial(table.row, name), (name,), 2) for name in names]
    lines += [(), *_legend(scene), *_loads(scene, fit_of)]
    drawn = picture(lines, ((name,) for name in names), scene.width, fixed=1)
    return replace(drawn, below=_below(scene, fit_of), follows=True)


class _Table:
    """The rows, and as many columns as there is room for."""

    def __init__(self, scene: Scene, fit_of: Fitness) -> None:
        self._scene = scene
        self._fit_of = fit_of
        self._columns = _columns(scene.width)
        self._title = max(1, scene.width - 2 - sum(cells for _, _, cells in self._columns))

    def heading(self) -> Line:
        """What the columns are called."""
        names = "".join(fit(name, cells) for _, name, cells in self._columns)
        return (Span(fit(" IS IT FIT TO SHIP", self._title + 2), "bold"), Span(names, "dim"))

    def row(self, name: str) -> Iterator[Line]:
        """An item's verdicts, and below them what matters most."""
        scene, item = self._scene, self._scene.item(name)
        lead = mark(name, item.track)
        title = f"{scene.title(name)}{' · live' if item.status == 'live' else ''}"
        spans = [lead, Span(f"{fit(title, self._title)} ", f"{item.track} bold", name)]
        for topic, _, cells in self._columns:
            verdict = self._fit_of.verdict(name, topic)
            style = "faint" if verdict is None else STYLES[verdict.level]
            spans.append(Span(fit("–" if verdict is None else verdict.text, cells), style, name))
        yield tuple(spans)
        yield (lead, Span(fit(f"  {_matters(self._fit_of, name)}", scene.width - 1), "dim", name))


def _columns(cells: int) -> tuple[tuple[Topic, str, int], ...]:
    shown = list(_COLUMNS[: _ALWAYS if cells >= _LEAST else 1])
    for column in _COLUMNS[len(shown) :] if cells >= _LEAST else ():
        if sum(each[2] for each in (*shown, column)) <= cells - 2 - _TITLE:
            shown.append(column)
    return tuple(shown)


def _matters(fit_of: Fitness, name: str) -> str:
    worst = fit_of.worst(name)
    if worst is None:
        return hint(fit_of, name)
    since = fit_of.measured(name)
    return f"{fit_of.matters(name)}{f' · measured {since}' if since and worst.topic == 'quality' else ''}"


def _legend(scene: Scene) -> Iterator[Line]:
    words = [
        f"{SIGNS['good']} good",
        f"{SIGNS['watch']} watch",
        f"{SIGNS['bad']} bad",
        f"{SIGNS['unknown']} not known",
    ]
    told = (
        f"{'   '.join(words)}   – nothing in the file   Enter opens all   m records a measurement"
    )
    yield from _dim(scene, told)


def _loads(scene: Scene, fit_of: Fitness) -> Iterator[Line]:
    for each in fit_of.loads.values():
        if each.then:
            yield from _dim(scene, team_sentence(each))
            yield from _dim(
                scene, course_sentence(upkeep_course(scene.plan, scene.forecast, each.team))
            )


def _dim(scene: Scene, text: str) -> Iterator[Line]:
    yield from ((Span(f" {line}", "dim"),) for line in wrapped(text, scene.width - 2))


def _below(scene: Scene, fit_of: Fitness) -> tuple[Line, ...]:
    """The most telling drawings of the selected item; where there are none, why."""
    name = scene.selected
    if name is None or name not in fit_of.plan.items or not fit_of.concerns(name):
        why = "" if name is None else f"{scene.title(name)} is no AI item: it rests on no model. "
        lines = tuple(_dim(scene, f"{why}↓ goes to the first one above."))[:_GLANCE]
        return (*lines, *(() for _ in range(_GLANCE - len(lines))))
    drawn = glance(fit_of, name, scene.width - 2, _GLANCE)
    return tuple(cut((Span(" "), *line), scene.width) if line else () for line in drawn)
