"""Checks: every finding with its figures, its fix and its reason."""

import datetime as dt
import difflib
from collections.abc import Callable, Iterator
from functools import partial

from roadmap_tui.checks.registry import RULES
from roadmap_tui.checks.rule import SEVERITIES, Finding
from roadmap_tui.checks.suppressions import NEVER_IGNORED
from roadmap_tui.document.edits import EditRejected, SetValue
from roadmap_tui.plan.faults import KeyPath, format_path
from roadmap_tui.plan.roadmap import Plan, item_kind
from roadmap_tui.text.numbers import format_count
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.actions import bindings_for
from roadmap_tui.tui.dialogs.fix import FixDialog, IgnoreDialog, IgnoreRequest
from roadmap_tui.tui.edit_history import edit_plan
from roadmap_tui.tui.forms.table_fields import model_at
from roadmap_tui.tui.handlers.forms import edit_item, edit_plan_table
from roadmap_tui.tui.limits import FINDINGS_LIMIT
from roadmap_tui.tui.screen_help import ScreenHelp
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.views.finding_lines import finding_detail, finding_rows
from roadmap_tui.tui.views.lazy_lines import LineBlock
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    align_right,
    line_width,
    text_cells,
    truncate,
    truncate_line,
    wrap_cells,
)
from roadmap_tui.tui.views.view_model import RenderedView, ViewModel, build_view
from roadmap_tui.tui.workers.check_results import GROUPINGS, CheckResults

_CONTEXT = 1
_PARTS = {"roadmap", "teams", "policy", "market"}
"""Details of the plan that have a form."""


def render_checks(scene: ViewModel) -> RenderedView:
    """Render the findings, group by group, the worst first."""
    checked = scene.check_results
    if checked is None:
        return build_view([(StyledSpan(" Checking the plan …", "dim"),)], (), scene.width)
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
            rows = finding_rows(scene, name, checked.by_key[name])
            lines += [LineBlock(partial(tuple, rows), (name,), len(rows))]
        lines += [()]
        names += listed
    if hidden:
        lines += [
            (StyledSpan(f" {line}"),)
            for line in wrap_cells(_limit_note(scene, hidden, len(names)), scene.width - 2)
        ]
        lines += [()]
    if not names:
        lines += [
            (StyledSpan(f" {_empty_message(checked)}", "good" if not checked.by_key else "dim"),),
            (),
        ]
    for note in _notes(checked):
        lines += [(StyledSpan(f" {line}", "dim"),) for line in wrap_cells(note, scene.width - 2)]
    drawn = build_view(lines, ((name,) for name in names), scene.width, fixed=2)
    if scene.has_pane:
        return drawn
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
    """The number of findings per severity, the worst first."""
    numbers = ((word, checked.findings.count(severity)) for severity, word in SEVERITIES.items())
    return [format_count(number, word) for word, number in numbers if number]


def _counts_line(scene: ViewModel, checked: CheckResults) -> Line:
    left = (StyledSpan(f" {' · '.join(severity_counts(checked)) or 'No findings'}", "bold"),)
    ways = f"by {scene.grouping} · {scene.key_label('group')} changes the grouping"
    return (
        *left,
        StyledSpan("  "),
        StyledSpan(align_right(ways, max(0, scene.width - line_width(left) - 4)), "dim"),
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
    return (StyledSpan(f" {truncate(escape_control(words), scene.width - 2)}", "bold"),)


def _detail_lines(scene: ViewModel, finding: Finding | None) -> tuple[Line, ...]:
    """The reason of a finding, and where it is."""
    if finding is None:
        return ((), ())
    keys = "Enter goes there" + (" · f fixes it" if finding.edits else "") + " · z ignores it"
    where = truncate(
        escape_control(format_path(finding.path)), max(10, scene.width - text_cells(keys) - 6)
    )
    return (
        truncate_line((StyledSpan(f" {finding.reason}", ""),), scene.width),
        truncate_line((StyledSpan(f" {where}  {keys}", "dim"),), scene.width),
    )


def _empty_message(checked: CheckResults) -> str:
    return "No findings match the filter." if checked.by_key else "No known mistakes in this plan."


def _notes(checked: CheckResults) -> Iterator[str]:
    """Findings that aren't shown, and why."""
    found = checked.findings
    if found.later:
        yield f"{format_count(len(found.later), 'finding')} not due yet."
    if found.ignored:
        yield "Ignored: " + ", ".join(
            f"{each.check} of {each.item or 'the plan'}" for each in found.ignored
        )
    if found.git_error:
        yield f"Checks that need git did not run: {found.git_error}"


class ChecksScreen(PlanScreen):
    """The findings of all checks."""

    NAME = "checks"
    RENDERER = staticmethod(render_checks)
    SCREEN_HELP = ScreenHelp(
        "known mistakes in this plan, and how to fix them",
        (
            ("E  W  I", "wrong, doubtful, worth knowing"),
            ("fix", "is shown before it is made, and can be undone"),
        ),
    )
    BINDINGS = bindings_for("checks")

    def selection_detail(self, scene: ViewModel, cells: int) -> tuple[Line, ...]:
        """The highlighted finding in full."""
        finding = self._finding_of(self.session.selected_finding or "")
        if finding is None:
            return super().selection_detail(scene, cells)
        return tuple(finding_detail(scene, finding, cells - 2))

    def enter(self) -> None:
        """Highlight the worst finding on the selected item."""
        self._highlight_worst()
        super().enter()

    def checks_arrived(self) -> None:
        """Highlight the worst finding on the selected item."""
        self._highlight_worst()

    def _highlight_worst(self) -> None:
        """Highlight the worst finding on the selected item, unless one on it is highlighted."""
        session, checked = self.session, self.session.check_results
        found = self._finding_of(session.selected_finding or "")
        if checked is None or (found is not None and found.item in {None, session.selected}):
            return
        session.selected_finding = checked.worst_for(session.selected)
        if session.selected_finding is not None:
            self.highlight(session.selected_finding)

    def highlighted(self) -> str | None:
        """The key of the highlighted finding."""
        return self.session.selected_finding

    def highlight(self, name: str) -> None:
        """Highlight a finding and select its item; or select an item."""
        found = self._finding_of(name)
        if found is None:
            super().highlight(name)
            return
        self.session.selected_finding = name
        if found.item is not None:
            super().highlight(found.item)

    def _finding_of(self, name: str) -> Finding | None:
        checked = self.session.check_results
        return None if checked is None else checked.by_key.get(name)

    def _finding(self, action: Callable[[], None]) -> Finding | None:
        """The highlighted finding; if it is outdated, the action is deferred."""
        session = self.session
        if session.check_results is None or session.check_results.document is not session.document:
            self.defer(action)
            return None
        found = self._finding_of(session.selected_finding or "")
        if found is None and session.check_results.by_key:
            self.warn("Select a finding first.")
        elif found is None:
            self.warn("There are no findings to fix.")
        return found

    def action_open(self) -> None:
        """Go to the field of the finding."""
        finding = self._finding(self.action_open)
        if finding is None:
            return
        if finding.item is not None and finding.item in self.session.plan.items:
            edit_item(self, finding.item, *map(str, finding.path[2:]))
            return
        place = _table_of(finding.path)
        if place and place[0] in _PARTS:
            edit_plan_table(self, place, *map(str, finding.path[len(place) :]))
        else:
            self.warn(
                f"write it in the file, at {self._line_of(finding)}: {escape_control(finding.fix)}"
            )

    def _line_of(self, finding: Finding) -> str:
        """Key path and line of the finding; the nearest one that exists."""
        document = self.session.document
        span = document.positions.locate(finding.path, finding.at)
        line = document.text.count("\n", 0, span.start) + 1
        return f"{escape_control(format_path(finding.path))}, line {line}"

    def action_fix(self) -> None:
        """Preview the fix of the finding."""
        finding = self._finding(self.action_fix)
        if finding is None:
            return
        if not finding.edits:
            self.warn(
                f"only you know the right value: {escape_control(finding.fix)} (Enter goes there)"
            )
            return
        after = edit_plan(self.session.document, *finding.edits)
        if isinstance(after, EditRejected):
            self.show_rejection(after)
            return
        before = self.session.document.text.splitlines()
        diff = difflib.unified_diff(before, after.text.splitlines(), n=_CONTEXT, lineterm="")
        lines = tuple(escape_control(line) for line in list(diff)[2:] if not line.startswith("@@"))
        what = f"{finding.check}: {escape_control(finding.fix)}"
        self.app.push_screen(FixDialog(what, lines), partial(self._fix, finding))

    def _fix(self, finding: Finding, wanted: bool | None) -> None:
        if wanted:
            self.change(f"fixed {finding.check} of {self._about(finding)}", finding.edits)

    def _about(self, finding: Finding) -> str:
        return self.title_of(finding.item) if finding.item is not None else "the plan"

    def action_ignore(self) -> None:
        """Ask why the check is to be ignored here."""
        finding = self._finding(self.action_ignore)
        if finding is None:
            return
        if finding.check in NEVER_IGNORED:
            self.warn(f"{finding.check} can't be ignored: {escape_control(finding.fix)}")
            return
        forecast = self.session.forecast
        as_of = forecast.as_of if forecast is not None else dt.date.today()
        dialog = IgnoreDialog(f"Ignore {finding.check} of {self._about(finding)}?", as_of)
        self.app.push_screen(dialog, partial(self._ignore, finding))

    def _ignore(self, finding: Finding, request: IgnoreRequest | None) -> None:
        if request is None:
            return
        plan = self.session.plan
        entry: dict[str, object] = {"check": finding.check, "why": request.why}
        if request.until is not None:
            entry["until"] = request.until
        place: KeyPath = ("roadmap", "ignore")
        given = plan.roadmap.ignore
        if finding.item is not None:
            item = plan.items[finding.item]
            place, given = (item_kind(item), finding.item, "ignore"), item.ignore
        edit = SetValue((*place, len(given)), entry) if given else SetValue(place, [entry])
        self.change(f"ignored {finding.check} of {self._about(finding)}", (edit,))

    def action_group(self) -> None:
        """Cycle the grouping of findings."""
        at = GROUPINGS.index(self.session.finding_grouping)
        self.session.finding_grouping = GROUPINGS[(at + 1) % len(GROUPINGS)]
        self.redraw()


def _table_of(path: KeyPath) -> KeyPath:
    """The table of the plan that a path leads into; empty if into none."""
    for end in (3, 2, 1):
        if model_at(Plan, path[:end]):
            return path[:end]
    return ()
