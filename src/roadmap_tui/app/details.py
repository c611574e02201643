"""What is said about the selected item under every screen."""

from roadmap_tui.app.lines import Line, Span, clip, joined, width
from roadmap_tui.app.view import Scene
from roadmap_tui.forecast.summary import ItemForecast
from roadmap_tui.plan.items import Spike
from roadmap_tui.report.say import next_decision
from roadmap_tui.report.words import in_ten, month, number, ordinal, percent, plain, span

HEIGHT = 3
_EVER_DIFFERS = 0.03


def details(scene: Scene) -> tuple[Line, ...]:
    """Three lines about the selection: its chance and range, what it hangs on, what it rests on."""
    if scene.selected is None or scene.selected not in scene.forecast.items:
        return ((), (), ())
    item = scene.item(scene.selected)
    colour = "spike" if item.kind == "spike" else item.track
    title = clip(scene.title(item.id), max(20, scene.width // 3 if scene.width > 90 else scene.width // 4))
    facts = joined(_facts(scene, item), scene.width - width(title) - 4)
    return (
        (Span("▌", colour), Span(title, f"{colour} bold"), Span(f"  {facts}")),
        (Span(f"  {joined(_links(scene, item), scene.width - 4)}", "dim"),),
        (Span(f"  {joined(_grounds(scene, item), scene.width - 4)}", "dim"),),
    )


def _facts(scene: Scene, item: ItemForecast) -> list[str]:
    forecast = scene.forecast
    if item.status in {"done", "live", "failed", "dropped", "idea"}:
        return [item.status, plain(scene.plan.items[item.id].summary or "")]
    if item.odds is not None:
        odds = item.odds
        return [
            f"{in_ten(odds.yes)} that it says yes",
            f"the bet works {percent(odds.before)} → {percent(odds.after_yes)} on yes, {percent(odds.after_no)} on no",
            f"answer {span(forecast, item.finish)}",
        ]
    if item.finish is None:
        return ["can't ship as planned", *_outcomes(item)]
    ever = f" ({percent(item.ever)} ever)" if item.ever - item.ships >= _EVER_DIFFERS else ""
    quarters = [f"by Q{(q.ends.month + 2) // 3} {percent(q.chance)}" for q in item.by_quarter[:4]]
    promise = [] if item.deadline is None else [f"deadline met {percent(item.deadline)}"]
    return [
        f"{percent(item.ships)} by {month(forecast.until)}{ever}",
        f"if it ships {span(forecast, item.finish)} (8 in 10)",
        *promise,
        *quarters,
    ]


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
        words.append(f"learned: {plain(source.learned)}")
    return words or [plain(source.summary or "")]


def _with_chance(scene: Scene, name: str) -> str:
    item = scene.item(name)
    return scene.title(name) if item.kind == "spike" else f"{scene.title(name)} {percent(item.ships)}"


def _grounds(scene: Scene, item: ItemForecast) -> list[str]:
    """Where the item stands in the queue, and the guesses that its figures rest on."""
    words = []
    row = scene.rank(item.id)
    if row is not None and row.worked is not None:
        sake = scene.forecast.sake.get(item.id, item.id)
        reason = f": {scene.title(sake)} waits for it" if sake != item.id else ""
        words.append(f"{ordinal(row.worked)} in the queue{reason}")
    if row is not None and row.covered_by:
        words.append(f"covered by {', '.join(scene.title(name) for name in row.covered_by)}")
    if row is not None and row.value < 0:
        words.append(f"the plan would gain {number(-row.value)} without it")
    if item.guesses:
        words.append(f"~ guesses: {', '.join(_guess(scene, guess) for guess in item.guesses)}")
    return words or _outcomes(item)


def _guess(scene: Scene, guess: str) -> str:
    name, dot, field = guess.rpartition(".")
    return f"{field} of {scene.title(name)}" if dot else field
