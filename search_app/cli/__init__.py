"""The command line: ``timbao``. A thin layer over the pipeline and the search service."""

from search_app.cli.main import main

__all__ = ["main"]
