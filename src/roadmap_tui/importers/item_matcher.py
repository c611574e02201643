"""Where the rows of a table belong in a roadmap: items that are there already, and ids for new ones."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from roadmap_tui.document.serializer import TRACKS
from roadmap_tui.document.values import Values
from roadmap_tui.importers.csv_table import ImportProblem
from roadmap_tui.importers.rows import ImportRow
from roadmap_tui.plan.identifiers import id_from_title

Place: TypeAlias = tuple[str, str]
"""A track and an id."""


class ItemMatcher:
    """Where each wish belongs: an item that is there, found by its link or else by its id, or a new one."""

    def __init__(self, data: Values, wanted: list[ImportRow]) -> None:
        self._items = {
            (track, name): item
            for track in TRACKS
            for name, item in items_by_id(data, track).items()
        }
        self._tracks = {name: track for track, name in self._items}
        self._teams = {str(name).casefold(): name for name in items_by_id(data, "teams")}
        linked = {link: place for place, item in self._items.items() for link in _item_links(item)}
        self.item_keys: list[Place] = []
        self.is_new: list[bool] = []
        taken = {linked[wish.link] for wish in wanted if wish.link in linked}
        used, given = {name for _, name in taken}, set[Place]()
        for wish in wanted:
            place = linked.get(wish.link)
            if place is None or place in given:
                place = self._new_item_key(wish, used)
            given.add(place)
            used.add(place[1])
            self.item_keys.append(place)
            self.is_new.append(place not in self._items)
        self._named = {
            name: self.item_keys[at][1]
            for at, wish in reversed([*enumerate(wanted)])
            for name in wish.aliases
        }

    def _new_item_key(self, wish: ImportRow, used: set[str]) -> Place:
        """The first id made of the title that no other row has, nor an item that stands for something else."""
        stem, count = id_from_title(wish.title), 1
        name = stem
        while name in used or not self._is_id_available(name, wish):
            count += 1
            name = f"{stem}-{count}"
        return self._tracks.get(name, wish.track), name

    def _is_id_available(self, name: str, wish: ImportRow) -> bool:
        item = self._items.get((self._tracks.get(name, ""), name))
        return item is None or not (wish.link and any(_item_links(item)))

    def resolve_references(self, at: int, wish: ImportRow) -> Iterator[ImportProblem]:
        """Give a wish its team and its needs by their ids; what is not there is told."""
        needs: list[object] = []
        for called in wish.needs:
            name = self._named.get(called.casefold()) or (
                called if called in self._tracks else None
            )
            if name is None or name == self.item_keys[at][1]:
                yield ImportProblem(
                    wish.line, "", f'waits for "{called}", which is not here; left out'
                )
            else:
                needs.append(name)
        if needs:
            wish.values["needs"] = list(dict.fromkeys(needs))
        if wish.team:
            team = self._teams.get(wish.team.casefold()) or self._teams.get(
                id_from_title(wish.team)
            )
            wish.values |= {"team": team} if team else {}

    def existing_item(self, at: int) -> Values:
        """What the roadmap says of the item of a wish."""
        return self._items[self.item_keys[at]]


def items_by_id(data: Values, track: str) -> Mapping[str, Mapping[str, object]]:
    """What stands in a track of a roadmap, by id."""
    table = data.get(track)
    items = table if isinstance(table, Mapping) else {}
    return {name: each for name, each in items.items() if isinstance(each, Mapping)}


def _item_links(item: Mapping[str, object]) -> list[str]:
    links = item.get("links")
    return [link for link in links if isinstance(link, str)] if isinstance(links, list) else []
