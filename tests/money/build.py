"""Tables for the tests, from TOML."""

import tomllib
from typing import TypeVar

from roadmap_tui.plan.base import Table
from roadmap_tui.plan.readiness.trust import TrustWeek

T = TypeVar("T", bound=Table)


def table(kind: type[T], text: str) -> T:
    return kind.model_validate(tomllib.loads(text))


def week(accepted: int, edited: int, overridden: int, day: int = 1) -> TrustWeek:
    text = (
        f"on = 2026-11-{day:02}\naccepted = {accepted}\nedited = {edited}\noverridden ="
        f" {overridden}\n"
    )
    return table(TrustWeek, text)
