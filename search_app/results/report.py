"""A report of stories as offices hand it in: what was asked, the stories in groups, and the counts of the same stories.

The records here hold text that is ready to be shown; the writers beside this module (DOCX, XLSX, HTML, Markdown) only
lay it out. Every number of a report counts the articles that it lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from indexer.models import Article, TaggedArticle
from search_app.answers import Geography
from search_app.links import web_address
from search_app.messages import Language
from search_app.query.periods import day_label
from search_app.results.characters import clean
from search_app.results.naming import country_label, place_label, time_label
from search_app.results.report_words import words
from search_app.suggest.stories import Origin, grouped, runs

GroupBy = Literal["month", "country", "none"]
GROUPINGS: tuple[GroupBy, ...] = get_args(GroupBy)

MOST = 1_000
"""Articles of one report on the web: more than anybody hands in, and a few seconds of work. A command may take more."""

LONGEST_LEAD = 600
"""Characters of a summary: a paragraph that stands in for a missing sapo may be long."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """The same story in another paper."""

    id: str
    site: str
    published: str
    link: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One story of a report. ``day`` is its date where the whole day is known; ``link`` is "" or http(s)."""

    number: int
    id: str
    published: str
    day: date | None
    site: str
    title: str
    lead: str
    places: tuple[str, ...]
    link: str
    note: str = ""
    also: tuple[Reprint, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Stories under one heading; the heading is "" where nothing is grouped."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A line of a table of counts."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Table:
    """Counts under a heading; ``kind`` is what its lines are."""

    heading: str
    kind: str
    counts: tuple[Count, ...]

    @property
    def most(self) -> int:
        """The largest count, at least 1: what bars are measured by."""
        return max((count.articles for count in self.counts), default=0) or 1


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the stories."""

    title: str = ""
    office: str = ""
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The whole of it. ``remarks`` say what the reader has to know of the numbers."""

    heading: Heading
    language: Language
    created: str
    size: str
    remarks: tuple[str, ...]
    groups: tuple[Group, ...]
    tables: tuple[Table, ...]
    articles: int

    @property
    def words(self) -> Mapping[str, str]:
        """What is said beside the stories."""
        return words(self.language)

    @property
    def noted(self) -> bool:
        """Whether any story has a note."""
        return any(entry.note for group in self.groups for entry in group.entries)


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a report is to be made.

    ``saved`` gives the permanent link of a stored article, where there is one. With ``fold`` the same story in several
    papers is one, told by the first; ``alike`` finds it from the index (ids and sites), in a quarter of the time that
    the texts take.
    ``total`` is how many articles the query finds, ``gone`` how many of a list are no longer there.
    """

    heading: Heading = field(default_factory=Heading)
    by: GroupBy = "month"
    fold: bool = True
    alike: Callable[[Sequence[str], Sequence[str | None]], list[list[int]] | None] | None = None
    language: Language = "vi"
    geography: Geography = "34"
    notes: Mapping[str, str] = field(default_factory=dict)
    saved: Callable[[str], str] | None = None
    total: int | None = None
    gone: int = 0
    partial: bool = False


def make_report(articles: Sequence[TaggedArticle], options: ReportOptions, day: date) -> Report:
    """The report of these articles, in their order within each group."""
    said = words(options.language)
    stories = [[articles[at] for at in group] for group in _alike([one.article for one in articles], options)]
    groups = _groups(stories, options)
    size, reprints = len(articles), len(articles) - len(stories)
    return Report(
        heading=_heading(options.heading),
        language=options.language,
        created=said["made"].format(day_label(day.isoformat(), english=options.language == "en")),
        size=said["count_folded"].format(size, len(stories), reprints) if reprints else said["count"].format(size),
        remarks=tuple(_remarks(size, options)),
        groups=tuple(groups),
        tables=count_tables(articles, options),
        articles=size,
    )


def _heading(given: Heading) -> Heading:
    return Heading(clean(given.title), clean(given.office), tuple(map(clean, given.filters)))


def _alike(articles: Sequence[Article], options: ReportOptions) -> list[list[int]]:
    if not options.fold:
        return [[at] for at in range(len(articles))]
    known = options.alike([one.id for one in articles], [one.site for one in articles]) if options.alike else None
    return known or grouped([runs(one) for one in articles], [Origin.of_article(one) for one in articles])


def _remarks(size: int, options: ReportOptions) -> Iterable[str]:
    said = words(options.language)
    if options.total is not None and options.total > size:
        yield said["left_out"].format(size, options.total)
    if options.gone:
        yield said["gone"].format(options.gone)
    if options.partial:
        yield said["partial"]
    if options.by == "country" and size:
        yield said["first_country"]
    if not size:
        yield said["nothing"]


def _groups(stories: Sequence[Sequence[TaggedArticle]], options: ReportOptions) -> list[Group]:
    """The stories under their headings; a heading counts the articles below it, reprints among them."""
    under: dict[str, list[Sequence[TaggedArticle]]] = {}
    for story in stories:
        under.setdefault(_key(story[0], options.by), []).append(story)
    said, made, number = words(options.language), [], 0
    for key in _ordered(under, options.by):
        entries = []
        for story in under[key]:
            number += 1
            entries.append(_entry(number, story, options))
        size = sum(len(story) for story in under[key])
        name = clean(_group_name(key, under[key][0][0], options))
        made.append(Group(said["group"].format(name, size) if name else "", tuple(entries)))
    return made


def _key(tagged: TaggedArticle, by: GroupBy) -> str:
    published = tagged.article.dating.published
    if by == "month":
        return published.value[:7] if published else ""
    return next((one.id for one in tagged.countries if one.role == "about"), "") if by == "country" else ""


def _ordered(under: Mapping[str, list[Sequence[TaggedArticle]]], by: GroupBy) -> list[str]:
    """Months as the stories come, newest or oldest first; countries by their stories; what has neither comes last."""
    keys = [key for key in under if key]
    if by == "month" and keys:
        keys.sort(reverse=keys[0] > keys[-1])
    if by == "country":
        keys.sort(key=lambda key: -sum(map(len, under[key])))
    return [*keys, *([""] if "" in under else [])]


def _group_name(key: str, first: TaggedArticle, options: ReportOptions) -> str:
    said = words(options.language)
    if options.by == "none":
        return ""
    if not key:
        return said["undated"] if options.by == "month" else said["no_country"]
    if options.by == "month":
        name = time_label(key, options.language)
        return name[:1].upper() + name[1:]
    name = next(one.name for one in first.countries if one.id == key)
    return country_label(key, name, options.language)


def _entry(number: int, story: Sequence[TaggedArticle], options: ReportOptions) -> Entry:
    tagged = story[0]
    article, published = tagged.article, tagged.article.dating.published
    about = [one for one in (*tagged.provinces, *tagged.countries) if one.role == "about"]
    lead = clean(article.lead or (article.body[0] if article.body else ""))
    return Entry(
        number=number,
        id=article.id,
        published=_date(tagged, options.language),
        day=date.fromisoformat(published.value[:10]) if published and len(published.value) >= 10 else None,
        site=clean(article.site or ""),
        title=clean(article.title) or words(options.language)["untitled"],
        lead=lead if len(lead) <= LONGEST_LEAD else lead[: LONGEST_LEAD - 1].rsplit(" ", 1)[0] + "…",
        places=tuple(dict.fromkeys(clean(place_label(one, options.language)) for one in about)),
        link=_link(tagged, options),
        note=clean(options.notes.get(article.id, "")),
        also=tuple(
            Reprint(one.article.id, clean(one.article.site or ""), _date(one, options.language), _link(one, options))
            for one in story[1:]
        ),
    )


def _date(tagged: TaggedArticle, language: Language) -> str:
    published = tagged.article.dating.published
    return day_label(published.value[:10], english=language == "en") if published else ""


def _link(tagged: TaggedArticle, options: ReportOptions) -> str:
    """The address of the story, else of its stored copy, else ""."""
    if url := web_address(tagged.article.url):
        return url
    return options.saved(tagged.article.id) if options.saved else ""


def count_tables(articles: Sequence[TaggedArticle], options: ReportOptions) -> tuple[Table, ...]:
    """The counts of these articles by month, province and country; a table without lines is left out."""
    return tuple(table for table in _tables(articles, options) if table.counts)


def _tables(articles: Sequence[TaggedArticle], options: ReportOptions) -> Iterable[Table]:
    """Counts by month, province and country; provinces in the geography that was asked for."""
    said, language = words(options.language), options.language
    published = (one.article.dating.published for one in articles)
    months = Counter(one.value[:7] if one else "" for one in published)
    dated = [Count(time_label(key, language), months[key]) for key in sorted(filter(None, months))]
    undated = [Count(said["undated"].lower(), months[""])] if months[""] else []
    yield Table(said["by_month"], said["month"], (*dated, *undated))
    provinces = Counter(
        name
        for one in articles
        for name in {
            (place.now_name if options.geography == "34" else None) or place.name
            for place in one.provinces
            if place.role == "about"
        }
    )
    yield Table(said["by_province"], said["province"], _most_first(provinces))
    countries = Counter(
        country_label(place.id, place.name, language)
        for one in articles
        for place in one.countries
        if place.role == "about"
    )
    yield Table(said["by_country"], said["country"], _most_first(countries))


def _most_first(counts: Counter[str]) -> tuple[Count, ...]:
    return tuple(Count(clean(name), count) for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))
