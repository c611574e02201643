"""Each rule has files that fire it and files that just do not; nothing else is found in any of them."""

from pathlib import Path

import pytest

from .judging import CASES, case, expected, placed


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_just_what_a_file_expects_is_found(path: Path) -> None:
    judged = case(path)
    assert placed(judged.document, judged.findings.found) == expected(judged.document.text)
