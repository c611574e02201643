"""Plan changes as sentences, and as clauses that give a cause."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.values import Values
from roadmap_tui.history.diff import FieldChange, TableChange
from roadmap_tui.plan.faults import format_path
from roadmap_tui.plan.roadmap import display_title

_SHOWN, _MAX_KEYS = 40, 3
_TABLES = {"roadmap": "the roadmap", "policy": "the policy", "market": "the market"}
_TEXT_FIELDS = {
    "title",
    "summary",
    "public",
    "owner",
    "tags",
    "links",
    "learned",
    "reviewed",
    "question",
    "answer",
}
_VERDICT_FIELDS = {"status", "verdict", "answer", "learned", "started", "finished", "spent"}


def change_sentence(change: TableChange) -> str:
    """Describe a change in one line, without a full stop."""
    name, table = change_name(change), change.table
    learned = str(table.get("answer") or table.get("learned") or "")
    lesson = f": {learned}" if learned else ""
    match change.kind:
        case "added" | "removed" as act:
            return f"{act} {name}{_title_suffix(change)}"
        case "dropped":
            return _join_facts(
                f"dropped {name}{lesson}", _field_facts(change, {"status", "learned"})
            )
        case "answered":
            headline = f"spike {name} was {table.get('verdict')}{lesson}"
            return _join_facts(headline, _field_facts(change, _VERDICT_FIELDS))
        case "status":
            headline = f"{name} {_status_clause(change)}{lesson}"
            return _join_facts(headline, _field_facts(change, {"status", "answer", "learned"}))
    return f"{name}: {'; '.join(_field_facts(change))}"


def cause_clause(change: TableChange, about: str = "") -> str:
    """Describe a change as the clause after ``because``; the item `about` is called ``it``."""
    name = "it" if about and change.id == about else change_name(change)
    kind = "spike " if change.place[0] == "spike" and name != "it" else ""
    if change.is_answer:
        return f"{kind}{name} was {change.table.get('verdict')}"
    match change.kind:
        case "added" | "removed" | "dropped" as act:
            return f"{kind}{name} was {act}"
        case "status":
            return f"{name} {_status_clause(change)}"
    return _fields_clause(name, change)


def _fields_clause(name: str, change: TableChange) -> str:
    """The changed fields as a clause; those of mere text only if there are no others."""
    acting = [
        field for field in change.fields if str(field.path[len(change.place)]) not in _TEXT_FIELDS
    ]
    fields = acting or list(change.fields)
    if len(fields) == 1:
        return _field_clause(name, _field_key(change, fields[0]), fields[0])
    keys = list(dict.fromkeys(_field_key(change, field) for field in fields))
    if len(keys) > _MAX_KEYS:
        return f"{name} changed in {len(keys)} fields"
    return f"{_possessive(name, join_words(keys))} changed"


def change_name(change: TableChange) -> str:
    """The name of what changed; for an item, its id."""
    if change.id is not None:
        return change.id
    place = [str(step) for step in change.place]
    kind = place[0].removesuffix("s") if place[0] == "teams" else place[0]
    return " ".join([kind, *place[1:]]) if len(place) > 1 else _TABLES.get(kind, kind)


def _title_suffix(change: TableChange) -> str:
    """An item's title, kind and size; empty for other tables."""
    if change.id is None:
        return ""
    table = change.table
    title = display_title(change.id, str(table.get("title") or ""))
    status = table.get("status", "planned")
    facts = [
        str(change.place[0]),
        *([] if status == "planned" else [str(status)]),
        *_size_facts(table),
    ]
    return f": {title} ({', '.join(facts)})"


def _size_facts(table: Values) -> Iterator[str]:
    effort, timebox = table.get("effort"), table.get("timebox")
    if isinstance(effort, str):
        yield effort
    elif effort is not None:
        yield f"{serialize_value(effort)} person-week{'' if effort == 1 else 's'}"
    elif timebox is not None:
        yield f"{serialize_value(timebox)} week{'' if timebox == 1 else 's'}"


def _status_clause(change: TableChange) -> str:
    old = (change.before or {}).get("status", "planned")
    return f"went from {old} to {change.table.get('status', 'planned')}"


def _join_facts(headline: str, facts: list[str]) -> str:
    return "; ".join([headline.rstrip("."), *facts]) if facts else headline


def _field_facts(change: TableChange, shown_keys: Collection[str] = ()) -> list[str]:
    """What differs, field by field, leaving out the keys in `shown_keys`."""
    return [
        _field_fact(change, field)
        for field in change.fields
        if _field_key(change, field) not in shown_keys
    ]


def _field_key(change: TableChange, field: FieldChange) -> str:
    """The field's path within its table; for a new list entry, the path of the list."""
    path = field.path[len(change.place) :]
    return format_path(path[:-1] if isinstance(path[-1], int) else path)


def _field_fact(change: TableChange, field: FieldChange) -> str:
    key = _field_key(change, field)
    bar = _measured_bar(field)
    if bar:
        return f"{bar} measured {_measurement_text(field.new)}"
    if key == "needs":
        return _needs_change(field)
    old, new = _short_value(field.old), _short_value(field.new)
    if isinstance(field.path[-1], int):
        return f"{key} with {new or 'one more'} too"
    if field.old is None:
        return f"{key} set to {new}" if new else f"{key} added"
    if field.new is None:
        return f"{key} left out" + (f", was {old}" if old else "")
    return f"{key} {old} → {new}" if old and new else f"{key} rewritten"


def _field_clause(name: str, key: str, field: FieldChange) -> str:
    """One field's change as a clause about its table."""
    bar = _measured_bar(field)
    if bar:
        return f"{_possessive(name, bar)} measured {_measurement_text(field.new)}"
    if key == "needs":
        return f"{name} {_needs_change(field)}"
    old, new = _short_value(field.old), _short_value(field.new)
    what = _possessive(name, key)
    if isinstance(field.path[-1], int):
        return f"{what} got {new or 'one more'}"
    if field.new is None:
        return f"{what} was left out"
    if field.old is None:
        return f"{what} was set" + (f" to {new}" if new else "")
    return f"{what} went from {old} to {new}" if old and new else f"{what} was rewritten"


def _possessive(name: str, what: str) -> str:
    return f"its {what}" if name == "it" else f"{what} of {name}"


def _measured_bar(field: FieldChange) -> str:
    """The name of the bar if the change is a new measurement, else empty."""
    match field.path:
        case (*_, "bars", bar, "measured", int()) if field.old is None:
            return str(bar)
    return ""


def _measurement_text(measurement: object) -> str:
    match measurement:
        case {"hits": hits, "of": of}:
            return f"{hits} of {of}"
        case {"value": value, "low": low, "high": high}:
            return f"{serialize_value(value)} ({serialize_value(low)} to {serialize_value(high)})"
    if isinstance(measurement, Mapping):
        return "by its confusion table"
    return serialize_value(measurement)


def _needs_change(field: FieldChange) -> str:
    """Which needs were added and removed."""
    if isinstance(field.path[-1], int):
        return f"now needs {_need_name(field.new)}"
    old = field.old if isinstance(field.old, list) else []
    new = field.new if isinstance(field.new, list) else []
    came = [_need_name(each) for each in new if each not in old]
    went = [_need_name(each) for each in old if each not in new]
    parts = [f"now needs {join_words(came)}"] if came else []
    parts += [f"no longer needs {join_words(went)}"] if went else []
    return " and ".join(parts) or "has its needs in another order"


def _need_name(need: object) -> str:
    match need:
        case str():
            return need
        case list():
            return " or ".join(map(str, need))
        case {"bar": str(bar)}:
            return f"bar {bar}"
    return serialize_value(need)


def _short_value(value: object | None) -> str:
    """A value as the file spells it; empty if it is too long for a line."""
    spelled = "" if value is None else serialize_value(value)
    return spelled if len(spelled) <= _SHOWN else ""


def join_words(words: Iterable[str]) -> str:
    """Join words as in a sentence: ``a, b and c``."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
