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


def decision_records(subject: ReportContext) -> Iterator[ReportSection]:
    """A record for each model with options."""
    for name in subject.plan.model:
        yield from decision_record(subject, name)


def decision_record(subject: ReportContext, name: str) -> tuple[ReportSection, ...]:
    """The record of one model; empty without options."""
    money = subject.money.items.get(name)
    if money is None or money.build_or_buy is None:
        return ()
    return report_sections(
        f"Decision record: {subject.item_title(name)}", _told(subject, name, money.build_or_buy)
    )


def _told(subject: ReportContext, name: str, buying: BuildOrBuy) -> Iterator[Block]:
    item, model, currency = subject.forecast.items[name], subject.plan.model[name], subject.currency
    yield Paragraph(_decided(buying))
    if model.summary:
        yield Paragraph(model.summary)
    yield HeadingBlock("Ways to have it")
    yield from table_blocks(_capital(OPTION_COLUMNS), option_rows(buying, currency), "llrrrrr")
    yield HeadingBlock("What score and cost say")
    yield from bullet_blocks(
        Paragraph(fact.text, f"{fact.name}:")
        for fact in build_or_buy_facts(buying)
        if fact.name != "chosen"
    )
    if item.bucket is None and item.status not in {"live", "done"}:
        return
    yield HeadingBlock("Each way in the forecast")
    found = option_scenarios(subject.run.simulation, subject.plan, name, subject.checkpoint)
    yield from table_blocks(
        ("Way", *_capital(OPTION_SCENARIO_COLUMNS[1:])),
        option_scenario_rows(found, subject.forecast, currency),
        "lrlrrrr",
    )
    yield from bullet_blocks(option_scenario_notes(found))


def _decided(buying: BuildOrBuy) -> str:
    if buying.chosen is None:
        return "Not decided yet."
    on = f" on {format_date(buying.decided)}" if buying.decided else ", nobody says when"
    again = (
        f" Looked at again on {format_date(buying.revisit)}."
        if buying.revisit
        else " Nobody says when to look again."
    )
    return f"Decided: {buying.chosen}{on}.{again}"


def _capital(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word[:1].upper() + word[1:] for word in words)
