"""Single parameters of an address, each read with bounds: what is out of them is refused in one line.

An empty parameter counts as absent, for forms send those too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from indexer.errors import QueryError
from search_app.query.periods import period
from search_app.web.i18n.language import gettext as _

MAX_VALUES = 40
"""Values of one filter: all of the 34 provinces may be chosen, and what makes a search slow may not."""

MAX_VALUE = 100
"""Characters of one filter value: no name of a place and few addresses of newspapers have half as many."""

Given = MultiDict[str, str]

T = TypeVar("T", bound=str)

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def text(given: Given, name: str) -> str:
    """What was typed, control characters as spaces and none at its ends; of any length."""
    return _clean(given.get(name, ""))


def _clean(value: str) -> str:
    return _CONTROLS.sub(" ", value).strip()


def values(given: Given, name: str) -> tuple[str, ...]:
    """All values of a filter, each once.

    Raises:
        QueryError: they are more than :data:`MAX_VALUES`, or one is longer than :data:`MAX_VALUE`.
    """
    several = tuple(dict.fromkeys(filter(None, map(_clean, given.getlist(name)))))
    if len(several) > MAX_VALUES:
        raise QueryError(_("%(name)s: nhiều nhất %(most)s giá trị", name=name, most=MAX_VALUES), name)
    for value in several:
        _refuse_long(name, value)
    return several


def words_of_places(given: Given) -> Iterator[tuple[str, str]]:
    """Pairs of a place's id and words; what is no such pair says nothing."""
    for value in given.getlist("words")[:MAX_VALUES]:
        place, tilde, words = _clean(value[: 2 * MAX_VALUE]).partition("~")
        if place and tilde and words:
            yield place, words


def choice(given: Given, name: str, known: tuple[T, ...]) -> T | None:
    """One of the values that are known; None where it is absent.

    Raises:
        QueryError: it is another.
    """
    value = text(given, name)
    for each in known:
        if value == each:
            return each
    if not value:
        return None
    raise QueryError(
        _(
            "%(name)s: “%(value)s” không phải là một trong %(known)s",
            name=name,
            value=value[:40],
            known=", ".join(known),
        ),
        value,
    )


def number(given: Given, name: str, default: int, most: int) -> int:
    """A number from 1 to ``most``.

    Raises:
        QueryError: it is none.
    """
    value = text(given, name)
    if not value:
        return default
    if value.isascii() and value.isdigit() and len(value) < 9 and 1 <= int(value) <= most:
        return int(value)
    raise QueryError(
        _("%(name)s: cần một số từ 1 đến %(most)s, không phải “%(value)s”", name=name, most=most, value=value[:40]),
        value,
    )


def days(given: Given) -> tuple[str | None, str | None]:
    """Both ends in ISO where what was typed is a time, as typed where it is none; a period goes before its ends.

    Raises:
        QueryError: one of them is longer than :data:`MAX_VALUE`.
    """
    named, since, until = (_typed(given, name) for name in ("period", "from", "to"))
    if named:
        stretch = period(named)
        return (stretch.since, stretch.until) if stretch else (named, None)
    first, last = (period(end) if end else None for end in (since, until))
    return first.since if first else since, last.until if last else until


def _typed(given: Given, name: str) -> str | None:
    value = text(given, name)
    _refuse_long(name, value)
    return value or None


def _refuse_long(name: str, value: str) -> None:
    if len(value) > MAX_VALUE:
        raise QueryError(_("%(name)s: giá trị quá dài: “%(value)s…”", name=name, value=value[:40]), value)
