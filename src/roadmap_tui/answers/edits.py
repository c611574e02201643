"""Answers of the commands that change a file or begin one."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from roadmap_tui.answers.base import Answer, Number, Value, View
from roadmap_tui.answers.forecast import ShipsChange
from roadmap_tui.plan.readiness.quality_bars import BarStatus


class ChangedValue(View):
    """What stands at a path of the file, before and after; null where nothing does."""

    path: str
    old: Value
    new: Value


class EditedFile(View):
    """What was changed in a file; null if it was so already."""

    file: str
    changed: ChangedValue | None


class SetAnswer(EditedFile, Answer):
    """One field, set."""

    kind: Literal["set"]


class UnsetAnswer(EditedFile, Answer):
    """One field, taken out."""

    kind: Literal["unset"]


class AddAnswer(EditedFile, Answer):
    """An item, added."""

    kind: Literal["add"]


class RemoveAnswer(EditedFile, Answer):
    """An item, removed, and where it was named."""

    kind: Literal["remove"]
    mentions: list[str]


class RenameAnswer(EditedFile, Answer):
    """An item, renamed, and where it is named."""

    kind: Literal["rename"]
    mentions: list[str]


class StatusChange(View):
    """How a bar stood and stands."""

    before: BarStatus
    after: BarStatus


class StageChance(View):
    """The chance of the stage `evaluate`, or of a model without stages, by what was measured."""

    planned: float | None = Field(
        validation_alias="planned_chance", description="In the plan; null if it sets none."
    )
    says: float = Field(validation_alias="chance", description="By what was measured.")
    field: list[str] = Field(description="The keys of the chance, below the model.")


class MeasureAnswer(EditedFile, Answer):
    """A measurement, recorded, and what it moves."""

    kind: Literal["measure"]
    status: StatusChange
    more_cases: int | None
    chance_at_launch: Number | None
    evaluate: StageChance | None
    taken: bool = Field(description="Whether that chance was set in the same step.")
    ships: list[ShipsChange]
    would_ship: list[ShipsChange] = Field(
        description="What setting that chance would move; empty if it was set."
    )


class VerdictAnswer(Answer):
    """A spike's verdict, recorded, and what it moves."""

    kind: Literal["answer"]
    file: str
    spike: str
    verdict: Literal["confirmed", "refuted", "inconclusive"]
    changes: list[ChangedValue]
    ships: list[ShipsChange]


class FormattedFile(View):
    """A file, and whether it was or would be changed."""

    file: str
    changed: bool


class FmtAnswer(Answer):
    """What became of each file."""

    kind: Literal["fmt"]
    written: bool
    files: list[FormattedFile]


class NewAnswer(Answer):
    """A file, begun from a template."""

    kind: Literal["new"]
    file: str
    template: str
    items: int


class TemplateRow(View):
    """A template."""

    name: str
    about: str
    items: int


class TemplatesAnswer(Answer):
    """The templates there are."""

    kind: Literal["templates"]
    templates: list[TemplateRow]


class AddedRow(View):
    """An item that an import adds, and the line of its row."""

    track: str
    id: str
    title: str
    line: int


class ChangedField(View):
    """A field that an import changes."""

    field: str
    old: Value
    new: Value


def _changed_fields(changes: Mapping[str, tuple[object, object]]) -> list[ChangedField]:
    return [ChangedField(field=name, old=old, new=new) for name, (old, new) in changes.items()]


ChangedFields: TypeAlias = Annotated[list[ChangedField], BeforeValidator(_changed_fields)]


class UpdatedRow(View):
    """An item that an import changes."""

    track: str
    id: str
    line: int
    changes: ChangedFields


class RowProblem(View):
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
    unchanged: int = Field(validation_alias="unchanged_count")
    problems: list[RowProblem]


class GitAnswer(Answer):
    """What was set up or undone; `files` are merged by key now, as paths from the root."""

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
