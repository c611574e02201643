"""Every fault of a file is reported at its place."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.document.document import Document, LocatedFault
from roadmap_tui.document.limits import MAX_DEPTH
from roadmap_tui.document.reader import read_document
from roadmap_tui.plan.faults import Fault


def first(raw: bytes | str) -> LocatedFault:
    return read_document(raw if isinstance(raw, bytes) else raw.encode(), "our plan.toml").faults[0]


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"),
    [
        (b'[roadmap]\ntitle = "caf\xe9"\n', "encoding", 2, 13),
        ('title = "日本"'.encode() + b"\n\xff", "encoding", 2, 1),
        ('[roadmap]\ntitle = "x"'.encode("utf-16"), "encoding", 1, 1),
        (b"[roadmap]\ntitle = x\n", "syntax", 2, 9),
        (b"\xef\xbb\xbftitle = x\n", "syntax", 1, 9),
        (b"a = 1\r\n\tb = x\r\n", "syntax", 2, 6),
        ('"日本" = x\n'.encode(), "syntax", 1, 8),
        (b"a = 1\na = 2\n", "syntax", 2, 1),
        (b"[a]\nx = 1\n[a]\n", "syntax", 3, 1),
        (b"a = [1,\n", "syntax", 2, 1),
        (b"a = 1 b = 2\n", "syntax", 1, 7),
        (b"a = 2026-02-30\n", "syntax", 1, 5),
        (b"\x00", "syntax", 1, 1),
        (b'a = "\x1b[31m"', "syntax", 1, 6),
        (b"a = 1" + b"0" * 5000, "syntax", 1, 5),
        (b"a = " + b"[" * 390 + b"]" * 390, "too-deep", 1, 4 + 390),
        (b"a = " + b"[" * 100_000, "too-deep", 1, 4 + 100_000),
        (b"a = " + b"{b=" * 100_000, "too-deep", 1, 5 + 3 * 99_999),
        (b".".join([b"a"] * 3000) + b" = 1", "too-deep", 1, 1),
        (b"# c\n<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> b\n", "conflict", 2, 1),
        (b"a = 1\r\n<<<<<<< HEAD\r\n=======\r\n>>>>>>> b\r\n", "conflict", 2, 1),
        (b"", "empty", 1, 1),
        (b"\xef\xbb\xbf", "empty", 1, 1),
        (b"# nothing\n", "empty", 1, 1),
        (b'[roadmap]\ntitle = "x"\n\n[product.a]\nefort = "M"\n', "unknown-key", 5, 1),
        (b"[product.a]\r\n\teffort = true\r\n", None, 2, 11),
    ],
)
def test_a_bad_file_has_a_fault_in_its_place(
    raw: bytes, code: str | None, line: int, column: int
) -> None:
    document = read_document(raw, "our plan.toml")
    fault = document.faults[0]
    assert (fault.line, fault.column) == (line, column)
    assert code in (None, fault.fault.code)
    assert fault.message.startswith(f"our plan.toml:{line}:{column}: ")
    assert document.plan is None
    assert document.raw == raw


@pytest.mark.parametrize(
    "text",
    ["a = ", "a = 'x", "a", "= 1", "[a", "[[a]", "a = {", "a = '''", 'a = """', "a = 1\na = 1"],
)
def test_the_first_fault_of_the_syntax_comes_with_a_remedy(text: str) -> None:
    document = read_document(text.encode(), "p")
    assert len(document.faults) == 1
    assert document.faults[0].fault.remedy
    assert document.read_only


def test_rulers_in_long_text_are_no_conflict() -> None:
    document = read_document(b'[product.a]\nsummary = """\nTitle\n=======\n"""\n', "p")
    assert document.plan is not None
    assert not document.read_only


def test_a_file_of_a_later_format_can_be_looked_at() -> None:
    document = read_document(b"schema = 2\n[product.a]\n", "p")
    assert document.plan is not None
    assert document.read_only is not None
    assert document.faults[0].fault.code == "schema"
    assert (document.faults[0].line, document.faults[0].column) == (1, 1 + len("schema = "))


@pytest.mark.parametrize(("depth", "plain"), [(MAX_DEPTH - 2, True), (MAX_DEPTH, False)])
def test_how_deep_a_file_may_go(depth: int, plain: bool) -> None:
    document = read_document(f"[product.a]\n[x]\na = {'[' * depth}{']' * depth}".encode(), "p")
    assert (document.plan is not None) is plain


def test_two_documents_with_the_same_bytes_are_equal() -> None:
    one, other = read_document(b"[product.a]\n", "p"), read_document(b"[product.a]\n", "p")
    assert one == other
    assert hash(one) == hash(other)
    assert one != read_document(b"[product.b]\n", "p")


def rendered(source: str, column: int) -> list[str]:
    return (
        LocatedFault("p", 1, column, source, Fault("c", ("a", 0), "wrong", "right"))
        .render()
        .split("\n")
    )


def test_a_fault_shows_its_line_and_a_caret() -> None:
    assert rendered('a = "x"', 5) == ["p:1:5: a[0]: wrong; right", 'a = "x"', "    ^"]


@pytest.mark.parametrize(
    ("source", "column", "shown", "caret"),
    [
        ("\ta = x", 6, "\ta = x", "\t    ^"),
        ("日本 = x", 6, "日本 = x", "       ^"),
        ("e\u0301 = x", 6, "e\u0301 = x", "    ^"),
        ("a\x1b[31m = x", 9, "a␛[31m = x", "        ^"),
        ("\u202ea = x", 6, "\\u202ea = x", "          ^"),
        ("", 1, "", "^"),
    ],
)
def test_caret_is_under_its_character(source: str, column: int, shown: str, caret: str) -> None:
    assert rendered(source, column)[1:] == [shown, caret]


def test_a_long_line_is_shown_round_the_fault() -> None:
    _, shown, caret = rendered("x" * 5000 + "HERE" + "y" * 5000, 5001)
    assert len(shown) < 200
    assert shown[len(caret) - 1 :].startswith("HERE")


@given(
    st.binary(max_size=60) | st.text("[]{}=.\"'#\n\r\t a1\ufeff\x00é", max_size=40).map(str.encode)
)
def test_no_bytes_raise(raw: bytes) -> None:
    document = read_document(raw, "p\x1b")
    assert isinstance(document, Document)
    for fault in document.faults:
        unsafe = {each for each in fault.render() if unicodedata.category(each) == "Cc"}
        assert unsafe <= {"\n", "\t"}
        assert fault.render().count("\n") == 2


def test_reading_does_not_load_the_editor() -> None:
    code = (
        "import sys; from roadmap_tui.storage.load import load_document; load_document('none');"
        " print('tomlrt' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == "False\n"
