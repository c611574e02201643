"""How random branches merge with the driver and without it; prints the table of `docs/git.md`.

python -m tests.history.count_merges [COUNT]
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

import tomli

from .branches import Writer, expected
from .clone import Clone
from .judging import bare, lost_comments, read, sides

KINDS = ("clean and right", "clean and wrong", "conflict, needed", "conflict, not needed", "comments lost")


def judged(clone: Clone, seed: int) -> set[str]:
    """What came of one merge."""
    writer = Writer(seed)
    base = writer.sheet()
    ours, theirs = writer.branch(base), writer.branch(base)
    want = expected(base, ours, theirs)
    done = clone.merge(base.text(), ours.text(), theirs.text())
    text = clone.text()
    if done.returncode:
        return {"conflict, needed" if want.conflicts else "conflict, not needed"}
    try:
        right = not want.conflicts and bare(read(sides(text)[0])) == bare(want.ours)
    except tomli.TOMLDecodeError:
        right = False
    lost = {"comments lost"} if lost_comments(base, ours, theirs, text, want) else set()
    return {"clean and right" if right else "clean and wrong", *lost}


def main() -> None:
    """Count, and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    columns = []
    for with_driver in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            clone = Clone(Path(folder))
            if with_driver:
                clone.set_up()
            columns.append(Counter(kind for seed in range(count) for kind in judged(clone, seed)))
    sys.stdout.write(f"| of {count} merges | with the driver | without |\n|---|---:|---:|\n")
    for kind in KINDS:
        sys.stdout.write(f"| {kind} | {columns[0][kind]} | {columns[1][kind]} |\n")


if __name__ == "__main__":
    main()
