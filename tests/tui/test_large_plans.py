"""Large plans: only visible lines are drawn, and limits are shown with their number."""

import pytest

from roadmap_tui.diagrams.graph import DependencyGraph
from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.cancellation import no_checkpoint
from roadmap_tui.plan.items import Item
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.tui import limits
from roadmap_tui.tui.screens import checks, map, ranking, spikes
from roadmap_tui.tui.screens.registry import RENDERERS
from roadmap_tui.tui.views import placeholder as before_forecast
from roadmap_tui.tui.views.figure_widths import FigureWidths
from roadmap_tui.tui.views.lines import Line, line_text
from roadmap_tui.tui.views.placeholder import render_placeholder
from roadmap_tui.tui.views.view_model import RenderedView, ViewModel
from roadmap_tui.tui.workers.check_results import CheckResults, run_document_checks
from roadmap_tui.tui.workers.insights import (
    InsightRequest,
    Insights,
    compute_insights,
    with_assumptions,
)

ITEMS, LINES = 20_000, 40


def text_of(items: int) -> str:
    lines = ["[roadmap]", "as_of = 2026-11-23", "[teams.t]", "people = 9"]
    for at in range(items):
        track = "product" if at % 2 else "model"
        needs = f'"i{at - 1}"' if at % 7 else ""
        lines += [f"[{track}.i{at}]", 'team = "t"', "effort = 2", f"needs = [{needs}]"]
        lines += ["reach = 100", "impact = 1"] if at % 2 else ["chance = 0.8"]
        lines += [f"[spike.s{at}]", f'informs = "i{at}"'] if at % 20 == 0 else []
    return "\n".join(lines) + "\n"


def plan_of(document: Document) -> Plan:
    assert document.plan is not None
    return document.plan


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(text_of(300).encode(), "plan.toml")


def scene_of(document: Document, study: Insights | None = None) -> ViewModel:
    plan = plan_of(document)
    found = forecast(resolve_plan(plan), 50)
    return ViewModel(
        DependencyGraph(plan, frozenset(plan.items)),
        found,
        "i3",
        100,
        insights=study,
        check_results=CheckResults(document),
    )


def words(picture: RenderedView) -> str:
    return "\n".join(line_text(line) for line in picture.lines)


def test_before_the_forecast_only_rows_in_sight_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """20,000 items; counted are the rows that are made."""
    drawn: list[str] = []
    row = before_forecast._row

    def counted(item: Item, name: str, track: str, cells: int) -> list[Line]:
        drawn.append(name)
        return row(item, name, track, cells)

    monkeypatch.setattr(before_forecast, "_row", counted)
    picture = render_placeholder(plan_of(read_document(text_of(ITEMS).encode(), "plan.toml")), 100)
    assert len(picture.rows) == len(picture.lines) - 3 == ITEMS + ITEMS // 20
    assert not drawn
    assert len(picture.lines[:LINES]) == LINES
    assert len(drawn) <= LINES


def test_the_items_of_a_plan_are_put_together_once(document: Document) -> None:
    plan = plan_of(document)
    assert plan.items is plan.items
    copied = plan.model_copy(update={"spike": {}})
    assert len(copied.items) == len(plan.items) - 15 == 300
    assert copied == plan.model_copy(update={"spike": {}})


def test_map_of_too_many_items_shows_its_limit(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map, "MAP_LIMIT", 200)
    monkeypatch.setattr(
        DependencyGraph, "edges", property(lambda _: pytest.fail("the map is laid out"))
    )
    assert "315 items: the map shows up to 200; press / and filter to see a part" in words(
        RENDERERS["map"](scene_of(document))
    )


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans of more than 300 items are large."""
    monkeypatch.setattr(limits, "ANALYSIS_LIMIT", 300)
    for each in (spikes, ranking):
        monkeypatch.setattr(each, "ANALYSIS_LIMIT", 300)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("spikes", "spikes are priced up to 300"),
        ("ranking", "moves in the build order are tried up to 300"),
    ],
)
def test_studies_of_too_many_items_are_skipped_with_a_reason(
    document: Document, view: str, said: str
) -> None:
    def check() -> None:
        pytest.fail("it is worked out")

    study, found = Insights(document), forecast(resolve_plan(plan_of(document)), 50)
    assert compute_insights(study, found, InsightRequest(view, "i3"), check) is study
    assert with_assumptions(study, found, check) is study
    assert f"315 items: {said}" in words(RENDERERS[view](scene_of(document)))


@pytest.mark.usefixtures("large")
def test_a_large_plan_is_studied_on_few_runs(document: Document) -> None:
    found = forecast(resolve_plan(plan_of(document)), 50)
    assert limits.full_run_count(300) == 10_000
    assert limits.full_run_count(301) == 2_000
    assert compute_insights(
        Insights(document), found, InsightRequest("timeline", "i3"), no_checkpoint
    ).utilisation


def test_only_so_many_findings_are_listed(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "FINDINGS_LIMIT", 20)
    plan = plan_of(document)
    found = forecast(resolve_plan(plan), 50)
    every = run_document_checks(document, found, None, no_checkpoint)
    assert len(every.by_key) > 20
    scene = ViewModel(
        DependencyGraph(plan, frozenset(plan.items)), found, "i3", 100, check_results=every
    )
    picture = checks.render_checks(scene)
    assert len(picture.rows) == 20
    assert f"{len(every.by_key):,} findings: the first 20 are listed" in " ".join(
        words(picture).split()
    )


def test_figures_are_measured_once_for_a_forecast(document: Document) -> None:
    measured = FigureWidths(forecast(resolve_plan(plan_of(document)), 50))
    measured.prepare()
    assert {"chance_cells", "range_cells", "delivery_curves"} <= measured.__dict__.keys()
