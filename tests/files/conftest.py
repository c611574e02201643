from pathlib import Path

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long counts out unless they are asked for: ``pytest -m soak``."""
    if "soak" not in config.getoption("-m"):
        here = Path(__file__).parent
        for item in items:
            if item.get_closest_marker("soak") and here in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="long; run with -m soak"))


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose path has a space and a letter beyond ASCII in it."""
    made = tmp_path / "our plans é"
    made.mkdir()
    return made
