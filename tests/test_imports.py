"""Quick commands avoid slow imports, and every import is declared."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
import tomli

ROOT = Path(__file__).parents[1]

HEAVY = {"numpy", "pydantic", "networkx", "jinja2", "tomlrt"}


def imported_by(statement: str) -> set[str]:
    script = f"{statement}\nimport sys\nprint(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in result.stdout.split()}


@pytest.mark.parametrize(
    ("statement", "light"),
    [
        ("import roadmap_tui.cli.main", HEAVY | {"textual", "rich", "click"}),
        ("import roadmap_tui.tui.launch", HEAVY),
        ("import roadmap_tui.plan.parser", HEAVY - {"pydantic"}),
        ("import roadmap_tui.history.merge_driver", HEAVY - {"pydantic", "tomlrt"}),
        (
            "import roadmap_tui.storage.save",
            HEAVY - {"pydantic", "tomlrt"} | {"textual", "rich", "click"},
        ),
    ],
)
def test_it_waits_for_what_takes_long(statement: str, light: set[str]) -> None:
    assert not imported_by(statement) & light


def test_the_app_still_imports_what_it_paints_with() -> None:
    assert "textual" in imported_by("import roadmap_tui.tui.launch")


def test_what_is_imported_is_declared() -> None:
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [project["optional-dependencies"][name] for name in ("mcp", "portfolio", "serve")]
    declared = set(map(canonical, chain(project["dependencies"], *extras)))
    providers = packages_distributions()
    for path in (ROOT / "src").rglob("*.py"):
        for name in imports(path):
            known = {canonical(each) for each in providers.get(name, [name])}
            assert known & declared, (
                f"{path.name} imports {name}, which pyproject.toml does not declare"
            )


def canonical(requirement: str) -> str:
    """The name in a requirement, as package indexes compare it."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", name[0]).lower() if name else ""


def imports(path: Path) -> set[str]:
    """Top-level packages outside the standard library that a module imports, also by name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module or "")
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            names |= {
                each.value
                for each in node.args
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            }
    return (
        {each.partition(".")[0] for each in names} - set(sys.stdlib_module_names) - {"roadmap_tui"}
    )
