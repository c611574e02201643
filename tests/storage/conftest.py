from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose path has a space and a letter beyond ASCII in it."""
    made = tmp_path / "our plans é"
    made.mkdir()
    return made
