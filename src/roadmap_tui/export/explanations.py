"""Explanations of the figures of open items, as document blocks."""

from collections.abc import Iterator
from itertools import chain

from roadmap_tui.export.blocks import DetailsBlock, Paragraph
from roadmap_tui.forecast.analysis.value_of_information import value_of_information
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.explanations.explanation import Explanation
from roadmap_tui.narrative.explanations.inputs import marked_value
from roadmap_tui.narrative.explanations.item import Explainer
from roadmap_tui.plan.base import OPEN_STATUSES


def explanation_blocks(context: ReportContext, only: str | None = None) -> Iterator[DetailsBlock]:
    """Formula and inputs of every figure; not for scenarios, whose inputs have two places."""
    if context.scenario is not None:
        return
    resolved = context.run.resolved
    priced = value_of_information(resolved, context.run.order.queue)
    explainer = Explainer(context.document, context.plan, resolved, context.forecast, priced)
    for name, item in context.forecast.items.items():
        if item.status in {*OPEN_STATUSES, "idea"} and only in {None, name}:
            explained = explainer.explain_all(name)
            paragraphs = tuple(chain.from_iterable(map(_explanation_texts, explained)))
            if paragraphs:
                yield DetailsBlock(item.title, paragraphs)


def _explanation_texts(figure: Explanation) -> Iterator[Paragraph]:
    first, *others = figure.formula
    yield Paragraph(first, f"{figure.figure}:")
    yield from map(Paragraph, others)
    if figure.inputs:
        yield Paragraph(
            "; ".join(
                f"{each.label} {marked_value(each)} ({each.place})" for each in figure.inputs
            ),
            "From",
        )
