"""One item's money as facts and table rows: unit economics, return, options."""

from collections.abc import Iterator
from itertools import pairwise

from roadmap_tui.forecast.simulation.amounts import AmountRange, AmountSummary
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.money.build_or_buy import BuildOrBuy, OptionSummary, VolumeRange
from roadmap_tui.money.feature_cost import USAGE_MULTIPLES, FeatureCost
from roadmap_tui.money.option_scenarios import OptionScenario
from roadmap_tui.money.plan_money import ItemMoney
from roadmap_tui.money.roi import RoiResult, SpikeFirstComparison
from roadmap_tui.narrative.item_facts import Fact
from roadmap_tui.narrative.item_figures import format_delivery_chance, format_finish_range
from roadmap_tui.narrative.money import describe_amount, format_multiple
from roadmap_tui.text.currency import (
    Currency,
    format_count_figure,
    format_month_range,
    format_rounded_count,
    format_share,
)
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance, format_whole_percent
from roadmap_tui.text.terminal_text import escape_control

USAGE_COLUMNS = (
    "users",
    "of all",
    "tasks a month",
    "of the cost",
    *(f"margin at {each}x" for each in USAGE_MULTIPLES),
)
OPTION_COLUMNS = (
    "way",
    "kind",
    "cost",
    "in use after",
    "lost waiting",
    "score",
    "covers",
    "lock-in",
)
OPTION_SCENARIO_COLUMNS = (
    "in the forecast",
    "ships",
    "when, if it ships",
    "its cost",
    "plan's cost",
    "plan's NPV",
    "above 0",
)


def unit_facts(cost: FeatureCost, currency: Currency) -> Iterator[Fact]:
    """Facts of unit economics beside the chart."""
    yield Fact(
        "prices",
        f"of {format_date(cost.priced)}" if cost.priced else "of no day; write priced = 2026-10-30",
    )
    if cost.margins[0] is not None:
        many = " · ".join(
            f"{format_share(each)} at {k}x"
            for k, each in zip(USAGE_MULTIPLES, cost.margins, strict=True)
        )
        yield Fact("margin", f"{many} the tasks")
    if cost.max_tasks is not None:
        margin = "until nothing is left over"
        if cost.target:
            margin = f"for a margin of {format_whole_percent(cost.target)}"
        yield Fact("most tasks", f"{format_count_figure(cost.max_tasks)} a user-month {margin}")
    if cost.ltv is not None:
        cac = ""
        if cost.ltv_to_cac:
            cac = f" · {format_multiple(cost.ltv_to_cac)} what winning one costs"
        yield Fact("LTV", f"{currency.format_figure(cost.ltv)} a user{cac}")
    yield from _undefined_figures(cost)
    for field, what in cost.missing_inputs:
        if field != "priced":
            yield Fact("not set", f"{what}; write {field}")


def _undefined_figures(cost: FeatureCost) -> Iterator[Fact]:
    """Figures that are undefined although their fields are set."""
    lacking = {field.split()[0] for field, _ in cost.missing_inputs}
    if cost.price is not None and not cost.price.mean:
        yield Fact("margin", "none, for nothing is paid: price_user_month is 0")
    elif cost.margins[0] is not None and cost.ltv is None and "churn_month" not in lacking:
        yield Fact("LTV", "none, for no user ever leaves: churn_month is 0")
    if cost.full is not None and cost.success is None and "success" not in lacking:
        yield Fact("a success", "none, for no task succeeds: success is 0")


def usage_rows(cost: FeatureCost) -> Iterator[tuple[str, ...]]:
    """Each group of users, by `USAGE_COLUMNS`."""
    for group in cost.usage:
        tasks, caused = format_count_figure(group.tasks), format_share(group.cost_share)
        yield (
            escape_control(group.name),
            format_whole_percent(group.share),
            tasks,
            caused,
            *map(format_share, group.margins),
        )


def return_facts(item: ItemMoney, forecast: Forecast, currency: Currency) -> Iterator[Fact]:
    """An item's return, or the fields needed to compute it."""
    paying, roi = item.roi_result, item.business_case
    if roi is None:
        return
    if paying is None:
        yield Fact("return", _missing_return_text(item, forecast))
        return
    yield Fact("NPV", f"{describe_amount(paying.npv, currency)} · {_discount_terms(paying)}")
    yield Fact(
        "NPV above 0", f"{format_chance(paying.p_profitable)} chance; {_launch_clause(paying)}"
    )
    yield Fact("ROI", _roi_text(paying))
    yield Fact("build", _build_text(paying, currency))
    yield Fact("pays back", _payback_text(paying))
    yield Fact("peak cash outlay", _outlay_text(paying, currency))
    if paying.spike_comparison is not None:
        yield Fact("spike first", staged_sentence(paying.spike_comparison, currency))
    archetype = f"{roi.archetype}; " if roi.archetype else ""
    yield Fact("benefit", f"{archetype}{_baseline_text(roi.baseline_measured)}")


def _roi_text(paying: RoiResult) -> str:
    if paying.roi is None:
        return "benefit without any cost"
    return f"{format_share(paying.roi)}{'' if paying.roi.is_sure else ' (80% range)'}"


def _build_text(paying: RoiResult, currency: Currency) -> str:
    if paying.is_live:
        return "in the past, not counted"
    if paying.build is None:
        return "never worked on"
    source = "the forecast's work on it" if paying.is_build_forecast else "as stated"
    return f"{describe_amount(paying.build, currency)}, if it is built · {source}"


def _payback_text(paying: RoiResult) -> str:
    if paying.payback is None:
        return f"never within {paying.months} months"
    chance = format_chance(paying.p_payback)
    return (
        f"{chance} chance within {paying.months} months; if it does, in"
        f" {format_month_range(paying.payback)}"
    )


def _outlay_text(paying: RoiResult, currency: Currency) -> str:
    """The most that is laid out at any time, as a positive amount."""
    lowest = paying.peak_outlay
    spread = AmountRange(-lowest.range.p90, -lowest.range.p50, -lowest.range.p10)
    # adding 0 turns -0 into 0
    return describe_amount(AmountSummary(0.0 - lowest.mean, spread, lowest.tail_share), currency)


def _baseline_text(measured: bool | None) -> str:
    if measured is None:
        return "whether its baseline is measured is not recorded (baseline_measured)"
    return "its baseline is measured" if measured else "its baseline is not measured yet"


def _missing_return_text(item: ItemMoney, forecast: Forecast) -> str:
    status = forecast.items[item.id].status
    if (
        status in {"idea", "failed", "dropped", "done"}
        and item.business_case
        and item.business_case.benefit_month
    ):
        return f"none is forecast of what is {status}"
    case = item.business_case
    if case is None or case.benefit_month is None:
        return "not set; write benefit_month"
    return "the cost of building it is not known; write build, or week_cost of its team"


def _discount_terms(paying: RoiResult) -> str:
    return f"{paying.months} months at {format_whole_percent(paying.discount)} a year"


def _launch_clause(paying: RoiResult) -> str:
    if paying.is_live:
        return "it is live already"
    if paying.launch is None:
        return "it never ships"
    return (
        f"it ships in {format_chance(paying.p_ships)} of the runs, then live from"
        f" {format_month_range(paying.launch)}"
    )


def staged_sentence(staged: SpikeFirstComparison, currency: Currency) -> str:
    """Spike first compared with building at once."""
    works = f"{format_chance(staged.works)} chance that it works"
    if staged.gain <= 0:
        loss = currency.format_rounded(staged.gain)
        return f"{works}: NPV {loss} on average even where it ships, so neither order pays"
    at_once = currency.format_rounded(staged.build_at_once)
    if staged.spike_cost is None:
        most = currency.format_rounded(staged.max_spike_cost)
        spike = f"a spike may cost up to {most}, none is planned"
        return f"{works}: NPV {at_once} if built at once; {spike}"
    after = currency.format_rounded(staged.spike_first)
    cost = currency.format_rounded(staged.spike_cost)
    both = f"NPV {after} after a spike of {cost}, {at_once} if built at once"
    return f"{works}: {both}; {_better(staged)}"


def _better(staged: SpikeFirstComparison) -> str:
    if max(staged.spike_first, staged.build_at_once) <= 0:
        return "neither pays"
    if staged.spike_first > staged.build_at_once:
        return "the spike first is better"
    return "building at once is better"


def option_rows(buying: BuildOrBuy, currency: Currency) -> Iterator[tuple[str, ...]]:
    """Each option of a model, by `OPTION_COLUMNS`."""
    for each in buying.options:
        weeks = _weeks_text(each) if each.is_in_use else "never"
        name = escape_control(each.name) + (" (chosen)" if each.name == buying.chosen else "")
        yield (
            name,
            each.kind or "–",
            currency.format_figure(each.cost or each.fixed),
            weeks,
            currency.format_figure(each.lost),
            _score_cell(each),
            format_share(each.coverage),
            f"{each.lockin} of 5" if each.lockin else "–",
        )


def _weeks_text(option: OptionSummary) -> str:
    weeks = format_count_figure(option.weeks)
    return f"{weeks} week{'' if weeks == '1' else 's'}"


def _score_cell(option: OptionSummary) -> str:
    if option.knockout_factors:
        return f"out: {', '.join(option.knockout_factors)} 1"
    return "–" if option.score is None else f"{option.score:.2g}"


def build_or_buy_facts(buying: BuildOrBuy) -> Iterator[Fact]:
    """Which option wins at which volume, and the results by score and by cost."""
    volume = "at no volume; write volume_month"
    if buying.volume:
        volume = f"at {format_count_figure(buying.volume)} calls a month"
    waits = ""
    if any(each.lost is not None for each in buying.options):
        waits = "; compared with the benefit lost while waiting"
    parts = "setup, own people, months, calls, exit"
    yield Fact("counted", f"over {buying.months} months of use {volume}: {parts}{waits}")
    if buying.cheapest:
        yield Fact("cheapest", cheapest_sentence(buying))
    late = [escape_control(each.name) for each in buying.options if not each.is_in_use]
    if late:
        yield Fact("left out", f"{' and '.join(late)}: not in use within {buying.months} months")
    yield from _winner_facts(buying)
    if buying.chosen:
        decided = f", decided {format_date(buying.decided)}" if buying.decided else ""
        again = f", to be looked at again {format_date(buying.revisit)}" if buying.revisit else ""
        yield Fact("chosen", f"{escape_control(buying.chosen)}{decided}{again}")


def cheapest_sentence(buying: BuildOrBuy) -> str:
    """Which option is cheapest up to which volume."""
    first, *later = buying.cheapest
    if not later:
        return f"{_option_name(buying, first)} is cheapest at every volume"
    if len(later) == 1:
        (second,) = later
        return (
            f"{_option_name(buying, first)} is cheaper up to about {_volume(second)} calls a month;"
            f" above that, {_lower_first(_option_name(buying, second))} is{_switch_note(second)}"
        )
    steps = [
        f"{_option_name(buying, before)} up to about {_volume(after)}{_switch_note(after)}"
        for before, after in pairwise(buying.cheapest)
    ]
    last = _lower_first(_option_name(buying, later[-1]))
    return f"by calls a month: {', then '.join(steps)}; above that, {last}"


def _option_name(buying: BuildOrBuy, stretch: VolumeRange) -> str:
    """``Buying (vendor)`` or ``Building (own)``; only the name if both are alike."""
    name = escape_control(stretch.name)
    bought = {each.name: each.is_bought for each in buying.options}
    if len({bought[each.name] for each in buying.cheapest}) < len(buying.cheapest):
        return name
    return f"{'Buying' if bought[stretch.name] else 'Building'} ({name})"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text.startswith(("Buying", "Building")) else text


def _volume(stretch: VolumeRange) -> str:
    """The volume from which an option is cheapest, in two digits: ``190k–380k``."""
    if stretch.start.is_sure:
        return format_rounded_count(stretch.start.mean)
    ends = stretch.start.range
    return f"{format_rounded_count(ends.p10)}–{format_rounded_count(ends.p90)}"


def _switch_note(stretch: VolumeRange) -> str:
    """The chance that an option becomes cheaper, where that isn't sure."""
    if stretch.chance == 1:
        return ""
    return f" (in {format_chance(stretch.chance)} of the runs; in the others never)"


def _winner_facts(buying: BuildOrBuy) -> Iterator[Fact]:
    score, cost = buying.by_score, buying.by_cost
    if buying.winners_differ:
        yield Fact(
            "they disagree",
            f"the score speaks for {escape_control(score or '')}, cost for"
            f" {escape_control(cost or '')}",
        )
    elif score and cost:
        yield Fact("both", f"score and cost speak for {escape_control(score)}")
    elif cost:
        yield Fact(
            "cost",
            f"speaks for {escape_control(cost)}; no marks are given (scores = {{ data = 3, … }})",
        )
    elif score:
        yield Fact("score", f"speaks for {escape_control(score)}")
    else:
        yield Fact("winner", "none: write volume_month, or scores = { data = 3, … }")


def option_scenario_rows(
    found: tuple[OptionScenario, ...], forecast: Forecast, currency: Currency
) -> Iterator[tuple[str, ...]]:
    """The plan as it stands and with each option, by `OPTION_SCENARIO_COLUMNS`."""
    for side in found:
        name = "as planned" if side.option is None else escape_control(side.option)
        outlook = side.outlook
        if isinstance(outlook, str):
            yield name, "–", f"can't be: {escape_control(outlook)}", "–", "–", "–", "–"
            continue
        item = outlook.item
        figures = (
            currency.format_figure(outlook.remaining_cost),
            currency.format_spread(outlook.cost.cost),
            currency.format_figure(outlook.npv),
        )
        yield (
            name,
            format_delivery_chance(item),
            format_finish_range(forecast, item),
            *figures,
            "–" if outlook.p_profitable is None else format_chance(outlook.p_profitable),
        )


def option_scenario_notes(found: tuple[OptionScenario, ...]) -> Iterator[str]:
    """What each option changes, and those that change only money."""
    changes = [
        f"{escape_control(side.option)}: {', '.join(side.changed_fields)}"
        for side in found
        if side.option and side.changed_fields
    ]
    same = [
        escape_control(side.option) for side in found if side.option and not side.changed_fields
    ]
    if changes:
        yield f"Changed of the item: {'; '.join(changes)}."
    if same:
        yield (
            f"As planned but for money: {', '.join(same)}. Give an option weeks, an effort, a"
            " chance or needs of its own."
        )
