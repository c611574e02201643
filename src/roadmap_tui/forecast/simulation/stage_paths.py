"""Work in stages: its possible paths with their probabilities and stages."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from roadmap_tui.plan.model_fields import StageName
from roadmap_tui.plan.resolver import ResolvedStage


@dataclass(frozen=True, slots=True)
class StagePath:
    """One path through the stages.

    Attributes:
        works: whether it ends in success.
        probability: of this path among all.
        attempts: number of trainings (or, without a train stage, evaluations).
        passes: whether the last attempt passes.
        deploys: whether the deploy stage is reached.
    """

    works: bool
    probability: float
    attempts: int
    passes: bool
    deploys: bool


@dataclass(frozen=True, slots=True)
class StageRoute:
    """The remaining stages of a staged item and its possible paths.

    Attributes:
        ahead: the remaining stages, by name.
        retry: the stages of a further attempt.
        paths: every path; their probabilities add up to 1.
    """

    ahead: dict[StageName, ResolvedStage]
    retry: dict[StageName, ResolvedStage]
    paths: tuple[StagePath, ...]

    @property
    def chance(self) -> float:
        """The chance to succeed: the sum over the paths that do."""
        return min(1.0, sum(path.probability for path in self.paths if path.works))

    def stages_of(self, attempt: int) -> dict[StageName, ResolvedStage]:
        """Return the train and evaluate stages of the given attempt, from 1."""
        stages = self.ahead if attempt == 1 else self.retry
        return {name: stages[name] for name in ("train", "evaluate") if name in stages}

    def fails_in_training(self, attempt: int) -> float:
        """Return the chance that a failed attempt failed in training, before evaluation."""
        train, evaluate = _pass_chances(self.stages_of(attempt))
        fails = 1 - train * evaluate
        return (1 - train) / fails if fails > 0 else 0.0

    def paths_given(self, works: bool) -> tuple[tuple[StagePath, float], ...]:
        """Return the paths with this end and their conditional probabilities.

        One straight path if there is none.
        """
        among = [path for path in self.paths if path.works == works and path.probability > 0]
        total = sum(path.probability for path in among)
        if total > 0:
            return tuple((path, path.probability / total) for path in among)
        attempts = 1 if self._has_attempts else 0
        straight = StagePath(works, 1.0, attempts, passes=True, deploys="deploy" in self.ahead)
        return ((straight, 1.0),)

    @property
    def _has_attempts(self) -> bool:
        return bool(self.stages_of(1))

    def expected_visits(self, chance: float) -> dict[StageName, float]:
        """Return the expected number of entries into each stage, given the chance to work."""
        visits: dict[StageName, float] = dict.fromkeys((*self.ahead, *self.retry), 0.0)
        for works, weight in ((True, chance), (False, 1 - chance)):
            for path, share in self.paths_given(works):
                for name, count in self._visits_of(path):
                    visits[name] += weight * share * count
        return visits

    def _visits_of(self, path: StagePath) -> Iterator[tuple[StageName, float]]:
        if "data" in self.ahead:
            yield "data", 1.0
        for attempt in range(1, path.attempts + 1):
            stages = self.stages_of(attempt)
            if "train" in stages:
                yield "train", 1.0
            if "evaluate" in stages:
                passes = path.passes and attempt == path.attempts
                yield "evaluate", 1.0 if passes else 1 - self.fails_in_training(attempt)
        if path.deploys:
            yield "deploy", 1.0


def _pass_chances(stages: dict[StageName, ResolvedStage]) -> tuple[float, float]:
    train, evaluate = stages.get("train"), stages.get("evaluate")
    return train.chance if train else 1.0, evaluate.chance if evaluate else 1.0


@lru_cache(maxsize=4096)
def build_route(stages: tuple[ResolvedStage, ...], attempts: int) -> StageRoute:
    """Return the route of a staged item, given the trainings left, including the current one."""
    ahead: dict[StageName, ResolvedStage] = {
        stage.name: stage for stage in stages if stage.is_remaining
    }
    again: dict[StageName, ResolvedStage] = {
        stage.name: stage for stage in stages if stage.name in {"train", "evaluate"}
    }
    return StageRoute(ahead, again, tuple(_paths(ahead, again, attempts)))


def _paths(
    ahead: dict[StageName, ResolvedStage], again: dict[StageName, ResolvedStage], attempts: int
) -> Iterator[StagePath]:
    data = ahead["data"].chance if "data" in ahead else 1.0
    deploy = ahead["deploy"].chance if "deploy" in ahead else 1.0
    deploys = "deploy" in ahead
    yield StagePath(works=False, probability=1 - data, attempts=0, passes=False, deploys=False)
    if not {"train", "evaluate"} & ahead.keys():
        yield StagePath(
            works=True, probability=data * deploy, attempts=0, passes=True, deploys=deploys
        )
        yield StagePath(
            works=False, probability=data * (1 - deploy), attempts=0, passes=True, deploys=deploys
        )
        return
    reached = data
    for attempt in range(1, attempts + 1):
        train, evaluate = _pass_chances(ahead if attempt == 1 else again)
        passed = reached * train * evaluate
        yield StagePath(
            works=True, probability=passed * deploy, attempts=attempt, passes=True, deploys=deploys
        )
        yield StagePath(
            works=False,
            probability=passed * (1 - deploy),
            attempts=attempt,
            passes=True,
            deploys=deploys,
        )
        reached -= passed
    yield StagePath(
        works=False, probability=max(0.0, reached), attempts=attempts, passes=False, deploys=False
    )
