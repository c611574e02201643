"""Makes `keys.md` from the table of actions."""

from collections.abc import Iterator
from pathlib import Path

from roadmap_tui.tui.actions import ACTIONS, SCOPES, Action, key_label
from roadmap_tui.tui.glossary import GLOSSARY
from roadmap_tui.tui.themes import HIGH_CONTRAST

HERE = Path(__file__).parent

INTRODUCTION = """\
<!-- Made by make_keys.py from the table of actions; change that. -->

# Keys and settings

In the app `?` shows how the screen is read, its keys and the words, and `Ctrl+P` finds any command or item. A right
click on an item shows what can be done with it. In text fields the letters are letters, and `F1` is help.
"""

MOVES = """\
## Moving

| key | |
|---|---|
| `←` `→` `↑` `↓` or `h` `l` `k` `j` | choose an item |
| `PgUp` `PgDn` `Home` `End` | ten items further, the first one, the last one |
| `Esc` | leave a dialog or a filter |
"""

SETTINGS = f"""\
## Settings

Settings are yours, not the roadmap's: they stand in `settings.toml` in the folder `roadmap-tui` where your system keeps
the configuration of programs (`~/.config` on Linux, `~/Library/Application Support` on macOS). All of it is optional:

```toml
theme = "{HIGH_CONTRAST.name}"   # or textual-dark, textual-light, nord, gruvbox, …: Ctrl+P, then theme, shows all
ascii = true              # no character beyond ASCII
motion = false            # nothing moves by itself, the cursor does not blink

[keys]                    # names as in the tables above
edit = "f4"
save = ["f2", "ctrl+s"]   # several keys
remove = []               # none; Ctrl+P still does it
```

A theme that is chosen in the app is written there, and nothing else in the file changes. A setting that can't be used
is shown at the start, with its place and what to do; the rest of them holds. A key has one meaning: one that another
action has already is not given away.

| variable | |
|---|---|
| `NO_COLOR=1` | no colours at all; what is chosen is reversed or marked with a bar |
| `ROADMAP_ASCII=1` | ASCII characters only, whatever the settings say; `0` all characters |
| `TEXTUAL_THEME=textual-light` | a theme, whatever the settings say |
| `TEXTUAL_ANIMATIONS=none` | nothing moves by itself |

Without `ascii` in the settings, a locale that is not UTF-8 (`LANG=en_US.ISO-8859-1`, `LC_ALL=C`) shows ASCII characters
only. Commands go by the locale in a terminal; to a file or a pipe they write UTF-8.
"""


def page() -> str:
    """The whole of `keys.md`."""
    tables = [
        "\n".join(_table(title, [each for each in ACTIONS if each.scope == scope]))
        for scope, title in SCOPES.items()
    ]
    words = "\n".join(
        ["## Words\n", *(f"- **{word}**: {meaning}" for word, meaning in GLOSSARY), ""]
    )
    return "\n".join([INTRODUCTION, *tables, MOVES, SETTINGS, words])


def _table(title: str, actions: list[Action]) -> Iterator[str]:
    yield from (f"## {title}\n", "| key | | name in the settings |", "|---|---|---|")
    for action in actions:
        keys = " ".join(f"`{key_label(key)}`" for key in action.keys.split(","))
        yield f"| {keys} | {action.help} | `{action.name}` |"
    yield ""


if __name__ == "__main__":
    (HERE / "keys.md").write_text(page(), encoding="utf-8")
