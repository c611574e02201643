"""Plans at the edge of sense on every screen: each is drawn, within its width, with all that is found out about it."""

import re
from dataclasses import replace

import pytest
from tests.forecast.test_degenerate_studies import PLANS

from roadmap_tui.app.details import details
from roadmap_tui.app.lines import Line, width
from roadmap_tui.app.study import Question, Study, studied, with_guesses
from roadmap_tui.app.view import Scene
from roadmap_tui.app.views.all import VIEWS
from roadmap_tui.forecast.pace import go_on

from .making import document_of, scene_of


def assert_drawn(scene: Scene) -> None:
    for view, draw in VIEWS.items():
        drawn = draw(scene)
        lines: list[Line] = [
            *(drawn.lines[at] for at in range(len(drawn.lines))),
            *drawn.below,
            *details(scene),
        ]
        for line in lines:
            text = "".join(span.text for span in line)
            assert width(text) <= scene.width, (view, text)
            assert not re.search(r"(?i)\bnan\b|\binf\b", text), (view, text)


@pytest.mark.parametrize("name", PLANS)
def test_every_screen_is_drawn(name: str) -> None:
    scene, study = scene_of(PLANS[name]), Study(document_of(PLANS[name]))
    items = [*scene.forecast.items]
    for selected in dict.fromkeys((None, *items[:1], *items[-1:])):
        for view in VIEWS:
            study = studied(study, scene.forecast, Question(view, selected), go_on)
        study = with_guesses(study, scene.forecast, go_on)
        for cells in (80, 100):
            assert_drawn(replace(scene, width=cells, height=20, selected=selected))
            assert_drawn(replace(scene, width=cells, height=20, selected=selected, study=study))
