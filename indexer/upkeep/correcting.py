"""An editor corrects the places of an article: from what was typed to the catalogue, and at once into the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer import pipeline
from indexer.catalogue.corrections import Correction
from indexer.errors import QueryError
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
    with pipeline.changing(settings) as catalogue:
        tagged = catalogue.get(article_id)
        if tagged is None:
            return None
        added = [_to_add(gazetteer, typed, tagged) for typed in add]
        dropped = [id_ for typed in drop for id_ in _known(gazetteer, typed)]
        if both := set(added) & set(dropped):
            raise QueryError(f"{min(both)} is both added and dropped", min(both))
        said = [*_corrections(gazetteer, added, "add"), *_corrections(gazetteer, dropped, "drop")]
        catalogue.correct(article_id, said, clear=clear)
        return catalogue.get(article_id)


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
