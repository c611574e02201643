"""From a FILE argument to a plan and its forecast, or to the reply that tells why there is none."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import UNREADABLE, Reply, wrong_use
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document, LocatedFault, fault_lines
from roadmap_tui.files.load import Unreadable, load, read_stream
from roadmap_tui.files.reader import read
from roadmap_tui.forecast.run import OWN, Base, Run, run
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.plan.read import read_scenario
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.plan.roadmap import Plan, title_of

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Forecasted:
    """A plan with its forecast.

    Attributes:
        plan: the plan, as the scenario has it if one was asked for.
        run: its order of work, its futures, and the forecast.
        warnings: the faults that don't hinder it, for standard error.
        scenario: the name of the scenario.
        without: the plan without the scenario, with its futures.
    """

    document: Document
    plan: Plan
    run: Run
    warnings: str
    scenario: str | None = None
    without: tuple[Plan, Run] | None = None

    @property
    def forecast(self) -> Forecast:
        """The forecast."""
        return self.run.forecast

    @property
    def base(self) -> Forecast | None:
        """The forecast of the plan without the scenario."""
        return None if self.without is None else self.without[1].forecast

    @property
    def title(self) -> str:
        """The roadmap's title, or else its file's name as words."""
        return roadmap_title(self.document.name, self.plan)


def roadmap_title(file: str, plan: Plan) -> str:
    """The roadmap's title, or else its file's name as words."""
    stem = "roadmap" if file == STDIN else os.path.splitext(os.path.basename(file))[0]
    return title_of(stem, plan.roadmap.title)


def read_source(file: str) -> Document | Unreadable:
    """The document in a file or, for ``-``, in standard input."""
    if file != STDIN:
        return load(file)
    if sys.stdin is None:
        return Unreadable(file, "standard input is closed")
    raw = read_stream(file, sys.stdin.buffer)
    return raw if isinstance(raw, Unreadable) else read(raw, file)


def read_plan(file: str) -> tuple[Document, Plan] | Reply:
    """A document and its plan, whatever its faults, or the reply that there is none."""
    document = read_source(file)
    if isinstance(document, Unreadable):
        return Reply(err=f"{document.text}\n", code=UNREADABLE)
    if document.plan is None:
        return Reply(err=rendered(document.faults), code=UNREADABLE)
    return document, document.plan


def forecasted(file: str, basis: Basis, *, keeps: bool = True) -> Forecasted | Reply:
    """The forecast of a file's plan, or the reply that there is none.

    Args:
        file: where the plan is.
        basis: how it is forecast.
        keeps: whether all futures are kept, which takes much memory; where a scenario is shown they always are.
    """
    found = _wrongly_asked(basis) or read_plan(file)
    if isinstance(found, Reply):
        return found
    document, plan = found
    faults = rendered(document.faults)
    if any(each.fault.fatal for each in document.faults):
        return Reply(err=faults, code=UNREADABLE)
    ran = _run(plan, basis, keeps=keeps or basis.scenario is not None)
    if basis.scenario is None:
        return Forecasted(document, plan, ran, faults)
    other = in_scenario(file, document, plan, basis.scenario)
    if isinstance(other, Reply):
        return other
    kept = OWN if basis.replan else Base.of(ran.forecast)
    return Forecasted(
        document, other, _run(other, basis, kept), faults, basis.scenario, (plan, ran)
    )


def in_scenario(file: str, document: Document, plan: Plan, name: str) -> Plan | Reply:
    """The plan as a scenario of the file has it, or the reply that there is none."""
    if name not in plan.scenario:
        return _no_scenario(file, plan, name)
    return read_scenario(document.data, plan, name) or Reply(
        err=rendered(document.faults), code=UNREADABLE
    )


def _wrongly_asked(basis: Basis) -> Reply | None:
    if basis.replan and basis.scenario is None:
        return wrong_use(
            "--replan gives a scenario a queue of its own; name it with --scenario NAME"
        )
    return None


def _run(plan: Plan, basis: Basis, kept: Base = OWN, *, keeps: bool = True) -> Run:
    with progress("forecasting") as check:
        return run(
            resolve(plan, as_of=basis.as_of, seed=basis.seed),
            basis.futures,
            kept,
            check,
            keeps=keeps,
        )


def _no_scenario(file: str, plan: Plan, name: str) -> Reply:
    there = did_you_mean(name, plan.scenario) or (
        f"there is {', '.join(map(printable, plan.scenario))}"
        if plan.scenario
        else "write [scenario.NAME]"
    )
    return wrong_use(f"{file} has no scenario {printable(name)}; {there}")


def no_item(file: str, plan: Plan, name: str) -> Reply:
    """The reply that a plan has no such item."""
    suggestion = did_you_mean(name, plan.items)
    return wrong_use(
        f"{file} has no item {printable(name)}" + (f"; {suggestion}" if suggestion else "")
    )


def rendered(faults: Iterable[LocatedFault]) -> str:
    """Faults with their places, as people and editors read them."""
    return "".join(f"{line}\n" for line in fault_lines(faults))
