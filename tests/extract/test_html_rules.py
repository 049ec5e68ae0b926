"""Single rules of the HTML reader: where title, date, address and site come from."""

from datetime import date

import pytest

from indexer.errors import UnreadablePage
from indexer.extract.html import read_html
from indexer.extract.origin import Origin
from indexer.models import Article, LineLabel

TODAY = date(2026, 11, 22)
STORY = (
    "<p>Sáng nay, hàng trăm người dân có mặt bên bờ sông Lụa để xem cánh quạt đầu tiên quay trong gió mùa đông bắc.</p>"
    "<p>Bà Phạm Thị Nụ, chủ nhiệm hợp tác xã, cho biết tiền điện bơm nước mỗi vụ sẽ giảm hơn hai phần ba so với trước."
    "</p>"
)
TITLE = "Xã Mây Trắng khánh thành trạm bơm gió"


def read(body: str, head: str = "", url: str | None = None) -> Article:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>", Origin("x", url, TODAY))


def published(body: str = "", head: str = "", url: str | None = None) -> tuple[str | None, str]:
    dating = read(f"<h1>{TITLE}</h1>{body}<div>{STORY}</div>", head, url).dating
    return (dating.published.value if dating.published else None), dating.kind


def json_ld(**keys: str) -> str:
    inside = ",".join(f'"{key}":"{value}"' for key, value in keys.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{inside}}}</script>'


def test_cheapest_evidence_first() -> None:
    line = "<div>03/02/2023 14:05</div>"
    time = '<time datetime="2023-02-04T10:00+07:00">hôm qua</time>'
    meta = '<meta property="article:published_time" content="2023-02-05T10:00:00+07:00">'
    declared = json_ld(datePublished="2023-02-06T10:00:00+07:00", dateModified="2023-02-07T10:00:00+07:00")
    stamped = "https://bao.example/tin-20230208101112345.htm"
    assert published(f"{time}{line}", meta + declared, stamped) == ("2023-02-06T10:00+07:00", "json-ld")
    assert published(f"{time}{line}", meta, stamped) == ("2023-02-05T10:00+07:00", "meta")
    assert published(f"{time}{line}", "", stamped) == ("2023-02-04T10:00+07:00", "time")
    assert published(line, "", stamped) == ("2023-02-03T14:05", "line")
    assert published("", "", stamped) == ("2023-02-08T10:11", "address")
    assert published() == (None, "none")


def test_impossible_and_future_dates_give_way_to_the_next_evidence() -> None:
    line = "<div>03/02/2023 14:05</div>"
    assert published(line, json_ld(datePublished="2031-01-01T00:00:00Z")) == ("2023-02-03T14:05", "line")
    assert published(line, json_ld(datePublished="0001-01-01T00:00:00")) == ("2023-02-03T14:05", "line")
    assert published("<div>31/02/2023</div>") == (None, "none")
    assert published("<div>03/02/2031 14:05</div>") == (None, "none")


def test_a_change_is_the_last_resort_and_only_a_day() -> None:
    assert published("", json_ld(dateModified="2023-02-07T10:00:00+07:00")) == ("2023-02-07", "meta")
    assert published("<div>Cập nhật: 05/02/2023 08:00 - Đăng: 03/02/2023 14:05</div>") == ("2023-02-03T14:05", "line")


def test_what_servers_get_wrong_is_set_right_by_the_visible_line() -> None:
    line = "<div>03/02/2023 14:05</div>"
    assert published(line, json_ld(datePublished="2023-02-03T14:05:00Z"))[0] == "2023-02-03T14:05+07:00"
    assert published(line, json_ld(datePublished="2023-02-03T07:05:00Z"))[0] == "2023-02-03T14:05+07:00"
    assert published(line, json_ld(datePublished="2023-02-03T00:00:00"))[0] == "2023-02-03T14:05"
    assert published("", json_ld(datePublished="2023-02-03T00:00:00+07:00"))[0] == "2023-02-03"
    assert published(line, json_ld(datePublished="2023-02-03"))[0] == "2023-02-03T14:05"


@pytest.mark.parametrize(
    "around",
    [
        "<footer>Giấy phép ngày 03/02/2023</footer>",
        '<div class="lien-quan"><a href=/x>Một tin khác có tên khá dài</a><span>03/02/2023 14:05</span></div>',
        "<ul><li><a href=/x>Một tin khác có tên khá dài</a> <i>03/02/2023</i></li></ul>",
        '<div class="copyright">© 2023</div>',
    ],
)
def test_dates_around_the_story_are_not_its_own(around: str) -> None:
    article = read(f'<div class="header-date">22/11/2026 08:00</div><h1>{TITLE}</h1><div>{STORY}</div>{around}')
    assert article.dating.published is None


def test_day_and_month_alone_stay_a_hint() -> None:
    dating = read(
        f"<h1>{TITLE}</h1><div>{STORY}<p>Ngày 10/8, trạm bơm thứ hai sẽ được dựng ở thôn Bến bên kia sông.</p></div>"
    ).dating
    assert dating.published is None
    assert dating.hint == "Ngày 10/8"
    assert "Ngày 10/8" in dating.evidence


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ("", f"<h1>{TITLE}</h1>"),
        (
            f'<meta property="og:title" content="{TITLE} - Làng Mẫu"><meta property="og:site_name" content="Làng Mẫu">',
            "",
        ),
        (f"<title>{TITLE} | Làng Mẫu</title>", ""),
        (f"<title>{TITLE} - langmau.vn</title>", f"<h1>Làng Mẫu</h1><h2>{TITLE}</h2>"),
        (
            "<title>Cổng thông tin điện tử xã Mây Trắng</title>",
            f'<h1><a href="/">Cổng thông tin</a></h1><div class="title">{TITLE}</div>',
        ),
        (json_ld(headline=TITLE), "<h1></h1>"),
    ],
)
def test_title(head: str, top: str) -> None:
    assert read(f"{top}<div>{STORY}</div>", head).title == TITLE


def test_address() -> None:
    canonical = '<link rel="canonical" href="https://bao.example/tin-1.html">'
    story = f"<h1>{TITLE}</h1><div>{STORY}</div>"
    assert read(story, canonical).url == "https://bao.example/tin-1.html"
    assert read(story, canonical, "https://m.bao.example/tin-1.html?x=1").url == "https://bao.example/tin-1.html"
    assert read(story, canonical).id == read(story, "", "http://www.bao.example/tin-1.html?utm_source=z").id
    assert (
        read(story, '<link rel="canonical" href="/">', "https://bao.example/tin-2.html").url
        == "https://bao.example/tin-2.html"
    )
    assert read(story, canonical, "https://khac.example/tin-9.html").url == "https://khac.example/tin-9.html"
    assert read(story, canonical).site == "bao.example"
    saved = "<!-- saved from url=(0031)https://bao.example/tin-3.html -->"
    page = f"<!DOCTYPE html>{saved}<html><body>{story}</body></html>"
    assert read_html(page, Origin("x", None, TODAY)).url == "https://bao.example/tin-3.html"
    assert read(story).url is None


@pytest.mark.parametrize("mark", ['shadowrootmode="open"', "shadowrootmode=closed", "shadowroot=open"])
def test_what_stands_in_a_components_own_tree_is_content(mark: str) -> None:
    inner = f"<story-text><template {mark}><div>{STORY}</div></template></story-text>"
    article = read(f"<h1>{TITLE}</h1><story-page><template {mark}><slot></slot>{inner}</template></story-page>")
    assert len(article.body) == 2
    (kept,) = {read(f"<h1>{TITLE}</h1>{STORY}<template><p>{STORY}</p></template>").body}
    assert len(kept) == 2  # a template that is not shown is none


def test_json_ld_that_is_almost_json() -> None:
    dated = '"datePublished":"2023-02-03T14:05:00+07:00",}'
    script = '<script type="application/ld+json">'
    broken = f'{script}{{"@type":"NewsArticle","headline":"Một "câu" hỏng",{dated}</script>'
    assert published("", broken) == ("2023-02-03T14:05+07:00", "json-ld")
    comma = f'{script}[{{"@graph":[{{"@type":["NewsArticle"],{dated}],}}]</script>'
    assert published("", comma) == ("2023-02-03T14:05+07:00", "json-ld")


def test_a_list_of_stories_in_json_ld_dates_nothing() -> None:
    listed = json_ld(headline="Một tin", datePublished="2023-02-03") + json_ld(
        headline="Tin khác", datePublished="2023-02-04"
    )
    assert published("", listed) == (None, "none")


def test_entities_and_marks_become_nfc() -> None:
    article = read(f"<h1>Tra&#803;m bo&#795;m gi&oacute; m&#7899;i</h1><div>{STORY}</div>")
    assert article.title == "Trạm bơm gió mới"


def test_byline_and_caption_are_kept_apart() -> None:
    article = read(
        f'<h1>{TITLE}</h1><div class="content">{STORY}'
        '<p class="caption">Cánh quạt. Ảnh: Lụa</p><p class="author">Hà Lụa</p></div>'
    )
    assert article.byline == "Hà Lụa"
    assert article.captions == ("Cánh quạt. Ảnh: Lụa",)
    assert len(article.body) == 2
    assert {line.label for line in article.lines} >= {
        LineLabel.TITLE,
        LineLabel.BODY,
        LineLabel.CAPTION,
        LineLabel.BYLINE,
    }


@pytest.mark.parametrize("markup", ["", "   ", "<!-- -->"])
def test_no_markup_is_unreadable(markup: str) -> None:
    with pytest.raises(UnreadablePage):
        read_html(markup, Origin("x", None, TODAY))


def test_a_bold_line_above_its_date_is_the_headline_of_a_page_without_headings() -> None:
    paragraphs = "".join(
        f"<P>Tổ {n} của hợp tác xã Mả Đình vớt bèo trên kênh chính suốt buổi sáng hôm qua." for n in "1234"
    )
    article = read_html(
        "<HTML><TITLE>::: Trang tin điện tử huyện Mả Đình :::</TITLE><BODY><TABLE><TR><TD><A href=x>Trang chủ</A></TD>"
        "<TD><B>Hợp tác xã Mả Đình vớt bèo khơi dòng kênh chính</B><BR>Ngày 3/5/2024 7:20:00 AM"
        f"{paragraphs}</TD></TR></TABLE></BODY></HTML>",
        Origin("x.html", None, date(2026, 1, 1)),
    )
    assert article.title == "Hợp tác xã Mả Đình vớt bèo khơi dòng kênh chính"
    assert article.dating.published is not None
    assert article.dating.published.value == "2024-05-03T07:20"
