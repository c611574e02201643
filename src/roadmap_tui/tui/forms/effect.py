"""Effect panel: figures before and after an edit."""

from collections.abc import Sequence

from textual.content import Content

from roadmap_tui.forecast.engine import PREVIEW_RUNS
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.narrative.item_figures import (
    format_delivery_chance,
    format_finish_range,
    format_score,
    format_score_factors,
)
from roadmap_tui.narrative.scenario_effect import value_effect
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance, format_ordinal
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.views.lines import fit_cells, text_cells

_LABEL = 10
_CELLS, _MOST = 32, 8
"""Width of a line, and the most items listed when many move."""


def effect_panel(before: Forecast, after: Forecast | None, name: str | None) -> Content:
    """Chance, range and rank of an item before and after an edit; of all items without a name."""
    if name is None:
        return _plan_effect(before, after)
    rows = [("", "now" if after is None else "now → if you keep this")]
    old, new = _figures(before, name), _figures(after, name) if after else {}
    rows += [
        (label, f"{value} → {new[label]}" if new.get(label, value) != value else value)
        for label, value in old.items()
    ]
    return _panel(
        [Content.assemble((fit_cells(label, _LABEL), "$recede"), text) for label, text in rows],
        before,
        after,
    )


def _panel(lines: Sequence[Content], before: Forecast, after: Forecast | None) -> Content:
    heading = Content.styled("What it does", "bold")
    note = f"\nships: by {format_date(before.horizon_end)}\n"
    note += f"a preview of {PREVIEW_RUNS:,} runs" if after else "type, and watch it move"
    return Content("\n").join([heading, *lines, Content.styled(note, "$recede")])


def _plan_effect(before: Forecast, after: Forecast | None) -> Content:
    """Change of the plan's value, and the chances that change most."""
    if after is None:
        return _panel([], before, after)
    lines = [Content(each) for each in value_effect(before, after)]
    both = [
        (old, new)
        for name, old in before.items.items()
        if (new := after.items.get(name)) is not None
    ]
    moved = [
        (old, new)
        for old, new in both
        if old.kind != "spike" and format_delivery_chance(old) != format_delivery_chance(new)
    ]
    moved.sort(key=lambda each: -abs(each[1].ships - each[0].ships))
    for old, new in moved[:_MOST]:
        change = f" {format_delivery_chance(old)} → {format_delivery_chance(new)}"
        lines.append(
            Content(fit_cells(escape_control(old.title), _CELLS - text_cells(change)) + change)
        )
    if not moved:
        lines.append(Content("no chance to ship moves"))
    elif len(moved) > _MOST:
        lines.append(Content.styled(f"and {len(moved) - _MOST} more", "$recede"))
    return _panel(lines, before, after)


def _figures(forecast: Forecast, name: str) -> dict[str, str]:
    item = forecast.items[name]
    if item.odds is not None:
        on_yes, on_no = format_chance(item.odds.after_yes), format_chance(item.odds.after_no)
        return {
            "odds": format_delivery_chance(item),
            "on yes": on_yes,
            "on no": on_no,
            "answer": format_finish_range(forecast, item),
        }
    figures = {"ships": format_delivery_chance(item), "range": format_finish_range(forecast, item)}
    row = forecast.rank_row(name)
    if row is not None:
        figures["rank"] = str(row.weighted.rank) if row.weighted else "–"
        figures["plain"] = str(row.rice.rank) if row.rice else "–"
        figures["score"] = format_score(row)
        figures["effort"] = f"{format_score_factors(row)[2]} pw"
        figures["worked"] = format_ordinal(row.build_position) if row.build_position else "–"
    return figures
