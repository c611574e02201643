"""The files in `tests/faults` have the faults that they announce, and together all faults."""

import ast
import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import chain
from pathlib import Path
from runpy import run_path
from typing import NamedTuple

import pytest
import tomli

import roadmap_tui
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.syntax_errors import SYNTAX_ERROR_TEXTS
from roadmap_tui.plan.faults import Fault
from roadmap_tui.plan.parser import FAULT_CODES, TYPE_MESSAGES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "faults"
NAMES = sorted(path.name for path in FOLDER.glob("*.toml"))
EXPECT = re.compile(r"# expect: (\d+):(\d+) (\S+)")
RAISED = {"Fault": 2, "PydanticCustomError": 1, "fault_error": 1}
"""What makes a fault, and which of its arguments is the problem."""


class Place(NamedTuple):
    line: int
    column: int
    code: str


def head(name: str) -> list[str]:
    """The comment at the top of a file, in whatever encoding the file is."""
    raw = (FOLDER / name).read_bytes()
    text = (
        raw.decode("utf-16")
        if raw.startswith((b"\xff\xfe", b"\xfe\xff"))
        else raw.decode(errors="replace")
    )
    return text.split("\n\n")[0].splitlines()


def expected(name: str) -> list[Place]:
    found = [EXPECT.fullmatch(line) for line in head(name)]
    return [Place(int(each[1]), int(each[2]), each[3]) for each in found if each]


def all_faults() -> list[Fault]:
    documents = (read_document((FOLDER / name).read_bytes(), name) for name in NAMES)
    located = chain.from_iterable(document.faults for document in documents)
    return [each.fault for each in located]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_has_the_faults_it_expects_and_no_others(name: str) -> None:
    document = read_document((FOLDER / name).read_bytes(), name)
    found = [Place(located.line, located.column, located.fault.code) for located in document.faults]
    assert found == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_file_explains_its_fault_in_a_sentence(name: str) -> None:
    sentence = [line for line in head(name) if "expect:" not in line]
    expectations = [line for line in head(name) if "expect:" in line]
    assert sentence[-1].endswith(".")
    assert all(line.startswith("# ") for line in sentence)
    assert expectations
    assert all(map(EXPECT.fullmatch, expectations))


def test_every_fault_comes_with_a_remedy() -> None:
    for fault in all_faults():
        assert fault.remedy or fault.code == "word", fault
        assert "\n" not in fault.text
        assert not fault.problem.endswith(".")


def called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


def sources() -> Iterator[ast.Module]:
    (package,) = roadmap_tui.__path__
    for package_name in ("plan", "document", "storage"):
        for path in sorted(Path(package, package_name).rglob("*.py")):
            yield ast.parse(path.read_text())


def codes() -> set[str]:
    """Every code that a fault can have."""
    calls = chain.from_iterable(map(called, sources()))
    firsts = {
        node.args[0]
        for name, node in calls
        if name in {"Fault", "PydanticCustomError", "fault_error"}
    }
    spelled = {str(first.value) for first in firsts if isinstance(first, ast.Constant)}
    return spelled | {"GV01", "type", *FAULT_CODES.values()}


def wordings() -> Iterator[str]:
    """A pattern for everything that the source says is wrong."""
    for tree in sources():
        yield from (
            spelled(node.args[RAISED[name]], re.escape, ".+")
            for name, node in called(tree)
            if name in RAISED
        )
        for node in ast.walk(tree):
            match node:
                case ast.Assign([ast.Name("problem")], value):
                    yield spelled(value, re.escape, ".+")


def spelled(said: ast.expr, spell: Callable[[str], str], gap: str) -> str:
    """A text in the source, with `gap` for what is filled in; nothing if it is made elsewhere."""
    match said:
        case ast.Constant(str(text)) if text != "{problem}":
            return spell(text)
        case ast.JoinedStr(parts):
            return "".join(
                spell(str(part.value)) if isinstance(part, ast.Constant) else gap for part in parts
            )
    return ""


def test_every_code_has_a_file() -> None:
    assert {place.code for place in chain.from_iterable(map(expected, NAMES))} == codes()


def test_every_fault_of_the_source_has_a_file() -> None:
    wrong = {fault.problem for fault in all_faults()}
    patterns = set(wordings()) - {""}
    assert len(patterns) > 30
    for pattern in patterns:
        assert any(re.fullmatch(pattern, problem) for problem in wrong), pattern
    assert {said for said, _ in TYPE_MESSAGES.values()} <= wrong
    assert {each.problem for each in SYNTAX_ERROR_TEXTS.values()} <= wrong


def test_every_message_of_the_toml_reader_has_our_own_words() -> None:
    """Its source has all its messages, even where it runs compiled."""
    tree = ast.parse(files(tomli).joinpath("_parser.py").read_text())
    quoted = '"\'"'
    said = [
        spelled(node.args[0], str, quoted)
        for name, node in called(tree)
        if name == "TOMLDecodeError"
    ]
    assert len(said) > 20
    assert [each for each in said if not each.startswith(tuple(SYNTAX_ERROR_TEXTS))] == []


def test_the_page_is_what_these_files_make() -> None:
    made: str = run_path(str(ROOT / "docs" / "make_faults.py"))["page"]()
    assert (ROOT / "docs" / "faults.md").read_text(encoding="utf-8") == made, "make docs"
