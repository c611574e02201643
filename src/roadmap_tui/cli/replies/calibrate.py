"""`roadmap calibrate`: how good estimates have been, by the items that are finished."""

import datetime as dt
from collections.abc import Iterator, Mapping

from roadmap_tui.answers.calibration import CalibrateAnswer
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.history_args import history_warning
from roadmap_tui.cli.progress import track_progress
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.cli.source import STDIN, read_sound_plan, render_faults, roadmap_title
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
from roadmap_tui.forecast.analysis.forecast_scores import ForecastScores
from roadmap_tui.forecast.simulation.calibration import MIN_FINISHED, Calibration, calibration
from roadmap_tui.history.forecast_review import review_forecasts
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.historical_calibration import HistoricalCalibration, historical_calibration
from roadmap_tui.history.revisions import Commit, find_repository
from roadmap_tui.narrative.calibration import (
    calibration_sentences,
    chance_sentence,
    effort_sentence,
    forecast_score_sentences,
    reliability_groups,
)
from roadmap_tui.narrative.item_figures import ASSUMPTION_MARK
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolver import ResolvedPlan, resolve_plan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.terminal_text import escape_control

_LABEL_WIDTH = 58
_DAY_WIDTH = 13
_MIN_CHART = 15
_MAX_CHART = 41


def calibrate_reply(file: str, *, git: bool, forecasts: bool, as_json: bool) -> Reply:
    """Show the record of finished items.

    With `git`, also as the file was when work began; with `forecasts`, also past forecasts.
    """
    if (git or forecasts) and file == STDIN:
        option = "--git" if git else "--forecasts"
        return usage_error(f"standard input has no history; name a file, or leave out {option}")
    found = read_sound_plan(file)
    if isinstance(found, Reply):
        return found
    document, plan = found
    warnings = render_faults(document.faults)
    resolved = resolve_plan(plan)
    record, past = calibration(resolved), None
    if git:
        past = _record_at_start(file, resolved)
    scores = _forecast_scores(file, plan) if forecasts else None
    if git or forecasts:
        warnings = _history_note(file) + warnings
    if as_json:
        return Reply(to_json(CalibrateAnswer.of(record, plan.policy, past, scores)), warnings)
    lines = [
        *title_lines(escape_control(roadmap_title(document.name, plan))),
        *_summary_lines(record, plan.policy),
        *_past_lines(past),
        *_forecast_lines(scores),
    ]
    return Reply("\n".join(lines) + "\n", warnings)


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


def _forecast_scores(file: str, plan: Plan) -> ForecastScores | GitUnavailable:
    repo = find_repository(file)
    if isinstance(repo, GitUnavailable):
        return repo
    today = plan.roadmap.as_of or dt.date.today()
    return review_forecasts(
        plan, repo, today, lambda work, count: track_progress(work, count, "forecasting version")
    )


def _summary_lines(record: Calibration, policy: Policy) -> Iterator[str]:
    yield from wrap_text(
        "finished items, with their estimates as the file has them · efforts in person-weeks"
    )
    yield ""
    for sentence in calibration_sentences(record, policy):
        yield from wrap_text(sentence)
    yield from _chart_lines(record, {})


def _chart_lines(record: Calibration, commits: Mapping[str, Commit]) -> Iterator[str]:
    """A bar for each item, and the chances by their outcomes.

    Args:
        record: the finished items.
        commits: by item, the commit that the estimate is from; empty if it is the file's.
    """
    chart = calibration_chart(record.efforts)
    if chart.bars:
        room = output_width() - _LABEL_WIDTH - (_DAY_WIDTH if commits else 0)
        room = min(max(room, _MIN_CHART), _MAX_CHART)
        rows = [_chart_row(bar, commits, room) for bar in chart.bars]
        yield ""
        yield from format_table(
            _chart_columns(calibration_axis(chart, room), has_days=bool(commits)), rows
        )
        yield ""
        yield from wrap_text(
            f"├┼┤ what was said, and its middle (×1). {IN_RANGE} what it took;"
            f" {OUT_OF_RANGE} outside the range."
        )
    if len(record.bets) >= MIN_FINISHED:
        yield from wrap_text(
            "Chances: " + " · ".join(each.text for each in reliability_groups(record))
        )
    assumed = [each.is_assumed for each in record.efforts]
    assumed += [each.is_assumed for each in record.bets]
    if any(assumed):
        yield from wrap_text(f"{ASSUMPTION_MARK} a default: the file leaves it out.")


def _chart_columns(scale: str, *, has_days: bool) -> list[TextColumn]:
    columns = [TextColumn("", shrinks=True)]
    if has_days:
        columns.append(TextColumn("said on"))
    return [
        *columns,
        TextColumn("80% range"),
        TextColumn("middle", right=True),
        TextColumn("took", right=True),
        TextColumn("", right=True, name="how many times the middle it took"),
        TextColumn(scale, name="the picture"),
        TextColumn("", name="in or out of its range"),
    ]


def _chart_row(bar: CalibrationBar, commits: Mapping[str, Commit], room: int) -> tuple[str, ...]:
    days = (format_date(commits[bar.id].date),) if commits else ()
    return (
        escape_control(bar.title),
        *days,
        bar.range,
        bar.stated,
        bar.actual,
        bar.ratio,
        draw_calibration_bar(bar, room),
        bar.ended,
    )


def _forecast_lines(scores: ForecastScores | GitUnavailable | None) -> Iterator[str]:
    if scores is None:
        return
    yield ""
    yield bold("Past forecasts against results")
    if isinstance(scores, GitUnavailable):
        yield from _unavailable_lines(scores)
        return
    for sentence in forecast_score_sentences(scores):
        yield from wrap_text(sentence)
    if scores.dates:
        counts = " · ".join(map(str, scores.pit_histogram))
        yield from wrap_text(f"Finishes by fifths of their forecast, early to late: {counts}.")


def _unavailable_lines(missing: GitUnavailable) -> Iterator[str]:
    reason = f"{missing.text}; {missing.remedy}" if missing.remedy else missing.text
    yield from wrap_text(f"Not available: {escape_control(reason)}.")


def _past_lines(past: HistoricalCalibration | GitUnavailable | None) -> Iterator[str]:
    if past is None:
        return
    yield ""
    yield bold("As said when work began")
    if isinstance(past, GitUnavailable):
        yield from _unavailable_lines(past)
        return
    plural = "" if past.commits_read == 1 else "s"
    yield from wrap_text(
        f"from {past.commits_read} commit{plural}; shown only, forecasts never use it"
    )
    yield ""
    yield from wrap_text(effort_sentence(past.record))
    yield from wrap_text(chance_sentence(past.record))
    yield from _chart_lines(past.record, past.commits)
    if past.without_history:
        names = ", ".join(past.without_history)
        yield from wrap_text(f"Left out, for no commit has them from before their end: {names}.")
    if past.unreadable_commits:
        yield from wrap_text(f"Commits with a file that can't be read: {past.unreadable_commits}.")
