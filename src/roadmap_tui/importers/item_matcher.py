"""Matching of imported rows with a roadmap: existing items, or ids for new ones."""

from collections.abc import Iterator, Mapping

from roadmap_tui.document.item_rename import ItemKey
from roadmap_tui.document.serializer import TRACKS
from roadmap_tui.document.values import Values
from roadmap_tui.importers.csv_table import ImportProblem
from roadmap_tui.importers.rows import ImportRow
from roadmap_tui.plan.identifiers import id_from_title


class ItemMatcher:
    """The item of each row: an existing one, found by its link or else by its id, or a new one.

    Attributes:
        item_keys: the track and id of each row's item.
        is_new: whether each row's item is new.
    """

    def __init__(self, data: Values, rows: list[ImportRow]) -> None:
        self._items = _all_items(data)
        self._tracks = {name: track for track, name in self._items}
        self._teams = {str(name).casefold(): name for name in items_by_id(data, "teams")}
        self.item_keys = self._match(rows)
        self.is_new = [key not in self._items for key in self.item_keys]
        self._ids_by_alias: dict[str, str] = {}
        for row, (_, name) in zip(rows, self.item_keys, strict=True):
            for alias in row.aliases:
                self._ids_by_alias.setdefault(alias, name)

    def _match(self, rows: list[ImportRow]) -> list[ItemKey]:
        linked: dict[str, ItemKey] = {}
        for existing, item in self._items.items():
            linked |= dict.fromkeys(_item_links(item), existing)
        # Ids of linked items are taken before any new one is made up.
        used = {linked[row.link][1] for row in rows if row.link in linked}
        matched: set[ItemKey] = set()
        keys: list[ItemKey] = []
        for row in rows:
            key = linked.get(row.link)
            if key is None or key in matched:
                key = self._new_item_key(row, used)
            matched.add(key)
            used.add(key[1])
            keys.append(key)
        return keys

    def _new_item_key(self, row: ImportRow, used: set[str]) -> ItemKey:
        """The first id from the title that is free, or that an item without a link has."""
        stem, count = id_from_title(row.title), 1
        name = stem
        while name in used or not self._is_id_available(name, row):
            count += 1
            name = f"{stem}-{count}"
        return self._tracks.get(name, row.track), name

    def _is_id_available(self, name: str, row: ImportRow) -> bool:
        item = self._items.get((self._tracks.get(name, ""), name))
        return item is None or not (row.link and any(_item_links(item)))

    def resolve_references(self, index: int, row: ImportRow) -> Iterator[ImportProblem]:
        """Set a row's team and needs by their ids, and report what doesn't exist."""
        needs: list[object] = []
        for called in row.needs:
            name = self._ids_by_alias.get(called.casefold())
            if name is None and called in self._tracks:
                name = called
            if name is None or name == self.item_keys[index][1]:
                text = f'waits for "{called}", which is not in the plan; left out'
                yield ImportProblem(row.line, "", text)
            else:
                needs.append(name)
        if needs:
            row.values["needs"] = list(dict.fromkeys(needs))
        if row.team:
            team = self._teams.get(row.team.casefold())
            team = team or self._teams.get(id_from_title(row.team))
            if team:
                row.values["team"] = team

    def existing_item(self, index: int) -> Values:
        """The data of a row's item, which must exist."""
        return self._items[self.item_keys[index]]


def _all_items(data: Values) -> dict[ItemKey, Mapping[str, object]]:
    found: dict[ItemKey, Mapping[str, object]] = {}
    for track in TRACKS:
        for name, item in items_by_id(data, track).items():
            found[track, name] = item
    return found


def items_by_id(data: Values, track: str) -> Mapping[str, Mapping[str, object]]:
    """The tables in a track of a roadmap, by id."""
    table = data.get(track)
    items = table if isinstance(table, Mapping) else {}
    return {name: each for name, each in items.items() if isinstance(each, Mapping)}


def _item_links(item: Mapping[str, object]) -> list[str]:
    links = item.get("links")
    if not isinstance(links, list):
        return []
    return [link for link in links if isinstance(link, str)]
