"""A fault: what is wrong with a plan, where, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a plan.

    Attributes:
        code: what kind of fault it is, such as ``unknown-key`` or ``GV01``.
        path: keys and list indices from the top of the file to the place at fault.
        problem: what is wrong, in a clause.
        remedy: what would be right, in a clause; empty if `problem` implies it.
        at: whether the key or its value is at fault.
        fatal: whether no forecast can be made while it stands.
    """

    code: str
    path: KeyPath
    problem: str
    remedy: str = ""
    at: Literal["key", "value"] = "value"
    fatal: bool = True

    @property
    def text(self) -> str:
        """What is wrong and what would be right, in one line."""
        return f"{self.problem}; {self.remedy}" if self.remedy else self.problem


def format_path(path: KeyPath) -> str:
    """The path as people write it: ``model.triage.needs[0]``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A suggestion for a mistyped word, or the known words if they are few, or nothing."""
    words = sorted(known)
    spelled = {each.lower(): each for each in reversed(words)}
    close = get_close_matches(word.lower(), sorted(spelled), n=1, cutoff=0.6)
    if close:
        return f'did you mean "{spelled[close[0]]}"?'
    return f"known here: {', '.join(words)}" if 0 < len(words) <= 12 else ""
