"""Modules that leave a mark when imported, named like modules that our Python may look for."""

import sys
from importlib.metadata import packages_distributions
from pathlib import Path

_OURS = ("roadmap_tui", "sitecustomize", "usercustomize")
BEFORE_US = frozenset(
    [
        "roadmap_tui",
        "importlib",
        "contextlib",
        "collections",
        "functools",
        "types",
        "keyword",
        "operator",
        "reprlib",
        "warnings",
        "typing",
    ]
)
"""What `python -m` without -P imports from the current folder before our code runs."""


def set_traps(folder: Path, marks: Path) -> None:
    """Put a trap for each module of the standard library and each that is installed into a folder.

    Args:
        folder: where the traps are.
        marks: where each that is imported leaves a file of its name.
    """
    folder.mkdir(exist_ok=True)
    marks.mkdir(exist_ok=True)
    installed = {name for name in packages_distributions() if name.isidentifier()}
    for name in {*sys.stdlib_module_names, *installed, *_OURS}:
        (folder / f"{name}.py").write_text(f"open({str(marks / name)!r}, 'w').close()\n")


def sprung(marks: Path) -> list[str]:
    """The traps that were imported."""
    return sorted(each.name for each in marks.iterdir())
