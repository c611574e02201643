"""`--if-sha256`: changes apply only to the expected version of the file."""

import hashlib
from pathlib import Path

import pytest

from roadmap_tui.cli.group import all_commands
from tests.cli.conftest import Run, has_option

CHANGES = {
    "set": ["sure.effort", "3"],
    "unset": ["sure.effort"],
    "add": ["product", "third"],
    "remove": ["sure"],
    "rename": ["sure", "certain"],
    "measure": ["coin.recall", "--hits", "8", "--of", "9"],
    "answer": ["toss", "yes"],
}
MORE = '\n[model.coin.bars.recall]\nlaunch = 0.5\n\n[spike.toss]\ninforms = "coin"\n'


def test_every_command_that_changes_an_item_can_be_guarded() -> None:
    guarded = {each.name for each in all_commands() if has_option(each, "--if-sha256")}
    assert guarded == {*CHANGES, "import"}


@pytest.mark.parametrize("name", CHANGES)
def test_it_is_written_only_if_it_is_the_same(run: Run, plan: Path, name: str) -> None:
    plan.write_text(plan.read_text() + MORE)
    before = plan.read_bytes()
    digest = hashlib.sha256(before).hexdigest()
    plan.write_bytes(before + b"# someone else\n")
    refused = run(name, "plan.toml", *CHANGES[name], "--if-sha256", digest)
    assert (refused.code, refused.out) == (4, "")
    assert "not the one with that sha256 any more; read it again" in refused.err
    assert plan.read_bytes() == before + b"# someone else\n"
    plan.write_bytes(before)
    assert run(name, "plan.toml", *CHANGES[name], "--if-sha256", digest.upper()).code == 0
    assert plan.read_bytes() != before


def test_so_is_an_import(run: Run, plan: Path) -> None:
    Path("a.csv").write_text("Title,Effort\nNew,3\n")
    before = plan.read_bytes()
    assert run("import", "a.csv", "plan.toml", "--yes", "--if-sha256", "0" * 64).code == 4
    assert plan.read_bytes() == before
    assert (
        run(
            "import",
            "a.csv",
            "plan.toml",
            "--yes",
            "--if-sha256",
            hashlib.sha256(before).hexdigest(),
        ).code
        == 0
    )
