"""The command report: the list of stories that an office hands in, as a file."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import click

from search_app.answers import SORTS
from search_app.cli.language import tell
from search_app.cli.options import filter_options, index_option, settings
from search_app.messages import Language
from search_app.query.periods import today
from search_app.results.naming import request_lines
from search_app.results.report import GROUPINGS, Heading, Report, ReportOptions, make_report
from search_app.results.report_formats import REPORT_FORMATS
from search_app.service import SearchService


@click.command()
@click.argument("query", required=False, default="")
@filter_options
@click.option("-o", "--output", metavar="FILE", help="FILE.docx, .xlsx, .html or .md. [default: Markdown on stdout]")
@click.option(
    "--by", type=click.Choice(GROUPINGS), default="month", show_default=True, help="What stories stand under."
)
@click.option("--title", default="", metavar="TEXT", help="The heading instead of the usual one.")
@click.option("--office", default="", metavar="TEXT", help="The office that hands it in: heads the page.")
@click.option("--lang", type=click.Choice(get_args(Language)), default="vi", show_default=True, help="Its language.")
@click.option("--old", is_flag=True, help="Count the 63 provinces before July 2025 instead of the 34 of today.")
@click.option("--sort", type=click.Choice(SORTS), default="oldest", show_default=True)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many stories. [default: all]")
@index_option
def report(
    query: str,
    output: str | None,
    limit: int | None,
    old: bool,
    index_dir: Path | None,
    **asked: Any,
) -> None:
    """Write the stories of a query as a report: what was asked, the list, counts by month and place.

    \b
    timbao report "thanh hóa" --country han-quoc --period "last quarter" -o report.docx
    timbao report --province thanh-hoa --since 2026-11-25 -o news.html || echo nothing new

    The exit code is 1, and no file is written, where there is nothing to report: so cron sends only what there is.
    --since goes by the day of publication: a story of last year that was indexed today is not new by it.
    """
    ctx = click.get_current_context()
    written = REPORT_FORMATS.get(Path(output).suffix.lower().lstrip(".") if output and output != "-" else "md")
    if written is None:
        raise click.BadParameter(f"{output}: a report is one of .{', .'.join(REPORT_FORMATS)}", ctx, param_hint="-o")
    with closing(SearchService.open(settings(index_dir))) as service:
        made = _made(service, query, limit, old=old, **asked)
    if not made.articles:
        click.echo(f"timbao: {tell('nothing to report')}", err=True)
        ctx.exit(1)
    content = written.write(made)
    if output is None or output == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        click.echo("timbao: " + tell("cannot write {file}: {reason}", file=output, reason=error.strerror), err=True)
        ctx.exit(4)
    click.echo(tell("{file}: {count} articles", file=output, count=made.articles), err=True)


def _made(
    service: SearchService,
    query: str,
    limit: int | None,
    *,
    by: Any,
    title: str,
    office: str,
    lang: Language,
    old: bool,
    **asked: Any,
) -> Report:
    request = service.request(text=query, geography="63" if old else "34", **asked)
    options = ReportOptions(
        heading=Heading(title, office, request_lines(request, lang)),
        by=by,
        language=lang,
        geography=request.geography,
        total=service.total(request),
        alike=service.alike,
    )
    return make_report(list(service.every(request, limit or max(1, service.count()))), options, today())
