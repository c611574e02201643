"""Answers of the commands that change a file or begin one."""

from typing import Literal

from pydantic import Field

from roadmap_tui.answers.base import Answer, Shape, Value
from roadmap_tui.plan.readiness.quality_bars import BarStatus


class Changed(Shape):
    """What stands at a path of the file, before and after; null where nothing does."""

    path: str
    old: Value
    new: Value


class Edited(Answer):
    """What was changed in a file; null if it was so already."""

    file: str
    changed: Changed | None


class SetAnswer(Edited):
    """One field, set."""

    kind: Literal["set"]


class UnsetAnswer(Edited):
    """One field, taken out."""

    kind: Literal["unset"]


class AddAnswer(Edited):
    """An item, added."""

    kind: Literal["add"]


class RemoveAnswer(Edited):
    """An item, removed, and where it was named."""

    kind: Literal["remove"]
    mentions: list[str]


class RenameAnswer(Edited):
    """An item, renamed, and where it is named."""

    kind: Literal["rename"]
    mentions: list[str]


class Statuses(Shape):
    """How a bar stood and stands."""

    before: BarStatus
    after: BarStatus


class Evaluate(Shape):
    """The chance of the stage `evaluate`: in the plan, and by what was measured."""

    planned: float
    says: float


class Ships(Shape):
    """A chance to deliver that moves."""

    id: str
    before: float
    after: float


class MeasureAnswer(Edited):
    """A measurement, recorded, and what it moves."""

    kind: Literal["measure"]
    status: Statuses
    more_cases: int | None
    chance_at_launch: float | None
    evaluate: Evaluate | None
    ships: list[Ships]


class AnswerAnswer(Answer):
    """A spike's verdict, recorded, and what it moves."""

    kind: Literal["answer"]
    file: str
    spike: str
    verdict: Literal["confirmed", "refuted", "inconclusive"]
    changes: list[Changed]
    ships: list[Ships]


class Formatted(Shape):
    """A file, and whether it was or would be changed."""

    file: str
    changed: bool


class FmtAnswer(Answer):
    """What became of each file."""

    kind: Literal["fmt"]
    written: bool
    files: list[Formatted]


class NewAnswer(Answer):
    """A file, begun from a template."""

    kind: Literal["new"]
    file: str
    template: str
    items: int


class TemplateRow(Shape):
    """A template."""

    name: str
    about: str
    items: int


class TemplatesAnswer(Answer):
    """The templates there are."""

    kind: Literal["templates"]
    templates: list[TemplateRow]


class AddedRow(Shape):
    """An item that an import adds, and the line of its row."""

    track: str
    id: str
    title: str
    line: int


class FieldChange(Shape):
    """A field that an import changes."""

    field: str
    old: Value
    new: Value


class UpdatedRow(Shape):
    """An item that an import changes."""

    track: str
    id: str
    line: int
    changes: list[FieldChange]


class Unread(Shape):
    """What of a row could not be read."""

    line: int
    column: str
    text: str


class ImportAnswer(Answer):
    """What an import does, or would do without --yes."""

    kind: Literal["import"]
    file: str
    written: bool
    source: str
    columns: dict[str, str]
    added: list[AddedRow]
    updated: list[UpdatedRow]
    unchanged: int
    problems: list[Unread]


class GitAnswer(Answer):
    """What was set up or taken back; `files` are merged by key now, as paths from the repository's root."""

    kind: Literal["git"]
    task: str
    removed: bool
    notes: list[str]
    files: list[str]


class ExportAnswer(Answer):
    """A document, as text."""

    kind: Literal["export"]
    format: str
    text: str


class Finding(Shape):
    """Something wrong with a plan, and its place."""

    check: str
    severity: Literal["E", "W", "I"]
    item: str | None
    file: str
    line: int
    column: int
    text: str
    fix: str
    reason: str
    numbers: dict[str, float]


class UnreadFault(Shape):
    """Why a file holds no plan; without a place if it can't be read at all."""

    file: str
    line: int | None
    column: int | None
    text: str
    fix: str


class CloneNotice(Shape):
    """What a file's clone lacks: a finished merge, a merge driver that runs, or the whole history."""

    file: str
    lack: Literal["unmerged", "driver", "history"]
    text: str
    fix: str


class CheckAnswer(Answer):
    """What is wrong with plans."""

    kind: Literal["check"]
    findings: list[Finding]
    later: int = Field(description="How many it is not time for yet.")
    silenced: int
    without_git: str | None
    unreadable: list[UnreadFault] = Field(
        description="Faults of files that hold no plan; the exit code is 3 then."
    )
    notices: list[CloneNotice]
    later_findings: list[Finding] | None = None
