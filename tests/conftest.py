"""What holds for every test: its own folders, no animation, the long counts only if they are asked for."""

import signal

import pytest
from hypothesis import settings

# a busy machine is no fault of the code
settings.register_profile("roadmap", deadline=None)
settings.load_profile("roadmap")
# a shell script that starts the tests in the background lets them, and all that they start, ignore Ctrl+C
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long counts out unless they are asked for: ``pytest -m soak``."""
    if "soak" not in config.getoption("-m"):
        for item in items:
            if item.get_closest_marker("soak"):
                item.add_marker(pytest.mark.skip(reason="long; run with -m soak"))


@pytest.fixture(autouse=True)
def _own_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    for name in ("NO_COLOR", "ROADMAP_ASCII", "TEXTUAL", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
