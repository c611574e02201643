"""The same figure reads the same on every command, document and screen; and no more precisely than
its sampling error allows.

Each figure is taken from the JSON answer, written by the one function for its kind, and looked for
where a person reads it.
"""

import json
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from statistics import pstdev
from typing import Any

import pytest

from roadmap_tui.answers.base import RangeView
from roadmap_tui.storage.templates import load_templates
from roadmap_tui.text.currency import Currency, format_effort_range
from roadmap_tui.text.numbers import (
    format_chance,
    format_effort,
    format_number,
    format_share_change,
    format_whole_percent,
)
from roadmap_tui.tui.screens.ranking import render_ranking
from roadmap_tui.tui.views.lines import line_text
from tests.cli.conftest import Run
from tests.tui.plans import SHIPPED, scene_of

FILES = {
    **{path.stem: path.read_text(encoding="utf-8") for path in SHIPPED},
    **{template.name: template.text for template in load_templates()},
}
OPEN, DELIVERED = {"planned", "active"}, {"live", "done"}
ADVICE = {"do": "do it", "skip": "don't", "choose": "your call"}
RUNS = ("--runs", "2000")
_FOUR_DIGITS = 10_000


@pytest.fixture(params=FILES)
def file(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """One shipped roadmap or template, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "300")
    (tmp_path / "plan.toml").write_text(FILES[request.param], encoding="utf-8")
    return "plan.toml"


def answer(run: Run, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*words, *RUNS, "--json").out)
    return found


def text(run: Run, *words: str) -> str:
    return run(*words, *RUNS).out


def page(run: Run, file: str, audience: str) -> str:
    """A document as Markdown, without its escapes."""
    written = text(run, "export", file, "--for", audience).replace("&gt;", ">")
    return re.sub(r"\\([^\w\s])", r"\1", written.replace("&lt;", "<"))


def chance_text(item: dict[str, Any]) -> str:
    """The one way to write an item's chance to ship by the horizon."""
    if item["status"] in DELIVERED:
        return format_whole_percent(item["ships"])
    return format_chance(item["ships"])


def readings(write: Callable[[float], str], rounded: float) -> set[str]:
    """How a figure may read whose value is known to four significant digits."""
    return {write(rounded * factor) for factor in (1 - 5e-4, 1, 1 + 5e-4)}


def test_a_chance_to_ship_reads_the_same_everywhere(run: Run, file: str) -> None:
    items = answer(run, "forecast", file)["items"]
    table, team = text(run, "forecast", file), page(run, file, "team")
    executive = page(run, file, "executive")
    for item in items:
        if item["status"] not in OPEN or item["kind"] == "spike" or item["finish"] is None:
            continue
        chance = chance_text(item)
        row = next(line for line in table.splitlines() if f" {item['id']} " in line)
        assert re.search(rf"[ ~]{re.escape(chance)} ", row), row
        shown = text(run, "show", file, item["id"])
        assert re.search(rf"Ships +~?{re.escape(chance)} by ", shown), item["id"]
        assert re.search(rf"[ ~]{re.escape(chance)} chance of shipping by", shown)
        for line in team.splitlines():
            if line.startswith(f"| {item['title']} | ") and "%" in line.split("|")[2]:
                assert line.split("|")[2].strip().lstrip("~") == chance
        for found in re.findall(
            rf"\*\*{re.escape(item['title'])}\*\* ~?(\S+) chance of shipping", executive
        ):
            assert found == chance


def test_a_score_reads_the_same_everywhere(run: Run, file: str) -> None:
    rows = answer(run, "rank", file)["items"]
    table, team = text(run, "rank", file), page(run, file, "team")
    scene = scene_of(FILES["helpdesk"])
    for row in rows:
        if row["weighted"] is None:
            continue
        score = row["weighted"]["score"]
        if score >= _FOUR_DIGITS:
            continue
        ways = readings(format_number, score)
        line = next(each for each in table.splitlines() if row["title"][:20] in each)
        [shown] = {way for way in ways if re.search(rf" ~?{re.escape(way)} ", line)}
        assert f" {shown} |" in team.replace("~", " ")
    drawn = [line_text(each) for each in render_ranking(scene).lines]
    for ranked in scene.forecast.ranking:
        assert ranked.weighted is not None
        assert any(format_number(ranked.weighted.score) in each for each in drawn)


def test_what_a_spike_does_reads_the_same_everywhere(run: Run, file: str) -> None:
    rows = answer(run, "spikes", file)["items"]
    table, lessons = text(run, "spikes", file), page(run, file, "learning")
    titles = {each["id"]: each["title"] for each in answer(run, "forecast", file)["items"]}
    for row in rows:
        cells = (
            format_share_change(row["value"], row["value_se"]),
            format_effort(row["saved_weeks"]["mean"] if is_sure(row["saved_weeks"]) else 0),
            ADVICE[row["advice"]],
        )
        line = next(
            each for each in table.splitlines() if each.startswith(f"◆ {titles[row['id']]}")
        )
        assert all(cell in line for cell in cells), (cells, line)
        assert row["advised"] == (row["advice"] == "do")
        same = lessons.splitlines()
        for cell in cells:
            same = [each for each in same if cell in each]
        assert same, cells
        assert "no answer would change what is done" not in line or row["saved_by_no"] is None


def is_sure(difference: dict[str, float]) -> bool:
    return abs(difference["mean"]) > 2 * difference["se"]


def test_the_plans_cost_reads_the_same_everywhere(run: Run, file: str) -> None:
    money = answer(run, "money", file)
    currency = Currency.from_code(money["currency"])
    cost = RangeView.model_validate(money["cost"])
    if not cost.p90:
        return
    ends = (readings(currency.format_rounded, each) for each in (cost.p10, cost.p90))
    spreads = {f"{low}–{high}" for low, high in product(*ends)}
    weeks = format_effort_range(RangeView.model_validate(money["person_weeks"]))
    found = set[str]()
    for shown in (
        text(run, "money", file),
        page(run, file, "executive"),
        page(run, file, "funding"),
    ):
        [said] = re.findall(r"Total cost (\S+): (\S+) person-weeks of work", shown)
        assert said[0] in spreads
        assert said[1] == weeks
        found.add(said[0])
    assert len(found) == 1


def test_no_open_chance_is_100_and_no_percent_has_a_space(run: Run, file: str) -> None:
    written = Path(file).read_text(encoding="utf-8")  # what people wrote may have any form
    for words in (("forecast",), ("rank",), ("spikes",), ("money",)):
        for found in re.findall(r"\d+ %", text(run, *words, file)):
            assert found in written
    for line in text(run, "forecast", file).splitlines():
        assert "100%" not in line.split("   ")[-1]


@pytest.mark.soak
@pytest.mark.parametrize("name", [path.stem for path in SHIPPED])
def test_no_figure_has_more_digits_than_its_error_allows(
    name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over ten seeds, a figure's standard deviation is at most the unit of its last digit."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.toml").write_text(FILES[name], encoding="utf-8")
    figures: dict[str, list[float]] = {}
    for seed in range(1, 11):
        seeded = ("--seed", str(seed), "--json")
        money = json.loads(run("money", "plan.toml", *seeded).out)
        for end in ("p10", "p90"):
            figures.setdefault(f"cost {end}", []).append(money["cost"][end])
        figures.setdefault("lost", []).append(money["lost"])
        for item in json.loads(run("forecast", "plan.toml", *seeded).out)["items"]:
            figures.setdefault(f"ships {item['id']}", []).append(100 * item["ships"])
    for figure, values in figures.items():
        unit = 1.0
        if not figure.startswith("ships"):
            unit = 10 ** (len(str(int(max(map(abs, values))))) - 2)
        assert pstdev(values) <= unit, figure
