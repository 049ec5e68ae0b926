"""Cutting a query into words: by pyvi's dictionary, the names of places, and the words of the archive itself.

The fewest words win, of as many the likeliest by how many stories have them: "hàn quốc thanh hóa" is two words, "xã hội
an toàn" xã_hội an_toàn and not xã hội_an toàn. What was typed without accents is cut by the forms that it likely has.
Where two ways are about as likely, both are kept and either may match. A comma ends a word, an underscore makes one:
what the page shows (``hợp_tác, xã``) reads as it was shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from math import log
from typing import NamedTuple

from indexer.engines.base import Stream
from indexer.index.statistics import Statistics
from indexer.index.wordlist import wordlist
from indexer.index.words import ARCHIVE, DICTIONARY, LONGEST, NAME, UNACCENTED, Words, words_of
from indexer.vietnamese.abbreviations import same_meaning
from indexer.vietnamese.text import fold_syllable
from search_app.query.restoring import AccentRestorer
from search_app.query.spelling import Spelling
from search_app.query.tree import And, InTitle, Node, Not, Or, Ways, Word

SINGLE_COST = 1.5
"""What a syllable alone costs more, in nats, than a word of as many stories."""

CLOSE = log(3)
"""Two ways to cut, of as many words, are both kept where one is at most three times as likely."""

ALWAYS_TOGETHER = 0.5
FEWEST = 5
"""Two syllables that no list has are a word where one of them stands so often beside the other (vắc xin), in so many
stories."""

MOST_FORMS = 20
"""Forms of a folded syllable whose stories are added up."""

LIKELY = 0.1
MOST_LIKELY = 2
"""Forms of a syllable typed without accents that are tried in words: by their chance, and how many."""

ABSENT_FROM = 1_000
"""Stories that an archive must have for the want of a long word in it to say that it is none."""

MOST_REMEMBERED = 20_000
"""Neighbours of which it is remembered whether they are a word: 3 MB."""


class _Way(NamedTuple):
    """One way to cut the first syllables: the number of words, their cost, and the lengths."""

    words: int
    cost: float
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts with the words of one archive. ``statistics`` is None where an archive was not counted yet."""

    words: Words
    statistics: Statistics | None
    _joint: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, statistics: Statistics | None) -> Cutter:
        """With what the statistics of an archive know; else with the dictionary and the names alone."""
        return cls(statistics.words if statistics else words_of(wordlist(), (), lambda _: 0.0), statistics)

    def is_plain(self, tokens: Sequence[str]) -> bool:
        """Whether these syllables, as they are, are a name without accents: Gia Lai, Nam Phi."""
        return len(tokens) > 1 and bool(self.words.kind(tokens, folded=False) & UNACCENTED)

    def joint(self, first: str, second: str) -> bool:
        """Whether two syllables, folded, are a word that records call joint; asked many times a query."""
        key = first, second
        known = self._joint.get(key)
        if known is None:
            kind = self.words.kind((fold_syllable(first), fold_syllable(second)), folded=True)
            known = bool(kind & (DICTIONARY | NAME))
            if len(self._joint) < MOST_REMEMBERED:
                self._joint[key] = known
        return known

    def is_word(self, syllable: str) -> bool:
        """Whether a syllable without accents is a word of its own (voi), and not just another's without them (tac)."""
        return bool(self.words.kind((syllable,), folded=False))

    def joins_with_accents(self, first: str, second: str) -> bool:
        """Whether two syllables are no word as they are typed and would be with other accents (hợp tac)."""
        return self.joint(first, second) and not self.words.kind((first, second), folded=False)

    def ways(self, tokens: Sequence[str], spelling: Spelling) -> list[tuple[int, ...]]:
        """The likely ways to cut syllables, the likeliest first, as the lengths of the words."""
        best: list[list[_Way]] = [[_Way(0, 0.0, ())]]
        forms = self._forms(tokens, spelling)
        for end in range(1, len(tokens) + 1):
            found: list[_Way] = []
            for length in range(1, min(LONGEST, end) + 1):
                at = slice(end - length, end)
                cost = self._cost(forms[at], tokens[at], spelling)
                if cost is not None:
                    found += [
                        _Way(way.words + 1, way.cost + cost, (*way.lengths, length)) for way in best[end - length]
                    ]
            best.append(sorted(found)[:2])
        first, *others = best[-1]
        kept = [way for way in others if way.words == first.words and way.cost - first.cost <= CLOSE]
        return [way.lengths for way in (first, *kept)]

    def _forms(self, tokens: Sequence[str], spelling: Spelling) -> list[tuple[str, ...]]:
        """What each syllable may be: itself, or the likely forms of one that was typed without accents."""
        if self.statistics is None or all(spelling.stream(token) is not Stream.FOLDED for token in tokens):
            return [(token,) for token in tokens]
        likely = AccentRestorer(self.statistics, spelling, respelt=True).likely_forms(tokens)
        return [
            tuple(form for form, chance in forms if chance >= LIKELY)[:MOST_LIKELY] or (forms[0][0],)
            for forms in likely
        ]

    def _cost(self, forms: Sequence[tuple[str, ...]], typed: Sequence[str], spelling: Spelling) -> float | None:
        """What a word costs, in its likeliest spelling; None where the syllables are none.

        A name may be spelt as it was typed (Lai Châu) though the archive knows the syllable otherwise only; and a word
        that is well known without accents (dinh cong) may have others than each syllable would have alone.
        """
        costs = [self._cost_of(word) for word in product(*forms)]
        if len(typed) > 1 and any(spelling.stream(token) is Stream.FOLDED for token in typed):
            costs += [self._cost_of(typed), self._cost_without_accents(typed, spelling)]
            # "bac can" is Bắc Cạn, an old spelling of Bắc Kạn, whatever this archive writes
            costs += [self._cost_of(form) for form in same_meaning(tuple(typed)) if len(form) == len(typed)]
        return min((cost for cost in costs if cost is not None), default=None)

    def _cost_without_accents(self, typed: Sequence[str], spelling: Spelling) -> float | None:
        if any(spelling.stream(token) is not Stream.FOLDED for token in typed):
            return None
        total = max(self.statistics.stories if self.statistics else 0, 1)
        count = self.words.count(typed, folded=True)
        return None if count < FEWEST else -log((count + 1) / (total + 1))

    def _cost_of(self, word: Sequence[str]) -> float | None:
        total = max(self.statistics.stories if self.statistics else 0, 1)
        if len(word) == 1:
            return SINGLE_COST - log((self._stories(word[0], folded=False) + 1) / (total + 1))
        kind = self.words.kind(word, folded=False)
        if not kind and len(word) > 2:
            return None
        beside = self._beside(word)
        if not kind and not self._always_together(word, beside):
            return None
        if len(word) > 2 and not beside and total >= ABSENT_FROM:
            return None
        if kind and not kind & (NAME | ARCHIVE) and self._of_parts(word):
            return None
        count = max(float(self.words.count(word, folded=False)), beside if kind & NAME else 0.0)
        return -log((count + 1) / (total + 1))

    def _of_parts(self, word: Sequence[str]) -> bool:
        """Whether a long word is nothing but two words of two syllables: then it is found by these."""
        return len(word) == 4 and all(self.words.kind(part, folded=False) for part in (word[:2], word[2:]))

    def _stories(self, syllable: str, *, folded: bool) -> float:
        if self.statistics is None:
            return 0.0
        forms = self.statistics.forms_of(syllable, MOST_FORMS) if folded else [syllable]
        return float(sum(map(self.statistics.articles_with, forms or [syllable])))

    def _beside(self, word: Sequence[str]) -> float:
        if self.statistics is None:
            return 0.0
        return float(min(self.statistics.articles_with_pair(*pair) for pair in pairwise(word)))

    def _always_together(self, word: Sequence[str], beside: float) -> bool:
        if self.statistics is None or beside < FEWEST or not all(one.isalpha() for one in word):
            return False
        fewest = min(map(self.statistics.articles_with, word))
        return beside >= ALWAYS_TOGETHER * fewest

    def weight(self, tokens: Sequence[str], spelling: Spelling) -> float:
        """How much a word tells: the idf of it, in nats."""
        if self.statistics is None:
            return 1.0
        count, stories = self._holding(tokens, spelling), self.statistics.stories
        return log(1 + (stories - count + 0.5) / (count + 0.5)) if stories > count else 0.1

    def unknown(self, tokens: Sequence[str], spelling: Spelling, *, whole: bool) -> bool:
        """Whether the archive, when it was last counted, held a word nowhere; not ``whole``: one of its syllables."""
        if self.statistics is None:
            return False
        parts = [tokens] if whole else [[token] for token in tokens]
        return not all(self._holding(part, spelling) for part in parts)

    def _holding(self, tokens: Sequence[str], spelling: Spelling) -> float:
        """About how many stories hold a word; a word of two syllables that stands once counts as none."""
        folded = any(spelling.stream(token) is Stream.FOLDED for token in tokens)
        if len(tokens) == 1:
            return self._stories(tokens[0], folded=folded)
        if folded:
            return float(self.words.count([fold_syllable(token) for token in tokens], folded=True))
        return self._beside(tokens)


def cut(node: Node | None, cutter: Cutter, spelling: Spelling) -> Node | None:
    """A tree whose plain words are words of the language, where they were syllables."""
    match node:
        case And(nodes, False):
            return _cut_row(nodes, cutter, spelling)
        case And(nodes) | Or(nodes):
            return replace(node, nodes=tuple(part for one in nodes if (part := cut(one, cutter, spelling))))
        case Not(inner) | InTitle(inner):
            return replace(node, node=cut(inner, cutter, spelling) or inner)
        case _:
            return node


def _cut_row(nodes: Sequence[Node], cutter: Cutter, spelling: Spelling) -> Node:
    """What stands in a row. An operator before a word (``-công an``, ``title:hà nội``) means all of the word."""
    made: list[Node] = []
    other: list[Node] = []  # the second way to cut
    for head, run in _stretches(nodes):
        if not run:
            assert head is not None
            made.append(cut(head, cutter, spelling) or head)
            other.append(made[-1])
            continue
        ways = cutter.ways([word.tokens[0] for word in run], spelling)
        for way, into in zip((ways[0], ways[-1]), (made, other), strict=True):
            words = [replace(word, plain=cutter.is_plain(word.tokens)) for word in _words(run, way)]
            into += [_headed(head, words[0]), *words[1:]] if isinstance(head, Not | InTitle) else words
    best = made[0] if len(made) == 1 else And(tuple(made))
    if made == other:
        return best
    return Ways((best, other[0] if len(other) == 1 else And(tuple(other))))


def _stretches(nodes: Sequence[Node]) -> Iterator[tuple[Node | None, list[Word]]]:
    """Single syllables in a row, each row with the operators that stand before its first; or a node of another kind."""
    head: Node | None = None
    run: list[Word] = []
    for node in nodes:
        inner = _within(node)
        if not isinstance(inner, Word) or len(inner.tokens) > 1:
            if run:
                yield head, run
            head, run = None, []
            yield node, []
            continue
        if inner is not node and run:
            yield head, run
            run = []
        if not run:
            head = node if inner is not node else None
        run.append(inner)
        if inner.ends:
            yield head, run
            head, run = None, []
    if run:
        yield head, run


def _within(node: Node) -> Node:
    """What stands behind the operators before a word: ``-title:hợp``."""
    while isinstance(node, Not | InTitle):
        node = node.node
    return node


def _headed(head: Not | InTitle, word: Word) -> Node:
    """The operators of one word before another."""
    inner = head.node
    return replace(head, node=_headed(inner, word) if isinstance(inner, Not | InTitle) else word)


def _words(run: Sequence[Word], lengths: Sequence[int]) -> list[Word]:
    made, at = [], 0
    for length in lengths:
        part = run[at : at + length]
        tokens = tuple(word.tokens[0] for word in part)
        made.append(Word(tokens, " ".join(word.typed for word in part), ends=part[-1].ends))
        at += length
    return made
