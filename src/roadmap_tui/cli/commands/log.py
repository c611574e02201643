"""`roadmap log`: one item's forecast along the commits."""

from collections.abc import Iterator, Sequence

from roadmap_tui.answers.data import to_json
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.history_args import history_error, history_warning, open_history
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import UNREADABLE, Reply, usage_error
from roadmap_tui.cli.sections import assumption_legend
from roadmap_tui.cli.table import (
    TextColumn,
    bold,
    format_table,
    output_width,
    truncate_cells,
    wrap_text,
)
from roadmap_tui.document.document import Document
from roadmap_tui.forecast.simulation.cancellation import with_progress
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.forecast_log import NO_FILE, LogEntry, file_versions, log_entry
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.revisions import Commit, file_revisions
from roadmap_tui.narrative.forecast_log import (
    ON_DISK,
    LogRow,
    chance_sparkline,
    first_and_last_chance,
    log_data,
    log_row,
)
from roadmap_tui.narrative.item_figures import ASSUMPTION_MARK
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.storage.load import load_document
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.escape import single_line
from roadmap_tui.text.terminal_text import cell_width, escape_control


def answer(file: str, name: str, limit: int, basis: ForecastOptions, as_json: bool) -> Reply:
    """The item's forecast at each commit that touched the file, oldest first, and as the file lies on disk."""
    repo = open_history(file)
    if isinstance(repo, Reply):
        return repo
    commits = file_revisions(repo, limit + 1)
    if isinstance(commits, GitUnavailable):
        return history_error(file, commits)
    disk = load_document(file)
    if not commits and not isinstance(disk, Document):
        return Reply(err=f"{disk.text}\n", code=UNREADABLE)
    shown = commits[:limit][::-1]
    every = file_versions(repo, shown, disk if isinstance(disk, Document) else None)
    with progress("forecasting") as check:
        points = [
            log_entry(each, as_of=basis.as_of, seed=basis.seed, runs=basis.runs, checkpoint=check)
            for each in with_progress(every, len(shown) + 1, check, "forecasting versions")
        ]
    refused = _unknown_item(file, name, points)
    if refused is not None:
        return refused
    older = commits[limit] if len(commits) > limit else None
    cut = "" if older else history_warning(file, repo)
    if as_json:
        return Reply(to_json(log_data(points, name, is_cut=bool(cut))), cut)
    return Reply("\n".join(_log_lines(points, name, older)) + "\n", cut)


def _unknown_item(file: str, name: str, points: Sequence[LogEntry]) -> Reply | None:
    """The reply that no version has such an item; None if one has."""
    if any(point.has(name) for point in points):
        return None
    ids = {each: None for point in points if point.forecast for each in point.forecast.items}
    if not any(point.forecast for point in points):
        reasons = [
            f"{escape_control(file)}@{_short_commit(point)}: {escape_control(point.missing)}\n"
            for point in points
        ]
        return Reply(err="".join(reasons), code=UNREADABLE)
    suggestion = did_you_mean(name, ids)
    told = escape_control(f"{file} has no item {name}, now or at any of its commits")
    return usage_error(told + (f"; {suggestion}" if suggestion else ""))


def _log_lines(points: Sequence[LogEntry], name: str, older: Commit | None) -> Iterator[str]:
    last = next(point.forecast for point in reversed(points) if point.forecast and point.has(name))
    yield bold(truncate_cells(escape_control(last.items[name].title), output_width()))
    rows = [log_row(point, name) for point in points]
    yield from wrap_text(" · ".join([name, "ranges hold 8 times in 10", f"{last.runs:,} runs"]))
    yield ""
    yield _chart_lines(points, name)
    yield ""
    yield from format_table(_log_columns(last, name), [_log_cells(each) for each in rows])
    yield ""
    yield from _note_lines(points, older)
    if any(ASSUMPTION_MARK in each.ships + each.when for each in rows):
        yield from assumption_legend(last)


def _chart_lines(points: Sequence[LogEntry], name: str) -> str:
    first, last = first_and_last_chance(points, name)
    room = max(1, output_width() - cell_width(first) - cell_width(last) - 2)
    return f"{first} {chance_sparkline(points[-room:], name)} {last}"


def _log_columns(forecast: Forecast, name: str) -> tuple[TextColumn, ...]:
    is_spike = forecast.items[name].kind == "spike"
    return (
        TextColumn("date"),
        TextColumn("commit"),
        TextColumn("subject", yields=True, spare=True),
        TextColumn("status", spare=True),
        TextColumn("says" if is_spike else "ships", right=not is_spike),
        TextColumn("answer" if is_spike else "when, if it ships"),
        TextColumn("rank", right=True),
    )


def _log_cells(each: LogRow) -> tuple[str, ...]:
    return (
        each.day,
        each.commit,
        single_line(each.subject),
        each.status,
        each.ships,
        each.when,
        each.rank,
    )


def _note_lines(points: Sequence[LogEntry], older: Commit | None) -> Iterator[str]:
    """What the table can't hold: why versions are unreadable, where days differ, and what is left out."""
    for each in points:
        if each.forecast is None and each.missing != NO_FILE:
            yield from wrap_text(
                f"{_short_commit(each)} can't be read: {escape_control(each.missing)}"
            )
    yield from wrap_text("ships: the chance to deliver by the end of the horizon.")
    days = {each.forecast.as_of for each in points if each.forecast}
    moving = any(
        each.commit and each.forecast and each.forecast.as_of != each.commit.date for each in points
    )
    if moving:
        told = (
            f"as of {format_date(min(days))}"
            if len(days) == 1
            else "as of the day that the file says, if it does"
        )
        yield from wrap_text(f"Every row is forecast {told}, whatever the commit's date.")
    if older is not None:
        yield from wrap_text(
            f"Older commits are left out, from {older.short} back; --limit shows more."
        )


def _short_commit(point: LogEntry) -> str:
    return point.commit.short if point.commit else ON_DISK
