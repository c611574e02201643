"""Hints to install missing packages use the installer of the program."""

import os
import shlex
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import tomli

ROOT = Path(__file__).parents[2]
EXTRAS = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "optional-dependencies"
]
METADATA = "Metadata-Version: 2.4\nName: roadmap-tui\nVersion: 0\nProvides-Extra: serve\n"
NEEDS = (
    "Requires-Dist: click>=8.5\nRequires-Dist: aiohttp>=3.11; extra == 'serve'\nRequires-Dist: b<2;"
    " extra == 'mcp'\n"
)


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    """An environment with only the program's metadata, in a folder with a space in its name."""
    folder = tmp_path / "my tools" / "roadmap-tui"
    venv.create(folder, with_pip=False)
    return folder


def command(
    prefix: Path, extra: str = "serve", url: str = "", metadata: str = METADATA + NEEDS
) -> list[str] | None:
    """What an interpreter of that environment answers."""
    site = next(prefix.glob("lib/python3*/site-packages"))
    if metadata:
        record = site / "roadmap_tui-0.dist-info"
        record.mkdir(exist_ok=True)
        (record / "METADATA").write_text(metadata)
        (record / "direct_url.json").write_text(url or "{}")
    script = (
        "from roadmap_tui.cli.optional_packages import install_command;"
        f" print(install_command({extra!r}) or '')"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    asked = [str(prefix / "bin" / "python"), "-c", script]
    done = subprocess.run(asked, capture_output=True, text=True, env=environment, check=False)
    assert done.stderr == ""
    return shlex.split(done.stdout) or None


def of_folder(folder: Path, editable: str = "false") -> str:
    return f'{{"url": "{folder.as_uri()}", "dir_info": {{"editable": {editable}}}}}'


def test_a_plain_environment_gets_what_the_extra_needs(prefix: Path) -> None:
    python = str(prefix / "bin" / "python")
    assert command(prefix) == ["uv", "pip", "install", "--python", python, "aiohttp>=3.11"]
    (next(prefix.glob("lib/python3*/site-packages")) / "pip.py").touch()
    assert command(prefix) == [python, "-m", "pip", "install", "aiohttp>=3.11"]
    assert command(prefix, "mcp") == [python, "-m", "pip", "install", "b<2"]


def test_a_checkout_is_installed_again_with_the_extra(prefix: Path) -> None:
    checkout = prefix.parent / "check out"
    checkout.mkdir()
    (next(prefix.glob("lib/python3*/site-packages")) / "pip.py").touch()
    python = str(prefix / "bin" / "python")
    wanted = [python, "-m", "pip", "install", "--editable", f"{checkout}[serve]"]
    assert command(prefix, url=of_folder(checkout, "true")) == wanted
    assert command(prefix, url=of_folder(checkout)) == [
        python,
        "-m",
        "pip",
        "install",
        "aiohttp>=3.11",
    ]


def test_pipx_injects(prefix: Path) -> None:
    (prefix / "pipx_metadata.json").write_text("{}")
    assert command(prefix) == ["pipx", "inject", "roadmap-tui", "aiohttp>=3.11"]


def test_uv_installs_its_tool_with_more(prefix: Path) -> None:
    (prefix / "uv-receipt.toml").touch()
    folder = prefix.parent
    assert command(prefix, url=of_folder(folder)) == [
        "uv",
        "tool",
        "install",
        "--with",
        "aiohttp>=3.11",
        str(folder),
    ]
    (prefix / "uv-receipt.toml").write_text(
        '[tool]\nrequirements = [{ name = "roadmap-tui", directory = "x" }, { name = "mcp",'
        ' specifier = ">=2" }]\n'
    )
    again = [
        "uv",
        "tool",
        "install",
        "--editable",
        "--with",
        "mcp>=2",
        "--with",
        "aiohttp>=3.11",
        str(folder),
    ]
    assert command(prefix, url=of_folder(folder, "true")) == again
    gone = command(prefix, url=of_folder(folder / "gone"))
    assert gone == [
        "uv",
        "pip",
        "install",
        "--python",
        str(prefix / "bin" / "python"),
        "aiohttp>=3.11",
    ]


def test_without_metadata_no_command_is_made_up(prefix: Path) -> None:
    assert command(prefix, metadata="") is None
    assert command(prefix, metadata=METADATA) is None


@pytest.mark.parametrize(
    ("extra", "arguments"),
    [
        ("mcp", ["mcp", "."]),
        ("serve", ["serve", "plan.toml"]),
        ("portfolio", ["portfolio", ".", "--executor", "dask://x:1"]),
    ],
)
def test_each_command_asks_for_its_extra_and_names_no_package_that_does_not_exist(
    extra: str, arguments: list[str], tmp_path: Path
) -> None:
    (tmp_path / "plan.toml").write_bytes((ROOT / "roadmaps" / "helpdesk.toml").read_bytes())
    hidden = (
        "import sys; from importlib import util; there = util.find_spec;"
        " sys.modules.update(dict.fromkeys(['mcp', 'aiohttp', 'textual_serve', 'distributed']));"
        " util.find_spec = lambda name, package=None: None if name == 'mcp' else there(name,"
        " package); from roadmap_tui.cli.main import main; sys.exit(main())"
    )
    asked = [sys.executable, "-c", hidden, *arguments]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode in {2, 4}, done.stderr
    assert "Traceback" not in done.stderr
    _, found, wanted = done.stderr.strip().partition("install them with: ")
    words = shlex.split(wanted)
    assert found
    assert words[-1].endswith(f"[{extra}]") or set(EXTRAS[extra]) <= set(words)
    assert not any(each.startswith("roadmap-tui") for each in words[1:] if words[0] != "pipx")
