"""What the past of a file tells about its plan as it is now."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Push:
    """A date that was moved later.

    Attributes:
        on: the day of the commit that did it; the day of asking, if that is not committed yet.
    """

    on: dt.date
    before: dt.date
    after: dt.date


@dataclass(frozen=True, slots=True)
class SpikeThen:
    """What a spike said at HEAD."""

    verdict: str | None
    question: str | None = None
    learned: str | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What git tells.

    Attributes:
        spikes: those at HEAD, by id.
        pushes: by item and by its field, ``not_before`` or ``deadline``, when it was moved later, the oldest first.
    """

    spikes: Mapping[str, SpikeThen] = field(default_factory=dict)
    pushes: Mapping[tuple[str, str], tuple[Push, ...]] = field(default_factory=dict)
