"""All figures of one item."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.app.dialogs.base import Dialog
from roadmap_tui.app.lines import fit, wrapped
from roadmap_tui.app.view import Scene
from roadmap_tui.plan.items import Product, Spike
from roadmap_tui.report.say import say
from roadmap_tui.report.words import date, month, number, percent, plain, span

_LABEL, _WIDEST = 15, 90


class ItemDialog(Dialog[str]):
    """Everything the forecast says about an item, and what the file says of it in words."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("e", "edit", "edit", show=False)]
    DEFAULT_CSS = """
    ItemDialog {
        & > .frame { width: 90; }
        & VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
        & .facts { width: 1fr; height: auto; }
    }
    """

    def __init__(self, scene: Scene, name: str) -> None:
        super().__init__(scene.title(name), "e edit   Esc close")
        self._scene = scene
        self._item = name

    def ask(self) -> ComposeResult:
        """The facts."""
        room = min(_WIDEST, int(self.app.size.width * 0.96)) - 7
        with VerticalScroll():
            yield Static(_facts(self._scene, self._item, room), classes="facts")

    def action_edit(self) -> None:
        """Close, and go on to the form."""
        self.dismiss("edit")


def _facts(scene: Scene, name: str, cells: int) -> Content:
    lines = [Content(line) for line in wrapped(say(scene.plan, scene.forecast, name), cells)]
    lines.append(Content(""))
    for label, text in (*_forecast(scene, name), *_ranked(scene, name), *_written(scene, name)):
        for nth, line in enumerate(wrapped(text, cells - _LABEL) if text else ()):
            lines.append(Content.assemble((fit("" if nth else label, _LABEL), "dim"), line))
    return Content("\n").join(lines)


def _forecast(scene: Scene, name: str) -> list[tuple[str, str]]:
    item, forecast = scene.item(name), scene.forecast
    quarters = "  ".join(f"Q{(q.ends.month + 2) // 3} {q.ends.year} {percent(q.chance)}" for q in item.by_quarter)
    ends = {"fails": item.failed, "blocked": item.blocked, "dropped": item.dropped, "not needed": item.replaced}
    return [
        ("status", f"{item.status}{f', {item.bucket}' if item.bucket else ''}"),
        (f"by {month(forecast.until)}", percent(item.ships)),
        ("ever", percent(item.ever)),
        ("starts", span(forecast, item.start)),
        ("finishes", span(forecast, item.finish) + "   8 times in 10, if it ships" if item.finish else ""),
        ("by quarter", quarters),
        ("or else it", "  ".join(f"{word} {percent(chance)}" for word, chance in ends.items() if chance)),
        ("deadline met", "" if item.deadline is None else percent(item.deadline)),
        ("waits for", ", ".join(scene.title(each) for each in item.waits_for)),
        ("holds up", ", ".join(scene.title(each) for each in item.holds_up)),
        ("guesses", ", ".join(item.guesses)),
    ]


def _ranked(scene: Scene, name: str) -> list[tuple[str, str]]:
    row = scene.rank(name)
    if row is None:
        return []
    factors = f"{number(row.value)} × {percent(row.delivers)} ÷ {number(row.effort)} person-weeks"
    sure = f"{row.rank_range[0]} to {row.rank_range[1]}" if row.rank_range else ""
    top = "  ".join(f"top {k} {percent(chance)}" for k, chance in row.top.items())
    close = ", ".join(scene.title(each) for each in row.too_close_with)
    return [
        ("weighted RICE", f"{number(row.weighted.score)} = {factors}" if row.weighted else "unranked: no effort"),
        ("weighted rank", f"{row.weighted.rank}, 8 times in 10 from {sure}   {top}" if row.weighted else ""),
        ("plain RICE", f"{number(row.plain.score)}, rank {row.plain.rank}" if row.plain else "no reach of its own"),
        ("too close to", close),
        ("covered by", ", ".join(scene.title(each) for each in row.covered_by)),
    ]


def _written(scene: Scene, name: str) -> list[tuple[str, str]]:
    item = scene.plan.items[name]
    rows = [("owner", item.owner or ""), ("summary", item.summary or ""), ("learned", item.learned or "")]
    if isinstance(item, Product):
        rows.append(("or else", item.or_else or ""))
    if isinstance(item, Spike):
        rows += [
            ("question", item.question or ""),
            ("yes means", item.success_if or ""),
            ("stop if", item.stop_if or ""),
        ]
    if item.deadline is not None:
        rows.append(("promised", f"{date(item.deadline.day)}: {item.deadline.why or ''}"))
    return [(label, plain(text)) for label, text in rows]
