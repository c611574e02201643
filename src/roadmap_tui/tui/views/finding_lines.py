"""Findings of the checks, in a list and in full."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from roadmap_tui.checks.rule import SEVERITIES, Finding, Severity
from roadmap_tui.plan.faults import format_path
from roadmap_tui.text.sentences import as_sentence
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.views.item_detail import item_title_lines
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    fit_cells,
    line_width,
    selection_mark,
    wrap_cells,
)
from roadmap_tui.tui.views.view_model import ViewModel

_STYLES = {"E": "bad", "W": "warn", "I": "dim"}
_TITLE, _NARROW, _WIDE = 26, 20, 96


class _FindingRow(NamedTuple):
    """What the lines of a finding are made from."""

    name: str
    severity: Severity
    check: str
    text: str
    fix: str
    has_fix: bool
    about: str
    colour: str
    cells: int


def finding_rows(scene: ViewModel, name: str, finding: Finding) -> tuple[Line, ...]:
    """The lines of a finding; "the plan" if it isn't about an item."""
    item = scene.item(finding.item) if finding.item in scene.forecast.items else None
    about, colour = ("the plan", "") if item is None else (scene.title(item.id), item.kind)
    row = _FindingRow(
        name,
        finding.severity,
        finding.check,
        as_sentence(finding.text),
        as_sentence(finding.fix),
        bool(finding.edits),
        about,
        colour,
        scene.width,
    )
    return _lines(row)


def _arrow(row: _FindingRow, *, is_first: bool) -> str:
    """What stands before a line of the fix."""
    if not is_first:
        return "  "
    return "→ f " if row.has_fix else "→ "


@lru_cache(1 << 12)
def _lines(row: _FindingRow) -> tuple[Line, ...]:
    style = _STYLES[row.severity]
    lead = (
        selection_mark(row.name, style),
        StyledSpan(f"{row.severity} {row.check} ", f"{style} bold", row.name),
        StyledSpan(
            f"{fit_cells(row.about, _TITLE if row.cells >= _WIDE else _NARROW)} ",
            row.colour,
            row.name,
        ),
    )
    indent = line_width(lead)
    first, *more = wrap_cells(row.text, max(20, row.cells - indent - 2)) or [""]
    room = max(20, row.cells - indent - 1)
    before = (selection_mark(row.name, style), StyledSpan(" " * (indent - 1), "", row.name))
    lines: list[Line] = [(*lead, StyledSpan(fit_cells(first, room), "", row.name))]
    lines += [(*before, StyledSpan(fit_cells(line, room), "", row.name)) for line in more]
    for nth, line in enumerate(wrap_cells(row.fix, max(20, row.cells - indent - 4))):
        style = "good" if row.has_fix else "dim"
        text = fit_cells(f"{_arrow(row, is_first=not nth)}{line}", room)
        lines.append((*before, StyledSpan(text, style, row.name)))
    return tuple(lines)


def finding_detail(scene: ViewModel, finding: Finding, cells: int) -> Iterator[Line]:
    """A finding in full: what is wrong, what to do, why it matters, where it is."""
    if finding.item in scene.forecast.items:
        yield from item_title_lines(scene, finding.item, cells)
    else:
        yield (StyledSpan(" The whole plan", "bold"),)
    style = _STYLES[finding.severity]
    yield (StyledSpan(f" {SEVERITIES[finding.severity].capitalize()} {finding.check}", style),)
    key = scene.key_label("fix")
    steps = f"Enter opens the field. {key} fixes it." if finding.edits else "Enter opens the field."
    parts = {
        "": as_sentence(finding.text),
        "What to do": as_sentence(finding.fix),
        "Why it matters": finding.reason,
        "Where": format_path(finding.path),
        "Next": f"{steps} {scene.key_label('ignore')} ignores it, with a reason.",
    }
    for head, text in parts.items():
        yield ()
        yield from [(StyledSpan(f" {head}", "dim"),)] if head else []
        for line in wrap_cells(escape_control(text), cells - 1):
            yield (StyledSpan(f" {line}"),)
