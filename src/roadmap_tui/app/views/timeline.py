"""The timeline: when, and whether."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from roadmap_tui.app.lines import Line, Span, clip
from roadmap_tui.app.look import groups
from roadmap_tui.app.sheet import Block
from roadmap_tui.app.view import TRACKS, Picture, Scene, picture
from roadmap_tui.app.views.timeline_row import Links, Shape
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.loads import Load
from roadmap_tui.forecast.summary import ItemForecast
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report.words import month, percent


def timeline(scene: Scene) -> Picture:
    """Draw the timeline: each finish as a ridge whose height is the density times the chance to ship."""
    shape = Shape.of(scene)
    lanes = list(_lanes(scene))
    order = [item.id for _, _, items in lanes for item in items]
    links = Links.of(scene, shape.axis, order)
    lines: list[Line | Block] = [shape.heading()]
    for name, style, items in lanes:
        place = order.index(items[0].id) if items else len(order)
        lines.append(
            (
                Span(shape.named(f" {name}"), style),
                *shape.quiet(links.column if links.crosses(place) else None),
            )
        )
        lines += [Block(partial(shape.row, item, links), (item.id,)) for item in items]
        if not items:
            lines.append(
                (Span(shape.named(f" {scene.nothing(name.casefold())}"), "dim"), *shape.quiet())
            )
    lines += _together(scene)
    if loads := _loads(scene):
        lines += [
            (Span(shape.named(" TEAMS"), "dim bold"), *shape.quiet()),
            *map(shape.load, loads),
        ]
    lines += [
        (Span(clip(f" {words}", scene.width), "dim"),) for words in _legend(scene, links, order)
    ]
    return replace(picture(lines, ((name,) for name in order), scene.width, fixed=1), follows=True)


def _lanes(scene: Scene) -> Iterator[tuple[str, str, list[ItemForecast]]]:
    """What is drawn, by track or as people have put it together: the heading, its style, the items."""
    if scene.look.group == "none":
        for track, name in TRACKS:
            yield name, f"{track} bold", _in_order(scene, scene.items(track))
        return
    every = _in_order(scene, [item for track, _ in TRACKS for item in scene.items(track)])
    for name, ids in groups(scene.plan, (item.id for item in every), scene.look.group):
        yield printable(name), "bold", [scene.item(each) for each in ids]


def _in_order(scene: Scene, items: list[ItemForecast]) -> list[ItemForecast]:
    place = {name: at for at, name in enumerate(scene.forecast.list)}
    return sorted(
        (item for item in items if _is_drawn(scene, item)),
        key=lambda item: (item.id not in place, place.get(item.id, 0)),
    )


def _is_drawn(scene: Scene, item: ItemForecast) -> bool:
    if item.status in {"planned", "active", "live"}:
        return True
    spike = scene.plan.items[item.id]
    return isinstance(spike, Spike) and spike.verdict is not None


def _together(scene: Scene) -> list[Line]:
    """The chance that all that passes the filter delivers."""
    chance = scene.study.together if scene.study is not None else None
    if chance is None:
        return []
    return [(Span(f" all of these by {month(scene.forecast.until)}: {percent(chance)}", "bold"),)]


def _loads(scene: Scene) -> tuple[Load, ...]:
    return (scene.study.loads or ()) if scene.study is not None else ()


def _legend(scene: Scene, links: Links, order: list[str]) -> Iterator[str]:
    words = []
    if any(
        scene.item(name).deadline is not None and scene.item(name).status in OPEN for name in order
    ):
        words.append("⚑ promised by that day")
    if links.needs:
        words.append("▸ what the selected item waits for")
    if links.waiting:
        words.append("◂ what waits for it")
    if words:
        yield " · ".join(words)
