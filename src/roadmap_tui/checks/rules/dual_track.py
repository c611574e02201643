"""Two tracks: features, and the models they stand on."""

from collections.abc import Iterator

from roadmap_tui.checks.comparisons import is_above, is_below, percent_against
from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import Unset
from roadmap_tui.forecast.simulation.sampling import mean_effort
from roadmap_tui.plan.base import OPEN_STATUSES

_BUCKET_ORDER = ("now", "next", "later")


@RuleInfo(
    "DT01",
    "W",
    "next",
    reason=(
        "A feature that needs no model in the plan is forecast as if the model were there and good"
        " enough."
    ),
    fix="name in needs the model that it stands on",
)
def dt01(seen: CheckContext) -> Iterator[Violation]:
    """An AI feature needs no model item."""
    for name, _ in seen.features(*OPEN_OR_IDEA, "live"):
        if not any(each in seen.plan.model for each in seen.all_upstream(name)):
            yield Violation(
                seen.item_path(name, "needs"), "an AI feature, and no model is among what it needs"
            )


@RuleInfo(
    "DT02",
    "W",
    "always",
    reason="A model that nothing is built on is worth nothing to anybody, however good it gets.",
    fix="let a feature need it, or drop it",
)
def dt02(seen: CheckContext) -> Iterator[Violation]:
    """A model item serves no feature."""
    for name, _ in seen.models(*OPEN_OR_IDEA, "live"):
        if name not in seen.serving_features:
            yield Violation(seen.item_path(name), "no feature needs it", at="key")


@RuleInfo(
    "DT03",
    "W",
    "always",
    reason=(
        "What rests on a model can't begin before it, nor before it is known whether the model is"
        " wanted."
    ),
    fix="move it, or let it fall back",
)
def dt03(seen: CheckContext) -> Iterator[Violation]:
    """A feature is pinned or begun before its model, or Now while its spike is open."""
    for name, item in seen.products(*OPEN_STATUSES):
        if item.pin is None and item.status != "active":
            continue
        path = seen.item_path(name, "status" if item.pin is None else "pin")
        edits = () if item.pin is None else (Unset(path),)
        late = _latest_model(seen, name)
        if late is not None:
            text = f"{_bucket_word(seen, name)}, and {late}, which it rests on, {_bucket_word(seen, late)}"
            yield Violation(path, text, edits=edits)
        spike = _open_spike(seen, name)
        if spike is not None and seen.bucket(name) == "now":
            yield Violation(path, f"Now, and {spike} is still to answer", edits=edits)


def _latest_model(seen: CheckContext, name: str) -> str | None:
    """The model behind a feature that lies in the latest column, if that is a later one than its own."""
    own = _bucket_place(seen, name)
    models = [
        each for each in seen.upstream_models(name) if seen.items[each].status in OPEN_STATUSES
    ]
    latest = max(models, key=lambda each: _bucket_place(seen, each), default=None)
    return latest if latest is not None and _bucket_place(seen, latest) > own else None


def _open_spike(seen: CheckContext, name: str) -> str | None:
    """The first open spike on a feature or on a model behind it."""
    asked = (
        spike
        for each in (name, *seen.upstream_models(name))
        for spike in seen.resolved.spikes_by_bet.get(each, ())
    )
    return next(asked, None)


def _bucket_place(seen: CheckContext, name: str) -> int:
    return _BUCKET_ORDER.index(seen.bucket(name) or "later")


def _bucket_word(seen: CheckContext, name: str) -> str:
    return (seen.bucket(name) or "later").capitalize()


@RuleInfo(
    "DT04",
    "I",
    "always",
    reason=(
        "One track starves: features that wait for models that aren't built, or models that"
        " nothing is built upon."
    ),
    fix="rebalance, or say why in [roadmap] ignore",
    policy=True,
)
def dt04(seen: CheckContext) -> Iterator[Violation]:
    """The model track gets less than 15 % or more than 85 % of the effort of a plan with both."""
    efforts = {"product": 0.0, "model": 0.0}
    tracks = set[str]()
    for terms in seen.resolved.items.values():
        if terms.status in OPEN_STATUSES:
            efforts[terms.track] += mean_effort(terms)
            tracks.add(terms.track)
    whole = sum(efforts.values())
    if len(tracks) < 2 or not whole:
        return
    share, (low, high) = efforts["model"] / whole, seen.policy.DT04
    if is_below(share, low) or is_above(share, high):
        text = (
            f"the model track has {percent_against(share, low if share < low else high)} of the"
            " effort to come"
        )
        yield Violation(("roadmap",), text, numbers=(("share", share),), at="key")
