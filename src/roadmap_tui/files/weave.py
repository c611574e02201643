"""Two texts made of one, woven into a third: every statement and every comment from the side that changed it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from roadmap_tui.files.statements import Section, Sheet, Statement, comments, join, split
from roadmap_tui.files.tall import tall
from roadmap_tui.files.threeway import Choices, Side, Three, Version, merge_order
from roadmap_tui.files.values import Values
from roadmap_tui.plan.faults import KeyPath


class _Named(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def path(self) -> KeyPath: ...


_Part = TypeVar("_Part", bound=_Named)


def weave(texts: Three[str], data: Three[Values], choices: Choices) -> str:
    """A text with the statements of both sides.

    Args:
        texts: valid TOML, without byte order marks.
        data: what the texts say.
        choices: paths where one side is taken as it is.

    Returns:
        A text; where both sides changed one statement, it is ours, and it need not be valid TOML if a side moved keys
        from one table to another.
    """
    sheets = Three(*(split(*each) for each in zip(texts, data, strict=True)))
    names, parts = _woven(Three(*(each.sections for each in sheets)), choices)
    sections = [_section(parts[name], choices) for name in names]
    ends = Three(*(each.end for each in sheets))
    return join(Sheet(tuple(_spaced(sections, sheets)), ends.pick(ends.ours)))


def missing_comments(texts: Three[str], result: str) -> Counter[str]:
    """The comments that neither side took out and that are not in the result, with how often."""
    counts = Three(*(Counter(each for each, _ in comments(text)) for text in texts))
    wanted: Counter[str] = Counter()
    for each in {*counts.ours, *counts.theirs}:
        base, ours, theirs = (count[each] for count in counts)
        wanted[each] = ours if ours == theirs else max(0, ours + theirs - base)
    there = Counter(each for each, _ in comments(result))
    missing = wanted - there
    return missing - Counter(
        {each: sum(n for other, n in there.items() if _has(other, each)) for each in missing}
    )


def with_comments(
    missing: Counter[str],
    side: Side,
    written: tuple[str, Values],
    result: tuple[str, Values],
    choices: Choices,
) -> str:
    """The result with those missing comments that stand in one side's text put above what they belong to.

    Comments on what the other side was chosen for are no longer missed.
    """
    sheet = split(*result)
    left = Counter(missing)
    for path, comment in _owned(*written):
        if left[comment] > 0 and _chosen(path, choices) in {None, side}:
            left[comment] -= 1
            sheet = _with_remark(sheet, path, comment)
    return join(sheet)


def _woven(
    three: Three[tuple[_Part, ...]], choices: Choices
) -> tuple[list[str], Mapping[str, Three[_Part | None]]]:
    """The names of what is in the result, in order, and what each side has under them."""
    by_name = Three(*({part.name: part for part in parts} for parts in three))
    parts = {
        name: Three(by_name.base.get(name), by_name.ours.get(name), by_name.theirs.get(name))
        for name in {**by_name.base, **by_name.ours, **by_name.theirs}
    }
    names = merge_order(
        list(by_name.base),
        list(by_name.ours),
        list(by_name.theirs),
        lambda each: _stays(parts[each], choices),
    )
    return names, parts


def _stays(part: Three[_Part | None], choices: Choices) -> bool:
    either = part.ours or part.theirs
    side = _chosen(either.path, choices) if either else None
    if side is not None:
        return part.side(side) is not None
    return part.base is None or (part.ours is not None and part.theirs is not None)


def _chosen(path: KeyPath, choices: Choices) -> Version | None:
    """The side to take for what stands at `path`, if it was chosen for it or for what it is a part of."""
    return next((side for place, side in choices.items() if place == path[: len(place)]), None)


def _section(part: Three[Section | None], choices: Choices) -> Section:
    kept = part.ours or part.theirs
    if kept is None:
        raise LookupError("a section that no side has")
    statements = Three(*(each.statements if each else () for each in part))
    names, parts = _woven(statements, choices)
    return replace(kept, statements=tuple(_statement(parts[name], choices) for name in names))


def _statement(part: Three[Statement | None], choices: Choices) -> Statement:
    kept = part.ours or part.theirs
    if kept is None:
        raise LookupError("a statement that no side has")
    if part.base is not None and _chosen(kept.path, choices) == "base":
        return part.base
    if part.ours is None or part.theirs is None:
        return kept
    side = _chosen(part.ours.path, choices)
    if side is not None:
        return part.ours if side == "ours" else part.theirs
    base = part.base or replace(kept, gap="", lead="", body="", tail="")
    both = Three(base, part.ours, part.theirs)
    lead, tail, body = both.ours.lead, both.ours.tail, both.ours.body
    return replace(
        kept,
        gap=Three(base.gap, both.ours.gap, both.theirs.gap).pick(both.ours.gap),
        lead=Three(base.lead, lead, both.theirs.lead).pick(
            _lines_of_both(lead, both.theirs.lead, base.lead)
        ),
        body=_body(Three(base.body, body, both.theirs.body), choices),
        tail=Three(base.tail, tail, both.theirs.tail).pick(_tail_of_both(tail, both.theirs.tail)),
    )


def _body(three: Three[str], choices: Choices) -> str:
    """The side that changed it; of two lists with one element a line, the elements of both; else ours."""
    picked = three.pick("")
    if picked:
        return picked
    lists = Three(*(tall(each) if each else None for each in three))
    if lists.ours is None or lists.theirs is None:
        return three.ours
    names, parts = _woven(Three(*(each.elements if each else () for each in lists)), choices)
    elements = tuple(_statement(parts[name], {}) for name in names)
    return replace(lists.ours, elements=elements).text


def _lines_of_both(ours: str, theirs: str, base: str) -> str:
    known = {*ours.split("\n"), *base.split("\n")}
    return ours + "".join(f"{line}\n" for line in theirs.split("\n") if line not in known)


def _tail_of_both(ours: str, theirs: str) -> str:
    comment = theirs.strip()
    return ours if _has(ours.strip(), comment) else f"{ours.rstrip()}  {comment}\n"


def _has(comment: str, part: str) -> bool:
    """Whether `part` is all of a comment or one of several that were put on one line, which are one to TOML."""
    return not part or f"  {part}  " in f"  {comment}  "


def _spaced(sections: list[Section], sheets: Three[Sheet]) -> Iterator[Section]:
    """The sections with the first as near to the top as the first was, and a blank line above one that is no more."""
    firsts = [next((each for each in sheet.sections if each.statements), None) for sheet in sheets]
    gaps = {each.name: each.statements[0].gap for each in firsts if each}
    top = True
    for section in sections:
        if not section.statements:
            continue
        first, *rest = section.statements
        if top and section.name not in gaps:
            first = replace(first, gap="")
        elif not top and gaps.get(section.name) == first.gap == "":
            first = replace(first, gap="\n")
        top = False
        yield replace(section, statements=(first, *rest))


def _owned(text: str, data: Values) -> Iterator[tuple[KeyPath, str]]:
    """Every comment of a text with the path of the statement it belongs to."""
    found = list(comments(text))
    at = 0
    for section in split(text, data).sections:
        for statement in section.statements:
            at += len(statement.text)
            while found and found[0][1] < at:
                yield statement.path, found.pop(0)[0]


def _with_remark(sheet: Sheet, path: KeyPath, comment: str) -> Sheet:
    """The sheet with the comment above the statement at `path`, or above the first of the table it would stand in."""
    if not any(section.statements for section in sheet.sections):
        return replace(sheet, sections=(Section((), "", (Statement((), "", "", f"{comment}\n"),)),))
    best, where = -1, (0, 0)
    for number, section in enumerate(sheet.sections):
        for place, statement in enumerate(section.statements):
            common = _common(statement.path, path)
            if common > best or (common == best and statement.path == path):
                best, where = common, (number, place)
    number, place = where
    section = sheet.sections[number]
    statement = section.statements[place]
    indent = statement.body[: len(statement.body) - len(statement.body.lstrip())]
    above = (
        f"{statement.lead}\n"
        if statement.lead and not statement.lead.endswith("\n")
        else statement.lead
    )
    changed = replace(statement, lead=f"{above}{indent}{comment}\n")
    statements = (*section.statements[:place], changed, *section.statements[place + 1 :])
    sections = (
        *sheet.sections[:number],
        replace(section, statements=statements),
        *sheet.sections[number + 1 :],
    )
    return replace(sheet, sections=sections)


def _common(one: KeyPath, other: KeyPath) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length
