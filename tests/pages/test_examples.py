"""Commands in the documentation work, and its example files are valid."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli
from docs.make_commands import page, with_table

from roadmap_tui.cli.commands import command_names
from roadmap_tui.cli.main import reply_to
from roadmap_tui.document.reader import read_document

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_ELSEWHERE = ("serve", "mcp", "completions", "git")
_LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")


def blocks(page: Path, kind: str) -> list[str]:
    return [
        text for found, text in _BLOCK.findall(page.read_text(encoding="utf-8")) if found == kind
    ]


def typed(page: Path) -> Iterator[list[str]]:
    """The commands in a page's blocks and tables that need no server and no other machine."""
    text = page.read_text(encoding="utf-8")
    in_blocks = "\n".join(blocks(page, "sh")).splitlines()
    lines = [line for line in in_blocks if line.startswith("roadmap ")]
    lines += re.findall(r"^\| `(roadmap [^`]*)`", text, re.MULTILINE)
    for line in lines:
        words = shlex.split(line.replace("$F", "roadmaps/helpdesk.toml"), comments=True)[1:]
        if (
            words[0] in command_names()
            and words[0] not in _ELSEWHERE
            and "--executor" not in words
            and ">" not in words
        ):
            yield words


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the shipped roadmaps and a spreadsheet."""
    shutil.copytree(ROOT / "roadmaps", tmp_path / "roadmaps")
    (tmp_path / "ideas.csv").write_text("Name,Reach,Impact,Confidence,Effort\nSearch,400,2,80%,3\n")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "Begin"]):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


WITH_COMMANDS = [page for page in PAGES if any(typed(page))]


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
@pytest.mark.usefixtures("place")
def test_commands_of_a_page_work_one_after_the_other(page: Path) -> None:
    for words in typed(page):
        reply = reply_to(words)
        assert reply.code in {0, 1} if words[0] == "check" else reply.code == 0, (words, reply.err)


def test_there_are_commands_in_the_pages() -> None:
    assert {"README.md", "guide.md", "from-rice.md", "import.md", "portfolio.md"} <= {
        page.name for page in WITH_COMMANDS
    }


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.name != "faults.md" and blocks(page, "toml")],
    ids=lambda page: page.name,
)
def test_files_that_are_shown_are_toml(page: Path) -> None:
    for text in blocks(page, "toml"):
        tomli.loads(text)


def test_the_plan_of_ten_lines_has_no_fault() -> None:
    [plan] = [text for text in blocks(ROOT / "README.md", "toml") if "[roadmap]" in text]
    document = read_document(plan.encode(), "plan.toml")
    assert document.faults == ()
    assert document.plan is not None
    assert len(document.plan.items) == 3


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(
        re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    ):
        if (not target.startswith(("http", "<")) and "/" in target) or target.endswith(
            (".md", ".svg", ".toml")
        ):
            assert (page.parent / target).exists(), target


def test_the_page_of_commands_is_up_to_date() -> None:
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == page(), "make docs"


def test_the_table_of_commands_is_up_to_date() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme == with_table(readme), "make docs"
    assert readme.count("docs/commands.md#") == len(command_names())
