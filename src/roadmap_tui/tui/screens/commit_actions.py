"""Committing the file."""

from functools import partial

from roadmap_tui.history.commit import CommitTarget
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.commit import CommitDialog
from roadmap_tui.tui.screens.plan_screen import PlanScreenBase
from roadmap_tui.tui.workers.commit import Committer
from roadmap_tui.tui.workers.comparison import unavailable_text
from roadmap_tui.tui.workers.comparison_worker import Comparer


class Committing(PlanScreenBase):
    """Commits."""

    def write(self) -> bool:
        """Write the file; whether it is written."""
        raise NotImplementedError

    def action_save(self) -> None:
        """Write the file."""
        self.write()

    def action_commit(self) -> None:
        """Save the file, and ask about the message of its commit."""
        session = self.session
        if session.what_if is not None:
            self.warn(
                f"a what-if is under way; press {self.key_label('what-if')}: keep, store or discard it,"
                " then commit the plan"
            )
        elif session.is_saved or self.write():
            self.query_one(Committer).draft()

    def on_committer_drafted(self, event: Committer.Drafted) -> None:
        """Show the message, or say why nothing can be committed."""
        if isinstance(event.place, GitUnavailable):
            self.warn(escape_control(unavailable_text(event.place)))
        elif self.app.screen is self:
            text = self.query_one(Committer).kept_message or event.text
            self.app.push_screen(
                CommitDialog(event.place, text), partial(self._commit, event.place)
            )

    def _commit(self, place: CommitTarget, text: str | None) -> None:
        if text is not None:
            self.notify_done("committing …")
            self.query_one(Committer).commit(place.repo, text)

    def on_committer_committed(self, event: Committer.Committed) -> None:
        """Say that it is done, or why not."""
        committer = self.query_one(Committer)
        if isinstance(event.result, GitUnavailable):
            committer.kept_message = event.text
            self.notify(
                escape_control(f"{unavailable_text(event.result)} · the message is kept: C again"),
                title="Not committed",
                markup=False,
                severity="error",
                timeout=12,
            )
        else:
            committer.kept_message = ""
            self.notify_done(
                escape_control(f"committed {event.result.short}: {event.result.subject}")
            )
            self.recalculate()

    def action_against(self) -> None:
        """Ask what to compare with."""
        self.query_one(Comparer).ask()
