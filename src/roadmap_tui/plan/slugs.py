"""Ids made of titles."""

import re
import unicodedata

from roadmap_tui.plan.identifiers import RESERVED_IDS

_MAX_LENGTH = 40


def id_from_title(title: str) -> str:
    """An id made of a title: its words in plain letters, joined by hyphens, and not too many of them."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    while len(words) > 1 and len("-".join(words)) > _MAX_LENGTH:
        words.pop()
    name = "-".join(words)[:_MAX_LENGTH] or "item"
    return f"{name}-1" if name in RESERVED_IDS else name
