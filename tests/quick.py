"""Run the tests nearest to what changed since the last commit that is on the main branch.

    python tests/quick.py [pytest's arguments]

A module in `src/roadmap_tui/PACKAGE` is tested by `tests/PACKAGE`. Where nothing changed, the rules
of the house and the tests of the plan run. `make test` runs everything.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
ALWAYS = ("tests/house", "tests/test_imports.py")
FALLBACK = ("tests/plan",)
SLOW = ("tests/tui/terminal", "tests/web", "tests/portfolio")
"""Real terminals, browsers and workers, which `make test` runs."""


def main(arguments: list[str]) -> int:
    """Exit code of pytest on the nearest tests."""
    chosen = nearest_tests(changed_files()) or FALLBACK
    skipped = [f"--ignore={path}" for path in SLOW]
    command = ["-q", "-n", "2", "-m", "not soak", *skipped, *ALWAYS, *chosen, *arguments]
    print("pytest", *command, flush=True)
    return subprocess.run(
        [sys.executable, "-m", "pytest", *command], cwd=ROOT, check=False
    ).returncode


def changed_files() -> list[str]:
    """Files that differ from the main branch, committed or not."""
    base = _git("merge-base", "HEAD", "origin/main") or ["HEAD"]
    return _git("diff", "--name-only", base[0]) + _git("ls-files", "--others", "--exclude-standard")


def nearest_tests(files: Iterable[str]) -> tuple[str, ...]:
    """The test folders and files for these files, without those that are always run."""
    found: dict[str, None] = {}
    for name in files:
        path = PurePosixPath(name)
        if path.parts[:2] == ("src", "roadmap_tui") and len(path.parts) > 3:
            found[f"tests/{path.parts[2]}"] = None
        if path.parts[0] == "tests" and path.name.startswith("test_"):
            found[name] = None
    return tuple(each for each in found if (ROOT / each).exists() and each not in ALWAYS)


def _git(*words: str) -> list[str]:
    run = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return run.stdout.split() if run.returncode == 0 else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
