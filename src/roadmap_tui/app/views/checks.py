"""What is wrong with the plan: every finding with its numbers, its fix, and why it is one."""

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from roadmap_tui.app.checked import Checked
from roadmap_tui.app.lines import (
    Line,
    Span,
    clip,
    cut,
    fit,
    line_width,
    mark,
    right,
    width,
    wrapped,
)
from roadmap_tui.app.scale import LISTED
from roadmap_tui.app.sheet import Block
from roadmap_tui.app.view import Picture, Scene, picture
from roadmap_tui.checks.catalogue import RULES
from roadmap_tui.checks.values import SEVERITIES, Finding, Severity
from roadmap_tui.files.display import printable
from roadmap_tui.plan.faults import spell_path
from roadmap_tui.plan.words import plural

STYLES = {"E": "bad", "W": "warn", "I": "dim"}
_TITLE, _NARROW, _WIDE = 26, 20, 96


def checks(scene: Scene) -> Picture:
    """Draw the findings, group by group, the worst first."""
    checked = scene.checked
    if checked is None:
        return picture([(Span(" looking through the plan …", "dim"),)], (), scene.width)
    lines: list[Line | Block] = [_head(scene, checked), ()]
    names: list[str] = []
    hidden = 0
    for group, found in checked.groups(scene.grouping, scene.shown):
        listed = found[: LISTED - len(names)]
        hidden += len(found) - len(listed)
        if not listed:
            continue
        lines += [_heading(scene, group, len(found))]
        for name in listed:
            told = _finding(scene, name, checked.keyed[name])
            lines += [Block(partial(tuple, told), (name,), len(told))]
        lines += [()]
        names += listed
    if hidden:
        lines += [
            (Span(f" {line}"),)
            for line in wrapped(_more(scene, hidden, len(names)), scene.width - 2)
        ]
        lines += [()]
    if not names:
        lines += [(Span(f" {_nothing(checked)}", "good" if not checked.keyed else "dim"),), ()]
    lines += [
        (Span(f" {line}", "dim"),)
        for note in _notes(checked)
        for line in wrapped(note, scene.width - 2)
    ]
    drawn = picture(lines, ((name,) for name in names), scene.width, fixed=2)
    below = _below(scene, checked.keyed.get(scene.pointed or ""))
    return Picture(drawn.lines, drawn.rows, drawn.fixed, below=below, follows=True)


def _more(scene: Scene, hidden: int, listed: int) -> str:
    return (
        f"{hidden + listed:,} findings: the first {listed:,} are listed; press"
        f" {scene.key('filter')} and filter to see those of a part, or run roadmap check FILE"
    )


def counts(checked: Checked) -> list[str]:
    """How many there are of each severity, in words, the worst first."""
    numbers = ((word, checked.findings.count(severity)) for severity, word in SEVERITIES.items())
    return [plural(number, word) for word, number in numbers if number]


def _head(scene: Scene, checked: Checked) -> Line:
    left = (Span(f" {' · '.join(counts(checked)) or 'nothing is wrong'}", "bold"),)
    ways = f"by {scene.grouping} · g groups another way"
    return (*left, Span("  "), Span(right(ways, max(0, scene.width - line_width(left) - 4)), "dim"))


def _heading(scene: Scene, group: str, count: int) -> Line:
    match scene.grouping:
        case "severity":
            words = plural(count, group).upper()
        case "item":
            words = scene.title(group) if group in scene.forecast.items else "THE WHOLE PLAN"
        case "rule":
            what = next((rule.what for rule in RULES if rule.id == group), "")
            words = f"{group}  {what}"
    return (Span(f" {clip(printable(words), scene.width - 2)}", "bold"),)


class _Row(NamedTuple):
    """All that the lines of a finding are made of."""

    name: str
    severity: Severity
    check: str
    text: str
    fix: str
    can_be_mended: bool
    about: str
    colour: str
    cells: int


def _finding(scene: Scene, name: str, finding: Finding) -> tuple[Line, ...]:
    """What is wrong and what would be right; of the plan as a whole where it is about no item."""
    item = scene.item(finding.item) if finding.item in scene.forecast.items else None
    about, colour = ("the plan", "") if item is None else (scene.title(item.id), item.kind)
    told, can_be_mended = (
        (finding.severity, finding.check, finding.text, finding.fix),
        bool(finding.edits),
    )
    return _lines(_Row(name, *told, can_be_mended, about, colour, scene.width))


@lru_cache(1 << 12)
def _lines(row: _Row) -> tuple[Line, ...]:
    style = STYLES[row.severity]
    lead = (
        mark(row.name, style),
        Span(f"{row.severity} {row.check} ", f"{style} bold", row.name),
        Span(f"{fit(row.about, _TITLE if row.cells >= _WIDE else _NARROW)} ", row.colour, row.name),
    )
    indent = line_width(lead)
    first, *more = wrapped(row.text, max(20, row.cells - indent - 2)) or [""]
    room = max(20, row.cells - indent - 1)
    before = (mark(row.name, style), Span(" " * (indent - 1), "", row.name))
    lines: list[Line] = [(*lead, Span(fit(first, room), "", row.name))]
    lines += [(*before, Span(fit(line, room), "", row.name)) for line in more]
    for nth, line in enumerate(wrapped(row.fix, max(20, row.cells - indent - 4))):
        arrow = ("→ f " if row.can_be_mended else "→ ") if nth == 0 else "  "
        told = Span(fit(f"{arrow}{line}", room), "good" if row.can_be_mended else "dim", row.name)
        lines.append((*before, told))
    return tuple(lines)


def _below(scene: Scene, finding: Finding | None) -> tuple[Line, ...]:
    """Why the finding is one, and where it stands."""
    if finding is None:
        return ((), ())
    keys = "Enter goes there" + (" · f mends it" if finding.edits else "") + " · z silences it"
    where = clip(printable(spell_path(finding.path)), max(10, scene.width - width(keys) - 6))
    return (
        cut((Span(f" {finding.reason}", ""),), scene.width),
        cut((Span(f" {where}  {keys}", "dim"),), scene.width),
    )


def _nothing(checked: Checked) -> str:
    return "nothing passes the filter" if checked.keyed else "no known mistake is in this plan"


def _notes(checked: Checked) -> Iterator[str]:
    """What is not told, and why."""
    found = checked.findings
    if found.later:
        yield f"later: {len(found.later)}, of which it is not time to ask yet"
    if found.silenced:
        yield "silenced: " + ", ".join(
            f"{each.check} of {each.item or 'the plan'}" for each in found.silenced
        )
    if found.without_git:
        yield f"what needs git was not asked: {found.without_git}"
