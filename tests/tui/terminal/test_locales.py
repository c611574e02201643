"""The app starts in every locale, on files whose names and texts are not ASCII."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.tui.plans import SMALL
from tests.tui.terminal_session import CLI, Terminal

_WHOLE, _ASCII = "Regeln für 日本", "Regeln fur ????"
UNSET = {"LC_ALL": "", "LC_CTYPE": "", "LANG": ""}
PLAIN = {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
"""With these, Python does not replace the locale C by UTF-8."""
LOCALES = {
    "C": ({"LC_ALL": "C"}, _ASCII),
    "C, not coerced": ({"LC_ALL": "C", **PLAIN}, _ASCII),
    "C.UTF-8": ({"LC_ALL": "C.UTF-8"}, _WHOLE),
    "de_DE.UTF-8": ({"LANG": "de_DE.UTF-8"}, _WHOLE),
    "de_DE.ISO-8859-1, not installed": ({"LANG": "de_DE.ISO-8859-1"}, _ASCII),
}


def starts(folder: Path, changed: Mapping[str, str], shown: str) -> None:
    """Open a file, see its title, save a change, and quit."""
    path = folder / "Pläne für 日本" / "größer.toml"
    path.parent.mkdir()
    path.write_text(SMALL.replace("Macro rules", _WHOLE), encoding="utf-8")
    with Terminal(CLI, str(path), changed={**UNSET, **changed}) as terminal:
        terminal.see(shown)
        terminal.see("as of 23 Nov 2026")
        terminal.press(b">\x13q")
        assert terminal.end() == 0
        assert terminal.left_on() == []
    text = path.read_text(encoding="utf-8")
    assert _WHOLE in text
    assert 'pin = "next"' in text


@pytest.mark.parametrize("name", LOCALES)
def test_a_name_and_a_title_beyond_ascii(tmp_path: Path, name: str) -> None:
    starts(tmp_path, *LOCALES[name])


def test_a_locale_of_eight_bits(tmp_path: Path) -> None:
    made = tmp_path / "de_DE.ISO-8859-1"
    try:
        subprocess.run(
            ("localedef", "-i", "de_DE", "-f", "ISO-8859-1", made), capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no locale can be made here")
    starts(tmp_path, {"LANG": made.name, "LOCPATH": str(tmp_path)}, _ASCII)
