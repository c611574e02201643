"""`roadmap completions`: what a shell reads to complete the command line."""

from roadmap_tui.cli.completion import Shell, shell_script
from roadmap_tui.cli.reply import Reply


def answer(shell: Shell) -> Reply:
    """The script for a shell."""
    return Reply(shell_script(shell).strip("\n") + "\n")
