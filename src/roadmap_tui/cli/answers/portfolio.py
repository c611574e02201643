"""`roadmap portfolio`: the roadmaps of a folder side by side."""

from pathlib import Path
from typing import Any, NamedTuple

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.executors import EngineError, Tls, executor, run
from roadmap_tui.cli.progress import watched
from roadmap_tui.cli.reply import REFUSED, UNREADABLE, Reply
from roadmap_tui.cli.table import Column, bold, table, wrapped
from roadmap_tui.files.display import printable
from roadmap_tui.report.data import to_json
from roadmap_tui.report.export.written import to_markdown
from roadmap_tui.report.portfolio.summary import Ask, Failed, Summary, summarised
from roadmap_tui.report.portfolio.whole import (
    MEANING,
    Portfolio,
    heads,
    notes,
    portfolio,
    portfolio_data,
    report,
    roadmaps_in,
    rows,
    team_heads,
    team_rows,
)


class Asked(NamedTuple):
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


def answer(folder: str, basis: Basis, as_json: bool, **options: Any) -> Reply:
    """All roadmaps of a folder; a file that holds no plan is told of among them."""
    place, asked = Path(folder), Asked(**options)
    paths = roadmaps_in(place) if place.is_dir() else ()
    if not paths:
        wrong = f"there is no roadmap in {folder}" if place.is_dir() else f"{folder} is no folder"
        return Reply(err=f"roadmap portfolio: {printable(wrong)}\n", code=UNREADABLE)
    asks = [Ask(str(path.resolve()), str(path.relative_to(place)), *basis[:3]) for path in paths]
    repeated: list[int] = []
    try:
        tls = Tls(asked.tls_ca, asked.tls_cert, asked.tls_key)
        with executor(asked.engine, asked.jobs, len(asks), tls) as chosen:
            whole = portfolio(
                watched(run(chosen, summarised, asks, _lost, repeated.append), len(asks), "roadmap")
            )
    except EngineError as error:
        return Reply(err=f"roadmap portfolio: {printable(str(error))}\n", code=REFUSED)
    if not whole.roadmaps:
        return Reply(
            err="".join(f"{printable(each.text)}\n" for each in whole.failed), code=UNREADABLE
        )
    told = (
        to_json(portfolio_data(whole))
        if as_json
        else _told(whole, asked.form, place.resolve().name)
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


def _lost(ask: Ask) -> Summary | Failed:
    """What is said of a roadmap whose process was killed."""
    wrong = f"{ask.name}: the process that worked on it was killed, most likely for want of memory"
    return Failed(ask.name, f"{wrong}; try it with fewer --futures, or all of them with --jobs 1")


def _told(whole: Portfolio, form: str, name: str) -> str:
    return (
        to_markdown(report(whole, name))
        if form == "md"
        else "".join(f"{line}\n" for line in _lines(whole))
    )


def _lines(whole: Portfolio) -> list[str]:
    names = ("title", "roadmap", "checks")
    columns = [Column(each, right=each not in names, yields=each in names) for each in heads(whole)]
    teams = [Column(each, right=each != "team") for each in team_heads(whole)]
    busy = list(team_rows(whole))
    lines = [*table(columns, list(rows(whole))), ""]
    if busy:
        lines += [bold("Teams"), *table(teams, busy), ""]
    for note in (*MEANING, *notes(whole)):
        lines += wrapped(note)
    return lines
