"""Merging two versions of a roadmap that were made of one, key by key."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib import import_module
from typing import Any

from roadmap_tui.document.blocks import detect_newline
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected, rewrite_text
from roadmap_tui.document.positions import BOM
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.text_merge import merge_texts, missing_comments, restore_comments
from roadmap_tui.document.three_way import (
    MergeChange,
    MergeChoices,
    MergeSide,
    MergeVersion,
    ThreeWay,
    merge_values,
)
from roadmap_tui.document.toml_parser import parse_toml
from roadmap_tui.document.values import Values, get_at, is_same_value
from roadmap_tui.plan.dependencies import has_cycle
from roadmap_tui.plan.faults import Fault, KeyPath

MARKER_SIZE = 7
_SIDES: tuple[MergeSide, MergeSide] = ("theirs", "ours")


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a merge came to.

    Attributes:
        document: the merged document, with our side of each conflict that has no choice.
        changes: every key that a side changed, in the order of the file.
        conflicts: those of them that need a choice.
        warnings: faults that neither side has by itself and that do not hinder a forecast.
    """

    document: Document
    changes: tuple[MergeChange, ...]
    conflicts: tuple[MergeChange, ...]
    warnings: tuple[Fault, ...]


def merge_documents(
    base: Document,
    ours: Document,
    theirs: Document,
    choices: MergeChoices | None = None,
    disputed: frozenset[KeyPath] = frozenset(),
) -> MergeResult | EditRejected:
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
    three = ThreeWay(base, ours, theirs)
    for each in three:
        if parse_toml(each.text)[0] is None or each.raw != each.text.encode():
            return EditRejected(
                f"{each.name} can't be merged by key: {each.edit_obstacle}", "merge it by hand"
            )
    chosen = dict(choices or {})
    forced: dict[KeyPath, MergeVersion] = {}
    while True:
        values, changes = merge_values(
            ThreeWay(base.data, ours.data, theirs.data), {**forced, **chosen}, disputed
        )
        sides: dict[KeyPath, MergeVersion] = {
            each.path: chosen.get(each.path, "ours") for each in changes if each.conflict
        }
        text = _merged_text(three, values, sides)
        if text is None:
            return EditRejected(
                f"{ours.name} can't be merged by key as it is written", "merge it by hand"
            )
        document = read_document(text.encode(), ours.name)
        new = _new_faults(three, document)
        hindered = {_conflicting_path(three, path) for path in _fatal_paths(document, new)}
        if hindered - {()} <= {*forced, *chosen}:
            break
        forced.update((path, "ours") for path in hindered)
    conflicts = tuple(each for each in changes if each.conflict and each.path not in chosen)
    if hindered and not conflicts:
        return EditRejected(
            f"together the changes make no plan: {new[0].text}", "merge them by hand", tuple(new)
        )
    return MergeResult(
        document, changes, conflicts, tuple(fault for fault in new if not fault.fatal)
    )


def merge_with_base(
    base: Document, ours: Document, theirs: Document, conflicts: Iterable[KeyPath]
) -> str | None:
    """The text of a merge with what the ancestor had of each conflict; it need not be a plan, and there may be none."""
    three = ThreeWay(base, ours, theirs)
    choices: dict[KeyPath, MergeVersion] = dict.fromkeys(conflicts, "base")
    values, _ = merge_values(ThreeWay(base.data, ours.data, theirs.data), choices)
    return _merged_text(three, values, choices)


def with_conflict_markers(
    ours: Document, theirs: Document, labels: tuple[str, str], size: int = MARKER_SIZE
) -> str:
    """A text with both sides of every conflict between marks, one line each.

    Args:
        ours: the merged document with our side of the conflicts.
        theirs: the merged document with their side of the conflicts.
        labels: what the sides are called.
        size: how many signs a mark has.
    """
    newline = detect_newline(ours.text)
    one, other = _terminated_lines(ours.text, newline), _terminated_lines(theirs.text, newline)
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


def _new_faults(three: ThreeWay[Document], document: Document) -> list[Fault]:
    """The faults that neither side has; an element of a list may have moved."""
    known = {
        (fault.code, fault.path[:3], fault.problem)
        for side in three
        for fault, _ in side.unlocated_faults
    }
    return [
        fault
        for fault, _ in document.unlocated_faults
        if (fault.code, fault.path[:3], fault.problem) not in known
    ]


def _fatal_paths(document: Document, faults: list[Fault]) -> Iterator[KeyPath]:
    """Where the faults stand that hinder a forecast; of a cycle, every link."""
    fatal = [fault for fault in faults if fault.fatal]
    yield from (fault.path for fault in fatal)
    if document.plan is not None and fatal and has_cycle(document.plan):
        graphs = import_module("roadmap_tui.plan.graph")
        graph: Any = graphs.build_graph(document.plan)
        for cycle in graphs.find_cycles(graph):
            for before, after in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
                yield graph.edges[before, after]["path"]


def _conflicting_path(three: ThreeWay[Document], path: KeyPath) -> KeyPath:
    """The longest beginning of a path where the sides differ, in tables that both have; ``()`` if there is none."""
    for length in range(len(path), 0, -1):
        around = (get_at(each.data, path[: length - 1]) for each in (three.ours, three.theirs))
        ours, theirs = (get_at(each.data, path[:length]) for each in (three.ours, three.theirs))
        if all(isinstance(each, Mapping) for each in around) and not is_same_value(ours, theirs):
            return path[:length]
    return ()


def _merged_text(three: ThreeWay[Document], values: Values, sides: MergeChoices) -> str | None:
    """A text that says `values`, with the comments of both sides; None if none is found."""
    written: ThreeWay[str | None] = ThreeWay(*(each.text for each in three))
    picked = written.resolve(None)
    if picked is not None and not sides:
        return picked
    plain = ThreeWay(*(each.text.removeprefix(BOM) for each in three))
    style = ThreeWay(*map(detect_newline, plain))
    if all(
        _has_uniform_newlines(text, newline) for text, newline in zip(plain, style, strict=True)
    ):
        plain = ThreeWay(*(text.replace("\r\n", "\n") for text in plain))
    data: ThreeWay[Values] = ThreeWay(*(each.data for each in three))
    said = _text_with_values(merge_texts(plain, data, sides), values) or _text_with_values(
        plain.ours, values
    )
    if said is None:
        return None
    missing = missing_comments(plain, said)
    for side in _SIDES if missing else ():
        said = restore_comments(
            missing, side, (plain.version(side), data.version(side)), (said, values), sides
        )
        missing = missing_comments(plain, said)
    newline = style.resolve(style.ours)
    bom = ThreeWay(*(each.text.startswith(BOM) for each in three))
    return BOM * bom.resolve(bom.ours) + (
        said.replace("\n", newline) if "\r\n" not in said else said
    )


def _text_with_values(text: str, values: Values) -> str | None:
    """The text, with what it doesn't say as wanted spelled anew; None if that fails."""
    data = parse_toml(text)[0]
    if data is None or is_same_value(data, values):
        return text if data is not None else None
    changed = rewrite_text(text, data, values)
    return (
        changed if changed is not None and is_same_value(parse_toml(changed)[0], values) else None
    )


def _has_uniform_newlines(text: str, newline: str) -> bool:
    return text.count("\n") == text.count(newline)


def _terminated_lines(text: str, newline: str) -> list[str]:
    """The lines of a text, all of them ended."""
    *lines, rest = text.split("\n")
    return [*(f"{line}\n" for line in lines), *([rest + newline] if rest else [])]
