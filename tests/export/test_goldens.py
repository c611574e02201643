"""Every export of one plan against a stored one.

``python -m tests.export.test_goldens`` rewrites those. Figures may differ: the tests of the
forecast check them, and the tests beside this one their use.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from roadmap_tui.export.formats import AUDIENCES, FORMATS, PICTURES
from roadmap_tui.export.pipeline import ExportSpec, render_export
from roadmap_tui.narrative.context import ReportContext
from tests.export.samples import subject

FOLDER = Path(__file__).parent / "goldens"
LEFT_OUT = {"html", "json"}
"""Pages consist of what Markdown and pictures have, and data is what other commands answer."""


def wanted() -> Iterator[tuple[str, ExportSpec]]:
    for form in FORMATS:
        if form.name in LEFT_OUT:
            continue
        if form.for_audiences:
            yield from (
                (f"{each.name}{form.extension}", ExportSpec(form.name, each.name))
                for each in AUDIENCES
            )
        elif form.has_pictures:
            yield from (
                (f"{each.name}{form.extension}", ExportSpec(form.name, picture=each.name))
                for each in PICTURES
            )
        else:
            yield f"plan{form.extension}", ExportSpec(form.name)


WANTED = dict(wanted())


@lru_cache(maxsize=1)
def plan() -> ReportContext:
    return subject((FOLDER / "plan.toml").read_text(encoding="utf-8"), 2000, "Ticket routing")


@pytest.mark.parametrize("name", WANTED)
def test_it_is_as_it_was_looked_at(name: str) -> None:
    number = r"\d+(\.\d+)?" if name.endswith(".svg") else r"\d"
    made, golden = render_export(plan(), WANTED[name]), (FOLDER / name).read_text(encoding="utf-8")
    assert re.sub(number, "0", made) == re.sub(number, "0", golden)


def test_each_golden_is_of_an_export() -> None:
    assert {each.name for each in FOLDER.iterdir()} == {*WANTED, "plan.toml"}


if __name__ == "__main__":
    for file, each in WANTED.items():
        (FOLDER / file).write_text(render_export(plan(), each), encoding="utf-8")
