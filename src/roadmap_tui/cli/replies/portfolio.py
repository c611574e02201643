"""`roadmap portfolio`: the roadmaps of a folder side by side."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from roadmap_tui.answers.json_text import to_json
from roadmap_tui.answers.portfolio import PortfolioAnswer
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
    """How to work on the roadmaps, and the output format.

    Attributes:
        engine: the address of an engine that does the work; None is this machine.
        jobs: the number of processes; None is the number of cores.
        tls: the files for an encrypted connection to the engine.
    """

    form: Literal["text", "md"]
    engine: str | None
    jobs: int | None
    tls: TlsFiles


def portfolio_reply(
    folder: str, options: ForecastOptions, how: PortfolioOptions, *, as_json: bool
) -> Reply:
    """Show all roadmaps of a folder, files without a plan among them."""
    root = Path(folder)
    paths = find_roadmaps(root) if root.is_dir() else ()
    if not paths:
        reason = f"there is no roadmap in {folder}" if root.is_dir() else f"{folder} is no folder"
        return Reply(err=f"roadmap portfolio: {escape_control(reason)}\n", code=UNREADABLE)
    asks = [
        RoadmapRequest(
            str(path.resolve()),
            str(path.relative_to(root)),
            options.as_of,
            options.seed,
            options.runs,
        )
        for path in paths
    ]
    repeated: list[int] = []
    try:
        whole = _summarise(asks, how, repeated.append)
    except EngineError as error:
        return Reply(err=f"roadmap portfolio: {escape_control(str(error))}\n", code=REFUSED)
    if not whole.roadmaps:
        reasons = [f"{escape_control(each.text)}\n" for each in whole.failed]
        return Reply(err="".join(reasons), code=UNREADABLE)
    if as_json:
        out = to_json(PortfolioAnswer.read(whole))
    elif how.form == "md":
        out = write_markdown(portfolio_report(whole, root.resolve().name))
    else:
        out = "\n".join(_portfolio_lines(whole)) + "\n"
    return Reply(out, "".join(map(_repeated_note, repeated)))


def _summarise(
    asks: list[RoadmapRequest], how: PortfolioOptions, repeated: Callable[[int], None]
) -> Portfolio:
    with open_executor(how.engine, how.jobs, len(asks), how.tls) as executor:
        summaries = map_pieces(executor, summarize_roadmap, asks, _killed_summary, repeated)
        return combine_roadmaps(track_progress(summaries, len(asks), "roadmap"))


def _repeated_note(count: int) -> str:
    again = "1 roadmap was" if count == 1 else f"{count} roadmaps were"
    return (
        "roadmap portfolio: a process was killed, most likely for want of memory;"
        f" {again} worked out once more, one at a time\n"
    )


def _killed_summary(ask: RoadmapRequest) -> RoadmapSummary | FailedRoadmap:
    """The summary of a roadmap whose process was killed."""
    wrong = f"{ask.name}: the process that worked on it was killed, most likely for want of memory"
    return FailedRoadmap(
        ask.name, f"{wrong}; try it with fewer --runs, or all of them with --jobs 1"
    )


def _portfolio_lines(whole: Portfolio) -> list[str]:
    text_heads = ("title", "roadmap", "checks")
    columns = [
        TextColumn(each, right=each not in text_heads, shrinks=each in text_heads)
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
