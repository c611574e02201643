"""Makes `faults.md` from the files in `tests/faults`."""

from collections.abc import Iterator
from pathlib import Path

from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.text.terminal_text import escape_control

HERE = Path(__file__).parent
FILES = HERE.parent / "tests" / "faults"
MAX_LINE = 100

INTRODUCTION = """\
<!-- Made by make_faults.py from the files in tests/faults; change those. -->

# What can be wrong with a file

`roadmap check FILE` reports all faults of a file at once, each as

```
FILE:LINE:COLUMN: where in the plan: what is wrong; what would be right
```

with the line and a mark under the place; so does every command that reads the file. A fault that does
not prevent a forecast is among the findings of `roadmap check`, beside those of
[checks.md](checks.md). If the text itself cannot be read, only its first fault is reported, for later
ones may follow from it. Below is a file for each fault. They are in `tests/faults`, where each begins
with its sentence and the faults that it expects; that is why its lines are not counted from what is
shown here.
"""

SECTIONS = {
    "The text": ("encoding", "conflict", "empty", "schema", "syntax", "too-deep"),
    "Keys and ids": ("unknown-key", "missing", "id"),
    "Values": ("type", "range", "word"),
    "Estimates": ("estimate",),
    "Needs, teams and spikes": ("need", "GV01", "spike"),
    "Dates": ("date", "deadline"),
    "Bars, segments and stages": ("bar", "measurement", "count", "stages"),
    "Fitness and money": ("fitness", "money"),
}
"""The codes of each section, whose files follow in the order of their names."""


def page() -> str:
    """The whole of `faults.md`."""
    documents = [
        read_document(path.read_bytes(), path.name) for path in sorted(FILES.glob("*.toml"))
    ]
    parts = [INTRODUCTION]
    for title, codes in SECTIONS.items():
        parts.append(f"## {title}\n")
        parts += [
            "\n".join(_entry(each)) for each in documents if each.faults[0].fault.code in codes
        ]
    return "\n".join(parts)


def _entry(document: Document) -> Iterator[str]:
    head, _, body = document.text.partition("\n\n")
    words = document.name.removesuffix(".toml").replace("-", " ")
    yield f"### {words[0].upper()}{words[1:]}\n"
    yield " ".join(
        line.removeprefix("# ") for line in head.splitlines() if not line.startswith("# expect:")
    )
    yield "\n```toml"
    yield from (_shown(line) for line in body.removesuffix("\n").split("\n"))
    yield "```\n\n```"
    yield from (located.render() for located in document.faults)
    yield "```\n"
    if any(not located.fault.fatal for located in document.faults):
        yield "A forecast is made all the same.\n"
    remedies = dict.fromkeys(
        located.fault.remedy for located in document.faults if located.fault.remedy
    )
    if len(remedies) == 1:
        yield f"What would be right: {next(iter(remedies))}.\n".replace("?.", "?")


def _shown(line: str) -> str:
    return escape_control(line if len(line) <= MAX_LINE else f"{line[: MAX_LINE - 1]}…")


if __name__ == "__main__":
    (HERE / "faults.md").write_text(page(), encoding="utf-8", newline="\n")
