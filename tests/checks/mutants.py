"""Mutants of the rules: each condition negated and each threshold moved slightly, one at a time."""

import ast
import inspect
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from types import ModuleType

from roadmap_tui.checks.rule import Rule
from roadmap_tui.text.comparisons import is_above, is_below

_NEIGHBOURS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
_OPPOSITES = {"is_above": "is_below", "is_below": "is_above"}


@dataclass(frozen=True)
class Mutant:
    """A module with one condition made wrong.

    Attributes:
        place: the condition, as it was, and what was put in its place.
        rules: rules that it may break: its own or, in a helper, all of the module.
    """

    place: str
    rules: tuple[Rule, ...]


def mutants(module: ModuleType) -> Iterator[Mutant]:
    """Every way to make one condition of a module wrong."""
    tree = ast.parse(inspect.getsource(module))
    for number, (function, condition) in enumerate(_conditions(tree)):
        for way in range(len(_wrong_versions(condition))):
            copy = deepcopy(tree)
            there = _conditions(copy)[number][1]
            instead = _wrong_versions(there)[way]
            _replace(copy, there, instead)
            names: dict[str, object] = {
                "__name__": module.__name__,
                "is_above": is_above,
                "is_below": is_below,
            }
            exec(
                compile(ast.fix_missing_locations(copy), f"{module.__name__}, mutated", "exec"),
                names,
            )
            made = {name: each for name, each in names.items() if isinstance(each, Rule)}
            hit = (made[function],) if function in made else tuple(made.values())
            place = (
                f"{module.__name__}:{condition.lineno}: {ast.unparse(condition)} →"
                f" {ast.unparse(instead)}"
            )
            yield Mutant(place, hit)


def _conditions(tree: ast.Module) -> list[tuple[str, ast.expr]]:
    """Conditions in a module's functions and their parts, each with the name of the function."""
    found = []
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            for condition in chain.from_iterable(map(_tests, ast.walk(function))):
                parts = (condition, *_sub_conditions(condition))
                found += [(function.name, each) for each in parts]
    return found


def _tests(node: ast.AST) -> list[ast.expr]:
    """Deciding expressions of a node: tests of conditions and comprehensions, helpers' results."""
    match node:
        case ast.If(test=test):
            return [test]
        case ast.comprehension(ifs=ifs):
            return list(ifs)
        case ast.Return(value=ast.BoolOp() | ast.Compare() | ast.UnaryOp() as value):
            return [value]
    return []


def _sub_conditions(condition: ast.expr) -> Iterator[ast.expr]:
    """What is joined in a condition; a default, as in ``name or ""``, is no part."""
    for node in ast.walk(condition):
        if isinstance(node, ast.BoolOp) and not any(
            isinstance(each, ast.Constant) for each in node.values
        ):
            yield from node.values


def _wrong_versions(condition: ast.expr) -> list[ast.expr]:
    """Mutations of a condition: its negation, and the threshold on the other side."""
    wrong: list[ast.expr] = [ast.UnaryOp(ast.Not(), deepcopy(condition))]
    match condition:
        case ast.Compare(ops=[op]) if type(op) in _NEIGHBOURS:
            moved = deepcopy(condition)
            moved.ops = [_NEIGHBOURS[type(op)]()]
            wrong.append(moved)
        case ast.Call(func=ast.Name(id=name), args=args) if name in _OPPOSITES:
            opposite = ast.Call(ast.Name(_OPPOSITES[name], ast.Load()), deepcopy(args), [])
            wrong.append(ast.UnaryOp(ast.Not(), opposite))
    return wrong


def _replace(tree: ast.Module, old: ast.expr, new: ast.expr) -> None:
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            if value is old:
                setattr(node, name, new)
            elif isinstance(value, list) and any(each is old for each in value):
                value[:] = [new if each is old else each for each in value]
