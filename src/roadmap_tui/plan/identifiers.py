"""Ids of items and scenarios; apart from the models, which take long to import."""

import re
import unicodedata

RESERVED_IDS = frozenset({"roadmap", "teams", "policy", "market", "scenario", "x"})
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_MAX_LENGTH = 40


def is_id(text: str) -> bool:
    """Whether `text` may be the id of an item or the name of a scenario."""
    return ID.fullmatch(text) is not None and text not in RESERVED_IDS


def id_from_title(title: str) -> str:
    """An id made from a title: its first words in plain letters, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    while len(words) > 1 and len("-".join(words)) > _MAX_LENGTH:
        words.pop()
    name = "-".join(words)[:_MAX_LENGTH] or "item"
    return f"{name}-1" if name in RESERVED_IDS else name
