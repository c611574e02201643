"""The settings of a person, in a file of their own: colours, characters, motion and keys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from roadmap_tui.app.keymap import Keymap, assigned
from roadmap_tui.app.themes import NAMES
from roadmap_tui.files import regular
from roadmap_tui.files.charset import is_utf8, locale_charset
from roadmap_tui.files.display import printable
from roadmap_tui.plan.faults import KeyPath, did_you_mean

_MOST = 100_000
_KNOWN = ("theme", "ascii", "motion", "keys")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person wants of the app.

    Attributes:
        theme: the name of one; empty for the default.
        ascii: whether only ASCII characters are shown; None to go by the locale.
        motion: whether anything moves by itself.
        keys: that are in force.
        problems: what is wrong with the file, each with its place and remedy.
    """

    theme: str = ""
    ascii: bool | None = None
    motion: bool = True
    keys: Keymap = field(default_factory=Keymap)
    problems: tuple[str, ...] = ()

    def is_ascii(self, environment: Mapping[str, str], encoding: str = "utf-8") -> bool:
        """Whether only ASCII characters are shown: as the environment says, the file, or else the locale.

        Args:
            environment: its variables.
            encoding: in which Python writes to the terminal.
        """
        told = environment.get("ROADMAP_ASCII", "")
        if told:
            return told != "0"
        if self.ascii is not None:
            return self.ascii
        return not (is_utf8(encoding) and is_utf8(locale_charset(environment) or encoding))


def settings_path() -> Path:
    """Where the settings are."""
    from platformdirs import user_config_path  # not before it is needed

    return user_config_path("roadmap-tui", appauthor=False) / "settings.toml"


def read_settings(path: Path) -> Settings:
    """The settings in a file; those of nobody if there is none. Never raises."""
    try:
        raw = regular.read(str(path), _MOST)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        return Settings(
            problems=(f"{path}: it cannot be read ({error.strerror}); the app goes on without it",)
        )
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return Settings(problems=(f"{path}: it is not UTF-8 text; save it as UTF-8",))
    return _Reader(str(path), text).settings()


def remember_theme(path: Path, name: str) -> str:
    """Write a theme into the settings, everything else there left as it is; why that is not possible, or nothing."""
    from roadmap_tui.files.edits import Refusal, SetValue, apply  # few choose a theme
    from roadmap_tui.files.load import Unreadable, load
    from roadmap_tui.files.reader import read
    from roadmap_tui.files.save import Saved, save

    is_new = not path.exists()
    before = read(b"", str(path)) if is_new else load(str(path))
    if isinstance(before, Unreadable):
        return before.text
    after = apply(before, SetValue(("theme",), name))
    if isinstance(after, Refusal):
        return f"{path}: {after.text}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return f"{path.parent} can't be made: {error.strerror}"
    saved = save(after, str(path), None if is_new else before.sha256)
    return "" if isinstance(saved, Saved) else saved.text


class _Reader:
    """Reads one file of settings, and collects what is wrong with it."""

    def __init__(self, path: str, text: str) -> None:
        from roadmap_tui.files.syntax import parse  # most people have no settings

        self._path = path
        self._text = text
        self._problems: list[str] = []
        self._data, broken = parse(text)
        for fault, offset in broken:
            self._problems.append(f"{self._place(offset or 0)}: {fault.text}")

    def _place(self, offset: int) -> str:
        from roadmap_tui.files.positions import line_and_column

        line, column = line_and_column(self._text, offset)
        return f"{self._path}:{line}:{column}"

    def _wrong(self, path: KeyPath, text: str) -> None:
        from roadmap_tui.files.positions import scan

        place = self._place(scan(self._text).locate(path, "key").start)
        self._problems.append(printable(f"{place}: {'.'.join(map(str, path))}: {text}"))

    def settings(self) -> Settings:
        """What the file says, as far as it can be understood."""
        data = self._data or {}
        for name in data:
            if name not in _KNOWN:
                self._wrong((name,), f"unknown setting; {did_you_mean(name, _KNOWN)}")
        theme = data.get("theme", "")
        if theme and theme not in NAMES:
            self._wrong(
                ("theme",),
                f"unknown theme; {did_you_mean(str(theme), NAMES) or 'see docs/keys.md'}",
            )
        given = {name: data[name] for name in ("ascii", "motion") if name in data}
        for name, value in given.items():
            if not isinstance(value, bool):
                self._wrong((name,), "neither true nor false; write one of them")
        keymap, wrong = assigned(dict(self._keys(data.get("keys", {}))))
        for path, text in wrong:
            self._wrong(path, text)
        return Settings(
            str(theme) if theme in NAMES else "",
            given.get("ascii") is True if isinstance(given.get("ascii"), bool) else None,
            given.get("motion") is not False,
            keymap,
            tuple(self._problems),
        )

    def _keys(self, table: object) -> Iterator[tuple[str, list[str]]]:
        if not isinstance(table, Mapping):
            self._wrong(("keys",), 'not a table; write [keys] and below it, say, save = "f2"')
            return
        for name, value in table.items():
            given = [value] if isinstance(value, str) else value
            if isinstance(given, list) and all(isinstance(each, str) for each in given):
                yield str(name), given
            else:
                self._wrong(
                    ("keys", str(name)), 'not a key; write "f2", or ["f2", "ctrl+s"] for several'
                )


def from_environment() -> Settings:
    """The settings of the person who runs the app."""
    return read_settings(settings_path())
