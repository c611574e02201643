"""Rules of CONTRIBUTING.md for names, words and shapes, as functions over sources.

Each takes the sources by path and yields one line per offence, as `path:line: what`.
"""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import TypeAlias

Sources: TypeAlias = Mapping[PurePosixPath, str]

MAX_LINES, MAX_COLUMNS, MAX_DEPTH = 400, 100, 3
MAX_MODULES = {"commands": 40, "rules": 40}
_MAX_MODULES = 25
SHARED_NAMES = frozenset({"main"})
"""Public names that may exist in several modules."""
_BANNED = re.compile(
    r"\b(told|tells|mend(?:s|ed|ing)?|anew|somebody|nobody|whoever|of ours|as it is"
    r"|8 times in 10|8 times out of 10)\b",
    re.IGNORECASE,
)
_SPACED_PERCENT = re.compile(r"[0-9}] %")
_GERUND = re.compile(r"^_?[a-z]+(ing|ed)$")
_NOUNS = frozenset({"ranking", "sampling", "onboarding", "pricing", "scheduling"})
_COMPREHENSIONS = (ast.GeneratorExp, ast.ListComp, ast.DictComp, ast.SetComp)


def banned_words(sources: Sources) -> Iterator[str]:
    """Lines with a word of the list of words that no text of this project has."""
    for path, text in sources.items():
        for number, line in enumerate(text.splitlines(), 1):
            found = _BANNED.search(line.replace("_", " "))
            if found:
                yield f"{path}:{number}: {found[0]}"


def spaced_percents(sources: Sources) -> Iterator[str]:
    """Lines with a space before a percent sign: every surface writes ``28%``."""
    for path, text in sources.items():
        for number, line in enumerate(text.splitlines(), 1):
            if _SPACED_PERCENT.search(line):
                yield f"{path}:{number}: space before %"


def long_lines(sources: Sources) -> Iterator[str]:
    """Lines of more than 100 columns."""
    for path, text in sources.items():
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > MAX_COLUMNS:
                yield f"{path}:{number}: {len(line)} columns"


def long_files(sources: Sources) -> Iterator[str]:
    """Files of more than 400 lines."""
    for path, text in sources.items():
        if len(text.splitlines()) > MAX_LINES:
            yield f"{path}:1: {len(text.splitlines())} lines"


def crowded_folders(sources: Sources) -> Iterator[str]:
    """Folders with more modules than a person takes in at a glance."""
    modules = (path for path in sources if path.name != "__init__.py")
    for folder, count in Counter(path.parent for path in modules).items():
        if count > MAX_MODULES.get(folder.name, _MAX_MODULES):
            yield f"{folder}:1: {count} modules"


def participles(sources: Sources) -> Iterator[str]:
    """Modules whose name is a bare gerund or participle."""
    for path in sources:
        if _GERUND.match(path.stem) and path.stem not in _NOUNS:
            yield f"{path}:1: {path.stem}"


def shared_names(sources: Sources) -> Iterator[str]:
    """Public top-level classes and functions whose name another module has too."""
    places: dict[str, list[str]] = defaultdict(list)
    for path, text in sources.items():
        for node in _tree(text).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                places[node.name].append(f"{path}:{node.lineno}")
    for name, where in places.items():
        is_public = not name.startswith("_")
        if is_public and len(where) > 1 and name not in SHARED_NAMES:
            yield f"{where[-1]}: {name}, which is also at {where[0]}"


def nested_conditionals(sources: Sources) -> Iterator[str]:
    """Conditional expressions within conditional expressions."""
    return _nested(sources, (ast.IfExp,))


def nested_comprehensions(sources: Sources) -> Iterator[str]:
    """Comprehensions within comprehensions, or over more than one iterable."""
    yield from _nested(sources, _COMPREHENSIONS)
    for path, node in _nodes(sources):
        if isinstance(node, _COMPREHENSIONS) and len(node.generators) > 1:
            yield f"{path}:{node.lineno}: a comprehension with two loops"


def deep_classes(sources: Sources) -> Iterator[str]:
    """Classes with more than three of our own above each other."""
    bases: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    for path, node in _nodes(sources):
        if isinstance(node, ast.ClassDef):
            bases[node.name] = [each.id for each in node.bases if isinstance(each, ast.Name)]
            places[node.name] = f"{path}:{node.lineno}"
    for name in bases:
        depth = _depth(name, bases)
        if depth > MAX_DEPTH:
            yield f"{places[name]}: {name} is {depth} deep"


@cache
def _tree(text: str) -> ast.Module:
    return ast.parse(text)


def _nodes(sources: Sources) -> Iterator[tuple[PurePosixPath, ast.AST]]:
    for path, text in sources.items():
        for node in ast.walk(_tree(text)):
            yield path, node


def _nested(sources: Sources, kinds: tuple[type[ast.expr], ...]) -> Iterator[str]:
    for path, node in _nodes(sources):
        if not isinstance(node, kinds):
            continue
        inner = [each for each in ast.walk(node) if isinstance(each, kinds)]
        if len(inner) > 1:
            yield f"{path}:{node.lineno}: {type(node).__name__} within another"


def _depth(name: str, bases: Mapping[str, list[str]]) -> int:
    own = [each for each in bases[name] if each in bases and each != name]
    return 1 + max((_depth(each, bases) for each in own), default=0)
