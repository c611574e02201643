"""Small plans for the tests: from TOML text, or from the data of a file."""

import datetime as dt
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.outcomes import Outcome, OutcomeRules, SuccessDraws
from roadmap_tui.forecast.simulation.run_sets import Bools, from_mask, to_mask
from roadmap_tui.forecast.simulation.sampling import RandomSource
from roadmap_tui.forecast.simulation.schedule import Schedule
from roadmap_tui.forecast.simulation.times import Times
from roadmap_tui.plan.parser import parse_plan_data
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan, resolve_plan

AS_OF = dt.date(2026, 11, 23)
CASES = Path(__file__).parent.parent / "cases"
Floats: TypeAlias = NDArray[np.floating[Any]]


def case(name: str) -> Any:
    """A reference case; where it comes from stands in the file."""
    return json.loads((CASES / f"{name}.json").read_text())


def resolved_of(data: str | Mapping[str, object]) -> ResolvedPlan:
    """A plan that has no fault that would stop a forecast."""
    plan, faults = parse_plan_data(tomllib.loads(data) if isinstance(data, str) else data, AS_OF)
    assert not [fault for fault in faults if fault.fatal]
    assert plan is not None
    return resolve_plan(plan, as_of=AS_OF)


def always(
    resolved: ResolvedPlan, count: int, *, fails: tuple[str, ...] = (), no: tuple[str, ...] = ()
) -> SuccessDraws:
    """In all runs the same: everything works but what `fails`; the spikes in `no` say no."""
    everywhere = (1 << count) - 1
    works = {name: 0 if name in fails else everywhere for name in resolved.items}
    return SuccessDraws(count, works, dict.fromkeys(no, everywhere))


def timed(
    resolved: ResolvedPlan,
    order: tuple[str, ...],
    effort: Mapping[str, Floats | float],
    drawn: SuccessDraws | None = None,
) -> tuple[Times, dict[str, Outcome]]:
    """The list worked through with given efforts and given luck; without it, everything works."""
    count = next((each.size for each in effort.values() if isinstance(each, np.ndarray)), 1)
    drawn = drawn or always(resolved, count)
    outcomes = OutcomeRules(resolved, drawn).outcomes()
    arrays = {
        name: np.broadcast_to(np.asarray(each, np.float64), count) for name, each in effort.items()
    }
    return Schedule(resolved, drawn, outcomes, arrays.__getitem__).run(order), outcomes


def known_once(
    resolved: ResolvedPlan,
    order: tuple[str, ...],
    effort: Mapping[str, float],
    *,
    fails: tuple[str, ...] = (),
    no: tuple[str, ...] = (),
) -> dict[str, tuple[float, float]]:
    """Start and known time of every item in a single run."""
    times, _ = timed(resolved, order, effort, always(resolved, 1, fails=fails, no=no))
    return {
        name: (float(times.start[name][0]), float(times.resolved_at[name][0])) for name in order
    }


def truth_table(
    resolved: ResolvedPlan, uncertain: tuple[str, ...], no: tuple[str, ...] = ()
) -> SuccessDraws:
    """One run for each combination of the uncertain items working or not, and of the spikes saying
    no or not.
    """
    count = 1 << (len(uncertain) + len(no))
    bit = {name: member(at, count) for at, name in enumerate((*uncertain, *no))}
    works = {
        name: from_mask(bit[name]) if name in uncertain else (1 << count) - 1
        for name in resolved.items
    }
    return SuccessDraws(count, works, {name: from_mask(bit[name]) for name in no})


def member(bit: int, count: int) -> Bools:
    """Whether a bit of the run's number is 1, by run."""
    result: Bools = (np.arange(count) >> bit & 1).astype(np.bool_)
    return result


def works_in(source: RandomSource, terms: ResolvedItem) -> Bools:
    """Whether an item works, by run."""
    return to_mask(source.success_runs(terms), source.runs)


def where(runs: int, count: int) -> Bools:
    """A set of runs as an array."""
    return to_mask(runs, count)


def standard_error(chance: float, *counts: int) -> float:
    """Of a share seen in samples of these sizes."""
    return float(np.sqrt(max(chance * (1 - chance), 1e-9) * sum(1 / count for count in counts)))
