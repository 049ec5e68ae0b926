"""Help with typing: how a word may go on, and what was meant where a query finds little."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from indexer.facets import Facet
from indexer.vietnamese.text import Token, fold_syllable, has_accents, nfc, tokens
from indexer.vietnamese.tones import tone_of, untoned
from search_app.query.tree import Node, Or, Word, conjuncts, understood
from search_app.suggest.lexicon import Lexicon

MOST_TYPED = 100
"""Characters of a query that completion looks at: its end."""

MOST_TAIL = 4  # syllables at the end of a query that are completed as one word
SINGLES = 3  # words of one syllable that are offered after others
LOOK_AT = 400
"""Words of one beginning that are compared with the accents typed."""


@dataclass(frozen=True, slots=True)
class Completion:
    """The whole query, completed. ``id`` is set for a title, the article of that title, and for a place.

    A place is a filter instead of words: ``facet`` says which, ``text`` is its name, ``rest`` what is left of the
    query. ``count`` is how many stories have the word, beside the words before it if there are any, or how many that
    filter finds with the rest. ``tail``: it goes on from so many of the last syllables that were typed; ``words`` are
    the syllables at its end that were completed.
    """

    text: str
    kind: Literal["place", "word", "name", "title"]
    count: int
    id: str | None = None
    single: bool = False
    tail: int = 0
    words: int = 0
    facet: Facet | None = None
    rest: str | None = None


Confirm = Callable[[list[Completion]], list[Completion]]
"""Those of some completions that find stories, with how many."""


def complete(
    lexicon: Lexicon,
    typed: str,
    most: int,
    starts: Collection[int] | None = None,
    confirm: Confirm | None = None,
) -> list[Completion]:
    """How the last words of a query may go on, typed with accents or without.

    ``starts`` are the syllables of it that begin a word, by number: of "xã hội an", not the second. None: each may.
    ``confirm`` is asked where something stands before the completed words, which may never stand beside them.
    """
    typed = nfc(typed)[-MOST_TYPED:]
    found = tokens(typed)
    if not found:
        return []
    ended = found[-1].end < len(typed)
    if ended and not typed[found[-1].end :].isspace():
        return []
    made: dict[str, Completion] = {}
    for length in range(min(MOST_TAIL, len(found)), 0, -1):
        if starts is not None and len(found) - length not in starts:
            continue
        # One of a single syllable is the weakest guess: it is counted wherever it stands, within other words too.
        going_on = _going_on(lexicon, typed, found[-length:], ended=ended)
        ordered = sorted(going_on, key=lambda one: length == 1 and one.single)
        if confirm and typed[: found[-length].start].strip():
            ordered = confirm(ordered)
        for completion in ordered:
            if len(made) < most:
                made.setdefault(completion.text.lower(), completion)
        if made:  # words that go on from more of what was typed: what goes on from less would only be noise
            break
    return list(made.values())


def _going_on(lexicon: Lexicon, typed: str, tail: Sequence[Token], *, ended: bool) -> Iterator[Completion]:
    prefix = beginning(tail, ended=ended)
    said = " ".join(token.text for token in tail)
    head = _read_head(lexicon, typed[: tail[0].start])
    single = 0 if head else -LOOK_AT
    for form, count in lexicon.starting(prefix, LOOK_AT):
        syllables = form.split(" ")
        if form != said and agrees(tail, syllables, ended=ended) and lexicon.is_whole(syllables):
            if len(syllables) == 1 and (single := single + 1) > SINGLES:
                continue
            yield Completion(
                head + lexicon.shown(form),
                "name" if form in lexicon.names else "word",
                count,
                single=len(syllables) == 1,
                tail=len(tail),
                words=len(syllables),
            )


def _read_head(lexicon: Lexicon, head: str) -> str:
    """What stands before the completed words, given its accents if it was typed without any."""
    words = head.split()
    if not words or has_accents(head) or not all(word.isalpha() for word in words) or words[-1].isupper():
        return head
    reading = _read(lexicon, [token.text for token in tokens(head)], slips=False)
    return " ".join(lexicon.shown(form) for form in reading.forms) + " " if reading else head


def beginning(tail: Sequence[Token], *, ended: bool) -> str:
    """What the folded form of a word begins with that these syllables begin."""
    return " ".join(fold_syllable(token.text) for token in tail) + (" " if ended else "")


def agrees(tail: Sequence[Token], syllables: Sequence[str], *, ended: bool) -> bool:
    """Whether the accents that were typed are those of the word; what was typed without any may be anything."""
    for number, (token, syllable) in enumerate(zip(tail, syllables, strict=False)):
        text = token.text
        if not has_accents(text) or text == syllable:
            continue
        if number < len(tail) - 1 or ended:
            return False
        # The last syllable is still being typed, and its tone may come last: hơp, then hợp.
        if not syllable.startswith(text) and not (untoned(text) == text and untoned(syllable).startswith(text)):
            return False
    return True


_TONE_LETTERS = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}  # as Telex types them
_DOUBLED = re.compile(r"([aeod])\1|w")


# -- what was meant ----------------------------------------------------------------------------------------------------

MOST_CORRECTED = 16  # syllables of a query that are looked at
NEAREST = 24  # syllables one slip away that are tried
LONGEST = 4  # syllables of a word that is tried as one

# What a reading of a query costs, in slips: its words, those of one syllable and those that nothing knows; a letter
# that was typed wrong, and another tone. The cheapest is proposed.
WINDOW_COST = 0.1
SINGLE_COST = 0.5
UNKNOWN_COST = 2.0
SLIP_COST = 1.0
TELEX_COST = 0.6  # a keyboard that was not switched to Vietnamese
OTHER_TONE_COST = 0.7


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the first syllables of a query."""

    cost: float
    count: int
    forms: tuple[str, ...] = ()

    def and_then(self, form: str, cost: float, count: int) -> _Reading:
        return _Reading(self.cost + cost, self.count + count, (*self.forms, form))

    @property
    def order(self) -> tuple[float, int]:
        return round(self.cost, 6), -self.count


def corrected(lexicon: Lexicon, typed: Sequence[str]) -> str | None:
    """The likeliest reading of some plain words in normal form, as it is written; None where nothing is amiss.

    Words that belong together decide: ``huu ngi`` is read as *hữu nghị*, because the two make a word.
    """
    reading = _read(lexicon, typed)
    if reading is None or not _amiss(typed, " ".join(reading.forms).split(" ")):
        return None
    return " ".join(lexicon.shown(form) for form in reading.forms)


def _read(lexicon: Lexicon, typed: Sequence[str], *, slips: bool = True) -> _Reading | None:
    """The cheapest reading from left to right, of each length the best one kept."""
    if not 0 < len(typed) <= MOST_CORRECTED:
        return None
    best: list[_Reading | None] = [_Reading(0.0, 0), *([None] * len(typed))]
    for start in range(len(typed)):
        so_far = best[start]
        if so_far is None:
            continue
        for length in range(1, min(LONGEST, len(typed) - start) + 1):
            for form, cost, count in _readings(lexicon, typed[start : start + length], slips=slips):
                reading = so_far.and_then(form, cost, count)
                known = best[start + length]
                if known is None or reading.order < known.order:
                    best[start + length] = reading
    return best[-1]


def _amiss(typed: Sequence[str], read: Sequence[str]) -> bool:
    """Whether the reading is another query, and not the same one with the accents left out."""
    accented = any(map(has_accents, typed))
    return any(
        one != other and (accented or one != fold_syllable(other)) for one, other in zip(typed, read, strict=True)
    )


def _readings(lexicon: Lexicon, window: Sequence[str], *, slips: bool) -> Iterator[tuple[str, float, int]]:
    """The words that these syllables may be, each with its cost."""
    folded = [fold_syllable(one) for one in window]
    if len(window) == 1:
        yield from _single(lexicon, window[0], folded[0], slips=slips)
        return
    if (whole := " ".join(folded)) in lexicon:
        yield from _same(lexicon, window, whole, None, 0.0)
        return
    for at, syllable in enumerate(folded) if slips else ():
        before, after = " ".join((*folded[:at], "")), " ".join(("", *folded[at + 1 :]))
        for other, cost in _slips(lexicon, syllable):
            if lexicon.may_hold(whole := before + other + after):  # nearly all are none
                yield from _same(lexicon, window, whole, at, cost)


def _single(lexicon: Lexicon, typed: str, folded: str, *, slips: bool) -> Iterator[tuple[str, float, int]]:
    known = lexicon.syllable_count(typed) if has_accents(typed) else lexicon.folded_count(folded)
    yield typed, SINGLE_COST if known or not typed.isalpha() else UNKNOWN_COST, known
    if known or len(typed) < 3 or not slips:
        return
    for other, cost in _slips(lexicon, folded):
        for form, count in lexicon.same(other):
            if _tone_fits(typed, form):
                yield form, SINGLE_COST + cost, count


def _slips(lexicon: Lexicon, folded: str) -> Iterator[tuple[str, float]]:
    bare = folded[:-1] if folded[-1:] in _TONE_LETTERS else folded
    base = _DOUBLED.sub(r"\1", bare)
    if base != folded and lexicon.folded_count(base):
        yield base, TELEX_COST
    if len(folded) > 1:
        for other in lexicon.near(folded, NEAREST):
            yield other, SLIP_COST


def _same(
    lexicon: Lexicon, typed: Sequence[str], folded: str, slipped: int | None, cost: float
) -> Iterator[tuple[str, float, int]]:
    for form, count in lexicon.same(folded):
        read = form.split(" ")
        other = sum(
            has_accents(one) and one != two
            for at, (one, two) in enumerate(zip(typed, read, strict=True))
            if at != slipped
        )
        if slipped is not None and not _tone_fits(typed[slipped], read[slipped]):
            other += 1
        yield form, WINDOW_COST + cost + OTHER_TONE_COST * other, count


def _tone_fits(typed: str, read: str) -> bool:
    """Whether a syllable has the tone that was typed: as a mark, or as the letter that Telex has for it."""
    tone, said = tone_of(read), tone_of(typed)
    if said:
        return tone == said
    mark = _TONE_LETTERS.get(typed[-1:])
    return mark is None or not typed.isascii() or fold_syllable(read) == typed or tone == mark


def respelt(node: Node | None, lexicon: Lexicon) -> str | None:
    """A query with its plain words as they were likely meant, the rest of it as it is; None where nothing is amiss."""
    made: list[str] = []
    changed = False
    for plain, group in groupby(conjuncts(node), key=_is_plain):
        run = list(group)
        if plain:
            words = [one for one in run if isinstance(one, Word)]
            better = corrected(lexicon, [token for word in words for token in word.tokens])
            changed = changed or better is not None
            made.append(better or " ".join(word.typed for word in words))
        else:
            made.extend(f"({understood(one)})" if isinstance(one, Or) else understood(one) for one in run)
    return " ".join(made) if changed else None


def _is_plain(node: Node) -> bool:
    return isinstance(node, Word) and len(node.tokens) == len(node.typed.split())
