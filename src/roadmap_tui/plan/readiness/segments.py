"""Parts of the cases that are measured on their own."""

from typing import Annotated, Literal, Self

from pydantic import model_validator

from roadmap_tui.plan.base import Chance, Count, Table
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.validators import validate_count_of_total


class DataSegment(Table):
    """A part of the cases that is measured on its own."""

    kind: Annotated[
        Literal[
            "language", "demographic", "device", "minority", "rare-input", "adversarial", "new-user"
        ]
        | None,
        field_doc("Kind", "What sets the segment apart.", example="language"),
    ] = None
    share: Annotated[
        Chance | None,
        field_doc("Share", "Share of all cases that belong to the segment.", example=0.2),
    ] = None
    hits: Annotated[
        Count | None,
        field_doc("Hits", "Cases of the segment that were right.", example=70, unit="cases"),
    ] = None
    of: Annotated[
        Count | None,
        field_doc("Cases", "Cases of the segment that were measured.", example=90, unit="cases"),
    ] = None
    floor: Annotated[
        Chance | None, field_doc("Floor", "Smallest acceptable share of right cases.", example=0.7)
    ] = None

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("hits", self.hits), ("of", self.of))
        return self
