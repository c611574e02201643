"""The shipped roadmaps have exactly the findings that their comments explain."""

import re
from pathlib import Path

import pytest

from roadmap_tui.checks.registry import RULE_IDS
from roadmap_tui.checks.rule import Finding
from tests.checks.case_files import Case, read_case

ROADMAPS = sorted((Path(__file__).parents[2] / "roadmaps").glob("*.toml"))
_COMMENT = re.compile(
    r"^\s*# ([A-Z]{2}\d\d): ((?:.*\n)(?:^\s*# (?![A-Z]{2}\d\d: ).*\n)*)", re.MULTILINE
)


def comments(judged: Case) -> list[tuple[str, str, str | None]]:
    """Comments that start with a check's id: the id, the comment, and the item around it."""
    document = judged.document
    blocks = [
        block
        for block in document.positions.blocks
        if block.path[0] in {"product", "model", "spike"}
    ]
    found = []
    for each in _COMMENT.finditer(document.text):
        block = next((block for block in blocks if block.start <= each.start() < block.end), None)
        found.append((each[1], each[2], None if block is None else str(block.path[1])))
    return found


def names(comment: tuple[str, str, str | None], finding: Finding) -> bool:
    check, text, item = comment
    here = item is not None and item == finding.item
    return check == finding.check and (here or re.search(rf"\b{finding.item}\b", text) is not None)


@pytest.mark.parametrize("path", ROADMAPS, ids=lambda path: path.stem)
def test_nothing_is_found_but_what_a_comment_names(path: Path) -> None:
    judged = read_case(path)
    found, named = judged.findings.found, comments(judged)
    assert not [each for each in found if each.severity == "E"]
    for each in found:
        assert any(names(one, each) for one in named), (each.check, each.item)
    for one in named:
        assert any(names(one, each) for each in found), one[:2]
    assert {check for check, _, _ in named} <= RULE_IDS


@pytest.mark.parametrize("path", ROADMAPS, ids=lambda path: path.stem)
def test_each_shows_some_and_silences_with_a_reason(path: Path) -> None:
    findings = read_case(path).findings
    assert 3 <= len({each.check for each in findings.found}) <= 8
    assert "GV05" not in {each.check for each in findings.found}
