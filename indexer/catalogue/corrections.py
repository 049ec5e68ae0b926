"""What editors said of an article's places, kept beside what the tagger says and laid over it wherever it is read.

A correction names an article and a place, so it outlives everything that is made anew: the page may change, the
gazetteer may, the article may even be removed and come back. Only another word of an editor takes it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.models import Place, TaggedArticle, Verdict
from indexer.storage.tables import Tables

SCHEMA = """
CREATE TABLE IF NOT EXISTS corrections (
    id TEXT NOT NULL,               -- the article, whether it is stored or not
    place TEXT NOT NULL,            -- province or country
    verdict TEXT NOT NULL,          -- add, drop
    name TEXT NOT NULL,
    now_id TEXT, now_name TEXT,     -- today's province; NULL for a country
    PRIMARY KEY (id, place)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """An editor's word on one place of an article; ``id``, ``name`` and today's province as in :class:`Place`."""

    id: str
    verdict: Verdict
    name: str
    now_id: str | None = None
    now_name: str | None = None


class Corrections(Tables):
    """The table of corrections in a catalogue."""

    def of(self, article_id: str) -> tuple[Correction, ...]:
        """The corrections of one article, by place."""
        query = "SELECT place, verdict, name, now_id, now_name FROM corrections WHERE id = ? ORDER BY place"
        return tuple(Correction(*row) for row in self._asked.rows(query, (article_id,)))

    def put(self, article_id: str, corrections: Sequence[Correction]) -> None:
        """Keep these; the newest word on a place counts."""
        self._db.executemany(
            "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?, ?, ?)",
            [(article_id, one.id, one.verdict, one.name, one.now_id, one.now_name) for one in corrections],
        )

    def clear(self, article_id: str) -> int:
        """Forget what was said of an article; returns of how many places."""
        return self._db.execute("DELETE FROM corrections WHERE id = ?", (article_id,)).rowcount


def corrected(tagged: TaggedArticle, corrections: Sequence[Correction]) -> TaggedArticle:
    """The article with the editors' word in place of the tagger's, each place marked with it."""
    if not corrections:
        return tagged
    countries = _corrected(tagged.countries, [one for one in corrections if one.now_id is None])
    about = {place.id for place in countries if place.role == "about"}
    return replace(
        tagged,
        provinces=_corrected(tagged.provinces, [one for one in corrections if one.now_id is not None]),
        countries=countries,
        localities=tuple(one for one in tagged.localities if one.country in about),
    )


def _corrected(places: Sequence[Place], corrections: Sequence[Correction]) -> tuple[Place, ...]:
    said = {one.id: one for one in corrections}
    made = [_judged(place, said[place.id].verdict) if place.id in said else place for place in places]
    found = {place.id for place in places}
    made += [
        Place(one.id, one.name, "about", 0.0, (), one.now_id, one.now_name, "add")
        for one in corrections
        if one.verdict == "add" and one.id not in found
    ]
    return tuple(sorted(made, key=lambda place: (place.role != "about", -place.score)))


def _judged(place: Place, verdict: Verdict) -> Place:
    return replace(place, role="about" if verdict == "add" else "mentioned", verdict=verdict)
