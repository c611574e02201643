"""Two tracks: features, and the models they stand on."""

from collections.abc import Iterator

from roadmap_tui.checks.levels import above, below, percent_beside
from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.files.edits import Unset
from roadmap_tui.forecast.draws import mean_effort
from roadmap_tui.plan.resolve import OPEN

_BUCKETS = ("now", "next", "later")


@Mistake(
    "DT01",
    "W",
    "next",
    reason=(
        "A feature that needs no model in the plan is forecast as if the model were there and good"
        " enough."
    ),
    fix="name in needs the model that it stands on",
)
def dt01(seen: Subject) -> Iterator[Hit]:
    """An AI feature needs no model item."""
    for name, _ in seen.features(*WANTED, "live"):
        if not any(each in seen.plan.model for each in seen.all_behind(name)):
            yield Hit(
                seen.path(name, "needs"), "an AI feature, and no model is among what it needs"
            )


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


@Mistake(
    "DT03",
    "W",
    "always",
    reason=(
        "What rests on a model can't begin before it, nor before it is known whether the model is"
        " wanted."
    ),
    fix="move it, or let it fall back",
)
def dt03(seen: Subject) -> Iterator[Hit]:
    """A feature is pinned or begun before its model, or Now while its spike is open."""
    for name, item in seen.products(*OPEN):
        if item.pin is None and item.status != "active":
            continue
        path = seen.path(name, "status" if item.pin is None else "pin")
        edits = () if item.pin is None else (Unset(path),)
        late = _later_model(seen, name)
        if late is not None:
            text = f"{_word(seen, name)}, and {late}, which it rests on, {_word(seen, late)}"
            yield Hit(path, text, edits=edits)
        spike = _open_spike(seen, name)
        if spike is not None and seen.bucket(name) == "now":
            yield Hit(path, f"Now, and {spike} is still to answer", edits=edits)


def _later_model(seen: Subject, name: str) -> str | None:
    """The model behind a feature that lies in the latest column, if that is a later one than its own."""
    own = _place(seen, name)
    models = [each for each in seen.models_behind(name) if seen.items[each].status in OPEN]
    latest = max(models, key=lambda each: _place(seen, each), default=None)
    return latest if latest is not None and _place(seen, latest) > own else None


def _open_spike(seen: Subject, name: str) -> str | None:
    """The first open spike on a feature or on a model behind it."""
    asked = (
        spike
        for each in (name, *seen.models_behind(name))
        for spike in seen.resolved.spikes.get(each, ())
    )
    return next(asked, None)


def _place(seen: Subject, name: str) -> int:
    return _BUCKETS.index(seen.bucket(name) or "later")


def _word(seen: Subject, name: str) -> str:
    return (seen.bucket(name) or "later").capitalize()


@Mistake(
    "DT04",
    "I",
    "always",
    reason=(
        "One track starves: features that wait for models nobody builds, or models that nobody"
        " builds upon."
    ),
    fix="rebalance, or say why in [roadmap] ignore",
    policy=True,
)
def dt04(seen: Subject) -> Iterator[Hit]:
    """The model track gets less than 15 % or more than 85 % of the effort of a plan with both."""
    efforts = {"product": 0.0, "model": 0.0}
    tracks = set[str]()
    for terms in seen.resolved.terms.values():
        if terms.status in OPEN:
            efforts[terms.track] += mean_effort(terms)
            tracks.add(terms.track)
    whole = sum(efforts.values())
    if len(tracks) < 2 or not whole:
        return
    share, (low, high) = efforts["model"] / whole, seen.policy.DT04
    if below(share, low) or above(share, high):
        text = (
            f"the model track has {percent_beside(share, low if share < low else high)} of the"
            " effort to come"
        )
        yield Hit(("roadmap",), text, numbers=(("share", share),), at="key")
