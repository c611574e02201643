"""What an import would make of a roadmap: items added, items changed, and the text with all of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from roadmap_tui.files.blocks import insert_block
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal, size_refusal
from roadmap_tui.files.importing.columns import Columns
from roadmap_tui.files.importing.patching import patched
from roadmap_tui.files.importing.places import Place, Places, items_in
from roadmap_tui.files.importing.sheet import Problem, Sheet
from roadmap_tui.files.importing.wishes import Reading, Wish, wishes
from roadmap_tui.files.line_ends import keep_line_ends
from roadmap_tui.files.reader import read
from roadmap_tui.files.spell import TRACKS, spell_value
from roadmap_tui.files.values import Values, lookup, same
from roadmap_tui.plan.shape import known_keys

_LAST = "\U0010ffff"
"""Greater than any id."""
_KEPT = ("failed", "live", "done")
_LISTS = ("links", "tags", "needs")


@dataclass(frozen=True, slots=True)
class Added:
    """An item that is new."""

    line: int
    track: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Updated:
    """An item that is there, and its fields that change: by name, what they were and what they will be."""

    line: int
    track: str
    id: str
    changes: dict[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an import would do.

    Attributes:
        same: how many items are there already as the table wants them.
        problems: what could not be read, by line.
        document: the roadmap with all of it.
    """

    columns: Columns
    added: tuple[Added, ...]
    updated: tuple[Updated, ...]
    same: int
    problems: tuple[Problem, ...]
    document: Document


def drafted(
    document: Document, sheet: Sheet, columns: Columns, reading: Reading, *, keep: bool
) -> Draft | Refusal:
    """What importing a table would do to a roadmap, or why it can't be done.

    Args:
        document: the roadmap; one without any text is begun.
        sheet: the table.
        columns: what its columns mean.
        reading: how its cells are to be read.
        keep: whether nothing that the roadmap says is to be changed, only what it leaves out to be filled in.
    """
    if document.raw and (document.read_only or document.plan is None):
        reason = document.read_only or "it holds no plan"
        return Refusal(
            f"{document.name} can't be changed: {reason}", "mend it first: roadmap check FILE"
        )
    wanted, problems = wishes(sheet, columns, reading)
    places = Places(document.data, wanted)
    problems += [problem for at, wish in enumerate(wanted) for problem in places.settle(at, wish)]
    added = {places.of[at]: wish for at, wish in enumerate(wanted) if places.is_new[at]}
    changes = _changes(places, wanted, keep=keep)
    changed = _written(
        document, added, {place: news for place, (_, news) in changes.items() if news}
    )
    if isinstance(changed, Refusal):
        return changed
    return Draft(
        columns,
        tuple(Added(wish.line, *place, wish.title) for place, wish in added.items()),
        tuple(Updated(line, *place, news) for place, (line, news) in changes.items() if news),
        sum(1 for _, news in changes.values() if not news),
        tuple(sorted(problems, key=lambda each: each.line)),
        changed,
    )


_News: TypeAlias = dict[str, tuple[object, object]]


def _changes(places: Places, wanted: list[Wish], *, keep: bool) -> dict[Place, tuple[int, _News]]:
    """By item that is there: the line of its row, and its fields that change."""
    found: dict[Place, tuple[int, _News]] = {}
    for at, wish in enumerate(wanted):
        if places.is_new[at]:
            continue
        item, news = places.item(at), _News()
        known = {*known_keys((places.of[at][0], "id"))} - (
            {"effort"} if "stages" in item else set()
        )
        for name, value in wish.values.items():
            new = _joined(item.get(name), value) if name in _LISTS else value
            said = name in item and (
                keep or same(item[name], new) or _says_as_much(name, item[name], new)
            )
            if name in known and not said:
                news[name] = (item.get(name), new)
        found[places.of[at]] = (wish.line, news)
    return found


def _joined(old: object, new: object) -> object:
    """What a list holds, and then what is new of the other; needs that are more than ids are kept, too."""
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *(each for each in new if each not in old)]
    return new


def _says_as_much(name: str, old: object, new: object) -> bool:
    """Whether the roadmap says the same more exactly: a range round a number, live where the table says done."""
    if name == "status":
        return new == "done" and old in _KEPT
    if isinstance(old, list) and isinstance(new, int | float):
        numbers = [each for each in old if isinstance(each, int | float)]
        return bool(numbers) and min(numbers) <= new <= max(numbers)
    return False


def _with_new(text: str, data: Values, added: Mapping[Place, Wish]) -> str:
    """The text with the new items after those of their track, or else at the end."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for (track, name), wish in added.items():
        after = track if track in data else TRACKS[-1]
        lines = [
            f"{field} = {spell_value(value, room=True)}\n" for field, value in wish.values.items()
        ]
        blocks[after].append("".join([f"[{track}.{name}]\n", *lines]))
    for track, spelled in blocks.items():
        text = insert_block(text, (track, _LAST), "\n".join(spelled))
    return text


def _vouched(item: Mapping[str, object], news: Mapping[str, object]) -> dict[str, object]:
    """The item, without calling a guess what the table says."""
    guesses = item.get("guesses")
    left = [each for each in guesses if each not in news] if isinstance(guesses, list) else guesses
    return {
        **{key: value for key, value in item.items() if key != "guesses"},
        **({"guesses": left} if left else {}),
    }


def _written(
    document: Document, added: Mapping[Place, Wish], changes: Mapping[Place, _News]
) -> Document | Refusal:
    """The document with all of it, or why it can't be written."""
    wanted = {track: dict(items_in(document.data, track)) for track in TRACKS}
    values = {
        place: {name: new for name, (_, new) in news.items()} for place, news in changes.items()
    }
    for (track, name), news in values.items():
        wanted[track][name] = _vouched({**wanted[track][name], **news}, news)
    text = patched(document, values)
    if text is None:
        return Refusal(
            "items can't be changed as they are written", "give each a table with a header"
        )
    for (track, name), wish in added.items():
        wanted[track][name] = wish.values
    text = _with_new(text, document.data, added)
    if text == document.text:
        return document
    raw = keep_line_ends(document.text, text).encode()
    oversize = size_refusal(document.name, len(raw))
    if oversize is not None:
        return replace(oversize, remedy="import fewer rows, or no summary: --map summary=")
    changed = read(raw, document.name)
    if any(
        not same(lookup(changed.data, (track,)) or {}, items) for track, items in wanted.items()
    ):
        return Refusal(
            "what would be written does not say what the table says", "import it into a new file"
        )
    return changed
