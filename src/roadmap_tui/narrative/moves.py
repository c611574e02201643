"""Moves of a forecast, as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.compare import Comparison
from roadmap_tui.history.movement import MovedItem, MovementMeasure
from roadmap_tui.narrative import item_figures
from roadmap_tui.narrative.changes import cause_clause, join_words
from roadmap_tui.narrative.item_figures import format_ships
from roadmap_tui.text.dates import format_date

ARROW = " → "
_NEVER = "never"


@dataclass(frozen=True, slots=True)
class MoveText:
    """One item's moves, as text.

    Attributes:
        lead: the main figure: ``ships 62% → 41%``.
        because: the cause, without ``because``; may be empty.
        rest: the other figures that moved.
        ships: the chance, before and after if it moved.
        when: the range of the finish, likewise.
        rank: the rank, likewise.
    """

    id: str
    title: str
    lead: str
    because: str
    rest: tuple[str, ...]
    ships: str
    when: str
    rank: str

    @property
    def sentence(self) -> str:
        """The move and its cause: ``triage: ships 62% → 41%, because spike x was refuted``."""
        return f"{self.id}: {self.lead}" + (f", because {self.because}" if self.because else "")


def comparison_moves(comparison: Comparison) -> tuple[MoveText, ...]:
    """Describe every move of a comparison, the largest first."""
    if not comparison.before:
        return ()
    return describe_moves(comparison.before, comparison.after, comparison.moved)


def describe_moves(
    before: Forecast, after: Forecast, moved: Iterable[MovedItem]
) -> tuple[MoveText, ...]:
    """Describe moves between two forecasts, in the given order."""
    return tuple(_describe_move(before, after, each) for each in moved)


def _describe_move(before: Forecast, after: Forecast, moved: MovedItem) -> MoveText:
    lead, *rest = (_measure_text(before, after, moved, measure) for measure in moved.measures)
    return MoveText(
        id=moved.id,
        title=after.items[moved.id].title,
        lead=lead,
        because=(
            join_words([cause_clause(change, moved.id) for change in moved.causes])
            if moved.causes
            else ""
        ),
        rest=tuple(rest),
        ships=_before_after(_chance_text(before, moved.id), _chance_text(after, moved.id)),
        when=_before_after(_finish_text(before, moved.id), _finish_text(after, moved.id)),
        rank=_before_after(_rank_text(moved.before.rank), _rank_text(moved.after.rank)),
    )


def _measure_text(
    before: Forecast, after: Forecast, moved: MovedItem, measure: MovementMeasure
) -> str:
    name = moved.id
    is_spike = after.items[name].kind == "spike"
    match measure:
        case "ships":
            verb = "answers in time" if is_spike else "ships"
            return f"{verb} {_before_after(_chance_text(before, name), _chance_text(after, name))}"
        case "finish":
            return f"{'answer' if is_spike else 'finish'} {_finish_change(before, after, name)}"
        case "rank":
            return (
                f"rank {_before_after(_rank_text(moved.before.rank), _rank_text(moved.after.rank))}"
            )
    return f"{moved.before.bucket or '–'}{ARROW}{moved.after.bucket or '–'}"


def _chance_text(forecast: Forecast, name: str) -> str:
    item = forecast.items[name]
    if item.odds is None:
        return item_figures.format_delivery_chance(item)
    return format_ships(item)


def _finish_text(forecast: Forecast, name: str) -> str:
    return item_figures.format_finish_range(forecast, forecast.items[name])


def _finish_change(before: Forecast, after: Forecast, name: str) -> str:
    """The ranges, or the likely days if both ranges read the same."""
    old, new = before.items[name].finish, after.items[name].finish
    if old is None or new is None:
        was = _finish_text(before, name) if old else _NEVER
        now = _finish_text(after, name) if new else _NEVER
        return f"{was}{ARROW}{now}"
    ranges = _finish_text(before, name), _finish_text(after, name)
    if ranges[0] != ranges[1]:
        return _before_after(*ranges)
    return f"likely {format_date(before.day(old.p50))}{ARROW}{format_date(after.day(new.p50))}"


def _rank_text(rank: int | None) -> str:
    return "–" if rank is None else str(rank)


def _before_after(old: str, new: str) -> str:
    """Both values, or one if they are equal."""
    return new if old == new else f"{old}{ARROW}{new}"
