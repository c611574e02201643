"""One item's money in words: unit economics, return, ways to have it, and each of these in the forecast."""

import math
from collections.abc import Iterator

from roadmap_tui.files.display import printable
from roadmap_tui.fitness.buying import Buying, OptionCost, Stretch
from roadmap_tui.fitness.feature_cost import TIMES, FeatureCost
from roadmap_tui.fitness.money import ItemMoney
from roadmap_tui.fitness.option_runs import Side
from roadmap_tui.fitness.paying import Paying, Staged
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.report.about import Fact
from roadmap_tui.report.currency import Currency, count, count_figure, month_span, share
from roadmap_tui.report.figures import ships, when
from roadmap_tui.report.money import times
from roadmap_tui.report.words import date, percent

USAGE_HEADS = (
    "users",
    "of all",
    "tasks a month",
    "of the cost",
    *(f"margin at {each}x" for each in TIMES),
)
OPTION_HEADS = ("way", "kind", "cost", "score", "covers", "of use after", "lock-in")
SIDE_HEADS = ("in the forecast", "ships", "when, if it ships", "takes", "plan", "NPV", "NPV > 0")

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LEAST, _AROUND = 20, 10.0


def unit_facts(cost: FeatureCost, currency: Currency) -> Iterator[Fact]:
    """What is told of unit economics beside the bars."""
    yield Fact(
        "prices",
        f"of {date(cost.priced)}" if cost.priced else "of no day; write priced = 2026-10-30",
    )
    if cost.margins[0] is not None:
        many = " · ".join(
            f"{share(each)} at {k}x" for k, each in zip(TIMES, cost.margins, strict=True)
        )
        yield Fact("margin", f"{many} the tasks")
    if cost.most_tasks is not None:
        margin = (
            f"for a margin of {percent(cost.target)}"
            if cost.target
            else "until nothing is left over"
        )
        yield Fact("most tasks", f"{count_figure(cost.most_tasks)} a user-month {margin}")
    if cost.ltv is not None:
        cac = f" · {times(cost.earns_cac)} what winning one costs" if cost.earns_cac else ""
        yield Fact("LTV", f"{currency.figure(cost.ltv)} a user{cac}")
    yield from _none(cost)
    for field, what in cost.lacks:
        if field != "priced":
            yield Fact("not told", f"{what}; write {field}")


def _none(cost: FeatureCost) -> Iterator[Fact]:
    """Figures that there are none of, though their fields are told."""
    lacking = {field.split()[0] for field, _ in cost.lacks}
    if cost.price is not None and not cost.price.mean:
        yield Fact("margin", "none, for nothing is paid: price_user_month is 0")
    elif cost.margins[0] is not None and cost.ltv is None and "churn_month" not in lacking:
        yield Fact("LTV", "none, for nobody ever goes: churn_month is 0")
    if cost.full is not None and cost.success is None and "success" not in lacking:
        yield Fact("a success", "none, for no task succeeds: success is 0")


def usage_rows(cost: FeatureCost) -> Iterator[tuple[str, ...]]:
    """Each group of users, by `USAGE_HEADS`."""
    for group in cost.usage:
        tasks, caused = count_figure(group.tasks), share(group.caused)
        yield printable(group.name), percent(group.share), tasks, caused, *map(share, group.margins)


def paying_facts(item: ItemMoney, forecast: Forecast, currency: Currency) -> Iterator[Fact]:
    """What an item pays, or what has to be written for that to be told."""
    paying, roi = item.paying, item.roi
    if roi is None:
        return
    if paying is None:
        yield Fact("return", _no_return(item, forecast))
        return
    yield Fact(
        "NPV",
        f"{currency.figure(paying.npv)}, {currency.money(paying.npv.mean)} on average ·"
        f" {_terms(paying)}",
    )
    yield Fact("NPV > 0", f"{percent(paying.pays)}, {_launch(paying)}")
    yield Fact("ROI", "something for nothing" if paying.roi is None else share(paying.roi))
    back = paying.payback
    told = "never within these months" if back is None else f"{month_span(back)} where it does"
    yield Fact("pays back", f"{percent(paying.pays_back)} · {told}")
    yield Fact("trough", f"{currency.figure(paying.trough)} at the deepest")
    if paying.staged is not None:
        yield Fact("find out first", staged_sentence(paying.staged, currency))
    archetype = f"{roi.archetype}; " if roi.archetype else ""
    yield Fact("benefit", f"{archetype}{_baseline(roi.baseline_measured)}")


def _baseline(measured: bool | None) -> str:
    if measured is None:
        return "nobody says whether its baseline is measured (baseline_measured)"
    return "its baseline is measured" if measured else "its baseline is not measured yet"


def _no_return(item: ItemMoney, forecast: Forecast) -> str:
    status = forecast.items[item.id].status
    if (
        status in {"idea", "failed", "dropped", "done"}
        and item.roi
        and item.roi.build
        and item.roi.benefit_month
    ):
        return f"none is forecast of what is {status}"
    lacks = [
        name
        for name in ("build", "benefit_month")
        if item.roi is None or getattr(item.roi, name) is None
    ]
    return f"not told; write {' and '.join(lacks)}"


def _terms(paying: Paying) -> str:
    return f"{paying.months} months at {percent(paying.discount)} a year"


def _launch(paying: Paying) -> str:
    if paying.is_live:
        return "live already, its build not counted"
    if paying.launch is None:
        return "it never ships"
    return f"that it ships ({percent(paying.ships)}) counted; live from {month_span(paying.launch)}"


def staged_sentence(staged: Staged, currency: Currency) -> str:
    """Finding out first against building at once."""
    works = f"works {percent(staged.works)}"
    if staged.gain <= 0:
        return f"{works}: {currency.money(staged.gain)} even where it ships, so neither order pays"
    if staged.spike is None:
        return (
            f"{works}: {currency.money(staged.at_once)} if built at once; "
            f"knowing first is worth up to {currency.money(staged.most)}, and no spike asks"
        )
    better = "finding out first" if staged.first > staged.at_once else "building at once"
    is_worth_it = f"{better} is better" if max(staged.first, staged.at_once) > 0 else "neither pays"
    return (
        f"{works}: {currency.money(staged.first)} after a spike of {currency.money(staged.spike)}, "
        f"{currency.money(staged.at_once)} if built at once; {is_worth_it}"
    )


def option_rows(buying: Buying, currency: Currency) -> Iterator[tuple[str, ...]]:
    """Each way to have a model, by `OPTION_HEADS`."""
    for each in buying.options:
        cost = each.cost or each.fixed
        weeks = f"{count_figure(each.weeks)} weeks" if each.weeks else "–"
        lockin = f"{each.lockin} of 5" if each.lockin else "–"
        name = printable(each.name) + (" (chosen)" if each.name == buying.chosen else "")
        figures = currency.figure(cost), _score(each), share(each.coverage)
        yield name, each.kind or "–", *figures, weeks, lockin


def _score(option: OptionCost) -> str:
    if option.out:
        return f"out: {', '.join(option.out)} 1"
    return "–" if option.score is None else f"{option.score:.2g}"


def buying_facts(buying: Buying) -> Iterator[Fact]:
    """Which way wins where, and what score and cost say."""
    volume = (
        f"at {count_figure(buying.volume)} a month"
        if buying.volume
        else "at no volume; write volume_month"
    )
    yield Fact("counted", f"over {buying.months} months {volume}: setup, months, units, exit")
    if len(buying.cheapest) == 1:
        yield Fact("cheapest", f"{printable(buying.cheapest[0].name)}, at every volume")
    elif buying.cheapest:
        told = [printable(buying.cheapest[0].name)]
        yield Fact("cheapest", ", ".join([*told, *map(_turn, buying.cheapest[1:])]))
    yield from _winners(buying)
    if buying.chosen:
        decided = f", decided {date(buying.decided)}" if buying.decided else ""
        again = f", to be looked at again {date(buying.revisit)}" if buying.revisit else ""
        yield Fact("chosen", f"{printable(buying.chosen)}{decided}{again}")


def _turn(stretch: Stretch) -> str:
    """From which volume a way is the cheapest."""
    sure = (
        ""
        if stretch.chance == 1
        else f" (in {percent(stretch.chance)} of futures; in the others never)"
    )
    return f"from {count_figure(stretch.start)} a month {printable(stretch.name)}{sure}"


def _winners(buying: Buying) -> Iterator[Fact]:
    score, cost = buying.by_score, buying.by_cost
    if buying.disagree:
        yield Fact(
            "they disagree",
            f"the score speaks for {printable(score or '')}, cost for {printable(cost or '')}",
        )
    elif score and cost:
        yield Fact("both", f"score and cost speak for {printable(score)}")
    elif cost:
        yield Fact(
            "cost", f"speaks for {printable(cost)}; nobody gave marks (scores = {{ data = 3, … }})"
        )
    elif score:
        yield Fact("score", f"speaks for {printable(score)}")
    else:
        yield Fact("winner", "none: write volume_month, or scores = { data = 3, … }")


def volume_axis(buying: Buying, cells: int) -> tuple[str, str] | None:
    """Which way is cheapest over volume: a letter for each cell of a logarithmic axis, and what stands below it.

    None where one is cheapest everywhere, or there is no room.
    """
    turns = [each.at for each in buying.cheapest[1:] if each.at > 0]
    if not turns or cells < _LEAST:
        return None
    known = [*turns, *([buying.volume.mean] if buying.volume and buying.volume.mean > 0 else [])]
    low, high = min(known) / _AROUND, max(known) * _AROUND
    ratio = (high / low) ** (1 / cells)
    letters = []
    for cell in range(cells):
        volume = low * ratio ** (cell + 0.5)
        nth = max(at for at, each in enumerate(buying.cheapest) if each.at <= volume)
        letters.append(_LETTERS[nth % len(_LETTERS)])
    below = [" "] * cells
    if buying.volume and buying.volume.mean > 0:
        at = min(cells - 1, max(0, int(math.log(buying.volume.mean / low, ratio))))
        below[at] = "↑"
    ends = count(low), count(high)
    scale = f"{ends[0]}{''.join(below)[len(ends[0]) : cells - len(ends[1])]}{ends[1]}"
    return "".join(letters), scale


def axis_key(buying: Buying) -> str:
    """What the letters of the axis stand for."""
    named = zip(_LETTERS, buying.cheapest, strict=False)
    now = "; ↑ the volume now" if buying.volume else ""
    return ", ".join(f"{letter} {printable(each.name)}" for letter, each in named) + now


def side_rows(
    found: tuple[Side, ...], forecast: Forecast, currency: Currency
) -> Iterator[tuple[str, ...]]:
    """The plan as it is and with each option, by `SIDE_HEADS`."""
    for side in found:
        name = "as planned" if side.option is None else printable(side.option)
        outlook = side.outlook
        if isinstance(outlook, str):
            yield name, "–", f"can't be: {printable(outlook)}", "–", "–", "–", "–"
            continue
        item = outlook.item
        figures = (
            currency.figure(outlook.takes),
            currency.span(outlook.cost.cost),
            currency.figure(outlook.npv),
        )
        yield (
            name,
            ships(item),
            when(forecast, item),
            *figures,
            "–" if outlook.pays is None else percent(outlook.pays),
        )


def side_notes(found: tuple[Side, ...]) -> Iterator[str]:
    """What each option changes, and those that change nothing that a forecast knows."""
    told = [
        f"{printable(side.option)}: {', '.join(side.differs)}"
        for side in found
        if side.option and side.differs
    ]
    same = [printable(side.option) for side in found if side.option and not side.differs]
    if told:
        yield f"Changed of the item: {'; '.join(told)}."
    if same:
        yield (
            f"As planned but for money: {', '.join(same)}. Give an option an effort, a chance or"
            " needs of its own."
        )
