import os
from pathlib import Path

import pytest

from .making import ENVIRONMENT, Repo


@pytest.fixture(autouse=True)
def _plain_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git as it is without the configuration of this machine, and outside of any hook."""
    for name in os.environ:
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    for name, value in ENVIRONMENT.items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository in a folder with a space and a letter beyond ASCII in its name."""
    return Repo(tmp_path / "our plans é")
