"""Going through the mistakes in the plan: to the field at fault, mending it, and silencing a check."""

import datetime as dt
import difflib
from collections.abc import Callable
from functools import partial

from roadmap_tui.checks.rule import Finding
from roadmap_tui.checks.suppressions import NEVER_IGNORED
from roadmap_tui.document.edits import EditRejected, SetValue
from roadmap_tui.plan.faults import KeyPath, format_path
from roadmap_tui.plan.roadmap import Plan, item_kind
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.fix import IgnoreDialog, IgnoreRequest, MendDialog
from roadmap_tui.tui.forms.table_fields import model_at
from roadmap_tui.tui.screens.what_if_actions import Trying
from roadmap_tui.tui.state import edit_plan
from roadmap_tui.tui.workers.check_results import GROUPINGS

_CONTEXT = 1
_PARTS = {"roadmap", "teams", "policy", "market"}
"""Tables of the plan as a whole that have a form."""


class Checking(Trying):
    """What is done with findings."""

    def pointed(self) -> str | None:
        """What the screen puts forward: a finding where these are gone through, else the selected item."""
        session = self.session
        return session.selected_finding if self.view == "checks" else session.selected

    def point(self, name: str) -> None:
        """Put something forward on the screen; a finding brings its item with it."""
        found = self._finding_of(name)
        if self.view == "checks" and found is not None:
            self.session.selected_finding = name
            if found.item in self.session.plan.items:
                self.session.selected = found.item
        elif name in self.session.plan.items:  # the picture may be of an earlier plan
            self.session.selected = name

    def point_at_worst(self) -> None:
        """Go on with the worst finding about the selected item, unless that is where one is already."""
        session, checked = self.session, self.session.check_results
        found = self._finding_of(session.selected_finding or "")
        if checked is not None and (found is None or found.item not in {None, session.selected}):
            worst = checked.worst_for(session.selected)
            session.selected_finding = worst
            if worst is not None and self.view == "checks":
                self.point(worst)

    def _finding_of(self, name: str) -> Finding | None:
        checked = self.session.check_results
        return None if checked is None else checked.by_key.get(name)

    def _finding(self, wish: Callable[[], None]) -> Finding | None:
        """The finding that is gone through, if it is of what is there; else what is wished waits for that."""
        session = self.session
        if self.view != "checks":
            self.warn(
                f"findings are on the screen of checks; {self.key_label('checks')} goes there"
            )
            return None
        if session.check_results is None or session.check_results.document is not session.document:
            self.defer(wish)
            return None
        found = self._finding_of(session.selected_finding or "")
        if found is None:
            self.warn(
                "no finding is selected"
                if session.check_results.by_key
                else "nothing is wrong: there is nothing to mend"
            )
        return found

    def action_open_finding(self) -> None:
        """Go to the field that the finding is about."""
        finding = self._finding(self.action_open_finding)
        if finding is None:
            return
        if finding.item is not None and finding.item in self.session.plan.items:
            self.edit(finding.item, *map(str, finding.path[2:]))
            return
        place = next(
            (finding.path[:end] for end in (3, 2, 1) if model_at(Plan, finding.path[:end])), ()
        )
        if place and place[0] in _PARTS:
            self.edit_plan(place, *map(str, finding.path[len(place) :]))
        else:
            self.warn(
                f"write it in the file, at {self._place_of(finding)}: {escape_control(finding.fix)}"
            )

    def _place_of(self, finding: Finding) -> str:
        """Where in the file it is; the nearest place that is there."""
        document = self.session.document
        span = document.positions.locate(finding.path, finding.at)
        line = document.text.count("\n", 0, span.start) + 1
        return f"{escape_control(format_path(finding.path))}, line {line}"

    def action_fix(self) -> None:
        """Show what mends the finding, and do it if that is wanted."""
        finding = self._finding(self.action_fix)
        if finding is None:
            return
        if not finding.edits:
            self.warn(
                f"nobody but you knows the right value: {escape_control(finding.fix)} (Enter goes there)"
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
        self.app.push_screen(MendDialog(what, lines), partial(self._mended, finding))

    def _mended(self, finding: Finding, wanted: bool | None) -> None:
        if wanted:
            self.change(f"mended {finding.check} of {self._about(finding)}", finding.edits)

    def _about(self, finding: Finding) -> str:
        return self.title_of(finding.item) if finding.item is not None else "the plan"

    def action_silence(self) -> None:
        """Ask why a check is not to speak of this any more."""
        finding = self._finding(self.action_silence)
        if finding is None:
            return
        if finding.check in NEVER_IGNORED:
            self.warn(f"{finding.check} can't be silenced: {escape_control(finding.fix)}")
            return
        as_of = (
            self.session.forecast.as_of if self.session.forecast is not None else dt.date.today()
        )
        dialog = IgnoreDialog(f"Silence {finding.check} of {self._about(finding)}?", as_of)
        self.app.push_screen(dialog, partial(self._silenced, finding))

    def _silenced(self, finding: Finding, silenced: IgnoreRequest | None) -> None:
        if silenced is None:
            return
        plan = self.session.plan
        entry: dict[str, object] = {"check": finding.check, "why": silenced.why}
        if silenced.until is not None:
            entry["until"] = silenced.until
        place: KeyPath = ("roadmap", "ignore")
        given = plan.roadmap.ignore
        if finding.item is not None:
            item = plan.items[finding.item]
            place, given = (item_kind(item), finding.item, "ignore"), item.ignore
        edit = SetValue((*place, len(given)), entry) if given else SetValue(place, [entry])
        self.change(f"silenced {finding.check} of {self._about(finding)}", (edit,))

    def action_group(self) -> None:
        """Put what the screen shows together another way."""
        if self.view == "checks":
            at = GROUPINGS.index(self.session.finding_grouping)
            self.session.finding_grouping = GROUPINGS[(at + 1) % len(GROUPINGS)]
            self.redraw()
