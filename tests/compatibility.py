"""Run the tests on every supported Python, and on the lowest one with the lowest dependencies.

    python tests/compatibility.py [pytest's arguments]

It looks for Pythons on the path and in pyenv, takes the lowest of each minor version, and prints
one line for each.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import tomli

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "compatibility"
PROJECT = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = ("mcp", "portfolio", "serve")
UV = (sys.executable, "-m", "uv")
DEFAULTS = ("-q", "-n", "2", "-m", "not soak")
FOLLOWERS = {"numpy-typing-compat", "optype", "scipy-stubs"}
"""Each version of these is for one of numpy."""
_MINOR = re.compile(r"Programming Language :: Python :: 3\.(\d+)")
_PIN = re.compile(r"([A-Za-z0-9_.-]+)==")


class Python(NamedTuple):
    """An interpreter of this machine."""

    version: tuple[int, ...]
    path: Path

    @property
    def name(self) -> str:
        """Its version."""
        return ".".join(map(str, self.version))


def main(arguments: list[str]) -> int:
    """Try one after the other; 1 if any fails."""
    BUILD.mkdir(parents=True, exist_ok=True)
    minors = sorted(
        int(found[1]) for each in PROJECT["classifiers"] if (found := _MINOR.fullmatch(each))
    )
    results = []
    for minor in minors:
        python = min(_found(minor), default=None)
        if python is None:
            print(f"3.{minor}: skipped, it is not on this machine", flush=True)
            continue
        if minor == minors[0]:
            results.append(_tried(python, "lowest", _lowest(python), arguments))
        results.append(_tried(python, "pinned", ROOT / "constraints.txt", arguments))
    return 0 if results and all(results) else 1


def _found(minor: int) -> Iterator[Python]:
    folders = [Path(each) for each in os.environ.get("PATH", "").split(os.pathsep) if each]
    paths = [each / f"python3.{minor}" for each in folders]
    pyenv = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    paths += sorted(pyenv.glob(f"versions/3.{minor}.*/bin/python3"))
    for path in paths:
        if path.is_file() and (version := _version(path)):
            yield Python(version, path)


def _version(path: Path) -> tuple[int, ...] | None:
    """Version that it reports; None if it doesn't run, such as a pyenv shim without its Python."""
    done = _run(path, "-c", "import sys, venv; print(*sys.version_info[:3])")
    return tuple(map(int, done.stdout.split())) if done.returncode == 0 else None


def _lowest(python: Python) -> Path:
    """Lowest versions of the dependencies, and pinned versions of the test tools."""
    extras = chain.from_iterable(("--extra", each) for each in EXTRAS)
    command = (
        "pip",
        "compile",
        "--quiet",
        "--no-header",
        "--no-annotate",
        "--resolution",
        "lowest-direct",
    )
    lowest = _run(*UV, *command, "--python", python.path, *extras, "pyproject.toml")
    if lowest.returncode:
        sys.exit(f"the lowest versions do not go together:\n{lowest.stderr}")
    names = FOLLOWERS | {_name(line) for line in lowest.stdout.splitlines()}
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    path = BUILD / "lowest.txt"
    path.write_text(
        "\n".join([lowest.stdout, *(each for each in pinned if _name(each) not in names), ""])
    )
    return path


def _name(line: str) -> str:
    found = _PIN.match(line)
    return re.sub(r"[-_.]+", "-", found[1]).lower() if found else ""


def _tried(python: Python, kind: str, versions: Path, arguments: list[str]) -> bool:
    """Set up and test; whether all went well, which is said."""
    label = f"{python.name} with {kind} versions"
    folder = BUILD / f"{python.name}-{kind}"
    inside = folder / "bin" / "python"
    started = time.monotonic()
    wanted = f"{ROOT}[{','.join(('dev', *EXTRAS))}]"
    install = ("pip", "install", "--quiet", "--constraint", versions, "--editable", wanted)
    for step in (
        ("venv", "--quiet", "--clear", "--python", python.path, folder),
        (*install, "--python", inside),
    ):
        done = _run(*UV, *step)
        if done.returncode:
            print(f"{label}: not set up\n{done.stderr}", flush=True)
            return False
    log = folder.with_suffix(f"{folder.suffix}.log")
    done = _run(inside, "-m", "pytest", "-p", "no:cacheprovider", *(arguments or DEFAULTS))
    log.write_text(done.stdout + done.stderr, encoding="utf-8")
    last = next(
        (line for line in reversed(done.stdout.splitlines()) if line.strip()), "no word of pytest"
    )
    result = "passes" if done.returncode == 0 else f"FAILS, see {log.relative_to(ROOT)}: {last}"
    print(f"{label}: {result} ({(time.monotonic() - started) / 60:.0f} min)", flush=True)
    return done.returncode == 0


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
