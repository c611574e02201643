"""The timeline: promises, and what they rest on."""

from collections.abc import Iterator

from roadmap_tui.checks.levels import above, below, percent_beside
from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.files.edits import SetValue
from roadmap_tui.forecast.listing import lanes_taken
from roadmap_tui.plan.failing import lost_with
from roadmap_tui.plan.needs import Need
from roadmap_tui.plan.resolve import OPEN, Terms
from roadmap_tui.plan.words import date, number, percent, plural

JOINED = 4
EVEN = 0.5
PUSHED = 2
_NOT_BEGUN = ("idea", "planned")


@Mistake(
    "TL01",
    "W",
    "always",
    reason=(
        "No day can be promised of what may not work at all; a quarter says as much as is known."
    ),
    fix="make it a quarter",
)
def tl01(seen: Subject) -> Iterator[Hit]:
    """A deadline by the day is on what rests on an unproven bet."""
    for name, item in seen.items.items():
        if item.status not in OPEN or item.deadline is None or isinstance(item.deadline.by, str):
            continue
        bet = next((each for each in (name, *seen.behind(name)) if seen.is_uncertain(each)), None)
        if bet is not None:
            day = item.deadline.day
            quarter = f"{day.year}-Q{(day.month + 2) // 3}"
            rests = "it may not work" if bet == name else f"{bet}, which it rests on, may not work"
            path = seen.path(name, "deadline", "by")
            text = f"promised by {date(day)}, and {rests}"
            yield Hit(path, text, f"write {quarter}", edits=(SetValue(path, quarter),))


@Mistake(
    "TL02",
    "W",
    "always",
    reason=(
        "A promise that is kept less often than 8 times in 10, with nothing else to ship, is broken"
        " in public."
    ),
    fix="add a path that ships without it: a choice in needs, or a plan B",
    policy=True,
)
def tl02(seen: Subject) -> Iterator[Hit]:
    """A deadline is met with less than 80 %, and there is no other way."""
    for name, item in seen.items.items():
        chance = seen.forecast.items[name].deadline
        if (
            item.status not in OPEN
            or item.deadline is None
            or chance is None
            or not below(chance, seen.policy.TL02)
        ):
            continue
        if not _has_way_round(seen, name):
            met = percent_beside(chance, seen.policy.TL02)
            text = f"met {met} of the time by {date(item.deadline.day)}, and there is no other way"
            yield Hit(seen.path(name, "deadline"), text, numbers=(("chance", chance),))


def _has_way_round(seen: Subject, name: str) -> bool:
    """Whether something else ships: a plan B, or a choice for each model behind it that may not work."""
    if seen.has_plan_b(name):
        return True
    models = [
        each
        for each in seen.all_behind(name)
        if each in seen.plan.model and seen.is_uncertain(each)
    ]
    return bool(models) and not any(name in lost_with(seen.waiting, each) for each in models)


@Mistake(
    "TL03",
    "W",
    "next",
    reason="Where much must work at once, little does: five needs at 90 % each are 59 % together.",
    fix="stage it: ship with fewer of them first",
)
def tl03(seen: Subject) -> Iterator[Hit]:
    """Four or more uncertain needs join."""
    for name, item in seen.items.items():
        uncertain = [need for need in seen.terms(name).needs if _may_fail(seen, need)]
        if item.status in WANTED and len(uncertain) >= JOINED:
            chance = 1 - seen.forecast.items[name].blocked
            together = (
                f", which all deliver {percent(chance)} of the time" if item.status in OPEN else ""
            )
            text = f"{len(uncertain)} needs that may not deliver{together}"
            yield Hit(
                seen.path(name, "needs"),
                text,
                numbers=(("needs", len(uncertain)), ("chance", chance)),
            )


def _may_fail(seen: Subject, need: Need) -> bool:
    """Whether none of the ways to meet a need is sure to deliver."""
    there = [seen.forecast.items[each] for each in need.ids if each in seen.forecast.items]
    return all(each.ever < 1 for each in there)


@Mistake(
    "TL04",
    "W",
    "active",
    reason=(
        "What fails more often than not needs its other ending written while it is still a plan."
    ),
    fix="write in or_else what we do, and know, then",
)
def tl04(seen: Subject) -> Iterator[Hit]:
    """A feature ships less than half of the time and has no or_else."""
    for name, _ in seen.products(*OPEN):
        chance = seen.forecast.items[name].ships
        if below(chance, EVEN) and not seen.has_fallback(name):
            text = f"ships {percent_beside(chance, EVEN)} of the time, and has no or_else"
            yield Hit(seen.path(name, "or_else"), text, numbers=(("ships", chance),))


@Mistake(
    "TL05",
    "W",
    "always",
    reason="A date that moves each time it comes near is a decision that nobody takes.",
    fix="decide again, do not re-date",
    git=True,
)
def tl05(seen: Subject) -> Iterator[Hit]:
    """A date was pushed later twice since the last review."""
    for (name, field), pushes in seen.past.pushes.items():
        item = seen.items.get(name)
        if item is None or item.status not in WANTED:
            continue
        reviewed = item.reviewed or seen.plan.roadmap.reviewed
        since = [push for push in pushes if reviewed is None or push.on > reviewed]
        if len(since) >= PUSHED:
            moved = f"from {date(since[0].before)} to {date(since[-1].after)}"
            text = f"pushed later {plural(len(since), 'time')} since it was reviewed, {moved}"
            yield Hit(seen.path(name, field), text, numbers=(("times", len(since)),))


@Mistake(
    "TL06",
    "W",
    "always",
    reason="Work that nobody is there for, or that is used up, is forecast as if it could go on.",
    fix="re-estimate",
)
def tl06(seen: Subject) -> Iterator[Hit]:
    """Staff or active items exceed the team, or a sure effort is overspent (of a spike, see SP04)."""
    busy = dict.fromkeys(seen.plan.teams, 0)
    for name, item in seen.items.items():
        terms = seen.terms(name)
        if terms.status not in OPEN:
            continue
        people = seen.resolved.lanes.get(terms.team or "")
        if people is not None and item.staff > people:
            text = f"{item.staff} people at once, of a team of {people}"
            yield Hit(
                seen.path(name, "staff"), text, numbers=(("staff", item.staff), ("people", people))
            )
        if terms.status == "active" and terms.team is not None:
            busy[terms.team] += lanes_taken(terms, seen.resolved.lanes)
        sure = None if terms.kind == "spike" else _sure_effort(terms)
        if sure is not None and above(terms.spent, sure):
            text = (
                f"{number(terms.spent)} person-weeks spent of an effort of {number(sure)} that is"
                " taken for sure"
            )
            path = seen.path(name, "effort" if item.effort is not None else "spent")
            yield Hit(path, text, numbers=(("spent", terms.spent), ("effort", sure)))
    for team, taken in busy.items():
        people = seen.plan.teams[team].people
        if taken > people:
            text = f"active items keep {taken} people busy, and the team has {people}"
            yield Hit(
                ("teams", team, "people"), text, numbers=(("busy", taken), ("people", people))
            )


@Mistake(
    "TL07",
    "W",
    "always",
    reason=(
        "Work that was begun and set aside is forecast in full again: only an active item's spent"
        " is taken off."
    ),
    fix="make it active, or estimate what is left and remove spent",
)
def tl07(seen: Subject) -> Iterator[Hit]:
    """What is spent on an item that isn't active yet is ignored."""
    for name, item in seen.items.items():
        if item.status in _NOT_BEGUN and item.spent is not None and above(item.spent, 0):
            text = (
                f"{number(item.spent)} person-weeks spent are ignored while its status is"
                f" {item.status}"
            )
            yield Hit(seen.path(name, "spent"), text, numbers=(("spent", item.spent),))


def _sure_effort(terms: Terms) -> float | None:
    """The effort that an active item's `spent` is a part of, if that is a single number."""
    stage = next((each for each in terms.stages if each.ahead), None)
    effort = terms.effort if stage is None else stage.effort
    return effort.p50 if effort.is_sure and not (terms.stages and stage is None) else None
