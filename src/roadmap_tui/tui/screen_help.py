"""Help on how a screen is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScreenHelp:
    """How a screen is read.

    Attributes:
        purpose: what it answers.
        signs: its signs, with their meanings.
    """

    purpose: str
    signs: tuple[tuple[str, str], ...]


COMMON_SIGNS = (
    ("▌", "the selected item"),
    ("◆", "a spike: a question"),
    ("~", "rests on an assumption"),
    ("✗", "failed, dropped or in breach"),
)
"""Signs that all screens share."""
