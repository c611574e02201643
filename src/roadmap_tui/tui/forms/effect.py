"""Effect panel: figures before and after an edit."""

from collections.abc import Iterable, Iterator

from textual.content import Content

from roadmap_tui.forecast.analysis.paired_difference import PairedDifference
from roadmap_tui.forecast.engine import PREVIEW_RUNS
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.narrative.item_figures import (
    format_delivery_chance,
    format_finish_range,
    format_score,
    format_score_factors,
)
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import NO_CHANGE, format_chance, format_ordinal, format_share_change
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.forms.form_edits import Preview
from roadmap_tui.tui.views.lines import fit_cells, text_cells
from roadmap_tui.tui.workers.forecast import PlanPreview

_LABEL = 10
_CELLS, _MOST = 32, 8
"""Width of a line, and the most items listed when many move."""


def effect_panel(forecast: Forecast, preview: Preview, name: str | None) -> Content:
    """Chance, range and rank of an item before and after an edit; of all items without a name.

    Before and after are previewed on the same runs.

    Args:
        forecast: the forecast of the plan, shown while nothing is edited.
        preview: what the edits do.
        name: the item.
    """
    if preview.now is None or preview.then is None:
        figures = {} if name is None else _figures(forecast, name)
        rows = [("", "now"), *figures.items()] if figures else []
        return _panel(map(_row, rows), forecast, "Edit a field to see the effect.")
    note = f"a preview of {PREVIEW_RUNS:,} runs"
    if name is None:
        return _panel(_plan_effect(preview.now, preview.then), forecast, note)
    rows = [("", "now → if you save this"), *_item_effect(preview.now, preview.then, name)]
    return _panel(map(_row, rows), forecast, note)


def _row(row: tuple[str, str]) -> Content:
    label, text = row
    return Content.assemble((fit_cells(label, _LABEL), "$recede"), text)


def _panel(lines: Iterable[Content], forecast: Forecast, note: str) -> Content:
    heading = Content.styled("Effect", "bold")
    note = f"\nships: by {format_date(forecast.horizon_end)}\n{note}"
    return Content("\n").join([heading, *lines, Content.styled(note, "$recede")])


def _item_effect(now: PlanPreview, then: PlanPreview, name: str) -> Iterator[tuple[str, str]]:
    """Each figure of an item before and after."""
    old, new = _figures(now.forecast, name), _figures(then.forecast, name)
    for label, value in old.items():
        after = new.get(label, value)
        if after == value:
            yield label, value
        elif label == "ships" and not _ships_change(now, then, name).direction:
            yield label, f"{value}, {NO_CHANGE}"
        else:
            yield label, f"{value} → {after}"


def _ships_change(now: PlanPreview, then: PlanPreview, name: str) -> PairedDifference:
    before, after = now.forecast.items[name], then.forecast.items[name]
    return PairedDifference.of_shares(after.shipped, before.shipped, now.forecast.runs)


def _plan_effect(now: PlanPreview, then: PlanPreview) -> Iterator[Content]:
    """Change of the plan's value, and the chances that change most."""
    yield from map(Content, _value_effect(now, then))
    both = [
        (old, new)
        for name, old in now.forecast.items.items()
        if (new := then.forecast.items.get(name)) is not None
    ]
    moved = [
        (old, new)
        for old, new in both
        if old.kind != "spike" and _ships_change(now, then, old.id).direction
    ]
    moved.sort(key=lambda each: -abs(each[1].ships - each[0].ships))
    for old, new in moved[:_MOST]:
        change = f" {format_delivery_chance(old)} → {format_delivery_chance(new)}"
        yield Content(fit_cells(escape_control(old.title), _CELLS - text_cells(change)) + change)
    if not moved:
        yield Content("No chance of shipping changes.")
    elif len(moved) > _MOST:
        yield Content.styled(f"and {len(moved) - _MOST} more", "$recede")


def _value_effect(now: PlanPreview, then: PlanPreview) -> Iterator[str]:
    whole = float(now.value.mean())
    if whole:
        share = PairedDifference.of(then.value, now.value).scaled(1 / whole)
        yield f"value {format_share_change(share.mean, share.se)}"


def _figures(forecast: Forecast, name: str) -> dict[str, str]:
    item = forecast.items[name]
    if item.odds is not None:
        on_yes, on_no = format_chance(item.odds.after_yes), format_chance(item.odds.after_no)
        return {
            "odds": format_delivery_chance(item),
            "on yes": on_yes,
            "on no": on_no,
            "result": format_finish_range(forecast, item),
        }
    figures = {"ships": format_delivery_chance(item), "range": format_finish_range(forecast, item)}
    row = forecast.rank_row(name)
    if row is not None:
        figures["rank"] = str(row.weighted.rank) if row.weighted else "–"
        figures["RICE rank"] = str(row.rice.rank) if row.rice else "–"
        figures["score"] = format_score(row)
        figures["effort"] = f"{format_score_factors(row)[2]} pw"
        figures["build"] = format_ordinal(row.build_position) if row.build_position else "–"
    return figures
