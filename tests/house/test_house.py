"""The rules of the house hold for the whole tree, and each catches an offence that is planted."""

import os
from collections.abc import Callable, Iterator
from itertools import chain, product
from pathlib import Path, PurePosixPath

import grimp
import networkx as nx
import pytest

from tests.house import rules

ROOT = Path(__file__).parents[2]
Rule = Callable[[rules.Sources], Iterator[str]]

CODE_RULES: tuple[Rule, ...] = (
    rules.banned_words,
    rules.spaced_percents,
    rules.long_lines,
    rules.long_files,
    rules.crowded_folders,
    rules.participles,
    rules.shared_names,
    rules.nested_conditionals,
    rules.nested_comprehensions,
    rules.deep_classes,
)


def sources(*patterns: str) -> rules.Sources:
    """The text of all files of the repository that match."""
    found = sorted(chain.from_iterable(map(ROOT.glob, patterns)))
    return {
        PurePosixPath(path.relative_to(ROOT).as_posix()): path.read_text(encoding="utf-8")
        for path in found
    }


@pytest.mark.parametrize("rule", CODE_RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rule(rule: Rule) -> None:
    code = sources("src/roadmap_tui/**/*.py")
    assert len(code) > 300
    assert list(rule(code)) == []


def test_no_page_has_a_banned_word() -> None:
    pages = sources("*.md", "docs/**/*.md")
    assert len(pages) > 30
    word_lists = {PurePosixPath("CONTRIBUTING.md"), PurePosixPath("CHANGELOG.md")}
    read = {path: text for path, text in pages.items() if path not in word_lists}
    assert list(rules.banned_words(read)) == []
    assert list(rules.spaced_percents(read)) == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (rules.banned_words, '"""What is told."""\n'),
        (rules.banned_words, "def mend_it() -> None: ...\n"),
        (rules.spaced_percents, 'x = "an 80 % range"\n'),
        (rules.long_lines, f"# {'x' * 100}\n"),
        (rules.long_files, "x = 1\n" * 401),
        (rules.nested_conditionals, "x = 1 if a else 2 if b else 3\n"),
        (rules.nested_comprehensions, "x = [y for z in a for y in z]\n"),
        (rules.nested_comprehensions, "x = [[y for y in z] for z in a]\n"),
        (
            rules.deep_classes,
            "class A: ...\nclass B(A): ...\nclass C(B): ...\nclass D(C): ...\n",
        ),
    ],
)
def test_a_planted_offence_is_found(rule: Rule, text: str) -> None:
    assert len(list(rule({PurePosixPath("src/one.py"): text}))) == 1


@pytest.mark.parametrize(
    ("rule", "paths"),
    [
        (rules.participles, ("src/doing.py",)),
        (rules.participles, ("src/checked.py",)),
        (rules.crowded_folders, tuple(f"src/m{at}.py" for at in range(26))),
        (rules.crowded_folders, tuple(f"rules/m{at}.py" for at in range(41))),
    ],
)
def test_a_planted_name_is_found(rule: Rule, paths: tuple[str, ...]) -> None:
    planted = {PurePosixPath(each): "" for each in paths}
    assert len(list(rule(planted))) == 1


def test_a_name_in_two_modules_is_found() -> None:
    planted = {PurePosixPath(f"src/{each}.py"): "class Step: ...\n" for each in "ab"}
    assert list(rules.shared_names(planted)) == ["src/b.py:1: Step, which is also at src/a.py:1"]


def test_what_is_allowed_is_not_found() -> None:
    fine = "x = 1 if a else 2\ny = [z for z in a]\n\n\nclass A: ...\n\n\nclass B(A): ...\n"
    kept = {PurePosixPath("src/ranking.py"): fine, PurePosixPath("src/os.py"): f"n = '{os.name}'\n"}
    assert list(chain.from_iterable(rule(kept) for rule in CODE_RULES)) == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = grimp.build_graph("roadmap_tui")
    imports: nx.DiGraph[str] = nx.DiGraph()
    for module in graph.modules:
        imported = graph.find_modules_directly_imported_by(module)
        imports.add_edges_from(product([module], imported))
    assert len(imports) > 500
    circles = [each for each in nx.strongly_connected_components(imports) if len(each) > 1]
    assert circles == []
