"""Links that a reader can follow safely, in every format."""

from dataclasses import replace

import pytest

from indexer.models import Article, Dating, TaggedArticle
from search_app.answers import article_json
from search_app.results.citations import bibtex, citation, ris
from search_app.results.exports import as_bibtex, as_csv, as_jsonl

STORY = Article(
    id="a1",
    source="/kho/a.html",
    url="https://bao.example/1",
    site="bao.example",
    title="Tin",
    lead="Sapo",
    body=("Một đoạn.",),
    dating=Dating(None, "none", "trang không ghi ngày đăng"),
)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x/y", "ftp://a/"])
def test_no_other_link_than_to_the_web_leaves(url):
    tagged = TaggedArticle(replace(STORY, url=url), (), ())

    def saved(article_id: str) -> str:
        return f"https://kho.example/bai/{article_id}"

    cited = citation(tagged.article, saved("a1"))
    pieces = [*as_csv([tagged], saved), *as_jsonl([tagged], saved), *as_bibtex([tagged], saved)]
    assert all(url not in piece for piece in (*pieces, bibtex(cited), ris(cited)))
    assert article_json(tagged)["url"] is None
    assert article_json(TaggedArticle(STORY, (), ()))["url"] == STORY.url
