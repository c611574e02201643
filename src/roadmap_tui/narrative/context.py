"""The subject of a report: a plan with lazily computed analyses."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from roadmap_tui.document.document import Document
from roadmap_tui.forecast.engine import SimulatedForecast
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.origin import Origin
from roadmap_tui.money.plan_money import PlanMoney, plan_money
from roadmap_tui.money.spike_study import SpikeStudy, study_spikes
from roadmap_tui.narrative.money import plan_currency
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.narrative.spike_ledger import LedgerInputs
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.dates import format_date

if TYPE_CHECKING:
    import networkx as nx

_SHA = 10
"""Length of an abbreviated commit hash, independent of the repository."""


@dataclass(frozen=True, slots=True)
class ReportSource:
    """The title of a plan and the version it comes from.

    Attributes:
        scenario: the name of the scenario shown; None for the plan itself.
        origin: the commit of the text; None outside git.
    """

    title: str
    scenario: str | None = None
    origin: Origin | None = None


class ReportContext:
    """A plan to report on, with lazily computed analyses.

    Attributes:
        document: the file's text.
        plan: its plan, as the scenario has it if one is shown.
        run: its forecast, with the simulation.
        source: title, scenario and origin.
        checkpoint: called regularly; raises `CalculationCancelledError` to cancel.
    """

    def __init__(
        self,
        document: Document,
        plan: Plan,
        run: SimulatedForecast,
        about: ReportSource,
        check: Checkpoint = no_checkpoint,
    ) -> None:
        self.document = document
        self.plan = plan
        self.run = run
        self.source = about
        self.checkpoint = check

    @property
    def title(self) -> str:
        """The roadmap's title."""
        return self.source.title

    @property
    def scenario(self) -> str | None:
        """The name of the scenario shown."""
        return self.source.scenario

    @property
    def commit(self) -> str:
        """The commit of the text, and whether it was changed since; empty outside git."""
        origin = self.source.origin
        if origin is None:
            return ""
        sha = origin.commit.sha[:_SHA]
        return f"{sha} + changes" if origin.is_modified else sha

    @property
    def forecast(self) -> Forecast:
        """Its forecast."""
        return self.run.forecast

    @property
    def currency(self) -> Currency:
        """Its currency."""
        return plan_currency(self.plan)

    @cached_property
    def money(self) -> PlanMoney:
        """Its cost and return."""
        return plan_money(self.run.simulation, self.plan, self.checkpoint)

    @cached_property
    def readiness(self) -> Readiness:
        """Readiness of its AI items."""
        return Readiness(self.plan, self.forecast.as_of)

    @cached_property
    def spikes(self) -> SpikeStudy:
        """What the open spikes do."""
        return study_spikes(self.run.resolved, self.plan, self.run.order.queue, self.checkpoint)

    @cached_property
    def graph(self) -> "nx.DiGraph[str]":
        """The dependency graph."""
        from roadmap_tui.plan.graph import build_graph  # networkx is slow to load

        return build_graph(self.plan)

    @property
    def ledger_inputs(self) -> LedgerInputs:
        """Inputs of the spike ledger."""
        return LedgerInputs(self.plan, self.run.resolved, self.forecast, self.spikes)

    def item_title(self, name: str) -> str:
        """An item's title."""
        return self.forecast.items[name].title

    @property
    def until(self) -> str:
        """The end of the horizon."""
        return format_date(self.forecast.horizon_end)

    @property
    def version_sentence(self) -> str:
        """A sentence naming the version of the file; empty outside git."""
        origin = self.source.origin
        if origin is None:
            return ""
        return f"Made from the file at commit {self.commit}, {format_date(origin.commit.date)}."
