"""The one judge of readiness: how each aspect of each AI item stands, on what evidence.

Screens, exports, answers and checks all read these judgements.
"""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

from roadmap_tui.plan.dependencies import upstream_models
from roadmap_tui.plan.items import Item, Model, Product
from roadmap_tui.plan.readiness.oversight import Stakes
from roadmap_tui.plan.resolver import uses_ai
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.readiness.aspects.autonomy import judge_oversight
from roadmap_tui.readiness.aspects.bars import judge_bars
from roadmap_tui.readiness.aspects.data import judge_data
from roadmap_tui.readiness.aspects.failures import judge_failures
from roadmap_tui.readiness.aspects.operation import judge_monitoring, judge_retraining
from roadmap_tui.readiness.aspects.overrides import judge_trust
from roadmap_tui.readiness.aspects.response_time import judge_latency
from roadmap_tui.readiness.aspects.segments import judge_segments
from roadmap_tui.readiness.judgement import Judgement
from roadmap_tui.readiness.segments import segment_assessments, widest_gap

JUDGED_STATUSES = frozenset({"idea", "planned", "active", "live"})
"""The statuses of items that are judged: what is over needs no readiness."""
_STAKES: tuple[Stakes, ...] = ("low", "medium", "high")


class ReadinessJudge:
    """Judges a plan's AI items on a day; each item once."""

    def __init__(self, plan: Plan, as_of: dt.date) -> None:
        self._plan = plan
        self._as_of = as_of
        self._judgements: dict[str, tuple[Judgement, ...]] = {}
        self._models: dict[str, tuple[str, ...]] = {}

    def judgements(self, name: str) -> tuple[Judgement, ...]:
        """The judgements of an item; empty if it isn't an AI item or is over."""
        if name not in self._judgements:
            self._judgements[name] = tuple(self._judge(name, self._plan.items[name]))
        return self._judgements[name]

    def models(self, name: str) -> tuple[str, ...]:
        """The models that an item rests on; of a choice, the first that may deliver."""
        if name not in self._models:
            self._models[name] = tuple(upstream_models(self._plan, name))
        return self._models[name]

    def segment_gap(self, name: str) -> float | None:
        """The largest gap between best and worst segment of a feature's models; None if unknown."""
        gaps = (
            widest_gap(segment_assessments(self._plan.model[each].segments))
            for each in self.models(name)
        )
        return max((gap for gap in gaps if gap is not None), default=None)

    def _judge(self, name: str, item: Item) -> Iterator[Judgement]:
        if item.status not in JUDGED_STATUSES:
            return
        if isinstance(item, Model):
            yield from self._judge_model(name, item)
        elif isinstance(item, Product):
            yield from self._judge_feature(name, item)

    def _judge_model(self, name: str, model: Model) -> Iterator[Judgement]:
        yield from judge_bars(model)
        yield from judge_segments(model, self._stakes.get(name))
        yield from judge_failures(model)
        yield from judge_data(model, self._plan.policy, self._as_of)
        yield from judge_monitoring(model.monitor, self._as_of)
        yield from judge_retraining(model, self._as_of)

    def _judge_feature(self, name: str, item: Product) -> Iterator[Judgement]:
        """Judge a feature that uses a model, and of others the tables of one that they have."""
        policy, is_ai = self._plan.policy, uses_ai(self._plan, name)
        if is_ai:
            yield from self._judge_launch_level(name)
        if is_ai or item.trust is not None:
            yield from judge_trust(item, policy, self._plan.roadmap.activation)
        if is_ai or item.latency is not None:
            yield from judge_latency(item.latency, policy)
        if is_ai or item.oversight is not None:
            yield from judge_oversight(item, self.segment_gap(name))
        yield from judge_failures(item)

    def _judge_launch_level(self, name: str) -> Iterator[Judgement]:
        models = self.models(name)
        for each in models:
            bars = self._plan.model[each].bars.values()
            if any(bar.launch is not None for bar in bars):
                return
        reason = "no model behind it, and so no launch level"
        if models:
            reason = f"no launch level on {' or '.join(models)}"
        yield Judgement("quality", "no launch level", (), "unknown", reason, is_key=True)

    @cached_property
    def _stakes(self) -> dict[str, Stakes]:
        """By model, the highest stakes of the features that use it."""
        stakes: dict[str, Stakes] = {}
        for name, item in self._plan.product.items():
            own = item.oversight.stakes if item.oversight is not None else None
            if own is None or item.status not in JUDGED_STATUSES:
                continue
            for model in self.models(name):
                stakes[model] = max(own, stakes.get(model, own), key=_STAKES.index)
        return stakes
