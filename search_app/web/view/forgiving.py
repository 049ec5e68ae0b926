"""A search whose form holds something that is no date: the rest of it is answered, and the field says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from indexer.errors import QueryError
from search_app.messages import Message, Say, UnknownValue
from search_app.service import SearchService
from search_app.web.i18n.language import current
from search_app.web.params import Params
from search_app.web.requests import asked

FIELDS = ("period", "from", "to")
"""What is typed into a form; anything else in an address was made by a link and is refused as a whole."""


LONGEST = 100
"""Characters of a mistake that its field shows again."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What was typed into a field, and what is wrong with it."""

    typed: str
    message: str


def forgiving(service: SearchService, given: MultiDict[str, str]) -> tuple[Params, Mapping[str, Mistake]]:
    """The search without the fields that cannot be read, and what is wrong with them; ends in the wrong order stay.

    Raises:
        QueryError: something else than a field of the form is wrong.
    """
    mistakes = {name: found for name in FIELDS if (found := _mistake(service, given, name))}
    kept = MultiDict([(name, value) for name, value in given.items(multi=True) if name not in mistakes])
    params = Params.parse(kept)
    if (days := params.period) and days.backwards:
        last = "period" if given.get("period") else "to"
        said = Message(Say.BACKWARDS, days.label(current())).text(current())
        mistakes[last] = Mistake(given[last][:LONGEST], said)
    return params, mistakes


def _mistake(service: SearchService, given: MultiDict[str, str], name: str) -> Mistake | None:
    typed = given.get(name, "")
    if not typed:
        return None
    try:
        asked(service, Params.parse(MultiDict({name: typed})))
    except QueryError as error:
        said = error.message.text(current()) if isinstance(error, UnknownValue) else str(error)
        return Mistake(typed[:LONGEST], said)
    return None
