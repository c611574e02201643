"""All checks there are."""

from roadmap_tui.checks import (
    buying,
    data,
    dual_track,
    explaining,
    failures,
    governance,
    jobs,
    latency,
    lifecycle,
    market,
    oversight,
    quality,
    rice,
    roi,
    rules_first,
    segments,
    spikes,
    timeline,
    trust,
    unit,
)
from roadmap_tui.checks.values import Rule

FAMILIES = {
    "Two tracks": dual_track,
    "Spikes": spikes,
    "RICE": rice,
    "Timeline": timeline,
    "After launch": lifecycle,
    "Quality": quality,
    "Segments": segments,
    "Failure modes": failures,
    "Trust": trust,
    "Latency": latency,
    "Data": data,
    "Unit economics": unit,
    "Return": roi,
    "Market": market,
    "Build or buy": buying,
    "Jobs": jobs,
    "Rules first": rules_first,
    "Oversight": oversight,
    "Explaining": explaining,
    "The plan itself": governance,
}
"""The modules that hold them, by what they are about."""


def rules_of(family: object) -> tuple[Rule, ...]:
    """The rules of a module, by their ids."""
    found = [each for each in vars(family).values() if isinstance(each, Rule)]
    return tuple(sorted(found, key=lambda rule: rule.id))


RULES = tuple(rule for family in FAMILIES.values() for rule in rules_of(family))
"""Family by family."""
IDS = frozenset(rule.id for rule in RULES)
