"""What else to try where an answer has no results: each a change of one thing, with how many articles it would find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from search_app.answers import SearchAnswer
from search_app.results.words_alone import words_alone
from search_app.service import SearchService
from search_app.web.i18n.language import gettext as _
from search_app.web.params import Params
from search_app.web.requests import asked
from search_app.web.view.narrowing import Chip

MOST = 8
"""Changes that are tried: each is a search."""

_QUOTES = str.maketrans("", "", '"“”„')


@dataclass(frozen=True, slots=True)
class Alternative:
    """What to change, the link that does it, how many articles that finds; ``near`` where none has all the words."""

    name: str
    link: str
    count: int
    near: bool


def alternatives(
    service: SearchService, answer: SearchAnswer, params: Params, chips: Iterable[Chip]
) -> list[Alternative]:
    """Those changes of an answer without results that find something: one of its words alone, then fewer filters."""
    made = [
        Alternative(_("chỉ “%(word)s”", word=word.text), params.asking(word.text).on("/"), word.count, near=False)
        for word in words_alone(service.total, answer)
    ]
    for name, changed in list(_changes(params, list(chips)))[:MOST]:
        answer = service.search(asked(service, replace(changed, page=1, limit=1)))
        if answer.total:
            made.append(Alternative(name, changed.on("/"), answer.total, answer.relaxed))
    return made


def _changes(params: Params, chips: list[Chip]) -> Iterator[tuple[str, Params]]:
    if params.q != (unquoted := params.q.translate(_QUOTES)):
        yield _("không cần đúng cụm từ"), params.asking(unquoted)
    if len(chips) > 1:
        yield _("không lọc gì cả"), params.unfiltered()
    if chips and unquoted != params.q:
        yield _("không cần đúng cụm từ, không lọc gì cả"), params.asking(unquoted).unfiltered()
    for chip in chips:
        yield _("không lọc “%(name)s”", name=chip.name), chip.without
