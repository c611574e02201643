"""Text from a file made safe for a terminal line; widths in cells."""

import unicodedata

_JOINERS = "\u200c\u200d"


def escape_control(text: str) -> str:
    """`text` with control characters, tabs included, made visible."""
    return (
        text if text.isprintable() else "".join(_escape_character(character) for character in text)
    )


def cell_width(text: str) -> int:
    """The width of `text` in terminal cells."""
    return sum(_character_width(character) for character in text)


def _escape_character(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if character not in _JOINERS and unicodedata.category(character) in {
        "Cc",
        "Cf",
        "Cs",
        "Zl",
        "Zp",
    }:
        return f"\\u{code:04x}"
    return character


def _character_width(character: str) -> int:
    if character in _JOINERS or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
