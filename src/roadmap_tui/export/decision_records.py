"""Decision records: a model's options, the choice, and the reasons."""

from collections.abc import Iterator

from roadmap_tui.export.blocks import (
    Block,
    HeadingBlock,
    Paragraph,
    ReportSection,
    bullet_blocks,
    report_sections,
    table_blocks,
)
from roadmap_tui.money.build_or_buy import BuildOrBuy
from roadmap_tui.money.option_scenarios import option_scenarios
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_money import (
    OPTION_COLUMNS,
    OPTION_SCENARIO_COLUMNS,
    build_or_buy_facts,
    option_rows,
    option_scenario_notes,
    option_scenario_rows,
)
from roadmap_tui.text.dates import format_date


def decision_records(context: ReportContext) -> Iterator[ReportSection]:
    """A record for each model with options."""
    for name in context.plan.model:
        yield from decision_record(context, name)


def decision_record(context: ReportContext, name: str) -> tuple[ReportSection, ...]:
    """The record of one model; empty without options."""
    money = context.money.items.get(name)
    if money is None or money.build_or_buy is None:
        return ()
    return report_sections(
        f"Decision record: {context.item_title(name)}",
        _record_blocks(context, name, money.build_or_buy),
    )


def _record_blocks(context: ReportContext, name: str, buying: BuildOrBuy) -> Iterator[Block]:
    item, model, currency = context.forecast.items[name], context.plan.model[name], context.currency
    yield Paragraph(_decision_sentence(buying))
    if model.summary:
        yield Paragraph(model.summary)
    yield HeadingBlock("Ways to have it")
    yield from table_blocks(
        _capitalize_all(OPTION_COLUMNS), option_rows(buying, currency), "llrrrrrr"
    )
    yield HeadingBlock("What score and cost say")
    yield from bullet_blocks(
        Paragraph(fact.text, f"{fact.name}:")
        for fact in build_or_buy_facts(buying)
        if fact.name != "chosen"
    )
    if item.bucket is None and item.status not in {"live", "done"}:
        return
    yield HeadingBlock("Each way in the forecast")
    found = option_scenarios(context.run.simulation, context.plan, name, context.checkpoint)
    yield from table_blocks(
        ("Way", *_capitalize_all(OPTION_SCENARIO_COLUMNS[1:])),
        option_scenario_rows(found, context.forecast, currency),
        "lrlrrrr",
    )
    yield from bullet_blocks(option_scenario_notes(found))


def _decision_sentence(buying: BuildOrBuy) -> str:
    if buying.chosen is None:
        return "Not decided yet."
    on = f" on {format_date(buying.decided)}" if buying.decided else ", date not recorded"
    again = " No date is set to look again."
    if buying.revisit:
        again = f" Looked at again on {format_date(buying.revisit)}."
    return f"Decided: {buying.chosen}{on}.{again}"


def _capitalize_all(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word[:1].upper() + word[1:] for word in words)
