"""All checks, by family."""

from itertools import chain

from roadmap_tui.checks.rule import Rule
from roadmap_tui.checks.rules import (
    build_or_buy,
    data,
    dual_track,
    explanation,
    failure_modes,
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
    unit_economics,
)

FAMILIES = {
    "Two tracks": dual_track,
    "Spikes": spikes,
    "RICE": rice,
    "Timeline": timeline,
    "After launch": lifecycle,
    "Quality": quality,
    "Segments": segments,
    "Failure modes": failure_modes,
    "Trust": trust,
    "Latency": latency,
    "Data": data,
    "Unit economics": unit_economics,
    "Return": roi,
    "Market": market,
    "Build or buy": build_or_buy,
    "Jobs": jobs,
    "Rules first": rules_first,
    "Oversight": oversight,
    "Explaining": explanation,
    "The plan itself": governance,
}
"""The modules of the rules, by their topic."""


def rules_of(family: object) -> tuple[Rule, ...]:
    """The rules of a module, ordered by id."""
    found = [each for each in vars(family).values() if isinstance(each, Rule)]
    return tuple(sorted(found, key=lambda rule: rule.id))


RULES = tuple(chain.from_iterable(map(rules_of, FAMILIES.values())))
"""All rules, family by family."""
RULE_IDS = frozenset(rule.id for rule in RULES)
