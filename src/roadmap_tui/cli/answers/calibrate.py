"""`roadmap calibrate`: how good estimates have been, by the items that are finished."""

from collections.abc import Iterator, Mapping

from roadmap_tui.cli.past import history_warning
from roadmap_tui.cli.progress import watched
from roadmap_tui.cli.reply import UNREADABLE, Reply, wrong_use
from roadmap_tui.cli.source import STDIN, read_plan, rendered, roadmap_title
from roadmap_tui.cli.table import Column, bold, headline, table, width, wrapped
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.calibration import NEEDED, Calibration, calibration
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.calibration import AtStart, at_start
from roadmap_tui.history.git import Commit, repository
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolve import Resolved, resolve
from roadmap_tui.report.calibration import (
    calibration_data,
    chances_said,
    efforts_said,
    reliability,
    sentences,
)
from roadmap_tui.report.data import to_json
from roadmap_tui.report.figures import GUESS
from roadmap_tui.report.stated import IN, OUT, Bar, axis, drawn, picture
from roadmap_tui.report.words import date

_BESIDE, _DAY = 58, 13
_LEAST, _MOST = 15, 41


def answer(file: str, git: bool, as_json: bool) -> Reply:
    """The record of finished items, as the file has it and, if asked, as git had it when their work began."""
    if git and file == STDIN:
        return wrong_use("standard input has no history; name a file, or leave out --git")
    read = read_plan(file)
    if isinstance(read, Reply):
        return read
    document, plan = read
    warnings = rendered(document.faults)
    if any(each.fault.fatal for each in document.faults):
        return Reply(err=warnings, code=UNREADABLE)
    resolved = resolve(plan)
    found, past = calibration(resolved), _past(file, resolved) if git else None
    warnings = _cut(file) + warnings if git else warnings
    if as_json:
        return Reply(to_json(calibration_data(found, plan.policy, past)), warnings)
    title = headline(printable(roadmap_title(document.name, plan)))
    return Reply(
        "\n".join([*title, *_lines(found, plan.policy), *_past_lines(past)]) + "\n", warnings
    )


def _cut(file: str) -> str:
    """A line for standard error if the history is cut."""
    repo = repository(file)
    return "" if isinstance(repo, Unavailable) else history_warning(file, repo)


def _past(file: str, resolved: Resolved) -> AtStart | Unavailable:
    repo = repository(file)
    if isinstance(repo, Unavailable):
        return repo
    return at_start(resolved, repo, lambda work, count: watched(work, count, "reading version"))


def _lines(found: Calibration, policy: Policy) -> Iterator[str]:
    yield from wrapped(
        "finished items, with their estimates as the file has them · efforts in person-weeks"
    )
    yield ""
    for sentence in sentences(found, policy):
        yield from wrapped(sentence)
    yield from _pictured(found)


def _pictured(found: Calibration, commits: Mapping[str, Commit] | None = None) -> Iterator[str]:
    """Every item's bar, with the day when that was said, where there is one, and the chances by what came of them."""
    shown = picture(found.efforts)
    days = {} if commits is None else {bar.id: date(commits[bar.id].date) for bar in shown.bars}
    room = min(max(width() - _BESIDE - (_DAY if days else 0), _LEAST), _MOST)
    if shown.bars:
        columns = [
            Column("", yields=True),
            *([Column("said on")] if days else []),
            Column("80% range"),
        ]
        columns += [Column("middle", right=True), Column("took", right=True)]
        columns += [Column("", right=True, called="how many times the middle it took")]
        columns += [
            Column(axis(shown, room), called="the picture"),
            Column("", called="in or out of its range"),
        ]
        yield ""
        yield from table(columns, [_row(bar, days, room) for bar in shown.bars])
        yield ""
        yield from wrapped(
            f"├┼┤ what was said, and its middle (×1). {IN} what it took; {OUT} outside the range."
        )
    if len(found.chances) >= NEEDED:
        yield from wrapped("Chances: " + " · ".join(each.text for each in reliability(found)))
    if any(each.guess for each in found.efforts) or any(each.guess for each in found.chances):
        yield from wrapped(f"{GUESS} a default: the file leaves it out.")


def _row(bar: Bar, days: Mapping[str, str], room: int) -> tuple[str, ...]:
    said = (days[bar.id],) if days else ()
    return (
        printable(bar.title),
        *said,
        bar.range,
        bar.said,
        bar.actual,
        bar.times,
        drawn(bar, room),
        bar.ended,
    )


def _past_lines(past: AtStart | Unavailable | None) -> Iterator[str]:
    if past is None:
        return
    yield ""
    yield bold("As said when work began")
    if isinstance(past, Unavailable):
        why = f"{past.text}; {past.remedy}" if past.remedy else past.text
        yield from wrapped(f"That can't be had: {printable(why)}.")
        return
    commits = f"{past.commits_read} commit{'' if past.commits_read == 1 else 's'}"
    yield from wrapped(f"from {commits}; shown only, forecasts never use it")
    yield ""
    yield from wrapped(efforts_said(past.record))
    yield from wrapped(chances_said(past.record))
    yield from _pictured(past.record, past.commits)
    if past.unsaid:
        yield from wrapped(
            f"Left out, for no commit has them from before their end: {', '.join(past.unsaid)}."
        )
    if past.unread:
        yield from wrapped(f"Commits with a file that can't be read: {past.unread}.")
