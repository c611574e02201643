"""`roadmap portfolio`: the roadmaps of a folder side by side."""

from typing import Literal

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.options import forecast_options, json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command()
@click.argument("folder")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md"]),
    default="text",
    show_default=True,
)
@click.option(
    "--executor",
    "engine",
    metavar="ENGINE",
    help="Use a running dask cluster: dask://HOST:PORT.",
)
@click.option(
    "--tls-ca",
    metavar="PEM",
    help="For TLS: certificate of the authority that signed the cluster's certificates.",
)
@click.option("--tls-cert", metavar="PEM", help="For TLS: your certificate.")
@click.option("--tls-key", metavar="PEM", help="For TLS: the key of your certificate.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Number of processes; by default, one per core.",
)
@forecast_options
@json_option
def portfolio_command(
    folder: str,
    form: Literal["text", "md"],
    engine: str | None,
    tls_ca: str | None,
    tls_cert: str | None,
    tls_key: str | None,
    jobs: int | None,
    options: ForecastOptions,
    as_json: bool,
) -> Reply:
    """Compare the roadmaps of a folder, and the teams they share.

    Every roadmap in FOLDER and its subfolders is forecast, in parallel on all cores. Teams with the
    same name count as the same people.
    """
    from roadmap_tui.cli.executors import TlsFiles
    from roadmap_tui.cli.replies.portfolio import PortfolioOptions, portfolio_reply

    how = PortfolioOptions(form, engine, jobs, TlsFiles(tls_ca, tls_cert, tls_key))
    return portfolio_reply(folder, options, how, as_json=as_json)
