"""Two tracks: features, and the models they stand on."""

from collections.abc import Iterator

from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake


@Mistake(
    "DT01",
    "W",
    "next",
    reason="A feature that needs no model in the plan is forecast as if the model were there and good enough.",
    fix="name in needs the model that it stands on",
)
def dt01(seen: Subject) -> Iterator[Hit]:
    """An AI feature needs no model item."""
    for name, _ in seen.features(*WANTED, "live"):
        if not any(each in seen.plan.model for each in seen.all_behind(name)):
            yield Hit(seen.path(name, "needs"), "an AI feature, and no model is among what it needs")


@Mistake(
    "DT02",
    "W",
    "always",
    reason="A model that nothing is built on is worth nothing to anybody, however good it gets.",
    fix="let a feature need it, or drop it",
)
def dt02(seen: Subject) -> Iterator[Hit]:
    """A model item serves no feature."""
    for name, _ in seen.models(*WANTED, "live"):
        if name not in seen.serving:
            yield Hit(seen.path(name), "no feature needs it", at="key")
