"""Stories that were picked out: a reading list, or those of a query without some. The address says all of it.

A list lives in the reader's browser; what is sent here is its ids, its notes and, where it came from a query, that
query: an address is the whole list and can be sent to somebody else. Nothing is kept on this side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from indexer.models import TaggedArticle
from search_app.results.report import GROUPINGS, MOST, GroupBy
from search_app.service import SearchService
from search_app.web.addresses import here
from search_app.web.params import Params
from search_app.web.requests import asked

MOST_LISTED = 200
"""Stories of a list: their ids have to fit into an address, of which proxies take 8 kB."""

LONGEST_ID, LONGEST_NAME, LONGEST_NOTE = 64, 100, 300
"""Characters of an id (ours have 16), of a list's name, title and office, and of a note."""

NOTE = "note-"
"""Begins the name of a note's parameter; the id of its story follows."""


@dataclass(frozen=True, slots=True)
class Found:
    """The stories of a selection: ``total`` before any were left out or cut, ``gone`` those no longer stored."""

    articles: list[TaggedArticle]
    total: int
    gone: int = 0
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """What was picked: ``ids`` is None where the stories are those of the query but for the ``dropped``."""

    params: Params = field(default_factory=Params)
    ids: tuple[str, ...] | None = None
    dropped: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    title: str = ""
    office: str = ""
    by: GroupBy | None = None

    @classmethod
    def parse(cls, given: MultiDict[str, str]) -> Self:
        """Read an address, or a form: ``seen`` are the rows it showed, ``keep`` those ticked, ``move`` one to move.

        Raises:
            QueryError: a parameter of the query that cannot be read.
        """
        listed = _ids([*given.getlist("ids"), *given.getlist("id")])
        kept = set(_ids(given.getlist("keep")))
        rows = [_ids([row.replace(".", ",")]) for row in given.get("seen", "").split(",")]
        unticked = [one for row in rows if row and row[0] not in kept for one in row]
        dropped = tuple(dict.fromkeys([*_ids(given.getlist("drop")), *unticked]))
        is_list = "ids" in given or "id" in given
        made = cls(
            params=Params.parse(given),
            ids=tuple(one for one in listed if one not in dropped)[:MOST_LISTED] if is_list else None,
            dropped=() if is_list else dropped[:MOST_LISTED],
            notes=dict(_notes(given)),
            name=_short(given.get("name", ""), LONGEST_NAME),
            title=_short(given.get("title", ""), LONGEST_NAME),
            office=_short(given.get("office", ""), LONGEST_NAME),
            by=next((one for one in GROUPINGS if one == given.get("by")), None),
        )
        return made._moved(given.get("move", ""))

    @staticmethod
    def is_form(given: MultiDict[str, str]) -> bool:
        """Whether these are a form's fields, for which there is a shorter address."""
        return any(name in given for name in ("seen", "keep", "move", "id"))

    def _moved(self, asked_for: str) -> Self:
        way, _, one = asked_for.partition(".")
        if self.ids is None or one not in self.ids or way not in ("up", "down"):
            return self
        ids = list(self.ids)
        at = ids.index(one)
        to = max(0, at - 1) if way == "up" else min(len(ids) - 1, at + 1)
        ids.insert(to, ids.pop(at))
        return replace(self, ids=tuple(ids))

    @property
    def grouping(self) -> GroupBy:
        """What the stories stand under: a list keeps its own order unless asked otherwise."""
        return self.by or ("none" if self.ids is not None else "month")

    def find(self, service: SearchService, most: int = MOST) -> Found:
        """The stories, at most so many of a query's."""
        if self.ids is not None:
            found = service.several(self.ids)
            return Found(found, len(found), len(self.ids) - len(found))
        request = asked(service, replace(self.params, sort=self.params.sort or "oldest", page=1))
        articles = [one for one in service.every(request, most) if one.article.id not in self.dropped]
        total = service.total(request) if len(articles) + len(self.dropped) >= most else len(articles)
        return Found(articles, max(total - len(self.dropped), len(articles)))

    def pairs(self, *leave_out: str) -> list[tuple[str, str]]:
        """What the address says, in a fixed order."""
        made = self.params.pairs("page", *leave_out)
        said = (("name", self.name), ("title", self.title), ("office", self.office), ("by", self.by or ""))
        made += [(name, value) for name, value in said if value and name not in leave_out]
        if self.ids is not None:
            made.append(("ids", ",".join(self.ids)))
        if self.dropped:
            made.append(("drop", ",".join(self.dropped)))
        wanted = None if self.ids is None else {*self.ids}
        noted = ((one, note) for one, note in self.notes.items() if wanted is None or one in wanted)
        made += [(f"{NOTE}{one}", note) for one, note in noted if f"{NOTE}{one}" not in leave_out]
        return made

    def on(self, path: str, page: int = 1) -> str:
        """The link."""
        pairs = [*self.pairs(), *([("page", str(page))] if page > 1 else [])]
        return f"{here(path)}?{urlencode(pairs, safe=':,')}" if pairs else here(path)


def _ids(given: Iterable[str]) -> tuple[str, ...]:
    """Ids from lists of them, each once; what cannot be one is passed over."""
    found = (one.strip() for text in given for one in text.split(","))
    return tuple(dict.fromkeys(one for one in found if one and len(one) <= LONGEST_ID and one.isprintable()))


def _notes(given: MultiDict[str, str]) -> Iterable[tuple[str, str]]:
    noted = [(name.removeprefix(NOTE), given[name]) for name in given if name.startswith(NOTE)]
    return [(one, _short(note, LONGEST_NOTE)) for one, note in noted[:MOST_LISTED] if one and note.strip()]


def _short(text: str, most: int) -> str:
    return " ".join(text.split())[:most]


def picked(ids: Sequence[str], params: Params | None = None) -> str:
    """The address of a list of these stories."""
    return Selection(params=params or Params(), ids=tuple(ids)).on("/danh-sach")
