"""What is said about the selected item under every screen."""

from roadmap_tui.app.lines import Line, Span, clip, cut, joined, width
from roadmap_tui.app.view import Scene
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import ItemForecast
from roadmap_tui.plan.items import Spike
from roadmap_tui.report.about import guesses
from roadmap_tui.report.figures import ever, ships, when
from roadmap_tui.report.say import next_decision
from roadmap_tui.report.words import month, number, ordinal, percent, span

HEIGHT = 3


def details(scene: Scene) -> tuple[Line, ...]:
    """Three lines about the selection: its chance and range, what it hangs on, what it rests on."""
    if scene.selected is None or scene.selected not in scene.forecast.items:
        return ((), (), ())
    item = scene.item(scene.selected)
    colour = "spike" if item.kind == "spike" else item.track
    title = clip(
        scene.title(item.id), max(20, scene.width // 3 if scene.width > 90 else scene.width // 4)
    )
    facts = joined(_facts(scene, item), scene.width - width(title) - 4)
    lines: tuple[Line, ...] = (
        (Span("▌", colour), Span(title, f"{colour} bold"), Span(f"  {facts}")),
        (Span(f"  {clip(' · '.join(_links(scene, item)), scene.width - 4)}", "dim"),),
        (Span(f"  {clip(' · '.join(_grounds(scene, item)), scene.width - 4)}", "dim"),),
    )
    return tuple(cut(line, scene.width) for line in lines)


def _facts(scene: Scene, item: ItemForecast) -> list[str]:
    forecast = scene.forecast
    if item.status in {"done", "live", "failed", "dropped", "idea"}:
        return [
            item.status,
            *_before(scene, item),
            printable(scene.plan.items[item.id].summary or ""),
        ]
    if item.odds is not None:
        odds = item.odds
        return [
            ships(item),
            (
                f"the bet works {percent(odds.before)} → {percent(odds.after_yes)} on yes,"
                f" {percent(odds.after_no)} on no"
            ),
            f"answer {when(forecast, item)}",
        ]
    if item.finish is None:
        return ["can't ship as planned", *_outcomes(item)]
    later = f" ({ever(item)} ever)" if ever(item) else ""
    quarters = [f"by Q{(q.ends.month + 2) // 3} {percent(q.chance)}" for q in item.by_quarter[:4]]
    promise = [] if item.deadline is None else [f"deadline met {percent(item.deadline)}"]
    return [
        f"{ships(item)} by {month(forecast.until)}{later}",
        f"if it ships {when(forecast, item)} (8 in 10)",
        *_before(scene, item),
        *promise,
        *quarters,
    ]


def _before(scene: Scene, item: ItemForecast) -> list[str]:
    """While something is tried, what is forecast of it in the plan as it is."""
    before = scene.base.items.get(item.id) if scene.base is not None else None
    if before is None or scene.base is None:
        return []
    if before.finish is None:
        return [] if before.status == item.status else [f"was {before.status}"]
    return [f"was {ships(before)}, {when(scene.base, before)}"]


def _outcomes(item: ItemForecast) -> list[str]:
    chances = {
        "fails": item.failed,
        "blocked": item.blocked,
        "dropped by its spike": item.dropped,
        "not needed": item.replaced,
    }
    return [f"{word} {percent(chance)}" for word, chance in chances.items() if chance > 0]


def _links(scene: Scene, item: ItemForecast) -> list[str]:
    words = []
    if item.waits_for:
        words.append(f"waits for {', '.join(_with_chance(scene, name) for name in item.waits_for)}")
    if item.holds_up:
        words.append(f"holds up {', '.join(scene.title(name) for name in item.holds_up)}")
    decision = next_decision(scene.forecast, item.id)
    if decision is not None:
        words.append(f"know more {span(scene.forecast, scene.item(decision).finish)}")
    source = scene.plan.items[item.id]
    if isinstance(source, Spike) and source.learned:
        words.append(f"learned: {printable(source.learned)}")
    return words or [printable(source.summary or "")]


def _with_chance(scene: Scene, name: str) -> str:
    item = scene.item(name)
    return (
        scene.title(name) if item.kind == "spike" else f"{scene.title(name)} {percent(item.ships)}"
    )


def _grounds(scene: Scene, item: ItemForecast) -> list[str]:
    """Where the item stands in the queue, and the guesses that its figures rest on."""
    words = []
    row = scene.forecast.rank(item.id)
    if row is not None and row.worked is not None:
        sake = scene.forecast.sake.get(item.id, item.id)
        reason = f": {scene.title(sake)} waits for it" if sake != item.id else ""
        words.append(f"{ordinal(row.worked)} in the queue{reason}")
    if row is not None and row.covered_by:
        words.append(f"covered by {', '.join(scene.title(name) for name in row.covered_by)}")
    if row is not None and row.value < 0:
        words.append(f"the plan would gain {number(-row.value)} without it")
    if item.guesses:
        words.append(f"~ guesses: {guesses(scene.forecast, item)}")
    return words or _outcomes(item)
