"""Edits of a plan, and the history of them for undo and redo."""

from dataclasses import dataclass, field

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import Edit, EditRejected, apply_edits


@dataclass(frozen=True, slots=True)
class UndoStep:
    """An undoable change: the documents before and after it, and its label."""

    before: Document
    after: Document
    label: str


def edit_plan(document: Document, *edits: Edit) -> Document | EditRejected:
    """The document with the edits; rejected if it couldn't be forecast."""
    after = apply_edits(document, *edits)
    return after if isinstance(after, EditRejected) else require_forecastable(after)


def require_forecastable(document: Document) -> Document | EditRejected:
    """The document, if it can be forecast."""
    fatal = tuple(each for each in document.faults if each.fault.fatal)
    if document.plan is None or fatal:
        text = fatal[0].fault.text if fatal else "the file could not be read any more"
        return EditRejected(text, "", tuple(each.fault for each in fatal))
    return document


@dataclass(slots=True)
class EditHistory:
    """Undoable and undone changes, the latest last."""

    _undo: list[UndoStep] = field(default_factory=list)
    _redo: list[UndoStep] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """Number of changes that can be undone."""
        return len(self._undo)

    @property
    def label(self) -> str | None:
        """Label of the latest change; None without one."""
        return self._undo[-1].label if self._undo else None

    def push(self, before: Document, after: Document, label: str) -> None:
        """Add a change; undone ones can't be redone any more."""
        self._undo.append(UndoStep(before, after, label))
        self._redo.clear()

    def truncate(self, depth: int) -> None:
        """Forget all changes after the first so many."""
        del self._undo[depth:]
        self._redo.clear()

    def undo(self, least: int) -> UndoStep | None:
        """Take back the latest change, unless only so many are left."""
        if len(self._undo) <= least:
            return None
        self._redo.append(self._undo.pop())
        return self._redo[-1]

    def redo(self) -> UndoStep | None:
        """Repeat the change that was taken back last; None without one."""
        if not self._redo:
            return None
        self._undo.append(self._redo.pop())
        return self._undo[-1]
