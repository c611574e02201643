"""Typed texts split into numbers and what stands around them: signs, units, separators."""

import re
from dataclasses import dataclass

_CODES = "USD|EUR|GBP|CHF|JPY|INR|KRW|SEK|NOK|DKK|PLN|CZK|CAD|AUD|NZD|SGD|BRL|MXN|ZAR|CNY"
_TOKEN = re.compile(
    rf"""
    (?P<number>
        (?:\d+(?:[.,'’_]\d+|[\u00a0\u202f\u2007\u2009]\d{{3}}(?!\d))*(?:\.(?![.\d]))?|\.\d+)
        (?:e[+-]?\d{{1,3}}(?!\d))?
    )
    |(?P<currency>[$€£¥₹₩₽₺₪₫฿]|(?<![a-z])(?:{_CODES})(?![a-z]))
    |(?P<percent>%|(?<![a-z])per[ ]?cent(?![a-z]))
    |(?P<about>[~≈]|(?<![a-z])about(?![a-z]))
    |(?P<separator>(?<![a-z])to(?![a-z])|\.\.+|…|[–—;,]|[-\u2212])
    |(?P<word>[a-z]+(?:[- ](?=(?:hour|day|week|month)s?(?![a-z]))[a-z]+)?)
    |(?P<space>[\s\u00a0\u202f\u2007\u2009]+)
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)


@dataclass(slots=True)
class NumberTerm:
    """One number with what stands around it.

    Attributes:
        run: its digits and the separators between them.
        at: where it begins in the text.
        part: which part of the text it is in, counted by separators other than spaces.
        suffixes: the words after it, in small letters; ``%`` for per cent.
    """

    run: str
    at: int
    part: int
    is_negative: bool
    has_currency: bool
    suffixes: list[str]


def _without_brackets(text: str) -> tuple[str, int]:
    """The text without the brackets around it, and the index at which it begins."""
    start = len(text) - len(text.lstrip())
    bare = text.strip()
    if bare.startswith("[") and bare.endswith("]"):
        return bare[1:-1], start + 1
    return bare, start


def scan_terms(text: str) -> list[NumberTerm] | int:
    """The numbers of a text in their order; else the index of what doesn't belong to one."""
    bare, start = _without_brackets(text)
    scanner = _Scanner(bare, start)
    wrong = scanner.scan()
    if wrong is not None:
        return wrong
    return scanner.terms or start


class _Scanner:
    """Splits a text into numbers and what stands around them.

    Args:
        text: the text, without brackets around it.
        start: its index in what was typed.
    """

    def __init__(self, text: str, start: int) -> None:
        self.terms: list[NumberTerm] = []
        self._text = text
        self._start = start
        self._part = 0
        self._has_currency = False
        self._is_negative = False
        self._is_open = False
        """Whether a part was begun that holds no number yet."""

    def scan(self) -> int | None:
        """Fill in the terms; the index of what doesn't belong to a number, None if all does."""
        at = 0
        while at < len(self._text):
            token = _TOKEN.match(self._text, at)
            if token is None or not self._take(token):
                return self._start + at
            at = token.end()
        return self._start + at if self._is_open or self._has_currency else None

    def _take(self, token: re.Match[str]) -> bool:
        """Use a token; False if it can't stand where it does."""
        match token.lastgroup:
            case "number":
                self._add_term(token)
                return True
            case "currency":
                return self._take_currency(token)
            case "separator":
                return self._take_separator(token)
            case "word" | "percent":
                return self._take_suffix(token)
            case "about":
                return not self.terms or self._is_open
        return True

    def _add_term(self, token: re.Match[str]) -> None:
        at = self._start + token.start()
        term = NumberTerm(token[0], at, self._part, self._is_negative, self._has_currency, [])
        self.terms.append(term)
        self._has_currency = self._is_negative = self._is_open = False

    def _take_currency(self, token: re.Match[str]) -> bool:
        """Take a sign: of the number before it, unless a number follows at once."""
        rest = self._text[token.end() :]
        is_behind = bool(self.terms) and not self._is_open and not rest[:1].isdigit()
        if is_behind and not self.terms[-1].has_currency:
            self.terms[-1].has_currency = True
            return True
        is_first = not self._has_currency and (not self.terms or self._is_open or not is_behind)
        self._has_currency = True
        return is_first

    def _take_separator(self, token: re.Match[str]) -> bool:
        is_minus = token[0] in {"-", "\u2212"}
        if is_minus and (not self.terms or self._is_open):
            is_sign = not self._is_negative and not self._text[token.end() :][:1].isspace()
            self._is_negative = True
            return is_sign
        if not self.terms or self._is_open or self._has_currency:
            return False
        self._part += 1
        self._is_open = True
        return True

    def _take_suffix(self, token: re.Match[str]) -> bool:
        if not self.terms or self._is_open or self._has_currency:
            return False
        word = "%" if token.lastgroup == "percent" else token[0].casefold()
        self.terms[-1].suffixes.append(word)
        return True
