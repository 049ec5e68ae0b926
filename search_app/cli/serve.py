"""Commands that serve the web app: serve and demo."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

import click

from indexer import pipeline
from indexer.settings import Settings
from search_app.cli.indexing import print_report
from search_app.cli.language import tell
from search_app.cli.options import engine_option, index_option, settings
from search_app.cli.progress import progress


def _address_options(command: Callable[..., None]) -> Callable[..., None]:
    host = click.option("--host", help="Address to listen on. [default: 127.0.0.1]")
    return host(
        click.option("--port", type=click.IntRange(0, 65_535), help="[default: 8017; 0 takes a free one]")(command)
    )


@click.command()
@_address_options
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Processes that answer. [default: the cores, at most 8]",
)
@click.option(
    "--editor", is_flag=True, help="Let who knows the secret in TIMBAO_EDITOR_SECRET correct dates and places."
)
@index_option
def serve(host: str | None, port: int | None, workers: int | None, editor: bool, index_dir: Path | None) -> None:
    """Serve the search page until Ctrl-C.

    What an index run commits is found at once. SIGHUP starts the processes anew, one after the other, without a pause.

    With --editor dates and places are corrected from a story's page, on this machine or behind a proxy that ends TLS:
    see docs/deploy.md.
    """
    made = settings(index_dir, host=host, port=port, serve_workers=workers, editor=editor or None)
    run(made, made.serve_workers)


@click.command()
@_address_options
@engine_option
def demo(host: str | None, port: int | None, engine: str | None) -> None:
    """Index the sample pages into a temporary folder and serve them.

    The pages are invented and marked as samples; nothing is left behind.
    """
    kept = tempfile.TemporaryDirectory(prefix="timbao-demo-", ignore_cleanup_errors=True)  # Windows keeps what is open
    with kept as folder, as_file(files("corpus") / "pages") as pages:
        made = settings(Path(folder) / "index", host=host, port=port, engine=engine)
        with progress() as watch:
            print_report(pipeline.index([pages], made, watch))
        run(made)


def run(chosen: Settings, workers: int = 1) -> None:
    """Listen and answer until stopped. Says the address once it listens.

    Raises:
        IndexMissing, IndexOutdated, IndexBroken: there is nothing to serve.
    """
    from search_app.serving.server import bound_socket
    from search_app.serving.supervisor import Supervisor
    from search_app.serving.worker import serve_here

    try:
        listening = bound_socket(chosen.host, chosen.port)
    except OSError as error:
        raise click.ClickException(f"cannot listen on {chosen.host}:{chosen.port}: {error.strerror}") from error

    def ready(articles: int) -> None:
        port = listening.getsockname()[1]
        click.echo(
            tell(
                "{articles} articles at {address} (Ctrl-C stops)",
                articles=articles,
                address=f"http://{in_address(chosen.host)}:{port}/",
            )
        )

    with listening:
        chosen = replace(chosen, port=listening.getsockname()[1])
        if workers == 1:
            serve_here(chosen, listening, ready)
        else:
            Supervisor(chosen, listening, workers, lambda text: click.echo(f"timbao: {text}", err=True)).run(ready)


def in_address(host: str) -> str:
    """A host as it stands in an address: IPv6 ones in brackets, or they cannot be clicked.

    >>> in_address("::1"), in_address("127.0.0.1")
    ('[::1]', '127.0.0.1')
    """
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
