"""Model cards: purpose, data, quality, failure modes and owner of a model."""

from collections.abc import Iterator

import networkx as nx

from roadmap_tui.export.blocks import (
    Block,
    HeadingBlock,
    Paragraph,
    ReportSection,
    bullet_blocks,
    report_sections,
    table_blocks,
)
from roadmap_tui.export.phrases import item_phrase
from roadmap_tui.export.readiness_tables import (
    BAR_COLUMNS,
    FAILURE_COLUMNS,
    SEGMENT_COLUMNS,
    bar_cells,
    failure_cells,
    segment_cells,
    severity_order,
    topic_sentences,
)
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Model
from roadmap_tui.text.dates import format_date

_GONE = {"failed", "dropped"}


def model_cards(subject: ReportContext) -> Iterator[ReportSection]:
    """A card for each model that is or may go live."""
    for name, model in subject.plan.model.items():
        if model.status not in _GONE:
            yield from model_card(subject, name)


def model_card(subject: ReportContext, name: str) -> tuple[ReportSection, ...]:
    """The card of one model."""
    model = subject.plan.model[name]
    return report_sections(
        f"Model card: {subject.item_title(name)}",
        _about(subject, name, model),
        _inside(subject, name, model),
    )


def _about(subject: ReportContext, name: str, model: Model) -> Iterator[Block]:
    if model.summary:
        yield Paragraph(model.summary)
    item = subject.forecast.items[name]
    served = [subject.item_title(each) for each in _served(subject, name)]
    facts = (
        ("Serves", ", ".join(served) or "nothing yet"),
        ("Stands", item_phrase(subject, item) if item.status in OPEN_STATUSES else _since(model)),
        ("Instead of it", model.rule or ""),
        ("Evidence", model.evidence),
        ("Owner", model.owner or ""),
    )
    yield from bullet_blocks(Paragraph(text, f"{name}:") for name, text in facts if text)


def _served(subject: ReportContext, name: str) -> list[str]:
    """Features that depend on a model, directly or not, also as one of several choices."""
    found = nx.descendants(subject.graph, name) if name in subject.graph else set()
    return [each for each in subject.plan.product if each in found]


def _since(model: Model) -> str:
    return f"{model.status} since {format_date(model.finished)}" if model.finished else model.status


def _inside(subject: ReportContext, name: str, model: Model) -> Iterator[Block]:
    bars = (bar_cells(subject, each, bar) for each, bar in model.bars.items())
    failures = sorted(model.failures.items(), key=lambda each: severity_order(each[1]))
    modes = table_blocks(
        FAILURE_COLUMNS, (failure_cells(subject, *each) for each in failures), "llllrrrl"
    )
    nobody = (Paragraph("Nobody told yet what its errors look like, and whom they hurt."),)
    yield from _part("Data", bullet_blocks(topic_sentences(subject, name, "data")))
    yield from _part("Quality", table_blocks(BAR_COLUMNS, bars, "lllrrl"))
    yield from _part(
        "Segments", table_blocks(SEGMENT_COLUMNS, segment_cells(subject, name), "lrlrl")
    )
    yield from _part("What its errors look like", modes or (nobody if model.bars else ()))
    yield from _part("Upkeep", bullet_blocks(topic_sentences(subject, name, "upkeep")))


def _part(title: str, blocks: tuple[Block, ...]) -> Iterator[Block]:
    if blocks:
        yield HeadingBlock(title)
        yield from blocks
