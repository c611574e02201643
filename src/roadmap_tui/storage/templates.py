"""The templates that come with the program."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

import tomli

from roadmap_tui.document.positions import TextSpan, scan_positions
from roadmap_tui.plan.deadline import quarter_end
from roadmap_tui.plan.faults import KeyPath

TEMPLATE_DATE = dt.date(2026, 11, 23)
"""The day that the dates in the templates are written for, a Monday."""
_FOLDER = files("roadmap_tui").joinpath("templates")


@dataclass(frozen=True, slots=True)
class Template:
    """A roadmap to begin with.

    Attributes:
        name: what it is asked for by.
        about: its subject, in a line.
        text: its source.
    """

    name: str
    about: str
    text: str


def load_templates() -> tuple[Template, ...]:
    """All templates, by name."""
    names = sorted(each.name for each in _FOLDER.iterdir() if each.name.endswith(".toml"))
    return tuple(_load_template(name) for name in names)


def _load_template(name: str) -> Template:
    text = _FOLDER.joinpath(name).read_bytes().decode()
    return Template(name.removesuffix(".toml"), text.partition("\n")[0].removeprefix("# "), text)


def dated_template_text(template: Template, today: dt.date) -> str:
    """The template's text, its days and quarters moved by the weeks since they were written.

    So what was measured last week is always a week old, and what is due next summer still is.
    """
    text = template.text
    weeks = dt.timedelta(weeks=(today - TEMPLATE_DATE).days // 7)
    values = scan_positions(text).values
    moves: list[tuple[TextSpan, str]] = []
    for path, value in _leaves(tomli.loads(text)):
        moved = _shifted_value(value, weeks)
        if moved is not None:
            moves.append((values[path], moved))
    for span, moved in sorted(moves, reverse=True):
        text = text[: span.start] + moved + text[span.end :]
    return text


def _leaves(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    match value:
        case Mapping():
            for key, each in value.items():
                yield from _leaves(each, (*path, key))
        case list():
            for at, each in enumerate(value):
                yield from _leaves(each, (*path, at))
        case _:
            yield path, value


def _shifted_value(value: object, by: dt.timedelta) -> str | None:
    """A day or a quarter, moved, as the file writes it; None for anything else."""
    if isinstance(value, dt.date):
        return str(value + by)
    end = quarter_end(value) if isinstance(value, str) else None
    if end is None:
        return None
    day = end + by
    return f'"{day.year}-Q{(day.month + 2) // 3}"'
