"""A plan: the whole of one roadmap file."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from roadmap_tui.plan.base import Chance, Day, Id, Kind, ListOf, NonNegative, RawTable, Table
from roadmap_tui.plan.estimate import EstimateField
from roadmap_tui.plan.item_fields import IgnoredCheck
from roadmap_tui.plan.items import Item, Model, Product, Spike
from roadmap_tui.plan.money import Market
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.trust import Activation

SCHEMA_VERSION = 1


class RoadmapSettings(Table):
    """The roadmap as a whole."""

    title: str | None = None
    users: EstimateField | None = None
    as_of: Day | None = None
    horizon: Annotated[float, Field(gt=0, le=1040)] = 52.0
    reach_per: Literal["month", "quarter", "year"] = "quarter"
    currency: str = "USD"
    correlation: Chance = 0.3
    seed: int = Field(default=1, ge=0)
    reviewed: Day | None = None
    activation: Activation | None = None
    ignore: ListOf[IgnoredCheck] = ()


class Team(Table):
    """People who work through a queue."""

    people: int = Field(ge=1, le=1000)
    week_cost: NonNegative | None = None
    title: str | None = None


class Plan(Table):
    """One roadmap: settings, teams, policy, items, scenarios."""

    schema_: int = Field(default=SCHEMA_VERSION, ge=1, alias="schema")
    roadmap: RoadmapSettings = RoadmapSettings()
    teams: dict[Id, Team] = Field(default_factory=dict)
    policy: Policy = Policy()
    market: Market | None = None
    product: dict[Id, Product] = Field(default_factory=dict)
    model: dict[Id, Model] = Field(default_factory=dict)
    spike: dict[Id, Spike] = Field(default_factory=dict)
    scenario: dict[Id, RawTable] = Field(default_factory=dict)

    @property
    def items_by_table(self) -> Mapping[str, Mapping[str, Item]]:
        """The items by the table that they stand in."""
        return {"product": self.product, "model": self.model, "spike": self.spike}

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its id: product items, models, spikes, each in the order of the file."""
        # kept, for of 20,000 items it takes a millisecond, and many loops over items ask for it each time
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
