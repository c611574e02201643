"""Model cards: what a model is for, what it is made from, how good it is, how it fails, and who keeps it."""

from collections.abc import Iterator

import networkx as nx

from roadmap_tui.plan.items import Model
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report.export.blocks import Block, Heading, Section, Text, points, section, table
from roadmap_tui.report.export.cells import (
    BARS,
    FAILURES,
    SEGMENTS,
    bar_cells,
    failure_cells,
    segment_cells,
    sentences,
    severest,
)
from roadmap_tui.report.export.phrase import phrase
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.words import date

_GONE = {"failed", "dropped"}


def cards(subject: Subject) -> Iterator[Section]:
    """A card for each model that may run or runs."""
    for name, model in subject.plan.model.items():
        if model.status not in _GONE:
            yield from card(subject, name)


def card(subject: Subject, name: str) -> tuple[Section, ...]:
    """The card of one model."""
    model = subject.plan.model[name]
    return section(
        f"Model card: {subject.item_title(name)}",
        _about(subject, name, model),
        _inside(subject, name, model),
    )


def _about(subject: Subject, name: str, model: Model) -> Iterator[Block]:
    if model.summary:
        yield Text(model.summary)
    item = subject.forecast.items[name]
    served = [subject.item_title(each) for each in _served(subject, name)]
    facts = (
        ("Serves", ", ".join(served) or "nothing yet"),
        ("Stands", phrase(subject, item) if item.status in OPEN else _since(model)),
        ("Instead of it", model.rule or ""),
        ("Evidence", model.evidence),
        ("Owner", model.owner or ""),
    )
    yield from points(Text(text, f"{name}:") for name, text in facts if text)


def _served(subject: Subject, name: str) -> list[str]:
    """The features that hang on a model, however far, also where it is one choice of several."""
    found = nx.descendants(subject.graph, name) if name in subject.graph else set()
    return [each for each in subject.plan.product if each in found]


def _since(model: Model) -> str:
    return f"{model.status} since {date(model.finished)}" if model.finished else model.status


def _inside(subject: Subject, name: str, model: Model) -> Iterator[Block]:
    bars = (bar_cells(subject, each, bar) for each, bar in model.bars.items())
    failures = sorted(model.failures.items(), key=lambda each: severest(each[1]))
    modes = table(FAILURES, (failure_cells(subject, *each) for each in failures), "llllrrrl")
    nobody = (Text("Nobody told yet what its errors look like, and whom they hurt."),)
    yield from _part("Data", points(sentences(subject, name, "data")))
    yield from _part("Quality", table(BARS, bars, "lllrrl"))
    yield from _part("Segments", table(SEGMENTS, segment_cells(subject, name), "lrlrl"))
    yield from _part("What its errors look like", modes or (nobody if model.bars else ()))
    yield from _part("Upkeep", points(sentences(subject, name, "upkeep")))


def _part(title: str, blocks: tuple[Block, ...]) -> Iterator[Block]:
    if blocks:
        yield Heading(title)
        yield from blocks
