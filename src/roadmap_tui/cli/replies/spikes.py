"""`roadmap spikes`: what was found out, what to find out next, and what that is worth."""

from collections.abc import Iterator

from roadmap_tui.answers.json_text import to_json
from roadmap_tui.answers.spikes import SpikesAnswer
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.sections import heading_lines, scenario_facts, scenario_values
from roadmap_tui.cli.source import ForecastedPlan, forecast_file
from roadmap_tui.cli.table import TextColumn, bold, format_table, wrap_text
from roadmap_tui.money.spike_study import study_spikes
from roadmap_tui.narrative.spike_ledger import (
    LedgerEntry,
    LedgerInputs,
    advice_lines,
    basis_sentence,
    ledger_entries,
)

_OPEN_COLUMNS = (
    TextColumn("open", shrinks=True),
    TextColumn("yes", right=True),
    TextColumn("costs", right=True),
    TextColumn("value", right=True),
    TextColumn("saves work", right=True),
    TextColumn("saves money", right=True),
    TextColumn("advice"),
    TextColumn("what it decides", shrinks=True),
)
_ENDED_COLUMNS = (
    TextColumn("ended", shrinks=True),
    TextColumn("said"),
    TextColumn("took", right=True),
    TextColumn("what it changed", shrinks=True),
)


def spikes_reply(file: str, options: ForecastOptions, *, as_json: bool) -> Reply:
    """Show every spike, what the open ones are worth, and where one would pay."""
    found = forecast_file(file, options)
    if isinstance(found, Reply):
        return found
    run = found.run
    with progress("trying spikes") as checkpoint:
        study = study_spikes(run.resolved, found.plan, run.order.queue, checkpoint)
    books = LedgerInputs(found.plan, run.resolved, found.forecast, study)
    if as_json:
        answer = SpikesAnswer.of(found.plan, found.forecast, study, **scenario_values(found))
        return Reply(to_json(answer), found.warnings)
    return Reply("\n".join(_spike_lines(found, books)) + "\n", found.warnings)


def _spike_lines(found: ForecastedPlan, books: LedgerInputs) -> Iterator[str]:
    yield from heading_lines(found.title, found.forecast, *scenario_facts(found))
    entries = ledger_entries(books)
    if not entries:
        yield from wrap_text(
            "No spike yet. A spike answers a question about a bet: roadmap add FILE spike ID"
        )
        yield ""
    open_rows = [_open_row(each) for each in entries if each.is_open]
    ended_rows = [_ended_row(each) for each in entries if not each.is_open]
    for columns, rows in ((_OPEN_COLUMNS, open_rows), (_ENDED_COLUMNS, ended_rows)):
        if rows:
            yield from format_table(columns, rows)
            yield ""
    yield from wrap_text(basis_sentence(books))
    advice = advice_lines(books)
    if advice:
        yield ""
        yield bold("Where a spike would pay")
    for line in advice:
        yield from wrap_text(line, indent="  ", hang="    ")


def _open_row(entry: LedgerEntry) -> tuple[str, ...]:
    return (
        f"◆ {entry.title}",
        entry.yes,
        entry.cost,
        entry.value,
        entry.weeks,
        entry.money,
        entry.advice,
        entry.note,
    )


def _ended_row(entry: LedgerEntry) -> tuple[str, ...]:
    return f"◆ {entry.title}", entry.verdict, entry.cost, entry.note
