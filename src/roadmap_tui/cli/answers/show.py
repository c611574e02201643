"""`roadmap show`: all about one item."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.source import Forecasted, forecasted, no_item
from roadmap_tui.cli.table import bold, wrapped
from roadmap_tui.cli.texts import beside, heading, moved, scenario_part
from roadmap_tui.cli.why import why_data, why_lines
from roadmap_tui.files.display import printable
from roadmap_tui.files.spell import spell_key, spell_value
from roadmap_tui.files.values import lookup
from roadmap_tui.forecast.causes import causes
from roadmap_tui.report.about import Fact, about
from roadmap_tui.report.data import envelope, item_data, rank_row_data, stated, to_json
from roadmap_tui.report.say import say


class Asked(NamedTuple):
    """What of an item is asked: only a sentence, or also how its figures are made."""

    name: str
    say: bool
    why: bool


def answer(file: str, basis: Basis, as_json: bool, **options: Any) -> Reply:
    """One item's forecast, rank and fields."""
    asked = Asked(**options)
    found = forecasted(file, basis, keeps=as_json or asked.why)
    if isinstance(found, Reply):
        return found
    name = asked.name
    if name not in found.plan.items:
        return no_item(file, found.plan, name)
    if asked.say and not as_json:
        return Reply(f"{_sentence(found, name)}\n", found.warnings)
    with progress("trying numbers") as check:
        if as_json:
            return Reply(
                to_json(_data(found, name) | (why_data(found, name, check) if asked.why else {})),
                found.warnings,
            )
        lines = [*_lines(found, name), *(why_lines(found, name, check) if asked.why else ())]
    return Reply("\n".join(lines) + "\n", found.warnings)


def _sentence(found: Forecasted, name: str) -> str:
    return say(found.plan, found.forecast, name)


def _fields(found: Forecasted, name: str) -> Mapping[str, object]:
    fields = lookup(found.document.data, (found.forecast.items[name].kind, name))
    return fields if isinstance(fields, Mapping) else {}


def _data(found: Forecasted, name: str) -> dict[str, object]:
    rows = [rank_row_data(found.forecast, row) for row in found.forecast.ranking if row.id == name]
    return envelope(
        "show",
        **stated(found.forecast),
        item=item_data(found.forecast.items[name], causes(found.run.simulation)),
        rank=rows[0] if rows else None,
        fields=_fields(found, name),
        say=_sentence(found, name),
        **scenario_part(found),
    )


def _lines(found: Forecasted, name: str) -> Iterator[str]:
    yield from heading(found.title, found.forecast, *beside(found))
    facts = about(found.plan, found.forecast, name)
    yield from _section(facts)
    if found.base is not None:
        yield ""
        yield from list(moved(found, name))[:-1]
    fields = _spelled(_fields(found, name))
    if fields:
        yield ""
        yield bold("In the file")
        yield from _section([Fact(key, text) for key, text in fields])


def _section(facts: list[Fact]) -> Iterator[str]:
    """Names in one column, texts in the next, broken between words."""
    longest = max((len(fact.name) for fact in facts), default=0)
    for fact in facts:
        yield from wrapped(
            fact.text, indent=f"  {fact.name:<{longest}}  ", hang=" " * (longest + 4)
        )


def _spelled(fields: Mapping[str, object], above: str = "") -> list[tuple[str, str]]:
    """Every field with its value as the file would spell it; tables of tables key by key."""
    spelled: list[tuple[str, str]] = []
    for key, value in fields.items():
        name = above + spell_key(key)
        if isinstance(value, Mapping):
            spelled += _spelled(value, f"{name}.")
        else:
            spelled.append((name, printable(spell_value(value))))
    return spelled
