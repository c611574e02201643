"""Committing the file."""

from functools import partial

from roadmap_tui.app.committer import Committer
from roadmap_tui.app.compared import told_why
from roadmap_tui.app.comparer import Comparer
from roadmap_tui.app.dialogs.commit import CommitDialog
from roadmap_tui.app.planning import Planning
from roadmap_tui.files.display import printable
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.commit import Place


class Committing(Planning):
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
                f"a what-if is under way; press {self.key('what-if')}: keep, store or discard it,"
                " then commit the plan"
            )
        elif session.is_saved or self.write():
            self.query_one(Committer).draft()

    def on_committer_drafted(self, event: Committer.Drafted) -> None:
        """Show the message, or say why nothing can be committed."""
        if isinstance(event.place, Unavailable):
            self.warn(printable(told_why(event.place)))
        elif self.app.screen is self:
            text = self.query_one(Committer).kept or event.text
            self.app.push_screen(
                CommitDialog(event.place, text), partial(self._commit, event.place)
            )

    def _commit(self, place: Place, text: str | None) -> None:
        if text is not None:
            self.say("committing …")
            self.query_one(Committer).commit(place.repo, text)

    def on_committer_committed(self, event: Committer.Committed) -> None:
        """Say that it is done, or why not."""
        committer = self.query_one(Committer)
        if isinstance(event.result, Unavailable):
            committer.kept = event.text
            self.notify(
                printable(f"{told_why(event.result)} · the message is kept: C again"),
                title="Not committed",
                markup=False,
                severity="error",
                timeout=12,
            )
        else:
            committer.kept = ""
            self.say(printable(f"committed {event.result.short}: {event.result.subject}"))
            self.recalculate()

    def action_against(self) -> None:
        """Ask what to compare with."""
        self.query_one(Comparer).ask()
