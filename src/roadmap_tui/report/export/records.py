"""Decision records: the ways to have a model, what was chosen, and why."""

from collections.abc import Iterator

from roadmap_tui.fitness.buying import Buying
from roadmap_tui.fitness.option_runs import sides
from roadmap_tui.report.export.blocks import Block, Heading, Section, Text, points, section, table
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.money_items import (
    OPTION_HEADS,
    SIDE_HEADS,
    buying_facts,
    option_rows,
    side_notes,
    side_rows,
)
from roadmap_tui.report.words import date


def records(subject: Subject) -> Iterator[Section]:
    """A record for each model with options."""
    for name in subject.plan.model:
        yield from record(subject, name)


def record(subject: Subject, name: str) -> tuple[Section, ...]:
    """The record of one model; nothing without options."""
    money = subject.money.items.get(name)
    if money is None or money.buying is None:
        return ()
    return section(
        f"Decision record: {subject.item_title(name)}", _told(subject, name, money.buying)
    )


def _told(subject: Subject, name: str, buying: Buying) -> Iterator[Block]:
    item, model, currency = subject.forecast.items[name], subject.plan.model[name], subject.currency
    yield Text(_decided(buying))
    if model.summary:
        yield Text(model.summary)
    yield Heading("Ways to have it")
    yield from table(_capital(OPTION_HEADS), option_rows(buying, currency), "llrrrrr")
    yield Heading("What score and cost say")
    yield from points(
        Text(fact.text, f"{fact.name}:") for fact in buying_facts(buying) if fact.name != "chosen"
    )
    if item.bucket is None and item.status not in {"live", "done"}:
        return
    yield Heading("Each way in the forecast")
    found = sides(subject.run.simulation, subject.plan, name, subject.check)
    yield from table(
        ("Way", *_capital(SIDE_HEADS[1:])), side_rows(found, subject.forecast, currency), "lrlrrrr"
    )
    yield from points(side_notes(found))


def _decided(buying: Buying) -> str:
    if buying.chosen is None:
        return "Not decided yet."
    on = f" on {date(buying.decided)}" if buying.decided else ", nobody says when"
    again = (
        f" Looked at again on {date(buying.revisit)}."
        if buying.revisit
        else " Nobody says when to look again."
    )
    return f"Decided: {buying.chosen}{on}.{again}"


def _capital(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word[:1].upper() + word[1:] for word in words)
