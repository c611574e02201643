"""The answer of `fitness`."""

import datetime as dt
from typing import Literal

from pydantic import Field

from roadmap_tui.answers.base import Answer, Shape
from roadmap_tui.plan.base import Kind, Status


class Breach(Shape):
    """A live bar that lies below its guardrail."""

    id: str
    bar: str


class TeamUpkeep(Shape):
    """People whom live models keep busy: now, and once all have shipped."""

    team: str
    people: int
    upkeep: float
    upkeep_all: float


class Verdict(Shape):
    """How one side of an item stands."""

    level: str
    word: str


class BarRow(Shape):
    """A quality bar, with its newest measurement and its 95 % interval."""

    bar: str
    metric: str
    better: Literal["higher", "lower"]
    guardrail: float | None
    launch: float | None
    target: float | None
    baseline: float | None
    status: Literal["proven", "likely", "below", "unmeasured", "breach"]
    value: float | None
    low: float | None
    high: float | None
    on: dt.date | None
    dataset: str | None
    more_cases: int | None
    chance_at_launch: float | None
    gap_closed: float | None
    ppv: float | None
    threshold: float | None
    majority: float | None


class SegmentRow(Shape):
    """A part of the cases."""

    segment: str
    kind: str | None
    share: float | None
    floor: float | None
    value: float | None
    low: float | None = None
    high: float | None = None
    of: int | None = None
    gap: float | None
    misses: bool | None


class Segments(Shape):
    """The parts, and what share of the cases is counted well enough."""

    coverage: float
    items: list[SegmentRow]


class Dimension(Shape):
    """One side of how good data is."""

    value: float | None
    floor: float


class DataRow(Shape):
    """The data a model stands on; the worst dimension counts."""

    dataset: str | None
    on: dt.date | None
    dimensions: dict[str, Dimension]
    accuracy_interval: list[float] | None = Field(min_length=2, max_length=2)
    score: float | None
    worst: str | None
    fails: bool | None


class StageRow(Shape):
    """A stage of a model's work."""

    stage: str
    chance: float
    at: bool


class Lifecycle(Shape):
    """What a model takes, live."""

    stages: list[StageRow]
    upkeep: float
    stale_weeks: float | None
    monitor: str | None


class Share(Shape):
    """A counted share and its 95 % interval."""

    value: float | None
    low: float
    high: float
    of: int


class TrustRow(Shape):
    """Whether people go along with the answers."""

    override: Share
    trust: float | None
    alarm: float
    floor: float | None
    state: str | None
    course: list[float | None]
    rising: list[str]
    activated: float | None
    valued: float | None


class StepRow(Shape):
    """A part of an answer's time."""

    step: str
    ms: float


class LatencyRow(Shape):
    """How long an answer may take and does, in milliseconds."""

    budget_ms: float | None
    steps: list[StepRow]
    headroom: float | None
    p50: float | None
    p95: float | None
    p99: float | None
    error_budget_burnt: float | None


class Missing(Shape):
    """What is missing for the next rung."""

    what: str
    has: float | None
    wants: float | None


class OversightRow(Shape):
    """How much it may do without a person."""

    level: int | None
    name: str | None
    stakes: str | None
    reversible: bool | None
    kill_switch: bool | None
    missing: list[Missing] | None
    demoted: bool
    reviewing: float | None
    reviewers: int | None


class FailureRow(Shape):
    """A way of being wrong."""

    failure: str
    example: str | None
    hurts: str | None
    severity: str | None
    rate: float | None
    low: float | None
    high: float | None
    of_10000_a_day: float | None
    harm_per_1000: float | None
    mitigation: str | None
    fallback: str | None


class FitnessItem(Shape):
    """One item: of models the first, of features the second group of keys, of both the failures."""

    id: str
    kind: Kind
    title: str
    status: Status
    models: list[str]
    volume_day: float | None
    verdicts: dict[str, Verdict]
    bars: list[BarRow] | None = None
    segments: Segments | None = None
    data: DataRow | None = None
    lifecycle: Lifecycle | None = None
    explanation: str | None = None
    trust: TrustRow | None = None
    latency: LatencyRow | None = None
    oversight: OversightRow | None = None
    failures: list[FailureRow]


class FitnessBaseItem(Shape):
    """How an item stands without the scenario."""

    id: str
    status: Status
    verdicts: dict[str, Verdict]


class FitnessBase(Shape):
    """The plan without the scenario."""

    breaches: list[Breach]
    items: list[FitnessBaseItem]


class FitnessAnswer(Answer):
    """Whether AI features and models are fit to ship."""

    kind: Literal["fitness"]
    as_of: dt.date
    breaches: list[Breach]
    teams: list[TeamUpkeep]
    items: list[FitnessItem]
    scenario: str | None = None
    base: FitnessBase | None = None
