"""The shortest ways to an article, and from a tagged one to its ids."""

from indexer.models import Article, Dating, Published, TaggedArticle


def article(title: str = "", lead: str = "", *body: str, date: str | None = None, **more: tuple[str, ...]) -> Article:
    published = Published(date, {4: "year", 7: "month", 10: "day"}.get(len(date), "minute")) if date else None
    dating = Dating(published, "line" if date else "none", date or "no date")
    return Article("id", "source", None, None, title, lead, body, dating, **more)


def about(tagged: TaggedArticle) -> tuple[list[str], list[str]]:
    """Ids of the provinces and countries that it is about."""
    return (
        [place.id for place in tagged.provinces if place.role == "about"],
        [place.id for place in tagged.countries if place.role == "about"],
    )
