"""What stands around one candidate name, looked up piece by piece: most candidates are settled by the word before."""

from __future__ import annotations

import re

from indexer.places import rules
from indexer.places.rules import Rule, Table
from indexer.places.spelling import key, looks_vietnamese

_WINDOW = 100  # characters looked at on the left
_CLAUSE_WORDS = 16  # words before a name in which a phrase of its clause is looked for
# A sentence splitter that takes the dot of "TP." for a full stop leaves the name on the next line.
_CUT_KIND = re.compile(r"(?:T\.?P|TX|Q|P|H)\.\n+$", re.IGNORECASE)
_ABBREVIATIONS = frozenset({"tp.", "t.p.", "tx.", "t.x.", "q.", "p.", "h.", "gs.", "ts.", "bs.", "ths.", "pgs.", "st."})
# "T-90", "Su -27", "S-400", "F35": what is built in series bears the name of its country behind.
_MODEL = re.compile(r"\b[A-Z][A-Za-z]{0,3}(?: ?-)?\d+[A-Za-z]{0,2} $")
_ENDS = frozenset(".;:!?…)")
_QUOTES = "\"'“”‘’([«"
_CLOSING = '.,;:!?)"”'


class Context:
    """The words to the left and right of ``text[start:end]``, within its line.

    ``left`` is the text before, ``words`` its words in lower case, ``before`` the last of them without quotes.
    """

    __slots__ = ("_end", "_text", "before", "left", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._end = end
        left = text[max(0, start - _WINDOW) : start]
        line = left.rfind("\n") + 1
        if line:
            left = left[line:] if line < len(left) else _rejoined(left)
        self._set(left)

    def _set(self, left: str) -> None:
        self.left = left
        self.words = left.lower().split()
        self.before = [word.strip(_QUOTES) for word in self.words[-rules.LONGEST :]]

    @property
    def glued(self) -> bool:
        """Whether the name follows a bracket, quote, dash or the like without a space."""
        return bool(self.left) and not self.left[-1].isspace()

    @property
    def bracketed(self) -> bool:
        """Whether it stands right after an opening bracket: "huyện Can Lộc (Hà Tĩnh)"."""
        return self.left.endswith("(")

    @property
    def starts_sentence(self) -> bool:
        """Whether nothing of its sentence stands before it."""
        head = self.left.rstrip(" " + _QUOTES + "-")
        return not head or head[-1] in ".!?:…"

    @property
    def after(self) -> str:
        """The text right behind, in the same line."""
        return self._text[self._end : self._end + 30].split("\n", 1)[0]

    @property
    def next(self) -> str:
        """The word behind, if only a space stands between."""
        return self.after[1:].split(" ", 1)[0].strip(_CLOSING) if self.after[:1] == " " else ""

    @property
    def previous(self) -> str:
        """The word before, if only a space stands between."""
        if not self.left or not self.left[-1].isspace():
            return ""
        word = self.left.rsplit(None, 1)[-1] if self.words else ""
        return word.strip(_QUOTES) if word and word[-1].isalnum() else ""

    def take_kind(self) -> str | None:
        """The kind named right before ("huyện"), as the table of kinds has it; taken off the words. None if none."""
        for size in (2, 1):
            phrase = " ".join(self.before[-size:])
            kind = rules.KINDS.get(phrase)
            if kind is None or len(self.before) < size:
                continue
            if size == 1 and " ".join(self.before[-2:]) in rules.NO_KIND:
                continue
            self._set(self.left.rsplit(None, size)[0] + " " if len(self.words) > size else "")
            return kind
        return None

    def rule_before(self, table: Table) -> Rule | None:
        """The rule for the longest phrase that ends right before the name."""
        before = self.before
        if not before or before[-1] not in table.last_words:
            return None
        for size in range(len(before), 0, -1):
            if rule := table.phrases.get(" ".join(before[-size:])):
                return rule
        return None

    def rule_in_clause(self, table: Table) -> Rule | None:
        """The rule for the nearest phrase before the name in its clause; some do not reach over a comma."""
        words, last_words = self.words, table.last_words
        comma = False
        for end in range(len(words), max(0, len(words) - _CLAUSE_WORDS), -1):
            word = words[end - 1]
            if word == "(" and end == len(words):
                continue  # a bracket opened right before the name is looked past
            if word[-1] in _ENDS and word not in _ABBREVIATIONS:
                return None
            if word[-1] == ",":
                comma, word = True, word[:-1]
            bare = word.lstrip(_QUOTES) if word[:1] in _QUOTES else word
            if bare in last_words:
                before = words[max(0, end - rules.CLAUSE_LONGEST) : end - 1] if bare == word else []
                rule = self._longest(before, bare, table)
                if rule and not (comma and rule.near):
                    return rule
            if word[:1] == "(":
                return None
        return None

    @staticmethod
    def _longest(before: list[str], last: str, table: Table) -> Rule | None:
        for start in range(len(before)):
            if rule := table.phrases.get(" ".join((*before[start:], last))):
                return rule
        return table.phrases.get(last)

    def rule_after(self, table: Table) -> Rule | None:
        """The rule for the words right behind the name."""
        words = [word.strip(_CLOSING) for word in self.after.lower().split()]
        if not words or self.after[0] != " ":
            return None
        return table.phrases.get(" ".join(words[:2])) or table.phrases.get(words[0])

    def of_resident(self) -> bool:
        """Whether somebody's name and "ở" stand before: "chị Lan ở"."""
        if len(self.words) < 2 or self.before[-1] != "ở":
            return False
        name = self.left.rsplit(None, 2)[-2]
        return name[:1].isupper() and name.isalpha() and not name.isupper()

    def abroad_follows(self, country: str) -> bool:
        """Whether the name is at once placed in this country: "Hà Nam, Trung Quốc"."""
        return self.after.lstrip(" ,(").startswith(rules.PLACED_IN.get(country, "-"))

    def follows_foreign_name(self) -> bool:
        """Whether a comma and a foreign name stand before: "Freiburg, Đức"."""
        if not self.words or not self.words[-1].endswith(","):
            return False
        name = self.left.rsplit(None, 1)[-1].strip(_QUOTES + ",")
        return name[:1].isupper() and name.isalpha() and not looks_vietnamese(name)

    def follows_model(self) -> bool:
        """Whether the name of a weapon or an aircraft stands right before: "S-400 Nga"."""
        return bool(_MODEL.search(self.left))

    def in_brackets(self) -> bool:
        """Whether the name stands alone in brackets: "Perm (Nga)"."""
        return self.bracketed and self.after.startswith(")")

    def previous_is_name(self) -> bool:
        """Whether the word before is a capitalised Vietnamese syllable, so that the two may be one name."""
        previous = self.previous
        return (
            previous[:1].isupper()
            and not (previous.isupper() and len(previous) > 1)
            and previous not in rules.NOT_NAMES
            and looks_vietnamese(previous)
        )

    def next_is_name(self) -> bool:
        """Whether a capitalised Vietnamese syllable follows: "Anh Tuấn"."""
        return self.next[:1].isupper() and looks_vietnamese(self.next)

    def surname_run(self) -> bool:
        """Whether the capitalised words up to the name begin with a surname: "Nguyễn Thái ..."."""
        run: list[str] = []
        for word in reversed(self.left.split()):
            bare = word.strip(_QUOTES)
            if not (bare[:1].isupper() and bare.isalpha()) or (bare.isupper() and len(bare) > 1):
                break
            run.append(bare)
        while run and (run[-1].lower() in rules.TITLES or run[-1] in rules.NOT_NAMES):
            run.pop()
        return bool(run) and not self.glued and key(run[-1]) in rules.SURNAMES and tuple(run) not in rules.NO_SURNAMES


def _rejoined(left: str) -> str:
    """The line before as well, where a line ends in the kind of the name that opens the next: "TP.", "HCM"."""
    cut = _CUT_KIND.search(left)
    return left[left.rfind("\n", 0, cut.start()) + 1 :].rstrip("\n") + " " if cut else ""
