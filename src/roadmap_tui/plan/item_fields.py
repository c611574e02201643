"""Fields that several kinds of items have in common."""

import datetime as dt
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from roadmap_tui.plan.base import (
    Chance,
    Day,
    Evidence,
    Id,
    ListOf,
    NonNegative,
    Pin,
    Status,
    Table,
)
from roadmap_tui.plan.deadline import Deadline
from roadmap_tui.plan.estimate import EffortField, EstimateField
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.money.economics import BusinessCase
from roadmap_tui.plan.needs import NeedField
from roadmap_tui.plan.readiness.failure_modes import FailureMode

USUAL_IMPACT = (0.25, 3.0)
"""The scale of impact, from minimal to massive; others are stored, but asked about."""
AssumedField: TypeAlias = Literal[
    "effort", "chance", "reach", "impact", "confidence", "timebox", "yes_if_works", "yes_if_not"
]


class IgnoredCheck(Table):
    """A check whose findings are ignored, and why."""

    check: Annotated[str, field_doc("Check", "Check that is ignored here.", example="DT03")]
    why: Annotated[
        str | None,
        field_doc("Reason", "Why its findings are ignored.", example="agreed with legal"),
    ] = None
    until: Annotated[
        Day | None,
        field_doc("Until", "Last day on which it is ignored.", example=dt.date(2027, 3, 31)),
    ] = None


class ItemBase(Table):
    """Fields of every item.

    Attributes:
        guesses: given numbers that are assumptions; those of stages as effort and chance.
    """

    title: Annotated[
        str | None,
        field_doc(
            "Title",
            "Name on every screen and in every export.",
            example="Answers to customers",
            left_out="the id as words",
            columns=[
                "title",
                "feature",
                "feature name",
                "name",
                "idea",
                "initiative",
                "project",
                "item",
                "task",
                "summary",
            ],
        ),
    ] = None
    summary: Annotated[
        str | None,
        field_doc(
            "Summary",
            "What it is about; changes no figure.",
            example="Drafts a reply from the help articles.",
            columns=["summary", "notes", "note", "comment"],
        ),
    ] = None
    public: Annotated[
        str | None,
        field_doc(
            "Public name",
            "Name in exports for customers; without one it is left out there.",
            example="Faster answers",
        ),
    ] = None
    owner: Annotated[
        str | None,
        field_doc(
            "Owner",
            "Who decides about it; expected once it is active.",
            example="Ana",
            columns=["owner", "assignee", "assignees", "lead", "pm"],
        ),
    ] = None
    team: Annotated[
        str | None,
        field_doc(
            "Team",
            "Team that does the work; its size limits when work starts.",
            example="app",
            left_out="not limited by people",
            columns=["team", "squad"],
        ),
    ] = None
    tags: Annotated[
        ListOf[str],
        field_doc(
            "Tags",
            "Words to filter and group by.",
            example=["support", "beta"],
            columns=["tags", "labels", "label", "tag", "theme", "category"],
        ),
    ] = ()
    links: Annotated[
        ListOf[str],
        field_doc(
            "Links",
            "Addresses of tickets, documents and boards.",
            example=["https://example.com/T-17"],
        ),
    ] = ()
    status: Annotated[
        Status,
        field_doc(
            "Status",
            "Ideas are ranked but not scheduled; done, failed and dropped are history.",
            example="planned",
            columns=["status", "state", "stage"],
        ),
    ] = "planned"
    effort: Annotated[
        EffortField | None,
        field_doc(
            "Effort",
            "A number, [low, high], [low, likely, high], or a size S, M, L, XL.",
            example=[3, 4, 9],
            unit="person-weeks",
            left_out="size M, an assumption",
            columns=[
                "effort",
                "estimate",
                "person weeks",
                "person months",
                "person days",
                "weeks",
                "months",
                "days",
            ],
        ),
    ] = None
    staff: Annotated[
        int,
        Field(ge=1, le=1000),
        field_doc(
            "People", "People who work on it at once; more finish sooner.", example=2, unit="people"
        ),
    ] = 1
    needs: Annotated[
        ListOf[NeedField],
        field_doc(
            "Needs",
            "What must be delivered first: ids, choices, or proven quality bars.",
            example=["labels", ["own-model", "vendor-api"]],
            columns=["needs", "depends on", "dependencies", "blocked by"],
        ),
    ] = ()
    fallback_for: Annotated[
        Id | None,
        field_doc(
            "Fallback for",
            "Item that this one replaces: done only if that one isn't delivered.",
            example="own-model",
        ),
    ] = None
    not_before: Annotated[
        Day | None,
        field_doc(
            "Not before", "Day before which work does not start.", example=dt.date(2027, 1, 11)
        ),
    ] = None
    deadline: Annotated[
        Deadline | None,
        field_doc(
            "Deadline",
            "Date promised to others; shown with its chance, not planned by.",
            example={"by": "2027-Q1", "why": "contract"},
        ),
    ] = None
    pin: Annotated[
        Pin | None,
        field_doc(
            "Pinned column",
            "Column on the board, chosen by hand; left out, it is computed.",
            example="now",
            left_out="computed from the forecast",
        ),
    ] = None
    order: Annotated[
        float | None,
        field_doc(
            "Order",
            "Position in the build order, set by hand; lower comes first.",
            example=3,
            unit="position",
            left_out="by value",
        ),
    ] = None
    started: Annotated[
        Day | None, field_doc("Started", "Day on which work began.", example=dt.date(2026, 11, 2))
    ] = None
    finished: Annotated[
        Day | None,
        field_doc(
            "Finished",
            "Day on which it was delivered, failed or was answered.",
            example=dt.date(2026, 11, 20),
        ),
    ] = None
    retired: Annotated[
        Day | None,
        field_doc(
            "Retired",
            "Day from which a live item needs no more upkeep.",
            example=dt.date(2028, 1, 31),
        ),
    ] = None
    spent: Annotated[
        NonNegative | None,
        field_doc(
            "Spent",
            "Effort so far; for a finished item, all of its effort.",
            example=2.5,
            unit="person-weeks",
        ),
    ] = None
    learned: Annotated[
        str | None,
        field_doc(
            "Learned", "What was learned from it.", example="users edit more than they accept"
        ),
    ] = None
    reviewed: Annotated[
        Day | None,
        field_doc(
            "Reviewed", "Day on which someone last confirmed it.", example=dt.date(2026, 11, 20)
        ),
    ] = None
    ignore: Annotated[
        ListOf[IgnoredCheck],
        field_doc(
            "Ignored checks",
            "Checks whose findings are ignored here, each with its reason.",
            example=[{"check": "DT03", "why": "agreed with legal"}],
        ),
    ] = ()
    guesses: Annotated[
        ListOf[AssumedField],
        field_doc(
            "Assumptions",
            "Given numbers that are only assumptions; entering one removes it here.",
            example=["effort", "reach"],
        ),
    ] = ()


class BetFields(Table):
    """Fields of an item that has a chance and, if it reaches people, a value."""

    chance: Annotated[
        Chance | None,
        field_doc(
            "Chance it works",
            "Chance that it works once it is built.",
            example=0.6,
            left_out=(
                "1 for a product item; for a model by its evidence, an assumption, or from its"
                " stages"
            ),
            columns=["chance", "probability", "probability of success", "chance of success"],
        ),
    ] = None
    reach: Annotated[
        EstimateField | None,
        field_doc(
            "Reach",
            "People reached in each period; more ranks higher.",
            example=[3000, 6000, 7000],
            unit="people",
            left_out="all users for a product item, an assumption; else no value of its own",
            columns=["reach", "users", "users reached"],
        ),
    ] = None
    impact: Annotated[
        EstimateField | None,
        field_doc(
            "Impact",
            "Effect on each person: 0.25 minimal, 0.5 low, 1 medium, 2 high, 3 massive.",
            example=[0.5, 2, 3],
            unit=f"{USUAL_IMPACT[0]:g} to {USUAL_IMPACT[1]:g}",
            left_out="1",
            columns=["impact"],
        ),
    ] = None
    confidence: Annotated[
        Chance | None,
        field_doc(
            "Confidence",
            "Chance that people want it.",
            example=0.8,
            left_out="by its evidence, an assumption",
            columns=["confidence"],
        ),
    ] = None
    evidence: Annotated[
        Evidence,
        field_doc(
            "Evidence",
            "What supports the numbers; sets the default confidence and chance.",
            example="prototype",
        ),
    ] = "opinion"
    failures: Annotated[
        dict[str, FailureMode],
        field_doc(
            "Failure modes",
            "Ways in which it can go wrong, by name.",
            example={"invented-link": {"hits": 12, "of": 400}},
        ),
    ] = Field(default_factory=dict)
    roi: Annotated[
        BusinessCase | None,
        field_doc(
            "Return",
            "What it costs to build and run, and what it brings.",
            example={"build": 180000, "benefit_month": 40000},
        ),
    ] = None
    market: Annotated[
        Id | None,
        field_doc("Market", "Market that it serves, where there are several.", example="hospitals"),
    ] = None
