"""`roadmap portfolio`: the roadmaps of a folder side by side."""

from pathlib import Path
from typing import Any, NamedTuple

from roadmap_tui.answers.data import to_json
from roadmap_tui.cli.executors import EngineError, TlsFiles, map_pieces, open_executor
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.progress import track_progress
from roadmap_tui.cli.reply import REFUSED, UNREADABLE, Reply
from roadmap_tui.cli.table import TextColumn, bold, format_table, wrap_text
from roadmap_tui.export.writers import write_markdown
from roadmap_tui.portfolio.overview import (
    COLUMN_NOTES,
    Portfolio,
    combine_roadmaps,
    find_roadmaps,
    portfolio_data,
    portfolio_notes,
    portfolio_report,
    roadmap_columns,
    roadmap_rows,
    team_columns,
    team_rows,
)
from roadmap_tui.portfolio.summary import (
    FailedRoadmap,
    RoadmapRequest,
    RoadmapSummary,
    summarize_roadmap,
)
from roadmap_tui.text.terminal_text import escape_control


class PortfolioOptions(NamedTuple):
    """How it is worked out and told.

    Attributes:
        form: ``text`` or ``md``.
        engine: the address of an engine that does the work; None is this machine.
        jobs: how many processes; None is as many as there are cores.
        tls_ca, tls_cert, tls_key: files for an engine that is reached by TLS.
    """

    form: str
    engine: str | None
    jobs: int | None
    tls_ca: str | None
    tls_cert: str | None
    tls_key: str | None


def answer(folder: str, basis: ForecastOptions, as_json: bool, **options: Any) -> Reply:
    """All roadmaps of a folder; a file that holds no plan is told of among them."""
    place, asked = Path(folder), PortfolioOptions(**options)
    paths = find_roadmaps(place) if place.is_dir() else ()
    if not paths:
        wrong = f"there is no roadmap in {folder}" if place.is_dir() else f"{folder} is no folder"
        return Reply(err=f"roadmap portfolio: {escape_control(wrong)}\n", code=UNREADABLE)
    asks = [
        RoadmapRequest(str(path.resolve()), str(path.relative_to(place)), *basis[:3])
        for path in paths
    ]
    repeated: list[int] = []
    try:
        tls = TlsFiles(asked.tls_ca, asked.tls_cert, asked.tls_key)
        with open_executor(asked.engine, asked.jobs, len(asks), tls) as chosen:
            whole = combine_roadmaps(
                track_progress(
                    map_pieces(chosen, summarize_roadmap, asks, _killed_summary, repeated.append),
                    len(asks),
                    "roadmap",
                )
            )
    except EngineError as error:
        return Reply(err=f"roadmap portfolio: {escape_control(str(error))}\n", code=REFUSED)
    if not whole.roadmaps:
        return Reply(
            err="".join(f"{escape_control(each.text)}\n" for each in whole.failed), code=UNREADABLE
        )
    told = (
        to_json(portfolio_data(whole))
        if as_json
        else _format_portfolio(whole, asked.form, place.resolve().name)
    )
    return Reply(told, "".join(map(_repeated_note, repeated)))


def _repeated_note(count: int) -> str:
    again = (
        "1 roadmap was worked out once more"
        if count == 1
        else f"{count} roadmaps were worked out once more"
    )
    return (
        f"roadmap portfolio: a process was killed, most likely for want of memory; {again}, one at"
        " a time\n"
    )


def _killed_summary(ask: RoadmapRequest) -> RoadmapSummary | FailedRoadmap:
    """What is said of a roadmap whose process was killed."""
    wrong = f"{ask.name}: the process that worked on it was killed, most likely for want of memory"
    return FailedRoadmap(
        ask.name, f"{wrong}; try it with fewer --runs, or all of them with --jobs 1"
    )


def _format_portfolio(whole: Portfolio, form: str, name: str) -> str:
    return (
        write_markdown(portfolio_report(whole, name))
        if form == "md"
        else "".join(f"{line}\n" for line in _portfolio_lines(whole))
    )


def _portfolio_lines(whole: Portfolio) -> list[str]:
    names = ("title", "roadmap", "checks")
    columns = [
        TextColumn(each, right=each not in names, yields=each in names)
        for each in roadmap_columns(whole)
    ]
    teams = [TextColumn(each, right=each != "team") for each in team_columns(whole)]
    busy = list(team_rows(whole))
    lines = [*format_table(columns, list(roadmap_rows(whole))), ""]
    if busy:
        lines += [bold("Teams"), *format_table(teams, busy), ""]
    for note in (*COLUMN_NOTES, *portfolio_notes(whole)):
        lines += wrap_text(note)
    return lines
