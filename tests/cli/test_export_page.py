"""The page on exports: its tables are the program's, and its examples run."""

import re
import shlex
from pathlib import Path

import pytest

from roadmap_tui.export.formats import AUDIENCES, FORMATS, PICTURES
from tests.cli.conftest import Run

HOME = Path(__file__).parents[2]
PAGE = (HOME / "docs" / "export.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^roadmap (export [^#\n]*)", PAGE, re.MULTILINE)
[TEMPLATE] = re.findall(r"```jinja\n(.*?)```", PAGE, re.DOTALL)


def test_its_tables_are_those_of_the_program() -> None:
    rows = re.findall(r"^\| `([\w]+)` \| (.*) \|$", PAGE, re.MULTILINE)
    expected = [
        *((each.name, each.help) for each in FORMATS),
        *((each.name, each.help) for each in AUDIENCES),
        *((each.name, each.help) for each in PICTURES),
    ]
    assert rows[: len(expected)] == expected


@pytest.mark.parametrize("example", EXAMPLES)
def test_its_examples_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example: str
) -> None:
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    words = shlex.split(example.replace("roadmaps/", f"{HOME}/roadmaps/"))
    reply = run(*words, "--runs", "200")
    assert (reply.err, reply.code) == ("", 0)
    out = re.search(r"-o (\S+)", example)
    assert (tmp_path / out[1]).read_text() if out else reply.out


def test_its_template_makes_a_list(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "chat.j2"
    own.write_text(TEMPLATE, encoding="utf-8")
    reply = run("export", f"{HOME}/roadmaps/helpdesk.toml", "--template", str(own), "--runs", "200")
    assert (reply.err, reply.code) == ("", 0)
    assert re.search(r"^- Suggest the queue: \d+%$", reply.out, re.MULTILINE)


def test_its_phrase_is_one_that_the_program_makes(run: Run) -> None:
    page = run("export", f"{HOME}/roadmaps/helpdesk.toml", "--for", "executive").out
    phrase = " ".join(re.findall(r"^> (.*)$", PAGE, re.MULTILINE))
    assert phrase in page.replace("\\", "")
