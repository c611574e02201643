"""Whether people accept a feature's answers, and whether too readily."""

import datetime as dt
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from roadmap_tui.plan.base import Chance, Count, Day, ListOf, Table, TableOrListOf
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.validators import fault_error, validate_count_of_total

Interaction: TypeAlias = Literal[
    "assist", "autocomplete", "decision", "generation", "recommendation"
]


class TrustWeek(Table):
    """What people did with the answers of one week."""

    on: Annotated[
        Day, field_doc("Week", "Day on which the week was counted.", example=dt.date(2026, 11, 16))
    ]
    shown: Annotated[
        Count | None,
        field_doc("Shown", "Answers that users saw in that week.", example=1200, unit="answers"),
    ] = None
    accepted: Annotated[
        Count,
        field_doc(
            "Accepted", "Answers that users accepted unchanged.", example=640, unit="answers"
        ),
    ]
    edited: Annotated[
        Count,
        field_doc(
            "Edited",
            "Answers that users changed before they used them.",
            example=210,
            unit="answers",
        ),
    ] = 0
    overridden: Annotated[
        Count,
        field_doc(
            "Overridden", "Answers that users rejected or replaced.", example=150, unit="answers"
        ),
    ]

    @property
    def decision_count(self) -> int:
        """Answers that were accepted, edited or overridden."""
        return self.accepted + self.edited + self.overridden

    @model_validator(mode="after")
    def _check_shown_count(self) -> Self:
        if self.shown is not None and self.decision_count > self.shown:
            remedy = f"{self.decision_count} were accepted, edited or overridden"
            raise fault_error("fitness", "fewer answers were shown than decided", remedy, "shown")
        return self


class CohortWeek(TrustWeek):
    """What people of one group did in one week, and how many of them left."""

    accepted: Annotated[
        Count,
        field_doc(
            "Accepted", "Answers that users accepted unchanged.", example=640, unit="answers"
        ),
    ] = 0
    overridden: Annotated[
        Count,
        field_doc(
            "Overridden", "Answers that users rejected or replaced.", example=150, unit="answers"
        ),
    ] = 0
    active: Annotated[
        Count | None,
        field_doc("Active", "People of the group at the week's start.", example=400, unit="people"),
    ] = None
    churned: Annotated[
        Count | None,
        field_doc("Churned", "People of them who left in that week.", example=6, unit="people"),
    ] = None

    @model_validator(mode="after")
    def _check_churn(self) -> Self:
        validate_count_of_total(("churned", self.churned), ("active", self.active))
        return self


class Activation(Table):
    """How many of those who could use it do, and how many value it."""

    on: Annotated[
        Day | None,
        field_doc("Counted on", "Day of the count.", example=dt.date(2026, 11, 16)),
    ] = None

    eligible: Annotated[
        Count, field_doc("Eligible", "People who could use it.", example=4000, unit="people")
    ]
    activated: Annotated[
        Count, field_doc("Activated", "People who have used it.", example=1800, unit="people")
    ]
    valued: Annotated[
        Count | None,
        field_doc("Valued", "People who got a result that they value.", example=900, unit="people"),
    ] = None

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("activated", self.activated), ("eligible", self.eligible))
        if self.valued is not None:
            validate_count_of_total(("valued", self.valued), ("activated", self.activated))
        return self


def newest_activations(counts: tuple[Activation, ...]) -> tuple[Activation, ...]:
    """The counts, the newest first; those without a day come last."""
    return tuple(sorted(counts, key=lambda each: each.on or dt.date.min)[::-1])


class Cohort(Table):
    """A group of users that is counted on its own."""

    uses: Annotated[
        bool | None,
        field_doc(
            "Uses the feature",
            "Whether these are users of the feature (true) or others (false), to compare churn.",
            example=True,
        ),
    ] = None
    weeks: Annotated[
        ListOf[CohortWeek],
        field_doc(
            "Weeks",
            "Weekly counts of this group, as of the feature's own weeks; or active and churned.",
            example=[{"on": dt.date(2026, 11, 16), "accepted": 64, "overridden": 15}],
        ),
    ] = ()
    activation: Annotated[
        TableOrListOf[Activation],
        field_doc(
            "Activation",
            "How many people of this group use it; the newest count counts.",
            example={"eligible": 400, "activated": 180},
        ),
    ] = ()


class Trust(Table):
    """Whether people accept the answers, and whether too readily."""

    interaction: Annotated[
        Interaction | None,
        field_doc(
            "Interaction",
            "How people meet the answers; it sets the default override alarm.",
            example="assist",
        ),
    ] = None
    weeks: Annotated[
        ListOf[TrustWeek],
        field_doc(
            "Weeks",
            "Weekly counts of answers accepted, edited and overridden.",
            example=[{"on": dt.date(2026, 11, 16), "accepted": 640, "overridden": 150}],
        ),
    ] = ()
    alarm: Annotated[
        Chance | None,
        field_doc(
            "Override alarm",
            "Share of overrides above which trust counts as lost.",
            example=0.4,
            left_out="0.4, for autocomplete 0.75",
        ),
    ] = None
    floor: Annotated[
        Chance | None,
        field_doc(
            "Override floor",
            "Share of overrides below which people may no longer be checking answers.",
            example=0.02,
            left_out="0.02, on high stakes only",
        ),
    ] = None
    activation: Annotated[
        TableOrListOf[Activation],
        field_doc(
            "Activation",
            "How many of those who could use it do; the newest count counts.",
            example=[{"on": dt.date(2026, 11, 16), "eligible": 4000, "activated": 1800}],
        ),
    ] = ()
    cohorts: Annotated[
        dict[str, Cohort],
        field_doc(
            "Cohorts",
            "Groups of users that are counted on their own, by name.",
            example={
                "new-users": {
                    "weeks": [{"on": dt.date(2026, 11, 16), "accepted": 64, "overridden": 15}]
                }
            },
        ),
    ] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check_threshold_order(self) -> Self:
        if self.alarm is not None and self.floor is not None and self.floor > self.alarm:
            remedy = f"set it to at most {self.alarm:g}"
            raise fault_error("fitness", "the floor is above the alarm", remedy, "floor")
        return self
