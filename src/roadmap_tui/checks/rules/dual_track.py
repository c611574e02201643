"""Two tracks: features, and the models they stand on."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import Unset
from roadmap_tui.forecast.simulation.sampling import mean_effort
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.text.comparisons import is_above, is_below, percent_against

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
def dt01(context: CheckContext) -> Iterator[Violation]:
    """An AI feature needs no model item."""
    for name, _ in context.features(*OPEN_OR_IDEA, "live"):
        if not any(each in context.plan.model for each in context.all_upstream(name)):
            yield Violation(
                context.item_path(name, "needs"),
                "an AI feature, and no model is among what it needs",
            )


@RuleInfo(
    "DT02",
    "W",
    "always",
    reason="A model that nothing is built on is worth nothing to anybody, however good it gets.",
    fix="let a feature need it, or drop it",
)
def dt02(context: CheckContext) -> Iterator[Violation]:
    """A model item serves no feature."""
    for name, _ in context.models(*OPEN_OR_IDEA, "live"):
        if name not in context.serving_features:
            yield Violation(context.item_path(name), "no feature needs it", at="key")


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
def dt03(context: CheckContext) -> Iterator[Violation]:
    """A feature is pinned or begun before its model, or Now while its spike is open."""
    for name, item in context.products(*OPEN_STATUSES):
        if item.pin is None and item.status != "active":
            continue
        path = context.item_path(name, "status" if item.pin is None else "pin")
        edits = () if item.pin is None else (Unset(path),)
        late = _latest_model(context, name)
        if late is not None:
            own, other = _bucket_word(context, name), _bucket_word(context, late)
            text = f"{own}, and {context.title(late)}, which it needs, {other}"
            yield Violation(path, text, edits=edits)
        spike = _open_spike(context, name)
        if spike is not None and context.bucket(name) == "now":
            yield Violation(path, f"Now, and {spike} is still to answer", edits=edits)


def _latest_model(context: CheckContext, name: str) -> str | None:
    """The feature's model in the latest bucket, if that is later than the feature's own."""
    own = _bucket_place(context, name)
    models = [
        each
        for each in context.upstream_models(name)
        if context.items[each].status in OPEN_STATUSES
    ]
    later = [each for each in models if _bucket_place(context, each) > own]
    return max(later, key=lambda each: _bucket_place(context, each), default=None)


def _open_spike(context: CheckContext, name: str) -> str | None:
    """The first open spike on a feature or on a model behind it."""
    for bet in (name, *context.upstream_models(name)):
        for spike in context.resolved.spikes_by_bet.get(bet, ()):
            return spike
    return None


def _bucket_place(context: CheckContext, name: str) -> int:
    return _BUCKET_ORDER.index(context.bucket(name) or "later")


def _bucket_word(context: CheckContext, name: str) -> str:
    return (context.bucket(name) or "later").capitalize()


@RuleInfo(
    "DT04",
    "I",
    "always",
    reason=(
        "One track starves: features that wait for models that aren't built, or models that"
        " nothing is built upon."
    ),
    fix="rebalance, or say why in [roadmap] ignore",
    has_threshold=True,
)
def dt04(context: CheckContext) -> Iterator[Violation]:
    """The model track gets less than 15% or more than 85% of the effort of a plan with both."""
    efforts = {"product": 0.0, "model": 0.0}
    tracks = set[str]()
    for resolved in context.resolved.items.values():
        if resolved.status in OPEN_STATUSES:
            efforts[resolved.track] += mean_effort(resolved)
            tracks.add(resolved.track)
    whole = sum(efforts.values())
    if len(tracks) < 2 or not whole:
        return
    share, (low, high) = efforts["model"] / whole, context.policy.DT04
    if is_below(share, low) or is_above(share, high):
        text = (
            f"the model track has {percent_against(share, low if share < low else high)} of the"
            " effort to come"
        )
        yield Violation(("roadmap",), text, numbers=(("share", share),), at="key")
