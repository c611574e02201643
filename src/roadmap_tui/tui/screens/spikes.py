"""Spikes: the ledger of open and answered spikes, their worth, and where one would pay."""

from collections.abc import Iterator
from itertools import chain

from roadmap_tui.diagrams.calibration_chart import calibration_axis, draw_calibration_bar
from roadmap_tui.diagrams.calibration_chart import calibration_chart as pictured
from roadmap_tui.narrative.calibration import calibration_sentences
from roadmap_tui.narrative.spike_ledger import (
    LedgerEntry,
    LedgerInputs,
    advice_lines,
    basis_sentence,
    ledger_entries,
)
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.actions import bindings_for
from roadmap_tui.tui.limits import ANALYSIS_LIMIT, is_large_plan, limit_message
from roadmap_tui.tui.screen_help import ScreenHelp
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    align_right,
    fit_cells,
    selection_mark,
    text_cells,
    wrap_cells,
)
from roadmap_tui.tui.views.view_model import RenderedView, ViewModel, build_view

_FIGURES = {"yes": 6, "costs": 7, "value": 14, "work": 7, "money": 9, "": 11}
_SPARE = ("costs", "work", "money", "value")
"""Columns that are left out if room is short, in that order."""
_TITLE = 16
_TIMES, _ENDED, _LEAST = 8, 8, 20
_VERDICTS = {"yes": "good", "no": "warn"}


def render_spikes(scene: ViewModel) -> RenderedView:
    """Render the ledger of spikes, and where another one would pay."""
    inputs = scene.insights.ledger if scene.insights is not None else None
    if inputs is None and is_large_plan(items := len(scene.plan.items)):
        words = limit_message(
            items,
            "spikes are priced",
            ANALYSIS_LIMIT,
            "run roadmap spikes FILE, which shows how far it is",
        )
        return build_view(
            [(StyledSpan(f" {line}"),) for line in wrap_cells(words, scene.width - 2)],
            (),
            scene.width,
        )
    if inputs is None:
        return build_view(
            [(StyledSpan(" Calculating what each spike is worth …", "dim"),)], (), scene.width
        )
    entries = [each for each in ledger_entries(inputs) if each.id in scene.visible]
    still_open = [each for each in entries if each.is_open]
    ended = [each for each in entries if not each.is_open]
    lines: list[Line] = []
    if still_open:
        lines += [
            _heading(scene),
            *chain.from_iterable(_open_spike(scene, each) for each in still_open),
            (),
        ]
    if ended:
        lines += [
            (StyledSpan(" RESULTS", "bold"),),
            *chain.from_iterable(_ended_spike(scene, each) for each in ended),
            (),
        ]
    if not entries:
        if scene.plan.spike:
            words = "No items match the filter."
        else:
            words = (
                "No spikes yet. A spike answers a question before you build. Press"
                f" {scene.key_label('add')} to add one."
            )
        lines += [(StyledSpan(f" {words}", "dim"),), ()]
    lines += [
        *_advice_lines(scene, inputs),
        *_dim_prose(scene, basis_sentence(inputs)),
        *_calibration(scene),
    ]
    named = [each.id for each in (*still_open, *ended)]
    if scene.insights is not None and scene.insights.calibration is not None:
        named += [
            bar.id
            for bar in pictured(scene.insights.calibration.efforts).bars
            if bar.id not in named
        ]
    return build_view(lines, ((name,) for name in named), scene.width)


def _columns(scene: ViewModel) -> tuple[dict[str, int], int]:
    """The columns that fit, and the width of titles."""
    figures = dict(_FIGURES)
    for name in _SPARE:
        if sum(figures.values()) + _TITLE + 2 > scene.width:
            del figures[name]
    return figures, max(_TITLE, scene.width - 2 - sum(figures.values()))


def _heading(scene: ViewModel) -> Line:
    figures, room = _columns(scene)
    names = "".join(align_right(name, cells) for name, cells in figures.items())
    return (StyledSpan(fit_cells(" OPEN SPIKES", room + 2), "bold"), StyledSpan(names, "dim"))


def _open_spike(scene: ViewModel, entry: LedgerEntry) -> Iterator[Line]:
    values = (entry.yes, entry.cost, entry.value, entry.weeks, entry.money, entry.advice)
    texts = dict(zip(_FIGURES, values, strict=True))
    figures, room = _columns(scene)
    yield (
        selection_mark(entry.id, "spike"),
        StyledSpan(fit_cells(scene.title(entry.id), room), "spike bold", entry.id),
        StyledSpan(" ", "", entry.id),
        *(
            StyledSpan(align_right(texts[name], cells), _figure_style(name, texts[name]), entry.id)
            for name, cells in figures.items()
        ),
    )
    for line in wrap_cells(entry.note, scene.width - 5)[:2]:
        yield (selection_mark(entry.id, "spike"), StyledSpan(f"  {line}", "dim", entry.id))


def _figure_style(name: str, text: str) -> str:
    """Style of a figure: whether the spike adds and saves, or costs."""
    if name == "":
        return "good" if text == "do it" else "dim"
    if name not in {"value", "work", "money"} or text == "–":
        return ""
    if text in {"0", "no change"}:
        return "dim"
    return "warn" if text.startswith("-") else "good"


def _ended_spike(scene: ViewModel, entry: LedgerEntry) -> Iterator[Line]:
    said = f"{entry.verdict}, took {entry.cost}" if entry.cost != "–" else entry.verdict
    room = max(16, scene.width - text_cells(said) - 3)
    yield (
        selection_mark(entry.id, "spike"),
        StyledSpan(fit_cells(scene.title(entry.id), room), "spike", entry.id),
        StyledSpan(f" {said}", _VERDICTS.get(entry.verdict, "dim"), entry.id),
    )
    for line in wrap_cells(entry.note, scene.width - 5)[:3]:
        yield (selection_mark(entry.id, "spike"), StyledSpan(f"  {line}", "dim", entry.id))


def _advice_lines(scene: ViewModel, inputs: LedgerInputs) -> Iterator[Line]:
    advice = advice_lines(inputs)
    if advice:
        yield (StyledSpan(" WHERE A SPIKE WOULD PAY OFF", "bold"),)
    for text in advice:
        for nth, line in enumerate(wrap_cells(text, scene.width - 4)):
            yield (StyledSpan(f" {'  ' if nth else ''}{line}"),)
    if advice:
        yield ()


def _calibration(scene: ViewModel) -> Iterator[Line]:
    """Calibration of past estimates."""
    record = scene.insights.calibration if scene.insights is not None else None
    if record is None:
        return
    yield ()
    yield (
        StyledSpan(" CALIBRATION", "bold"),
        StyledSpan("  estimates against actuals", "dim"),
    )
    for sentence in calibration_sentences(record, scene.plan.policy):
        yield from _dim_prose(scene, sentence)
    shown = pictured(record.efforts)
    title = min(32, max(16, scene.width // 4))
    room = scene.width - title - _TIMES - _ENDED - 4
    if not shown.bars or room < _LEAST:
        return
    yield (
        StyledSpan(fit_cells("", title + 2)),
        StyledSpan(calibration_axis(shown, room), "dim"),
        StyledSpan(align_right("took", _TIMES), "dim"),
    )
    for bar in shown.bars:
        yield (
            selection_mark(bar.id),
            StyledSpan(fit_cells(escape_control(bar.title), title - 1), "", bar.id),
            StyledSpan("  "),
            StyledSpan(draw_calibration_bar(bar, room), "" if bar.ended == "in" else "warn"),
            StyledSpan(align_right(bar.ratio, _TIMES)),
            StyledSpan(f" {bar.ended}", "dim" if bar.ended == "in" else "warn"),
        )


def _dim_prose(scene: ViewModel, text: str) -> Iterator[Line]:
    yield from ((StyledSpan(f" {line}", "dim"),) for line in wrap_cells(text, scene.width - 2))


class SpikesScreen(PlanScreen):
    """The spikes."""

    NAME = "spikes"
    RENDERER = staticmethod(render_spikes)
    SUBJECTS = ("worth", "price", "record")
    SCREEN_HELP = ScreenHelp(
        "spikes: results so far, and what each open one is worth",
        (
            (
                "work, money",
                "what doing the spike saves, its own cost taken off; work in person-weeks",
            ),
        ),
    )
    BINDINGS = bindings_for("spikes")
