"""The user's settings: theme, character set, motion and keys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from roadmap_tui.plan.faults import KeyPath, did_you_mean
from roadmap_tui.storage import regular_file
from roadmap_tui.text.charset import is_utf8, locale_charset
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.keymap import Keymap, assign_keys
from roadmap_tui.tui.themes import THEME_NAMES

_MOST = 100_000
_KNOWN = ("theme", "ascii", "motion", "keys")


@dataclass(frozen=True, slots=True)
class UserSettings:
    """The user's settings.

    Attributes:
        theme: a theme's name; "" for the default.
        ascii: whether to show only ASCII; None to decide by the locale.
        motion: whether anything moves by itself.
        keys: the keys in force.
        problems: what is wrong with the file, with places and remedies.
    """

    theme: str = ""
    ascii: bool | None = None
    motion: bool = True
    keys: Keymap = field(default_factory=Keymap)
    problems: tuple[str, ...] = ()

    def is_ascii(self, environment: Mapping[str, str], encoding: str = "utf-8") -> bool:
        """Whether to show only ASCII: by the environment, the settings, or the locale.

        Args:
            environment: the environment variables.
            encoding: encoding of Python's output.
        """
        variable = environment.get("ROADMAP_ASCII", "")
        if variable:
            return variable != "0"
        if self.ascii is not None:
            return self.ascii
        return not (is_utf8(encoding) and is_utf8(locale_charset(environment) or encoding))


def settings_path() -> Path:
    """Path of the settings."""
    from platformdirs import user_config_path  # not before it is needed

    return user_config_path("roadmap-tui", appauthor=False) / "settings.toml"


def read_settings(path: Path) -> UserSettings:
    """The settings of a file; the defaults if there is none. Never raises."""
    try:
        raw = regular_file.read_regular_file(str(path), _MOST)
    except FileNotFoundError:
        return UserSettings()
    except OSError as error:
        return UserSettings(
            problems=(f"{path}: it cannot be read ({error.strerror}); the app goes on without it",)
        )
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return UserSettings(problems=(f"{path}: it is not UTF-8 text; save it as UTF-8",))
    return _SettingsReader(str(path), text).settings()


def store_theme(path: Path, name: str) -> str:
    """Store a theme, and keep the rest of the file byte by byte; an error message, or ""."""
    from roadmap_tui.document.edits import EditRejected, SetValue, apply_edits  # few choose a theme
    from roadmap_tui.document.reader import read_document
    from roadmap_tui.storage.load import Unreadable, load_document
    from roadmap_tui.storage.save import SavedFile, save_document

    is_new = not path.exists()
    before = read_document(b"", str(path)) if is_new else load_document(str(path))
    if isinstance(before, Unreadable):
        return before.text
    after = apply_edits(before, SetValue(("theme",), name))
    if isinstance(after, EditRejected):
        return f"{path}: {after.text}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return f"{path.parent} can't be made: {error.strerror}"
    saved = save_document(after, str(path), None if is_new else before.sha256)
    return "" if isinstance(saved, SavedFile) else saved.text


class _SettingsReader:
    """Reads a settings file, and collects its problems."""

    def __init__(self, path: str, text: str) -> None:
        from roadmap_tui.document.toml_parser import parse_toml  # most people have no settings

        self._path = path
        self._text = text
        self._problems: list[str] = []
        self._data, broken = parse_toml(text)
        for fault, offset in broken:
            self._problems.append(f"{self._location(offset or 0)}: {fault.text}")

    def _location(self, offset: int) -> str:
        from roadmap_tui.document.positions import line_and_column

        line, column = line_and_column(self._text, offset)
        return f"{self._path}:{line}:{column}"

    def _add_problem(self, path: KeyPath, text: str) -> None:
        from roadmap_tui.document.positions import scan_positions

        place = self._location(scan_positions(self._text).locate(path, "key").start)
        self._problems.append(escape_control(f"{place}: {'.'.join(map(str, path))}: {text}"))

    def settings(self) -> UserSettings:
        """The settings, as far as they are valid."""
        data = self._data or {}
        for name in data:
            if name not in _KNOWN:
                self._add_problem((name,), f"unknown setting; {did_you_mean(name, _KNOWN)}")
        theme = data.get("theme", "")
        if theme and theme not in THEME_NAMES:
            self._add_problem(
                ("theme",),
                f"unknown theme; {did_you_mean(str(theme), THEME_NAMES) or 'see docs/keys.md'}",
            )
        given = {name: data[name] for name in ("ascii", "motion") if name in data}
        for name, value in given.items():
            if not isinstance(value, bool):
                self._add_problem((name,), "neither true nor false; write one of them")
        keymap, wrong = assign_keys(dict(self._keys(data.get("keys", {}))))
        for path, text in wrong:
            self._add_problem(path, text)
        return UserSettings(
            str(theme) if theme in THEME_NAMES else "",
            given.get("ascii") is True if isinstance(given.get("ascii"), bool) else None,
            given.get("motion") is not False,
            keymap,
            tuple(self._problems),
        )

    def _keys(self, table: object) -> Iterator[tuple[str, list[str]]]:
        if not isinstance(table, Mapping):
            self._add_problem(("keys",), 'not a table; write [keys] and below it, say, save = "f2"')
            return
        for name, value in table.items():
            given = [value] if isinstance(value, str) else value
            if isinstance(given, list) and all(isinstance(each, str) for each in given):
                yield str(name), given
            else:
                self._add_problem(
                    ("keys", str(name)), 'not a key; write "f2", or ["f2", "ctrl+s"] for several'
                )


def load_user_settings() -> UserSettings:
    """The current user's settings."""
    return read_settings(settings_path())
