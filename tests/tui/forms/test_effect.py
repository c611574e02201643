"""The effect of an edit: the same runs on both sides, and only differences beyond error."""

from dataclasses import replace

import numpy as np
import pytest

from roadmap_tui.forecast.analysis.paired_difference import PairedDifference
from roadmap_tui.forecast.engine import PREVIEW_RUNS
from roadmap_tui.forecast.simulation.cancellation import no_checkpoint
from roadmap_tui.forecast.simulation.run_sets import from_mask
from roadmap_tui.tui.forms.effect import effect_panel
from roadmap_tui.tui.forms.form_edits import Preview
from roadmap_tui.tui.workers.forecast import PlanPreview, preview_plan
from tests.forecast.build import resolved_of

PLAN = '[roadmap]\nhorizon = 10\n[product.a]\ntitle = "{}"\neffort = [4, {}]\nreach = 5\n'


def previewed(title: str, high: float) -> PlanPreview:
    return preview_plan(resolved_of(PLAN.format(title, high)), no_checkpoint)


def panel(now: PlanPreview, then: PlanPreview, name: str | None) -> str:
    return effect_panel(now.forecast, Preview((), {}, now, then), name).plain


def item_rows(now: PlanPreview, then: PlanPreview) -> str:
    """The item's figures, below the head of the panel."""
    _, head, rows = panel(now, then, "a").partition("now → if you save this")
    assert head
    return rows


def test_another_title_changes_nothing() -> None:
    now, then = previewed("A", 12), previewed("B", 12)
    assert "→" not in item_rows(now, then)
    assert "value no change" in panel(now, then, None)
    assert "No chance of shipping changes." in panel(now, then, None)


def test_a_clear_difference_is_shown_from_the_same_runs() -> None:
    now, then = previewed("A", 12), previewed("A", 40)
    assert now.forecast.runs == then.forecast.runs == PREVIEW_RUNS
    assert "→" in item_rows(now, then)
    assert "no change" not in panel(now, then, None)


@pytest.mark.parametrize(
    ("more", "less", "clear"), [(3, 0, 0), (5, 0, 1), (60, 50, 0), (80, 50, 1)]
)
def test_a_share_is_compared_with_its_own_error(more: int, less: int, clear: int) -> None:
    """b runs gained and c lost differ clearly if b - c exceeds about 2 times the root of b + c."""
    before = np.arange(1000) < 500
    after = before.copy()
    after[500 : 500 + more] = True
    after[:less] = False
    found = PairedDifference.of_shares(from_mask(after), from_mask(before), 1000)
    assert found.mean == pytest.approx((more - less) / 1000)
    pairs = after.astype(float) - before
    assert found.se == pytest.approx(pairs.std() / np.sqrt(1000))
    assert found.direction == clear


def test_a_difference_within_its_error_reads_no_change() -> None:
    now = previewed("A", 12)
    item = now.forecast.items["a"]
    shifted = replace(item, ships=item.ships + 0.01)
    then = replace(now, forecast=replace(now.forecast, items={"a": shifted}))
    assert ", no change" in panel(now, then, "a")
