"""The character set of the terminal, as the locale names it."""

import os
from collections.abc import Mapping
from pathlib import Path

_COERCED_LOCALES = ("C.UTF-8", "C.utf8", "UTF-8")
_INITIAL_ENVIRONMENT = Path("/proc/self/environ")


def locale_charset(environment: Mapping[str, str]) -> str:
    """The character set that the locale names: ``UTF-8``, ``ISO-8859-15``; else empty."""
    locale = next(
        (environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), ""
    )
    if locale in {"C", "POSIX"}:
        return "ASCII"
    return locale.partition(".")[2].partition("@")[0]


def is_utf8(charset: str) -> bool:
    """Whether a character set is UTF-8, however that is spelt."""
    return charset.lower().replace("-", "").replace("_", "") == "utf8"


def initial_environment() -> Mapping[str, str]:
    """The environment with the character set that the program was started with.

    Where Python finds the locale C, or one that isn't installed, it takes UTF-8 and puts that in
    `LC_CTYPE` (PEP 538).
    """
    if os.environ.get("LC_CTYPE") not in _COERCED_LOCALES:
        return os.environ
    try:
        entries = _INITIAL_ENVIRONMENT.read_bytes().split(b"\0")
    except OSError:
        return os.environ  # not Linux
    started = next((os.fsdecode(each) for each in entries if each.startswith(b"LC_CTYPE=")), "")
    return {**os.environ, "LC_CTYPE": started.partition("=")[2]}
