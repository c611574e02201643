"""The app of one page: started by the server, on one roadmap, limited to its folder."""

import sys
from pathlib import Path

from roadmap_tui.tui.launch import run_app


def main(path: str) -> int:
    """Run the app; the exit code."""
    return run_app(path, Path(path).parent)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
