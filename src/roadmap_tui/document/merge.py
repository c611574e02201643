"""Merge of two versions of a roadmap with a common ancestor, key by key."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib import import_module
from typing import Any

from roadmap_tui.document.blocks import detect_newline
from roadmap_tui.document.conflict_markers import terminated_lines
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
    """The result of a merge.

    Attributes:
        document: the merged document, with our side of each conflict that has no choice.
        changes: every key that a side changed, in the order of the file.
        conflicts: those of them that need a choice.
        warnings: faults that neither side has on its own and that don't prevent a forecast.
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
    """Merge two documents that come from `base`.

    What would make the result unreadable is a conflict too, at the key where the sides differ.

    Args:
        base: the common ancestor; an empty one if there is none.
        ours: one side; the result has its name.
        theirs: the other side.
        choices: the side to take for each conflict, by its path.
        disputed: paths where the ancestor is in conflict itself.

    Returns:
        The merged document, which reads back as what was merged, or why there is none.
    """
    three = ThreeWay(base, ours, theirs)
    for each in three:
        if parse_toml(each.text)[0] is None or each.raw != each.text.encode():
            reason = f"{each.name} can't be merged by key: {each.edit_obstacle}"
            return EditRejected(reason, "merge it by hand")
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
            reason = f"{ours.name} can't be merged by key because of its layout"
            return EditRejected(reason, "merge it by hand")
        document = read_document(text.encode(), ours.name)
        new = _new_faults(three, document)
        fatal = {_conflicting_path(three, path) for path in _fatal_paths(document, new)}
        # Keys that make the result no plan become conflicts, until no new ones turn up.
        if fatal - {()} <= {*forced, *chosen}:
            break
        forced.update((path, "ours") for path in fatal)
    conflicts = tuple(each for each in changes if each.conflict and each.path not in chosen)
    if fatal and not conflicts:
        reason = f"the changes are not valid together: {new[0].text}"
        return EditRejected(reason, "merge them by hand", tuple(new))
    warnings = tuple(fault for fault in new if not fault.fatal)
    return MergeResult(document, changes, conflicts, warnings)


def merge_with_base(
    base: Document, ours: Document, theirs: Document, conflicts: Iterable[KeyPath]
) -> str | None:
    """The text of a merge with the ancestor's side of each conflict, whether it is a plan or not.

    Returns:
        The text; None if there is none.
    """
    three = ThreeWay(base, ours, theirs)
    choices: dict[KeyPath, MergeVersion] = dict.fromkeys(conflicts, "base")
    values, _ = merge_values(ThreeWay(base.data, ours.data, theirs.data), choices)
    return _merged_text(three, values, choices)


def with_conflict_markers(
    ours: Document, theirs: Document, labels: tuple[str, str], size: int = MARKER_SIZE
) -> str:
    """A text with both sides of every conflict between markers on lines of their own.

    Args:
        ours: the merged document with our side of the conflicts.
        theirs: the merged document with their side of the conflicts.
        labels: the names of the sides.
        size: the length of a marker.
    """
    newline = detect_newline(ours.text)
    one, other = terminated_lines(ours.text, newline), terminated_lines(theirs.text, newline)
    pieces: list[str] = []
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    for kind, start, stop, first, last in steps:
        if kind == "equal":
            pieces += one[start:stop]
            continue
        pieces += [f"{'<' * size} {labels[0]}{newline}", *one[start:stop], f"{'=' * size}{newline}"]
        pieces += [*other[first:last], f"{'>' * size} {labels[1]}{newline}"]
    return "".join(pieces)


def _new_faults(three: ThreeWay[Document], document: Document) -> list[Fault]:
    """The faults that neither side has; an element of a list may have moved."""

    def identity(fault: Fault) -> tuple[str, KeyPath, str]:
        return fault.code, fault.path[:3], fault.problem

    known: set[tuple[str, KeyPath, str]] = set()
    for side in three:
        known.update(identity(fault) for fault, _ in side.unlocated_faults)
    return [fault for fault, _ in document.unlocated_faults if identity(fault) not in known]


def _fatal_paths(document: Document, faults: list[Fault]) -> Iterator[KeyPath]:
    """The paths of faults that prevent a forecast; of a cycle, every dependency."""
    fatal = [fault for fault in faults if fault.fatal]
    yield from (fault.path for fault in fatal)
    if document.plan is not None and fatal and has_cycle(document.plan):
        graphs = import_module("roadmap_tui.plan.graph")
        graph: Any = graphs.build_graph(document.plan)
        for cycle in graphs.find_cycles(graph):
            for before, after in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
                yield graph.edges[before, after]["path"]


def _conflicting_path(three: ThreeWay[Document], path: KeyPath) -> KeyPath:
    """The longest beginning of a path where the sides differ, in tables that both have.

    Returns:
        The path; ``()`` if there is none.
    """
    ours, theirs = three.ours.data, three.theirs.data
    for length in range(len(path), 0, -1):
        key, table = path[:length], path[: length - 1]
        tables = (get_at(ours, table), get_at(theirs, table))
        have_both = all(isinstance(each, Mapping) for each in tables)
        if have_both and not is_same_value(get_at(ours, key), get_at(theirs, key)):
            return key
    return ()


def _merged_text(three: ThreeWay[Document], values: Values, sides: MergeChoices) -> str | None:
    """A text that parses to `values`, with the comments of both sides; None if none is found."""
    unchanged: ThreeWay[str | None] = ThreeWay(*(each.text for each in three))
    one_sided = unchanged.resolve(None)
    if one_sided is not None and not sides:
        return one_sided
    plain = ThreeWay(*(each.text.removeprefix(BOM) for each in three))
    newlines = ThreeWay(*map(detect_newline, plain))
    if all(map(_has_uniform_newlines, plain, newlines)):
        plain = ThreeWay(*(text.replace("\r\n", "\n") for text in plain))
    data: ThreeWay[Values] = ThreeWay(*(each.data for each in three))
    text = _text_with_values(merge_texts(plain, data, sides), values)
    text = text or _text_with_values(plain.ours, values)
    if text is None:
        return None
    missing = missing_comments(plain, text)
    for side in _SIDES if missing else ():
        source = (plain.version(side), data.version(side))
        text = restore_comments(missing, side, source, (text, values), sides)
        missing = missing_comments(plain, text)
    if "\r\n" not in text:
        text = text.replace("\n", newlines.resolve(newlines.ours))
    marks = ThreeWay(*(each.text.startswith(BOM) for each in three))
    return BOM * marks.resolve(marks.ours) + text


def _text_with_values(text: str, values: Values) -> str | None:
    """The text, edited where it doesn't parse to `values`; None if that fails."""
    data = parse_toml(text)[0]
    if data is None or is_same_value(data, values):
        return text if data is not None else None
    changed = rewrite_text(text, data, values)
    if changed is None or not is_same_value(parse_toml(changed)[0], values):
        return None
    return changed


def _has_uniform_newlines(text: str, newline: str) -> bool:
    return text.count("\n") == text.count(newline)
