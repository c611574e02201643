"""`roadmap log`: one item's forecast along the commits."""

from collections.abc import Iterator, Sequence

from roadmap_tui.answers.history import LogAnswer
from roadmap_tui.answers.json_text import to_json
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
from roadmap_tui.history.revisions import Commit, Repository, file_revisions
from roadmap_tui.narrative.forecast_log import (
    ON_DISK,
    LogRow,
    chance_sparkline,
    first_and_last_chance,
    log_row,
)
from roadmap_tui.narrative.item_figures import ASSUMPTION_MARK
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.storage.load import load_document
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.escape import single_line
from roadmap_tui.text.terminal_text import cell_width, escape_control


def log_reply(
    file: str, name: str, limit: int, options: ForecastOptions, *, as_json: bool
) -> Reply:
    """Show the item's forecast at each commit of the file, oldest first, and on disk."""
    repo = open_history(file)
    if isinstance(repo, Reply):
        return repo
    commits = file_revisions(repo, limit + 1)
    if isinstance(commits, GitUnavailable):
        return history_error(file, commits)
    disk = load_document(file)
    if not commits and not isinstance(disk, Document):
        return Reply(err=f"{disk.text}\n", code=UNREADABLE)
    document = disk if isinstance(disk, Document) else None
    points = _forecast_versions(repo, commits[:limit][::-1], document, options)
    error = _unknown_item(file, name, points)
    if error is not None:
        return error
    older = commits[limit] if len(commits) > limit else None
    warning = "" if older else history_warning(file, repo)
    if as_json:
        return Reply(to_json(LogAnswer.of(points, name, is_cut=bool(warning))), warning)
    return Reply("\n".join(_log_lines(points, name, older)) + "\n", warning)


def _forecast_versions(
    repo: Repository, commits: Sequence[Commit], disk: Document | None, options: ForecastOptions
) -> list[LogEntry]:
    every = file_versions(repo, commits, disk)
    with progress("forecasting") as checkpoint:
        return [
            log_entry(
                each,
                as_of=options.as_of,
                seed=options.seed,
                runs=options.runs,
                checkpoint=checkpoint,
            )
            for each in with_progress(every, len(commits) + 1, checkpoint, "forecasting versions")
        ]


def _unknown_item(file: str, name: str, points: Sequence[LogEntry]) -> Reply | None:
    """The reply that no version has such an item; None if one has."""
    if any(point.has(name) for point in points):
        return None
    ids = dict[str, None]()
    for point in points:
        if point.forecast:
            ids |= dict.fromkeys(point.forecast.items)
    if not any(point.forecast for point in points):
        reasons = [
            f"{escape_control(file)}@{_short_commit(point)}: {escape_control(point.missing)}\n"
            for point in points
        ]
        return Reply(err="".join(reasons), code=UNREADABLE)
    text = escape_control(f"{file} has no item {name}, now or at any of its commits")
    return usage_error(text, did_you_mean(name, ids))


def _log_lines(points: Sequence[LogEntry], name: str, older: Commit | None) -> Iterator[str]:
    last = next(point.forecast for point in reversed(points) if point.forecast and point.has(name))
    yield bold(truncate_cells(escape_control(last.items[name].title), output_width()))
    rows = [log_row(point, name) for point in points]
    yield from wrap_text(" · ".join([name, "80% ranges", f"{last.runs:,} runs"]))
    yield ""
    yield _chart_line(points, name)
    yield ""
    yield from format_table(_log_columns(last, name), [_log_cells(each) for each in rows])
    yield ""
    yield from _note_lines(points, older)
    if any(ASSUMPTION_MARK in each.ships + each.when for each in rows):
        yield from assumption_legend(last)


def _chart_line(points: Sequence[LogEntry], name: str) -> str:
    first, last = first_and_last_chance(points, name)
    room = max(1, output_width() - cell_width(first) - cell_width(last) - 2)
    return f"{first} {chance_sparkline(points[-room:], name)} {last}"


def _log_columns(forecast: Forecast, name: str) -> tuple[TextColumn, ...]:
    chance, finish = TextColumn("ships", right=True), "when, if it ships"
    if forecast.items[name].kind == "spike":
        chance, finish = TextColumn("says"), "answer"
    return (
        TextColumn("date"),
        TextColumn("commit"),
        TextColumn("subject", shrinks=True, optional=True),
        TextColumn("status", optional=True),
        chance,
        TextColumn(finish),
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
    """What the table can't show: unreadable versions, differing days, and older commits."""
    for each in points:
        if each.forecast is None and each.missing != NO_FILE:
            yield from wrap_text(
                f"{_short_commit(each)} can't be read: {escape_control(each.missing)}"
            )
    yield from wrap_text("ships: the chance to deliver by the end of the horizon.")
    if any(map(_has_other_day, points)):
        days = {each.forecast.as_of for each in points if each.forecast}
        day = "as of the day that the file says, if it does"
        if len(days) == 1:
            day = f"as of {format_date(min(days))}"
        yield from wrap_text(f"Every row is forecast {day}, whatever the commit's date.")
    if older is not None:
        yield from wrap_text(
            f"Older commits are left out, from {older.short} back; --limit shows more."
        )


def _has_other_day(point: LogEntry) -> bool:
    """Whether a commit is forecast as of another day than its own."""
    if not point.commit or not point.forecast:
        return False
    return point.forecast.as_of != point.commit.date


def _short_commit(point: LogEntry) -> str:
    return point.commit.short if point.commit else ON_DISK
