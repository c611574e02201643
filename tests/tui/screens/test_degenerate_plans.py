"""Degenerate plans on every screen: each is drawn within its width, with all its insights."""

import re
from dataclasses import replace

import pytest

from roadmap_tui.forecast.simulation.cancellation import no_checkpoint
from roadmap_tui.tui.screens.registry import RENDERERS
from roadmap_tui.tui.views.item_summary import item_summary
from roadmap_tui.tui.views.lines import Line, text_cells
from roadmap_tui.tui.views.view_model import ViewModel
from roadmap_tui.tui.workers.insights import (
    InsightRequest,
    Insights,
    compute_insights,
    with_assumptions,
)
from tests.forecast.analysis.test_degenerate_analyses import PLANS
from tests.tui.plans import document_of, scene_of


def assert_drawn(scene: ViewModel) -> None:
    for view, draw in RENDERERS.items():
        drawn = draw(scene)
        lines: list[Line] = [
            *(drawn.lines[at] for at in range(len(drawn.lines))),
            *drawn.detail_lines,
            *item_summary(scene),
        ]
        for line in lines:
            text = "".join(span.text for span in line)
            assert text_cells(text) <= scene.width, (view, text)
            assert not re.search(r"(?i)\bnan\b|\binf\b", text), (view, text)


@pytest.mark.parametrize("name", PLANS)
def test_every_screen_is_drawn(name: str) -> None:
    scene, study = scene_of(PLANS[name]), Insights(document_of(PLANS[name]))
    items = [*scene.forecast.items]
    for selected in dict.fromkeys((None, *items[:1], *items[-1:])):
        for view in RENDERERS:
            study = compute_insights(
                study, scene.forecast, InsightRequest(view, selected), no_checkpoint
            )
        study = with_assumptions(study, scene.forecast, no_checkpoint)
        for cells in (80, 100):
            assert_drawn(replace(scene, width=cells, height=20, selected=selected))
            assert_drawn(replace(scene, width=cells, height=20, selected=selected, insights=study))
