"""What was found out, and what to find out next: the ledger of spikes, their worth, and where one would pay."""

from collections.abc import Iterator

from roadmap_tui.diagrams.calibration_chart import calibration_axis, draw_calibration_bar
from roadmap_tui.diagrams.calibration_chart import calibration_chart as pictured
from roadmap_tui.narrative.calibration import calibration_sentences
from roadmap_tui.narrative.spike_ledger import (
    LedgerEntry,
    LedgerInputs,
    advice_lines,
    ledger_entries,
    pricing_sentence,
)
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.limits import ANALYSIS_LIMIT, is_large_plan, limit_message
from roadmap_tui.tui.views.lines import (
    Line,
    TextSpan,
    align_right,
    cell_width,
    fit_cells,
    selection_mark,
    wrap_cells,
)
from roadmap_tui.tui.views.view_model import RenderedView, ViewModel, build_view

_FIGURES = {"yes": 9, "costs": 7, "worth": 7, "net": 7, "value": 8, "": 9}
_SPARE = ("costs", "worth", "net", "value")
"""Figures that are left out where room is short, the first one first."""
_TITLE = 16
_TIMES, _ENDED, _LEAST = 8, 8, 20
_VERDICTS = {"yes": "good", "no": "warn"}


def render_spikes(scene: ViewModel) -> RenderedView:
    """Draw the ledger of all spikes, and where a further one would pay."""
    books = scene.insights.ledger if scene.insights is not None else None
    if books is None and is_large_plan(items := len(scene.plan.items)):
        words = limit_message(
            items,
            "spikes are priced",
            ANALYSIS_LIMIT,
            "run roadmap spikes FILE, which shows how far it is",
        )
        return build_view(
            [(TextSpan(f" {line}"),) for line in wrap_cells(words, scene.width - 2)],
            (),
            scene.width,
        )
    if books is None:
        return build_view(
            [(TextSpan(" working out what answers are worth …", "dim"),)], (), scene.width
        )
    entries = [each for each in ledger_entries(books) if each.id in scene.visible]
    still_open = [each for each in entries if each.is_open]
    ended = [each for each in entries if not each.is_open]
    lines: list[Line] = []
    if still_open:
        lines += [
            _heading(scene),
            *(line for each in still_open for line in _open_spike(scene, each)),
            (),
        ]
    if ended:
        lines += [
            (TextSpan(" FOUND OUT", "bold"),),
            *(line for each in ended for line in _ended_spike(scene, each)),
            (),
        ]
    if not entries:
        words = (
            "nothing passes the filter"
            if scene.plan.spike
            else f"no spike yet: a question about a bet; press {scene.key_label('add')} to add"
        )
        lines += [(TextSpan(f" {words}", "dim"),), ()]
    lines += [
        *_advice_lines(scene, books),
        *_dim_prose(scene, pricing_sentence(books)),
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
    """The figures that there is room for, and the room of titles."""
    figures = dict(_FIGURES)
    for name in _SPARE:
        if sum(figures.values()) + _TITLE + 2 > scene.width:
            del figures[name]
    return figures, max(_TITLE, scene.width - 2 - sum(figures.values()))


def _heading(scene: ViewModel) -> Line:
    figures, room = _columns(scene)
    names = "".join(align_right(name, cells) for name, cells in figures.items())
    return (TextSpan(fit_cells(" TO FIND OUT", room + 2), "bold"), TextSpan(names, "dim"))


def _open_spike(scene: ViewModel, entry: LedgerEntry) -> Iterator[Line]:
    told = (entry.yes, entry.cost, entry.worth, entry.net, entry.gain, entry.advice)
    texts = dict(zip(_FIGURES, told, strict=True))
    figures, room = _columns(scene)
    yield (
        selection_mark(entry.id, "spike"),
        TextSpan(fit_cells(scene.title(entry.id), room), "spike bold", entry.id),
        TextSpan(" ", "", entry.id),
        *(
            TextSpan(align_right(texts[name], cells), _figure_style(name, texts[name]), entry.id)
            for name, cells in figures.items()
        ),
    )
    for line in wrap_cells(entry.note, scene.width - 5)[:2]:
        yield (selection_mark(entry.id, "spike"), TextSpan(f"  {line}", "dim", entry.id))


def _figure_style(name: str, text: str) -> str:
    """Net and value stand out where they speak for or against the spike."""
    if name == "":
        return "good" if text == "do it" else "dim"
    if name not in {"net", "value"} or text == "–":
        return ""
    return "good" if text.startswith("+") else "warn" if text.startswith("-") else "dim"


def _ended_spike(scene: ViewModel, entry: LedgerEntry) -> Iterator[Line]:
    said = f"{entry.verdict}, took {entry.cost}" if entry.cost != "–" else entry.verdict
    room = max(16, scene.width - cell_width(said) - 3)
    yield (
        selection_mark(entry.id, "spike"),
        TextSpan(fit_cells(scene.title(entry.id), room), "spike", entry.id),
        TextSpan(f" {said}", _VERDICTS.get(entry.verdict, "dim"), entry.id),
    )
    for line in wrap_cells(entry.note, scene.width - 5)[:3]:
        yield (selection_mark(entry.id, "spike"), TextSpan(f"  {line}", "dim", entry.id))


def _advice_lines(scene: ViewModel, books: LedgerInputs) -> Iterator[Line]:
    told = advice_lines(books)
    if told:
        yield (TextSpan(" WHERE A SPIKE WOULD PAY", "bold"),)
    for text in told:
        for nth, line in enumerate(wrap_cells(text, scene.width - 4)):
            yield (TextSpan(f" {'  ' if nth else ''}{line}"),)
    if told:
        yield ()


def _calibration(scene: ViewModel) -> Iterator[Line]:
    """How good estimates have been: what was said against what it took."""
    record = scene.insights.calibration if scene.insights is not None else None
    if record is None:
        return
    yield ()
    yield (TextSpan(" CALIBRATION", "bold"), TextSpan("  what was said, and what it took", "dim"))
    for sentence in calibration_sentences(record, scene.plan.policy):
        yield from _dim_prose(scene, sentence)
    shown = pictured(record.efforts)
    title = min(32, max(16, scene.width // 4))
    room = scene.width - title - _TIMES - _ENDED - 4
    if not shown.bars or room < _LEAST:
        return
    yield (
        TextSpan(fit_cells("", title + 2)),
        TextSpan(calibration_axis(shown, room), "dim"),
        TextSpan(align_right("took", _TIMES), "dim"),
    )
    for bar in shown.bars:
        yield (
            selection_mark(bar.id),
            TextSpan(fit_cells(escape_control(bar.title), title - 1), "", bar.id),
            TextSpan("  "),
            TextSpan(draw_calibration_bar(bar, room), "" if bar.ended == "in" else "warn"),
            TextSpan(align_right(bar.ratio, _TIMES)),
            TextSpan(f" {bar.ended}", "dim" if bar.ended == "in" else "warn"),
        )


def _dim_prose(scene: ViewModel, text: str) -> Iterator[Line]:
    yield from ((TextSpan(f" {line}", "dim"),) for line in wrap_cells(text, scene.width - 2))
