"""Stages walked one at a time, every path followed to its end: plain Python, from the document
alone.
"""

from collections import Counter
from collections.abc import Iterator

Walk = tuple[float, bool, Counter[str]]


def walks(stages: dict[str, float], start: str, attempts: int) -> Iterator[Walk]:
    """Every path: its probability, whether it works, and how often it goes through each stage.

    Args:
        stages: each stage's chance to pass, in order.
        start: the stage where it stands.
        attempts: trainings left, the running one included.
    """
    yield from _from(list(stages), stages, list(stages).index(start), attempts, (1.0, Counter()))


def _from(
    names: list[str],
    chances: dict[str, float],
    at: int,
    left: int,
    so_far: tuple[float, Counter[str]],
) -> Iterator[Walk]:
    probability, seen = so_far
    if at == len(names):
        yield probability, True, seen
        return
    name = names[at]
    seen = seen + Counter([name])
    if chances[name] > 0:
        yield from _from(names, chances, at + 1, left, (probability * chances[name], seen))
    fails = probability * (1 - chances[name])
    if fails <= 0:
        return
    if name in {"train", "evaluate"} and left > 1:
        back = names.index("train") if "train" in names else at
        yield from _from(names, chances, back, left - 1, (fails, seen))
    else:
        yield fails, False, seen


def chance(all_walks: list[Walk]) -> float:
    return sum(probability for probability, works, _ in all_walks if works)


def expected_visits(all_walks: list[Walk], given: float | None = None) -> dict[str, float]:
    """How often each stage is gone through; with `given`, the chance to work that replaces the
    paths' own.
    """
    own = chance(all_walks)
    visits: dict[str, float] = {}
    for probability, works, seen in all_walks:
        weight = probability
        if given is not None:
            weight *= given / own if works else (1 - given) / (1 - own)
        for name, count in seen.items():
            visits[name] = visits.get(name, 0.0) + count * weight
    return visits
