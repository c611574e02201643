"""Each rule has files that fire it and files that nearly do; they have no other findings."""

from pathlib import Path

import pytest

from tests.checks.case_files import CASES, expected_findings, finding_lines, read_case


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_just_what_a_file_expects_is_found(path: Path) -> None:
    judged = read_case(path)
    # most cases are too short to have teams
    found = [
        each
        for each in judged.findings.found
        if each.check != "TL08" or path.stem.startswith("TL08")
    ]
    assert finding_lines(judged.document, tuple(found)) == expected_findings(judged.document.text)
