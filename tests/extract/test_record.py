"""Pages of every kind through the one entry, and the records of JSONL files."""

import json
from datetime import date

import pytest

from indexer.errors import NotAnArticle, UnreadablePage
from indexer.extract import read_page
from indexer.models import Article, PageKind, RawPage

TODAY = date(2026, 11, 22)
LINES = (
    "Sáng nay, hàng trăm người dân có mặt bên bờ sông Lụa để xem cánh quạt đầu tiên quay trong gió mùa đông bắc.",
    "Bà Phạm Thị Nụ, chủ nhiệm hợp tác xã, cho biết tiền điện bơm nước mỗi vụ sẽ giảm hơn hai phần ba so với trước.",
)
MARKUP = f"<html><body><h1>Xã Mây Trắng có trạm bơm gió</h1><div><p>{LINES[0]}</p><p>{LINES[1]}</p></div></body></html>"


def read(record: object) -> Article:
    data = record if isinstance(record, bytes) else json.dumps(record).encode()
    return read_page(RawPage("a.jsonl#1", data, PageKind.RECORD), today=TODAY)


def test_everything_given() -> None:
    article = read(
        {
            "url": "https://www.bao.example/1?utm_source=x",
            "title": "Trạm bơm gió",
            "lead": "Nước về đồng.",
            "body": [LINES[0], "Xem thêm: " + LINES[1]],
            "published": "2023-02-08T09:58+07:00",
            "unknown": {"a": 1},
        }
    )
    assert (article.title, article.lead, article.site) == ("Trạm bơm gió", "Nước về đồng.", "bao.example")
    assert article.body == (LINES[0], "Xem thêm: " + LINES[1])  # taken as clean: nothing is stripped
    assert article.dating.published is not None
    assert (article.dating.published.value, article.dating.kind) == ("2023-02-08T09:58+07:00", "given")


def test_body_as_text_and_nothing_else() -> None:
    article = read({"body": f"{LINES[0]}\n\n {LINES[1]}\n"})
    assert article.body == LINES
    assert (article.title, article.lead, article.url, article.dating.published) == ("", "", None, None)


def test_markup_gives_the_rest() -> None:
    article = read({"html": MARKUP, "title": "Tên khác", "published": "2023-02"})
    assert article.title == "Tên khác"
    assert article.body == LINES
    assert article.dating.published is not None
    assert article.dating.published.value == "2023-02"


def test_markup_that_is_no_article() -> None:
    with pytest.raises(NotAnArticle):
        read({"html": "<h1>404</h1>"})
    assert read({"html": "<h1>404</h1>", "body": LINES[0]}).body == LINES[:1]


@pytest.mark.parametrize("published", ["2031-01-01", "32/01/2023", "hôm qua"])
def test_a_date_that_cannot_be_is_none_with_a_reason(published: str) -> None:
    dating = read({"body": "Nước về.", "published": published}).dating
    assert dating.published is None
    assert published in dating.evidence


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"{",
        b"[1, 2]",
        b'"text"',
        {},
        {"title": 5, "body": "x"},
        {"body": 7},
        {"body": ["x", 7]},
        {"body": {"a": 1}},
        b"\xff",
    ],
)
def test_bad_records_are_refused_with_a_reason(record: object) -> None:
    with pytest.raises(UnreadablePage) as caught:
        read(record)
    assert caught.value.source == "a.jsonl#1"
    assert caught.value.reason


def test_the_content_decides_between_markup_and_text() -> None:
    as_text = read_page(RawPage("a.txt", MARKUP.encode(), PageKind.TEXT), today=TODAY)
    as_html = read_page(RawPage("a.txt", MARKUP.encode(), PageKind.HTML), today=TODAY)
    assert as_text == as_html
    assert as_html.body == LINES


def test_the_same_record_twice_is_the_same_article() -> None:
    assert (
        read({"url": "https://bao.example/1", "body": "x"}).id
        == read({"url": "http://m.bao.example/1#a", "body": "y"}).id
    )


DAY = "2023-02-08T02:58:00Z"


@pytest.mark.parametrize(
    "record",
    [
        {"Tiêu đề": "Trạm bơm gió", "Nội dung": LINES[0], "Đường dẫn": "https://bao.example/1", "Ngày đăng": DAY},
        {"tieu_de": "Trạm bơm gió", "noi_dung": LINES[0], "duong_dan": "https://bao.example/1", "ngay_dang": DAY},
        {"title": "Trạm bơm gió", "maintext": LINES[0], "uri": "https://bao.example/1", "publishedTime": DAY},
        {
            "link": "https://bao.example/1",
            "title": {"rendered": "Trạm b&#417;m gió"},
            "content": {"rendered": f"<p>{LINES[0]}</p>"},
            "date": DAY,
        },
        {
            "articleUrl": "https://bao.example/1",
            "post_title": "Trạm bơm gió",
            "paragraphs": [LINES[0]],
            "newsDate": DAY,
        },
        {
            "_id": "1",
            "_source": {
                "pageUrl": "https://bao.example/1",
                "title": "Trạm bơm gió",
                "content": [{"type": "p", "text": LINES[0]}],
                "published_date": {"$date": DAY},
            },
        },
    ],
)
def test_the_same_article_in_the_shapes_of_other_tools(record: object) -> None:
    article = read(record)
    assert (article.title, article.body, article.url) == ("Trạm bơm gió", LINES[:1], "https://bao.example/1")
    assert article.dating.published is not None
    assert article.dating.published.value == "2023-02-08T09:58+07:00"


def test_torn_letters_of_a_record_are_mended() -> None:
    torn = LINES[0].encode().decode("latin-1")
    assert read({"title": "Trạm bơm gió", "body": [torn, LINES[1]]}).body == LINES


def test_what_is_said_beside_a_text() -> None:
    article = read({"markdown": LINES[0], "metadata": {"title": "Trạm bơm gió", "sourceURL": "https://bao.example/1"}})
    assert (article.title, article.body, article.url) == ("Trạm bơm gió", LINES[:1], "https://bao.example/1")
