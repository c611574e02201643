"""How a figure is made: its formula, and its inputs with their places in the file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.fitness.money import PlanMoney
from roadmap_tui.forecast.spikes import Options
from roadmap_tui.forecast.summary import Forecast, ItemForecast, RankRow
from roadmap_tui.forecast.swings import Figure
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.resolve import OPEN, Resolved
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.explain_fitness import fit_explained
from roadmap_tui.report.explain_money import money_explained
from roadmap_tui.report.explained import Explained, Subject
from roadmap_tui.report.figures import factors, ships, top_words, when
from roadmap_tui.report.fitness import Fitness
from roadmap_tui.report.inputs import Given, Inputs
from roadmap_tui.report.pinned import pinned
from roadmap_tui.report.words import date, month, number, ordinal, percent, tenths

FIGURES: dict[Subject, Figure] = {
    "ships": "ships",
    "finish": "finish",
    "score": "rank",
    "value": "unlocked",
    "plan value": "value",
}
"""What of a subject may be tried with other inputs."""
_TIMES, _SHARE = " × ", " ÷ "


def subjects(item: ItemForecast) -> tuple[Subject, ...]:
    """The figures of an item that can be explained."""
    if item.status not in OPEN:
        return ("score", "value", "bucket") if item.status == "idea" else ()
    if item.odds is not None:
        return ("answer", "worth", "finish", "bucket")
    return ("ships", "finish", "score", "value", "bucket")


@dataclass(frozen=True, slots=True)
class Explainer:
    """What explanations are made from.

    Attributes:
        options: what spikes are worth, where known.
        money: of the plan, where known.
    """

    document: Document
    plan: Plan
    resolved: Resolved
    forecast: Forecast
    options: Options
    money: PlanMoney | None = None

    @property
    def inputs(self) -> Inputs:
        """The inputs of the plan."""
        return Inputs(self.document, self.plan, self.resolved)

    def explain(self, name: str, subject: Subject) -> Explained:
        """How a figure of an item is made."""
        parts: dict[str, Callable[[str], Explained]] = {
            "ships": self._ships,
            "finish": self._finish,
            "score": self._score,
            "value": self._value,
            "bucket": self._bucket,
            "answer": self._answer,
            "worth": self._worth,
        }
        return parts[subject](name)

    def all(self, name: str) -> tuple[Explained, ...]:
        """How every figure of an item is made."""
        found = [self.explain(name, subject) for subject in subjects(self.forecast.items[name])]
        if self.money is not None:
            found += money_explained(self.inputs, self.money, self.forecast, name)
        found += fit_explained(self.inputs, Fitness(self.plan, self.forecast.as_of), name)
        return tuple(each for each in found if each.formula)

    def _ships(self, name: str) -> Explained:
        item = self.forecast.items[name]
        turn = 1 - item.blocked - item.dropped - item.replaced
        works = item.ever / turn if turn > 0 else 0.0
        heard = " then" if item.dropped > 0 else ""
        in_time = item.ships / item.ever if item.ever > 0 else 0.0
        until = month(self.forecast.until)
        formula = [
            f"{percent(item.ships)} = {percent(turn)} gets its turn × {percent(works)} works{heard}"
            f" × {percent(in_time)} by {until}, counted in {self.forecast.futures:,} futures"
        ]
        lost = {
            "blocked by what it needs": item.blocked,
            "dropped by a spike that says no": item.dropped,
            "not needed, as what it stands in for delivers": item.replaced,
        }
        formula += [f"{percent(share)} {why}" for why, share in lost.items() if share > 0]
        return Explained(
            "ships",
            f"ships {ships(item)} by {until}",
            tuple(formula),
            (*self.inputs.works(name), *self._needs(item)),
        )

    def _finish(self, name: str) -> Explained:
        item, terms = self.forecast.items[name], self.resolved.terms[name]
        if item.finish is None or item.start is None:
            return Explained("finish", "never ships", (), ())
        begin, end = self.forecast.day(item.start.p50), self.forecast.day(item.finish.p50)
        formula = (
            (
                f"likely start {date(begin)}, likely finish {date(end)}; 8 times in 10"
                f" {when(self.forecast, item)}"
            ),
            (
                "of the futures in which it delivers: start = the latest of what it waits for and a"
                " free place in its team; finish = start + effort ÷ people on it"
            ),
        )
        return Explained(
            "finish",
            f"finish {when(self.forecast, item)}",
            formula,
            (*self.inputs.work(terms), *self._waits(item)),
        )

    def _score(self, name: str) -> Explained:
        row = self.forecast.rank(name)
        if row is None or row.weighted is None:
            return Explained("score", "no rank", (), ())
        value, delivers, effort = factors(row)
        formula = [
            (
                f"{number(row.weighted.score)} = {value} value{_TIMES}{delivers}"
                f" delivers{_SHARE}{effort} person-weeks"
            ),
            f"value: what the plan would lose without it, if it delivers: {self._parts(row)}",
        ]
        if row.plain is not None:
            formula.append(
                f"plain RICE {number(row.plain.score)}, {ordinal(row.plain.rank)}: the same without"
                " chances"
            )
        if row.top:
            formula.append(
                f"with reach, impact and effort as drawn in each future: {top_words(row.top)}"
            )
        figure = (
            f"{ordinal(row.weighted.rank)} of {len(self.forecast.ranking)}, score"
            f" {number(row.weighted.score)}"
        )
        givens = (
            *self.inputs.demand(name),
            *self.inputs.works(name),
            *self.inputs.work(self.resolved.terms[name]),
        )
        return Explained("score", figure, tuple(formula), givens)

    def _value(self, name: str) -> Explained:
        row = self.forecast.rank(name)
        if row is None:
            return Explained("value", "no value", (), ())
        formula = [
            "what the plan would lose without it, in the futures in which it delivers:"
            f" {self._parts(row)}"
        ]
        if row.own_value:
            formula.append(
                f"its own: mean reach × mean impact × confidence, a {self.plan.roadmap.reach_per}"
            )
        if row.covered_by:
            others = ", ".join(
                printable(self.forecast.items[each].title) for each in row.covered_by
            )
            formula.append(f"covered by {others}: what that delivers in its place is not lost")
        givens = (*self.inputs.demand(name), *self._held(name))
        return Explained(
            "value", f"value {number(row.value)}, if it delivers", tuple(formula), givens
        )

    def _held(self, name: str) -> Iterator[Given]:
        """The value of what directly waits for an item."""
        for each in self.forecast.items[name].holds_up:
            row = self.forecast.rank(each)
            if row is not None:
                title = printable(self.forecast.items[each].title)
                yield Given(f"{title} waits for it, value", number(row.value), "forecast")

    def _bucket(self, name: str) -> Explained:
        item, policy = self.forecast.items[name], self.plan.policy
        if item.bucket is None:
            return Explained("bucket", "", (), ())
        starts = (
            "never starts"
            if item.start is None
            else f"likely start {date(self.forecast.day(item.start.p50))}"
        )
        said = pinned(self.plan, self.forecast, name)
        why = said or ("under way" if item.status == "active" else starts)
        formula = (
            (
                "its pin, if it has one; else Now if it is under way or likely starts within"
                " now_weeks, Next within next_weeks, else Later"
            ),
        )
        givens = (
            self.inputs.setting((item.kind, name, "pin"), "pin", None, "not pinned"),
            self.inputs.setting(("policy", "now_weeks"), "now_weeks", policy.now_weeks),
            self.inputs.setting(("policy", "next_weeks"), "next_weeks", policy.next_weeks),
            Given("likely start", starts.removeprefix("likely start "), "forecast"),
        )
        return Explained("bucket", f"{item.bucket.capitalize()}: {why}", formula, givens)

    def _parts(self, row: RankRow) -> str:
        if row.own_value and abs(row.value - row.own_value) <= 0.005 * abs(row.value):
            return "reach × impact × confidence, all of it its own"
        rest = row.value - row.own_value
        own = (
            f"{number(row.own_value)} its own reach × impact × confidence, "
            if row.own_value
            else ""
        )
        return f"{own}{number(rest)} of what hangs on it"

    def _answer(self, name: str) -> Explained:
        item, spike = self.forecast.items[name], self.plan.items[name]
        if item.odds is None or not isinstance(spike, Spike):
            return Explained("answer", "", (), ())
        odds = item.odds
        formula = (
            (
                f"chance of a yes {percent(odds.yes)} = {percent(odds.before)} × yes_if_works "
                f"+ {percent(1 - odds.before)} × yes_if_not"
            ),
            (
                f"after a yes its bet works {percent(odds.after_yes)}, after a no"
                f" {percent(odds.after_no)} (Bayes)"
            ),
        )
        givens = (
            *self.inputs.reading(name),
            *(self.inputs.works(spike.informs) if spike.informs in self.plan.items else ()),
        )
        return Explained("answer", f"{ships(item)}", formula, givens)

    def _worth(self, name: str) -> Explained:
        found = next((each for each in self.options.spikes if each.id == name), None)
        if found is None or self.options.price is None:
            return Explained("worth", "worth not known yet", (), ())
        stake, bet = found.stake, printable(self.forecast.items[found.informs].title)
        now, certain = (
            stake.best(stake.chance),
            stake.chance * max(0.0, stake.gain - stake.cost_works),
        )
        formula = (
            (
                f"worth {tenths(found.evsi)} − costs {tenths(found.cost)} = net {found.net:+.1f}"
                " person-weeks"
            ),
            (
                f"going on with {bet}: {percent(stake.chance)} × ({tenths(stake.gain)} gained −"
                f" {tenths(stake.cost_works)} spent) − {percent(1 - stake.chance)} ×"
                f" {tenths(stake.cost_fails)} spent for nothing; or stopping, 0"
            ),
            (
                f"the better of both, now: {tenths(now)}; with the answer, a yes"
                f" {percent(found.yes)} of the time: {tenths(now + found.evsi)}; knowing for"
                f" certain: {tenths(certain)}"
            ),
            f"a person-week brings {number(self.options.price)} elsewhere in the queue",
        )
        return Explained(
            "worth",
            f"worth {tenths(found.evsi)} person-weeks",
            formula,
            (*self.inputs.reading(name),),
        )

    def _needs(self, item: ItemForecast) -> Iterator[Given]:
        for name in item.waits_for:
            other = self.forecast.items[name]
            verb = "answers" if other.odds is not None else "delivers"
            yield Given(f"{printable(other.title)} {verb}", percent(other.ever), "forecast")

    def _waits(self, item: ItemForecast) -> Iterator[Given]:
        for name in item.waits_for:
            other = self.forecast.items[name]
            yield Given(
                f"waits for {printable(other.title)}", when(self.forecast, other), "forecast"
            )
