"""`roadmap calibrate`: how good estimates have been, by the items that are finished."""

from collections.abc import Iterator, Mapping

from roadmap_tui.answers.data import to_json
from roadmap_tui.cli.history_args import history_warning
from roadmap_tui.cli.progress import track_progress
from roadmap_tui.cli.reply import UNREADABLE, Reply, usage_error
from roadmap_tui.cli.source import STDIN, read_plan_file, render_faults, roadmap_title
from roadmap_tui.cli.table import (
    TextColumn,
    bold,
    format_table,
    output_width,
    title_lines,
    wrap_text,
)
from roadmap_tui.diagrams.calibration_chart import (
    IN_RANGE,
    OUT_OF_RANGE,
    CalibrationBar,
    calibration_axis,
    calibration_chart,
    draw_calibration_bar,
)
from roadmap_tui.forecast.simulation.calibration import MIN_FINISHED, Calibration, calibration
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.historical_calibration import HistoricalCalibration, historical_calibration
from roadmap_tui.history.revisions import Commit, find_repository
from roadmap_tui.narrative.calibration import (
    calibration_data,
    calibration_sentences,
    chance_sentence,
    effort_sentence,
    reliability_groups,
)
from roadmap_tui.narrative.item_figures import ASSUMPTION_MARK
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolver import ResolvedPlan, resolve_plan
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.terminal_text import escape_control

_LABEL_WIDTH, _DAY_WIDTH = 58, 13
_MIN_CHART, _MAX_CHART = 15, 41


def answer(file: str, git: bool, as_json: bool) -> Reply:
    """The record of finished items, as the file has it and, if asked, as git had it when their work began."""
    if git and file == STDIN:
        return usage_error("standard input has no history; name a file, or leave out --git")
    read = read_plan_file(file)
    if isinstance(read, Reply):
        return read
    document, plan = read
    warnings = render_faults(document.faults)
    if any(each.fault.fatal for each in document.faults):
        return Reply(err=warnings, code=UNREADABLE)
    resolved = resolve_plan(plan)
    found, past = calibration(resolved), _record_at_start(file, resolved) if git else None
    warnings = _history_note(file) + warnings if git else warnings
    if as_json:
        return Reply(to_json(calibration_data(found, plan.policy, past)), warnings)
    title = title_lines(escape_control(roadmap_title(document.name, plan)))
    return Reply(
        "\n".join([*title, *_summary_lines(found, plan.policy), *_record_lines(past)]) + "\n",
        warnings,
    )


def _history_note(file: str) -> str:
    """A line for standard error if the history is cut."""
    repo = find_repository(file)
    return "" if isinstance(repo, GitUnavailable) else history_warning(file, repo)


def _record_at_start(file: str, resolved: ResolvedPlan) -> HistoricalCalibration | GitUnavailable:
    repo = find_repository(file)
    if isinstance(repo, GitUnavailable):
        return repo
    return historical_calibration(
        resolved, repo, lambda work, count: track_progress(work, count, "reading version")
    )


def _summary_lines(found: Calibration, policy: Policy) -> Iterator[str]:
    yield from wrap_text(
        "finished items, with their estimates as the file has them · efforts in person-weeks"
    )
    yield ""
    for sentence in calibration_sentences(found, policy):
        yield from wrap_text(sentence)
    yield from _chart_lines(found)


def _chart_lines(found: Calibration, commits: Mapping[str, Commit] | None = None) -> Iterator[str]:
    """Every item's bar, with the day when that was said, where there is one, and the chances by what came of them."""
    shown = calibration_chart(found.efforts)
    days = (
        {} if commits is None else {bar.id: format_date(commits[bar.id].date) for bar in shown.bars}
    )
    room = min(
        max(output_width() - _LABEL_WIDTH - (_DAY_WIDTH if days else 0), _MIN_CHART), _MAX_CHART
    )
    if shown.bars:
        columns = [
            TextColumn("", yields=True),
            *([TextColumn("said on")] if days else []),
            TextColumn("80% range"),
        ]
        columns += [TextColumn("middle", right=True), TextColumn("took", right=True)]
        columns += [TextColumn("", right=True, called="how many times the middle it took")]
        columns += [
            TextColumn(calibration_axis(shown, room), called="the picture"),
            TextColumn("", called="in or out of its range"),
        ]
        yield ""
        yield from format_table(columns, [_chart_row(bar, days, room) for bar in shown.bars])
        yield ""
        yield from wrap_text(
            f"├┼┤ what was said, and its middle (×1). {IN_RANGE} what it took; {OUT_OF_RANGE} outside the range."
        )
    if len(found.bets) >= MIN_FINISHED:
        yield from wrap_text(
            "Chances: " + " · ".join(each.text for each in reliability_groups(found))
        )
    if any(each.is_assumed for each in found.efforts) or any(
        each.is_assumed for each in found.bets
    ):
        yield from wrap_text(f"{ASSUMPTION_MARK} a default: the file leaves it out.")


def _chart_row(bar: CalibrationBar, days: Mapping[str, str], room: int) -> tuple[str, ...]:
    said = (days[bar.id],) if days else ()
    return (
        escape_control(bar.title),
        *said,
        bar.range,
        bar.stated,
        bar.actual,
        bar.ratio,
        draw_calibration_bar(bar, room),
        bar.ended,
    )


def _record_lines(past: HistoricalCalibration | GitUnavailable | None) -> Iterator[str]:
    if past is None:
        return
    yield ""
    yield bold("As said when work began")
    if isinstance(past, GitUnavailable):
        why = f"{past.text}; {past.remedy}" if past.remedy else past.text
        yield from wrap_text(f"That can't be had: {escape_control(why)}.")
        return
    commits = f"{past.commits_read} commit{'' if past.commits_read == 1 else 's'}"
    yield from wrap_text(f"from {commits}; shown only, forecasts never use it")
    yield ""
    yield from wrap_text(effort_sentence(past.record))
    yield from wrap_text(chance_sentence(past.record))
    yield from _chart_lines(past.record, past.commits)
    if past.without_history:
        yield from wrap_text(
            f"Left out, for no commit has them from before their end: {', '.join(past.without_history)}."
        )
    if past.unreadable_commits:
        yield from wrap_text(f"Commits with a file that can't be read: {past.unreadable_commits}.")
