"""A folder of 200 roadmaps of 50 items: over the cores against one process, in one run.

python -m benchmarks.portfolio
"""

import sys
import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.measure import in_turns, print_timing
from benchmarks.roadmaps import plan_text

from roadmap_tui.answers.portfolio import PortfolioAnswer
from roadmap_tui.cli.executors import map_pieces, open_executor
from roadmap_tui.forecast.engine import DEFAULT_RUNS
from roadmap_tui.portfolio.overview import combine_roadmaps
from roadmap_tui.portfolio.summary import RoadmapRequest, summarize_roadmap

ROADMAPS, ITEMS, RUNS = 200, 50, 3


def asks(folder: Path) -> list[RoadmapRequest]:
    """The roadmaps, written into a folder."""
    for nth in range(ROADMAPS):
        text = plan_text(ITEMS).replace("[roadmap]\n", f"[roadmap]\nseed = {nth}\n", 1)
        (folder / f"{nth:03}.toml").write_text(text, encoding="utf-8")
    return [
        RoadmapRequest(str(path), path.name, None, None, DEFAULT_RUNS)
        for path in sorted(folder.glob("*.toml"))
    ]


def main() -> None:
    """Measure, and compare the answers of all ways."""
    with tempfile.TemporaryDirectory() as place:
        wanted = asks(Path(place))

        def over(jobs: int) -> object:
            with open_executor(None, jobs, len(wanted)) as chosen:
                return PortfolioAnswer.read(
                    combine_roadmaps(map_pieces(chosen, summarize_roadmap, wanted))
                )

        print(f"{ROADMAPS} roadmaps of {ITEMS} items, {DEFAULT_RUNS:,} runs")
        measured = in_turns(
            {"one process": lambda: over(1), "two processes": lambda: over(2)}, RUNS
        )
        print_timing("one process", measured["one process"])
        print_timing(
            "two processes", measured["two processes"], measured["one process"], "bar: 0.60 x"
        )
        cluster = import_module("distributed").LocalCluster
        with cluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as engine:
            address = engine.scheduler_address.replace("tcp://", "dask://")
            with open_executor(address, None, len(wanted)) as chosen:
                by_dask = PortfolioAnswer.read(
                    combine_roadmaps(map_pieces(chosen, summarize_roadmap, wanted))
                )
        same = by_dask == over(1) == over(2)
        print(f"  a local dask cluster gives the same figures: {'yes' if same else 'NO'}")
        sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
