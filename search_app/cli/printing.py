"""What commands print: for people, coloured on a terminal and plain in a pipe, and as JSON."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click

from indexer.models import DATE, Change, Correction, Dating, Place, TaggedArticle
from search_app.answers import Hit, Piece, SearchAnswer, date_evidence, json_line
from search_app.cli.language import language, tell
from search_app.results.words_alone import WordAlone
from search_app.service import SearchService

INDENT = "    "
"""What the lines of a hit begin with, as wide as its number."""


def print_json(record: Any) -> None:
    """One object a line on stdout, UTF-8 whatever the terminal's encoding."""
    sys.stdout.buffer.write(json_line(record))


def plain(text: str) -> str:
    """A text without what a terminal would obey: escapes and other control characters, and turns of direction."""
    return text.translate(_COMMANDS)


_COMMANDS = dict.fromkeys([*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0)]) | dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def lines_json(tagged: TaggedArticle) -> list[dict[str, object]]:
    """The labelled lines of a page for JSON."""
    return [
        {"line": n.number, "label": n.label, "confidence": round(n.confidence, 2), "why": n.why, "text": n.text}
        for n in tagged.article.lines
    ]


def print_labels(tagged: TaggedArticle) -> None:
    """The labelled lines of a page as a table."""
    click.echo(plain(tagged.article.source))
    for line in tagged.article.lines:
        text = line.text if len(line.text) <= 80 else line.text[:79] + "…"
        click.echo(f"{line.number:5} {line.label:10} {line.confidence:4.2f} {plain(text)}")
        if line.why:
            click.echo(plain(f"{'':22}{line.why}"))


def print_article(tagged: TaggedArticle) -> None:
    """An article for people to read."""
    article, published = tagged.article, tagged.article.dating.published
    places = [place.name for place in (*tagged.provinces, *tagged.countries) if place.role == "about"]
    click.secho(plain(article.title), bold=True)
    date = published.value.replace("T", " ") if published else f"undated ({date_evidence(article.dating)})"
    click.echo(plain(" · ".join(filter(None, [article.site, date, ", ".join(places)]))))
    click.echo(plain(f"{article.id}  {article.url or article.source}"))
    if article.doubt:
        click.echo(plain(f"uncertain: {article.doubt}"))
    for paragraph in filter(None, (article.lead, *article.body)):
        click.echo()
        click.echo(plain(paragraph))
    for caption in article.captions:
        click.echo(plain(f"\n[{caption}]"))
    if article.byline:
        click.echo(plain(f"\n{article.byline}"))
    click.echo()


def print_notices(answer: SearchAnswer) -> None:
    """What is to be said of how a query was read, beside its stories."""
    for notice in answer.notices:
        click.echo(f"timbao: {plain(notice.text(language()))}", err=True)


def print_answer(answer: SearchAnswer, alone: Iterable[WordAlone] = ()) -> None:
    """An answer for people: coloured on a terminal, plain in a pipe. ``alone`` are its words where it has no story."""
    print_notices(answer)
    for word in alone:
        click.echo("timbao: " + tell("only {word}: {count}", word=plain(word.text), count=word.count), err=True)
    if answer.relaxed and answer.total:
        click.echo(f"timbao: {tell('no article has all the words; these have some of them')}", err=True)
    if answer.suggestion:
        click.echo("timbao: " + tell("did you mean: {query}", query=plain(answer.suggestion)), err=True)
    for number, hit in enumerate(answer.hits, answer.request.offset + 1):
        print_hit(number, hit)
    shown = tell(", shown {shown}", shown=len(answer.hits)) if len(answer.hits) < answer.total else ""
    found = tell("{total} found" if answer.total_exact else "at least {total} found", total=answer.total)
    click.echo(f"{found}{shown} · {answer.took_ms:.0f} ms")


def print_hit(number: int, hit: Hit) -> None:
    """One hit on three or four lines."""
    date = hit.published.replace("T", " ")[:16] if hit.published else tell("undated")
    about = ", ".join(_with_now(place) for place in (*hit.provinces, *hit.countries))
    _echo(f"{number:2}. {click.style(_styled(hit.title), bold=True)}")
    _echo("    " + click.style(" · ".join(filter(None, [plain(hit.site or ""), plain(date), about])), fg="cyan"))
    _echo(f"    {_styled(hit.snippet)}")
    click.echo(click.style(f"    {hit.id}  {plain(hit.url or '')}".rstrip(), dim=True) + "\n")


def _echo(line: str) -> None:
    """A line; on a terminal it is cut between words, and goes on below its beginning."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    click.echo(wrapped(line, width) if width > len(INDENT) else line)


def wrapped(line: str, width: int) -> str:
    """A line cut between its words, styled or not, so that none is longer than so many columns, if a word fits at all.

    >>> wrapped(" 1. một hai ba bốn", 12)
    ' 1. một hai\\n    ba bốn'
    """
    lines = [line[: len(INDENT)]]
    used = len(INDENT)
    for number, word in enumerate(line[len(INDENT) :].split(" ")):
        size = len(click.unstyle(word))
        if number and used + 1 + size > width:
            lines.append(INDENT + word)
            used = len(INDENT) + size
        else:
            lines[-1] += f" {word}" if number else word
            used += size + (number > 0)
    return "\n".join(lines)


def _styled(pieces: tuple[Piece, ...]) -> str:
    return "".join(click.style(plain(p.text), fg="yellow", bold=True) if p.marked else plain(p.text) for p in pieces)


def _with_now(place: Place) -> str:
    if place.now_name and place.now_name != place.name:
        return f"{place.name} ({tell('now')} {place.now_name})"
    return place.name


def print_date(dating: Dating) -> None:
    """When an article was published, and how that is known."""
    value = dating.published.value if dating.published else tell("undated")
    click.echo(plain(f"date: {value} ({date_evidence(dating)})"))


def print_changes(changes: Iterable[Change]) -> None:
    """What editors changed, a line each."""
    for one in changes:
        at = datetime.fromtimestamp(one.at).astimezone().isoformat(" ", "minutes")
        said = [*(["clear"] if one.cleared else []), *map(_said, one.said)]
        note = f" ({one.note})" if one.note else ""
        taken_back = f" [{tell('taken back')}]" if one.undone else ""
        click.echo(plain(f"{one.number}. {at}: {', '.join(said)}{note}{taken_back}"))


def _said(one: Correction) -> str:
    if one.id == DATE:
        return f"date {one.name or 'none'}"
    return f"{one.verdict} {one.name} ({one.id})"


VERDICTS = {"add": " (an editor added it)", "drop": " (an editor dropped it)"}


def print_places(tagged: TaggedArticle, *, evidence: bool = True) -> None:
    """The places of an article, those it is about first, and the places abroad that it names."""
    for kind, places in (("province", tagged.provinces), ("country", tagged.countries)):
        for place in places:
            _print_place(kind, place, evidence=evidence)
    for one in tagged.localities:
        click.echo(f"abroad: {one.name} ({one.id}) x{one.count}")


def _print_place(kind: str, place: Place, *, evidence: bool) -> None:
    now = f", today {place.now_name} ({place.now_id})" if place.now_name not in (None, place.name) else ""
    said = VERDICTS[place.verdict] if place.verdict else ""
    click.echo(f"{kind}: {place.name} ({place.id}{now}) {place.role}{said}, score {place.score:.1f}")
    for one in place.evidence if evidence else ():
        click.echo(f"      {one.weight:+.2f} {one.zone} “{one.text}” ({one.rule})")


def print_matches(service: SearchService, tagged: TaggedArticle, query: str) -> None:
    """Which words of a query stand in an article and in what spelling, and what put it where it is."""
    why = service.explain(tagged, query)
    rank = f"number {why.rank}, score {why.score:.2f}" if why.rank and why.score is not None else "not among the best"
    click.echo(f"query: {query} ({rank})")
    for one in why.matches:
        written = f" “{one.written}”" if one.written != one.typed else ""
        click.echo(f"      {one.zone}: {one.typed}{written} x{one.count} ({one.reason})")
    for seen in why.features:
        click.echo(f"      {seen.value * seen.weight:+8.2f} = {seen.value:7.2f} x {seen.weight:+.3f} {seen.name}")


def megabytes(size: int) -> str:
    """A number of bytes for people.

    >>> megabytes(1_234_567)
    '1.2 MB'
    """
    return f"{size / 1e6:,.1f} MB"
