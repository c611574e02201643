"""Full-text search in a plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import NoneType
from typing import Literal, get_args, get_origin

from pydantic import BaseModel

from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.tui.search.case_folding import fold_case, unfolded_offset

_BEFORE = 24


@dataclass(frozen=True, slots=True)
class ItemText:
    """A text of an item, with its field."""

    item: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class TextMatch:
    """A text that matches, and the offset of the first word in it."""

    text: ItemText
    at: int

    def excerpt(self, cells: int) -> str:
        """The text around the match."""
        begin = max(0, self.at - _BEFORE)
        return ("…" if begin else "") + " ".join(self.text.text[begin : begin + 4 * cells].split())


@dataclass(frozen=True)
class PlanTexts:
    """All text of a plan's items."""

    plan: Plan

    @cached_property
    def all(self) -> tuple[ItemText, ...]:
        """All texts in the order of the file; of each item the title first."""
        found: list[ItemText] = []
        for name, item in self.plan.items.items():
            found.append(ItemText(name, "title", display_title(name, item.title)))
            found.append(ItemText(name, "id", name))
            for field, text in _texts(item, ""):
                if field != "title":
                    found.append(ItemText(name, field, text))
        return tuple(found)

    @cached_property
    def of_items(self) -> Mapping[str, str]:
        """All text of each item in one, folded."""
        joined: dict[str, list[str]] = {}
        for each in self.all:
            joined.setdefault(each.item, []).append(each.text)
        return {name: fold_case("\n".join(texts)) for name, texts in joined.items()}

    def find(self, words: str) -> Iterator[TextMatch]:
        """The texts that contain all the words, titles first."""
        wanted = fold_case(words).split()
        hits = [each for each in self.all if wanted and _has_words(each.text, wanted)]
        for each in sorted(hits, key=lambda text: text.field not in {"title", "id"}):
            yield TextMatch(each, unfolded_offset(each.text, fold_case(each.text).find(wanted[0])))


def _has_words(text: str, words: list[str]) -> bool:
    folded = fold_case(text)
    return all(word in folded for word in words)


class PlanTextCache:
    """The texts of a plan and, during a forecast, of the one before it."""

    def __init__(self) -> None:
        self._known: tuple[PlanTexts, ...] = ()

    def of(self, plan: Plan) -> PlanTexts:
        """The texts of a plan, collected once."""
        known = next((each for each in self._known if each.plan is plan), None)
        if known is None:
            known = PlanTexts(plan)
            self._known = (known, *self._known[:1])
        return known


@cache
def _fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that may hold text."""
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if _may_hold_text(field.annotation))


def _may_hold_text(annotation: object) -> bool:
    alternatives = {annotation, *get_args(annotation)}
    is_literal = any(get_origin(each) is Literal for each in alternatives)
    return not is_literal and not alternatives <= {int, float, bool, NoneType}


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every string in a value, with its path."""
    match value:
        case str():
            yield path, value
        case BaseModel():
            for field in _fields(type(value)):
                if field in value.model_fields_set:
                    yield from _texts(getattr(value, field), f"{path}.{field}" if path else field)
        case Mapping():
            for key, each in value.items():
                yield from ((f"{path}.{key}", str(key)), *_texts(each, f"{path}.{key}"))
        case list() | tuple() | frozenset() | set():
            for each in value:
                yield from _texts(each, path)
        case _:
            pass
