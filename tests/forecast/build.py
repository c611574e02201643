"""Small plans for the tests: from TOML text, or from the data of a file."""

import datetime as dt
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.draws import Source
from roadmap_tui.forecast.futures import Bools, pack, unpack
from roadmap_tui.forecast.logic import Outcome, Rules, Works
from roadmap_tui.forecast.schedule import Schedule, Times
from roadmap_tui.plan.read import read_plan
from roadmap_tui.plan.resolve import Resolved, Terms, resolve

AS_OF = dt.date(2026, 11, 23)
CASES = Path(__file__).parent.parent / "cases"
Floats: TypeAlias = NDArray[np.floating[Any]]


def case(name: str) -> Any:
    """A reference case; where it comes from stands in the file."""
    return json.loads((CASES / f"{name}.json").read_text())


def resolved_of(data: str | Mapping[str, object]) -> Resolved:
    """A plan that has no fault that would stop a forecast."""
    plan, faults = read_plan(tomllib.loads(data) if isinstance(data, str) else data, AS_OF)
    assert not [fault for fault in faults if fault.fatal]
    assert plan is not None
    return resolve(plan, as_of=AS_OF)


def always(
    resolved: Resolved, count: int, *, fails: tuple[str, ...] = (), no: tuple[str, ...] = ()
) -> Works:
    """In all futures the same: everything works but what `fails`; the spikes in `no` say no."""
    everywhere = (1 << count) - 1
    works = {name: 0 if name in fails else everywhere for name in resolved.terms}
    return Works(count, works, dict.fromkeys(no, everywhere))


def timed(
    resolved: Resolved,
    order: tuple[str, ...],
    effort: Mapping[str, Floats | float],
    drawn: Works | None = None,
) -> tuple[Times, dict[str, Outcome]]:
    """The list worked through with given efforts and given luck; without it, everything works."""
    count = next((each.size for each in effort.values() if isinstance(each, np.ndarray)), 1)
    drawn = drawn or always(resolved, count)
    outcomes = Rules(resolved, drawn).outcomes()
    arrays = {
        name: np.broadcast_to(np.asarray(each, np.float64), count) for name, each in effort.items()
    }
    return Schedule(resolved, drawn, outcomes, arrays.__getitem__).run(order), outcomes


def known_once(
    resolved: Resolved,
    order: tuple[str, ...],
    effort: Mapping[str, float],
    *,
    fails: tuple[str, ...] = (),
    no: tuple[str, ...] = (),
) -> dict[str, tuple[float, float]]:
    """Start and known time of every item in a single future."""
    times, _ = timed(resolved, order, effort, always(resolved, 1, fails=fails, no=no))
    return {name: (float(times.start[name][0]), float(times.known[name][0])) for name in order}


def truth_table(resolved: Resolved, uncertain: tuple[str, ...], no: tuple[str, ...] = ()) -> Works:
    """One future for each combination of the uncertain items working or not, and of the spikes saying no or not."""
    count = 1 << (len(uncertain) + len(no))
    bit = {name: member(at, count) for at, name in enumerate((*uncertain, *no))}
    works = {
        name: pack(bit[name]) if name in uncertain else (1 << count) - 1 for name in resolved.terms
    }
    return Works(count, works, {name: pack(bit[name]) for name in no})


def member(bit: int, count: int) -> Bools:
    """Whether a bit of the future's number is 1, by future."""
    result: Bools = (np.arange(count) >> bit & 1).astype(np.bool_)
    return result


def works_in(source: Source, terms: Terms) -> Bools:
    """Whether an item works, by future."""
    return unpack(source.works_set(terms), source.futures)


def where(futures: int, count: int) -> Bools:
    """A set of futures as an array."""
    return unpack(futures, count)


def standard_error(chance: float, *counts: int) -> float:
    """Of a share seen in samples of these sizes."""
    return float(np.sqrt(max(chance * (1 - chance), 1e-9) * sum(1 / count for count in counts)))
