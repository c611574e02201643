"""Exporting the plan."""

import os

from roadmap_tui.app.dialogs.export import ExportDialog, Order
from roadmap_tui.app.exporter import Exporter
from roadmap_tui.app.planning import Planning, told
from roadmap_tui.files.display import printable
from roadmap_tui.files.writing import export_refusal


class Exporting(Planning):
    """Exports."""

    def action_export(self) -> None:
        """Ask what to export, for whom, and where to."""
        if self.session.what_if is not None:
            self.warn(
                f"a what-if is under way; press {self.key('what-if')}: keep, store or discard it,"
                " then export the plan"
            )
        else:
            self.app.push_screen(
                ExportDialog(self.session.path, self._why_not_there), self._exported
            )

    def _why_not_there(self, path: str) -> str:
        """Why a document can't be written to a path; nothing if it can."""
        if os.path.realpath(path) == os.path.realpath(self.session.path):
            return "that is the roadmap itself"
        refusal = self.session.outside(path) or export_refusal(path, replaces=True)
        return told(refusal) if refusal is not None else ""

    def _exported(self, order: Order | None) -> None:
        if order is not None:
            self.say(f"making {printable(order.path)} …")
            self.query_one(Exporter).export(order)

    def on_exporter_exported(self, event: Exporter.Exported) -> None:
        """Say that it is written, or why not."""
        if event.was_stopped:
            self.say(f"stopped: {printable(event.path)} isn't written")
        elif event.refusal is not None:
            self.refuse(event.refusal)
        else:
            self.say(f"wrote {printable(event.path)}")
