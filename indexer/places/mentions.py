"""From a text to the places it names: each candidate of the matcher is judged by the words beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.places import rules
from indexer.places.context import Context
from indexer.places.matcher import Meaning, NameMatcher
from indexer.places.rules import Rule
from indexer.places.spelling import looks_vietnamese

WEIGHTS: Mapping[str, float] = {
    "name": 1.0,
    "town": 0.8,
    "district": 0.8,
    "ward": 0.6,
    "abroad": 0.7,
    "abroad with kind": 0.8,
    "emblem": 0.7,
    "leader": 0.4,
    "start": 0.8,
    "doubtful": 0.8,
}
"""What a mention counts by the way in which it names its place, before the words beside it are asked; the place's own
name counts 1. Chosen by hand; on 466 annotated stories a step of .2 up or down in any of the others changes F1 of
countries by .002 at most and that of provinces not at all."""

FULL = 0.5
"""Weight from which on a mention names its place outright."""


@dataclass(slots=True)
class Mention:
    """A place named at ``text[start:end]``. ``ids`` holds one id, or several while it waits for others to decide."""

    start: int
    end: int
    text: str
    country: bool
    ids: tuple[str, ...]
    weight: float = WEIGHTS["name"]
    rule: str = "name"
    sure: bool = True  # False while it waits for its country or province to be named elsewhere
    anchors: bool = True  # makes unsure mentions of the same country sure
    local: bool = False  # names a district or an authority of the province
    vietnamese: bool = False  # reads as Vietnamese words
    short: bool = False  # a one-syllable country
    state: bool = False  # with a word that speaks of a state
    person: bool = False  # not a place: somebody bears this name
    namesake: str | None = None  # the country that has a region of this name too: Hà Nam

    @property
    def abroad(self) -> bool:
        """Whether it names a country by a place or body in it."""
        return self.rule in ("abroad", "emblem")

    @property
    def id(self) -> str:
        """The place it names."""
        return self.ids[0]


class MentionFinder:
    """Finds the mentions of a text. Stateless once built."""

    def __init__(self, matcher: NameMatcher) -> None:
        self._matcher = matcher

    def find(self, text: str, *, wards: bool = False) -> list[Mention]:
        """All mentions that the words beside them let stand. ``wards``: read ward names as of today's provinces."""
        found: list[Mention] = []
        for meaning, start, end in self._matcher.find(text):
            if not meaning.blocked:
                found.extend(_judged(text, meaning, start, end, wards))
        return found


def _judged(text: str, meaning: Meaning, start: int, end: int, wards: bool) -> list[Mention]:
    """What one candidate names: nothing, a place, or the two countries of a pair."""
    context = Context(text, start, end)
    surface = text[start:end]
    if meaning.pair:
        return _pair(meaning, context, start, end, surface)
    mention: Mention | None = None
    if meaning.country:
        mention = _country(meaning, context, Mention(start, end, surface, country=True, ids=(meaning.country,)))
    elif meaning.person:
        leader = Mention(start, end, surface, country=True, ids=(meaning.person,), rule="leader")
        leader.weight = WEIGHTS[leader.rule]
        leader.sure = leader.anchors = False
        return [leader]
    elif meaning.in_vietnam:
        mention = _province(meaning, context, Mention(start, end, surface, country=False, ids=()), wards)
        if meaning.abroad and context.abroad_follows(meaning.abroad):
            mention = None
        elif mention:
            mention.namesake = meaning.abroad
    if mention is None and meaning.abroad:
        rule = "emblem" if meaning.emblem else "abroad"
        candidate = Mention(start, end, surface, country=True, ids=(meaning.abroad,), weight=WEIGHTS[rule], rule=rule)
        mention = _abroad(meaning, context, candidate)
    if mention is None:
        return []
    mention.vietnamese = meaning.vietnamese
    return [mention]


def _pair(meaning: Meaning, context: Context, start: int, end: int, surface: str) -> list[Mention]:
    rule = context.rule_before(rules.COUNTRY_BEFORE)
    factor, name = (rule.factor, rule.name) if rule else (1.0, "pair")
    return [
        Mention(start, end, surface, country=True, ids=(id_,), weight=factor, rule=name)
        for id_ in meaning.pair
        if factor
    ]


# --- provinces ----------------------------------------------------------------------------------------------------


def _province(meaning: Meaning, context: Context, mention: Mention, wards: bool) -> Mention | None:
    kind = context.take_kind()
    if kind is None:
        located = _bare(meaning, mention)
    elif kind in rules.WARDS:
        located = wards and _ward(meaning, kind, mention)
    else:
        located = _of_kind(meaning, kind, mention)
    if not located:
        return None
    if kind is None and (
        (context.previous_is_name() and context.surname_run()) or context.rule_after(rules.PROVINCE_AFTER)
    ):
        return None
    return _weighed(context, mention, kind)


def _bare(meaning: Meaning, mention: Mention) -> bool:
    """Without a word for its kind: a province, a well-known town, or a district if others confirm it."""
    if meaning.needs_kind:
        return False
    if meaning.province:
        mention.ids = (meaning.province,)
    elif meaning.town:
        mention.ids, mention.rule, mention.weight = (meaning.town,), "town", WEIGHTS["town"]
    else:
        mention.ids, mention.rule, mention.weight = meaning.all_districts, "district", WEIGHTS["district"]
        mention.local = mention.sure = mention.text[-1].isdigit()  # "quận 7" holds its kind
    return bool(mention.ids)


def _ward(meaning: Meaning, kind: str, mention: Mention) -> bool:
    """A ward of today that bears the name of an old place: it lies in the province of that ward."""
    mention.ids, mention.rule, mention.weight = meaning.wards.get(kind, ()), "ward", WEIGHTS["ward"]
    return len(mention.ids) == 1


def _of_kind(meaning: Meaning, kind: str, mention: Mention) -> bool:
    """With its kind: "tỉnh" is the province, "huyện" a district, "thành phố" whichever there is."""
    if kind == "tỉnh":
        mention.ids = (meaning.province,) if meaning.province else ()
        return bool(mention.ids)
    districts = meaning.districts.get(kind, ())
    if kind == "thành phố" and meaning.province and not districts:
        mention.ids = (meaning.province,)
        return True
    mention.ids = districts or meaning.all_districts or ((meaning.town,) if meaning.town else ())
    if not mention.ids and meaning.province and kind != "huyện":
        mention.ids = (meaning.province,)
    mention.rule, mention.local, mention.sure = "district", True, len(mention.ids) == 1
    return bool(mention.ids)


def _weighed(context: Context, mention: Mention, kind: str | None) -> Mention | None:
    """Apply the tables: what stands right before, else what the clause is about."""
    before = context.rule_before(rules.PROVINCE_BEFORE)
    if before and before.factor == 0:
        called = before.name == "person" and context.previous[:1].isupper() and len(context.words) > 1
        if not called and not (kind and before.name in rules.NOT_WITH_KIND):
            return None
        before = None
    rule = _stronger(before, context.rule_in_clause(rules.PROVINCE_CLAUSE))
    if context.of_resident():
        rule = rules.RESIDENT
    elif rule is None and context.bracketed:
        rule = rules.BRACKETED
    if rule:
        mention.weight *= rule.factor
        mention.rule = rule.name if mention.rule == "name" else f"{mention.rule}:{rule.name}"
        mention.local = (mention.local and rule.factor >= FULL) or rule.name == "authority"
    return mention


def _stronger(before: Rule | None, clause: Rule | None) -> Rule | None:
    """Of the two rules the one that tells more: where somebody is from beats all, an authority beats the rest."""
    if before is None or clause is None:
        return before or clause
    if clause.name == "origin":
        return clause
    return before if before.name == "authority" or before.factor <= clause.factor else clause


# --- countries ----------------------------------------------------------------------------------------------------


def _country(meaning: Meaning, context: Context, mention: Mention) -> Mention | None:
    mention.short = meaning.short
    before = context.rule_before(rules.COUNTRY_BEFORE)
    if before and before.factor == 0 and not context.glued:
        if meaning.short or (meaning.given_name and before.name == "person"):
            return _person(mention)
    elif before and before.factor != 1:
        mention.weight, mention.rule = before.factor, before.name
    if meaning.short:
        if context.previous_is_name():
            return _person(mention)
        if not _short(meaning, context, mention):
            return None
    elif meaning.vietnamese and context.previous_is_name() and context.surname_run():
        return None
    if clause := context.rule_in_clause(rules.COUNTRY_CLAUSE):
        mention.weight *= clause.factor
        mention.rule = clause.name
    return mention


def _person(mention: Mention) -> Mention | None:
    """Somebody of this name: no place, but a warning for the same name elsewhere in the story."""
    mention.sure, mention.person = False, True
    return mention if mention.short else None


def _short(meaning: Meaning, context: Context, mention: Mention) -> bool:
    """Whether a one-syllable name may be a country here; marks it unsure where only its company can tell."""
    cue = not context.glued and context.rule_before(rules.COUNTRY_CUES) is not None
    mention.state = bool(context.before) and context.before[-1] in rules.STATE_WORDS
    if context.next_is_name() and not (mention.state or (cue and not meaning.doubtful)):
        return False
    if context.starts_sentence:
        if mention.text in rules.NEVER_FIRST:
            return False
        mention.sure, mention.rule, mention.weight = False, "start", WEIGHTS["start"]
    elif cue:
        mention.rule = "cue"
        mention.anchors = mention.state or not meaning.doubtful
        mention.sure = mention.state or mention.text not in rules.ONLY_STATES
    elif context.in_brackets() or context.follows_foreign_name():
        mention.rule, mention.state = "beside", True
    elif context.follows_model():
        mention.rule, mention.anchors = "beside", not meaning.doubtful
    elif meaning.doubtful:
        mention.sure, mention.rule, mention.weight = False, "doubtful", WEIGHTS["doubtful"]
    return True


def _abroad(meaning: Meaning, context: Context, mention: Mention) -> Mention | None:
    """A town or region abroad. It waits for its country, unless a word for its kind stands before."""
    if context.rule_before(rules.ABROAD_BEFORE):
        return None
    previous, following = context.previous, context.next
    if meaning.vietnamese and context.previous_is_name() and context.surname_run():
        return None
    foreign_before = previous[:1].isupper() and not looks_vietnamese(previous) and not previous.isupper()
    foreign_after = following[:1].isupper() and not looks_vietnamese(following)
    if (foreign_before and previous not in rules.NOT_NAMES) or foreign_after:
        return None  # part of a longer foreign name
    mention.anchors = False
    mention.sure = not meaning.vietnamese and context.rule_before(rules.ABROAD_CUES) is not None
    if mention.sure:
        mention.weight = WEIGHTS["abroad with kind"]
    return mention
