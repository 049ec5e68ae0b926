"""An article to take along, and where it is kept."""

from dataclasses import replace

from indexer.models import Article, Dating, Published, TaggedArticle


def article(**changes: object) -> TaggedArticle:
    plain = Article(
        id="a1",
        source="x.html",
        url="https://bao.example/1.html",
        site="bao.example",
        title="Thanh Hóa ký hợp tác",
        lead="Hôm nay.",
        body=("Một.",),
        dating=Dating(Published("2023-02-08T09:58+07:00", "minute"), "line", "x"),
        byline="Minh Thư",
    )
    return TaggedArticle(replace(plain, **changes))  # type: ignore[arg-type]


def saved(article_id: str) -> str:
    return f"http://here.example/bai/{article_id}"
