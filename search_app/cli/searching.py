"""Commands that ask an index: search, show, explain."""

from __future__ import annotations

import gc
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from indexer.models import TaggedArticle
from search_app.answers import MAX_LIMIT, REACHES, SORTS, SearchRequest, answer_json, article_json, date_evidence
from search_app.cli.language import language, tell
from search_app.cli.options import filter_options, index_option, settings
from search_app.cli.printing import (
    plain,
    print_answer,
    print_article,
    print_json,
    print_labels,
    print_matches,
    print_notices,
    print_places,
)
from search_app.results.words_alone import words_alone
from search_app.service import SearchService

SEPARATORS = (",", ";")
"""What may part the cells of a table: a comma, or the semicolon that Excel expects where numbers have commas."""


@click.command()
@click.argument("query")
@filter_options
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True)
@click.option("--limit", type=click.IntRange(0), metavar="N", help="At most so many stories. [default: 10]")
@click.option(
    "--match",
    type=click.Choice(REACHES),
    help="All words in one paragraph, all anywhere, or most of them; else the narrowest that has any.",
)
@click.option("--offset", type=click.IntRange(0, 10_000), default=0, show_default=True)
@click.option("--json", "how", flag_value="json", help="The whole answer as one JSON object a query.")
@click.option(
    "--csv",
    "how",
    flag_value="csv",
    help="Every story as a row for a spreadsheet, without bound unless --limit is given.",
)
@click.option("--sep", type=click.Choice(SEPARATORS), default=",", help="What parts the cells of --csv.")
@index_option
def search(query: str, index_dir: Path | None, how: str | None, sep: str, limit: int | None, **asked: Any) -> None:
    """Find articles. QUERY as - reads one query a line.

    \b
    Words are wanted as words.   "exact phrase"   -not   a OR b   a AND b   (...)   hợp*
    title:x  site:x  province:thanh-hoa  country:han-quoc  date:2023-01..2023-06
    P and C are an id or a name in any spelling: thanh-hoa, "Thanh Hoá", han-quoc, KR.

    \b
    Completion by the Tab key (zsh_source and fish_source for those shells):
    eval "$(_TIMBAO_COMPLETE=bash_source timbao)"
    """
    if limit is not None and limit > MAX_LIMIT and how != "csv":
        raise click.BadParameter(tell("at most 200; with --csv there is no bound"), param_hint="--limit")
    queries = (line.rstrip("\n") for line in sys.stdin) if query == "-" else iter([query])
    if query == "-" or how == "csv":  # it may go on for long
        gc.enable()
    total = 0
    with closing(SearchService.open(settings(index_dir))) as service:
        for text in queries:
            if how == "csv":
                answer = service.search(service.request(text=text, limit=0, **asked))
                print_notices(answer)
                total += answer.total
                _write_csv(service, service.request(text=text, **asked), sep, limit)
                continue
            answer = service.search(service.request(text=text, limit=10 if limit is None else limit, **asked))
            total += answer.total
            if how == "json":
                print_json(answer_json(answer))
            else:
                print_answer(answer, words_alone(service.total, answer))
    click.get_current_context().exit(0 if total or query == "-" else 1)


def _write_csv(service: SearchService, request: SearchRequest, separator: str, limit: int | None) -> None:
    """The stories of a request as CSV on stdout, fetched as they are written."""
    from search_app.results.exports import as_csv

    found = service.every(request, service.count() if limit is None else limit)
    heads = "vi" if language() == "vi" else None
    for line in as_csv(found, lambda _id: "", separator, heads):
        sys.stdout.buffer.write(line.encode("utf-8", "replace"))


def _article(service: SearchService, article_id: str) -> TaggedArticle:
    tagged = service.article(article_id)
    if tagged is None:
        click.echo("timbao: " + tell("no article has the id {id}", id=article_id), err=True)
        click.get_current_context().exit(1)
    return tagged


@click.command()
@click.argument("article_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@index_option
def show(article_id: str, as_json: bool, index_dir: Path | None) -> None:
    """Print a stored article."""
    with closing(SearchService.open(settings(index_dir))) as service:
        tagged = _article(service, article_id)
        if as_json:
            print_json(article_json(tagged))
        else:
            print_article(tagged)


@click.command()
@click.argument("article_id", metavar="ID")
@click.argument("query", required=False)
@index_option
def explain(article_id: str, query: str | None, index_dir: Path | None) -> None:
    """Say why an article was dated, tagged and cut as it was and, with a QUERY, what in it matches."""
    with closing(SearchService.open(settings(index_dir))) as service:
        tagged = _article(service, article_id)
        article = tagged.article
        click.secho(plain(article.title), bold=True)
        for source in service.sources(article_id):
            click.echo(plain(f"read from {source}"))
        published = article.dating.published
        kind = "" if article.dating.by_editor else f"{article.dating.kind}: "
        evidence = f"{kind}{date_evidence(article.dating)}"
        click.echo(plain(f"date: {published.value if published else 'none'} ({evidence})"))
        if article.dating.hint:
            click.echo(plain(f"      {article.dating.hint}, the year is not stated"))
        if article.story:
            doubt = " (uncertain)" if article.doubt else ""
            click.echo(plain(f"story{doubt}: {article.story}"))
        print_places(tagged)
        if query is not None:
            print_matches(service, tagged, query)
        print_labels(tagged)
