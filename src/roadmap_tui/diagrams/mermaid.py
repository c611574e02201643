"""Dependencies as a Mermaid diagram."""

from collections.abc import Iterator

from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.dependencies import Dependency, item_dependencies
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.escape import escape_mermaid_label, to_mermaid_id

_SHAPES = {"product": ('["', '"]'), "model": ('("', '")'), "spike": ('{{"', '"}}')}
_ARROWS = {"needs": "-->", "informs": "-. informs .->", "fallback_for": "-. if not .->"}


def mermaid_diagram(plan: Plan, forecast: Forecast) -> str:
    """Open items, those they refer to, and the links between them; empty without links."""
    links = [
        link
        for link in _links(plan)
        if forecast.items[link.after].status in OPEN_STATUSES | {"idea"}
    ]
    shown = {link.before for link in links} | {link.after for link in links}
    nodes = [_node(forecast, name) for name in plan.items if name in shown]
    return "\n".join(["flowchart LR", *nodes, *dict.fromkeys(map(_edge, links))]) if links else ""


def _links(plan: Plan) -> Iterator[Dependency]:
    items = plan.items
    for name, item in items.items():
        for link in item_dependencies(name, item):
            if link.before in items and link.after in items:
                yield link


def _node(forecast: Forecast, name: str) -> str:
    item = forecast.items[name]
    start, end = _SHAPES[item.kind]
    state = "" if item.status in OPEN_STATUSES else f" ({item.status})"
    return f"    {to_mermaid_id(name)}{start}{escape_mermaid_label(item.title + state)}{end}"


def _edge(link: Dependency) -> str:
    return (
        f"    {to_mermaid_id(link.before)} {_ARROWS[str(link.path[2])]} {to_mermaid_id(link.after)}"
    )
