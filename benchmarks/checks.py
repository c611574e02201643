"""Speed of the checks next to reading and forecasting the same roadmaps: medians and worst.

python -m benchmarks.checks            everything
python -m benchmarks.checks --profile  where the checks' time goes
"""

import cProfile
import pstats
import sys
import tomllib
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import tomli_w
from benchmarks.measure import in_turns, print_timing

from roadmap_tui.checks.context import CheckInputs
from roadmap_tui.checks.findings import run_checks, study_open_spikes
from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import simulated_forecast
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan

SHIPPED = Path(__file__).parents[1] / "roadmaps" / "assistant.toml"
TRACKS = ("product", "model", "spike")
ITEMS = 1_000
RUNS = 5


def many(items: int) -> bytes:
    """Copies of the shipped roadmap, each with its own ids, and people for all of them."""
    once = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    copies = -(-items // sum(len(once[track]) for track in TRACKS))
    data: dict[str, Any] = {"roadmap": once["roadmap"], "market": once["market"]}
    data["teams"] = {
        name: team | {"people": team["people"] * copies} for name, team in once["teams"].items()
    }
    for track in TRACKS:
        data[track] = {
            f"{name}-{at}": _copied(item, at)
            for at, (name, item) in product(range(copies), once[track].items())
        }
    return tomli_w.dumps(data).encode()


def _copied(item: dict[str, Any], at: int) -> dict[str, Any]:
    named = {key: f"{item[key]}-{at}" for key in ("fallback_for", "informs") if key in item}
    return item | named | {"needs": [_need(each, at) for each in item.get("needs", [])]}


def _need(need: Any, at: int) -> Any:
    match need:
        case str():
            return f"{need}-{at}"
        case list():
            return [f"{each}-{at}" for each in need]
        case _:
            model, bar = need["bar"].split(".")
            return {"bar": f"{model}-{at}.{bar}"}


def _planned(document: Document) -> Plan:
    if document.plan is None or document.unlocated_faults:
        raise SystemExit(f"the benchmark's own plan has faults: {document.faults[:3]}")
    return document.plan


def _calls() -> dict[str, Callable[[], object]]:
    raw = many(ITEMS)
    plan = _planned(read_document(raw, "many.toml"))
    ran = simulated_forecast(resolve_plan(plan))
    known = CheckInputs(
        ran.forecast, spikes=study_open_spikes(ran.simulation.resolved, plan, ran.order.queue)
    )
    return {
        "reading": partial(read_document, raw, "many.toml"),
        "forecasting": lambda: simulated_forecast(resolve_plan(plan)),
        "the worth of its spikes": lambda: study_open_spikes(
            ran.simulation.resolved, plan, ran.order.queue
        ),
        "all checks": partial(run_checks, plan, known),
    }


def main() -> None:
    """Measure what was asked for."""
    calls = _calls()
    if "--profile" in sys.argv[1:]:
        with cProfile.Profile() as profiler:
            for _ in range(5):
                calls["all checks"]()
        pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(25)
        return
    print(f"{ITEMS:,} items with every table; bar: 0.3 s beyond reading and forecasting")
    measured = in_turns(calls, RUNS)
    for what, each in measured.items():
        print_timing(what, each, measured["forecasting"])


if __name__ == "__main__":
    main()
