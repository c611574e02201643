"""Where the rows of a table belong in a roadmap: items that are there already, and ids for new ones."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from roadmap_tui.files.importing.sheet import Problem
from roadmap_tui.files.importing.wishes import Wish
from roadmap_tui.files.spell import TRACKS
from roadmap_tui.files.values import Values
from roadmap_tui.plan.naming import id_of

Place: TypeAlias = tuple[str, str]
"""A track and an id."""


class Places:
    """Where each wish belongs: an item that is there, found by its link or else by its id, or a new one."""

    def __init__(self, data: Values, wanted: list[Wish]) -> None:
        self._items = {
            (track, name): item for track in TRACKS for name, item in items_in(data, track).items()
        }
        self._tracks = {name: track for track, name in self._items}
        self._teams = {str(name).casefold(): name for name in items_in(data, "teams")}
        linked = {link: place for place, item in self._items.items() for link in _links(item)}
        self.of: list[Place] = []
        self.is_new: list[bool] = []
        taken = {linked[wish.mark] for wish in wanted if wish.mark in linked}
        used, given = {name for _, name in taken}, set[Place]()
        for wish in wanted:
            place = linked.get(wish.mark)
            if place is None or place in given:
                place = self._place(wish, used)
            given.add(place)
            used.add(place[1])
            self.of.append(place)
            self.is_new.append(place not in self._items)
        self._named = {
            name: self.of[at][1]
            for at, wish in reversed([*enumerate(wanted)])
            for name in wish.names
        }

    def _place(self, wish: Wish, used: set[str]) -> Place:
        """The first id made of the title that no other row has, nor an item that stands for something else."""
        stem, count = id_of(wish.title), 1
        name = stem
        while name in used or not self._fits(name, wish):
            count += 1
            name = f"{stem}-{count}"
        return self._tracks.get(name, wish.track), name

    def _fits(self, name: str, wish: Wish) -> bool:
        item = self._items.get((self._tracks.get(name, ""), name))
        return item is None or not (wish.mark and any(_links(item)))

    def settle(self, at: int, wish: Wish) -> Iterator[Problem]:
        """Give a wish its team and its needs by their ids; what is not there is told."""
        needs: list[object] = []
        for called in wish.needs:
            name = self._named.get(called.casefold()) or (
                called if called in self._tracks else None
            )
            if name is None or name == self.of[at][1]:
                yield Problem(wish.line, "", f'waits for "{called}", which is not here; left out')
            else:
                needs.append(name)
        if needs:
            wish.values["needs"] = list(dict.fromkeys(needs))
        if wish.team:
            team = self._teams.get(wish.team.casefold()) or self._teams.get(id_of(wish.team))
            wish.values |= {"team": team} if team else {}

    def item(self, at: int) -> Values:
        """What the roadmap says of the item of a wish."""
        return self._items[self.of[at]]


def items_in(data: Values, track: str) -> Mapping[str, Mapping[str, object]]:
    """What stands in a track of a roadmap, by id."""
    table = data.get(track)
    items = table if isinstance(table, Mapping) else {}
    return {name: each for name, each in items.items() if isinstance(each, Mapping)}


def _links(item: Mapping[str, object]) -> list[str]:
    links = item.get("links")
    return [link for link in links if isinstance(link, str)] if isinstance(links, list) else []
