"""How conflicts are marked: git's styles and labels, and ancestors with conflicts of their own."""

import pytest

from roadmap_tui.document.conflict_markers import split_conflict_sides
from tests.history.clone import Clone
from tests.history.outage import break_driver

BASE = "[product.a]\neffort = 3\nreach = 100\nowner = 'a'\n\n[product.b]\neffort = 4\n"
OURS = BASE.replace("100", "120").replace("= 3", "= 4")
THEIRS = BASE.replace("100", "150").replace("'a'", "'b'")


def hand_over(repository: Clone, *labels: str) -> None:
    """Let the driver line be run as a git that knows the placeholders of labels would run it."""
    line = repository.git("config", "merge.roadmap.driver").stdout.strip()
    for name, label in zip("SXY", labels, strict=True):
        quoted = "'" + label.replace("'", "'\\''").replace("%", "%%") + "'"
        line = (
            line.replace(f"%%{name}", "\0").replace(f"%{name}", quoted).replace("\0", f"%%{name}")
        )
    repository.git("config", "merge.roadmap.driver", line)


def conflict(*labels: str, base: str) -> str:
    ours, ancestor, theirs = labels
    middle = f"||||||| {ancestor}\n{base}" if base else ""
    marked = f"<<<<<<< {ours}\nreach = 120\n{middle}=======\nreach = 150\n>>>>>>> {theirs}\n"
    return f"[product.a]\neffort = 4\n{marked}owner = 'b'\n\n[product.b]\neffort = 4\n"


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_the_style_of_conflicts_is_that_of_git(repository: Clone, style: str) -> None:
    repository.git("config", "merge.conflictStyle", style)
    assert repository.merge(BASE, OURS, THEIRS).returncode == 1
    base = "" if style == "merge" else "reach = 100\n"
    assert repository.text() == conflict("ours", "base", "theirs", base=base)


@pytest.mark.parametrize("broken", [False, True])
def test_labels_are_those_that_git_hands_over(repository: Clone, broken: bool) -> None:
    hand_over(repository, "0ad88b2", "HEAD", "it's $(touch marked) 100 % `x`")
    repository.git("config", "merge.conflictStyle", "diff3")
    if broken:
        break_driver(repository, "false")
    repository.merge(BASE, OURS, THEIRS)
    marks = [
        line
        for line in repository.text().splitlines()
        if line[:7] in {"<" * 7, "|" * 7, "=" * 7, ">" * 7}
    ]
    assert marks == [
        "<<<<<<< HEAD",
        "||||||| 0ad88b2",
        "=======",
        ">>>>>>> it's $(touch marked) 100 % `x`",
    ]
    assert not (repository.folder / "marked").exists()


def test_a_side_that_is_gone_has_its_ancestor_between_marks(repository: Clone) -> None:
    repository.git("config", "merge.conflictStyle", "diff3")
    repository.merge(BASE, BASE.replace("= 4", "= 5"), BASE.partition("\n[product.b]")[0])
    assert "<<<<<<< ours\n" in repository.text()
    assert "||||||| base\n" in repository.text()
    above, _, below = repository.text().partition("||||||| base\n")
    assert "effort = 5" in above
    assert below.startswith("\n[product.b]\neffort = 4\n=======\n>>>>>>> theirs\n")


def criss_cross(repository: Clone) -> str:
    """Two branches that merged each other and chose differently, changed on, and merged; what git
    left.
    """
    write, git = repository.commit, repository.git
    write(BASE)
    git("checkout", "-q", "-b", "side")
    write(BASE.replace("100", "150"))
    git("checkout", "-q", "main")
    write(BASE.replace("100", "120"))
    git("checkout", "-q", "side")
    git("merge", "-q", "main")
    write(BASE.replace("100", "150"))
    git("checkout", "-q", "main")
    git("merge", "-q", "side~1")
    write(BASE.replace("100", "120"))
    write(BASE.replace("100", "120").replace("= 3", "= 4"))
    git("checkout", "-q", "side")
    write(BASE.replace("100", "150").replace("'a'", "'b'"))
    git("checkout", "-q", "main")
    assert git("merge", "--no-edit", "side").returncode == 1
    return repository.text()


def test_only_what_was_chosen_differently_is_in_conflict(repository: Clone) -> None:
    assert criss_cross(repository) == conflict("ours", "base", "theirs", base="")


@pytest.mark.parametrize("style", ["diff3", "zdiff3"])
def test_an_ancestor_in_conflict_is_shown_as_one(repository: Clone, style: str) -> None:
    repository.git("config", "merge.conflictStyle", style)
    nested = "<<<<<<<<< ours\nreach = 150\n=========\nreach = 120\n>>>>>>>>> theirs\n"
    assert criss_cross(repository) == conflict("ours", "base", "theirs", base=nested)


def test_what_both_sides_made_alike_of_a_conflict_is_none(repository: Clone) -> None:
    base = BASE.replace(
        "reach = 100", "<<<<<<<<< a\nreach = 120\n||||||||| c\n=========\nreach = 150\n>>>>>>>>> b"
    )
    same = BASE.replace("100", "120")
    assert (
        repository.merge(base, same.replace("= 3", "= 4"), same.replace("'a'", "'b'")).returncode
        == 0
    )
    assert repository.text() == same.replace("= 3", "= 4").replace("'a'", "'b'")


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("a\n", None),
        ("<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n", ("1\n", "2\n")),
        ("<<<<<<<\n1\n=======\n2\n>>>>>>>", ("1\n", "2\n")),
        (
            "x\r\n<<<<<<< a\r\n1\r\n||||||| c\r\n0\r\n=======\r\n2\r\n>>>>>>> b\r\n",
            ("x\r\n1\r\n", "x\r\n2\r\n"),
        ),
        (
            "<<<<<<< a\n<<<<<<<<< a\n1\n=========\n2\n>>>>>>>>> b\n=======\n3\n>>>>>>> b\n",
            ("1\n", "3\n"),
        ),
        ("<<<<<<< a\n1\n=======\n2\n", None),
        ("<<<<<<< a\n1\n>>>>>>> b\n", None),
        ("<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> b\n", None),
    ],
)
def test_a_text_with_marks_is_taken_apart(text: str, sides: tuple[str, str] | None) -> None:
    assert split_conflict_sides(text) == sides
