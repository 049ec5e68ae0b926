"""An editor corrects the places and the date of an article: what was typed, into the catalogue and at once the index.

Every change is kept with its note and can be taken back, the newest first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing

from indexer import pipeline
from indexer.catalogue.history import as_row, changed, from_row, undone
from indexer.catalogue.store import Catalogue
from indexer.errors import QueryError
from indexer.index.base import SharedIndex
from indexer.index.opening import create_index, open_index
from indexer.jobs.indexing import TagAndAnalyse, entry
from indexer.jobs.sharing import corrected_by_all, correction_rows, corrections, stored_by_all
from indexer.models import DATE, Change, Correction, TaggedArticle, Verdict
from indexer.places.gazetteer import OLD, Gazetteer
from indexer.settings import Settings
from indexer.upkeep.typed_dates import typed_date

MOST_NOTE = 300
"""Characters of a note that are kept."""

Make = Callable[[TaggedArticle, Sequence[Correction], Sequence[Change]], Change | None]
"""The change to make of an article, from its corrections and their history; None for none."""


class Ambiguous(QueryError):
    """A name of several places; ``ids`` are theirs."""

    def __init__(self, message: str, value: str, ids: tuple[str, ...]) -> None:
        super().__init__(message, value)
        self.ids = ids


class Contradiction(QueryError):
    """A place that is both added and dropped."""


class NotTheNewest(QueryError):
    """A change that is to be taken back and is not the newest that holds."""


def correct(
    article_id: str,
    settings: Settings,
    *,
    add: Iterable[str] = (),
    drop: Iterable[str] = (),
    date: str | None = None,
    clear: bool = False,
    note: str = "",
) -> TaggedArticle | None:
    """Say what an article is about, and what not, and its date; returns it as it now is, None where there is none.

    Places are ids or names in any spelling, the date as people write it (:func:`typed_date`). ``clear`` first forgets
    what was said before. What changes nothing is not kept.

    Raises:
        NoDate, Ambiguous, Contradiction, QueryError: a date or place that is none, several, or both added and dropped.
        IndexMissing, IndexBusy, IndexOutdated, IndexBroken, IndexNotWritten: then nothing was changed.
    """
    gazetteer = Gazetteer.load()
    day = None if date is None else typed_date(date)

    def make(tagged: TaggedArticle, before: Sequence[Correction], history: Sequence[Change]) -> Change | None:
        said = _said(gazetteer, tagged, add, drop, day)
        return changed(before, history, said, time.time(), note=" ".join(note.split())[:MOST_NOTE], clear=clear)

    return _change(article_id, settings, make)


def undo(article_id: str, settings: Settings, number: int | None = None) -> TaggedArticle | None:
    """Take back the newest change of an article that holds, which has to be this one where a number is given.

    Raises:
        NotTheNewest: it is not, or there is none. And as :func:`correct`.
    """

    def make(_: TaggedArticle, __: Sequence[Correction], history: Sequence[Change]) -> Change | None:
        holding = [one.number for one in history if one.undone is None]
        wanted = holding[-1] if number is None and holding else number or 0
        made = undone(history, wanted, time.time())
        if made is None:
            raise NotTheNewest("nothing to take back" if not holding else f"change {wanted} is not the newest", "")
        return made

    return _change(article_id, settings, make)


def history(article_id: str, settings: Settings) -> tuple[Change, ...]:
    """Every change of an article's corrections, the first of them first.

    Raises:
        IndexMissing, IndexOutdated, IndexBroken, IndexUnreachable.
    """
    if settings.cluster:
        with closing(open_index(settings)) as index:
            assert isinstance(index, SharedIndex)
            return tuple(map(from_row, index.history(article_id)))
    with closing(Catalogue.open(settings.index)) as catalogue:
        return catalogue.history.of(article_id)


def _change(article_id: str, settings: Settings, make: Make) -> TaggedArticle | None:
    """Make a change where corrections of this index are kept; the article as it then is, None where there is none."""
    if settings.cluster:
        with closing(create_index(settings)) as index:
            assert isinstance(index, SharedIndex)
            return change_shared(index, article_id, make)
    with pipeline.changing(settings, [article_id]) as catalogue:
        tagged = catalogue.get(article_id)
        if tagged is None:
            return None
        if change := make(tagged, catalogue.corrections.of(article_id), catalogue.history.of(article_id)):
            catalogue.correct(article_id, change)
        return catalogue.get(article_id)


def change_shared(index: SharedIndex, article_id: str, make: Make) -> TaggedArticle | None:
    """The same in an index that several machines write: laid over the article, whoever read it."""
    tagged = index.articles([article_id]).get(article_id)
    if tagged is None:
        return None
    before = corrections(index.corrections([article_id]).get(article_id, ()))
    past = [from_row(row) for row in index.history(article_id)]
    if change := make(tagged, before, past):
        kept = {one.number: one for one in (*past, change)}
        rows = correction_rows(change.after if change.undone is None else change.before)
        index.correct(article_id, rows, [as_row(one) for one in kept.values()])
        job = TagAndAnalyse()
        stored = list(corrected_by_all(index, stored_by_all(index, [article_id])))
        with index.writer() as writer:
            for article, derived in zip(stored, job.do(stored), strict=True):
                writer.add(entry(article, derived))
    return index.articles([article_id], evidence=True).get(article_id)


def _said(
    gazetteer: Gazetteer, tagged: TaggedArticle, add: Iterable[str], drop: Iterable[str], day: str | None
) -> list[Correction]:
    added = [_to_add(gazetteer, typed, tagged, day) for typed in add]
    dropped = [id_ for typed in drop for id_ in known_place(gazetteer, typed)]
    if both := set(added) & set(dropped):
        raise Contradiction(f"{min(both)} is both added and dropped", min(both))
    dated = [] if day is None else [Correction(DATE, DATE, day)]
    return [*corrections_of(gazetteer, added, "add"), *corrections_of(gazetteer, dropped, "drop"), *dated]


def corrections_of(gazetteer: Gazetteer, ids: Iterable[str], verdict: Verdict) -> Iterator[Correction]:
    """The corrections that add, or drop, these places."""
    for id_ in ids:
        if id_ in gazetteer.countries:
            yield Correction(id_, verdict, gazetteer.name(id_))
        else:
            now = gazetteer.successor(id_)
            yield Correction(id_, verdict, gazetteer.name(id_), now, gazetteer.name(now))


def known_place(gazetteer: Gazetteer, typed: str) -> tuple[str, ...]:
    """The ids of a name; of a province that lives on both, old and new: dropping it drops it in either.

    Raises:
        QueryError: no place is called so.
    """
    if typed in gazetteer.countries:
        return (typed,)
    if ids := gazetteer.resolve_province(typed) or gazetteer.resolve_country(typed):
        return ids
    raise QueryError(f"no province or country is called {typed!r}", typed)


def _to_add(gazetteer: Gazetteer, typed: str, tagged: TaggedArticle, day: str | None) -> str:
    """The id of a name as on the day of the story."""
    ids = known_place(gazetteer, typed)
    epoch = _epoch(gazetteer, tagged, day)
    fitting = [id_ for id_ in ids if id_.startswith(f"{epoch}:")] or ids
    if len(fitting) > 1:
        raise Ambiguous(f"{typed!r} may be {' or '.join(fitting)}: give the id", typed, tuple(fitting))
    return fitting[0]


def _epoch(gazetteer: Gazetteer, tagged: TaggedArticle, day: str | None) -> str:
    """The geography of the story: by its date, as corrected now or before, else by the provinces found in it."""
    published = tagged.article.dating.published
    if known := day or (published.value if published and day is None else ""):
        return gazetteer.epoch_on(known[:10])
    return next((place.id.partition(":")[0] for place in tagged.provinces), OLD)
