"""What a change does to an item: before and after."""

from collections.abc import Sequence

from textual.content import Content

from roadmap_tui.app.lines import fit, width
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.run import PREVIEW
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.report.figures import factors, score, ships, when
from roadmap_tui.report.trial import value_change
from roadmap_tui.report.words import month, ordinal, percent

_LABEL = 10
_CELLS, _MOST = 32, 8
"""How wide a line is, and how many items are told where many move."""


def effect(before: Forecast, after: Forecast | None, name: str | None) -> Content:
    """Ships, range and rank of an item as they are and, if `after` is given, as they would be; of all, if of none."""
    if name is None:
        return _of_all(before, after)
    rows = [("", "now" if after is None else "now → if you keep this")]
    old, new = _figures(before, name), _figures(after, name) if after else {}
    rows += [
        (label, f"{value} → {new[label]}" if new.get(label, value) != value else value)
        for label, value in old.items()
    ]
    return _panel(
        [Content.assemble((fit(label, _LABEL), "$recede"), text) for label, text in rows],
        before,
        after,
    )


def _panel(lines: Sequence[Content], before: Forecast, after: Forecast | None) -> Content:
    heading = Content.styled("What it does", "bold")
    note = f"\nships: by {month(before.until)}\n"
    note += f"a preview of {PREVIEW:,} futures" if after else "type, and watch it move"
    return Content("\n").join([heading, *lines, Content.styled(note, "$recede")])


def _of_all(before: Forecast, after: Forecast | None) -> Content:
    """What moves in the plan as a whole: its value, and the chances of what moves most."""
    if after is None:
        return _panel([], before, after)
    lines = [Content(each) for each in value_change(before, after)]
    both = [
        (old, new)
        for name, old in before.items.items()
        if (new := after.items.get(name)) is not None
    ]
    moved = [(old, new) for old, new in both if old.kind != "spike" and ships(old) != ships(new)]
    moved.sort(key=lambda each: -abs(each[1].ships - each[0].ships))
    for old, new in moved[:_MOST]:
        change = f" {ships(old)} → {ships(new)}"
        lines.append(Content(fit(printable(old.title), _CELLS - width(change)) + change))
    if not moved:
        lines.append(Content("no chance to ship moves"))
    elif len(moved) > _MOST:
        lines.append(Content.styled(f"and {len(moved) - _MOST} more", "$recede"))
    return _panel(lines, before, after)


def _figures(forecast: Forecast, name: str) -> dict[str, str]:
    item = forecast.items[name]
    if item.odds is not None:
        on_yes, on_no = percent(item.odds.after_yes), percent(item.odds.after_no)
        return {
            "odds": ships(item),
            "on yes": on_yes,
            "on no": on_no,
            "answer": when(forecast, item),
        }
    figures = {"ships": ships(item), "range": when(forecast, item)}
    row = forecast.rank(name)
    if row is not None:
        figures["rank"] = str(row.weighted.rank) if row.weighted else "–"
        figures["plain"] = str(row.plain.rank) if row.plain else "–"
        figures["score"] = score(row)
        figures["effort"] = f"{factors(row)[2]} pw"
        figures["worked"] = ordinal(row.worked) if row.worked else "–"
    return figures
