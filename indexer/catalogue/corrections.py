"""What editors said of an article's places and date, kept beside what was read and laid over it wherever it is shown.

A correction names an article and a place (or the date), so it outlives everything that is made anew: the page may
change, the gazetteer may, the article may even be removed and come back. Only another word of an editor takes it away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.models import DATE, Article, Correction, Place, TaggedArticle, Verdict
from indexer.storage.tables import Tables

SCHEMA = """
CREATE TABLE IF NOT EXISTS corrections (
    id TEXT NOT NULL,               -- the article, whether it is stored or not
    place TEXT NOT NULL,            -- province or country; 'date' for the date
    verdict TEXT NOT NULL,          -- add, drop; date
    name TEXT NOT NULL,             -- of the place; the day, '' for none
    now_id TEXT, now_name TEXT,     -- today's province; NULL for a country
    PRIMARY KEY (id, place)
) WITHOUT ROWID
"""


class Corrections(Tables):
    """The table of corrections in a catalogue."""

    def of(self, article_id: str) -> tuple[Correction, ...]:
        """The corrections of one article, by place."""
        query = "SELECT place, verdict, name, now_id, now_name FROM corrections WHERE id = ? ORDER BY place"
        return tuple(Correction(*row) for row in self._asked.rows(query, (article_id,)))

    def all(self) -> Iterator[tuple[str, Correction]]:
        """Every correction with the id of its article, in order."""
        query = "SELECT id, place, verdict, name, now_id, now_name FROM corrections ORDER BY id, place"
        return ((row[0], Correction(*row[1:])) for row in self._asked.rows(query))

    def put(self, article_id: str, corrections: Sequence[Correction]) -> None:
        """Keep these, instead of what was kept of the article."""
        self._db.execute("DELETE FROM corrections WHERE id = ?", (article_id,))
        self._db.executemany(
            "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?)",
            [(article_id, one.id, one.verdict, one.name, one.now_id, one.now_name) for one in corrections],
        )


def corrected(tagged: TaggedArticle, corrections: Sequence[Correction]) -> TaggedArticle:
    """The article with the editors' word in place of what was read, the date and each place marked with it."""
    if not corrections:
        return tagged
    said = [one for one in corrections if one.id != DATE]
    countries = _corrected(tagged.countries, [one for one in said if one.now_id is None])
    about = {place.id for place in countries if place.role == "about"}
    return replace(
        tagged,
        article=_dated(tagged.article, next((one for one in corrections if one.id == DATE), None)),
        provinces=_corrected(tagged.provinces, [one for one in said if one.now_id is not None]),
        countries=countries,
        localities=tuple(one for one in tagged.localities if one.country in about),
    )


def uncorrected_date(tagged: TaggedArticle) -> TaggedArticle:
    """The article with the date of its page: what an index shows has an editor's in its place."""
    dating = tagged.article.dating
    return replace(tagged, article=replace(tagged.article, dating=dating.of_page)) if dating.by_editor else tagged


def _dated(article: Article, correction: Correction | None) -> Article:
    """The article with an editor's date."""
    return article if correction is None else replace(article, dating=article.dating.corrected(correction.name))


def _corrected(places: Sequence[Place], corrections: Sequence[Correction]) -> tuple[Place, ...]:
    said: dict[str, Verdict] = {one.id: "add" if one.verdict == "add" else "drop" for one in corrections}
    made = [_judged(place, said[place.id]) if place.id in said else place for place in places]
    found = {place.id for place in places}
    made += [
        Place(one.id, one.name, "about", 0.0, (), one.now_id, one.now_name, "add")
        for one in corrections
        if one.verdict == "add" and one.id not in found
    ]
    return tuple(sorted(made, key=lambda place: (place.role != "about", -place.score)))


def _judged(place: Place, verdict: Verdict) -> Place:
    return replace(place, role="about" if verdict == "add" else "mentioned", verdict=verdict)
