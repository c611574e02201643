"""`roadmap show`: all about one item."""

from collections.abc import Iterator, Mapping

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.reply import Reply, wrong_use
from roadmap_tui.cli.source import Forecasted, forecasted
from roadmap_tui.cli.table import bold, wrapped
from roadmap_tui.cli.texts import heading
from roadmap_tui.files.display import printable
from roadmap_tui.files.spell import spell_key, spell_value
from roadmap_tui.files.values import lookup
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.report.about import Fact, about
from roadmap_tui.report.data import envelope, item_data, rank_row_data, stated, to_json
from roadmap_tui.report.say import say


def answer(file: str, name: str, say: bool, basis: Basis, as_json: bool) -> Reply:
    """One item's forecast, rank and fields."""
    found = forecasted(file, basis)
    if isinstance(found, Reply):
        return found
    if name not in found.plan.items:
        suggestion = did_you_mean(name, found.plan.items)
        return wrong_use(f"{file} has no item {printable(name)}" + (f"; {suggestion}" if suggestion else ""))
    if as_json:
        return Reply(to_json(_data(found, name)), found.warnings)
    return Reply(f"{_sentence(found, name)}\n" if say else "\n".join(_lines(found, name)) + "\n", found.warnings)


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
        item=item_data(found.forecast.items[name]),
        rank=rows[0] if rows else None,
        fields=_fields(found, name),
        say=_sentence(found, name),
    )


def _lines(found: Forecasted, name: str) -> Iterator[str]:
    yield from heading(found)
    facts = about(found.plan, found.forecast, name)
    yield from _section(facts)
    fields = _spelled(_fields(found, name))
    if fields:
        yield ""
        yield bold("In the file")
        yield from _section([Fact(key, text) for key, text in fields])


def _section(facts: list[Fact]) -> Iterator[str]:
    """Names in one column, texts in the next, broken between words."""
    longest = max((len(fact.name) for fact in facts), default=0)
    for fact in facts:
        yield from wrapped(fact.text, indent=f"  {fact.name:<{longest}}  ", hang=" " * (longest + 4))


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
