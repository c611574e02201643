"""How good the estimates of finished items were: in words, as a picture, and as plain data."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.forecast.calibration import NEEDED, Calibration, Called, Finished, expected
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.calibration import AtStart
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.policy import Policy
from roadmap_tui.report.data import Data, envelope
from roadmap_tui.report.words import number, percent, rounded

_MEANT = 0.8
_UNLIKELY = 0.1
_BINS = 5


@dataclass(frozen=True, slots=True)
class Share:
    """How many worked of the bets whose chances were said to be about this; `said` is their average."""

    said: float
    worked: int
    of: int

    @property
    def text(self) -> str:
        """The share in words."""
        return f"said {percent(self.said)} → {self.worked} of {self.of} worked"


def sentences(found: Calibration, policy: Policy) -> Iterator[str]:
    """What the record says of efforts and of chances, and what forecasts make of it."""
    yield efforts_said(found)
    yield chances_said(found)
    if len(found.efforts) >= NEEDED:
        yield _used(found, policy)
    elif policy.calibrate:
        yield (
            f"calibrate = true in [policy] waits for {NEEDED} of them; until then, it changes"
            " nothing."
        )


def efforts_said(found: Calibration) -> str:
    """How often actual efforts lay in their ranges, and on which side of the middle."""
    count, ratio = len(found.efforts), found.ratio
    if count < NEEDED or ratio is None:
        return (
            f"Efforts: too few to say: {count} of {NEEDED} finished items with a range and what"
            " they took."
        )
    share = f"{percent(found.inside / count)}; meant: {percent(_MEANT)}"
    inside = f"Of {count} finished items {found.inside} ended inside their 80% range ({share})"
    return f"{inside}: {_width(found.inside, count)}; {_side(ratio)}."


def chances_said(found: Calibration) -> str:
    """Whether chances told more than the share that works anyway."""
    count, brier, base = len(found.chances), found.brier, found.base_brier
    if count < NEEDED or brier is None or base is None:
        return f"Chances: too few to say: {count} of {NEEDED} ended bets that were in doubt."
    rate = sum(each.worked for each in found.chances) / count
    always = f"always saying {percent(rate)}, the share that worked, gets {base:.2f}"
    score = (
        f"The chances of {count} ended bets have a Brier score of {brier:.2f} (0 is best); {always}"
    )
    if base == 0:
        return f"{score}, for all came out alike: that tells little yet."
    better = "they told more than that" if brier < base else "they told no more than that"
    return f"{score}: {better}."


def reliability(found: Calibration) -> tuple[Share, ...]:
    """Of chances said to be about the same, how many worked; the lowest first, empty fifths left out."""
    fifths: dict[int, list[Called]] = {}
    for each in found.chances:
        fifths.setdefault(min(int(each.chance * _BINS), _BINS - 1), []).append(each)
    return tuple(
        Share(
            sum(each.chance for each in some) / len(some),
            sum(each.worked for each in some),
            len(some),
        )
        for _, some in sorted(fifths.items())
    )


def luck(inside: int, count: int) -> tuple[float, float]:
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
    at_most, at_least = luck(inside, count)
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
    drawn = f"drawn as {_range(expected(stated, found.shift))}"
    if policy.calibrate:
        return f"Forecasts use this: {will} is {drawn}."
    return f"Forecasts don't use this; with calibrate = true in [policy], {will} would be {drawn}."


def _range(estimate: Estimate) -> str:
    return f"[{number(estimate.p10)}, {number(estimate.p50)}, {number(estimate.p90)}]"


def calibration_data(found: Calibration, policy: Policy, git: AtStart | Unavailable | None) -> Data:
    """The record as scripts get it; `git` is null unless it was asked for."""
    past: Data | None = None
    if isinstance(git, AtStart):
        past = _record_data(git.record) | {
            "commits": {name: commit.sha for name, commit in git.commits.items()},
            "unsaid": git.unsaid,
            "commits_read": git.commits_read,
            "commits_unread": git.unread,
        }
    elif git is not None:
        past = {"unavailable": git.text, "remedy": git.remedy}
    used = policy.calibrate and len(found.efforts) >= NEEDED
    return envelope("calibration", needed=NEEDED, used=used, **_record_data(found), git=past)


def _record_data(found: Calibration) -> Data:
    """A record; figures are null before there are `NEEDED` items to tell them from."""
    enough, judged = len(found.efforts) >= NEEDED, len(found.chances) >= NEEDED
    return {
        "efforts": {
            "count": len(found.efforts),
            "inside": found.inside if enough else None,
            "ratio": _told(found.ratio, enough),
            "bias": _told(found.bias, enough),
            "spread": _told(found.spread, enough),
            "shift": (
                {"bias": rounded(found.shift.bias), "spread": rounded(found.shift.spread)}
                if enough
                else None
            ),
        },
        "chances": {
            "count": len(found.chances),
            "brier": _told(found.brier, judged),
            "base_brier": _told(found.base_brier, judged),
            "shares": (
                [
                    {"said": rounded(each.said), "worked": each.worked, "of": each.of}
                    for each in reliability(found)
                ]
                if judged
                else None
            ),
        },
        "items": [_finished_data(each) for each in found.efforts],
        "bets": [_called_data(each) for each in found.chances],
    }


def _told(figure: float | None, enough: bool) -> float | None:
    return rounded(figure) if enough and figure is not None else None


def _finished_data(each: Finished) -> Data:
    stated = {
        "p10": rounded(each.stated.p10),
        "p50": rounded(each.stated.p50),
        "p90": rounded(each.stated.p90),
    }
    return {
        "id": each.id,
        "title": each.title,
        "status": each.status,
        "stated": stated,
        "actual": rounded(each.actual),
        "ratio": rounded(each.ratio),
        "z": rounded(each.z),
        "inside": each.inside,
        "guess": each.guess,
    }


def _called_data(each: Called) -> Data:
    return {
        "id": each.id,
        "title": each.title,
        "chance": rounded(each.chance),
        "worked": each.worked,
        "guess": each.guess,
    }
