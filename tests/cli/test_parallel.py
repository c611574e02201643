"""Several programs change one file at the same time."""

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import tomli

from roadmap_tui.cli import file_edits
from roadmap_tui.cli.reply import REFUSED, SUCCESS, Reply
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.storage.save import SavedFile, save_document
from tests.cli.conftest import Run

_MANY = """
import sys, threading
from roadmap_tui.cli.main import reply_to
number = sys.argv[2]
sys.stdin.readline()
for words in (("set", f"i{number}.effort", number), ("add", "spike", f"s{number}")):
    reply = reply_to([words[0], sys.argv[1], *words[1:]])
    assert reply.code == 0, reply
"""


@pytest.mark.parametrize("programs", [6, pytest.param(20, marks=pytest.mark.soak)])
def test_programs_that_each_set_a_field_and_add_an_item_lose_nothing(
    tmp_path: Path, programs: int
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        "".join(f"[product.i{number}]\neffort = 99\n\n" for number in range(1, programs + 1))
    )
    began = [
        subprocess.Popen(
            [sys.executable, "-c", _MANY, str(path), str(number)],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(1, programs + 1)
    ]
    for each in began:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    errors = [each.communicate(timeout=300)[1] for each in began]
    assert [each.returncode for each in began] == [0] * programs, errors
    read = tomli.loads(path.read_text())
    assert [read["product"][f"i{number}"]["effort"] for number in range(1, programs + 1)] == list(
        range(1, programs + 1)
    )
    assert set(read["spike"]) == {f"s{number}" for number in range(1, programs + 1)}


def edited_meanwhile(times: int) -> Callable[..., SavedFile | EditRejected]:
    """A save that others come before, so many times."""
    left = [times]

    def late(
        document: Document, path: str, expected: str | None, *, is_locked: bool = False
    ) -> SavedFile | EditRejected:
        if left[0]:
            left[0] -= 1
            with Path(path).open("ab") as file:
                file.write(f"# theirs {left[0]}\n".encode())
        return save_document(document, path, expected, is_locked=is_locked)

    return late


@pytest.mark.parametrize(
    "words",
    [
        ("set", "plan.toml", "sure.reach", "7"),
        ("unset", "plan.toml", "sure.reach"),
        ("add", "plan.toml", "spike", "new"),
        ("rename", "plan.toml", "sure", "certain"),
        ("remove", "plan.toml", "sure"),
    ],
)
def test_a_change_starts_over_where_others_were_faster(
    plan: Path, run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(file_edits, "save_document", edited_meanwhile(3))
    before = plan.read_text()
    assert run(*words).code == SUCCESS
    assert "# theirs 2\n# theirs 1\n# theirs 0" in plan.read_text()
    assert plan.read_text() != before + "# theirs 2\n# theirs 1\n# theirs 0\n"


def test_starting_over_ends(plan: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_edits, "save_document", edited_meanwhile(1000))
    monkeypatch.setattr(file_edits, "_MAX_PAUSE", 0)
    reply: Reply = run("set", "plan.toml", "sure.reach", "7")
    assert (reply.code, "changed by another program" in reply.err) == (REFUSED, True)
    assert plan.read_text().count("# theirs") == 11


def test_a_decision_on_a_hash_is_never_retried(
    plan: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_edits, "save_document", edited_meanwhile(1))
    known = sha256(plan.read_bytes()).hexdigest()
    assert run("set", "plan.toml", "sure.reach", "7", "--if-sha256", known).code == REFUSED
    assert "reach = 7" not in plan.read_text()


def test_an_edit_that_would_be_too_large_is_refused_with_its_size(plan: Path, run: Run) -> None:
    before = plan.read_bytes()
    for words in (
        ("set", "plan.toml", "sure.title", "x" * 5_000_000),
        ("add", "plan.toml", "spike", "new", "--title", "x" * 5_000_000),
        ("rename", "plan.toml", "sure", "x" * 5_000_000),
    ):
        reply = run(*words)
        assert (reply.code, " bytes; a roadmap has at most 5,000,000 (5 MB)" in reply.err) == (
            REFUSED,
            True,
        ), reply.err[-200:]
    assert plan.read_bytes() == before
