"""Places, times and sites as people type them, as the ids that results are narrowed by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property, lru_cache

from indexer.facets import Facet
from indexer.places.gazetteer import Gazetteer
from indexer.vietnamese.text import fold, tokens
from search_app.messages import UNKNOWN, UnknownValue
from search_app.query.addresses import site_of
from search_app.query.other_names import country_called

MOST = 100
"""Values of one facet that a request may have."""

REMEMBERED = 4_096
"""Names that are kept with what they mean: the neighbours in some hundred queries."""

LONGEST = 60
"""Letters of a name that is kept."""


class FacetNames:
    """What the names of a facet mean. A name with ``-`` before it is excluded.

    ``sites`` are those of the archive: a domain above them (``gov.vn``) or the name before their domain (``tuoitre``)
    means them too.
    """

    def __init__(self, gazetteer: Gazetteer, sites: Callable[[], Collection[str]] = tuple) -> None:
        self._gazetteer = gazetteer
        self._sites = sites
        # Queries repeat their words, and each two to five neighbours of a query may be the name of a place.
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._ids)

    def ids(self, kind: str, name: str) -> tuple[str, ...]:
        """The ids that a name means; none when it is unknown."""
        if kind == Facet.SITE:  # what it means changes with the archive
            return self._sites_named(name)
        return self._remembered(kind, name) if len(name) <= LONGEST else self._ids(kind, name)

    def _sites_named(self, name: str) -> tuple[str, ...]:
        wanted = site_of(name.strip().lstrip("*.")).strip(".")
        known = self._sites()
        if wanted in known:
            return (wanted,)
        found = sorted(one for one in known if one.endswith(f".{wanted}") or one.partition(".")[0] == wanted)
        return tuple(found[:MOST]) or (wanted,)

    def is_site(self, name: str) -> bool:
        """Whether the archive has a story of the site that a name means."""
        known = self._sites()
        return any(one in known for one in self._sites_named(name))

    def _ids(self, kind: str, name: str) -> tuple[str, ...]:
        return self._spelt(kind, name) or self._spelt(kind, self._run_together.get(fold(name).lower(), ""))

    @cached_property
    def _run_together(self) -> dict[str, str]:
        """Names of several syllables by their letters without blanks, as addresses have them: thanhhoa."""
        provinces = (one.name for one in (*self._gazetteer.provinces_63, *self._gazetteer.provinces_34))
        names = [name for name in (*provinces, *self._gazetteer.countries.values()) if " " in name]
        return {"".join(one.text for one in tokens(fold(name))): name for name in names}

    def _spelt(self, kind: str, name: str) -> tuple[str, ...]:
        if not name:
            return ()
        if kind == Facet.PROVINCE:
            ids = self._gazetteer.resolve_province(name)
            # A name that lives on means today's province, which holds the stories of the old one.
            return tuple(one for one in ids if self._gazetteer.successor(one) in (one, None) or len(ids) == 1)
        if kind == Facet.COUNTRY:
            return self._gazetteer.resolve_abroad(name) or country_called(name)
        return (name,)

    def wanted(self, facet: Facet, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of those names that are not excluded, each once.

        Raises:
            UnknownValue: a name that means nothing.
        """
        return self._known(facet, (name for name in names if not name.startswith("-")))

    def excluded(self, facet: Facet, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of those that are.

        Raises:
            UnknownValue: a name that means nothing.
        """
        return self._known(facet, (name[1:] for name in names if name.startswith("-")))

    def _known(self, facet: Facet, names: Iterable[str]) -> tuple[str, ...]:
        made: list[str] = []
        for name in names:
            ids = self.ids(facet, name)
            if not ids:
                raise UnknownValue(UNKNOWN[facet], name)
            made.extend(ids)
        return tuple(dict.fromkeys(made))[:MOST]
