"""Accuracy of past estimates, as sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.forecast.analysis.forecast_scores import ForecastScores
from roadmap_tui.forecast.simulation.calibration import (
    MIN_FINISHED,
    BetOutcome,
    Calibration,
    calibrated_estimate,
)
from roadmap_tui.forecast.simulation.estimate_posterior import EstimatePosterior
from roadmap_tui.forecast.simulation.normal import C90
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.policy import Policy
from roadmap_tui.text.numbers import format_count, format_number, format_whole_percent

_NOMINAL_COVERAGE = 0.8
_UNLIKELY = 0.05
_BINS = 5
_TYPICAL = Estimate(2, 4, 9)


@dataclass(frozen=True, slots=True)
class ReliabilityGroup:
    """Bets with about the same stated chance: its average, and how many of them worked."""

    stated: float
    worked: int
    of: int

    @property
    def text(self) -> str:
        """The group as a sentence."""
        return f"said {format_whole_percent(self.stated)} → {self.worked} of {self.of} worked"


def calibration_sentences(found: Calibration, policy: Policy) -> Iterator[str]:
    """Sentences about past efforts and chances, and how forecasts use them."""
    yield effort_sentence(found)
    yield chance_sentence(found)
    if len(found.efforts) >= MIN_FINISHED:
        yield _usage_sentence(found, policy)
    elif policy.calibrate:
        yield (
            f"Calibration is on and needs {MIN_FINISHED} of them; until then, it changes nothing."
        )


def effort_sentence(found: Calibration) -> str:
    """How often actual efforts fell within their ranges, and on which side of the middle."""
    count, ratio = len(found.efforts), found.ratio
    if count < MIN_FINISHED or ratio is None:
        return (
            f"Efforts: too few to say: {count} of {MIN_FINISHED} finished items with a range and"
            " what they took."
        )
    meant = format_whole_percent(_NOMINAL_COVERAGE)
    share = f"{format_whole_percent(found.inside_count / count)}; meant: {meant}"
    inside = (
        f"Of {count} finished items {found.inside_count} ended inside their 80% range ({share})"
    )
    verdict = _width_verdict(found.posterior, count)
    return f"{inside}{_overdue_clause(found)}: {verdict}; {_bias_clause(found)}."


def chance_sentence(found: Calibration) -> str:
    """Whether stated chances predicted better than the overall success rate."""
    count, brier, base = len(found.bets), found.brier, found.base_brier
    if count < MIN_FINISHED or brier is None or base is None:
        return f"Chances: too few to say: {count} of {MIN_FINISHED} ended bets that were in doubt."
    rate = sum(each.worked for each in found.bets) / count
    always = f"always saying {format_whole_percent(rate)}, the share that worked, gets {base:.2f}"
    score = (
        f"The chances of {count} ended bets have a Brier score of {brier:.2f} (0 is best); {always}"
    )
    if base == 0:
        return f"{score}, for all came out alike: that is no evidence yet."
    better = (
        "they predicted better than that" if brier < base else "they predicted no better than that"
    )
    return f"{score}: {better}."


def reliability_groups(found: Calibration) -> tuple[ReliabilityGroup, ...]:
    """Group bets by stated chance, in fifths; lowest first, without the empty ones."""
    fifths: dict[int, list[BetOutcome]] = {}
    for each in found.bets:
        fifths.setdefault(min(int(each.chance * _BINS), _BINS - 1), []).append(each)
    return tuple(_reliability_group(some) for _, some in sorted(fifths.items()))


def _reliability_group(bets: list[BetOutcome]) -> ReliabilityGroup:
    average = sum(each.chance for each in bets) / len(bets)
    return ReliabilityGroup(average, sum(each.worked for each in bets), len(bets))


def _width_verdict(posterior: EstimatePosterior, count: int) -> str:
    if posterior.p_wider > 1 - _UNLIKELY:
        return "ranges are too narrow"
    if posterior.p_wider < _UNLIKELY:
        return "ranges are too wide"
    return f"ranges may be fine, as far as {count} items can tell"


def _overdue_clause(found: Calibration) -> str:
    overdue = sum(each > C90 for each in found.exceeded)
    if not overdue:
        return ""
    return f", and {overdue} in progress {'is' if overdue == 1 else 'are'} beyond it already"


def _bias_clause(found: Calibration) -> str:
    """How far a next effort is expected from the middle of its estimate."""
    off = round((calibrated_estimate(_TYPICAL, found.shift).p50 / _TYPICAL.p50 - 1) * 100)
    if not off:
        return "the middle was right"
    side = "over" if off > 0 else "under"
    return f"expect about {abs(off)}% {side} the middle"


def _usage_sentence(found: Calibration, policy: Policy) -> str:
    stated = policy.sizes.M
    will = f"an effort of {_format_estimate(stated)}"
    drawn = f"drawn as {_format_estimate(calibrated_estimate(stated, found.shift))}"
    if policy.calibrate:
        return f"Forecasts use this: {will} is {drawn}."
    return f"Forecasts don't use this. With calibration on, {will} would be {drawn}."


def _format_estimate(estimate: Estimate) -> str:
    return (
        f"[{format_number(estimate.p10)}, {format_number(estimate.p50)},"
        f" {format_number(estimate.p90)}]"
    )


def forecast_score_sentences(scores: ForecastScores) -> Iterator[str]:
    """How good past forecasts of dates and chances were."""
    yield f"Based on {format_count(scores.forecasts, 'version')} of the plan in git."
    yield _date_sentence(scores)
    if scores.lateness is not None:
        yield _bias_sentence(scores)
    if scores.brier is None:
        yield "Chances: no day that a chance was forecast for has passed yet."
    else:
        yield (
            f"Chances by the end of a quarter: Brier score {scores.brier:.2f} over"
            f" {format_count(len(scores.chances), 'forecast')} (0 is perfect; always 50% scores"
            " 0.25)."
        )
    if scores.moved_deadlines:
        moved = format_count(len(scores.moved_deadlines), "deadline")
        yield f"{moved} moved to a later day."


def _date_sentence(scores: ForecastScores) -> str:
    count = len(scores.dates)
    if scores.coverage is None or scores.mean_crps is None:
        return "Dates: nothing has shipped yet that was forecast before."
    inside = sum(score.is_inside for score in scores.dates)
    return (
        f"Dates: {inside} of {format_count(count, 'item')} shipped inside the 80% range of their"
        f" first forecast ({format_whole_percent(scores.coverage)}; expected 80%), with a mean"
        f" error (CRPS) of {format_count(round(scores.mean_crps), 'week')}."
    )


def _bias_sentence(scores: ForecastScores) -> str:
    if scores.is_optimistic:
        return "Forecasts have been too optimistic: items shipped clearly later than forecast."
    if scores.is_pessimistic:
        return "Forecasts have been too pessimistic: items shipped clearly earlier than forecast."
    return "Forecasts have been neither clearly early nor clearly late."
