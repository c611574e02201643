"""Conflict markers in a text: both sides of each conflict, with or without their ancestor."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from roadmap_tui.document.blocks import detect_newline

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_OPENING = re.compile(r"(<{7,})(?: .*)?\r?\n?")


@dataclass(frozen=True, slots=True)
class ConflictLabels:
    """The names of the three versions beside the markers."""

    ours: str = "ours"
    base: str = "base"
    theirs: str = "theirs"


_DEFAULT_LABELS = ConflictLabels()


@dataclass(frozen=True, slots=True)
class MarkerFormat:
    """How to mark conflicts.

    Attributes:
        size: the length of a marker.
        labels: the names of the versions.
        style: git's ``merge``, ``diff3`` or ``zdiff3``.
    """

    size: int = 7
    labels: ConflictLabels = _DEFAULT_LABELS
    style: str = "merge"


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Lines between lines that all three texts have."""

    base: list[str]
    ours: list[str]
    theirs: list[str]


def with_three_way_markers(ours: str, base: str, theirs: str, marks: MarkerFormat) -> str:
    """A text with three versions of every conflict between markers on lines of their own.

    Args:
        ours: the text with our side of all conflicts.
        base: the text with the ancestor's.
        theirs: the text with their side.
        marks: how to mark them; in ``zdiff3``, lines that both sides begin or end with are outside.
    """
    size, labels = marks.size, marks.labels
    newline = detect_newline(ours)
    pieces: list[str] = []
    texts = (terminated_lines(each, newline) for each in (ours, base, theirs))
    for part in _chunks(*texts):
        if part.ours == part.theirs:
            pieces += part.ours
            continue
        head, tail = _common_ends(part.ours, part.theirs) if marks.style == "zdiff3" else (0, 0)
        pieces += part.ours[:head]
        pieces += [f"{'<' * size} {labels.ours}{newline}", *part.ours[head : len(part.ours) - tail]]
        pieces += [f"{'|' * size} {labels.base}{newline}", *part.base]
        pieces += [f"{'=' * size}{newline}", *part.theirs[head : len(part.theirs) - tail]]
        pieces += [f"{'>' * size} {labels.theirs}{newline}", *part.ours[len(part.ours) - tail :]]
    return "".join(pieces)


def split_conflict_sides(text: str) -> tuple[str, str] | None:
    """The text of either side of a text with markers; None if there are none or they don't match.

    Conflicts of one marker size are split at a time: one within another has another size.
    """
    sizes = {len(found[1]) for line in text.split("\n") if (found := _OPENING.fullmatch(line))}
    if not sizes:
        return None
    ours, theirs = text, text
    for size in sorted(sizes):
        one, other = _side(ours, size, "ours"), _side(theirs, size, "theirs")
        if one is None or other is None:
            return None
        ours, theirs = one, other
    return ours, theirs


def _side(text: str, size: int, wanted: str) -> str | None:
    """The text with one side of each conflict whose markers have this size; None on a mismatch."""
    parts = {"<" * size: "ours", "|" * size: "base", "=" * size: "theirs", ">" * size: "both"}
    follows = {"both": {"ours"}, "ours": {"base", "theirs"}, "base": {"theirs"}, "theirs": {"both"}}
    kept: list[str] = []
    part = "both"
    for line in _LINE.findall(text):
        word = line.rstrip("\r\n").split(" ", 1)[0]
        if word in parts:
            if parts[word] not in follows[part]:
                return None
            part = parts[word]
        elif part in {"both", wanted}:
            kept.append(line)
    return "".join(kept) if part == "both" else None


def _chunks(ours: list[str], base: list[str], theirs: list[str]) -> Iterator[_Chunk]:
    """The three texts in parts; a line that all have in common is a part of its own."""
    to_base, to_theirs = _common_lines(ours, base), _common_lines(ours, theirs)
    at = [0, 0, 0]
    for line in [each for each in range(len(ours)) if each in to_base and each in to_theirs]:
        ends = [to_base[line], line, to_theirs[line]]
        if ends != at:
            yield _Chunk(base[at[0] : ends[0]], ours[at[1] : ends[1]], theirs[at[2] : ends[2]])
        yield _Chunk([ours[line]], [ours[line]], [ours[line]])
        at = [each + 1 for each in ends]
    yield _Chunk(base[at[0] :], ours[at[1] :], theirs[at[2] :])


def _common_lines(one: list[str], other: list[str]) -> dict[int, int]:
    """The lines of a text that another has too, in the same order, with their partners there."""
    partners: dict[int, int] = {}
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        partners |= {block.a + step: block.b + step for step in range(block.size)}
    return partners


def _common_ends(one: list[str], other: list[str]) -> tuple[int, int]:
    """How many lines two parts begin with in common, and how many of the rest they end with."""
    most = min(len(one), len(other))
    head = next((at for at in range(most) if one[at] != other[at]), most)
    rest = most - head
    tail = next((at for at in range(rest) if one[-1 - at] != other[-1 - at]), rest)
    return head, tail


def terminated_lines(text: str, newline: str) -> list[str]:
    """The lines of a text with their ends; the last one gets an end if it has none."""
    *lines, rest = text.split("\n")
    terminated = [f"{line}\n" for line in lines]
    if rest:
        terminated.append(rest + newline)
    return terminated
