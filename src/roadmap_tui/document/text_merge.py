"""Merge of two texts: every statement and every comment from the side that changed it."""

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
        data: the parsed texts.
        choices: paths where one version is taken.

    Returns:
        A text. A statement that both sides changed is ours, and the text need not be valid TOML
        if a side moved keys from one table to another.
    """
    split = ThreeWay(*(split_statements(*each) for each in zip(texts, data, strict=True)))
    names, parts = _merge_parts(split.map(lambda each: each.sections), choices)
    sections = [_merge_section(parts[name], choices) for name in names]
    ends = split.map(lambda each: each.end)
    spaced = tuple(_adjust_spacing(sections, split))
    return join_statements(SectionedText(spaced, ends.resolve(ends.ours)))


def missing_comments(texts: ThreeWay[str], result: str) -> Counter[str]:
    """The comments that neither side removed and that the result lacks, with how often."""
    counts = texts.map(_count_comments)
    wanted: Counter[str] = Counter()
    for comment in {*counts.ours, *counts.theirs}:
        base, ours, theirs = (count[comment] for count in counts)
        wanted[comment] = ours if ours == theirs else max(0, ours + theirs - base)
    existing = _count_comments(result)
    missing = wanted - existing
    # Comments of both sides may have ended up on one line.
    on_one_line: Counter[str] = Counter()
    for comment in missing:
        joined = (count for other, count in existing.items() if _contains_comment(other, comment))
        on_one_line[comment] = sum(joined)
    return missing - on_one_line


def _count_comments(text: str) -> Counter[str]:
    return Counter(comment for comment, _ in iterate_comments(text))


def restore_comments(
    missing: Counter[str],
    side: MergeSide,
    source: tuple[str, Values],
    result: tuple[str, Values],
    choices: MergeChoices,
) -> str:
    """The result with the missing comments of one side's text above what they belong to.

    Comments on what the other side was chosen for are no longer missed.

    Args:
        missing: the comments, with how often.
        side: the side.
        source: its text and data.
        result: the text and data of the merge.
        choices: paths where one version was taken.
    """
    merged = split_statements(*result)
    left = Counter(missing)
    for path, comment in _comments_with_paths(*source):
        if left[comment] > 0 and _chosen_version(path, choices) in {None, side}:
            left[comment] -= 1
            merged = _insert_comment(merged, path, comment)
    return join_statements(merged)


def _merge_parts(
    three: ThreeWay[tuple[_Part, ...]], choices: MergeChoices
) -> tuple[list[str], Mapping[str, ThreeWay[_Part | None]]]:
    """The names of what is in the result, in order, and the versions of each."""
    base, ours, theirs = three.map(_by_name)
    parts: dict[str, ThreeWay[_Part | None]] = {}
    for name in {**base, **ours, **theirs}:
        parts[name] = ThreeWay(base.get(name), ours.get(name), theirs.get(name))
    names = merge_order(
        list(base), list(ours), list(theirs), lambda each: _is_kept(parts[each], choices)
    )
    return names, parts


def _by_name(parts: tuple[_Part, ...]) -> dict[str, _Part]:
    return {part.name: part for part in parts}


def _is_kept(part: ThreeWay[_Part | None], choices: MergeChoices) -> bool:
    either = part.ours or part.theirs
    side = _chosen_version(either.path, choices) if either else None
    if side is not None:
        return part.version(side) is not None
    return part.base is None or (part.ours is not None and part.theirs is not None)


def _chosen_version(path: KeyPath, choices: MergeChoices) -> MergeVersion | None:
    """The version that was chosen for `path` or for a table around it."""
    return next((side for place, side in choices.items() if place == path[: len(place)]), None)


def _merge_section(part: ThreeWay[TableSection | None], choices: MergeChoices) -> TableSection:
    kept = part.ours or part.theirs
    if kept is None:
        raise LookupError("a section that no side has")
    statements = part.map(lambda each: each.statements if each else ())
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
    return _merge_both(ThreeWay(base, part.ours, part.theirs), choices)


def _merge_both(three: ThreeWay[Statement], choices: MergeChoices) -> Statement:
    """A statement that both sides have, part by part from the side that changed it."""
    gaps = three.map(lambda each: each.blank_lines)
    comments = three.map(lambda each: each.comment)
    tails = three.map(lambda each: each.tail)
    return replace(
        three.ours,
        blank_lines=gaps.resolve(gaps.ours),
        comment=comments.resolve(_union_of_lines(comments)),
        body=_merge_body(three.map(lambda each: each.body), choices),
        tail=tails.resolve(_union_of_tails(tails.ours, tails.theirs)),
    )


def _merge_body(three: ThreeWay[str], choices: MergeChoices) -> str:
    """The side that changed it; of two multi-line arrays, the elements of both; else ours."""
    changed = three.resolve("")
    if changed:
        return changed
    arrays = three.map(lambda each: parse_multiline_array(each) if each else None)
    if arrays.ours is None or arrays.theirs is None:
        return three.ours
    names, parts = _merge_parts(arrays.map(lambda each: each.elements if each else ()), choices)
    elements = tuple(_merge_statement(parts[name], {}) for name in names)
    return replace(arrays.ours, elements=elements).text


def _union_of_lines(three: ThreeWay[str]) -> str:
    known = {*three.ours.split("\n"), *three.base.split("\n")}
    new = (line for line in three.theirs.split("\n") if line not in known)
    return three.ours + "".join(f"{line}\n" for line in new)


def _union_of_tails(ours: str, theirs: str) -> str:
    comment = theirs.strip()
    if _contains_comment(ours.strip(), comment):
        return ours
    return f"{ours.rstrip()}  {comment}\n"


def _contains_comment(comment: str, part: str) -> bool:
    """Whether `part` is a comment, or one of several on a line, which TOML takes for one."""
    return not part or f"  {part}  " in f"  {comment}  "


def _adjust_spacing(
    sections: list[TableSection], split: ThreeWay[SectionedText]
) -> Iterator[TableSection]:
    """The sections, the first at the top, with a blank line above one that no longer is first."""
    firsts = split.map(_first_section)
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


def _first_section(source: SectionedText) -> TableSection | None:
    return next((each for each in source.sections if each.statements), None)


def _comments_with_paths(text: str, data: Values) -> Iterator[tuple[KeyPath, str]]:
    """Every comment of a text with the path of the statement that it belongs to."""
    found = list(iterate_comments(text))
    at = 0
    for section in split_statements(text, data).sections:
        for statement in section.statements:
            at += len(statement.text)
            while found and found[0][1] < at:
                yield statement.path, found.pop(0)[0]


def _insert_comment(source: SectionedText, path: KeyPath, comment: str) -> SectionedText:
    """Put a comment above the statement at `path`, or else above the first of its table."""
    if not any(section.statements for section in source.sections):
        only = TableSection((), "", (Statement((), "", "", f"{comment}\n"),))
        return replace(source, sections=(only,))
    number, place = _nearest_statement(source, path)
    section = source.sections[number]
    statement = section.statements[place]
    indent = statement.body[: len(statement.body) - len(statement.body.lstrip())]
    above = statement.comment
    if above and not above.endswith("\n"):
        above = f"{above}\n"
    changed = replace(statement, comment=f"{above}{indent}{comment}\n")
    statements = (*section.statements[:place], changed, *section.statements[place + 1 :])
    sections = [*source.sections]
    sections[number] = replace(section, statements=statements)
    return replace(source, sections=tuple(sections))


def _nearest_statement(source: SectionedText, path: KeyPath) -> tuple[int, int]:
    """The section, and in it the statement, whose path has most in common with `path`."""
    best, where = -1, (0, 0)
    for number, section in enumerate(source.sections):
        for place, statement in enumerate(section.statements):
            common = _common_prefix_length(statement.path, path)
            if common > best or (common == best and statement.path == path):
                best, where = common, (number, place)
    return where


def _common_prefix_length(one: KeyPath, other: KeyPath) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length
