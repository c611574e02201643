"""`roadmap completions`: what a shell reads to complete the command line."""

from typing import Literal

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.completion import shell_script
from roadmap_tui.cli.reply import Reply


@roadmap_command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish")
@click.pass_context
def completions_command(context: click.Context, shell: Literal["bash", "zsh", "fish"]) -> Reply:
    """Print the completion script for bash, zsh or fish.

    For bash: eval "$(roadmap completions bash)" in ~/.bashrc; for zsh, the same in ~/.zshrc; for
    fish: roadmap completions fish > ~/.config/fish/completions/roadmap.fish
    """
    script = shell_script(context.find_root().command, shell)
    return Reply(script.strip("\n") + "\n")
