"""Two texts made of one, woven into a third: every statement and every comment from the side that changed it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from roadmap_tui.document.multiline_array import parse_multiline_array
from roadmap_tui.document.statements import (
    SectionedText,
    Statement,
    TableSection,
    iterate_comments,
    join_statements,
    split_statements,
)
from roadmap_tui.document.three_way import (
    MergeChoices,
    MergeSide,
    MergeVersion,
    ThreeWay,
    merge_order,
)
from roadmap_tui.document.values import Values
from roadmap_tui.plan.faults import KeyPath


class _NamedPart(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def path(self) -> KeyPath: ...


_Part = TypeVar("_Part", bound=_NamedPart)


def merge_texts(texts: ThreeWay[str], data: ThreeWay[Values], choices: MergeChoices) -> str:
    """A text with the statements of both sides.

    Args:
        texts: valid TOML, without byte order marks.
        data: what the texts say.
        choices: paths where one side is taken as it is.

    Returns:
        A text; where both sides changed one statement, it is ours, and it need not be valid TOML if a side moved keys
        from one table to another.
    """
    sheets = ThreeWay(*(split_statements(*each) for each in zip(texts, data, strict=True)))
    names, parts = _merge_parts(ThreeWay(*(each.sections for each in sheets)), choices)
    sections = [_merge_section(parts[name], choices) for name in names]
    ends = ThreeWay(*(each.end for each in sheets))
    return join_statements(
        SectionedText(tuple(_adjust_spacing(sections, sheets)), ends.resolve(ends.ours))
    )


def missing_comments(texts: ThreeWay[str], result: str) -> Counter[str]:
    """The comments that neither side took out and that are not in the result, with how often."""
    counts = ThreeWay(*(Counter(each for each, _ in iterate_comments(text)) for text in texts))
    wanted: Counter[str] = Counter()
    for each in {*counts.ours, *counts.theirs}:
        base, ours, theirs = (count[each] for count in counts)
        wanted[each] = ours if ours == theirs else max(0, ours + theirs - base)
    there = Counter(each for each, _ in iterate_comments(result))
    missing = wanted - there
    return missing - Counter(
        {
            each: sum(n for other, n in there.items() if _contains_comment(other, each))
            for each in missing
        }
    )


def restore_comments(
    missing: Counter[str],
    side: MergeSide,
    written: tuple[str, Values],
    result: tuple[str, Values],
    choices: MergeChoices,
) -> str:
    """The result with those missing comments that stand in one side's text put above what they belong to.

    Comments on what the other side was chosen for are no longer missed.
    """
    sheet = split_statements(*result)
    left = Counter(missing)
    for path, comment in _comments_with_paths(*written):
        if left[comment] > 0 and _chosen_version(path, choices) in {None, side}:
            left[comment] -= 1
            sheet = _insert_comment(sheet, path, comment)
    return join_statements(sheet)


def _merge_parts(
    three: ThreeWay[tuple[_Part, ...]], choices: MergeChoices
) -> tuple[list[str], Mapping[str, ThreeWay[_Part | None]]]:
    """The names of what is in the result, in order, and what each side has under them."""
    by_name = ThreeWay(*({part.name: part for part in parts} for parts in three))
    parts = {
        name: ThreeWay(by_name.base.get(name), by_name.ours.get(name), by_name.theirs.get(name))
        for name in {**by_name.base, **by_name.ours, **by_name.theirs}
    }
    names = merge_order(
        list(by_name.base),
        list(by_name.ours),
        list(by_name.theirs),
        lambda each: _is_kept(parts[each], choices),
    )
    return names, parts


def _is_kept(part: ThreeWay[_Part | None], choices: MergeChoices) -> bool:
    either = part.ours or part.theirs
    side = _chosen_version(either.path, choices) if either else None
    if side is not None:
        return part.version(side) is not None
    return part.base is None or (part.ours is not None and part.theirs is not None)


def _chosen_version(path: KeyPath, choices: MergeChoices) -> MergeVersion | None:
    """The side to take for what stands at `path`, if it was chosen for it or for what it is a part of."""
    return next((side for place, side in choices.items() if place == path[: len(place)]), None)


def _merge_section(part: ThreeWay[TableSection | None], choices: MergeChoices) -> TableSection:
    kept = part.ours or part.theirs
    if kept is None:
        raise LookupError("a section that no side has")
    statements = ThreeWay(*(each.statements if each else () for each in part))
    names, parts = _merge_parts(statements, choices)
    return replace(kept, statements=tuple(_merge_statement(parts[name], choices) for name in names))


def _merge_statement(part: ThreeWay[Statement | None], choices: MergeChoices) -> Statement:
    kept = part.ours or part.theirs
    if kept is None:
        raise LookupError("a statement that no side has")
    if part.base is not None and _chosen_version(kept.path, choices) == "base":
        return part.base
    if part.ours is None or part.theirs is None:
        return kept
    side = _chosen_version(part.ours.path, choices)
    if side is not None:
        return part.ours if side == "ours" else part.theirs
    base = part.base or replace(kept, blank_lines="", comment="", body="", tail="")
    both = ThreeWay(base, part.ours, part.theirs)
    lead, tail, body = both.ours.comment, both.ours.tail, both.ours.body
    return replace(
        kept,
        blank_lines=ThreeWay(
            base.blank_lines, both.ours.blank_lines, both.theirs.blank_lines
        ).resolve(both.ours.blank_lines),
        comment=ThreeWay(base.comment, lead, both.theirs.comment).resolve(
            _union_of_lines(lead, both.theirs.comment, base.comment)
        ),
        body=_merge_body(ThreeWay(base.body, body, both.theirs.body), choices),
        tail=ThreeWay(base.tail, tail, both.theirs.tail).resolve(
            _union_of_tails(tail, both.theirs.tail)
        ),
    )


def _merge_body(three: ThreeWay[str], choices: MergeChoices) -> str:
    """The side that changed it; of two lists with one element a line, the elements of both; else ours."""
    picked = three.resolve("")
    if picked:
        return picked
    lists = ThreeWay(*(parse_multiline_array(each) if each else None for each in three))
    if lists.ours is None or lists.theirs is None:
        return three.ours
    names, parts = _merge_parts(
        ThreeWay(*(each.elements if each else () for each in lists)), choices
    )
    elements = tuple(_merge_statement(parts[name], {}) for name in names)
    return replace(lists.ours, elements=elements).text


def _union_of_lines(ours: str, theirs: str, base: str) -> str:
    known = {*ours.split("\n"), *base.split("\n")}
    return ours + "".join(f"{line}\n" for line in theirs.split("\n") if line not in known)


def _union_of_tails(ours: str, theirs: str) -> str:
    comment = theirs.strip()
    return ours if _contains_comment(ours.strip(), comment) else f"{ours.rstrip()}  {comment}\n"


def _contains_comment(comment: str, part: str) -> bool:
    """Whether `part` is all of a comment or one of several that were put on one line, which are one to TOML."""
    return not part or f"  {part}  " in f"  {comment}  "


def _adjust_spacing(
    sections: list[TableSection], sheets: ThreeWay[SectionedText]
) -> Iterator[TableSection]:
    """The sections with the first as near to the top as the first was, and a blank line above one that is no more."""
    firsts = [next((each for each in sheet.sections if each.statements), None) for sheet in sheets]
    gaps = {each.name: each.statements[0].blank_lines for each in firsts if each}
    top = True
    for section in sections:
        if not section.statements:
            continue
        first, *rest = section.statements
        if top and section.name not in gaps:
            first = replace(first, blank_lines="")
        elif not top and gaps.get(section.name) == first.blank_lines == "":
            first = replace(first, blank_lines="\n")
        top = False
        yield replace(section, statements=(first, *rest))


def _comments_with_paths(text: str, data: Values) -> Iterator[tuple[KeyPath, str]]:
    """Every comment of a text with the path of the statement it belongs to."""
    found = list(iterate_comments(text))
    at = 0
    for section in split_statements(text, data).sections:
        for statement in section.statements:
            at += len(statement.text)
            while found and found[0][1] < at:
                yield statement.path, found.pop(0)[0]


def _insert_comment(sheet: SectionedText, path: KeyPath, comment: str) -> SectionedText:
    """The sheet with the comment above the statement at `path`, or above the first of the table it would stand in."""
    if not any(section.statements for section in sheet.sections):
        return replace(
            sheet, sections=(TableSection((), "", (Statement((), "", "", f"{comment}\n"),)),)
        )
    best, where = -1, (0, 0)
    for number, section in enumerate(sheet.sections):
        for place, statement in enumerate(section.statements):
            common = _common_prefix_length(statement.path, path)
            if common > best or (common == best and statement.path == path):
                best, where = common, (number, place)
    number, place = where
    section = sheet.sections[number]
    statement = section.statements[place]
    indent = statement.body[: len(statement.body) - len(statement.body.lstrip())]
    above = (
        f"{statement.comment}\n"
        if statement.comment and not statement.comment.endswith("\n")
        else statement.comment
    )
    changed = replace(statement, comment=f"{above}{indent}{comment}\n")
    statements = (*section.statements[:place], changed, *section.statements[place + 1 :])
    sections = (
        *sheet.sections[:number],
        replace(section, statements=statements),
        *sheet.sections[number + 1 :],
    )
    return replace(sheet, sections=sections)


def _common_prefix_length(one: KeyPath, other: KeyPath) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length
