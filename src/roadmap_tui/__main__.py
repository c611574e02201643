"""The program, for those who have no `roadmap` on their path: ``python -P -m roadmap_tui``."""

import os
import sys


def _here() -> str:
    try:
        return os.getcwd()
    except OSError:  # the folder is gone
        return ""


def _run() -> int:
    if not sys.flags.safe_path and sys.path[:1] == [_here()]:
        del sys.path[0]  # where `python -m` without -P looks for modules first
    from roadmap_tui.cli.main import main

    return main()


sys.exit(_run())
