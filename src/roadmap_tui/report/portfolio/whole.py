"""The roadmaps of a folder together: their figures, the people they share, as a document and as data."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from roadmap_tui.files import regular
from roadmap_tui.files.display import printable
from roadmap_tui.plan.words import number, percent, plural, rounded
from roadmap_tui.report.data import Data, envelope
from roadmap_tui.report.export.blocks import Report, points, section, table
from roadmap_tui.report.portfolio.summary import Demand, Failed, Summary

_LOOKED_AT = 65_536
_QUARTERS = 5


@dataclass(frozen=True, slots=True)
class Shared:
    """A team that one roadmap or several count on.

    Attributes:
        people: in the team; the most that any of them says.
        others: what else they say.
        roadmaps: the names of those that count on it.
        busy: by the end of each quarter, people that are likely at work in it, over all of them.
    """

    team: str
    people: int
    others: tuple[int, ...]
    roadmaps: tuple[str, ...]
    busy: tuple[tuple[dt.date, float], ...]

    def load(self, end: dt.date) -> float | None:
        """How much of the team is taken in a quarter; None where no roadmap looks that far."""
        busy = dict(self.busy).get(end)
        return None if busy is None else busy / self.people


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The roadmaps of a folder, in the order of their names."""

    roadmaps: tuple[Summary, ...]
    failed: tuple[Failed, ...]
    teams: tuple[Shared, ...]

    @property
    def quarters(self) -> tuple[dt.date, ...]:
        """The ends of the quarters that are told of."""
        ends = {end for each in self.roadmaps for end, _ in each.ships}
        return tuple(sorted(ends | {end for team in self.teams for end, _ in team.busy}))[
            :_QUARTERS
        ]


def roadmaps_in(folder: Path) -> tuple[Path, ...]:
    """The files in a folder and below it that look like roadmaps; hidden folders are left out."""
    found = (path for path in folder.rglob("*.toml") if not _is_hidden(path.relative_to(folder)))
    return tuple(sorted(path for path in found if _looks_like_one(path)))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _looks_like_one(path: Path) -> bool:
    """Whether it is one by its first lines; what can't be read is, so that it is told of."""
    if path.name == "pyproject.toml" or not path.is_file():
        return False
    try:
        text = regular.read(str(path), _LOOKED_AT)
    except OSError:
        return True
    return any(head in text for head in (b"[roadmap]", b"[product.", b"[model.", b"[spike."))


def portfolio(every: Iterable[Summary | Failed]) -> Portfolio:
    """The roadmaps together."""
    told = sorted(every, key=lambda each: each.name)
    roadmaps = tuple(each for each in told if isinstance(each, Summary))
    failed = tuple(each for each in told if isinstance(each, Failed))
    demands: dict[str, list[tuple[str, Demand]]] = {}
    for roadmap in roadmaps:
        for demand in roadmap.teams:
            demands.setdefault(demand.team, []).append((roadmap.name, demand))
    return Portfolio(
        roadmaps, failed, tuple(_shared(team, demands[team]) for team in sorted(demands))
    )


def _shared(team: str, demands: list[tuple[str, Demand]]) -> Shared:
    busy: dict[dt.date, float] = {}
    for _, demand in demands:
        for end, people in demand.busy:
            busy[end] = busy.get(end, 0.0) + people
    sizes = sorted({demand.people for _, demand in demands}, reverse=True)
    return Shared(
        team,
        sizes[0],
        tuple(sizes[1:]),
        tuple(name for name, _ in demands),
        tuple(sorted(busy.items())),
    )


def quarter(end: dt.date) -> str:
    """A quarter by its last day."""
    return f"Q{(end.month + 2) // 3} {end.year}"


def rows(whole: Portfolio) -> Iterator[tuple[str, ...]]:
    """Per roadmap: name, title, value, open features, how many ship by each quarter, findings."""
    for each in whole.roadmaps:
        ships = dict(each.ships)
        by_quarter = (f"{ships[end]:.1f}" if end in ships else "–" for end in whole.quarters)
        found = (
            " ".join(f"{severity}{count}" for severity, count in each.found.items() if count) or "–"
        )
        yield (
            printable(each.name),
            printable(each.title),
            number(each.value),
            str(each.open),
            *by_quarter,
            f"{found}, worst {each.worst}" if each.worst else found,
        )


def heads(whole: Portfolio) -> tuple[str, ...]:
    """The names of those columns."""
    return (
        "roadmap",
        "title",
        "value",
        "open",
        *(f"by {quarter(end)}" for end in whole.quarters),
        "checks",
    )


def team_rows(whole: Portfolio) -> Iterator[tuple[str, ...]]:
    """Per team: name, people, roadmaps, how much of it is taken by quarter."""
    for each in whole.teams:
        loads = (each.load(end) for end in whole.quarters)
        yield (
            each.team,
            str(each.people),
            str(len(each.roadmaps)),
            *("–" if load is None else percent(load) + ("!" if load > 1 else "") for load in loads),
        )


def team_heads(whole: Portfolio) -> tuple[str, ...]:
    """The names of those columns."""
    return ("team", "people", "roadmaps", *map(quarter, whole.quarters))


def notes(whole: Portfolio) -> Iterator[str]:
    """What is to be known of the figures, and what is odd about them."""
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
        yield f"No plan: {printable(failed.text)}"


MEANING = (
    "Value is the expected reach x impact x confidence until each roadmap's horizon.",
    "By a quarter's end stands how many of the open features are expected to have shipped.",
    (
        "A team's load is the people likely at work on all roadmaps that name it, upkeep included,"
        " of those it has; above 100 % (!) they count on people that are not there."
    ),
)


def report(whole: Portfolio, title: str) -> Report:
    """The same as a document."""
    count = len(whole.quarters)
    return Report(
        title=printable(title),
        lead=(f"{plural(len(whole.roadmaps), 'roadmap')}.", *MEANING),
        sections=(
            *section("Roadmaps", table(heads(whole), rows(whole), "llrr" + "r" * count)),
            *section("Teams", table(team_heads(whole), team_rows(whole), "lrr" + "r" * count)),
            *section("To know", points(notes(whole))),
        ),
    )


def portfolio_data(whole: Portfolio) -> Data:
    """The same as data."""
    return envelope(
        "portfolio",
        roadmaps=[
            {
                "file": each.name,
                "title": each.title,
                "as_of": each.as_of,
                "value": rounded(each.value),
                "open": each.open,
                "by_quarter": [{"ends": end, "ships": rounded(ships)} for end, ships in each.ships],
                "findings": each.found,
                "worst": each.worst or None,
            }
            for each in whole.roadmaps
        ],
        teams=[
            {
                "team": each.team,
                "people": each.people,
                "differing": each.others,
                "roadmaps": each.roadmaps,
                "by_quarter": [{"ends": end, "busy": rounded(busy)} for end, busy in each.busy],
            }
            for each in whole.teams
        ],
        failed=[{"file": each.name, "text": each.text} for each in whole.failed],
    )
