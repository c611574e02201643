"""The program, for those who have no `roadmap` on their path: ``python -m roadmap_tui``."""

import sys

from roadmap_tui.cli.main import main

sys.exit(main())
