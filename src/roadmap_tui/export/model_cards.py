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


def model_cards(context: ReportContext) -> Iterator[ReportSection]:
    """A card for each model that is or may go live."""
    for name, model in context.plan.model.items():
        if model.status not in _GONE:
            yield from model_card(context, name)


def model_card(context: ReportContext, name: str) -> tuple[ReportSection, ...]:
    """The card of one model."""
    model = context.plan.model[name]
    return report_sections(
        f"Model card: {context.item_title(name)}",
        _summary_blocks(context, name, model),
        _detail_blocks(context, name, model),
    )


def _summary_blocks(context: ReportContext, name: str, model: Model) -> Iterator[Block]:
    if model.summary:
        yield Paragraph(model.summary)
    item = context.forecast.items[name]
    served = [context.item_title(each) for each in _served_features(context, name)]
    facts = (
        ("Serves", ", ".join(served) or "nothing yet"),
        ("Stands", item_phrase(context, item) if item.status in OPEN_STATUSES else _since(model)),
        ("Instead of it", model.rule or ""),
        ("Evidence", model.evidence),
        ("Owner", model.owner or ""),
    )
    yield from bullet_blocks(Paragraph(text, f"{name}:") for name, text in facts if text)


def _served_features(context: ReportContext, name: str) -> list[str]:
    """Features that depend on a model, directly or not, also as one of several choices."""
    found = nx.descendants(context.graph, name) if name in context.graph else set()
    return [each for each in context.plan.product if each in found]


def _since(model: Model) -> str:
    return f"{model.status} since {format_date(model.finished)}" if model.finished else model.status


def _detail_blocks(context: ReportContext, name: str, model: Model) -> Iterator[Block]:
    bars = (bar_cells(context, each, bar) for each, bar in model.bars.items())
    failures = sorted(model.failures.items(), key=lambda each: severity_order(each[1]))
    modes = table_blocks(
        FAILURE_COLUMNS, (failure_cells(context, *each) for each in failures), "llllrrrl"
    )
    no_failure_modes = (
        Paragraph(
            "No failure mode is recorded yet: what do its errors look like, and whom do they hurt?"
        ),
    )
    yield from _part("Data", bullet_blocks(topic_sentences(context, name, "data")))
    yield from _part("Quality", table_blocks(BAR_COLUMNS, bars, "lllrrl"))
    yield from _part(
        "Segments", table_blocks(SEGMENT_COLUMNS, segment_cells(context, name), "lrlrl")
    )
    yield from _part("What its errors look like", modes or (no_failure_modes if model.bars else ()))
    yield from _part("Upkeep", bullet_blocks(topic_sentences(context, name, "upkeep")))


def _part(title: str, blocks: tuple[Block, ...]) -> Iterator[Block]:
    if blocks:
        yield HeadingBlock(title)
        yield from blocks
