"""Field values as people type them: parsing and formatting."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.plan.base import Evidence, Table
from roadmap_tui.plan.estimate import NumberKind, is_number_kind
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.field_docs import field_docs
from roadmap_tui.plan.item_fields import BetFields, ItemBase
from roadmap_tui.plan.items import Item, Model, Product, Spike
from roadmap_tui.plan.model_fields import ModelFields, Stage, Stages
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolver import ResolvedItem
from roadmap_tui.text.number_grammar import NumberFault
from roadmap_tui.text.number_runs import spell_number
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.text.typed_numbers import read_typed, spell_quantity

FieldKind: TypeAlias = NumberKind | Literal["text", "needs", "list", "word", "toml"]


_ONE_LINE = {"title", "owner", "fallback_for", "chosen", "informs", "currency"}
"""Fields whose text is a name."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form.

    Attributes:
        path: key path below the item.
        label: its label.
        kind: how its value is typed.
        unit: unit of its number.
        example: placeholder without a default.
        default: what applies if it is empty, where that is the same for all items.
        options: the allowed words, where there are only a few.
    """

    path: tuple[str, ...]
    label: str
    kind: FieldKind
    unit: str = ""
    example: str = ""
    default: str = ""
    options: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether it holds a text that may have several lines."""
        return self.kind == "text" and self.path[-1] not in _ONE_LINE


@dataclass(frozen=True, slots=True)
class InvalidInput:
    """The typed text isn't a valid value."""

    text: str


_ESCAPED = re.compile(r"\\u([0-9a-f]{4})|[\u2400-\u241f\u2421]")
TYPED_EXAMPLES: dict[FieldKind, str] = {
    "chance": "60% or 0.6",
    "share": "60% or 60–80%",
    "effort": "3, 3–9, 3 4 9, 2 months or M",
    "needs": "a, b, or one of: c | d",
}
"""How values are typed whose file spelling differs from that."""


def _declared(
    table: type[Table], name: str, kind: FieldKind, options: tuple[str, ...] = ()
) -> Field:
    """A field with its label, unit and example as the format declares them."""
    doc = field_docs(table)[name]
    example = TYPED_EXAMPLES.get(kind) or ", ".join(options) or format_value(doc.example)
    return Field((name,), doc.label, kind, doc.unit, example, options=options)


def format_value(value: object | None) -> str:
    """A value of the file as people type it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() | int():
            return spell_number(value)
        case list() if all(isinstance(each, int | float) for each in value) and value:
            return spell_quantity(value)
        case list():
            return ", ".join(_format_need(each) for each in value)
        case _:
            return escape_control(str(value))


def _format_need(need: object) -> str:
    if isinstance(need, list):
        return " | ".join(str(each) for each in need)
    return str(need.get("bar", "")) if isinstance(need, dict) else str(need)


_TITLE = _declared(ItemBase, "title", "text")
_OWNER = _declared(ItemBase, "owner", "text")
_NEEDS = _declared(ItemBase, "needs", "needs")
_EFFORT = _declared(ItemBase, "effort", "effort")
_TEAM = _declared(ItemBase, "team", "word")
_CHANCE = _declared(BetFields, "chance", "chance")
_VALUE = (
    _declared(BetFields, "evidence", "word", get_args(Evidence)),
    _declared(BetFields, "reach", "range"),
    _declared(BetFields, "impact", "range"),
    _declared(BetFields, "confidence", "chance"),
)
_FALLBACK = _declared(Product, "fallback", "text")
_ATTEMPTS = _declared(ModelFields, "attempts", "number")
_SPIKE = (
    _TITLE,
    _declared(Spike, "question", "text"),
    _declared(Spike, "informs", "word"),
    _declared(Spike, "timebox", "number"),
    _declared(Spike, "yes_if_works", "chance"),
    _declared(Spike, "yes_if_not", "chance"),
    _declared(Spike, "success_if", "text"),
    _declared(Spike, "stop_if", "text"),
    _declared(Spike, "on_refuted", "word", ("drop", "continue")),
    _NEEDS,
    _TEAM,
    _OWNER,
)
_PLAIN = (_TITLE, _OWNER, _NEEDS, _CHANCE, _EFFORT, *_VALUE, _TEAM)
COMMON_FIELDS = {field.path[-1]: field for field in _PLAIN}
"""Fields that are typed alike in every item, by name."""


def essential_fields(item: Item) -> tuple[Field, ...]:
    """The essential fields of an item, in the order of its form."""
    match item:
        case Product():
            return (_TITLE, *_VALUE, _EFFORT, _CHANCE, _NEEDS, _FALLBACK, _TEAM, _OWNER)
        case Model():
            work = _stage_fields(item) if item.stages else (_EFFORT,)
            return (_TITLE, _VALUE[0], *work, _CHANCE, _NEEDS, _TEAM, _OWNER)
        case Spike():
            return _SPIKE


def _stage_fields(item: Model) -> tuple[Field, ...]:
    effort = _declared(Stage, "effort", "effort")
    chance = _declared(Stage, "chance", "chance")
    fields: list[Field] = []
    for name in item.stages.present() if item.stages else ():
        label = field_docs(Stages)[name].label
        fields.append(replace(effort, path=("stages", name, "effort"), label=label))
        passes = f"{label} passes"
        fields.append(replace(chance, path=("stages", name, "chance"), label=passes))
    return (*fields, _ATTEMPTS)


def value_at(data: Mapping[str, object], path: KeyPath) -> object | None:
    """What the file says at a path; None if nothing."""
    value: object = data
    for step in path:
        if not isinstance(value, Mapping) or step not in value:
            return None
        value = value[str(step)]
    return value


def format_field(value: object | None, kind: FieldKind) -> str:
    """A value of the file as typed in a field of that kind."""
    if kind == "list" and isinstance(value, list):
        return _format_list(value)
    if kind != "toml" or value is None:
        return format_value(value)
    if isinstance(value, str) and parse_field(escape_control(value), "toml") == value:
        return escape_control(value)
    return escape_control(serialize_value(value))


def _format_list(words: list[object]) -> str:
    """Words separated by commas; as TOML where that would be parsed differently."""
    text = ", ".join(escape_control(str(each)) for each in words)
    return text if _parse_list(text) == words else escape_control(serialize_value(words))


def _parse_list(text: str) -> object | InvalidInput:
    if text.startswith("["):
        return _parse_toml(text)
    return [unescape(each.strip()) for each in text.split(",") if each.strip()]


def parse_field(text: str, kind: FieldKind, unit: str = "") -> object | InvalidInput | None:
    """The typed text as a value of the file; None if empty.

    Args:
        text: what was typed.
        kind: how the field's value is typed.
        unit: the unit of its number.
    """
    words = text.strip()
    if not words:
        return None
    if is_number_kind(kind):
        number = read_typed(text, kind, unit)
        return InvalidInput(number.text) if isinstance(number, NumberFault) else number
    readers: dict[FieldKind, Callable[[str], object]] = {
        "needs": _parse_needs,
        "list": _parse_list,
        "toml": _parse_toml,
    }
    return readers.get(kind, unescape)(words)


def unescape(text: str) -> str:
    """Undo the escapes of `escape_control`."""
    return _ESCAPED.sub(_unescape_match, text)


def _unescape_match(match: re.Match[str]) -> str:
    """The character of one escape."""
    code = int(match[1], 16) if match[1] else ord(match[0]) - 0x2400
    return chr(0x7F if code == 0x21 else code)


def _parse_toml(text: str) -> object | InvalidInput:
    """A TOML value; words that aren't one are text."""
    if "\n" in text:
        return InvalidInput("type one line")
    try:
        data: dict[str, object] = tomllib.loads(f"v = {text}")
    except tomllib.TOMLDecodeError:
        if text[0] in "[{\"'":
            return InvalidInput('type a value such as 0.9, [1, 3, 9], "words" or { a = 1 }')
        return unescape(text)
    return data["v"]


def _parse_needs(text: str) -> object:
    needs: list[object] = []
    for piece in text.split(","):
        options = [option.strip() for option in piece.split("|") if option.strip()]
        if len(options) > 1:
            needs.append(options)
        elif options:
            needs.append({"bar": options[0]} if "." in options[0] else options[0])
    return needs


def default_text(field: Field, terms: ResolvedItem | None, policy: Policy) -> str:
    """What applies to an empty field of an item, or an example."""
    name = field.path[-1] if len(field.path) == 1 else ""
    taken = None if terms is None else _assumptions(terms, policy).get(name)
    return taken or field.default or ", ".join(filter(None, (field.example, field.unit)))


def _assumptions(terms: ResolvedItem, policy: Policy) -> dict[str, str]:
    effort = terms.effort
    chance = "from its stages" if terms.chance is None else f"{terms.chance:g}"
    taken = {
        "effort": f"~{policy.size}: {format_value([effort.p10, effort.p50, effort.p90])}",
        "chance": f"~{chance}" if "chance" in terms.assumptions else chance,
        "impact": f"{policy.impact:g}",
        "timebox": f"~{policy.timebox:g}",
        "yes_if_works": f"~{policy.yes_if_works:g}",
        "yes_if_not": f"~{policy.yes_if_not:g}",
    }
    if terms.demand is not None:
        taken["reach"] = f"~{format_value(terms.demand.reach.p50)}: all users"
        taken["confidence"] = f"~{terms.demand.confidence:g}: by its evidence"
    return taken
