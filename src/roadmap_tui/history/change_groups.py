"""Groups of changes that are attributed together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from roadmap_tui.document.serializer import TRACKS
from roadmap_tui.history.diff import FieldChange, TableChange
from roadmap_tui.plan.faults import KeyPath

_VERDICT_SETS = {"chance", "status", "learned", "finished", "spent"}


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes that are applied and undone together.

    Attributes:
        named: the changes that name the group, with those of their fields that belong to it.
        places: the tables and fields that differ.
    """

    named: tuple[TableChange, ...]
    places: tuple[KeyPath, ...]


def group_changes(changes: Iterable[TableChange]) -> tuple[ChangeGroup, ...]:
    """Return the changes of each item and of each roadmap-wide table.

    A spike that was answered is grouped with what its verdict changed in its bet, and names both.
    """
    found: dict[str, ChangeGroup] = {}
    ordered = list(changes)
    answers = {str(spike.table.get("informs", spike.id)) for spike in ordered if spike.is_answer}
    for change in ordered:
        if change.is_answer:
            _add_to_group(
                found,
                f"answer to {change.table.get('informs', change.id)}",
                change,
                (change.place,),
            )
        elif change.id in answers and change.fields:
            _split_bet_change(found, change)
        else:
            _add_to_group(found, _key(change), change, (change.place,))
    return tuple(group for group in found.values() if group.named)


def _split_bet_change(found: dict[str, ChangeGroup], bet: TableChange) -> None:
    """Group what a verdict sets in a bet with its spikes.

    Its other changes form their own group.
    """
    size = len(bet.place)
    own = tuple(field for field in bet.fields if field.path[size] not in _VERDICT_SETS)
    set_by_verdict = tuple(field for field in bet.fields if field.path[size] in _VERDICT_SETS)
    _add_to_group(found, f"answer to {bet.id}", None, _keys(set_by_verdict, size))
    if own:
        _add_to_group(found, _key(bet), replace(bet, fields=own), _keys(own, size))


def _keys(fields: Iterable[FieldChange], size: int) -> tuple[KeyPath, ...]:
    """Return the keys of the table that contain the fields."""
    return tuple(dict.fromkeys(field.path[: size + 1] for field in fields))


def _add_to_group(
    found: dict[str, ChangeGroup], key: str, named: TableChange | None, places: tuple[KeyPath, ...]
) -> None:
    there = found.get(key, ChangeGroup((), ()))
    names = (*there.named, *([named] if named else ()))
    found[key] = ChangeGroup(names, (*there.places, *places))


def _key(change: TableChange) -> str:
    """Return one key for all changes of an item, whichever tracks it was in."""
    if change.place[0] in TRACKS:
        return f"item {change.id}"
    return repr(change.place)
