"""What is taken along: spreadsheets that run nothing, citations that break nothing."""

import csv
import io
import json

import pytest
from result_articles import article, saved

from indexer.models import Dating, TaggedArticle
from search_app.results.exports import as_bibtex, as_csv, as_jsonl
from search_app.service import SearchService


def rows(*articles: TaggedArticle) -> list[dict[str, str]]:
    text = "".join(as_csv(articles, saved))
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


@pytest.mark.parametrize(
    "title",
    ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "＝1", '=cmd|" /C calc"!A0', "\0=1"],
)
def test_no_cell_is_a_formula(title: str) -> None:
    (row,) = rows(article(title=title))
    assert row["title"].startswith("'")


def test_a_row_says_what_a_result_says() -> None:
    (row,) = rows(article(title='Dấu "ngoặc", phẩy\nvà dòng'))
    assert row["title"] == 'Dấu "ngoặc", phẩy\nvà dòng'
    assert row["published"] == "2023-02-08T09:58+07:00"
    assert row["saved"] == "http://here.example/bai/a1"
    assert rows(article(title="Bài -1"))[0]["title"] == "Bài -1"


def test_a_cell_has_no_control_characters_nor_half_letters() -> None:
    (row,) = rows(article(title="Một\x0b\x1b \ud800hai\uffff", lead="\x0b=1"))
    assert (row["title"], row["lead"]) == ("Một hai", "'=1")


def test_an_undated_article_has_an_empty_date() -> None:
    (row,) = rows(article(dating=Dating(None, "none", "x"), url=None, site=None))
    assert (row["published"], row["url"], row["site"]) == ("", "", "")


def test_lines_of_json_can_be_indexed_again() -> None:
    (line,) = as_jsonl([article()], saved)
    made = json.loads(line)
    assert {"url", "title", "lead", "body", "published"} <= set(made)
    assert made["saved"].endswith("/bai/a1")


def test_a_list_of_sources_has_an_entry_an_article() -> None:
    text = "".join(as_bibtex([article(), article(id="a2")], saved))
    assert text.count("@article{") == 2


def test_every_article_of_a_request_once_and_in_its_order(service: SearchService) -> None:
    request = service.request(text="hợp tác", sort="oldest")
    found = [tagged.article.id for tagged in service.every(request, 5_000)]
    assert found == [hit.id for hit in service.search(request).hits]
    assert len(list(service.every(request, 2))) == 2
    assert list(service.every(service.request(text="khôngcótừnày"), 10)) == []
