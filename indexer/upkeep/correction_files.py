"""Editors' corrections as lines of JSON, to keep apart from an index or to take to another one.

A correction names an article by its id and, for who reads the file and for a version that makes ids otherwise, by its
address and title. It is read from catalogues of every version, also of one that no longer can be used otherwise.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import cast

import orjson

from indexer import pipeline
from indexer.catalogue.history import as_row, changed, from_row
from indexer.catalogue.store import Catalogue
from indexer.errors import IndexBroken, QueryError
from indexer.extract.identity import article_id
from indexer.index.base import Index, SharedIndex
from indexer.index.opening import create_index, open_index
from indexer.jobs.sharing import correction_rows, corrections
from indexer.models import DATE, Change, Correction, TaggedArticle, Verdict
from indexer.places.gazetteer import Gazetteer
from indexer.settings import Settings
from indexer.upkeep.correcting import change_shared, corrections_of, known_place
from indexer.upkeep.typed_dates import typed_date

NOTE = "timbao tag --import"
"""What the history of an article says of corrections that were taken over."""

AT_ONCE = 500
"""Articles that are asked for in one round trip."""

Line = dict[str, str | None]

NO_CORRECTION = "no correction"


def exported(settings: Settings) -> Iterator[Line]:
    """Every correction, by article: ``article``, ``url``, ``title``, ``place``, ``name``, ``verdict``.

    The verdict is add or drop; of the date it is date, as is the place, and the name is the day, empty for none.

    Raises:
        IndexMissing: there is no catalogue. IndexBroken, IndexUnreachable.
    """
    if settings.cluster:
        with closing(open_index(settings)) as index:
            yield from _of_all(index)
        return
    with closing(Catalogue.any_version(settings.index)) as catalogue:
        try:
            found = catalogue.corrections.all()
        except sqlite3.OperationalError:  # a catalogue from before there were any
            return
        known: dict[str, TaggedArticle | None] = {}
        for one, correction in found:
            if one not in known:
                known = {one: _article(catalogue, one)}
            yield _line(one, known[one], correction)


def _article(catalogue: Catalogue, one: str) -> TaggedArticle | None:
    with suppress(IndexBroken, sqlite3.DatabaseError):
        return catalogue.get(one)
    return None


def _of_all(index: Index) -> Iterator[Line]:
    assert isinstance(index, SharedIndex)
    ids = iter(sorted(index.ids()))
    while batch := list(islice(ids, AT_ONCE)):
        found = index.corrections(batch)
        known = index.articles(list(found))
        for one, rows in sorted(found.items()):
            yield from (_line(one, known.get(one), correction) for correction in corrections(rows))


def _line(one: str, tagged: TaggedArticle | None, correction: Correction) -> Line:
    article = tagged.article if tagged else None
    return {
        "article": one,
        "url": article.url if article else None,
        "title": article.title if article else None,
        "place": correction.id,
        "name": correction.name,
        "verdict": correction.verdict,
    }


@dataclass(slots=True)
class Imported:
    """What came of a file: corrections of how many articles, how many of these are not stored (yet), lines not used."""

    corrections: int = 0
    articles: int = 0
    unknown: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def imported(lines: Iterable[bytes], settings: Settings) -> Imported:
    """Lay corrections over what is there: where both name a place, or the date, the file's word counts.

    Those of an article that is not stored wait for it. A line that is none, or names no place, is told by its number.

    Raises:
        IndexMissing, IndexBusy, IndexOutdated, IndexBroken.
    """
    made = Imported()
    wanted = _read(lines, made)
    if settings.cluster:
        with closing(create_index(settings)) as index:
            assert isinstance(index, SharedIndex)
            for one, said in wanted.items():
                if change_shared(index, one, partial(_change, said)) is None:
                    made.unknown += 1
                    _keep(index, one, said)
        return made
    with pipeline.changing(settings, list(wanted)) as catalogue:
        for one, said in wanted.items():
            made.unknown += not catalogue.copies.has(one)
            if change := _change(said, None, catalogue.corrections.of(one), catalogue.history.of(one)):
                catalogue.correct(one, change)
    return made


def _change(
    said: Sequence[Correction], _: TaggedArticle | None, before: Sequence[Correction], history: Sequence[Change]
) -> Change | None:
    return changed(before, history, said, time.time(), note=NOTE)


def _keep(index: SharedIndex, one: str, said: Sequence[Correction]) -> None:
    """Keep corrections of an article that is not there yet."""
    history = [from_row(row) for row in index.history(one)]
    if change := _change(said, None, corrections(index.corrections([one]).get(one, ())), history):
        index.correct(one, correction_rows(change.after), [as_row(past) for past in (*history, change)])


def _read(lines: Iterable[bytes], made: Imported) -> dict[str, Sequence[Correction]]:
    gazetteer = Gazetteer.load()
    wanted: dict[str, list[Correction]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            told = orjson.loads(line)
            found = _said(gazetteer, told)
            wanted.setdefault(_id(told), []).extend(found)
        except (ValueError, KeyError, TypeError):
            made.refused.append((number, NO_CORRECTION))
        except QueryError as error:
            made.refused.append((number, str(error)))
        else:
            made.corrections += len(found)
    made.articles = len(wanted)
    return dict(wanted)


def _said(gazetteer: Gazetteer, told: Line) -> list[Correction]:
    place, verdict = str(told["place"]), cast(Verdict, told["verdict"])
    if told["verdict"] == DATE:
        return [Correction(DATE, DATE, typed_date(str(told["name"])) if told["name"] else "")]
    if verdict not in ("add", "drop"):
        raise ValueError(verdict)
    return list(corrections_of(gazetteer, known_place(gazetteer, place)[:1], verdict))


def _id(told: Line) -> str:
    """The article's id as this version makes it."""
    return article_id(told["url"], "") if told.get("url") else str(told["article"])
