"""What an id is; apart from the models, which take long to import."""

import re

RESERVED_IDS = frozenset({"roadmap", "teams", "policy", "market", "scenario", "x"})
ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def is_id(text: str) -> bool:
    """Whether a text may be the id of an item or the name of a scenario."""
    return ID.fullmatch(text) is not None and text not in RESERVED_IDS
