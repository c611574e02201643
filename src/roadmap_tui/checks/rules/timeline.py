"""The timeline: promises, and what they rest on."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import SetValue
from roadmap_tui.forecast.simulation.build_order import assigned_people
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.failure_impact import items_lost_with
from roadmap_tui.plan.items import Item
from roadmap_tui.plan.needs import Need
from roadmap_tui.plan.resolver import ResolvedItem
from roadmap_tui.text.comparisons import is_above, is_below, percent_against
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance, format_count, format_number

MANY_NEEDS = 4
EVEN_CHANCE = 0.5
MANY_PUSHES = 2
_NOT_STARTED = ("idea", "planned")


@RuleInfo(
    "TL01",
    "W",
    "always",
    reason=(
        "No day can be promised of what may not work at all; a quarter says as much as is known."
    ),
    fix="make it a quarter",
)
def tl01(context: CheckContext) -> Iterator[Violation]:
    """A deadline by the day is on what rests on an unproven bet."""
    for name, item in context.items.items():
        if (
            item.status not in OPEN_STATUSES
            or item.deadline is None
            or isinstance(item.deadline.by, str)
        ):
            continue
        bet = next(
            (each for each in (name, *context.upstream(name)) if context.is_uncertain(each)), None
        )
        if bet is not None:
            day = item.deadline.day
            quarter = f"{day.year}-Q{(day.month + 2) // 3}"
            rests = (
                "it may not work"
                if bet == name
                else f"{context.title(bet)}, which it needs, may not work"
            )
            path = context.item_path(name, "deadline", "by")
            text = f"promised by {format_date(day)}, and {rests}"
            yield Violation(path, text, f"write {quarter}", edits=(SetValue(path, quarter),))


@RuleInfo(
    "TL02",
    "W",
    "always",
    reason=(
        "A promise that is kept less than 80% of the time, with nothing else to ship, is broken"
        " in public."
    ),
    fix="add a path that ships without it: a choice in needs, or a plan B",
    has_threshold=True,
)
def tl02(context: CheckContext) -> Iterator[Violation]:
    """A deadline is met with less than 80%, and there is no other way."""
    for name, item in context.items.items():
        chance = context.forecast.items[name].deadline
        if (
            item.status not in OPEN_STATUSES
            or item.deadline is None
            or chance is None
            or not is_below(chance, context.policy.TL02)
        ):
            continue
        if not _has_alternative(context, name):
            met = percent_against(chance, context.policy.TL02)
            day = format_date(item.deadline.day)
            text = f"met {met} of the time by {day}, and there is no other way"
            yield Violation(
                context.item_path(name, "deadline"), text, numbers=(("chance", chance),)
            )


def _has_alternative(context: CheckContext, name: str) -> bool:
    """Whether it has a fallback item, or an alternative to each of its models that may not work."""
    if context.has_fallback_item(name):
        return True
    models = [
        each
        for each in context.all_upstream(name)
        if each in context.plan.model and context.is_uncertain(each)
    ]
    return bool(models) and not any(
        name in items_lost_with(context.dependency_state, each) for each in models
    )


@RuleInfo(
    "TL03",
    "W",
    "next",
    reason="Where much must work at once, little does: five needs at 90% each are 59% together.",
    fix="stage it: ship with fewer of them first",
)
def tl03(context: CheckContext) -> Iterator[Violation]:
    """Four or more uncertain needs join."""
    for name, item in context.items.items():
        uncertain = [need for need in context.resolved_item(name).needs if _may_fail(context, need)]
        if item.status in OPEN_OR_IDEA and len(uncertain) >= MANY_NEEDS:
            chance = 1 - context.forecast.items[name].blocked
            together = f", which all deliver {format_chance(chance)} of the time"
            text = f"{len(uncertain)} needs that may not deliver"
            text += together if item.status in OPEN_STATUSES else ""
            yield Violation(
                context.item_path(name, "needs"),
                text,
                numbers=(("needs", len(uncertain)), ("chance", chance)),
            )


def _may_fail(context: CheckContext, need: Need) -> bool:
    """Whether no alternative that meets a need is sure to deliver."""
    there = [context.forecast.items[each] for each in need.ids if each in context.forecast.items]
    return all(each.p_delivered < 1 for each in there)


@RuleInfo(
    "TL04",
    "W",
    "active",
    reason=(
        "What fails more often than not needs its other ending written while it is still a plan."
    ),
    fix="write in fallback what we do, and know, then",
)
def tl04(context: CheckContext) -> Iterator[Violation]:
    """A feature ships less than half of the time and has no fallback."""
    for name, _ in context.products(*OPEN_STATUSES):
        chance = context.forecast.items[name].ships
        if is_below(chance, EVEN_CHANCE) and not context.has_fallback(name):
            text = f"ships {percent_against(chance, EVEN_CHANCE)} of the time, and has no fallback"
            yield Violation(context.item_path(name, "fallback"), text, numbers=(("ships", chance),))


@RuleInfo(
    "TL05",
    "W",
    "always",
    reason="A date that moves each time it comes near is a decision that isn't taken.",
    fix="decide again, do not re-date",
    needs_git=True,
)
def tl05(context: CheckContext) -> Iterator[Violation]:
    """A date was pushed later twice since the last review."""
    for (name, field), pushes in context.history.postponements.items():
        item = context.items.get(name)
        if item is None or item.status not in OPEN_OR_IDEA:
            continue
        reviewed = item.reviewed or context.plan.roadmap.reviewed
        since = [push for push in pushes if reviewed is None or push.on > reviewed]
        if len(since) >= MANY_PUSHES:
            moved = f"from {format_date(since[0].before)} to {format_date(since[-1].after)}"
            text = f"pushed later {format_count(len(since), 'time')} since it was reviewed, {moved}"
            yield Violation(context.item_path(name, field), text, numbers=(("times", len(since)),))


@RuleInfo(
    "TL06",
    "W",
    "always",
    reason="Work that no one is there for, or that is used up, is forecast as if it could go on.",
    fix="re-estimate",
)
def tl06(context: CheckContext) -> Iterator[Violation]:
    """Staff or active items exceed the team, or a sure effort is overspent (spikes: see SP04)."""
    for name, item in context.items.items():
        if context.resolved_item(name).status in OPEN_STATUSES:
            yield from _overstaffed(context, name, item)
            yield from _overspent(context, name, item)
    yield from _overloaded_teams(context)


def _overstaffed(context: CheckContext, name: str, item: Item) -> Iterator[Violation]:
    team = context.resolved_item(name).team or ""
    people = context.resolved.team_sizes.get(team)
    if people is not None and item.staff > people:
        text = f"{item.staff} people at once, of a team of {people}"
        numbers = (("staff", item.staff), ("people", people))
        yield Violation(context.item_path(name, "staff"), text, numbers=numbers)


def _overspent(context: CheckContext, name: str, item: Item) -> Iterator[Violation]:
    resolved = context.resolved_item(name)
    sure = None if resolved.kind == "spike" else _sure_effort(resolved)
    if sure is not None and is_above(resolved.spent, sure):
        text = (
            f"{format_number(resolved.spent)} person-weeks spent of an effort of"
            f" {format_number(sure)} that is taken for sure"
        )
        path = context.item_path(name, "effort" if item.effort is not None else "spent")
        yield Violation(path, text, numbers=(("spent", resolved.spent), ("effort", sure)))


def _overloaded_teams(context: CheckContext) -> Iterator[Violation]:
    busy = dict.fromkeys(context.plan.teams, 0)
    for resolved in context.resolved.items.values():
        if resolved.status == "active" and resolved.team is not None:
            busy[resolved.team] += assigned_people(resolved, context.resolved.team_sizes)
    for team, taken in busy.items():
        people = context.plan.teams[team].people
        if taken > people:
            text = f"active items keep {taken} people busy, and the team has {people}"
            numbers = (("busy", taken), ("people", people))
            yield Violation(("teams", team, "people"), text, numbers=numbers)


@RuleInfo(
    "TL07",
    "W",
    "always",
    reason=(
        "Work that was begun and set aside is forecast in full again: only an active item's spent"
        " is taken off."
    ),
    fix="make it active, or estimate what is left and remove spent",
)
def tl07(context: CheckContext) -> Iterator[Violation]:
    """What is spent on an item that isn't active yet is ignored."""
    for name, item in context.items.items():
        if item.status in _NOT_STARTED and item.spent is not None and is_above(item.spent, 0):
            text = (
                f"{format_number(item.spent)} person-weeks spent are ignored while its status is"
                f" {item.status}"
            )
            yield Violation(
                context.item_path(name, "spent"), text, numbers=(("spent", item.spent),)
            )


@RuleInfo(
    "TL08",
    "W",
    "always",
    reason=(
        "Without a team everything is worked on at once by as many people as it takes, so dates"
        " come out far too early."
    ),
    fix="add teams with their people, and name one at each item",
)
def tl08(context: CheckContext) -> Iterator[Violation]:
    """Open items have no team, so their dates assume people without limit."""
    without = [
        name
        for name in context.items
        if context.resolved_item(name).status in OPEN_STATUSES
        and context.resolved_item(name).team is None
    ]
    if without:
        have = "1 open item has" if len(without) == 1 else f"{len(without)} open items have"
        dates = "its dates are" if len(without) == 1 else "their dates are"
        text = f"{have} no team: {dates} without limits of people"
        numbers = (("items", len(without)),)
        yield Violation(context.item_path(without[0], "team"), text, numbers=numbers)


def _sure_effort(resolved: ResolvedItem) -> float | None:
    """The effort that an active item's `spent` is a part of, if that is a single number."""
    stage = next((each for each in resolved.stages if each.is_remaining), None)
    effort = resolved.effort if stage is None else stage.effort
    is_finished = bool(resolved.stages) and stage is None
    return effort.p50 if effort.is_exact and not is_finished else None
