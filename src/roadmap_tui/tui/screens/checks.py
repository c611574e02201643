"""What is wrong with the plan: every finding with its numbers, its fix, and why it is one."""

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from roadmap_tui.checks.registry import RULES
from roadmap_tui.checks.rule import SEVERITIES, Finding, Severity
from roadmap_tui.plan.faults import format_path
from roadmap_tui.text.numbers import format_count
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.limits import FINDINGS_LIMIT
from roadmap_tui.tui.views.lazy_lines import LineBlock
from roadmap_tui.tui.views.lines import (
    Line,
    TextSpan,
    align_right,
    cell_width,
    fit_cells,
    line_width,
    selection_mark,
    truncate,
    truncate_line,
    wrap_cells,
)
from roadmap_tui.tui.views.view_model import RenderedView, ViewModel, build_view
from roadmap_tui.tui.workers.check_results import CheckResults

STYLES = {"E": "bad", "W": "warn", "I": "dim"}
_TITLE, _NARROW, _WIDE = 26, 20, 96


def render_checks(scene: ViewModel) -> RenderedView:
    """Draw the findings, group by group, the worst first."""
    checked = scene.check_results
    if checked is None:
        return build_view([(TextSpan(" looking through the plan …", "dim"),)], (), scene.width)
    lines: list[Line | LineBlock] = [_counts_line(scene, checked), ()]
    names: list[str] = []
    hidden = 0
    for group, found in checked.grouped(scene.grouping, scene.visible):
        listed = found[: FINDINGS_LIMIT - len(names)]
        hidden += len(found) - len(listed)
        if not listed:
            continue
        lines += [_heading(scene, group, len(found))]
        for name in listed:
            told = _finding(scene, name, checked.by_key[name])
            lines += [LineBlock(partial(tuple, told), (name,), len(told))]
        lines += [()]
        names += listed
    if hidden:
        lines += [
            (TextSpan(f" {line}"),)
            for line in wrap_cells(_limit_note(scene, hidden, len(names)), scene.width - 2)
        ]
        lines += [()]
    if not names:
        lines += [
            (TextSpan(f" {_empty_message(checked)}", "good" if not checked.by_key else "dim"),),
            (),
        ]
    lines += [
        (TextSpan(f" {line}", "dim"),)
        for note in _notes(checked)
        for line in wrap_cells(note, scene.width - 2)
    ]
    drawn = build_view(lines, ((name,) for name in names), scene.width, fixed=2)
    below = _detail_lines(scene, checked.by_key.get(scene.selected_finding or ""))
    return RenderedView(
        drawn.lines, drawn.rows, drawn.fixed_lines, detail_lines=below, depends_on_selection=True
    )


def _limit_note(scene: ViewModel, hidden: int, listed: int) -> str:
    return (
        f"{hidden + listed:,} findings: the first {listed:,} are listed; press"
        f" {scene.key_label('filter')} and filter to see those of a part, or run roadmap check FILE"
    )


def severity_counts(checked: CheckResults) -> list[str]:
    """How many there are of each severity, in words, the worst first."""
    numbers = ((word, checked.findings.count(severity)) for severity, word in SEVERITIES.items())
    return [format_count(number, word) for word, number in numbers if number]


def _counts_line(scene: ViewModel, checked: CheckResults) -> Line:
    left = (TextSpan(f" {' · '.join(severity_counts(checked)) or 'nothing is wrong'}", "bold"),)
    ways = f"by {scene.grouping} · g groups another way"
    return (
        *left,
        TextSpan("  "),
        TextSpan(align_right(ways, max(0, scene.width - line_width(left) - 4)), "dim"),
    )


def _heading(scene: ViewModel, group: str, count: int) -> Line:
    match scene.grouping:
        case "severity":
            words = format_count(count, group).upper()
        case "item":
            words = scene.title(group) if group in scene.forecast.items else "THE WHOLE PLAN"
        case "rule":
            what = next((rule.condition for rule in RULES if rule.id == group), "")
            words = f"{group}  {what}"
    return (TextSpan(f" {truncate(escape_control(words), scene.width - 2)}", "bold"),)


class _FindingRow(NamedTuple):
    """All that the lines of a finding are made of."""

    name: str
    severity: Severity
    check: str
    text: str
    fix: str
    has_fix: bool
    about: str
    colour: str
    cells: int


def _finding(scene: ViewModel, name: str, finding: Finding) -> tuple[Line, ...]:
    """What is wrong and what would be right; of the plan as a whole where it is about no item."""
    item = scene.item(finding.item) if finding.item in scene.forecast.items else None
    about, colour = ("the plan", "") if item is None else (scene.title(item.id), item.kind)
    told, can_be_mended = (
        (finding.severity, finding.check, finding.text, finding.fix),
        bool(finding.edits),
    )
    return _lines(_FindingRow(name, *told, can_be_mended, about, colour, scene.width))


@lru_cache(1 << 12)
def _lines(row: _FindingRow) -> tuple[Line, ...]:
    style = STYLES[row.severity]
    lead = (
        selection_mark(row.name, style),
        TextSpan(f"{row.severity} {row.check} ", f"{style} bold", row.name),
        TextSpan(
            f"{fit_cells(row.about, _TITLE if row.cells >= _WIDE else _NARROW)} ",
            row.colour,
            row.name,
        ),
    )
    indent = line_width(lead)
    first, *more = wrap_cells(row.text, max(20, row.cells - indent - 2)) or [""]
    room = max(20, row.cells - indent - 1)
    before = (selection_mark(row.name, style), TextSpan(" " * (indent - 1), "", row.name))
    lines: list[Line] = [(*lead, TextSpan(fit_cells(first, room), "", row.name))]
    lines += [(*before, TextSpan(fit_cells(line, room), "", row.name)) for line in more]
    for nth, line in enumerate(wrap_cells(row.fix, max(20, row.cells - indent - 4))):
        arrow = ("→ f " if row.has_fix else "→ ") if nth == 0 else "  "
        told = TextSpan(
            fit_cells(f"{arrow}{line}", room), "good" if row.has_fix else "dim", row.name
        )
        lines.append((*before, told))
    return tuple(lines)


def _detail_lines(scene: ViewModel, finding: Finding | None) -> tuple[Line, ...]:
    """Why the finding is one, and where it stands."""
    if finding is None:
        return ((), ())
    keys = "Enter goes there" + (" · f mends it" if finding.edits else "") + " · z silences it"
    where = truncate(
        escape_control(format_path(finding.path)), max(10, scene.width - cell_width(keys) - 6)
    )
    return (
        truncate_line((TextSpan(f" {finding.reason}", ""),), scene.width),
        truncate_line((TextSpan(f" {where}  {keys}", "dim"),), scene.width),
    )


def _empty_message(checked: CheckResults) -> str:
    return "nothing passes the filter" if checked.by_key else "no known mistake is in this plan"


def _notes(checked: CheckResults) -> Iterator[str]:
    """What is not told, and why."""
    found = checked.findings
    if found.later:
        yield f"later: {len(found.later)}, of which it is not time to ask yet"
    if found.ignored:
        yield "silenced: " + ", ".join(
            f"{each.check} of {each.item or 'the plan'}" for each in found.ignored
        )
    if found.git_error:
        yield f"what needs git was not asked: {found.git_error}"
