"""What a change does to an item: before and after."""

from textual.content import Content

from roadmap_tui.app.lines import fit
from roadmap_tui.forecast.run import PREVIEW
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.report.figures import factors, score, ships, when
from roadmap_tui.report.words import month, ordinal, percent

_LABEL = 10


def effect(before: Forecast, after: Forecast | None, name: str) -> Content:
    """Ships, range and rank as they are and, if `after` is given, as they would be."""
    rows = [("", "now" if after is None else "now → if you keep this")]
    old, new = _figures(before, name), _figures(after, name) if after else {}
    rows += [
        (label, f"{value} → {new[label]}" if new.get(label, value) != value else value) for label, value in old.items()
    ]
    lines = [Content.assemble((fit(label, _LABEL), "$recede"), text) for label, text in rows]
    heading = Content.styled("What it does", "bold")
    note = f"\nships: by {month(before.until)}\n"
    note += f"a preview of {PREVIEW:,} futures" if after else "type, and watch it move"
    return Content("\n").join([heading, *lines, Content.styled(note, "$recede")])


def _figures(forecast: Forecast, name: str) -> dict[str, str]:
    item = forecast.items[name]
    if item.odds is not None:
        on_yes, on_no = percent(item.odds.after_yes), percent(item.odds.after_no)
        return {"odds": ships(item), "on yes": on_yes, "on no": on_no, "answer": when(forecast, item)}
    figures = {"ships": ships(item), "range": when(forecast, item)}
    row = forecast.rank(name)
    if row is not None:
        figures["rank"] = str(row.weighted.rank) if row.weighted else "–"
        figures["plain"] = str(row.plain.rank) if row.plain else "–"
        figures["score"] = score(row)
        figures["effort"] = f"{factors(row)[2]} pw"
        figures["worked"] = ordinal(row.worked) if row.worked else "–"
    return figures
