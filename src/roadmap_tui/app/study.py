"""What is found out about a plan beside its forecast, as far as a screen shows it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from roadmap_tui.app.scale import FEW_RUNS, is_large
from roadmap_tui.files.document import Document
from roadmap_tui.fitness.money import PlanMoney, has_money, plan_money
from roadmap_tui.fitness.option_runs import Side, sides
from roadmap_tui.fitness.plan_cost import Expected, expected
from roadmap_tui.forecast.calibration import Calibration, calibrated, calibration
from roadmap_tui.forecast.causes import causes
from roadmap_tui.forecast.delivered import together
from roadmap_tui.forecast.findings import findings
from roadmap_tui.forecast.guesses import GuessSwing, guess_swings
from roadmap_tui.forecast.loads import Load, loads
from roadmap_tui.forecast.moves import Move, moves
from roadmap_tui.forecast.pace import Check
from roadmap_tui.forecast.simulation import ordered, simulate
from roadmap_tui.forecast.summary import Causes, Forecast
from roadmap_tui.forecast.trials import FUTURES, Trials
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.ledger import Books

_LONG = 40
"""Items with tables of money from which on it is worked out on few futures first."""
_TRIED = {"findings", "ranking"}
"""Screens for which forecasts are made with one thing changed at a time; not of large plans."""
_FEW = 500
"""These few futures."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a screen wants to know.

    Attributes:
        view: the screen.
        target: the selected item.
        shown: the items that pass the filter, if there is one.
        beside: while something is tried, the plan as it is, and its list.
        lines: how many there is room for.
    """

    view: str
    target: str | None
    shown: tuple[str, ...] = ()
    beside: tuple[Document, tuple[str, ...]] | None = None
    lines: int = 24


@dataclass(frozen=True, slots=True)
class Study:
    """What is known of a document's plan beside its forecast; None is not known yet.

    Attributes:
        books: what the ledger of spikes is made from.
        record: how good the estimates of ended items were.
        causes: what sets the finish of the selected item.
        moves: what moves in the queue would bring, the best first.
        loads: of the teams.
        together: the chance that all that passes the filter delivers within the horizon.
        guesses: the most worth replacing first.
        money: what the plan costs, and what pays.
        previews: on how few futures that is worked out so far; 0 once it is on the forecast's.
        sides: by model item, its options in the forecast.
        takes: while something is tried, what the plan as it is and this one are expected to take.
    """

    document: Document
    books: Books | None = None
    record: Calibration | None = None
    causes: Causes | None = None
    moves: tuple[Move, ...] | None = None
    loads: tuple[Load, ...] | None = None
    together: float | None = None
    guesses: tuple[GuessSwing, ...] | None = None
    money: PlanMoney | None = None
    previews: int = 0
    sides: Mapping[str, tuple[Side, ...]] = field(default_factory=dict)
    takes: tuple[Expected, Expected] | None = None


def studied(known: Study, forecast: Forecast, question: Question, check: Check) -> Study:
    """What a screen wants to know, on 2,000 futures (money: on the forecast's) and on its list of work.

    Raises:
        StoppedError: from `check`.
    """
    plan = known.document.plan
    if plan is None or (question.view in _TRIED and is_large(len(plan.items))):
        return known
    resolved, runs = calibrated(resolve(plan)), _runs(plan)
    match question.view:
        case "findings" if known.books is None:
            simulation = simulate(resolved, forecast.list, FUTURES, check)
            found = findings(simulation, ordered(resolved, FUTURES, check=check).places, check)
            return replace(
                known, books=Books(plan, resolved, forecast, found), record=calibration(resolved)
            )
        case "map":
            simulation = simulate(resolved, forecast.list, runs, check)
            traced = causes(simulation, question.target, check) or causes(simulation, check=check)
            return replace(known, causes=traced)
        case "ranking" if known.moves is None:
            return replace(known, moves=moves(resolved, check=check))
        case "timeline":
            simulation = simulate(resolved, forecast.list, runs, check)
            bets = tuple(name for name in question.shown if forecast.items[name].kind != "spike")
            chance = together(simulation, bets, resolved.horizon) if bets else None
            return replace(known, loads=loads(simulation, check), together=chance)
        case "money" if known.money is None or (known.previews and not is_large(len(plan.items))):
            runs = runs if is_large(len(plan.items)) else forecast.futures
            whole = plan_money(simulate(resolved, forecast.list, runs, check), plan, check)
            known = replace(known, money=whole, previews=runs if runs < forecast.futures else 0)
    return known


def _runs(plan: Plan) -> int:
    """The simulation runs of a study that holds the times of all items."""
    return FEW_RUNS if is_large(len(plan.items)) else FUTURES


def _has_sides(known: Study, plan: Plan, target: str | None) -> bool:
    """Whether the item has options that have not been run yet."""
    return target in plan.model and bool(plan.model[target].options) and target not in known.sides


def previewed(known: Study, forecast: Forecast, question: Question, check: Check) -> Study:
    """The same, with more of the money of a plan of which that takes long, on few futures; nothing new of any other.

    First come the items that may be in sight, then the others.

    Raises:
        StoppedError: from `check`.
    """
    plan = known.document.plan
    if plan is None or question.view != "money" or forecast.futures <= FUTURES:
        return known
    names = [name for name, item in plan.items.items() if has_money(item)]
    pending = frozenset(names) if known.money is None else known.money.pending
    if len(names) < _LONG or not pending:
        return known
    only = pending & _in_sight(names, question) or pending
    simulation = simulate(calibrated(resolve(plan)), forecast.list, _FEW, check)
    return replace(
        known, money=_more(known.money, plan_money(simulation, plan, check, only)), previews=_FEW
    )


def _in_sight(names: Collection[str], question: Question) -> frozenset[str]:
    """The items that may be in sight with the selected one, or with the first one if that is not among them."""
    rows = [name for name in names if not question.shown or name in question.shown]
    at = rows.index(question.target) if question.target in rows else 0
    return frozenset(rows[max(0, at - question.lines) : at + question.lines])


def _more(known: PlanMoney | None, found: PlanMoney) -> PlanMoney:
    """What was found, with what was known of other items."""
    if known is None:
        return found
    items = {**known.items, **found.items}
    return replace(found, items=items, pending=found.pending - items.keys())


def with_sides(known: Study, forecast: Forecast, question: Question, check: Check) -> Study:
    """The same, with the options of the selected item in the forecast where the screen tells of money.

    Raises:
        StoppedError: from `check`.
    """
    plan, target = known.document.plan, question.target
    if (
        plan is None
        or target is None
        or question.view != "money"
        or not _has_sides(known, plan, target)
    ):
        return known
    runs = _runs(plan) if is_large(len(plan.items)) else forecast.futures
    simulation = simulate(calibrated(resolve(plan)), forecast.list, runs, check)
    return replace(known, sides={**known.sides, target: sides(simulation, plan, target, check)})


def with_costs(known: Study, forecast: Forecast, question: Question, check: Check) -> Study:
    """The same, with what the plan takes beside what it takes as it is; nothing new while nothing is tried.

    Raises:
        StoppedError: from `check`.
    """
    if question.beside is None or known.takes is not None:
        return known
    (document, listed), found = question.beside, []
    for plan, order in ((document.plan, listed), (known.document.plan, forecast.list)):
        if plan is None:
            return known
        found.append(expected(simulate(calibrated(resolve(plan)), order, _runs(plan), check), plan))
    return replace(known, takes=(found[0], found[1]))


def with_guesses(known: Study, forecast: Forecast, check: Check) -> Study:
    """The same, with the guesses that are most worth replacing.

    Raises:
        StoppedError: from `check`.
    """
    plan = known.document.plan
    if plan is None or known.guesses is not None or is_large(len(plan.items)):
        return known
    return replace(
        known, guesses=guess_swings(Trials(calibrated(resolve(plan)), forecast.list, check))
    )
