"""What starts quickly must not import what takes long."""

import subprocess
import sys

import pytest

HEAVY = {"numpy", "pydantic", "networkx", "jinja2", "tomlrt"}


def imported_by(statement: str) -> set[str]:
    script = f"{statement}\nimport sys\nprint(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in result.stdout.split()}


@pytest.mark.parametrize(
    ("statement", "light"),
    [
        ("import roadmap_tui.cli.main", HEAVY | {"textual", "rich", "click"}),
        ("import roadmap_tui.app.main", HEAVY),
        ("import roadmap_tui.plan.read", HEAVY - {"pydantic"}),
        ("import roadmap_tui.history.driver", HEAVY - {"pydantic", "tomlrt"}),
        ("import roadmap_tui.files.save", HEAVY - {"pydantic", "tomlrt"} | {"textual", "rich", "click"}),
    ],
)
def test_it_waits_for_what_takes_long(statement: str, light: set[str]) -> None:
    assert not imported_by(statement) & light


def test_the_app_still_imports_what_it_paints_with() -> None:
    assert "textual" in imported_by("import roadmap_tui.app.main")
