"""From a FILE argument to a plan and its forecast, or to the reply that there is none."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import UNREADABLE, Reply, usage_error
from roadmap_tui.document.document import Document, LocatedFault, format_faults
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import (
    NO_REFERENCE,
    ReferenceOrder,
    SimulatedForecast,
    simulated_forecast,
)
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.plan.parser import parse_scenario
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.storage.load import Unreadable, load_document, read_stream
from roadmap_tui.text.terminal_text import escape_control

STDIN = "-"


@dataclass(frozen=True, slots=True)
class ForecastedPlan:
    """A plan with its forecast.

    Attributes:
        plan: the plan, as the scenario changes it if one was chosen.
        run: its build order, its simulation runs, and the forecast.
        warnings: the faults that don't prevent a forecast, for standard error.
        scenario: the name of the scenario.
        baseline: the plan without the scenario, with its run; None without a scenario.
    """

    document: Document
    plan: Plan
    run: SimulatedForecast
    warnings: str
    scenario: str | None = None
    baseline: tuple[Plan, SimulatedForecast] | None = None

    @property
    def forecast(self) -> Forecast:
        """The forecast."""
        return self.run.forecast

    @property
    def baseline_forecast(self) -> Forecast | None:
        """The forecast of the plan without the scenario."""
        return None if self.baseline is None else self.baseline[1].forecast

    @property
    def title(self) -> str:
        """The roadmap's title, or else its file's name as words."""
        return roadmap_title(self.document.name, self.plan)


def roadmap_title(file: str, plan: Plan) -> str:
    """The roadmap's title, or else its file's name as words."""
    stem = "roadmap" if file == STDIN else os.path.splitext(os.path.basename(file))[0]
    return display_title(stem, plan.roadmap.title)


def read_source(file: str) -> Document | Unreadable:
    """The document in a file or, for ``-``, in standard input."""
    if file != STDIN:
        return load_document(file)
    if sys.stdin is None:
        return Unreadable(file, "standard input is closed")
    raw = read_stream(file, sys.stdin.buffer)
    return raw if isinstance(raw, Unreadable) else read_document(raw, file)


def read_plan_file(file: str) -> tuple[Document, Plan] | Reply:
    """A document and its plan, whatever its faults, or the reply that there is none."""
    document = read_source(file)
    if isinstance(document, Unreadable):
        return Reply(err=f"{document.text}\n", code=UNREADABLE)
    if document.plan is None:
        return Reply(err=render_faults(document.faults), code=UNREADABLE)
    return document, document.plan


def read_sound_plan(file: str) -> tuple[Document, Plan] | Reply:
    """A document and its plan without fatal faults, or the reply that there is none."""
    found = read_plan_file(file)
    if not isinstance(found, Reply) and any(each.fault.fatal for each in found[0].faults):
        return Reply(err=render_faults(found[0].faults), code=UNREADABLE)
    return found


def forecast_file(
    file: str, options: ForecastOptions, *, keep_runs: bool = True
) -> ForecastedPlan | Reply:
    """The forecast of a file's plan, or the reply that there is none.

    Args:
        file: the path.
        options: how to forecast it.
        keep_runs: whether to keep all runs, which takes much memory; a scenario always keeps them.
    """
    found = _option_conflict(options) or read_sound_plan(file)
    if isinstance(found, Reply):
        return found
    document, plan = found
    warnings = render_faults(document.faults)
    ran = _run_forecast(plan, options, keep_runs=keep_runs or options.scenario is not None)
    if options.scenario is None:
        return ForecastedPlan(document, plan, ran, warnings)
    changed = scenario_plan(file, document, plan, options.scenario)
    if isinstance(changed, Reply):
        return changed
    order = NO_REFERENCE if options.replan else ReferenceOrder.from_forecast(ran.forecast)
    ran_changed = _run_forecast(changed, options, order)
    return ForecastedPlan(
        document, changed, ran_changed, warnings, options.scenario, baseline=(plan, ran)
    )


def scenario_plan(file: str, document: Document, plan: Plan, name: str) -> Plan | Reply:
    """The plan as a scenario of the file changes it, or the reply that there is none."""
    if name not in plan.scenario:
        return _unknown_scenario(file, plan, name)
    changed = parse_scenario(document.data, plan, name)
    return changed or Reply(err=render_faults(document.faults), code=UNREADABLE)


def _option_conflict(options: ForecastOptions) -> Reply | None:
    if options.replan and options.scenario is None:
        return usage_error(
            "--replan gives a scenario a queue of its own; name it with --scenario NAME"
        )
    return None


def _run_forecast(
    plan: Plan,
    options: ForecastOptions,
    order: ReferenceOrder = NO_REFERENCE,
    *,
    keep_runs: bool = True,
) -> SimulatedForecast:
    resolved = resolve_plan(plan, as_of=options.as_of, seed=options.seed)
    with progress("forecasting") as checkpoint:
        return simulated_forecast(
            resolved, options.runs, order, checkpoint, keep_simulation=keep_runs
        )


def _unknown_scenario(file: str, plan: Plan, name: str) -> Reply:
    hint = did_you_mean(name, plan.scenario)
    if not hint and plan.scenario:
        hint = f"there is {', '.join(map(escape_control, plan.scenario))}"
    hint = hint or "write [scenario.NAME]"
    return usage_error(f"{file} has no scenario {escape_control(name)}; {hint}")


def unknown_item(file: str, plan: Plan, name: str) -> Reply:
    """The reply that a plan has no such item."""
    text = f"{file} has no item {escape_control(name)}"
    return usage_error(text, did_you_mean(name, plan.items))


def render_faults(faults: Iterable[LocatedFault]) -> str:
    """Faults with their places, as people and editors read them."""
    return "".join(f"{line}\n" for line in format_faults(faults))
