"""An article with all that one can have, and how version 1 of the catalogue packed it."""

import zlib

import orjson

from indexer.models import Article, Dating, Evidence, Line, LineLabel, Place, Published, TaggedArticle
from indexer.storage.codec import as_json


def tagged(article_id: str = "a1", source: str = "/pages/a.html", title: str = "Cầu mới") -> TaggedArticle:
    article = Article(
        id=article_id,
        source=source,
        url="https://bao.example/cau-moi",
        site="Báo Mẫu",
        title=title,
        lead="Sáng 7/2, cây cầu được khánh thành.",
        body=("Đoạn một.", "Đoạn hai.\nMột dòng nữa."),
        dating=Dating(Published("2023-02-08T09:58+07:00", "minute"), "meta", "article:published_time"),
        captions=("Cây cầu nhìn từ bờ sông.",),
        lines=(Line(1, "Cầu mới", LineLabel.TITLE, 0.9, "before the lead"),),
    )
    evidence = (Evidence("title", 0, 3, "Cầu", 5.0, "name"),)
    return TaggedArticle(article, (Place("vn63:30", "Hải Dương", "about", 5.0, evidence, "vn34:31", "Hải Phòng"),), ())


def deflated(article: TaggedArticle) -> tuple[bytes, bytes]:
    """Itself and its lines."""
    bare, lines = as_json(article)
    return zlib.compress(bare), zlib.compress(lines)


def deflated_without_localities(article: TaggedArticle) -> bytes:
    """As they were packed before localities were."""
    made = orjson.loads(as_json(article)[0])
    del made["localities"]
    return zlib.compress(orjson.dumps(made))
