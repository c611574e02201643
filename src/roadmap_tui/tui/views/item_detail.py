"""Detail pane: everything about the selected item, beside every screen that has the room."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from roadmap_tui.checks.rule import Finding
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.item_facts import Fact, item_facts, item_status_line
from roadmap_tui.narrative.item_figures import format_estimate
from roadmap_tui.narrative.summary_sentence import summary_sentence
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.item_fields import BetFields
from roadmap_tui.plan.items import Item, Spike
from roadmap_tui.text.numbers import format_chance
from roadmap_tui.text.sentences import as_sentence
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.views.finding_badges import severity_sign
from roadmap_tui.tui.views.finish_chart import chance_bar, finish_chart
from roadmap_tui.tui.views.lines import Line, StyledSpan, fit_cells, wrap_cells
from roadmap_tui.tui.views.view_model import ViewModel

_LABEL = 13
_MARGIN = 3
_IN_HEADLINE = {"Status", "Summary", "Ships", "Finish"}


def item_detail_lines(scene: ViewModel, name: str, cells: int) -> tuple[Line, ...]:
    """All that is known about an item, the most important first."""
    return tuple(_ItemDetail(scene, name, cells - _MARGIN).lines())


def item_title_lines(scene: ViewModel, name: str, cells: int) -> Iterator[Line]:
    """An item's title in the colour of its track."""
    item = scene.item(name)
    colour = "spike" if item.kind == "spike" else item.track
    for text in wrap_cells(scene.title(name), cells):
        yield (StyledSpan(f" {text}", f"{colour} bold"),)


@dataclass(frozen=True, slots=True)
class _ItemDetail:
    scene: ViewModel
    name: str
    cells: int

    @property
    def item(self) -> ItemForecast:
        return self.scene.item(self.name)

    @property
    def source(self) -> Item:
        return self.scene.plan.items[self.name]

    def lines(self) -> Iterator[Line]:
        yield from self._headline()
        yield from self._outlook()
        yield from self._findings()
        yield from self._facts(self._forecast_facts())
        yield from self._facts(self._estimate_facts())
        yield from self._facts(self._text_facts())

    def _headline(self) -> Iterator[Line]:
        item = self.item
        yield from item_title_lines(self.scene, self.name, self.cells)
        standing = [item_status_line(item)]
        standing += [escape_control(text) for text in (self.source.owner, self.source.team) if text]
        yield from self._wrapped(" · ".join(standing), "dim")
        yield ()
        yield from self._wrapped(summary_sentence(self.scene.plan, self.scene.forecast, self.name))
        yield ()

    def _outlook(self) -> Iterator[Line]:
        """The chance as a bar, and the finish as a chart."""
        item = self.item
        if item.status not in OPEN_STATUSES:
            return
        chance = item.ships if item.odds is None else item.odds.p_yes
        what = "ships in time" if item.odds is None else "chance of a yes"
        style = item.track if item.odds is None else "spike"
        text = f" {format_chance(chance)} {what}"
        yield (StyledSpan(" "), *chance_bar(chance, style), StyledSpan(text, "bold"))
        chart = finish_chart(self.scene, item, self.cells - 1) if item.odds is None else []
        for line in chart:
            yield (StyledSpan(" "), *line)
        yield ()

    def _findings(self) -> Iterator[Line]:
        results = self.scene.check_results
        found = results.findings.of_item(self.name) if results is not None else ()
        for finding in found:
            yield from self._finding(finding)
        if found:
            yield ()

    def _finding(self, finding: Finding) -> Iterator[Line]:
        sign, style = severity_sign(finding.severity)
        for nth, text in enumerate(
            wrap_cells(escape_control(as_sentence(finding.text)), self.cells - 3)
        ):
            yield (StyledSpan(f" {' ' if nth else sign} ", style), StyledSpan(text))
        for text in wrap_cells(f"→ {escape_control(as_sentence(finding.fix))}", self.cells - 3):
            yield (StyledSpan(f"   {text}", "dim"),)

    def _facts(self, facts: Iterable[Fact]) -> Iterator[Line]:
        lines = list(chain.from_iterable(self._fact(fact) for fact in facts if fact.text))
        yield from lines
        if lines:
            yield ()

    def _fact(self, fact: Fact) -> Iterator[Line]:
        for nth, text in enumerate(wrap_cells(fact.text, self.cells - _LABEL)):
            label = fit_cells("" if nth else fact.name, _LABEL)
            yield (StyledSpan(f" {label}", "dim"), StyledSpan(text))

    def _forecast_facts(self) -> Iterator[Fact]:
        for fact in item_facts(self.scene.plan, self.scene.forecast, self.name)[1:]:
            if fact.name not in _IN_HEADLINE:
                yield fact

    def _estimate_facts(self) -> Iterator[Fact]:
        source = self.source
        if isinstance(source, BetFields):
            yield Fact("Reach", format_estimate(source.reach))
            yield Fact("Impact", format_estimate(source.impact))
            yield Fact(
                "Confidence", "" if source.confidence is None else format_chance(source.confidence)
            )
        if isinstance(source, Spike):
            yield Fact("Timebox", "" if source.timebox is None else f"{source.timebox:g} weeks")
        else:
            effort = format_estimate(source.effort)
            yield Fact("Effort", f"{effort} person-weeks" if effort else "")

    def _text_facts(self) -> Iterator[Fact]:
        source = self.source
        texts = {
            "About": source.summary,
            "Learned": source.learned,
            "Tags": ", ".join(source.tags),
            "Links": " ".join(source.links),
        }
        if isinstance(source, Spike):
            texts |= {"Yes if": source.success_if, "Stop if": source.stop_if}
        for label, text in texts.items():
            yield Fact(label, escape_control(text or ""))

    def _wrapped(self, text: str, style: str = "") -> Iterator[Line]:
        for line in wrap_cells(text, self.cells):
            yield (StyledSpan(f" {line}", style),)
