"""Report on risk: readiness of AI items, failure modes, oversight."""

from collections.abc import Iterator

from roadmap_tui.diagrams.graph import DependencyGraph
from roadmap_tui.export.blocks import (
    Block,
    Paragraph,
    Report,
    bullet_blocks,
    report_sections,
    table_blocks,
)
from roadmap_tui.export.model_cards import model_cards
from roadmap_tui.export.readiness_tables import (
    BAR_COLUMNS,
    FAILURE_COLUMNS,
    SEGMENT_COLUMNS,
    bar_cells,
    failure_cells,
    failure_mode_names,
    segment_cells,
    severity_order,
    topic_sentences,
)
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.failure_impact import impact_sentences, item_failure_impact
from roadmap_tui.narrative.plan_tables import deadline_rows
from roadmap_tui.narrative.preamble import assumption_note, preamble_sentences
from roadmap_tui.narrative.readiness.quality import bar_verdict
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Bet, Product

_INTERVALS = "Values stand with their 95% interval, as in .809 [.752, .856]."
_BIG = 3


def risk_report(context: ReportContext) -> Report:
    """Breaches, bars, segments, failure modes, oversight, failing bets, model cards."""
    bars = table_blocks(("Item", *BAR_COLUMNS, "Fails by"), _bar_rows(context), "llllrrll")
    modes = table_blocks(("Item", *FAILURE_COLUMNS), _failure_rows(context), "lllllrrrl")
    return Report(
        context.title,
        (*preamble_sentences(context), _INTERVALS, *assumption_note(context)),
        (
            *report_sections(
                "Breaches", bullet_blocks(each.text for each in context.readiness.breaches)
            ),
            *report_sections("Quality bars", bars, _missing_bars(context)),
            *report_sections(
                "Segments",
                table_blocks(("Item", *SEGMENT_COLUMNS), _segment_rows(context), "llrlrl"),
            ),
            *report_sections("Failure modes", modes, _missing_failure_modes(context)),
            *report_sections("Oversight", bullet_blocks(_oversight_points(context))),
            *report_sections("If a bet fails", bullet_blocks(_impact_points(context))),
            *report_sections("Promises", bullet_blocks(_deadline_points(context))),
            *model_cards(context),
        ),
        context.scenario,
        context.version_sentence,
    )


def _bar_rows(context: ReportContext) -> Iterator[tuple[str, ...]]:
    """Every bar, worst first; a value is never shown without the model's failure modes."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    for name in context.readiness.ids:
        model = context.plan.model.get(name)
        if model is None:
            continue
        title, modes = context.item_title(name), failure_mode_names(model.failures)
        for bar_name, bar in model.bars.items():
            cells = (title, *bar_cells(context, bar_name, bar), modes)
            rows.append((-bar_verdict(bar_name, bar).severity, cells))
    rows.sort(key=lambda row: row[0])
    yield from (cells for _, cells in rows)


def _missing_bars(context: ReportContext) -> Iterator[Block]:
    bare = [
        name
        for name in context.readiness.ids
        if name in context.plan.model and not context.plan.model[name].bars
    ]
    if bare:
        yield Paragraph(f"Without a bar: {', '.join(map(context.item_title, bare))}.")


def _segment_rows(context: ReportContext) -> Iterator[tuple[str, ...]]:
    for name in context.readiness.worst_first:
        if name in context.plan.model:
            for cells in segment_cells(context, name):
                yield context.item_title(name), *cells


def _failure_rows(context: ReportContext) -> Iterator[tuple[str, ...]]:
    rows: list[tuple[int, tuple[str, ...]]] = []
    for name in context.readiness.ids:
        item = context.plan.items[name]
        for mode, failure in item.failures.items() if isinstance(item, Bet) else ():
            cells = (context.item_title(name), *failure_cells(context, mode, failure))
            rows.append((severity_order(failure), cells))
    rows.sort(key=lambda row: row[0])
    yield from (cells for _, cells in rows)


def _missing_failure_modes(context: ReportContext) -> Iterator[Block]:
    items = context.plan.items
    bare = [
        name
        for name in context.readiness.ids
        if isinstance(item := items[name], Bet) and not item.failures
    ]
    if bare:
        yield Paragraph(f"No failure modes recorded: {', '.join(map(context.item_title, bare))}.")


def _oversight_points(context: ReportContext) -> Iterator[Paragraph]:
    for name in context.readiness.ids:
        item = context.plan.items[name]
        if isinstance(item, Product) and item.oversight is not None:
            yield Paragraph(
                "; ".join(topic_sentences(context, name, "oversight")).replace(":; ", ": "),
                context.item_title(name),
            )


def _deadline_points(context: ReportContext) -> Iterator[Paragraph]:
    for each in deadline_rows(context.plan, context.forecast):
        yield Paragraph(
            f"by {each.by}: met {each.chance}" + (f"; {each.why}" if each.why else ""), each.title
        )


def _impact_points(context: ReportContext) -> Iterator[Paragraph]:
    """Impact of the failure of the most important bets."""
    waiting = DependencyGraph(context.plan, frozenset()).dependency_state
    ahead = [
        item
        for item in context.forecast.items.values()
        if item.status in OPEN_STATUSES and item.kind != "spike"
    ]
    doubtful = [
        (item, item_failure_impact(waiting, item.id)) for item in ahead if 0 < item.p_delivered < 1
    ]
    doubtful.sort(key=lambda each: -len(each[1].lost))
    for item, after in doubtful[:_BIG]:
        case, lost, rest = impact_sentences(context.plan, context.forecast, item.id, after)
        yield Paragraph("; ".join([f"{case} {lost}", *rest]), item.title)
