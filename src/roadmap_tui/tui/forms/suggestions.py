"""Suggestions while typing: ids, tags, teams and words of the format."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from textual.suggester import Suggester

from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.tui.forms.field_values import Field


class WordSuggester(Suggester):
    """Completes the last word of a text, unless it is complete."""

    def __init__(self, words: Iterable[str], *, many: bool) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._words = tuple(words)
        self._many = many

    async def get_suggestion(self, value: str) -> str | None:
        """The text with its last word completed; None without a completion."""
        at = max(value.rfind(","), value.rfind("|")) + 1 if self._many else 0
        at += len(value[at:]) - len(value[at:].lstrip(" "))
        typed = value[at:]
        if not typed or typed in self._words:
            return None
        found = next((word for word in self._words if word.startswith(typed)), None)
        return None if found is None else value[:at] + found


def field_suggester(field: Field, plan: Plan, name: str | None) -> WordSuggester | None:
    """The suggester of a field; None without one."""
    words = _words(field, plan, name)
    return WordSuggester(words, many=field.kind in {"needs", "list"}) if words else None


def _words(field: Field, plan: Plan, name: str | None) -> tuple[str, ...]:
    known: dict[str, Callable[[], Iterable[str]]] = {
        "needs": lambda: (*_other_items(plan, name), *_bar_names(plan)),
        "informs": lambda: _other_items(plan, name),
        "fallback_for": lambda: _other_items(plan, name),
        "tags": lambda: chain.from_iterable(item.tags for item in plan.items.values()),
        "team": lambda: plan.teams,
        "market": lambda: filter(None, plan.markets),
        "owner": lambda: (item.owner for item in plan.items.values() if item.owner),
        "chosen": lambda: plan.model[name].options if name in plan.model else (),
    }
    last = field.path[-1]
    return field.options or tuple(dict.fromkeys(known[last]()) if last in known else ())


def _other_items(plan: Plan, name: str | None) -> Iterable[str]:
    return (each for each in plan.items if each != name)


def _bar_names(plan: Plan) -> Iterator[str]:
    for name, item in plan.model.items():
        yield from (f"{name}.{bar}" for bar in item.bars)
