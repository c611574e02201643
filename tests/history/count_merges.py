"""How random branches merge with the driver, without it, and with its Python gone; prints a table
of `docs/git.md`.

python -m tests.history.count_merges [COUNT]
"""

import sys
import tempfile
from collections import Counter
from itertools import chain
from pathlib import Path

import tomli

from tests.history.branches import Expected, Writer, expected
from tests.history.clone import Clone
from tests.history.merge_verdict import bare, lost_comments, lost_lines, read, sides
from tests.history.outage import BROKEN, break_driver, unregister

KINDS = (
    "clean and right",
    "clean and wrong",
    "conflict, needed",
    "conflict, not needed",
    "comments lost",
    "changes lost",
)


def judged(clone: Clone, seed: int) -> set[str]:
    """What came of one merge."""
    writer = Writer(seed)
    base = writer.sheet()
    ours, theirs = writer.branch(base), writer.branch(base)
    want = expected(base, ours, theirs)
    done = clone.merge(base.text(), ours.text(), theirs.text())
    text = clone.text()
    if done.returncode:
        kind = "conflict, needed" if want.conflicts else "conflict, not needed"
        lines = lost_lines(base.text(), ours.text(), theirs.text(), text)
        return {kind, "changes lost"} if lines and not _says_both(text, want) else {kind}
    try:
        right = not want.conflicts and bare(read(sides(text)[0])) == bare(want.ours)
    except tomli.TOMLDecodeError:
        right = False
    lost = {"comments lost"} if lost_comments(base, ours, theirs, text, want) else set()
    return {"clean and right" if right else "clean and wrong", *lost}


def _says_both(text: str, want: Expected) -> bool:
    """Whether a text with marks says what is wanted, on either side of them."""
    mine, yours, _ = sides(text)
    try:
        return bare(read(mine)) == bare(want.ours) and bare(read(yours)) == bare(want.theirs)
    except tomli.TOMLDecodeError:
        return False


def _disable(clone: Clone, state: str) -> None:
    if state == "without":
        unregister(clone)
    elif state == "broken":
        break_driver(clone, BROKEN["its Python is gone"])


def main() -> None:
    """Count, and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    columns = []
    for state in ("with", "without", "broken"):
        with tempfile.TemporaryDirectory() as folder:
            clone = Clone(Path(folder))
            clone.set_up()
            _disable(clone, state)
            kinds = (judged(clone, seed) for seed in range(count))
            columns.append(Counter(chain.from_iterable(kinds)))
    sys.stdout.write(
        f"| of {count} merges | with the driver | without | its Python is gone"
        " |\n|---|---:|---:|---:|\n"
    )
    for kind in KINDS:
        sys.stdout.write(f"| {kind} | {' | '.join(str(column[kind]) for column in columns)} |\n")


if __name__ == "__main__":
    main()
