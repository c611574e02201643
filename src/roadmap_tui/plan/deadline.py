"""Days: those promised to others, and weeks of a forecast as days of the calendar.

A forecast starts at the end of its first day. A day ends where its whole number of days from there
does, and what happens within a day counts on that day.
"""

import datetime as dt
import math
import re
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from roadmap_tui.plan.base import DAY_SCHEMA, FIRST_DAY, LAST_DAY, Table, validate_day
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.validators import fault_error

_DAYS_PER_WEEK = 7
_TOLERANCE_DAYS = 0.01  # weeks are sums of rounded numbers
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def quarter_end(text: str) -> dt.date | None:
    """The last day of a quarter written ``2027-Q1``; None if it isn't one."""
    match = _QUARTER.fullmatch(text)
    if match is None or not FIRST_DAY.year <= int(match[1]) <= LAST_DAY.year:
        return None
    year, quarter = int(match[1]), int(match[2])
    following = dt.date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return following - dt.timedelta(days=1)


def _parse_deadline_day(by: object) -> dt.date | str:
    if isinstance(by, dt.date) and not isinstance(by, dt.datetime):
        return validate_day(by)
    if isinstance(by, str) and quarter_end(by) is not None:
        return by
    if isinstance(by, str) and _QUARTER.fullmatch(by):
        remedy = f"write a quarter from {FIRST_DAY.year}-Q1 to {LAST_DAY.year}-Q4"
        raise fault_error("range", "out of range", remedy)
    raise fault_error("deadline", "not a day or quarter", 'write 2027-03-31 or "2027-Q1"')


_DEADLINE_SCHEMA = {
    "type": "string",
    "anyOf": [DAY_SCHEMA, {"pattern": r"^(19\d{2}|2\d{3})-Q[1-4]$"}],
}


class Deadline(Table):
    """A date promised to others: shown with its chance, never planned by."""

    by: Annotated[
        dt.date | str,
        PlainValidator(_parse_deadline_day),
        WithJsonSchema(_DEADLINE_SCHEMA),
        field_doc(
            "By", "Promised day, or quarter, which ends with its last day.", example="2027-Q1"
        ),
    ]
    why: Annotated[
        str | None,
        field_doc(
            "Reason", "Why the date was promised.", example="contract with the pilot customer"
        ),
    ] = None

    @property
    def day(self) -> dt.date:
        """The last day that keeps the promise."""
        if isinstance(self.by, dt.date):
            return self.by
        return quarter_end(self.by) or LAST_DAY


def day_of(start: dt.date, weeks: float) -> dt.date:
    """Return the day in which that many weeks from `start` end; at most the calendar's last."""
    latest = (dt.date.max - start).days
    days = weeks * _DAYS_PER_WEEK - _TOLERANCE_DAYS
    return start + dt.timedelta(days=math.ceil(min(days, latest)))


def weeks_between(start: dt.date, day: dt.date) -> float:
    """Return the weeks from `start` to the end of `day`; negative if it is earlier."""
    return (day - start).days / _DAYS_PER_WEEK


def weeks_in_time(weeks: float) -> float:
    """Return the latest week that still counts as in time for `weeks`."""
    return weeks + _TOLERANCE_DAYS / _DAYS_PER_WEEK


def whole_days(weeks: float) -> float:
    """Return these weeks up to the end of their last day."""
    return math.ceil(weeks * _DAYS_PER_WEEK - _TOLERANCE_DAYS) / _DAYS_PER_WEEK
