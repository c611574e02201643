"""How to install the optional packages of some commands into the current environment.

The hint depends on the installer: roadmap-tui is on no package index.
"""

import json
import re
import shlex
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

_NAME = "roadmap-tui"
_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")


def install_hint(extra: str) -> str:
    """The message for a command whose optional packages are missing."""
    command = install_command(extra)
    if command is None:
        return f"this needs the packages of the extra {extra}; install {_NAME} again, with it"
    return f"this needs packages that are not installed; install them with: {command}"


def install_command(extra: str) -> str | None:
    """The command that installs an extra's packages; None if they aren't known."""
    try:
        installed = distribution(_NAME)
    except PackageNotFoundError:
        return None
    wanted = extra_requirements(installed, extra)
    if not wanted:
        return None
    return shlex.join(_build_command(_InstallSource(installed), extra, wanted))


def extra_requirements(installed: Distribution, extra: str) -> list[str]:
    """The requirements that an extra adds, such as ``aiohttp>=3.11``."""
    pairs = (each.partition(";") for each in installed.requires or ())
    return [name.strip() for name, _, marker in pairs if extra in _EXTRA.findall(marker)]


class _InstallSource:
    """Where the program was installed from, as installers record it.

    Attributes:
        folder: the folder, if it was installed from one.
        is_editable: whether the program runs from that folder.
    """

    def __init__(self, installed: Distribution) -> None:
        record = json.loads(installed.read_text("direct_url.json") or "{}")
        url = urlsplit(record.get("url", ""))
        folder = url2pathname(url.path) if url.scheme == "file" else ""
        self.folder = folder if Path(folder).is_dir() and folder else None
        self.is_editable = bool(record.get("dir_info", {}).get("editable"))


def _build_command(source: _InstallSource, extra: str, wanted: list[str]) -> list[str]:
    prefix = Path(sys.prefix)
    if (prefix / "pipx_metadata.json").exists():
        return ["pipx", "inject", prefix.name, *wanted]
    if (prefix / "uv-receipt.toml").exists() and source.folder:
        editable = ["--editable"] if source.is_editable else []
        command = ["uv", "tool", "install", *editable]
        for each in _include_earlier_extras(prefix, wanted):
            command += ["--with", each]
        return [*command, source.folder]
    if source.is_editable and source.folder:
        return [*_detect_installer(), "--editable", f"{source.folder}[{extra}]"]
    return [*_detect_installer(), *wanted]


def _include_earlier_extras(prefix: Path, wanted: list[str]) -> list[str]:
    """The packages wanted now and earlier, because uv removes those it isn't given again."""
    receipt = tomllib.loads((prefix / "uv-receipt.toml").read_text(encoding="utf-8"))
    earlier = [
        each["name"] + each.get("specifier", "")
        for each in receipt.get("tool", {}).get("requirements", ())
    ]
    return list(dict.fromkeys([*(each for each in earlier if each != _NAME), *wanted]))


def _detect_installer() -> list[str]:
    if find_spec("pip") is None:
        return ["uv", "pip", "install", "--python", sys.executable]
    return [sys.executable, "-m", "pip", "install"]
