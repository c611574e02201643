"""Text comparison without regard to case and Unicode composition."""

import unicodedata
from bisect import bisect_left


def fold_case(text: str) -> str:
    """A text to compare by: composed characters and ligatures equal their parts."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def unfolded_offset(text: str, at: int) -> int:
    """The offset in a text that corresponds to an offset in the folded text."""
    if text.isascii() or at <= 0:
        return at
    return bisect_left(range(len(text)), at + 1, key=lambda end: len(fold_case(text[: end + 1])))
