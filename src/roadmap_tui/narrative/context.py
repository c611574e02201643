"""What is exported: a plan with all that can be told of it, worked out once it is asked for."""

from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from roadmap_tui.document.document import Document
from roadmap_tui.forecast.analysis.spike_selection import SpikeSelection, select_spikes
from roadmap_tui.forecast.engine import SimulatedForecast
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.origin import Origin
from roadmap_tui.money.plan_money import PlanMoney, plan_money
from roadmap_tui.narrative.money import plan_currency
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.narrative.spike_ledger import LedgerInputs
from roadmap_tui.plan.graph import build_graph
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.dates import format_date, format_month

_SHA = 10
"""As much of a commit's name is told, wherever the repository is."""


@dataclass(frozen=True, slots=True)
class ReportSource:
    """What a plan is called, and which version of it is exported.

    Attributes:
        scenario: the name of the scenario that is shown; None of the plan as it is.
        origin: the commit that the text comes from; None where git does not keep it.
    """

    title: str
    scenario: str | None = None
    origin: Origin | None = None


class ReportContext:
    """A plan that is exported.

    Attributes:
        document: the file's text.
        plan: its plan, as the scenario has it if one is shown.
        run: the forecast of that, with its runs.
        source: its title, the scenario, and where the text comes from.
        checkpoint: called now and then; it raises `StoppedError` where the export is not wanted any more.
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
        """The name of the scenario that is shown."""
        return self.source.scenario

    @property
    def commit(self) -> str:
        """The commit that the text comes from, and whether it was changed since; empty where git keeps none."""
        origin = self.source.origin
        return (
            ""
            if origin is None
            else origin.commit.sha[:_SHA] + (" + changes" if origin.is_modified else "")
        )

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
        """What it costs, and whether it pays."""
        return plan_money(self.run.simulation, self.plan, self.checkpoint)

    @cached_property
    def readiness(self) -> Readiness:
        """How fit its AI items are."""
        return Readiness(self.plan, self.forecast.as_of)

    @cached_property
    def findings(self) -> SpikeSelection:
        """What is worth finding out."""
        return select_spikes(self.run.simulation, self.run.order.queue, self.checkpoint)

    @cached_property
    def graph(self) -> "nx.DiGraph[str]":
        """What hangs on what."""
        return build_graph(self.plan)

    @property
    def ledger_inputs(self) -> LedgerInputs:
        """What the ledger of spikes is made from."""
        return LedgerInputs(self.plan, self.run.simulation.resolved, self.forecast, self.findings)

    def item_title(self, name: str) -> str:
        """An item's title."""
        return self.forecast.items[name].title

    @property
    def until(self) -> str:
        """The end of the horizon."""
        return format_month(self.forecast.horizon_end)

    @property
    def version_sentence(self) -> str:
        """The version of the file, in a sentence; empty where git does not keep it."""
        origin = self.source.origin
        return (
            ""
            if origin is None
            else f"Made from the file at commit {self.commit}, {format_date(origin.commit.date)}."
        )
