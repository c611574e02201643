"""`roadmap schema`: JSON Schemas of the file and of every answer."""

import click
from click.shell_completion import CompletionItem

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.commands import command_names
from roadmap_tui.cli.reply import Reply


def _complete_schemas(
    _context: click.Context, _option: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    names = ("file", "failure", *command_names())
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


@roadmap_command(tool="info")
@click.option(
    "--of",
    metavar="file|failure|COMMAND",
    default="file",
    show_default=True,
    help=(
        "The file, the JSON answer of a command, or failure, the JSON answer of a failed command."
    ),
    shell_complete=_complete_schemas,
)
def schema_command(of: str) -> Reply:
    """Print the JSON Schema of the file or of a command's answer.

    Editors use the schema of the file; see docs/editors.md.
    """
    from roadmap_tui.cli.replies.schema import schema_reply

    return schema_reply(of)
