"""Readiness as plain mappings, for commands that put answers together from parts."""

from typing import Any

from roadmap_tui.answers.data import JsonObject, dump
from roadmap_tui.answers.readiness import BaselineReadiness, ReadinessAnswer
from roadmap_tui.narrative.readiness.assessment import Readiness


def readiness_data(readiness: Readiness, name: str | None = None) -> dict[str, Any]:
    """How ready the AI items of a plan are, the worst first; or one item."""
    return dump(ReadinessAnswer.of(readiness, name))


def base_readiness_data(scenario: str, base: Readiness, name: str | None = None) -> JsonObject:
    """The scenario, and how the items stand without it."""
    return {"scenario": scenario, "base": BaselineReadiness.of(base, name)}
