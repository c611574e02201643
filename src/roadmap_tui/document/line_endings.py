"""Line endings of a text that has both kinds: an edit preserves them."""

from difflib import SequenceMatcher
from typing import NamedTuple

from roadmap_tui.document.blocks import detect_newline


class _Line(NamedTuple):
    content: str
    end: str


def preserve_line_endings(before: str, after: str) -> str:
    """An edited text whose lines end as they did before, and new ones like the line above.

    TOML reads both kinds alike, in multi-line strings too. A text with one kind is unchanged.
    """
    if not 0 < before.count("\r\n") < before.count("\n"):
        return after
    old, new = _lines(before), _lines(after)
    ends = _kept_ends(old, new)
    above = next((end for end in ends if end), detect_newline(before))
    lines = []
    for line, kept in zip(new, ends, strict=True):
        end = (kept or above) if line.end else ""
        lines.append(line.content + end)
        above = end or above
    return "".join(lines)


def _lines(text: str) -> list[_Line]:
    *whole, rest = text.split("\n")
    lines: list[_Line] = []
    for line in whole:
        end = "\r\n" if line.endswith("\r") else "\n"
        lines.append(_Line(line.removesuffix("\r"), end))
    if rest:
        lines.append(_Line(rest, ""))
    return lines


def _kept_ends(old: list[_Line], new: list[_Line]) -> list[str]:
    """The end that each new line had before; empty if it is new, or was last and had none."""
    top = _common_prefix_length([each.content for each in old], [each.content for each in new])
    below = _common_prefix_length(
        [each.content for each in reversed(old[top:])],
        [each.content for each in reversed(new[top:])],
    )
    ends = [each.end for each in old[:top]]
    ends += _ends_between(old[top : len(old) - below], new[top : len(new) - below])
    return ends + [each.end for each in old[len(old) - below :]]


def _ends_between(old: list[_Line], new: list[_Line]) -> list[str]:
    ends = [""] * len(new)
    before, after = [each.content for each in old], [each.content for each in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, start, stop, first, last in matcher.get_opcodes():
        # Where lines were removed, the last one that is left ends the same value as before.
        begin = max(start, stop - (last - first))
        for offset in range(min(stop - start, last - first)):
            ends[first + offset] = old[begin + offset].end
    return ends


def _common_prefix_length(one: list[str], other: list[str]) -> int:
    """How many lines two texts have in common at their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))
