"""`roadmap spikes`: what was found out, what to find out next, and what that is worth."""

from collections.abc import Iterator

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.source import Forecasted, forecasted
from roadmap_tui.cli.table import Column, bold, table, wrapped
from roadmap_tui.cli.texts import beside, heading, scenario_part
from roadmap_tui.forecast.findings import findings
from roadmap_tui.report.data import envelope, stated, to_json
from roadmap_tui.report.ledger import Books, Entry, advised, ledger, priced, spikes_data

_OPEN = (
    Column("open", yields=True),
    Column("yes", right=True),
    Column("costs", right=True),
    Column("worth", right=True),
    Column("net", right=True),
    Column("value", right=True),
    Column(""),
    Column("what it decides", yields=True),
)
_ENDED = (
    Column("ended", yields=True),
    Column("said"),
    Column("took", right=True),
    Column("what it changed", yields=True),
)


def answer(file: str, basis: Basis, as_json: bool) -> Reply:
    """Every spike, what the open ones are worth, and where one would pay."""
    found = forecasted(file, basis)
    if isinstance(found, Reply):
        return found
    simulation = found.run.simulation
    with progress("trying spikes") as check:
        found_out = findings(simulation, found.run.order.places, check)
    books = Books(found.plan, simulation.resolved, found.forecast, found_out)
    if as_json:
        data = spikes_data(books.plan, books.findings) | scenario_part(found)
        return Reply(to_json(envelope("spikes", **stated(found.forecast), **data)), found.warnings)
    return Reply("\n".join(_lines(found, books)) + "\n", found.warnings)


def _lines(found: Forecasted, books: Books) -> Iterator[str]:
    yield from heading(found.title, found.forecast, *beside(found))
    entries = ledger(books)
    if not entries:
        yield from wrapped(
            "No spike yet. A spike answers a question about a bet: roadmap add FILE spike ID"
        )
        yield ""
    still_open = [_open(each) for each in entries if each.is_open]
    ended = [_ended(each) for each in entries if not each.is_open]
    for columns, rows in ((_OPEN, still_open), (_ENDED, ended)):
        if rows:
            yield from table(columns, rows)
            yield ""
    yield from wrapped(priced(books))
    told = advised(books)
    if told:
        yield ""
        yield bold("Where a spike would pay")
    for line in told:
        yield from wrapped(line, indent="  ", hang="    ")


def _open(entry: Entry) -> tuple[str, ...]:
    return (
        f"◆ {entry.title}",
        entry.yes,
        entry.cost,
        entry.worth,
        entry.net,
        entry.gain,
        entry.advice,
        entry.note,
    )


def _ended(entry: Entry) -> tuple[str, ...]:
    return f"◆ {entry.title}", entry.verdict, entry.cost, entry.note
