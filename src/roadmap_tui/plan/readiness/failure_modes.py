"""Ways in which a model can be wrong."""

from typing import Literal, Self

from pydantic import model_validator

from roadmap_tui.plan.base import Count, Table
from roadmap_tui.plan.estimate import EstimateField, ShareField
from roadmap_tui.plan.validators import validate_count_of_total


class FailureMode(Table):
    """A way of being wrong: what it looks like, how often, whom it hurts."""

    example: str | None = None
    hurts: str | None = None
    hits: Count | None = None
    of: Count | None = None
    severity: Literal["low", "medium", "high"] | None = None
    cost: EstimateField | None = None
    caught: ShareField | None = None
    mitigation: str | None = None
    fallback: str | None = None

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("hits", self.hits), ("of", self.of))
        return self
