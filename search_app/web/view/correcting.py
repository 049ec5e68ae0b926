"""The form in which an editor corrects a story, and what was changed so far, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from werkzeug.datastructures import MultiDict

from indexer.errors import QueryError
from indexer.models import DATE, VIETNAM, Change, Correction, TaggedArticle
from indexer.places.gazetteer import Gazetteer
from search_app.query.other_names import country_called
from search_app.web.i18n.language import gettext as _
from search_app.web.view.display import country_name, shown_date

MOST = 40  # places of one form
LONGEST = 300  # characters of what is typed
NONE = "none"

_PARTED = re.compile(r"[,;\n]+")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What cannot be read of a form: the words of it, and what to say."""

    typed: str
    message: str
    field: str


@dataclass(frozen=True, slots=True)
class Form:
    """What an editor said: the ids of boxes, the names and the date that were typed.

    ``new_date`` is None where the date stays, ``none`` where none is to be known.
    """

    date: str
    undated: bool
    new_date: str | None = None
    added: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    provinces: str = ""
    countries: str = ""
    note: str = ""
    mistake: Mistake | None = field(default=None, compare=False)

    @classmethod
    def of(cls, tagged: TaggedArticle) -> Form:
        """The form of an article as it is."""
        published = tagged.article.dating.published
        return cls(date=date_to_type(published.value if published else ""), undated=published is None)

    @classmethod
    def read(cls, given: MultiDict[str, str], tagged: TaggedArticle) -> Form:
        """The form that was sent."""
        shown = cls.of(tagged)
        date, undated = _clean(given.get("date", "")), "undated" in given
        known = {place.id for place in (*tagged.provinces, *tagged.countries)}
        # A date that is typed counts, whether or not the box of an undated story was left as it is.
        new_date = date if date not in ("", shown.date) else NONE if undated and not shown.undated else None
        return cls(
            date=date,
            undated=undated,
            new_date=new_date,
            added=frozenset(given.getlist("add")[:MOST]) & known,
            dropped=frozenset(given.getlist("drop")[:MOST]) & known,
            provinces=_clean(given.get("provinces", "")),
            countries=_clean(given.get("countries", "")),
            note=_clean(given.get("note", "")),
        )

    @property
    def changes(self) -> bool:
        """Whether anything is to be changed."""
        return bool(self.new_date is not None or self.added or self.dropped or self.all_added)

    @property
    def all_added(self) -> list[str]:
        """The places to add, by id or as they were typed; countries in English by their codes."""
        countries = [(*country_called(name), name)[0] for name in _names(self.countries)]
        return [*sorted(self.added), *_names(self.provinces), *countries]

    def all_dropped(self, tagged: TaggedArticle) -> list[str]:
        """The places to drop; a province under both its ids, of which another date may make one of the other."""
        resolve = Gazetteer.load().resolve_province
        dropped = [place for place in (*tagged.provinces, *tagged.countries) if place.id in self.dropped]
        return [id_ for one in dropped for id_ in (resolve(one.name) if one.id in resolve(one.name) else (one.id,))]


def date_to_type(iso: str) -> str:
    """A date as it is typed into the form, and read again as the same.

    >>> [date_to_type(one) for one in ("2023-02-08T09:58+07:00", "2023-02-08", "2023-02", "2023", "")]
    ['09:58 08/02/2023', '08/02/2023', '02/2023', '2023', '']
    """
    day, _t, time = iso.partition("T")
    return " ".join(filter(None, (time[:5], "/".join(reversed(day.split("-"))))))


def mistake_of(error: QueryError) -> Mistake:
    """What to say of something that was typed and cannot be read."""
    from indexer.upkeep.correcting import (
        Ambiguous,
        Contradiction,
        NotTheNewest,
    )  # there already: the error came from it
    from indexer.upkeep.typed_dates import NoDate

    typed = error.value
    if isinstance(error, NoDate):
        return Mistake(
            typed, _("“%(typed)s” không phải ngày đăng: gõ như 8/2/2023, 2/2023, 2023.", typed=typed), "date"
        )
    if isinstance(error, NotTheNewest):
        return Mistake(typed, _("Chỉ hoàn tác được lần sửa mới nhất."), "")
    if isinstance(error, Ambiguous):
        ids = ", ".join(error.ids)
        return Mistake(typed, _("“%(typed)s” có thể là %(ids)s: hãy gõ mã.", typed=typed, ids=ids), "place")
    if isinstance(error, Contradiction):
        return Mistake(typed, _("Một nơi không thể vừa thêm vừa bỏ."), "place")
    return Mistake(typed, _("Không có tỉnh hay nước nào tên “%(typed)s”.", typed=typed), "place")


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One change in words; ``last`` where it is the one that can be taken back."""

    number: int
    at: str
    lines: tuple[str, ...]
    note: str
    undone: str | None
    last: bool


def shown_changes(history: tuple[Change, ...]) -> list[ShownChange]:
    """What was changed so far, the newest first."""
    last = max((one.number for one in history if one.undone is None), default=0)
    return [
        ShownChange(
            one.number,
            _moment(one.at),
            tuple(_lines(one)),
            one.note,
            _moment(one.undone) if one.undone is not None else None,
            one.number == last,
        )
        for one in reversed(history)
    ]


def _lines(change: Change) -> Iterator[str]:
    if change.cleared:
        yield _("quên mọi chỗ đã sửa trước đó")
    seen: set[tuple[str, str]] = set()
    for one in change.said:
        if (one.verdict, one.name) not in seen:  # a province under both its ids
            seen.add((one.verdict, one.name))
            yield _line(one)


def _line(one: Correction) -> str:
    if one.id == DATE:
        return _("ngày đăng: %(date)s", date=shown_date(one.name))
    name = country_name(one.id, one.name)
    return _("thêm %(name)s", name=name) if one.verdict == "add" else _("bỏ %(name)s", name=name)


def _moment(at: float) -> str:
    return shown_date(datetime.fromtimestamp(at, VIETNAM).isoformat("T", "minutes"))


def names_to_choose() -> Mapping[str, tuple[str, ...]]:
    """Names that the form completes: of all provinces of either epoch, and of countries."""
    gazetteer = Gazetteer.load()
    provinces = dict.fromkeys(one.name for one in (*gazetteer.provinces_34, *gazetteer.provinces_63))
    countries = (country_name(id_, name) for id_, name in gazetteer.countries.items())
    return {"provinces": tuple(sorted(provinces)), "countries": tuple(sorted(countries))}


def _names(typed: str) -> list[str]:
    return [name for one in _PARTED.split(typed)[:MOST] if (name := one.strip())]


def _clean(typed: str) -> str:
    return " ".join(typed.split())[:LONGEST]
