import os
from pathlib import Path

import pytest

from tests.history.clone import Clone
from tests.history.repositories import ENVIRONMENT, Repo


@pytest.fixture(autouse=True)
def _plain_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git without the configuration of this machine, and outside of any hook."""
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


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A repository with the driver set up, to make others like it."""
    made = Clone(tmp_path_factory.mktemp("prepared"))
    made.set_up()
    return made


@pytest.fixture
def repository(tmp_path: Path, prepared: Clone) -> Clone:
    """A new repository with the driver set up."""
    folder = tmp_path / "our work"
    folder.mkdir()
    return Clone(folder, prepared)
