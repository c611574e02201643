"""The answer of `money`; amounts in the roadmap's currency."""

import datetime as dt
from typing import Literal

from pydantic import Field

from roadmap_tui.answers.base import Figure, Range, Shape, WithScenario


class QuarterCost(Shape):
    """What a quarter costs."""

    ends: dt.date
    cost: Range | None
    expected: dict[str, float]


class MarketRow(Shape):
    """How large the market of a year is."""

    tam: Figure | None
    sam: Figure | None
    som: Figure | None
    by_value: Figure | None
    top_down: Figure | None
    source: str | None
    year: int | None
    apart: float | None
    price_in_value: Figure | None


class UsageRow(Shape):
    """Users who use it about equally often."""

    name: str
    share: float
    tasks_month: Figure | None
    cost_share: Figure | None
    margin_at: dict[str, Figure | None]


class Lacking(Shape):
    """A field without which something can't be told."""

    field: str
    for_: str = Field(alias="for")


class Unit(Shape):
    """What a task costs, and what is left of the price."""

    priced: dt.date | None
    parts: dict[str, Figure | None]
    task: Figure | None
    review: Figure | None
    full: Figure | None
    per_success: Figure | None
    margin: Figure | None
    margin_at: dict[str, Figure | None]
    most_tasks: Figure | None
    ltv: Figure | None
    ltv_to_cac: Figure | None
    segments: list[UsageRow]
    missing: list[Lacking]


class Staged(Shape):
    """Finding out first against building at once."""

    works: float
    npv_if_works: float
    lost_if_not: float
    spike: float | None
    find_out_first: float
    build_at_once: float
    most_for_spike: float


class Return(Shape):
    """Whether it pays."""

    months: int
    discount: float
    roi: Figure | None
    npv: Figure | None
    pays: float
    pays_back: float
    payback_month: Range | None
    trough: Figure | None
    ships: float
    launch_month: Range | None
    live: bool
    staged: Staged | None


class Way(Shape):
    """A way to have a model."""

    name: str
    kind: str | None
    fixed: Figure | None
    unit: Figure | None
    cost: Figure | None
    weeks: Figure | None
    coverage: Figure | None
    lockin: int | None
    score: float | None
    out: list[str]


class Cheapest(Shape):
    """From which volume on a way costs least."""

    from_volume: Figure | None
    chance: float
    name: str


class Options(Shape):
    """Build or buy."""

    months: int
    volume_month: Figure | None
    ways: list[Way]
    cheapest: list[Cheapest]
    by_score: str | None
    by_cost: str | None
    disagree: bool
    chosen: str | None
    decided: dt.date | None
    revisit: dt.date | None


class Side(Shape):
    """The plan as it is (`option` null) or with an option; `why` where nothing can be forecast."""

    option: str | None
    changes: list[str]
    why: str | None = None
    ships: float | None = None
    ever: float | None = None
    finish: Range | None = None
    takes: Figure | None = None
    plan_cost: Range | None = None
    lost: float | None = None
    npv: Figure | None = None
    pays: float | None = None
    value: float | None = None


class ItemMoney(Shape):
    """One item's money."""

    id: str
    takes: Figure | None
    lost: float
    unit: Unit | None
    roi: Return | None
    options: Options | None
    forecasts: list[Side] | None = None


class MoneyAnswer(WithScenario):
    """What the plan costs, and whether it pays; of one item, only the item."""

    kind: Literal["money"]
    currency: str
    person_weeks: Range | None = None
    cost: Range | None = None
    expected: dict[str, float] | None = None
    lost: float | None = None
    by_quarter: list[QuarterCost] | None = None
    later: dict[str, float] | None = None
    unpriced: list[str] | None = None
    market: MarketRow | None = None
    items: list[ItemMoney] | None = None
    item: ItemMoney | None = None
