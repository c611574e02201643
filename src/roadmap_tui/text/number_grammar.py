"""Numbers with the words after them: which parts of a typed text belong to one number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Literal, TypeAlias

from roadmap_tui.text.number_runs import DecimalMark, Reading, run_readings, spell_number, to_number
from roadmap_tui.text.number_terms import NumberTerm, scan_terms
from roadmap_tui.text.terminal_text import escape_control

SuffixKind: TypeAlias = Literal["scale", "unit", "percent", "label"]
"""What a word after a number does; a label, such as ``people``, changes nothing."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MAX_ENDS = 3
_MAX_LENGTH = 80
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class NumberFault:
    """Why a typed text can't be stored as a number.

    Attributes:
        at: index of the character in the text from which on it can't be read.
        problem: what is wrong, in a clause.
        remedy: what to type instead, in a clause.
    """

    at: int
    problem: str
    remedy: str

    @property
    def text(self) -> str:
        """Both in one line."""
        return f"{self.problem}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class NumberEnd:
    """A value of a text, before the words after it are applied.

    Attributes:
        digits: its value as a decimal literal.
        suffixes: the words after it that change it; ``%`` for per cent.
        at: where it begins in the text.
        part: which part of the text it is in, counted by separators other than spaces.
    """

    digits: str
    suffixes: tuple[str, ...]
    at: int
    part: int


@dataclass(frozen=True, slots=True)
class NumberGrammar:
    """How one kind of number is typed.

    Attributes:
        remedy: what to type, for faults.
        suffixes: the words that may follow a number.
        confusions: words that may not, each with a problem and a remedy.
        decimal: the decimal mark of the text, where it is known.
        allows_currency: whether it may be an amount of money.
        allows_range: whether it may be a range.
    """

    remedy: str
    suffixes: Mapping[str, SuffixKind] = field(default_factory=dict)
    confusions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    decimal: DecimalMark = "unknown"
    allows_currency: bool = True
    allows_range: bool = True


def quote_input(text: str) -> str:
    """What was typed, in quotation marks, shortened."""
    shown = escape_control(text.strip())
    return f'"{shown}"' if len(shown) <= _SHOWN else f'"{shown[: _SHOWN - 1]}…"'


# Words around numbers


def read_ends(text: str, grammar: NumberGrammar) -> list[NumberEnd] | NumberFault:
    """The values of a text with the words after them, the same kind of words after each."""
    terms = _terms(text, grammar)
    if isinstance(terms, NumberFault):
        return terms
    ends = _grouped_ends(text, terms, grammar)
    if isinstance(ends, NumberFault):
        return ends
    return _with_common_suffix(text, ends, grammar)


def _terms(text: str, grammar: NumberGrammar) -> list[NumberTerm] | NumberFault:
    """The numbers of a text in their order, and what stands around them."""
    if len(text) > _MAX_LENGTH:
        return NumberFault(
            _MAX_LENGTH, f"{quote_input(text)} is too long for a number", grammar.remedy
        )
    if _DAY.fullmatch(text.strip()):
        return NumberFault(0, f"{quote_input(text)} is a date", grammar.remedy)
    terms = scan_terms(text)
    if isinstance(terms, int):
        return NumberFault(terms, _not_a_number(text), grammar.remedy)
    money = next((term for term in terms if term.has_currency), None)
    if money is not None and not grammar.allows_currency:
        return NumberFault(money.at, f"{quote_input(text)} is an amount of money", grammar.remedy)
    return terms


def _not_a_number(text: str) -> str:
    return f"{quote_input(text)} is not a number" if text.strip() else "nothing is typed"


# Groups of digits


def _grouped_ends(
    text: str, terms: list[NumberTerm], grammar: NumberGrammar
) -> list[NumberEnd] | NumberFault:
    """Join digits that spaces group in thousands, and read each number."""
    parts = [[*group] for _, group in groupby(terms, lambda term: term.part)]
    ends: list[NumberEnd] = []
    for part in parts:
        found = _part_ends(text, part, grammar, is_whole=len(parts) == 1)
        if isinstance(found, NumberFault):
            return found
        ends += found
    is_bracketed = text.strip().startswith("[")
    if is_bracketed and len(ends) == 1 and "," in text:
        problem = f"{quote_input(text)} can be one number or a range"
        return NumberFault(ends[0].at, problem, "type it without brackets, or as low–high")
    if len(ends) > _MAX_ENDS:
        problem = f"{quote_input(text)} has {len(ends)} numbers"
        return NumberFault(ends[_MAX_ENDS].at, problem, grammar.remedy)
    return ends


def _part_ends(
    text: str, part: list[NumberTerm], grammar: NumberGrammar, *, is_whole: bool
) -> list[NumberEnd] | NumberFault:
    """The values between two separators; `is_whole` if the text has no explicit separator."""
    joined = _joined_by_spaces(part)
    has_currency = part[0].has_currency or part[-1].has_currency
    if joined is not None and (has_currency or not is_whole):
        return _term_ends(text, [joined], grammar, allows_list=False)
    if any(_may_group(*pair) for pair in pairwise(part)):
        return _space_fault(text, part)
    if not is_whole and len(part) > 1:
        return NumberFault(part[1].at, _not_a_number(text), grammar.remedy)
    return _term_ends(text, part, grammar, allows_list=is_whole and len(part) == 1)


def _space_fault(text: str, part: list[NumberTerm]) -> NumberFault:
    """The fault that a space may group thousands or separate the ends of a range."""
    remedy = "type each number without spaces, and – between them"
    low, high = part[0].run, part[-1].run
    if len(part) == 2 and high.isdigit() and to_number(low) < to_number(high):
        remedy = f"type {to_number(low + high):,} or {low}–{high}"
    return NumberFault(part[1].at, f"{quote_input(text)} can be one number or a range", remedy)


def _joined_by_spaces(part: list[NumberTerm]) -> NumberTerm | None:
    """The one number that the terms of a part are if spaces group its thousands."""
    spelled = " ".join(term.run for term in part)
    is_grouped = re.fullmatch(r"[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?", spelled, re.ASCII)
    if not is_grouped or any(term.is_negative for term in part[1:]):
        return None
    if any(term.suffixes for term in part[:-1]) or any(term.has_currency for term in part[1:-1]):
        return None
    first, last = part[0], part[-1]
    run = "".join(term.run for term in part)
    has_currency = first.has_currency or last.has_currency
    return NumberTerm(run, first.at, first.part, first.is_negative, has_currency, last.suffixes)


def _may_group(left: NumberTerm, right: NumberTerm) -> bool:
    """Whether a space between two numbers may group the thousands of one."""
    is_begun = re.fullmatch(r"\d{1,3}", left.run, re.ASCII) and not left.suffixes
    return bool(is_begun) and bool(re.match(r"\d{3}(?!\d)", right.run, re.ASCII))


def _term_ends(
    text: str, terms: list[NumberTerm], grammar: NumberGrammar, *, allows_list: bool
) -> list[NumberEnd] | NumberFault:
    ends: list[NumberEnd] = []
    for term in terms:
        readings = run_readings(term.run, grammar.decimal)
        if term.has_currency or not allows_list:
            readings = [each for each in readings if len(each) == 1]
        if len(readings) != 1:
            return _run_fault(text, term, readings, grammar)
        sign = "-" if term.is_negative else ""
        found = [f"{sign}{readings[0][0]}", *readings[0][1:]]
        ends += [NumberEnd(digits, (), term.at, term.part) for digits in found]
        ends[-1] = replace(ends[-1], suffixes=tuple(term.suffixes))
    return ends


def _run_fault(
    text: str, term: NumberTerm, readings: list[Reading], grammar: NumberGrammar
) -> NumberFault:
    if not readings:
        return NumberFault(term.at, _not_a_number(text), grammar.remedy)
    ways = [_spell_reading(reading, allows_range=grammar.allows_range) for reading in readings]
    meanings = " or ".join(meaning for meaning, _ in ways)
    remedy = " or ".join(spelled for _, spelled in ways if spelled)
    return NumberFault(term.at, f"{quote_input(term.run)} can be {meanings}", f"type {remedy}")


def _spell_reading(reading: Reading, *, allows_range: bool) -> tuple[str, str]:
    """What a reading means, and how to type it so that it has no other; empty if it is no use."""
    values = [to_number(digits) for digits in reading]
    if len(values) == 1:
        return f"{values[0]:,}", spell_number(values[0])
    words = [spell_number(value) for value in values]
    if not allows_range or any(low >= high for low, high in pairwise(values)):
        return "two numbers", ""
    return f"the range {' to '.join(words)}", "–".join(words)


# Units, scales and per cent


def _with_common_suffix(
    text: str, ends: list[NumberEnd], grammar: NumberGrammar
) -> list[NumberEnd] | NumberFault:
    """The values with words of the same kinds after each; a unit at the end is that of all."""
    known: list[NumberEnd] = []
    for end in ends:
        wrong = _suffix_fault(text, end, grammar)
        if wrong is not None:
            return wrong
        words = tuple(word for word in end.suffixes if grammar.suffixes[word] != "label")
        known.append(replace(end, suffixes=words))
    *others, last = [_suffix_kinds(end, grammar) for end in known]
    if all(each == last for each in others):
        return known
    if not any(others) and last in ({"unit"}, {"percent"}):
        return [replace(end, suffixes=known[-1].suffixes) for end in known]
    return _uneven_fault(text, known)


def _suffix_kinds(end: NumberEnd, grammar: NumberGrammar) -> set[SuffixKind]:
    return {grammar.suffixes[word] for word in end.suffixes}


def _suffix_fault(text: str, end: NumberEnd, grammar: NumberGrammar) -> NumberFault | None:
    """What is wrong with the words after a number."""
    for word in end.suffixes:
        if word in grammar.confusions:
            problem, remedy = grammar.confusions[word]
            return NumberFault(end.at, f"{quote_input(text)} {problem}", remedy)
    kinds = [grammar.suffixes.get(word) for word in end.suffixes]
    if None in kinds or any(kinds.count(kind) > 1 for kind in kinds if kind != "label"):
        return NumberFault(end.at, _not_a_number(text), grammar.remedy)
    return None


def _uneven_fault(text: str, ends: list[NumberEnd]) -> NumberFault:
    """The fault that a scale or unit follows some of the numbers only."""
    words = next(end.suffixes for end in ends if end.suffixes)
    unit = " ".join(words)
    full = "–".join(f"{end.digits}{unit}" for end in ends)
    low, high = ends[0].digits, f"{ends[-1].digits}{unit}"
    if len(ends) == 2 and not ends[0].suffixes:
        problem = f"{quote_input(text)} can be {low} to {high} or {low}{unit} to {high}"
    else:
        problem = f"{quote_input(text)} can be read in two ways"
    return NumberFault(ends[0].at, problem, f"type each number with its unit, such as {full}")
