"""Repositories for tests: real ones, with nothing in them that the machine's own configuration
brings.
"""

import os
import subprocess
from pathlib import Path

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


class Repo:
    """A repository with one author; each commit sets its clock."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.git("init", "-q", "-b", "main", ".")
        self.git("config", "user.name", "Mirela")
        self.git("config", "user.email", "mirela@example.org")

    def git(self, *words: str, day: str = "2026-11-23") -> str:
        """What git prints."""
        at = f"{day}T12:00:00+00:00"
        dated = {**ENVIRONMENT, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        done = subprocess.run(
            ["git", *words], cwd=self.folder, env=dated, capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    def commit(
        self, name: str, text: str, *, day: str = "2026-11-23", message: str = "Change the plan"
    ) -> str:
        """Write a file and commit it; the commit's name."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        self.git("--literal-pathspecs", "add", "--", name)
        self.git("commit", "-q", "-m", message, day=day)
        return self.git("rev-parse", "HEAD")
