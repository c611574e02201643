"""The answer of `check`."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Annotated, Literal, Self

from pydantic import AliasPath, BeforeValidator, Field

from roadmap_tui.answers.base import MISSING, Answer, Number, View
from roadmap_tui.checks.locations import LocatedFinding
from roadmap_tui.narrative.check_results import FileCheck, FileFault, FileNotice


class FindingRow(View):
    """Something wrong with a plan, and its place."""

    check: str = Field(description="The name of the check.")
    severity: Literal["E", "W", "I"] = Field(description="Error, warning or information.")
    item: str | None = Field(description="The id of the item it is about.")
    file: str
    line: int = Field(description="From 1.")
    column: int = Field(description="From 1.")
    text: str = Field(description="The finding in a sentence.")
    fix: str = Field(description="What to do about it.")
    reason: str = Field(description="Why the check exists.")
    numbers: Annotated[dict[str, Number], BeforeValidator(dict)] = Field(
        description="The figures in the text."
    )


def _rows(found: Iterable[LocatedFinding]) -> list[FindingRow]:
    return [FindingRow.read(each.finding, each) for each in found]


class FileFaultRow(View):
    """Why a file holds no plan; without a place if it can't be read at all."""

    file: str
    line: int | None = Field(description="From 1.")
    column: int | None = Field(description="From 1.")
    text: str = Field(description="The fault in a sentence.")
    fix: str = Field(description="What to do about it.")


class CloneNoticeRow(View):
    """What a file's clone lacks: a finished merge, a merge driver, or the whole history."""

    file: str
    lack: Literal["unmerged", "driver", "history"] = Field(
        validation_alias=AliasPath("notice", "lack")
    )
    text: str = Field(validation_alias=AliasPath("notice", "text"))
    fix: str = Field(validation_alias=AliasPath("notice", "remedy"))


class CheckAnswer(Answer):
    """What is wrong with plans."""

    kind: Literal["check"]
    findings: list[FindingRow]
    later: int = Field(description="How many it is not time for yet.")
    ignored: int = Field(description="How many the files ignore.")
    without_git: str | None = Field(
        description="Why checks that need git were skipped; null if they were not."
    )
    unreadable: list[FileFaultRow] = Field(
        description="Faults of files that hold no plan; the exit code is 3 then."
    )
    notices: list[CloneNoticeRow]
    later_findings: list[FindingRow] | None = Field(
        None, description="The findings that it is not time for yet."
    )

    @classmethod
    def of(
        cls,
        files: Sequence[FileCheck],
        unreadable: Iterable[FileFault] = (),
        notices: Iterable[FileNotice] = (),
        *,
        with_later: bool = False,
    ) -> Self:
        """What was found in all files, why others hold no plan, and what their clones lack."""
        later = list(chain.from_iterable(file.later for file in files))
        return cls.read(
            findings=_rows(chain.from_iterable(file.found for file in files)),
            later=len(later),
            ignored=sum(file.ignored for file in files),
            without_git=next((file.without_git for file in files if file.without_git), None),
            unreadable=list(unreadable),
            notices=list(notices),
            later_findings=_rows(later) if with_later else MISSING,
        )
