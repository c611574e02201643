"""Data: what a model stands on."""

from collections.abc import Iterator

from roadmap_tui.checks.levels import below
from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.fitness.data import dimensions, floors_of
from roadmap_tui.plan.words import beside, plain_level


@Mistake(
    "DQ01",
    "W",
    "active",
    reason="Data is what model work waits for most; what has no name nobody has looked at.",
    fix="name the dataset in a table data",
)
def dq01(seen: Subject) -> Iterator[Hit]:
    """An active model names no data."""
    for name, model in seen.models(*WANTED):
        if model.data is None or not (model.data.dataset or "").strip():
            yield Hit(seen.path(name, "data"), "no dataset is named")


@Mistake(
    "DQ02",
    "W",
    "active",
    reason="A model learns what the data says, gaps and mistakes with it.",
    fix="mend the data first",
)
def dq02(seen: Subject) -> Iterator[Hit]:
    """A dimension of the data of what is being worked on lies below its floor."""
    for name, model in seen.models(*WANTED):
        if model.data is None:
            continue
        floors = floors_of(model.data, seen.policy)
        for dimension, value in dimensions(model.data).items():
            if below(value, floors[dimension]):
                floor = floors[dimension]
                text = f"{dimension} {beside(value, floor)} is below its floor {plain_level(floor)}"
                numbers = ((dimension, value), ("floor", floor))
                yield Hit(seen.path(name, "data", dimension), text, numbers=numbers)


@Mistake(
    "DQ03",
    "W",
    "active",
    reason=(
        "A model trained on what may not be used is thrown away, with the time that went into it."
    ),
    fix="find out, and write licence and pii",
)
def dq03(seen: Subject) -> Iterator[Hit]:
    """The licence of the data is unknown, or whether it holds personal data."""
    for name, model in seen.models(*WANTED):
        if model.data is None:
            continue
        unknown = [] if (model.data.licence or "").strip() else ["under which licence"]
        unknown += [] if model.data.pii is not None else ["whether it holds personal data"]
        if unknown:
            yield Hit(seen.path(name, "data"), f"nothing says {' or '.join(unknown)}", at="key")
