"""All checks there are."""

from roadmap_tui.checks import dual_track, governance, lifecycle, quality, spikes
from roadmap_tui.checks.values import Rule

FAMILIES = {
    "Two tracks": dual_track,
    "Spikes": spikes,
    "After launch": lifecycle,
    "Quality": quality,
    "The plan itself": governance,
}
"""The modules that hold them, by what they are about."""


def rules_of(family: object) -> tuple[Rule, ...]:
    """The rules of a module, by their ids."""
    found = [each for each in vars(family).values() if isinstance(each, Rule)]
    return tuple(sorted(found, key=lambda rule: rule.id))


RULES = tuple(rule for family in FAMILIES.values() for rule in rules_of(family))
"""Family by family."""
