"""The page on checks is made from the checks, and describes each."""

import re
import tomllib
from pathlib import Path
from runpy import run_path

from roadmap_tui.checks.registry import RULES
from roadmap_tui.cli.commands import command_names

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_what_the_checks_make() -> None:
    made: str = run_path(str(DOCS / "make_checks.py"))["page"]()
    assert (DOCS / "checks.md").read_text(encoding="utf-8") == made, "make docs"


def test_each_check_has_an_example_and_its_fix() -> None:
    entries = (DOCS / "checks.md").read_text(encoding="utf-8").split("\n### ")[1:]
    assert [entry[:4] for entry in entries] == [rule.id for rule in RULES]
    for entry in entries:
        fired, _, fixed = entry.partition("Fixed:")
        assert f" {entry[:4]} " in fired or f" {entry[:4]}:" in fired.split("\n", 1)[1]
        assert "\n+" in fixed or "\n-" in fixed


def test_every_rule_has_condition_reason_and_fix() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        mistake = rule.info
        assert rule.condition[0].isupper()
        assert not rule.condition.endswith(".")
        assert mistake.reason.endswith(".")
        assert mistake.reason.count(". ") <= 1
        assert mistake.fix
        assert not mistake.fix.endswith(".")


def test_the_hook_calls_a_command_that_is_there() -> None:
    lines = (DOCS.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8").splitlines()
    said = dict(line.lstrip("- ").split(": ", 1) for line in lines)
    program, command = said["entry"].split()
    scripts = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))[
        "project"
    ]["scripts"]
    assert (program in scripts, command in command_names(), said["language"]) == (
        True,
        True,
        "python",
    )
    assert re.search(said["files"], "roadmaps/helpdesk.toml")
    assert not re.search(said["files"], "pyproject.toml")
