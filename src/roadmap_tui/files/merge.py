"""Merging two versions of a roadmap that were made of one, key by key."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib import import_module
from typing import Any

from roadmap_tui.files.blocks import newline_of
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal, respell
from roadmap_tui.files.positions import BOM
from roadmap_tui.files.reader import read
from roadmap_tui.files.syntax import parse
from roadmap_tui.files.threeway import Change, Choices, Side, Three, Version, merge_values
from roadmap_tui.files.values import Values, lookup, same
from roadmap_tui.files.weave import missing_comments, weave, with_comments
from roadmap_tui.plan.faults import Fault, KeyPath
from roadmap_tui.plan.links import has_cycle

MARKER_SIZE = 7
_BOTH: tuple[Side, Side] = ("theirs", "ours")


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge came to.

    Attributes:
        document: the merged document, with our side of each conflict that has no choice.
        changes: every key that a side changed, in the order of the file.
        conflicts: those of them that need a choice.
        warnings: faults that neither side has by itself and that do not hinder a forecast.
    """

    document: Document
    changes: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    warnings: tuple[Fault, ...]


def merge(
    base: Document,
    ours: Document,
    theirs: Document,
    choices: Choices | None = None,
    disputed: frozenset[KeyPath] = frozenset(),
) -> Merged | Refusal:
    """Merge two documents that were made of `base`.

    What a merge makes unreadable is a conflict too, at the key that the sides have differently.

    Args:
        base: the common ancestor; one without text if there is none.
        ours: one side; the result has its name.
        theirs: the other side.
        choices: the side to take for each conflict, by its path.
        disputed: paths where the ancestor is in conflict itself.

    Returns:
        The merged document, read and found to say what was merged, or why there is none.
    """
    three = Three(base, ours, theirs)
    for each in three:
        if parse(each.text)[0] is None or each.raw != each.text.encode():
            return Refusal(f"{each.name} can't be merged by key: {each.barred}", "merge it by hand")
    chosen = dict(choices or {})
    forced: dict[KeyPath, Version] = {}
    while True:
        values, changes = merge_values(
            Three(base.data, ours.data, theirs.data), {**forced, **chosen}, disputed
        )
        sides: dict[KeyPath, Version] = {
            each.path: chosen.get(each.path, "ours") for each in changes if each.conflict
        }
        text = _text(three, values, sides)
        if text is None:
            return Refusal(
                f"{ours.name} can't be merged by key as it is written", "merge it by hand"
            )
        document = read(text.encode(), ours.name)
        new = _new_faults(three, document)
        hindered = {_place(three, path) for path in _fatal_paths(document, new)}
        if hindered - {()} <= {*forced, *chosen}:
            break
        forced.update((path, "ours") for path in hindered)
    conflicts = tuple(each for each in changes if each.conflict and each.path not in chosen)
    if hindered and not conflicts:
        return Refusal(
            f"together the changes make no plan: {new[0].text}", "merge them by hand", tuple(new)
        )
    return Merged(document, changes, conflicts, tuple(fault for fault in new if not fault.fatal))


def with_base(
    base: Document, ours: Document, theirs: Document, conflicts: Iterable[KeyPath]
) -> str | None:
    """The text of a merge with what the ancestor had of each conflict; it need not be a plan, and there may be none."""
    three = Three(base, ours, theirs)
    choices: dict[KeyPath, Version] = dict.fromkeys(conflicts, "base")
    values, _ = merge_values(Three(base.data, ours.data, theirs.data), choices)
    return _text(three, values, choices)


def marked(
    ours: Document, theirs: Document, labels: tuple[str, str], size: int = MARKER_SIZE
) -> str:
    """A text with both sides of every conflict between marks, one line each.

    Args:
        ours: the merged document with our side of the conflicts.
        theirs: the merged document with their side of the conflicts.
        labels: what the sides are called.
        size: how many signs a mark has.
    """
    newline = newline_of(ours.text)
    one, other = _lines(ours.text, newline), _lines(theirs.text, newline)
    pieces: list[str] = []
    for kind, start, stop, first, last in SequenceMatcher(
        None, one, other, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            pieces += one[start:stop]
            continue
        pieces += [f"{'<' * size} {labels[0]}{newline}", *one[start:stop], f"{'=' * size}{newline}"]
        pieces += [*other[first:last], f"{'>' * size} {labels[1]}{newline}"]
    return "".join(pieces)


def _new_faults(three: Three[Document], document: Document) -> list[Fault]:
    """The faults that neither side has; an element of a list may have moved."""
    known = {(fault.code, fault.path[:3], fault.wrong) for side in three for fault, _ in side.found}
    return [
        fault
        for fault, _ in document.found
        if (fault.code, fault.path[:3], fault.wrong) not in known
    ]


def _fatal_paths(document: Document, faults: list[Fault]) -> Iterator[KeyPath]:
    """Where the faults stand that hinder a forecast; of a cycle, every link."""
    fatal = [fault for fault in faults if fault.fatal]
    yield from (fault.path for fault in fatal)
    if document.plan is not None and fatal and has_cycle(document.plan):
        graphs = import_module("roadmap_tui.plan.graph")
        graph: Any = graphs.graph_of(document.plan)
        for cycle in graphs.cycles(graph):
            for before, after in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
                yield graph.edges[before, after]["path"]


def _place(three: Three[Document], path: KeyPath) -> KeyPath:
    """The longest beginning of a path where the sides differ, in tables that both have; ``()`` if there is none."""
    for length in range(len(path), 0, -1):
        around = (lookup(each.data, path[: length - 1]) for each in (three.ours, three.theirs))
        ours, theirs = (lookup(each.data, path[:length]) for each in (three.ours, three.theirs))
        if all(isinstance(each, Mapping) for each in around) and not same(ours, theirs):
            return path[:length]
    return ()


def _text(three: Three[Document], values: Values, sides: Choices) -> str | None:
    """A text that says `values`, with the comments of both sides; None if none is found."""
    written: Three[str | None] = Three(*(each.text for each in three))
    picked = written.pick(None)
    if picked is not None and not sides:
        return picked
    plain = Three(*(each.text.removeprefix(BOM) for each in three))
    style = Three(*map(newline_of, plain))
    if all(_is_even(text, newline) for text, newline in zip(plain, style, strict=True)):
        plain = Three(*(text.replace("\r\n", "\n") for text in plain))
    data: Three[Values] = Three(*(each.data for each in three))
    said = _said(weave(plain, data, sides), values) or _said(plain.ours, values)
    if said is None:
        return None
    missing = missing_comments(plain, said)
    for side in _BOTH if missing else ():
        said = with_comments(
            missing, side, (plain.side(side), data.side(side)), (said, values), sides
        )
        missing = missing_comments(plain, said)
    newline = style.pick(style.ours)
    bom = Three(*(each.text.startswith(BOM) for each in three))
    return BOM * bom.pick(bom.ours) + (said.replace("\n", newline) if "\r\n" not in said else said)


def _said(text: str, values: Values) -> str | None:
    """The text, with what it doesn't say as wanted spelled anew; None if that fails."""
    data = parse(text)[0]
    if data is None or same(data, values):
        return text if data is not None else None
    changed = respell(text, data, values)
    return changed if changed is not None and same(parse(changed)[0], values) else None


def _is_even(text: str, newline: str) -> bool:
    return text.count("\n") == text.count(newline)


def _lines(text: str, newline: str) -> list[str]:
    """The lines of a text, all of them ended."""
    *lines, rest = text.split("\n")
    return [*(f"{line}\n" for line in lines), *([rest + newline] if rest else [])]
