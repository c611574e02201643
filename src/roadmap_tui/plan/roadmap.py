"""A plan: the whole of one roadmap file."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field

from roadmap_tui.plan.base import Chance, Day, Id, Kind, ListOf, NonNegative, RawTable, Table
from roadmap_tui.plan.estimate import EstimateField
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.item_fields import IgnoredCheck
from roadmap_tui.plan.items import Item, Model, Product, Spike
from roadmap_tui.plan.money.market import Market, parse_markets
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.trust import Activation

SCHEMA_VERSION = 1


class RoadmapSettings(Table):
    """The roadmap as a whole."""

    title: Annotated[
        str | None, field_doc("Title", "Name of the roadmap.", example="Support copilot")
    ] = None
    users: Annotated[
        EstimateField | None,
        field_doc(
            "Users", "All users; the default reach of product items.", example=4000, unit="people"
        ),
    ] = None
    as_of: Annotated[
        Day | None,
        field_doc(
            "As of",
            "Day on which the forecast starts; left out, today.",
            example=dt.date(2026, 11, 23),
            left_out="today",
        ),
    ] = None
    horizon: Annotated[
        float,
        Field(gt=0, le=1040),
        field_doc("Horizon", "How far the forecast looks ahead.", example=52, unit="weeks"),
    ] = 52.0
    reach_per: Annotated[
        Literal["month", "quarter", "year"],
        field_doc("Reach period", "Period in which reach counts people.", example="quarter"),
    ] = "quarter"
    currency: Annotated[
        str, field_doc("Currency", "Currency of all money in the file.", example="USD")
    ] = "USD"
    correlation: Annotated[
        Chance,
        field_doc(
            "Correlation",
            "How much all efforts are off together; more widens every range.",
            example=0.3,
        ),
    ] = 0.3
    seed: Annotated[
        int,
        Field(ge=0),
        field_doc(
            "Seed", "Number that the simulation runs are drawn from.", example=1, unit="number"
        ),
    ] = 1
    reviewed: Annotated[
        Day | None,
        field_doc(
            "Reviewed", "Day of the last review of the whole plan.", example=dt.date(2026, 11, 20)
        ),
    ] = None
    activation: Annotated[
        Activation | None,
        field_doc(
            "Activation",
            "How many users of the whole product are active.",
            example={"eligible": 4000, "activated": 1800},
        ),
    ] = None
    ignore: Annotated[
        ListOf[IgnoredCheck],
        field_doc(
            "Ignored checks",
            "Checks whose findings are ignored, each with its reason.",
            example=[{"check": "GV03", "why": "reviewed monthly"}],
        ),
    ] = ()


class Team(Table):
    """People who work through a queue."""

    people: Annotated[
        int,
        Field(ge=1, le=1000),
        field_doc(
            "People", "People who work at once; fewer start later.", example=3, unit="people"
        ),
    ]
    week_cost: Annotated[
        NonNegative | None,
        field_doc("Cost per week", "Cost of one person for a week.", example=4500, unit="money"),
    ] = None
    title: Annotated[str | None, field_doc("Title", "Name of the team.", example="App team")] = None


class Plan(Table):
    """One roadmap: settings, teams, policy, items, scenarios."""

    schema_: Annotated[
        int,
        Field(ge=1, alias="schema"),
        field_doc("Format", "Version of the file format.", example=1, unit="version"),
    ] = SCHEMA_VERSION
    roadmap: Annotated[
        RoadmapSettings,
        field_doc(
            "Roadmap", "Settings of the roadmap as a whole.", example={"title": "Support copilot"}
        ),
    ] = RoadmapSettings()
    teams: Annotated[
        dict[Id, Team],
        field_doc("Teams", "People who do the work, by team.", example={"ml": {"people": 3}}),
    ] = Field(default_factory=dict)
    policy: Annotated[
        Policy, field_doc("Policy", "Defaults and thresholds.", example={"size": "M"})
    ] = Policy()
    market: Annotated[
        Market | dict[Id, Market] | None,
        BeforeValidator(parse_markets),
        field_doc(
            "Market",
            "How large the market is; several markets are tables by name.",
            example={"accounts": 30000, "price_year": 1200},
        ),
    ] = None
    product: Annotated[
        dict[Id, Product],
        field_doc(
            "Product items",
            "Features of the product, by id.",
            example={"draft-replies": {"effort": "M"}},
        ),
    ] = Field(default_factory=dict)
    model: Annotated[
        dict[Id, Model],
        field_doc(
            "Models",
            "Models, data sets and evaluations, by id.",
            example={"reply-model": {"effort": "L"}},
        ),
    ] = Field(default_factory=dict)
    spike: Annotated[
        dict[Id, Spike],
        field_doc(
            "Spikes",
            "Research questions, by id.",
            example={"grounding": {"informs": "reply-model"}},
        ),
    ] = Field(default_factory=dict)
    scenario: Annotated[
        dict[Id, RawTable],
        field_doc(
            "Scenarios",
            "What differs in a scenario, by name.",
            example={"vendor-first": {"teams": {"app": {"people": 3}}}},
        ),
    ] = Field(default_factory=dict)

    @property
    def items_by_table(self) -> Mapping[str, Mapping[str, Item]]:
        """The items by the table that they stand in."""
        return {"product": self.product, "model": self.model, "spike": self.spike}

    @property
    def markets(self) -> Mapping[str, Market]:
        """The markets by name; the name of a single one is empty."""
        if self.market is None:
            return {}
        return {"": self.market} if isinstance(self.market, Market) else self.market

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its id: product items, models, spikes, each in the order of the file."""
        # With 20,000 items this takes a millisecond, and many loops ask for it each time.
        return {**self.product, **self.model, **self.spike}

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy, which has its own `items`."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("items", None)
        return copied


def item_kind(item: Item) -> Kind:
    """The table an item stands in."""
    match item:
        case Product():
            return "product"
        case Model():
            return "model"
        case Spike():
            return "spike"


def item_track(item: Item) -> str:
    """The track that an item is shown in; of a spike, the one that it says."""
    return item.track if isinstance(item, Spike) else item_kind(item)


def display_title(name: str, title: str | None) -> str:
    """The title, or else the id as words."""
    if title and title.strip():
        return title
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
