"""Exporting the plan."""

import os

from roadmap_tui.storage.export_file import export_rejection
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.export import ExportDialog, ExportRequest
from roadmap_tui.tui.screens.plan_screen import PlanScreenBase, rejection_text
from roadmap_tui.tui.workers.export import Exporter


class Exporting(PlanScreenBase):
    """Exports."""

    def action_export(self) -> None:
        """Ask what to export, for whom, and where to."""
        if self.session.what_if is not None:
            self.warn(
                f"a what-if is under way; press {self.key_label('what-if')}: keep, store or discard it,"
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
        refusal = self.session.outside_folder(path) or export_rejection(path, replace=True)
        return rejection_text(refusal) if refusal is not None else ""

    def _exported(self, order: ExportRequest | None) -> None:
        if order is not None:
            self.notify_done(f"making {escape_control(order.path)} …")
            self.query_one(Exporter).export(order)

    def on_exporter_exported(self, event: Exporter.Exported) -> None:
        """Say that it is written, or why not."""
        if event.was_stopped:
            self.notify_done(f"stopped: {escape_control(event.path)} isn't written")
        elif event.refusal is not None:
            self.show_rejection(event.refusal)
        else:
            self.notify_done(f"wrote {escape_control(event.path)}")
