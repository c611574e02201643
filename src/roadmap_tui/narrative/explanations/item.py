"""Explain an item's figures: formula, and inputs with their lines in the file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from roadmap_tui.document.document import Document
from roadmap_tui.forecast.analysis.tornado import TornadoFigure
from roadmap_tui.forecast.analysis.value_of_information import ValueOfInformation
from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast, RankRow
from roadmap_tui.money.plan_money import PlanMoney
from roadmap_tui.narrative.explanations.explanation import Explanation, FigureName
from roadmap_tui.narrative.explanations.inputs import ExplanationInput, InputLocator
from roadmap_tui.narrative.explanations.money import explain_item_money
from roadmap_tui.narrative.explanations.readiness import explain_readiness
from roadmap_tui.narrative.item_figures import (
    format_delivery_chance,
    format_finish_range,
    format_score_factors,
    format_top_chances,
)
from roadmap_tui.narrative.pins import pin_note
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.resolver import ResolvedPlan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance, format_number, format_ordinal, format_tenths
from roadmap_tui.text.terminal_text import escape_control

SWING_FIGURES: dict[FigureName, TornadoFigure] = {
    "ships": "ships",
    "finish": "finish",
    "score": "rank",
    "value": "unlocked",
    "plan value": "value",
}
"""Figures whose inputs can be varied, and the name of their swing."""
_TIMES, _SHARE = " × ", " ÷ "


def explainable_figures(item: ItemForecast) -> tuple[FigureName, ...]:
    """The figures of an item that can be explained."""
    if item.status not in OPEN_STATUSES:
        return ("score", "value", "bucket") if item.status == "idea" else ()
    if item.odds is not None:
        return ("answer", "worth", "finish", "bucket")
    return ("ships", "finish", "score", "value", "bucket")


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains the figures of a plan's items.

    Attributes:
        options: the value of information of spikes, where known.
        money: the plan's money, where known.
    """

    document: Document
    plan: Plan
    resolved: ResolvedPlan
    forecast: Forecast
    options: ValueOfInformation
    money: PlanMoney | None = None

    @property
    def input_locator(self) -> InputLocator:
        """Locates inputs in the file."""
        return InputLocator(self.document, self.plan, self.resolved)

    def explain(self, name: str, subject: FigureName) -> Explanation:
        """Explain one figure of an item."""
        parts: dict[str, Callable[[str], Explanation]] = {
            "ships": self._ships,
            "finish": self._finish,
            "score": self._score,
            "value": self._value,
            "bucket": self._bucket,
            "answer": self._answer,
            "worth": self._worth,
        }
        return parts[subject](name)

    def explain_all(self, name: str) -> tuple[Explanation, ...]:
        """Explain every figure of an item."""
        found = [
            self.explain(name, subject)
            for subject in explainable_figures(self.forecast.items[name])
        ]
        if self.money is not None:
            found += explain_item_money(self.input_locator, self.money, self.forecast, name)
        found += explain_readiness(
            self.input_locator, Readiness(self.plan, self.forecast.as_of), name
        )
        return tuple(each for each in found if each.formula)

    def _ships(self, name: str) -> Explanation:
        item = self.forecast.items[name]
        turn = 1 - item.blocked - item.dropped - item.replaced
        works = item.p_delivered / turn if turn > 0 else 0.0
        heard = " then" if item.dropped > 0 else ""
        in_time = item.ships / item.p_delivered if item.p_delivered > 0 else 0.0
        until = format_date(self.forecast.horizon_end)
        formula = [
            f"{format_chance(item.ships)} = {format_chance(turn)} gets its turn ×"
            f" {format_chance(works)} works{heard} × {format_chance(in_time)} by {until}, counted"
            f" in {self.forecast.runs:,} runs"
        ]
        lost = {
            "blocked by what it needs": item.blocked,
            "dropped by a spike that says no": item.dropped,
            "not needed, as what it stands in for delivers": item.replaced,
        }
        formula += [f"{format_chance(share)} {why}" for why, share in lost.items() if share > 0]
        return Explanation(
            "ships",
            f"ships {format_delivery_chance(item)} by {until}",
            tuple(formula),
            (*self.input_locator.chance_inputs(name), *self._need_inputs(item)),
        )

    def _finish(self, name: str) -> Explanation:
        item, terms = self.forecast.items[name], self.resolved.items[name]
        if item.finish is None or item.start is None:
            return Explanation("finish", "never ships", (), ())
        begin, end = self.forecast.day(item.start.p50), self.forecast.day(item.finish.p50)
        formula = (
            (
                f"likely start {format_date(begin)}, likely finish {format_date(end)}; 80% range"
                f" {format_finish_range(self.forecast, item)}"
            ),
            (
                "of the runs in which it delivers: start = the latest of what it waits for and a"
                " free place in its team; finish = start + effort ÷ people on it"
            ),
        )
        return Explanation(
            "finish",
            f"finish {format_finish_range(self.forecast, item)}",
            formula,
            (*self.input_locator.effort_inputs(terms), *self._wait_inputs(item)),
        )

    def _score(self, name: str) -> Explanation:
        row = self.forecast.rank_row(name)
        if row is None or row.weighted is None:
            return Explanation("score", "no rank", (), ())
        value, delivers, effort = format_score_factors(row)
        formula = [
            (
                f"{format_number(row.weighted.score)} = {value} value{_TIMES}{delivers}"
                f" delivers{_SHARE}{effort} person-weeks"
            ),
            "value: what the plan would lose without it, if it delivers:"
            f" {self._value_breakdown(row)}",
        ]
        if row.rice is not None:
            formula.append(
                f"plain RICE {format_number(row.rice.score)}, {format_ordinal(row.rice.rank)}: the"
                " same without chances"
            )
        if row.top:
            formula.append(
                f"with reach, impact and effort as drawn in each run: {format_top_chances(row.top)}"
            )
        figure = (
            f"{format_ordinal(row.weighted.rank)} of {len(self.forecast.ranking)}, score"
            f" {format_number(row.weighted.score)}"
        )
        givens = (
            *self.input_locator.demand_inputs(name),
            *self.input_locator.chance_inputs(name),
            *self.input_locator.effort_inputs(self.resolved.items[name]),
        )
        return Explanation("score", figure, tuple(formula), givens)

    def _value(self, name: str) -> Explanation:
        row = self.forecast.rank_row(name)
        if row is None:
            return Explanation("value", "no value", (), ())
        formula = [
            "what the plan would lose without it, in the runs in which it delivers:"
            f" {self._value_breakdown(row)}"
        ]
        if row.own_value:
            formula.append(
                f"its own: mean reach × mean impact × confidence, a {self.plan.roadmap.reach_per}"
            )
        if row.covered_by:
            others = ", ".join(
                escape_control(self.forecast.items[each].title) for each in row.covered_by
            )
            formula.append(f"covered by {others}: what that delivers in its place is not lost")
        givens = (*self.input_locator.demand_inputs(name), *self._dependent_values(name))
        return Explanation(
            "value", f"value {format_number(row.value)}, if it delivers", tuple(formula), givens
        )

    def _dependent_values(self, name: str) -> Iterator[ExplanationInput]:
        """The value of each item that directly depends on this one."""
        for each in self.forecast.items[name].dependents:
            row = self.forecast.rank_row(each)
            if row is not None:
                title = escape_control(self.forecast.items[each].title)
                yield ExplanationInput(
                    f"{title} waits for it, value", format_number(row.value), "forecast"
                )

    def _bucket(self, name: str) -> Explanation:
        item, policy = self.forecast.items[name], self.plan.policy
        if item.bucket is None:
            return Explanation("bucket", "", (), ())
        starts = "never starts"
        if item.start is not None:
            starts = f"likely start {format_date(self.forecast.day(item.start.p50))}"
        said = pin_note(self.plan, self.forecast, name)
        why = said or ("under way" if item.status == "active" else starts)
        formula = (
            (
                "its pin, if it has one; else Now if it is under way or likely starts within"
                " now_weeks, Next within next_weeks, else Later"
            ),
        )
        givens = (
            self.input_locator.setting_field((item.kind, name, "pin"), "pin", None, "not pinned"),
            self.input_locator.setting_field(
                ("policy", "now_weeks"), "now_weeks", policy.now_weeks
            ),
            self.input_locator.setting_field(
                ("policy", "next_weeks"), "next_weeks", policy.next_weeks
            ),
            ExplanationInput("likely start", starts.removeprefix("likely start "), "forecast"),
        )
        return Explanation("bucket", f"{item.bucket.capitalize()}: {why}", formula, givens)

    def _value_breakdown(self, row: RankRow) -> str:
        if row.own_value and abs(row.value - row.own_value) <= 0.005 * abs(row.value):
            return "reach × impact × confidence, all of it its own"
        rest = row.value - row.own_value
        own = ""
        if row.own_value:
            own = f"{format_number(row.own_value)} its own reach × impact × confidence, "
        return f"{own}{format_number(rest)} of what hangs on it"

    def _answer(self, name: str) -> Explanation:
        item, spike = self.forecast.items[name], self.plan.items[name]
        if item.odds is None or not isinstance(spike, Spike):
            return Explanation("answer", "", (), ())
        odds = item.odds
        formula = (
            (
                f"chance of a yes {format_chance(odds.p_yes)} = {format_chance(odds.before)} ×"
                f" yes_if_works + {format_chance(1 - odds.before)} × yes_if_not"
            ),
            (
                f"after a yes its bet works {format_chance(odds.after_yes)}, after a no"
                f" {format_chance(odds.after_no)} (Bayes)"
            ),
        )
        givens = (
            *self.input_locator.odds_inputs(name),
            *(
                self.input_locator.chance_inputs(spike.informs)
                if spike.informs in self.plan.items
                else ()
            ),
        )
        return Explanation("answer", f"{format_delivery_chance(item)}", formula, givens)

    def _worth(self, name: str) -> Explanation:
        found = next((each for each in self.options.spikes if each.id == name), None)
        if found is None:
            return Explanation("worth", "worth not known yet", (), ())
        stake, bet = found.decision, escape_control(self.forecast.items[found.informs].title)
        now, certain = (
            stake.best_value(stake.chance),
            stake.chance * max(0.0, stake.gain - stake.cost_works),
        )
        formula = (
            (
                f"worth {format_tenths(found.evsi)} − costs {format_tenths(found.cost)} = net"
                f" {found.net_value:+.1f} person-weeks"
            ),
            (
                f"going on with {bet}: {format_chance(stake.chance)} ×"
                f" ({format_tenths(stake.gain)} gained − {format_tenths(stake.cost_works)} spent)"
                f" − {format_chance(1 - stake.chance)} × {format_tenths(stake.cost_fails)} spent"
                " for nothing; or stopping, 0"
            ),
            (
                f"the better of both, now: {format_tenths(now)}; with the answer, a yes"
                f" {format_chance(found.p_yes)} of the time: {format_tenths(now + found.evsi)};"
                f" knowing for certain: {format_tenths(certain)}"
            ),
            f"a person-week of its team brings {format_number(found.price)} elsewhere in the queue;"
            " delays and who has time don't count here, so the advice comes from the simulation",
        )
        return Explanation(
            "worth",
            f"worth {format_tenths(found.evsi)} person-weeks",
            formula,
            (*self.input_locator.odds_inputs(name),),
        )

    def _need_inputs(self, item: ItemForecast) -> Iterator[ExplanationInput]:
        for name in item.predecessors:
            other = self.forecast.items[name]
            verb = "answers" if other.odds is not None else "delivers"
            yield ExplanationInput(
                f"{escape_control(other.title)} {verb}",
                format_chance(other.p_delivered),
                "forecast",
            )

    def _wait_inputs(self, item: ItemForecast) -> Iterator[ExplanationInput]:
        for name in item.predecessors:
            other = self.forecast.items[name]
            yield ExplanationInput(
                f"waits for {escape_control(other.title)}",
                format_finish_range(self.forecast, other),
                "forecast",
            )
