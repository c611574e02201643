"""Memory stays constant in every state of the app, and idle states use no processor.

Warm-up: each state is used for a quarter of the time, so that caches of fixed size are full, and
rests for half a minute. Growth is the difference between the medians of the last and the first
tenth of a phase.
"""

import os
import sys
from itertools import chain
from pathlib import Path

import pytest

from tests.tui.plans import SHIPPED
from tests.tui.soak import Phase, phases, run, soaking
from tests.tui.soak_states import ALL

MINUTES = float(os.environ.get("ROADMAP_SOAK_MINUTES", "10"))
MEGABYTES, SHARE = 3.0, 0.01
REST_SECONDS = 30.0


def table(rests: dict[str, Phase], works: dict[str, Phase]) -> str:
    """What was measured, in Markdown."""
    lines = [
        (
            f"| State | MB at start | MB at end | growth in {MINUTES:g} min at rest | growth in"
            f" {MINUTES:g} min at work | % of a core at rest |"
        ),
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, rest in rests.items():
        work = works[name]
        figures = (rest.begun, work.ended, rest.growth, work.growth, rest.share * 100)
        lines.append(f"| {name} | {' | '.join(f'{each:.1f}' for each in figures)} |")
    return "\n".join((*lines, ""))


@pytest.mark.skipif(sys.platform != "linux", reason="memory and processor time are read from /proc")
@pytest.mark.soak
def test_no_state_grows_and_none_is_busy_at_rest(tmp_path: Path) -> None:
    plan = next(each for each in SHIPPED if each.stem == "helpdesk")
    wanted = os.environ.get("ROADMAP_SOAK_STATES", "")
    states = [each for each in ALL if wanted in each.name]
    with soaking(states, tmp_path, plan) as soaked:
        run(soaked, MINUTES * 60 / 4, works=True)
        run(soaked, REST_SECONDS, works=False)
        rests = phases(soaked, MINUTES * 60, works=False)
        works = phases(soaked, MINUTES * 60, works=True)
    report = table(rests, works)
    if written := os.environ.get("ROADMAP_SOAK_TABLE"):
        Path(written).write_text(report, encoding="utf-8")
    measured = chain(rests.items(), works.items())
    grown = [name for name, phase in measured if phase.growth > MEGABYTES]
    busy = [name for name, phase in rests.items() if phase.share > SHARE]
    assert not grown, f"grown: {grown}\n{report}"
    assert not busy, f"busy at rest: {busy}\n{report}"
