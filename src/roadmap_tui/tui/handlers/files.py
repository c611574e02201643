"""Saving, exporting, committing, comparing and quitting."""

import os
from functools import partial

from roadmap_tui.history.commit import CommitTarget
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.storage.export_file import export_rejection
from roadmap_tui.text.sentences import as_sentence
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.commit import CommitDialog
from roadmap_tui.tui.dialogs.compare_to import CompareToDialog
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.export import ExportDialog, ExportRequest
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.screens.session_screen import rejection_text
from roadmap_tui.tui.workers.commit import CommitDraft, CommitResult, commit_job, draft_job
from roadmap_tui.tui.workers.comparison import RevisionList, revisions_job, unavailable_text
from roadmap_tui.tui.workers.export import ExportResult, export_job


def save_file(screen: PlanScreen) -> None:
    """Write the file."""
    screen.controller.file_sync.save()


def save_file_as(screen: PlanScreen) -> None:
    """Write the file under another name."""
    screen.controller.file_sync.save_as()


def quit_app(screen: PlanScreen) -> None:
    """Quit; ask first if something is not saved."""
    if screen.session.is_saved:
        _end(screen)
        return
    ways = {"s": "Save and quit", "d": "Discard and quit"}
    text = "There are unsaved changes."
    screen.app.push_screen(
        ConfirmDialog("Save before quitting?", text, ways), partial(_leave, screen)
    )


def _leave(screen: PlanScreen, way: str | None) -> None:
    if way == "d" or (way == "s" and screen.controller.file_sync.save()):
        _end(screen)


def _end(screen: PlanScreen) -> None:
    screen.session.close()
    screen.app.exit()


# Exports


def ask_export(screen: PlanScreen) -> None:
    """Ask what to export, for whom, and where to."""
    if has_what_if(screen, "export"):
        return
    dialog = ExportDialog(screen.session.path, partial(_path_problem, screen))
    screen.app.push_screen(dialog, partial(_export, screen))


def has_what_if(screen: PlanScreen, then: str) -> bool:
    """Whether a what-if is under way, which has to end before the plan is used."""
    if screen.session.what_if is None:
        return False
    key = screen.key_label("what-if")
    screen.warn(
        f"a what-if is under way; press {key}: keep, store or discard it, then {then} the plan"
    )
    return True


def _path_problem(screen: PlanScreen, path: str) -> str:
    """Why a document can't be written to a path; empty if it can."""
    if os.path.realpath(path) == os.path.realpath(screen.session.path):
        return "That is the roadmap file itself."
    refusal = screen.session.outside_folder(path) or export_rejection(path, replace=True)
    return rejection_text(refusal) if refusal is not None else ""


def _export(screen: PlanScreen, order: ExportRequest | None) -> None:
    if order is None:
        return
    screen.notify_done(f"making {escape_control(order.path)} …")
    session = screen.session
    job = partial(
        export_job, order=order, path=session.path, document=session.document, plan=session.plan
    )
    # what was asked for is written, also if people quit before
    screen.controller.background.submit(
        "export", job, partial(_show_export, screen), exclusive=False, outlives_app=True
    )


def _show_export(screen: PlanScreen, result: ExportResult) -> None:
    if result.was_cancelled:
        screen.notify_done(f"Stopped. {escape_control(result.path)} wasn't written.")
    elif result.rejection is not None:
        screen.show_rejection(result.rejection)
    else:
        screen.notify_done(f"wrote {escape_control(result.path)}")


# Commits


def ask_commit(screen: PlanScreen) -> None:
    """Save the file, and ask about the message of its commit."""
    session = screen.session
    if has_what_if(screen, "commit"):
        return
    if session.is_saved or screen.controller.file_sync.save():
        job = partial(draft_job, path=session.path, document=session.document)
        screen.controller.background.submit("commit", job, partial(_ask_message, screen))


def _ask_message(screen: PlanScreen, draft: CommitDraft) -> None:
    if isinstance(draft.place, GitUnavailable):
        screen.warn(escape_control(unavailable_text(draft.place)))
    elif screen.controller.is_active:
        text = screen.session.commit_message or draft.text
        dialog = CommitDialog(draft.place, text)
        screen.app.push_screen(dialog, partial(_commit, screen, draft.place))


def _commit(screen: PlanScreen, place: CommitTarget, text: str | None) -> None:
    if text is not None:
        screen.notify_done("committing …")
        job = partial(commit_job, repo=place.repo, text=text)
        screen.controller.background.submit("commit", job, partial(_show_commit, screen))


def _show_commit(screen: PlanScreen, committed: CommitResult) -> None:
    if isinstance(committed.commit, GitUnavailable):
        screen.session.commit_message = committed.text
        screen.notify(
            escape_control(
                f"{as_sentence(unavailable_text(committed.commit))} The message is kept. Press"
                f" {screen.key_label('commit')} to try again."
            ),
            title="Couldn't commit",
            markup=False,
            severity="error",
            timeout=12,
        )
    else:
        screen.session.commit_message = ""
        screen.notify_done(
            escape_control(f"committed {committed.commit.short}: {committed.commit.subject}")
        )
        screen.controller.recalculate()


# Comparisons


def ask_comparison(screen: PlanScreen) -> None:
    """Ask what to compare with, once it is known what there is."""
    job = partial(revisions_job, path=screen.session.path)
    screen.controller.background.submit("revisions", job, partial(_ask_revision, screen))


def _ask_revision(screen: PlanScreen, revisions: RevisionList) -> None:
    dialog = CompareToDialog(revisions.commits, revisions.unavailable)
    screen.app.push_screen(dialog, partial(_compare_with, screen))


def _compare_with(screen: PlanScreen, name: str | None) -> None:
    if name is not None:
        screen.session.compare_to, screen.session.comparison = name, None
        screen.call_later(screen.controller.show, "changes")
