"""Mentions that only the others in a story can resolve: "Pháp" in a list of countries, a district near its province."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from indexer.places.mentions import WEIGHTS, Mention

_LINKS = (", ", " và ", " hay ", " hoặc ", " - ", "-", "/", " cùng ", " với ")
_BEFORE_PROVINCE = (", ", " (", " - ", ", tỉnh ", ", TP ", ", TP. ", " (tỉnh ", " (TP ", " (TP. ", ", thành phố ")


def resolved(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that are sure, and those of the others that the sure ones confirm, in the order of the text."""
    every = list(mentions)
    persons = {mention.id for mention in every if mention.person}
    sure = [mention for mention in every if mention.sure]
    waiting = [mention for mention in every if not mention.sure and not mention.person]
    if persons:
        sure, waiting = _without_persons(persons, sure, waiting)
    if waiting:
        sure += _districts(text, sure, [mention for mention in waiting if not mention.country])
        sure += _countries(text, sure, [mention for mention in waiting if mention.country])
        sure.sort(key=lambda mention: mention.start)
    _namesakes(sure)
    return sure


def _namesakes(sure: list[Mention]) -> None:
    """A name like Hà Nam means the region abroad in a story that names its country twice and no other province."""
    if any(not mention.country and mention.namesake is None for mention in sure):
        return
    countries = Counter(mention.id for mention in sure if mention.country)
    for mention in sure:
        if mention.namesake and countries[mention.namesake] > 1:
            mention.country, mention.ids, mention.rule, mention.weight = (
                True,
                (mention.namesake,),
                "abroad",
                WEIGHTS["abroad"],
            )


def _without_persons(
    persons: set[str], sure: list[Mention], waiting: list[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """Where somebody is called Mỹ or Đức, the short name is a country only if a longer one or a state word says so."""
    named = {mention.id for mention in sure if mention.country and (mention.state or not mention.short)}
    doubted = persons - named
    return (
        [mention for mention in sure if not (mention.short and mention.id in doubted)],
        [mention for mention in waiting if not (mention.short and mention.id in doubted)],
    )


def _districts(text: str, sure: list[Mention], waiting: list[Mention]) -> list[Mention]:
    """Districts whose province is named too. One named with its kind or its province vouches for the bare name."""
    provinces = {mention.id: set[int]() for mention in sure if not mention.country}
    for mention in sure:
        if not mention.country:
            provinces[mention.id].add(mention.start)
    known = {mention.text: mention.id for mention in sure if mention.rule.startswith("district")}
    candidates = []
    for mention in waiting:
        options = [id_ for id_ in mention.ids if id_ in provinces]
        if len(options) != 1:
            continue
        mention.ids = (options[0],)
        candidates.append(mention)
        if mention.local or _followed_by(text, mention, provinces[options[0]]):
            mention.local = True
            known[mention.text] = options[0]
    return [mention for mention in candidates if known.get(mention.text) == mention.id]


def _followed_by(text: str, mention: Mention, starts: set[int]) -> bool:
    """Whether the province stands right behind: "Ngũ Hành Sơn (Đà Nẵng)"."""
    return any(text.startswith(link, mention.end) and mention.end + len(link) in starts for link in _BEFORE_PROVINCE)


def _countries(text: str, sure: list[Mention], waiting: list[Mention]) -> list[Mention]:
    """Short names and places abroad whose country is sure, or that stand in a list with one that is."""
    weak = Counter(mention.id for mention in sure if mention.short and not mention.anchors)
    anchored = {mention.id for mention in sure if mention.country and (mention.anchors or weak[mention.id] > 1)}
    if anchored and all(mention.country for mention in sure):  # news from abroad: one weak word is enough there
        anchored |= weak.keys()
    ends = {mention.end for mention in sure if mention.country}
    starts = {mention.start for mention in sure if mention.country}
    abroad = Counter(mention.id for mention in waiting if mention.abroad and not mention.vietnamese)
    confirmed = [
        mention
        for mention in waiting
        if mention.id in anchored
        or (
            mention.rule == "abroad"
            and not mention.vietnamese
            and abroad[mention.id] >= (2 if " " in mention.text else 3)
        )
        or (not mention.abroad and mention.rule != "leader" and _in_list(text, mention, starts, ends))
    ]
    # A leader speaks for a country only where something else does.
    named = anchored | {mention.id for mention in confirmed if mention.rule != "leader"}
    return confirmed + [mention for mention in waiting if mention.rule == "leader" and mention.id in named - anchored]


def _in_list(text: str, mention: Mention, starts: set[int], ends: set[int]) -> bool:
    """Whether a sure country stands right beside: "Pháp và Anh", "Anh, Mỹ"."""
    return any(
        (text.endswith(link, 0, mention.start) and mention.start - len(link) in ends)
        or (text.startswith(link, mention.end) and mention.end + len(link) in starts)
        for link in _LINKS
    )
