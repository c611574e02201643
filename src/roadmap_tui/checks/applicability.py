"""From when on a check applies to an item."""

from typing import Literal, TypeAlias

AppliesFrom: TypeAlias = Literal["always", "next", "active", "evaluate", "live"]
