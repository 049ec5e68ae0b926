"""Which address a page has: what it declares only where that can be its own, the original's for a copy."""

from datetime import date

import pytest

from indexer.extract.html import read_html
from indexer.extract.identity import (
    article_id,
    can_be_a_page,
    canonical_address,
    digest_of,
    original_address,
    registrable_domain,
)
from indexer.extract.origin import Origin
from indexer.models import Article

TEXT = "".join(
    f"<p>Tổ thợ mộc làng Cói đóng xong chiếc thuyền gỗ thứ {n} trong xưởng bên bến sông cũ.</p>" for n in range(4)
)


def read(head: str = "", top: str = "", url: str | None = None, digest: str = "") -> Article:
    markup = f"{top}<html><head>{head}</head><body><h1>Làng Cói đóng thuyền gỗ lim mới</h1>{TEXT}</body></html>"
    return read_html(markup, Origin("x.html", url, date(2026, 1, 1), digest=digest))


@pytest.mark.parametrize(
    ("top", "head"),
    [
        ("<!-- saved from url=(0031)https://bao.example/tin/go-17.html -->", ""),
        ("<!--\n Page saved with SingleFile \n url: https://bao.example/tin/go-17.html \n-->", ""),
        ("<!--\n Archive processed by SingleFile\n url: https://bao.example/tin/go-17.html\n-->", ""),
        ("<!-- Saved from https://bao.example/tin/go-17.html at 2024-01-02T03:04:05Z using monolith v2 -->", ""),
        ("<!-- Mirrored from bao.example/tin/go-17.html by HTTrack Website Copier/3.x -->", ""),
        (f"<!-- {'x' * 9000} --><!-- saved from url=(0031)https://bao.example/tin/go-17.html -->", ""),
        ("", '<meta name="savepage-url" content="https://bao.example/tin/go-17.html">'),
        ("", '<base href="https://bao.example/tin/go-17.html">'),
        ("", "<script>__wm.wombat('https://bao.example/tin/go-17.html','2024')</script>"),
    ],
)
def test_the_marks_of_savers_are_read(top: str, head: str) -> None:
    article = read(head, top)
    assert canonical_address(str(article.url)) == "https://bao.example/tin/go-17.html"
    assert (article.site, article.declared) == ("bao.example", False)


def test_a_copy_in_a_web_archive_is_the_original_and_its_capture_dates_nothing() -> None:
    copy = "https://web.archive.org/web/20240102030405/https://www.bao.example/tin/go-17.html"
    article = read(f'<link rel="canonical" href="{copy}">', url=copy)
    assert article.id == read(url="https://bao.example/tin/go-17.html").id
    assert article.site == "bao.example"
    assert article.dating.published is None


@pytest.mark.parametrize(
    ("copy", "own"),
    [
        ("https://web.archive.org/web/2024id_/http://bao.vn/a", "http://bao.vn/a"),
        ("https://kho.example/wayback/20100102/http:/bao.vn/a?b=1", "http://bao.vn/a?b=1"),
        (
            "https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKl:https://bao.vn/a&hl=vi",
            "https://bao.vn/a",
        ),
        ("https://bao-vn.cdn.ampproject.org/c/s/bao.vn/a", "https://bao.vn/a"),
        ("https://bao.vn/2024/01/02/a.html", "https://bao.vn/2024/01/02/a.html"),
    ],
)
def test_copies_in_archives_and_caches(copy: str, own: str) -> None:
    assert original_address(copy) == own


def test_an_address_that_cannot_be_this_pages_is_not_believed() -> None:
    saved = "https://bao.example/tin/go-17.html"
    assert read('<meta property="og:url" content="https://bao.example/trang-chu.html">', url=saved).url == saved
    fixed = read('<link rel="canonical" href="https://bao.example/tin-tuc/index.html">', digest=digest_of(b"1"))
    assert (fixed.url, fixed.site) == (None, "bao.example")
    assert (
        fixed.id
        != read('<link rel="canonical" href="https://bao.example/tin-tuc/index.html">', digest=digest_of(b"2")).id
    )
    lost = '<link rel="canonical" href="https://bao.example/xem.aspx">'
    assert read(lost, url="https://bao.example/xem.aspx?id=4").url == "https://bao.example/xem.aspx?id=4"
    other = '<link rel="canonical" href="https://b.gov.vn/tin/khac-3.html">'
    assert read(other, url="https://a.gov.vn/tin/go-17.html").url == "https://a.gov.vn/tin/go-17.html"
    assert not can_be_a_page("https://bao.example/")


def test_only_the_page_says_so_is_remembered() -> None:
    assert read('<link rel="canonical" href="https://bao.example/tin/go-17.html">').declared


@pytest.mark.parametrize(
    "copy",
    [
        *("https://www.bao.vn/a-1.html?utm_source=x", "http://m.bao.vn/a-1.html#x", "https://amp.bao.vn/a-1.html/"),
        *(
            "https://bao.vn/a-1.html?print=1",
            "https://bao.vn/a-1.html?outputType=amp&gad_source=2",
            "https://bao.vn/amp/a-1.html",
        ),
    ],
)
def test_faces_of_one_page(copy: str) -> None:
    assert article_id(copy, "") == article_id("https://bao.vn/a-1.html", "")


def test_sites_by_the_public_suffix_list() -> None:
    assert registrable_domain("https://tin.bao.com.vn/a") == "bao.com.vn"
    assert registrable_domain("https://sogtvt.daknong.gov.vn/a") != registrable_domain("https://stc.gialai.gov.vn/a")
    assert registrable_domain("https://a.bao.example/x") == "bao.example"


def test_pages_of_the_same_bytes_without_an_address_are_one() -> None:
    assert read(digest=digest_of(b"a")).id == read(digest=digest_of(b"a")).id != read(digest=digest_of(b"b")).id


@pytest.mark.parametrize(
    ("top", "head"),
    [
        ("", '<base href="https://bao.example/tin/"><link rel="canonical" href="go-17.html">'),
        ("", '<link rel="canonical" href="//bao.example/tin/go-17.html">'),
        ("", '<meta name="twitter:url" content="https://bao.example/tin/go-17.html">'),
        (
            "",
            '<script type="application/ld+json">{"@type": "NewsArticle", "mainEntityOfPage":'
            ' {"@id": "https://bao.example/tin/go-17.html"}}</script>',
        ),
        (
            "<!--\n Page saved with SingleFile \n url: file:///C:/luu/go.html \n-->",
            '<link rel="canonical" href="https://bao.example/tin/go-17.html">',
        ),
        (
            "<!-- saved from url=(0014)about:internet -->",
            '<link rel="canonical" href="https://bao.example/tin/go-17.html">',
        ),
    ],
)
def test_further_ways_to_declare_an_address(top: str, head: str) -> None:
    article = read(head, top)
    assert (article.url, article.site) == ("https://bao.example/tin/go-17.html", "bao.example")


def test_a_browsers_reading_view_links_back_to_its_page() -> None:
    markup = (
        '<html><body><a class="domain reader-domain" href="https://bao.example/tin/go-17.html">bao.example</a>'
        f"<h1>Làng Cói đóng thuyền gỗ lim mới</h1>{TEXT}</body></html>"
    )
    article = read_html(markup, Origin("x.html", None, date(2026, 1, 1)))
    assert article.url == "https://bao.example/tin/go-17.html"


def test_the_route_of_a_script_is_part_of_the_address_and_no_front_page() -> None:
    pages = [read(top=f"<!-- saved from url=(0031)https://bao.example/#/tin/{number} -->") for number in (7, 8)]
    assert pages[0].id != pages[1].id
    assert read(top="<!-- saved from url=(0031)https://bao.example/5 -->").url == "https://bao.example/5"
    assert canonical_address("https://bao.example/a#binh-luan") == "https://bao.example/a"


def test_the_minute_in_which_archive_today_made_its_copy_dates_nothing() -> None:
    article = read(
        '<link rel="canonical" href="https://archive.ph/2024.01.02-030405/https://bao.example/tin/go-17.html">'
        '<meta property="article:published_time" content="2024-01-02T03:04:05Z">'
    )
    assert (article.url, article.dating.published) == ("https://bao.example/tin/go-17.html", None)


@pytest.mark.parametrize("name", ["twitter:url", "og:url"])
def test_the_papers_account_is_no_address_of_a_story(name: str) -> None:
    assert read(f'<meta name="{name}" content="https://twitter.com/baocoi">').url is None


def test_further_marks_of_what_was_saved() -> None:
    own = "https://bao.example/tin/go-17.html"
    assert read(f'<meta name="source-url" content="{own}">').url == own
    assert read(f'<link rel="canonical shortlink" href="{own}">').url == own
