"""`roadmap export`: the roadmap as a document, a picture or a table for others."""

from collections.abc import Iterable

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.options import file_argument, json_option, scenario_forecast_options
from roadmap_tui.cli.reply import Reply
from roadmap_tui.export.formats import (
    AUDIENCES,
    FORMATS,
    PICTURES,
    Audience,
    AudienceName,
    ExportFormat,
    FormatName,
    PictureKind,
    PictureName,
)


def _names(choices: Iterable[ExportFormat | Audience | PictureKind]) -> click.Choice[str]:
    return click.Choice([each.name for each in choices])


def _help(choices: Iterable[ExportFormat | Audience | PictureKind]) -> str:
    return "\n".join(f"{each.name}: {each.help}." for each in choices)


@roadmap_command(tool="read")
@file_argument
@click.option(
    "--format",
    "form",
    type=_names(FORMATS),
    default="md",
    show_default=True,
    help=_help(FORMATS),
)
@click.option("--for", "audience", type=_names(AUDIENCES), help=_help(AUDIENCES))
@click.option("--picture", type=_names(PICTURES), help=_help(PICTURES))
@click.option("--item", metavar="ID", help="Write a document about one item, such as a model card.")
@click.option(
    "--template",
    "template_file",
    metavar="FILE",
    help="Your own Jinja2 template, for md or html.",
)
@click.option(
    "--assets", metavar="FOLDER", help="For md: write the pictures to this folder and link them."
)
@click.option("--out", "-o", metavar="OUT", help="Write to this file instead of standard output.")
@scenario_forecast_options
@json_option
def export_command(
    file: str,
    form: FormatName,
    audience: AudienceName | None,
    picture: PictureName | None,
    item: str | None,
    template_file: str | None,
    assets: str | None,
    out: str | None,
    options: ForecastOptions,
    as_json: bool,
) -> Reply:
    """Export the roadmap as a document, a picture or a table.

    The customer page shows only items with a public name, without chances and money. A FILE of -
    is standard input.
    """
    from roadmap_tui.cli.replies.export import ExportOptions, export_reply

    wanted = ExportOptions(form, audience, picture, item, template_file, assets, out)
    return export_reply(file, options, wanted, as_json=as_json)
