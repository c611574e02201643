"""A clone in which git merges, as in daily use."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

SETTINGS = (
    "[user]\n\tname = A\n\temail = a@example.org\n[core]\n\tautocrlf = false\n[commit]\n\tgpgsign ="
    " false\n"
)


class Clone:
    """A repository that git and `roadmap` are run in; both tell how they ended."""

    def __init__(self, folder: Path, template: "Clone | None" = None) -> None:
        """Make one in an empty folder, or one that is like another."""
        self.folder = folder
        self.file = "road map's.toml"
        if template is not None:
            shutil.copytree(template.folder, folder, dirs_exist_ok=True)
            return
        self.git("init", "-q", "-b", "main")
        with (folder / ".git" / "config").open("a") as config:
            config.write(SETTINGS)

    def set_up(self) -> None:
        """Let git merge the roadmap by key."""
        (self.folder / self.file).touch()
        assert self.roadmap("git", "setup", "--", self.file).returncode == 0

    def git(self, *words: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["git", *words], cwd=self.folder, input=stdin, capture_output=True, check=False
        )
        return subprocess.CompletedProcess(
            done.args,
            done.returncode,
            done.stdout.decode(errors="replace"),
            done.stderr.decode(errors="replace"),
        )

    def roadmap(self, *words: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "roadmap_tui", *words]
        return subprocess.run(program, cwd=self.folder, capture_output=True, text=True, check=False)

    def commit(self, text: str) -> None:
        (self.folder / self.file).write_bytes(text.encode())
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Change the plan", "--allow-empty")

    def merge(self, base: str, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
        """Merge two versions that were made of one; `.gitattributes` lies in the folder."""
        name = os.urandom(4).hex()
        commits = ((1, "base", base, None), (2, "ours", ours, 1), (3, "theirs", theirs, 1))
        stream = b"".join(
            self._commit(f"{branch}-{name}", mark, parent, text)
            for mark, branch, text, parent in commits
        )
        assert (
            self.git("fast-import", "--quiet", "--done", stdin=stream + b"done\n").returncode == 0
        )
        self.git("checkout", "-q", "-f", f"ours-{name}")
        return self.git("merge", "--no-edit", f"theirs-{name}")

    def _commit(self, branch: str, mark: int, parent: int | None, text: str) -> bytes:
        """A commit of the file, as `git fast-import` reads it."""
        raw, path = text.encode(), json.dumps(self.file, ensure_ascii=False)
        head = [
            f"commit refs/heads/{branch}",
            f"mark :{mark}",
            "committer A <a@example.org> 1700000000 +0000",
        ]
        head += ["data 4", "Plan", *([] if parent is None else [f"from :{parent}"])]
        return (
            "\n".join([*head, f"M 100644 inline {path}", f"data {len(raw)}", ""]).encode()
            + raw
            + b"\n"
        )

    def text(self) -> str:
        return (self.folder / self.file).read_bytes().decode()
