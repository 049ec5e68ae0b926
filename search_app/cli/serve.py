"""Commands that serve the web app: serve and demo."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from threading import Thread

import click

from indexer import pipeline
from indexer.settings import Settings
from search_app.cli.indexing import print_report
from search_app.cli.options import engine_option, index_option, settings
from search_app.cli.progress import progress


def _address_options(command: Callable[..., None]) -> Callable[..., None]:
    host = click.option("--host", help="Address to listen on. [default: 127.0.0.1]")
    return host(
        click.option("--port", type=click.IntRange(0, 65_535), help="[default: 8017; 0 takes a free one]")(command)
    )


@click.command()
@_address_options
@index_option
def serve(host: str | None, port: int | None, index_dir: Path | None) -> None:
    """Serve the search page until Ctrl-C."""
    run(settings(index_dir, host=host, port=port))


@click.command()
@_address_options
@engine_option
def demo(host: str | None, port: int | None, engine: str | None) -> None:
    """Index the sample pages into a temporary folder and serve them.

    The pages are invented and marked as samples; nothing is left behind.
    """
    with tempfile.TemporaryDirectory(prefix="timbao-demo-") as folder, as_file(files("corpus") / "pages") as pages:
        made = settings(Path(folder) / "index", host=host, port=port, engine=engine)
        with progress() as watch:
            print_report(pipeline.index([pages], made, watch))
        run(made)


def run(made: Settings) -> None:
    """Listen and answer until stopped. Says the address once it listens.

    Raises:
        IndexMissing, IndexOutdated, IndexBroken: there is nothing to serve.
    """
    from waitress.server import create_server

    from search_app.service import SearchService
    from search_app.web import create_app

    service = SearchService.open(made)
    Thread(target=service.warm, daemon=True).start()  # so that the first reader who types need not wait
    try:
        server = create_server(create_app(made, service), host=made.host, port=made.port, threads=made.threads)
    except OSError as error:
        service.close()
        raise click.ClickException(f"cannot listen on {made.host}:{made.port}: {error.strerror}") from error
    click.echo(f"{service.count()} articles at http://{made.host}:{server.effective_port}/ (Ctrl-C stops)")
    try:
        server.run()
    finally:
        server.close()
        service.close()
