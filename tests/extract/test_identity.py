"""One article, however its address is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.identity import article_id, canonical_address, site_of


@pytest.mark.parametrize(
    "url",
    [
        "https://bao.example/tin-1.html?a=1&b=2",
        "http://bao.example/tin-1.html?b=2&a=1",
        "HTTPS://WWW.Bao.Example:443/tin-1.html?a=1&b=2#binh-luan",
        "https://m.bao.example/tin-1.html?a=1&utm_source=zalo&utm_medium=x&b=2&fbclid=abc",
        "//bao.example//tin-1.html/?a=1&b=2&zarsrc=30",
        "https://bao.example/tin-1.html/amp?a=1&b=2",
        " https://bao.example/tin-1.html?a=1&b=2\n",
    ],
)
def test_ways_to_write_one_address(url: str) -> None:
    assert canonical_address(url) == "https://bao.example/tin-1.html?a=1&b=2"
    assert article_id(url, "x") == article_id("https://bao.example/tin-1.html?a=1&b=2", "y")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://bao.example/tin-1.html", "https://bao.example/tin-2.html"),
        ("https://bao.example/tin?id=1", "https://bao.example/tin?id=2"),
        ("https://bao.example/tin", "https://khac.example/tin"),
        ("https://bao.example/tin", "https://bao.example:8080/tin"),
    ],
)
def test_addresses_that_differ(one: str, other: str) -> None:
    assert article_id(one, "x") != article_id(other, "x")


def test_letters_and_their_escapes_are_the_same() -> None:
    assert canonical_address("https://bao.example/tin tức") == canonical_address(
        "https://bao.example/tin%20t%E1%BB%A9c"
    )


def test_without_an_address_the_source_names_the_article() -> None:
    assert article_id(None, "/a/b.txt") == article_id(None, "/a/b.txt") != article_id(None, "/a/c.txt")
    assert len(article_id(None, "")) == 16


@pytest.mark.parametrize("url", ["ftp://x/a", "không phải địa chỉ", "http://[::1", "http://a:b/", "", "mailto:a@b"])
def test_what_is_no_web_address_stays(url: str) -> None:
    assert canonical_address(url) == url


@given(st.text(max_size=80))
def test_never_fails_and_settles(text: str) -> None:
    for url in (text, f"https://bao.example/{text}"):
        once = canonical_address(url)
        assert canonical_address(once) == once
        assert len(article_id(url, text)) == 16


def test_site() -> None:
    assert site_of("https://www.bao.example/a") == "bao.example"
    assert site_of("http://m.bao.example:8080/a") == "bao.example"
    assert site_of(None) is None
    assert site_of("tệp.html") is None
