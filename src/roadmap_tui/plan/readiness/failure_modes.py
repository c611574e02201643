"""Ways in which a model can be wrong."""

from typing import Annotated, Literal, Self

from pydantic import model_validator

from roadmap_tui.plan.base import Count, Table
from roadmap_tui.plan.estimate import EstimateField, ShareField
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.validators import validate_count_of_total


class FailureMode(Table):
    """A way of being wrong: what it looks like, how often, whom it hurts."""

    example: Annotated[
        str | None,
        field_doc(
            "Example",
            "What the failure looks like.",
            example="cites an article that does not exist",
        ),
    ] = None
    hurts: Annotated[
        str | None,
        field_doc("Who is hurt", "Who is harmed by it.", example="customers who follow the link"),
    ] = None
    hits: Annotated[
        Count | None,
        field_doc("Occurrences", "Cases in which it occurred.", example=12, unit="cases"),
    ] = None
    of: Annotated[
        Count | None, field_doc("Cases", "Cases that were examined.", example=400, unit="cases")
    ] = None
    severity: Annotated[
        Literal["low", "medium", "high"] | None,
        field_doc("Severity", "How much harm one occurrence does.", example="medium"),
    ] = None
    cost: Annotated[
        EstimateField | None,
        field_doc("Cost", "Cost of one occurrence.", example=[5, 20, 80], unit="money"),
    ] = None
    caught: Annotated[
        ShareField | None,
        field_doc(
            "Caught", "Share of occurrences that are caught before they do harm.", example=0.8
        ),
    ] = None
    mitigation: Annotated[
        str | None,
        field_doc(
            "Mitigation",
            "What makes it rarer or less harmful.",
            example="check that every link resolves",
        ),
    ] = None
    fallback: Annotated[
        str | None,
        field_doc(
            "Fallback", "What users get instead when it occurs.", example="a list of search results"
        ),
    ] = None

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("hits", self.hits), ("of", self.of))
        return self
