"""What was found out, and what to find out next: the ledger of spikes, their worth, and where one would pay."""

from collections.abc import Iterator

from roadmap_tui.app.lines import Line, Span, fit, mark, right, width, wrapped
from roadmap_tui.app.scale import STUDIED, is_large, too_many
from roadmap_tui.app.view import Picture, Scene, picture
from roadmap_tui.files.display import printable
from roadmap_tui.report.calibration import sentences
from roadmap_tui.report.ledger import Books, Entry, advised, ledger, priced
from roadmap_tui.report.stated import axis, drawn
from roadmap_tui.report.stated import picture as pictured

_FIGURES = {"yes": 9, "costs": 7, "worth": 7, "net": 7, "value": 8, "": 9}
_SPARE = ("costs", "worth", "net", "value")
"""Figures that are left out where room is short, the first one first."""
_TITLE = 16
_TIMES, _ENDED, _LEAST = 8, 8, 20
_VERDICTS = {"yes": "good", "no": "warn"}


def findings(scene: Scene) -> Picture:
    """Draw the ledger of all spikes, and where a further one would pay."""
    books = scene.study.books if scene.study is not None else None
    if books is None and is_large(items := len(scene.plan.items)):
        words = too_many(
            items,
            "spikes are priced",
            STUDIED,
            "run roadmap spikes FILE, which shows how far it is",
        )
        return picture(
            [(Span(f" {line}"),) for line in wrapped(words, scene.width - 2)], (), scene.width
        )
    if books is None:
        return picture([(Span(" working out what answers are worth …", "dim"),)], (), scene.width)
    entries = [each for each in ledger(books) if each.id in scene.shown]
    still_open = [each for each in entries if each.is_open]
    ended = [each for each in entries if not each.is_open]
    lines: list[Line] = []
    if still_open:
        lines += [
            _heading(scene),
            *(line for each in still_open for line in _open(scene, each)),
            (),
        ]
    if ended:
        lines += [
            (Span(" FOUND OUT", "bold"),),
            *(line for each in ended for line in _ended(scene, each)),
            (),
        ]
    if not entries:
        words = (
            "nothing passes the filter"
            if scene.plan.spike
            else f"no spike yet: a question about a bet; press {scene.key('add')} to add"
        )
        lines += [(Span(f" {words}", "dim"),), ()]
    lines += [*_advice(scene, books), *_prose(scene, priced(books)), *_calibration(scene)]
    named = [each.id for each in (*still_open, *ended)]
    if scene.study is not None and scene.study.record is not None:
        named += [
            bar.id for bar in pictured(scene.study.record.efforts).bars if bar.id not in named
        ]
    return picture(lines, ((name,) for name in named), scene.width)


def _columns(scene: Scene) -> tuple[dict[str, int], int]:
    """The figures that there is room for, and the room of titles."""
    figures = dict(_FIGURES)
    for name in _SPARE:
        if sum(figures.values()) + _TITLE + 2 > scene.width:
            del figures[name]
    return figures, max(_TITLE, scene.width - 2 - sum(figures.values()))


def _heading(scene: Scene) -> Line:
    figures, room = _columns(scene)
    names = "".join(right(name, cells) for name, cells in figures.items())
    return (Span(fit(" TO FIND OUT", room + 2), "bold"), Span(names, "dim"))


def _open(scene: Scene, entry: Entry) -> Iterator[Line]:
    told = (entry.yes, entry.cost, entry.worth, entry.net, entry.gain, entry.advice)
    texts = dict(zip(_FIGURES, told, strict=True))
    figures, room = _columns(scene)
    yield (
        mark(entry.id, "spike"),
        Span(fit(scene.title(entry.id), room), "spike bold", entry.id),
        Span(" ", "", entry.id),
        *(
            Span(right(texts[name], cells), _sign(name, texts[name]), entry.id)
            for name, cells in figures.items()
        ),
    )
    for line in wrapped(entry.note, scene.width - 5)[:2]:
        yield (mark(entry.id, "spike"), Span(f"  {line}", "dim", entry.id))


def _sign(name: str, text: str) -> str:
    """Net and value stand out where they speak for or against the spike."""
    if name == "":
        return "good" if text == "do it" else "dim"
    if name not in {"net", "value"} or text == "–":
        return ""
    return "good" if text.startswith("+") else "warn" if text.startswith("-") else "dim"


def _ended(scene: Scene, entry: Entry) -> Iterator[Line]:
    said = f"{entry.verdict}, took {entry.cost}" if entry.cost != "–" else entry.verdict
    room = max(16, scene.width - width(said) - 3)
    yield (
        mark(entry.id, "spike"),
        Span(fit(scene.title(entry.id), room), "spike", entry.id),
        Span(f" {said}", _VERDICTS.get(entry.verdict, "dim"), entry.id),
    )
    for line in wrapped(entry.note, scene.width - 5)[:3]:
        yield (mark(entry.id, "spike"), Span(f"  {line}", "dim", entry.id))


def _advice(scene: Scene, books: Books) -> Iterator[Line]:
    told = advised(books)
    if told:
        yield (Span(" WHERE A SPIKE WOULD PAY", "bold"),)
    for text in told:
        for nth, line in enumerate(wrapped(text, scene.width - 4)):
            yield (Span(f" {'  ' if nth else ''}{line}"),)
    if told:
        yield ()


def _calibration(scene: Scene) -> Iterator[Line]:
    """How good estimates have been: what was said against what it took."""
    record = scene.study.record if scene.study is not None else None
    if record is None:
        return
    yield ()
    yield (Span(" CALIBRATION", "bold"), Span("  what was said, and what it took", "dim"))
    for sentence in sentences(record, scene.plan.policy):
        yield from _prose(scene, sentence)
    shown = pictured(record.efforts)
    title = min(32, max(16, scene.width // 4))
    room = scene.width - title - _TIMES - _ENDED - 4
    if not shown.bars or room < _LEAST:
        return
    yield (
        Span(fit("", title + 2)),
        Span(axis(shown, room), "dim"),
        Span(right("took", _TIMES), "dim"),
    )
    for bar in shown.bars:
        yield (
            mark(bar.id),
            Span(fit(printable(bar.title), title - 1), "", bar.id),
            Span("  "),
            Span(drawn(bar, room), "" if bar.ended == "in" else "warn"),
            Span(right(bar.times, _TIMES)),
            Span(f" {bar.ended}", "dim" if bar.ended == "in" else "warn"),
        )


def _prose(scene: Scene, text: str) -> Iterator[Line]:
    yield from ((Span(f" {line}", "dim"),) for line in wrapped(text, scene.width - 2))
