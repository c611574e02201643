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
    lines = [
        _Line(each.removesuffix("\r"), "\r\n" if each.endswith("\r") else "\n") for each in whole
    ]
    return [*lines, _Line(rest, "")] if rest else lines


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
    matcher = SequenceMatcher(
        None, [each.content for each in old], [each.content for each in new], autojunk=False
    )
    for _, start, stop, first, last in matcher.get_opcodes():
        begin = max(
            start, stop - (last - first)
        )  # of fewer lines than before, the last one ends the same value
        for offset in range(
            min(stop - start, last - first)
        ):  # lines that stay, and lines that were changed
            ends[first + offset] = old[begin + offset].end
    return ends


def _common_prefix_length(one: list[str], other: list[str]) -> int:
    """How many lines two texts have in common at their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))
