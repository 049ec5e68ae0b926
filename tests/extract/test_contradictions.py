"""Dates that contradict each other: the certain one, or none with the reason."""

import json
from datetime import date

import pytest

from indexer.extract.dates import stated_dates
from indexer.extract.html import read_html
from indexer.extract.machine_dates import date_of_meta
from indexer.extract.origin import Origin
from indexer.models import Dating

SENTENCE = "Tổ thợ mộc làng Cói đóng xong chiếc thuyền gỗ thứ {} trong xưởng bên bến sông cũ."
TEXT = "".join(f"<p>{SENTENCE.format(number)}</p>" for number in range(4))


def dated(head: str = "", line: str = "", url: str | None = None) -> Dating:
    body = f"<h1>Làng Cói đóng thuyền gỗ lim mới</h1><div class='time'>{line}</div>{TEXT}"
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>", Origin("x", url, date(2026, 1, 1))).dating


def value(dating: Dating) -> str | None:
    return dating.published.value if dating.published else None


def meta(content: str) -> str:
    return f'<meta property="article:published_time" content="{content}">'


def json_ld(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


def test_a_month_that_stands_first_is_turned_by_what_else_is_dated() -> None:
    assert value(dated(meta("3/5/2024 7:08:00 AM"))) is None
    assert value(dated(meta("3/5/2024 7:08:00 AM"), "05/03/2024 07:08")) == "2024-03-05T07:08"
    assert value(dated(meta("2024-05-03T07:08"), "", "https://bao.example/2024/03/05/go.html")) == "2024-03-05T07:08"


def test_a_weekday_says_which_is_the_month() -> None:
    assert value(dated(line="Thứ ba, 03/05/2024 - 07:08")) == "2024-03-05T07:08"
    assert value(dated(line="Thứ sáu, 03/05/2024 - 07:08")) == "2024-05-03T07:08"
    assert value(dated(line="Thứ hai, 03/05/2024 - 07:08")) is None  # it is neither
    assert stated_dates("Thứ ba, 25/05/2024")[0].published.value == "2024-05-25"  # no other day can be meant


def test_an_unreadable_date_of_publication_does_not_let_the_change_win() -> None:
    dating = dated(json_ld(datePublished="hôm nọ", dateModified="2024-05-03T07:08:00+07:00"))
    assert value(dating) is None
    assert "hôm nọ" in dating.evidence
    assert value(dated(json_ld(dateModified="2024-05-03T07:08:00+07:00"))) == "2024-05-03"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1709597280", "2024-03-05T07:08+07:00"),
        ("1709597280000", "2024-03-05T07:08+07:00"),
        ("/Date(1709597280000+0700)/", "2024-03-05T07:08+07:00"),
        ("20240305T000800Z", "2024-03-05T00:08+00:00"),
        ("2/28/2024 9:00:00 PM", "2024-02-28T21:00"),
    ],
)
def test_what_machines_write(written: str, read: str) -> None:
    published = date_of_meta(written)
    assert published is not None
    assert published.value == read


def test_numbers_in_json_ld_and_pages_in_a_graph() -> None:
    assert value(dated(json_ld(datePublished=1709597280000))) == "2024-03-05T07:08+07:00"
    page = '{"@graph": [{"@type": "WebPage", "datePublished": "2024-03-05T00:08:00+00:00"}]}'
    assert value(dated(f'<script type="application/ld+json">{page}</script>')) == "2024-03-05T07:08+07:00"


@pytest.mark.parametrize(
    "element",
    [
        '<span itemprop="datePublished" content="2024-03-05T07:08:00+07:00">hôm kia</span>',
        '<span property="datePublished" content="2024-03-05T07:08:00+07:00">hôm kia</span>',
        '<abbr class="published" title="2024-03-05T07:08:00+07:00">07:08</abbr>',
        '<span title="2024-03-05T07:08:00+07:00">2 giờ trước</span>',
        '<span data-date="2024-03-05T07:08:00+07:00">2 giờ trước</span>',
    ],
)
def test_dates_for_machines_beside_the_headline(element: str) -> None:
    assert value(dated(line=element)) == "2024-03-05T07:08+07:00"


def test_times_are_shown_in_vietnam() -> None:
    assert value(dated(meta("Mon, 04 Mar 2024 19:08:00 -0500"))) == "2024-03-05T07:08+07:00"


@pytest.mark.parametrize("text", ["08 02 2023", "08 02, 2023", "08-Feb-2023"])
def test_further_ways_to_write_a_day(text: str) -> None:
    assert [found.published.value for found in stated_dates(text)] == ["2023-02-08"]
