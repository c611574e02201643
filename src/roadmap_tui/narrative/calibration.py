"""How good the estimates of finished items were: in words, as a picture, and as plain data."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.answers.data import JsonObject, answer_envelope
from roadmap_tui.forecast.simulation.calibration import (
    MIN_FINISHED,
    BetOutcome,
    Calibration,
    FinishedEffort,
    calibrated_estimate,
)
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.historical_calibration import HistoricalCalibration
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.policy import Policy
from roadmap_tui.text.dates import format_chance, format_number, round_significant

_MEANT = 0.8
_UNLIKELY = 0.1
_BINS = 5


@dataclass(frozen=True, slots=True)
class ReliabilityGroup:
    """How many worked of the bets whose chances were said to be about this; `said` is their average."""

    stated: float
    worked: int
    of: int

    @property
    def text(self) -> str:
        """The share in words."""
        return f"said {format_chance(self.stated)} → {self.worked} of {self.of} worked"


def calibration_sentences(found: Calibration, policy: Policy) -> Iterator[str]:
    """What the record says of efforts and of chances, and what forecasts make of it."""
    yield effort_sentence(found)
    yield chance_sentence(found)
    if len(found.efforts) >= MIN_FINISHED:
        yield _used(found, policy)
    elif policy.calibrate:
        yield (
            f"calibrate = true in [policy] waits for {MIN_FINISHED} of them; until then, it changes"
            " nothing."
        )


def effort_sentence(found: Calibration) -> str:
    """How often actual efforts lay in their ranges, and on which side of the middle."""
    count, ratio = len(found.efforts), found.ratio
    if count < MIN_FINISHED or ratio is None:
        return (
            f"Efforts: too few to say: {count} of {MIN_FINISHED} finished items with a range and what"
            " they took."
        )
    share = f"{format_chance(found.inside_count / count)}; meant: {format_chance(_MEANT)}"
    inside = (
        f"Of {count} finished items {found.inside_count} ended inside their 80% range ({share})"
    )
    return f"{inside}: {_width(found.inside_count, count)}; {_side(ratio)}."


def chance_sentence(found: Calibration) -> str:
    """Whether chances told more than the share that works anyway."""
    count, brier, base = len(found.bets), found.brier, found.base_brier
    if count < MIN_FINISHED or brier is None or base is None:
        return f"Chances: too few to say: {count} of {MIN_FINISHED} ended bets that were in doubt."
    rate = sum(each.worked for each in found.bets) / count
    always = f"always saying {format_chance(rate)}, the share that worked, gets {base:.2f}"
    score = (
        f"The chances of {count} ended bets have a Brier score of {brier:.2f} (0 is best); {always}"
    )
    if base == 0:
        return f"{score}, for all came out alike: that tells little yet."
    better = "they told more than that" if brier < base else "they told no more than that"
    return f"{score}: {better}."


def reliability_groups(found: Calibration) -> tuple[ReliabilityGroup, ...]:
    """Of chances said to be about the same, how many worked; the lowest first, empty fifths left out."""
    fifths: dict[int, list[BetOutcome]] = {}
    for each in found.bets:
        fifths.setdefault(min(int(each.chance * _BINS), _BINS - 1), []).append(each)
    return tuple(
        ReliabilityGroup(
            sum(each.chance for each in some) / len(some),
            sum(each.worked for each in some),
            len(some),
        )
        for _, some in sorted(fifths.items())
    )


def binomial_tails(inside: int, count: int) -> tuple[float, float]:
    """The chances that of `count` true 80 % ranges at most, and that at least, `inside` hold: exact, binomial."""
    log_ways = (
        math.lgamma(count + 1) - math.lgamma(k + 1) - math.lgamma(count - k + 1)
        for k in range(count + 1)
    )
    chances = [
        math.exp(ways + k * math.log(_MEANT) + (count - k) * math.log(1 - _MEANT))
        for k, ways in enumerate(log_ways)
    ]
    return math.fsum(chances[: inside + 1]), math.fsum(chances[inside:])


def _width(inside: int, count: int) -> str:
    at_most, at_least = binomial_tails(inside, count)
    if at_most < _UNLIKELY:
        return "ranges are too narrow"
    if at_least < _UNLIKELY:
        return "ranges are too wide"
    return f"ranges may be fine, as far as {count} items can tell"


def _side(ratio: float) -> str:
    off = round((ratio - 1) * 100)
    return (
        f"actual effort ran {abs(off)}% {'over' if off > 0 else 'under'} the middle"
        if off
        else "the middle was right"
    )


def _used(found: Calibration, policy: Policy) -> str:
    stated = policy.sizes.M
    will = f"an effort of {_range(stated)}"
    drawn = f"drawn as {_range(calibrated_estimate(stated, found.shift))}"
    if policy.calibrate:
        return f"Forecasts use this: {will} is {drawn}."
    return f"Forecasts don't use this; with calibrate = true in [policy], {will} would be {drawn}."


def _range(estimate: Estimate) -> str:
    return f"[{format_number(estimate.p10)}, {format_number(estimate.p50)}, {format_number(estimate.p90)}]"


def calibration_data(
    found: Calibration, policy: Policy, git: HistoricalCalibration | GitUnavailable | None
) -> JsonObject:
    """The record as scripts get it; `git` is null unless it was asked for."""
    past: JsonObject | None = None
    if isinstance(git, HistoricalCalibration):
        past = _record_data(git.record) | {
            "commits": {name: commit.sha for name, commit in git.commits.items()},
            "unsaid": git.without_history,
            "commits_read": git.commits_read,
            "commits_unread": git.unreadable_commits,
        }
    elif git is not None:
        past = {"unavailable": git.text, "remedy": git.remedy}
    used = policy.calibrate and len(found.efforts) >= MIN_FINISHED
    return answer_envelope(
        "calibration", needed=MIN_FINISHED, used=used, **_record_data(found), git=past
    )


def _record_data(found: Calibration) -> JsonObject:
    """A record; figures are null before there are `NEEDED` items to tell them from."""
    enough, judged = len(found.efforts) >= MIN_FINISHED, len(found.bets) >= MIN_FINISHED
    return {
        "efforts": {
            "count": len(found.efforts),
            "inside": found.inside_count if enough else None,
            "ratio": _told(found.ratio, enough),
            "bias": _told(found.bias, enough),
            "spread": _told(found.spread, enough),
            "shift": (
                {
                    "bias": round_significant(found.shift.bias),
                    "spread": round_significant(found.shift.spread),
                }
                if enough
                else None
            ),
        },
        "chances": {
            "count": len(found.bets),
            "brier": _told(found.brier, judged),
            "base_brier": _told(found.base_brier, judged),
            "shares": (
                [
                    {"said": round_significant(each.stated), "worked": each.worked, "of": each.of}
                    for each in reliability_groups(found)
                ]
                if judged
                else None
            ),
        },
        "items": [_finished_data(each) for each in found.efforts],
        "bets": [_called_data(each) for each in found.bets],
    }


def _told(figure: float | None, enough: bool) -> float | None:
    return round_significant(figure) if enough and figure is not None else None


def _finished_data(each: FinishedEffort) -> JsonObject:
    stated = {
        "p10": round_significant(each.estimate.p10),
        "p50": round_significant(each.estimate.p50),
        "p90": round_significant(each.estimate.p90),
    }
    return {
        "id": each.id,
        "title": each.title,
        "status": each.status,
        "stated": stated,
        "actual": round_significant(each.actual),
        "ratio": round_significant(each.ratio),
        "z": round_significant(each.z),
        "inside": each.is_inside,
        "guess": each.is_assumed,
    }


def _called_data(each: BetOutcome) -> JsonObject:
    return {
        "id": each.id,
        "title": each.title,
        "chance": round_significant(each.chance),
        "worked": each.worked,
        "guess": each.is_assumed,
    }
