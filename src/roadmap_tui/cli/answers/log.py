"""`roadmap log`: one item's forecast along the commits."""

from collections.abc import Iterator, Sequence

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.past import history_of, history_warning, not_had
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import UNREADABLE, Reply, wrong_use
from roadmap_tui.cli.table import Column, bold, cut, table, width, wrapped
from roadmap_tui.cli.texts import legend
from roadmap_tui.files.display import cells, printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.load import load
from roadmap_tui.forecast.pace import counted
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.git import Commit, revisions
from roadmap_tui.history.log import NO_FILE, Point, point_of, versions
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.report.data import to_json
from roadmap_tui.report.escape import one_line
from roadmap_tui.report.figures import GUESS
from roadmap_tui.report.logged import ON_DISK, LogRow, ends, log_data, row, sparkline
from roadmap_tui.report.words import date


def answer(file: str, name: str, limit: int, basis: Basis, as_json: bool) -> Reply:
    """The item's forecast at each commit that touched the file, oldest first, and as the file lies on disk."""
    repo = history_of(file)
    if isinstance(repo, Reply):
        return repo
    commits = revisions(repo, limit + 1)
    if isinstance(commits, Unavailable):
        return not_had(file, commits)
    disk = load(file)
    if not commits and not isinstance(disk, Document):
        return Reply(err=f"{disk.text}\n", code=UNREADABLE)
    shown = commits[:limit][::-1]
    every = versions(repo, shown, disk if isinstance(disk, Document) else None)
    with progress("forecasting") as check:
        points = [
            point_of(each, as_of=basis.as_of, seed=basis.seed, futures=basis.futures, check=check)
            for each in counted(every, len(shown) + 1, check, "forecasting versions")
        ]
    refused = _unknown(file, name, points)
    if refused is not None:
        return refused
    older = commits[limit] if len(commits) > limit else None
    cut = "" if older else history_warning(file, repo)
    if as_json:
        return Reply(to_json(log_data(points, name, is_cut=bool(cut))), cut)
    return Reply("\n".join(_lines(points, name, older)) + "\n", cut)


def _unknown(file: str, name: str, points: Sequence[Point]) -> Reply | None:
    """The reply that no version has such an item; None if one has."""
    if any(point.has(name) for point in points):
        return None
    ids = {each: None for point in points if point.forecast for each in point.forecast.items}
    if not any(point.forecast for point in points):
        reasons = [
            f"{printable(file)}@{_commit(point)}: {printable(point.missing)}\n" for point in points
        ]
        return Reply(err="".join(reasons), code=UNREADABLE)
    suggestion = did_you_mean(name, ids)
    told = printable(f"{file} has no item {name}, now or at any of its commits")
    return wrong_use(told + (f"; {suggestion}" if suggestion else ""))


def _lines(points: Sequence[Point], name: str, older: Commit | None) -> Iterator[str]:
    last = next(point.forecast for point in reversed(points) if point.forecast and point.has(name))
    yield bold(cut(printable(last.items[name].title), width()))
    rows = [row(point, name) for point in points]
    yield from wrapped(" · ".join([name, "ranges hold 8 times in 10", f"{last.futures:,} futures"]))
    yield ""
    yield _bars(points, name)
    yield ""
    yield from table(_columns(last, name), [_cells(each) for each in rows])
    yield ""
    yield from _notes(points, older)
    if any(GUESS in each.ships + each.when for each in rows):
        yield from legend(last)


def _bars(points: Sequence[Point], name: str) -> str:
    first, last = ends(points, name)
    room = max(1, width() - cells(first) - cells(last) - 2)
    return f"{first} {sparkline(points[-room:], name)} {last}"


def _columns(forecast: Forecast, name: str) -> tuple[Column, ...]:
    is_spike = forecast.items[name].kind == "spike"
    return (
        Column("date"),
        Column("commit"),
        Column("subject", yields=True, spare=True),
        Column("status", spare=True),
        Column("says" if is_spike else "ships", right=not is_spike),
        Column("answer" if is_spike else "when, if it ships"),
        Column("rank", right=True),
    )


def _cells(each: LogRow) -> tuple[str, ...]:
    return (
        each.day,
        each.commit,
        one_line(each.subject),
        each.status,
        each.ships,
        each.when,
        each.rank,
    )


def _notes(points: Sequence[Point], older: Commit | None) -> Iterator[str]:
    """What the table can't hold: why versions are unreadable, where days differ, and what is left out."""
    for each in points:
        if each.forecast is None and each.missing != NO_FILE:
            yield from wrapped(f"{_commit(each)} can't be read: {printable(each.missing)}")
    yield from wrapped("ships: the chance to deliver by the end of the horizon.")
    days = {each.forecast.as_of for each in points if each.forecast}
    moving = any(
        each.commit and each.forecast and each.forecast.as_of != each.commit.date for each in points
    )
    if moving:
        told = (
            f"as of {date(min(days))}"
            if len(days) == 1
            else "as of the day that the file says, if it does"
        )
        yield from wrapped(f"Every row is forecast {told}, whatever the commit's date.")
    if older is not None:
        yield from wrapped(
            f"Older commits are left out, from {older.short} back; --limit shows more."
        )


def _commit(point: Point) -> str:
    return point.commit.short if point.commit else ON_DISK
