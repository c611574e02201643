"""What a record says about the bias and the spread of its estimates, on a grid.

The deviates z of the record are normal: z ~ N(b 1, k^2 ((1 - r) I + r 1 1')), r the correlation of
the plan; b ~ N(0, 0.5^2) and log k ~ N(0, 0.35^2) beforehand. With a shared factor F ~ N(0, 1), the
deviates are independent given b, k and F, so that work still going on enters as censored: it
exceeds what is spent. Source: A. Gelman and others, *Bayesian Data Analysis*, third edition (2013),
chapters 5 and 8.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.normal import C90, log_survival
from roadmap_tui.plan.estimate import Shift

_BIAS_SD, _LOG_SPREAD_SD = 0.5, 0.35
_BIASES = np.linspace(-2.0, 2.0, 41)
_SPREADS = np.exp(np.linspace(-1.4, 1.4, 33))
_FACTORS = np.linspace(-4.0, 4.0, 61)
_MAX_CORRELATION = 0.99
_FARTHEST, _BINS = 20.0, 400
_Grid = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EstimatePosterior:
    """Bias and spread of estimates, given a record.

    Attributes:
        bias: expected deviate of a next effort.
        spread: expected spread of efforts around what they have in common, and of that; 1 if ranges
            are as wide as intended.
        p_wider: chance that efforts spread more than the estimates say.
        shift: the posterior predictive of a next effort; its 80% range is that of the mixture.
        correlation: share of the predictive variance that all next efforts have in common.
    """

    bias: float
    spread: float
    p_wider: float
    shift: Shift
    correlation: float


@lru_cache(maxsize=64)
def estimate_posterior(
    deviates: tuple[float, ...], exceeded: tuple[float, ...], correlation: float
) -> EstimatePosterior:
    """Return the posterior of a record.

    Args:
        deviates: of finished efforts, under their estimates.
        exceeded: of what is spent on work in progress: its own deviates lie above.
        correlation: of all efforts.
    """
    shared = min(correlation, _MAX_CORRELATION)
    bias, spread, factor = np.meshgrid(_BIASES, _SPREADS, _FACTORS, indexing="ij")
    centre = bias + spread * np.sqrt(shared) * factor
    own = spread * np.sqrt(1 - shared)
    log = -0.5 * ((bias / _BIAS_SD) ** 2 + (np.log(spread) / _LOG_SPREAD_SD) ** 2 + factor**2)
    log += _log_likelihood(deviates, centre, own)
    for each in exceeded:
        log += log_survival((each - centre) / own)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    mean = float((weight * centre).sum())
    common = float((weight * (centre - mean) ** 2).sum())
    variance = common + float((weight * own**2).sum())
    low, high = _predictive_range(weight, centre, own)
    return EstimatePosterior(
        bias=mean,
        spread=float((weight * spread).sum()),
        p_wider=float(weight[spread > 1].sum() + weight[spread == 1].sum() / 2),
        shift=Shift((low + high) / 2, (high - low) / (2 * C90)),
        correlation=common / variance,
    )


def _log_likelihood(deviates: Sequence[float], centre: _Grid, own: _Grid) -> _Grid:
    """Return the log likelihood of finished efforts at each point of the grid."""
    count = len(deviates)
    if not count:
        return np.zeros_like(centre)
    z = np.array(deviates)
    around = float(((z - z.mean()) ** 2).sum())
    squares = around + count * (z.mean() - centre) ** 2
    found: _Grid = -count * np.log(own) - squares / (2 * own**2)
    return found


def _predictive_range(weight: _Grid, centre: _Grid, own: _Grid) -> tuple[float, float]:
    """Return P10 and P90 of a next effort's deviate: a mixture over the grid."""
    # own spread depends on one axis of the grid only: centres are gathered in bins for each
    edges = np.linspace(float(centre.min()), float(centre.max()), _BINS + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    shares, scales = [], own[0, :, 0]
    for at in range(scales.size):
        found, _ = np.histogram(centre[:, at], edges, weights=weight[:, at])
        shares.append(found)
    share = np.array(shares)
    low, high = (_mixture_quantile(level, middles, scales[:, None], share) for level in (0.1, 0.9))
    return low, high


def _mixture_quantile(level: float, at: _Grid, scale: _Grid, share: _Grid) -> float:
    """Return a quantile of a mixture of normals, by bisection."""
    low, high = -_FARTHEST, _FARTHEST
    for _ in range(40):
        middle = (low + high) / 2
        if float((share * np.exp(log_survival((at - middle) / scale))).sum()) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2
