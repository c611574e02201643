"""The roadmaps of a folder together: their figures and shared teams."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from roadmap_tui.export.blocks import Report, bullet_blocks, report_sections, table_blocks
from roadmap_tui.portfolio.summary import FailedRoadmap, RoadmapSummary, TeamDemand
from roadmap_tui.storage import regular_file
from roadmap_tui.text.numbers import format_count, format_number, format_whole_percent
from roadmap_tui.text.terminal_text import escape_control

_SNIFF_BYTES = 65_536
_QUARTERS = 5


@dataclass(frozen=True, slots=True)
class SharedTeam:
    """A team of one or more roadmaps.

    Attributes:
        people: in the team; the largest number of any roadmap.
        others: differing numbers of other roadmaps.
        roadmaps: the names of the roadmaps that use it.
        busy: by end of quarter, people likely at work in it, over all of them.
    """

    team: str
    people: int
    others: tuple[int, ...]
    roadmaps: tuple[str, ...]
    busy: tuple[tuple[dt.date, float], ...]

    def load(self, end: dt.date) -> float | None:
        """Load of the team in a quarter; None where no roadmap looks that far ahead."""
        busy = dict(self.busy).get(end)
        return None if busy is None else busy / self.people


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The roadmaps of a folder, by name."""

    roadmaps: tuple[RoadmapSummary, ...]
    failed: tuple[FailedRoadmap, ...]
    teams: tuple[SharedTeam, ...]

    @property
    def quarters(self) -> tuple[dt.date, ...]:
        """The ends of the quarters shown."""
        ends: set[dt.date] = set()
        for roadmap in self.roadmaps:
            ends.update(end for end, _ in roadmap.ships)
        for team in self.teams:
            ends.update(end for end, _ in team.busy)
        return tuple(sorted(ends))[:_QUARTERS]


def find_roadmaps(folder: Path) -> tuple[Path, ...]:
    """Files in a folder and below it that look like roadmaps; hidden folders are skipped."""
    found = (path for path in folder.rglob("*.toml") if not _is_hidden(path.relative_to(folder)))
    return tuple(sorted(path for path in found if _looks_like_roadmap(path)))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _looks_like_roadmap(path: Path) -> bool:
    """Whether the first lines look like a roadmap; true for unreadable files, to report them."""
    if path.name == "pyproject.toml" or not path.is_file():
        return False
    try:
        text = regular_file.read_regular_file(str(path), _SNIFF_BYTES)
    except OSError:
        return True
    return any(head in text for head in (b"[roadmap]", b"[product.", b"[model.", b"[spike."))


def combine_roadmaps(every: Iterable[RoadmapSummary | FailedRoadmap]) -> Portfolio:
    """Combine roadmaps."""
    ordered = sorted(every, key=lambda each: each.name)
    roadmaps = tuple(each for each in ordered if isinstance(each, RoadmapSummary))
    failed = tuple(each for each in ordered if isinstance(each, FailedRoadmap))
    demands: dict[str, list[tuple[str, TeamDemand]]] = {}
    for roadmap in roadmaps:
        for demand in roadmap.teams:
            demands.setdefault(demand.team, []).append((roadmap.name, demand))
    return Portfolio(
        roadmaps, failed, tuple(_shared_team(team, demands[team]) for team in sorted(demands))
    )


def _shared_team(team: str, demands: list[tuple[str, TeamDemand]]) -> SharedTeam:
    busy: dict[dt.date, float] = {}
    for _, demand in demands:
        for end, people in demand.busy:
            busy[end] = busy.get(end, 0.0) + people
    sizes = sorted({demand.people for _, demand in demands}, reverse=True)
    return SharedTeam(
        team,
        sizes[0],
        tuple(sizes[1:]),
        tuple(name for name, _ in demands),
        tuple(sorted(busy.items())),
    )


def format_quarter(end: dt.date) -> str:
    """A quarter, given its last day."""
    return f"Q{(end.month + 2) // 3} {end.year}"


def roadmap_rows(whole: Portfolio) -> Iterator[tuple[str, ...]]:
    """Per roadmap: name, title, value, open features, shipped by quarter, findings."""
    for each in whole.roadmaps:
        ships = dict(each.ships)
        by_quarter = (f"{ships[end]:.1f}" if end in ships else "–" for end in whole.quarters)
        found = (
            " ".join(f"{severity}{count}" for severity, count in each.found.items() if count) or "–"
        )
        yield (
            escape_control(each.name),
            escape_control(each.title),
            format_number(each.value),
            str(each.open),
            *by_quarter,
            f"{found}, worst {each.worst}" if each.worst else found,
        )


def roadmap_columns(whole: Portfolio) -> tuple[str, ...]:
    """The names of those columns."""
    return (
        "roadmap",
        "title",
        "value",
        "open",
        *(f"by {format_quarter(end)}" for end in whole.quarters),
        "checks",
    )


def team_rows(whole: Portfolio) -> Iterator[tuple[str, ...]]:
    """Per team: name, people, roadmaps, load by quarter."""
    for each in whole.teams:
        loads = (each.load(end) for end in whole.quarters)
        yield (
            each.team,
            str(each.people),
            str(len(each.roadmaps)),
            *map(_load_cell, loads),
        )


def _load_cell(load: float | None) -> str:
    if load is None:
        return "–"
    return f"{format_whole_percent(load)}!" if load > 1 else format_whole_percent(load)


def team_columns(whole: Portfolio) -> tuple[str, ...]:
    """The names of those columns."""
    return ("team", "people", "roadmaps", *map(format_quarter, whole.quarters))


def portfolio_notes(whole: Portfolio) -> Iterator[str]:
    """Remarks about the figures."""
    days = sorted({each.as_of for each in whole.roadmaps})
    if len(days) > 1:
        yield (
            f"They start on {len(days)} days, from {days[0]} to {days[-1]}; --as-of gives all the"
            " same."
        )
    for each in whole.teams:
        if each.others:
            sizes = ", ".join(map(str, (each.people, *each.others)))
            yield (
                f"Roadmaps differ in how many people {each.team} has: {sizes}. The most is counted."
            )
    for failed in whole.failed:
        yield f"No plan: {escape_control(failed.text)}"


COLUMN_NOTES = (
    "Value is the expected reach x impact x confidence until each roadmap's horizon.",
    "By a quarter's end stands how many of the open features are expected to have shipped.",
    (
        "A team's load is the people likely at work on all roadmaps that name it, upkeep included,"
        " of those it has; above 100% (!) they count on people that are not there."
    ),
)


def portfolio_report(whole: Portfolio, title: str) -> Report:
    """The portfolio as a document."""
    count = len(whole.quarters)
    return Report(
        title=escape_control(title),
        lead=(f"{format_count(len(whole.roadmaps), 'roadmap')}.", *COLUMN_NOTES),
        sections=(
            *report_sections(
                "Roadmaps",
                table_blocks(roadmap_columns(whole), roadmap_rows(whole), "llrr" + "r" * count),
            ),
            *report_sections(
                "Teams", table_blocks(team_columns(whole), team_rows(whole), "lrr" + "r" * count)
            ),
            *report_sections("To know", bullet_blocks(portfolio_notes(whole))),
        ),
    )
