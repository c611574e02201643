"""A clone in which git merges, as people use it."""

import os
import subprocess
import sys
from pathlib import Path


class Clone:
    """A repository that git and `roadmap` are run in; both tell how they ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = "road map's.toml"
        self.git("init", "-q", "-b", "main")
        for key, value in (("user.name", "A"), ("user.email", "a@example.org"), ("core.autocrlf", "false")):
            self.git("config", key, value)

    def set_up(self) -> None:
        """Let git merge the roadmap by key."""
        (self.folder / self.file).touch()
        assert self.roadmap("git", "setup", "--", self.file).returncode == 0

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *words], cwd=self.folder, capture_output=True, text=True, check=False)

    def roadmap(self, *words: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "roadmap_tui", *words]
        return subprocess.run(program, cwd=self.folder, capture_output=True, text=True, check=False)

    def commit(self, text: str) -> None:
        (self.folder / self.file).write_bytes(text.encode())
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Change the plan", "--allow-empty")

    def merge(self, base: str, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
        self.git("checkout", "-q", "-f", "--orphan", f"base{os.urandom(4).hex()}")
        self.commit(base)
        self.git("branch", "-f", "theirs")
        self.commit(ours)
        self.git("checkout", "-q", "theirs")
        self.commit(theirs)
        self.git("checkout", "-q", "-")
        return self.git("merge", "--no-edit", "theirs")

    def text(self) -> str:
        return (self.folder / self.file).read_bytes().decode()
