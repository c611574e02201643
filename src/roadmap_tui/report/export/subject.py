"""What is exported: a plan with all that can be told of it, worked out once it is asked for."""

from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from roadmap_tui.files.document import Document
from roadmap_tui.fitness.money import PlanMoney, plan_money
from roadmap_tui.forecast.findings import Findings, findings
from roadmap_tui.forecast.pace import Check, go_on
from roadmap_tui.forecast.run import Run
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.origin import Origin
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.currency import Currency
from roadmap_tui.report.fitness import Fitness
from roadmap_tui.report.ledger import Books
from roadmap_tui.report.money import currency_of
from roadmap_tui.report.net import graph_of, ties_of
from roadmap_tui.report.words import date, month

_SHA = 10
"""As much of a commit's name is told, wherever the repository is."""


@dataclass(frozen=True, slots=True)
class About:
    """What a plan is called, and which version of it is exported.

    Attributes:
        scenario: the name of the scenario that is shown; None of the plan as it is.
        origin: the commit that the text comes from; None where git does not keep it.
    """

    title: str
    scenario: str | None = None
    origin: Origin | None = None


class Subject:
    """A plan that is exported.

    Attributes:
        document: the file's text.
        plan: its plan, as the scenario has it if one is shown.
        run: the forecast of that, with its futures.
        about: its title, the scenario, and where the text comes from.
        check: called now and then; it raises `StoppedError` where the export is not wanted any more.
    """

    def __init__(
        self, document: Document, plan: Plan, run: Run, about: About, check: Check = go_on
    ) -> None:
        self.document = document
        self.plan = plan
        self.run = run
        self.about = about
        self.check = check

    @property
    def title(self) -> str:
        """The roadmap's title."""
        return self.about.title

    @property
    def scenario(self) -> str | None:
        """The name of the scenario that is shown."""
        return self.about.scenario

    @property
    def commit(self) -> str:
        """The commit that the text comes from, and whether it was changed since; empty where git keeps none."""
        origin = self.about.origin
        return (
            ""
            if origin is None
            else origin.commit.sha[:_SHA] + (" + changes" if origin.changed else "")
        )

    @property
    def forecast(self) -> Forecast:
        """Its forecast."""
        return self.run.forecast

    @property
    def currency(self) -> Currency:
        """Its currency."""
        return currency_of(self.plan)

    @cached_property
    def money(self) -> PlanMoney:
        """What it costs, and whether it pays."""
        return plan_money(self.run.simulation, self.plan, self.check)

    @cached_property
    def fitness(self) -> Fitness:
        """How fit its AI items are."""
        return Fitness(self.plan, self.forecast.as_of)

    @cached_property
    def findings(self) -> Findings:
        """What is worth finding out."""
        return findings(self.run.simulation, self.run.order.places, self.check)

    @cached_property
    def graph(self) -> "nx.DiGraph[str]":
        """What hangs on what."""
        return graph_of(ties_of(self.plan))

    @property
    def books(self) -> Books:
        """What the ledger of spikes is made from."""
        return Books(self.plan, self.run.simulation.resolved, self.forecast, self.findings)

    def item_title(self, name: str) -> str:
        """An item's title."""
        return self.forecast.items[name].title

    @property
    def until(self) -> str:
        """The end of the horizon."""
        return month(self.forecast.until)

    @property
    def made_from(self) -> str:
        """The version of the file, in a sentence; empty where git does not keep it."""
        origin = self.about.origin
        return (
            ""
            if origin is None
            else f"Made from the file at commit {self.commit}, {date(origin.commit.date)}."
        )
