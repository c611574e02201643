"""`roadmap completions`: what a shell reads to complete the command line."""

from roadmap_tui.cli.completing import Shell, script
from roadmap_tui.cli.reply import Reply


def answer(shell: Shell) -> Reply:
    """The script for a shell."""
    return Reply(script(shell).strip("\n") + "\n")
