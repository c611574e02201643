"""Comparing texts as people read them: without regard to case, or to how a character is put together."""

import unicodedata
from bisect import bisect_left


def fold_case(text: str) -> str:
    """The text for comparing: é is the same as e with an accent, ﬁ the same as fi, sharp s the same as ss."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def unfolded_offset(text: str, at: int) -> int:
    """Where in a text something begins that begins at `at` once the text is folded."""
    if text.isascii() or at <= 0:
        return at
    return bisect_left(range(len(text)), at + 1, key=lambda end: len(fold_case(text[: end + 1])))
