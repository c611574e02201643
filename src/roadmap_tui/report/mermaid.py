"""What hangs on what, as a Mermaid diagram."""

from collections.abc import Iterator

from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.links import Link, links_of
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.escape import mermaid_id, mermaid_label

_SHAPES = {"product": ('["', '"]'), "model": ('("', '")'), "spike": ('{{"', '"}}')}
_ARROWS = {"needs": "-->", "informs": "-. tells .->", "instead_of": "-. if not .->"}


def diagram(plan: Plan, forecast: Forecast) -> str:
    """The open items, all they name, and the links between them; empty if nothing is linked."""
    links = [link for link in _links(plan) if forecast.items[link.after].status in OPEN | {"idea"}]
    shown = {name for link in links for name in (link.before, link.after)}
    nodes = [_node(forecast, name) for name in plan.items if name in shown]
    return "\n".join(["flowchart LR", *nodes, *dict.fromkeys(map(_edge, links))]) if links else ""


def _links(plan: Plan) -> Iterator[Link]:
    items = plan.items
    for name, item in items.items():
        for link in links_of(name, item):
            if link.before in items and link.after in items:
                yield link


def _node(forecast: Forecast, name: str) -> str:
    item = forecast.items[name]
    start, end = _SHAPES[item.kind]
    state = "" if item.status in OPEN else f" ({item.status})"
    return f"    {mermaid_id(name)}{start}{mermaid_label(item.title + state)}{end}"


def _edge(link: Link) -> str:
    return f"    {mermaid_id(link.before)} {_ARROWS[str(link.path[2])]} {mermaid_id(link.after)}"
