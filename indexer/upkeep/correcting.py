"""An editor corrects the places of an article: from what was typed to the catalogue, and at once into the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing

from indexer import pipeline
from indexer.catalogue.corrections import Correction
from indexer.errors import QueryError
from indexer.index.base import SharedIndex
from indexer.index.opening import create_index
from indexer.jobs.indexing import TagAndAnalyse, entry
from indexer.jobs.sharing import corrected_by_all, stored_by_all
from indexer.models import TaggedArticle, Verdict
from indexer.places.gazetteer import OLD, Gazetteer
from indexer.settings import Settings


def correct(
    article_id: str, settings: Settings, *, add: Iterable[str] = (), drop: Iterable[str] = (), clear: bool = False
) -> TaggedArticle | None:
    """Say what an article is about, and what not; returns it as it now is, None where there is no such article.

    Places are ids or names in any spelling. ``clear`` first forgets what was said before.

    Raises:
        QueryError: a place that is none, or is both added and dropped.
        IndexMissing, IndexBusy, IndexOutdated, IndexBroken.
    """
    gazetteer = Gazetteer.load()
    if settings.cluster:
        with closing(create_index(settings)) as index:
            assert isinstance(index, SharedIndex)
            tagged = index.articles([article_id]).get(article_id)
            if tagged is None:
                return None
            _correct_shared(index, article_id, _said(gazetteer, tagged, add, drop), clear)
            return index.articles([article_id], evidence=True).get(article_id)
    with pipeline.changing(settings) as catalogue:
        tagged = catalogue.get(article_id)
        if tagged is None:
            return None
        catalogue.correct(article_id, _said(gazetteer, tagged, add, drop), clear=clear)
        return catalogue.get(article_id)


def _correct_shared(index: SharedIndex, article_id: str, said: Iterable[Correction], clear: bool) -> None:
    """Keep corrections in an index that several machines write, and lay them over the article, whoever read it."""
    before = {} if clear else {row[0]: row for row in index.corrections([article_id]).get(article_id, ())}
    rows = before | {one.id: (one.id, one.verdict, one.name, one.now_id, one.now_name) for one in said}
    index.correct(article_id, list(rows.values()))
    job = TagAndAnalyse()
    stored = list(corrected_by_all(index, stored_by_all(index, [article_id])))
    with index.writer() as writer:
        for article, derived in zip(stored, job.do(stored), strict=True):
            writer.add(entry(article, derived))


def _said(gazetteer: Gazetteer, tagged: TaggedArticle, add: Iterable[str], drop: Iterable[str]) -> list[Correction]:
    added = [_to_add(gazetteer, typed, tagged) for typed in add]
    dropped = [id_ for typed in drop for id_ in _known(gazetteer, typed)]
    if both := set(added) & set(dropped):
        raise QueryError(f"{min(both)} is both added and dropped", min(both))
    return [*_corrections(gazetteer, added, "add"), *_corrections(gazetteer, dropped, "drop")]


def _corrections(gazetteer: Gazetteer, ids: Iterable[str], verdict: Verdict) -> Iterator[Correction]:
    for id_ in ids:
        if id_ in gazetteer.countries:
            yield Correction(id_, verdict, gazetteer.name(id_))
        else:
            now = gazetteer.successor(id_)
            yield Correction(id_, verdict, gazetteer.name(id_), now, gazetteer.name(now))


def _known(gazetteer: Gazetteer, typed: str) -> tuple[str, ...]:
    """The ids of a name; of a province that lives on both, old and new: dropping it drops it in either."""
    if typed in gazetteer.countries:
        return (typed,)
    if ids := gazetteer.resolve_province(typed) or gazetteer.resolve_country(typed):
        return ids
    raise QueryError(f"no province or country is called {typed!r}", typed)


def _to_add(gazetteer: Gazetteer, typed: str, tagged: TaggedArticle) -> str:
    """The id of a name as on the day of the story."""
    ids = _known(gazetteer, typed)
    epoch = _epoch(gazetteer, tagged)
    fitting = [id_ for id_ in ids if id_.startswith(f"{epoch}:")] or ids
    if len(fitting) > 1:
        raise QueryError(f"{typed!r} may be {' or '.join(fitting)}: give the id", typed)
    return fitting[0]


def _epoch(gazetteer: Gazetteer, tagged: TaggedArticle) -> str:
    """The geography of the story: by its date, else by the provinces that were found in it."""
    if published := tagged.article.dating.published:
        return gazetteer.epoch_on(published.value[:10])
    return next((place.id.partition(":")[0] for place in tagged.provinces), OLD)
