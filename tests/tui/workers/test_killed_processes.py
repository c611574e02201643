"""Processes that are killed while they edit and save, and that write at the same time."""

import os
import random
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from roadmap_tui.storage.journal import unsaved_sessions

TEXT = "# kept\n[product.a]  # a\norder = 0  # counts\ntitle = 'A'\n"
NUMBER = re.compile(r"order = (\d+)")

EDITOR = """
import os, random, sys
from roadmap_tui.tui.open_session import open_session
from roadmap_tui.tui.state import Session
from roadmap_tui.document.edits import SetValue

def tell(word, number):
    # in one piece, whenever the process is killed
    os.write(1, f"{word} {number}\\n".encode())

path, seed = sys.argv[1:]
session, chance = open_session(path), random.Random(seed)
assert isinstance(session, Session)
for number in range(1, 100_000):
    assert session.edit(f"step {number}", SetValue(("product", "a", "order"), number)) is None
    tell("edited", number)
    if chance.random() < 0.1:
        tell("undoing", number)
        assert session.undo() and session.redo()
        tell("edited", number)
    if chance.random() < 0.2:
        tell("saving", number)
        session.save()
        tell("saved", number)
"""

WRITER = """
import sys
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected, SetValue, apply_edits
from roadmap_tui.storage.load import load_document
from roadmap_tui.storage.save import ChangedOnDisk, save_document
from roadmap_tui.document.values import get_at

path, done = sys.argv[1], 0
while done < 50:
    document = load_document(path)
    assert isinstance(document, Document)
    count = get_at(document.data, ("product", "a", "order"))
    changed = apply_edits(document, SetValue(("product", "a", "order"), count + 1))
    assert isinstance(changed, Document)
    result = save_document(changed, path, document.sha256)
    if isinstance(result, EditRejected):
        assert isinstance(result, ChangedOnDisk) and result.text and result.remedy, result
        print("refused", flush=True)
    else:
        done += 1
        print("written", flush=True)
"""


def number_in(text: str) -> int:
    found = NUMBER.search(text)
    assert found
    assert text == TEXT.replace("order = 0", found[0])
    return int(found[1])


def kill_while_it_works(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path.write_text(TEXT)
    child = subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(path), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    lines = [child.stdout.readline() for _ in range(chance.randint(1, 60))]
    child.send_signal(signal.SIGKILL)
    lines += child.stdout.readlines()
    child.wait()
    assert not child.stderr.read()
    child.stdout.close()
    child.stderr.close()
    last, undone = {"edited": 0, "saving": 0, "saved": 0, "undoing": 0}, False
    for line in lines:
        word, number = line.split()
        last[word] = int(number)
        undone = word == "undoing"
    on_disk = number_in(path.read_text())
    assert on_disk in {last["saved"], last["saving"]}
    left = unsaved_sessions(str(path))
    kept = number_in(left[0].entries[-1].text) if left else on_disk
    assert kept in {last["edited"] - undone, last["edited"], last["edited"] + 1}
    for each in left:
        each.discard()
    assert not unsaved_sessions(str(path))


@pytest.mark.parametrize("lot", range(4))
def test_a_kill_loses_nothing(tmp_path: Path, lot: int) -> None:
    for seed in range(lot * 5, lot * 5 + 5):
        kill_while_it_works(tmp_path / f"plan {seed}.toml", seed)


@pytest.mark.soak
@pytest.mark.parametrize("lot", range(10))
def test_many_kills_lose_nothing(tmp_path: Path, lot: int) -> None:
    for seed in range(100 + lot * 20, 100 + lot * 20 + 20):
        kill_while_it_works(tmp_path / f"plan {seed}.toml", seed)


def test_four_writers_at_once_lose_no_write(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(TEXT)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    said = [writer.communicate(timeout=300)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4
    assert [words.count("written") for words in said] == [50] * 4
    assert all(set(words) <= {"written", "refused"} for words in said)
    assert number_in(path.read_text()) == 200
    assert os.listdir(tmp_path) == ["plan.toml"]
