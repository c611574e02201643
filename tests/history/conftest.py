"""Git as it comes, whatever this machine's settings."""

import pytest


def own_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but those of the repository, and a clock that stands still."""
    for name, value in {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": "2026-11-20T12:00:00+00:00",
        "GIT_COMMITTER_DATE": "2026-11-20T12:00:00+00:00",
    }.items():
        monkeypatch.setenv(name, value)
