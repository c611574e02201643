"""From the data of a file to a plan, with every fault found on the way."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from roadmap_tui.plan.faults import Fault, KeyPath, did_you_mean, format_path
from roadmap_tui.plan.items import Item
from roadmap_tui.plan.overlay import scenario_data, scenario_faults
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.plan.table_keys import RENAMED_KEYS, known_keys, present_name
from roadmap_tui.plan.validation import validation_faults

_EMPTY = Fault(
    "empty",
    (),
    "the plan is empty",
    'begin with [roadmap], title = "…", and an item such as [product.search]',
)
TYPE_MESSAGES = {
    "string_type": ("not text", 'put it in quotes: "…"'),
    "float_type": ("not a number", "write a number, without quotes"),
    "int_type": ("not a whole number", "write a whole number such as 3, without quotes"),
    "bool_type": ("neither true nor false", "write true or false"),
    "date_type": ("not a date", "write a day such as 2026-11-23, without quotes or a time"),
    "dict_type": ("not a table", "write { key = value } or a [table]"),
    "model_type": ("not a table", "write { key = value } or a [table]"),
    "tuple_type": ("not a list", "put it in brackets: [ … ]"),
    "finite_number": ("not a finite number", "write a number"),
}
FAULT_CODES = {
    "literal_error": "word",
    "greater_than": "range",
    "greater_than_equal": "range",
    "less_than_equal": "range",
}
_BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most"}
_HEADCOUNTS = ("people", "staff")
_WHOLE_PEOPLE = (
    'write a whole number such as 3; "Part-time people and time away" in docs/format.md shows how'
    " to plan those"
)
_TRACKS = ("product", "model", "spike")
KnownItems: TypeAlias = Mapping[str, Mapping[str, Item]]
NO_KNOWN_ITEMS: KnownItems = MappingProxyType({})


def parse_plan_data(
    data: Mapping[str, object], today: dt.date | None = None, known: KnownItems = NO_KNOWN_ITEMS
) -> tuple[Plan | None, tuple[Fault, ...]]:
    """A plan from the data of a file, with all its faults.

    Args:
        data: the parsed TOML.
        today: the day the forecast starts if the file sets none; left out, the clock's.
        known: items that were parsed from the same data before, by track.

    Returns:
        The plan, None if it does not have the format's shape, and its faults by table.
    """
    tables = (without_custom_tables({key: value}) for key, value in data.items() if key != "schema")
    if not any(any(table.values()) for table in tables):
        return None, (_EMPTY,)
    day = today or dt.date.today()
    plan, faults = _parse_base(data, day, known)
    if plan is None:
        return None, faults
    in_scenarios = scenario_faults(
        data, plan, frozenset(faults), lambda joined: _parse_base(joined, day)[1]
    )
    return plan, (*faults, *in_scenarios)


def parse_scenario(data: Mapping[str, object], plan: Plan, name: str) -> Plan | None:
    """The plan in a scenario; None if it does not have the format's shape then.

    Args:
        data: the parsed TOML.
        plan: the plan parsed from it.
        name: one of its scenarios.
    """
    return parse_shape(scenario_data(data, plan, name))[0]


def _parse_base(
    data: Mapping[str, object], today: dt.date, known: KnownItems = NO_KNOWN_ITEMS
) -> tuple[Plan | None, tuple[Fault, ...]]:
    plan, faults = parse_shape(data, known)
    return plan, faults if plan is None else validation_faults(plan, today)


def parse_shape(
    data: Mapping[str, object], known: KnownItems = NO_KNOWN_ITEMS
) -> tuple[Plan | None, tuple[Fault, ...]]:
    """A plan from data of the right shape, or the faults of the shape."""
    try:
        return Plan.model_validate(without_custom_tables(data, known)), ()
    except ValidationError as error:
        errors = error.errors(include_url=False)
        return None, tuple(_fault_from_error(each, _written_path(data, each)) for each in errors)


def without_custom_tables(
    data: Mapping[str, object], known: KnownItems = NO_KNOWN_ITEMS
) -> dict[str, object]:
    """The data without tables called ``x``, which are the user's own and no ids.

    Known items take the place of their data.
    """
    own: dict[str, object] = {}
    for key, value in data.items():
        if key in _TRACKS and isinstance(value, dict):
            parsed = known.get(key, {})
            own[key] = {
                name: parsed.get(name) or _strip_custom_tables(item) for name, item in value.items()
            }
        elif not _is_custom_table(key, value):
            own[key] = _strip_custom_tables(value)
    return own


def _strip_custom_tables(value: object) -> object:
    match value:
        case dict():
            # Scalars, nearly all there is, are spared a call.
            return {
                key: _strip_custom_tables(each) if isinstance(each, (dict, list)) else each
                for key, each in value.items()
                if not _is_custom_table(key, each)
            }
        case list():
            return [
                _strip_custom_tables(each) if isinstance(each, (dict, list)) else each
                for each in value
            ]
        case _:
            return value


def _is_custom_table(key: object, value: object) -> bool:
    return key == "x" and isinstance(value, dict)


def _written_path(data: Mapping[str, object], details: ErrorDetails) -> KeyPath:
    """The place of an error in the file, where a table in place of a list has no index."""
    path: KeyPath = ()
    value: object = data
    for key in details["loc"]:
        if isinstance(key, int) and isinstance(value, Mapping):
            continue
        path = (*path, key)
        if isinstance(key, int):
            value = value[key] if isinstance(value, list) and key < len(value) else None
        else:
            value = value.get(key) if isinstance(value, Mapping) else None
    return path


def _fault_from_error(details: ErrorDetails, path: KeyPath) -> Fault:
    kind, context = details["type"], details.get("ctx", {})
    last = str(path[-1]) if path else ""
    if last == "[key]":
        remedy = str(context.get("remedy", ""))
        return Fault("id", path[:-1], details["msg"], remedy, at="key")
    if kind == "extra_forbidden":
        return Fault("unknown-key", path, "unknown key", _unknown_key_remedy(path), at="key")
    if kind == "missing":
        return Fault("missing", path[:-1], f"{last} is missing", f"write {last} = …", at="key")
    place = (*path, context["key"]) if "key" in context else path
    return Fault(_fault_code(kind), place, *_problem_and_remedy(details, context))


def _unknown_key_remedy(path: KeyPath) -> str:
    """What was probably meant: a renamed key, another track's, a typo, or the user's own."""
    track, last = path[0], str(path[-1])
    renamed = present_name(path)
    if renamed is not None:
        return f'did you mean "{renamed}"? "roadmap fmt --upgrade" renames old keys'
    current = RENAMED_KEYS.get(last, last)
    if len(path) == 3 and track in _TRACKS:
        others = [each for each in _TRACKS if current in known_keys((each, "id"))]
        if others:
            return f"a {track} has no such field, only a {' or '.join(others)} has"
    own = f"put your own keys into a table {format_path((*path[:-1], 'x'))}"
    return did_you_mean(last, known_keys(path[:-1])) or own


def _fault_code(kind: str) -> str:
    return FAULT_CODES.get(kind, "type" if kind in TYPE_MESSAGES else kind)


def _problem_and_remedy(details: ErrorDetails, context: dict[str, Any]) -> tuple[str, str]:
    """What is wrong with a value, and what would be right."""
    kind, value = details["type"], details["input"]
    if "remedy" in context:
        return details["msg"], str(context["remedy"])
    if kind == "literal_error":
        words = str(context["expected"]).replace("'", '"')
        return f"not one of {words}", _closest_word(value, words)
    if kind == "float_type" and isinstance(value, int) and not isinstance(value, bool):
        return "the number is too large", "write a smaller one"
    if kind == "int_type" and isinstance(value, float) and details["loc"][-1] in _HEADCOUNTS:
        return TYPE_MESSAGES[kind][0], _WHOLE_PEOPLE
    for bound, comparison in _BOUNDS.items():
        if bound in context:
            limit = context[bound]
            # A share of 40 was meant as 40%.
            percent = f"; {value:g}% is {value / 100:g}" if limit == 1 < value <= 100 else ""
            return "out of range", f"write {comparison} {limit:g}{percent}"
    return TYPE_MESSAGES.get(kind, (details["msg"], ""))


def _closest_word(word: object, expected: str) -> str:
    words = [each.strip('" ') for each in expected.replace(" or ", ",").split(",")]
    suggestion = did_you_mean(str(word), words)
    return suggestion if suggestion.startswith("did") else ""
