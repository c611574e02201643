"""Parts of the cases that are measured on their own."""

from typing import Literal, Self

from pydantic import model_validator

from roadmap_tui.plan.base import Chance, Count, Table
from roadmap_tui.plan.validators import validate_count_of_total


class DataSegment(Table):
    """A part of the cases that is measured on its own."""

    kind: (
        Literal["language", "demographic", "device", "rare-input", "adversarial", "new-user"] | None
    ) = None
    share: Chance | None = None
    hits: Count | None = None
    of: Count | None = None
    floor: Chance | None = None

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("hits", self.hits), ("of", self.of))
        return self
