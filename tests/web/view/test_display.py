"""Dates, numbers, addresses and reasons in words."""

import pytest
from web_service import country, province

from search_app.web.view.display import (
    facet_id,
    file_name,
    filter_link,
    harmless,
    host,
    place_label,
    place_name,
    reasons,
    shown_date,
    shown_number,
    shown_time,
    typed_date,
    web_address,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2023-02-08T09:58+07:00", "08/02/2023 09:58 GMT+7"),
        ("2023-02-08T09:58", "08/02/2023 09:58"),
        ("2023-02-08T09:58Z", "08/02/2023 09:58 GMT"),
        ("2023-02-08T09:58-03:30", "08/02/2023 09:58 GMT-3:30"),
        ("2023-02-08", "08/02/2023"),
        ("2023-02", "tháng 2/2023"),
        ("2023", "năm 2023"),
        (None, "không rõ ngày"),
        ("hôm qua", "hôm qua"),
    ],
)
def test_a_date_is_shown_as_precise_as_it_is(value, shown):
    assert shown_date(value, zone=True) == shown


def test_a_date_goes_back_into_the_form_as_it_is_typed():
    assert [typed_date(d) for d in ("2023-02-08", "2023-10", "2023")] == ["8/2/2023", "10/2023", "2023"]


def test_numbers_and_times():
    assert shown_number(1234567) == "1.234.567"
    assert [shown_time(t) for t in (0.2, 7.6, 1234.5)] == ["chưa đến 1 ms", "8 ms", "1.234 ms"]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//evil.example/x", "http://", "file:///etc",
     "https://a b/", "http://[::1", "java\tscript:x", "https://bao.example/\u202ex", "", None, "ftp://x.example/"],
)  # fmt: skip
def test_nobody_is_sent_to_an_address_that_is_not_of_the_web(url):
    assert web_address(url) is None


def test_an_address_is_named_by_where_it_leads():
    url = "https://baochinh.vn@evil.example/tin.html"
    assert web_address(url) == url
    assert host(url) == "evil.example"
    assert host("https://www.bao.example/") == "bao.example"


def test_directions_and_controls_are_taken_out_of_text_only():
    assert harmless("a\u202eb\u2066c\u200fd\0e\x85f\tg\nh") == "abcdef\tg\nh"
    assert harmless(7) == 7
    assert harmless(None) is None


def test_a_place_is_named_with_what_it_is_called_today():
    assert place_label(province("vn63:30")) == "Hải Dương (nay Hải Phòng)"
    assert place_label(province("vn63:31")) == "Hải Phòng"
    assert place_label(country("KR")) == "Hàn Quốc"
    assert place_name("vn34:31") == "Hải Phòng"
    assert place_name("nothing") == "nothing"


def test_a_place_links_to_where_a_reader_of_today_looks_for_it():
    assert facet_id(province("vn63:31")) == "vn34:31"
    assert filter_link(province("vn63:30")) == "/?province=vn63:30"
    assert filter_link(country("KR")) == "/?country=KR"


def test_reasons_are_counted_by_their_words():
    first, second = reasons(province("vn63:30", "tỉnh Hải Dương"))
    assert (first.text, first.times, first.zones) == ("Hải Dương", 2, ("tiêu đề", "thân bài"))
    assert (second.text, second.times, second.zones) == ("tỉnh Hải Dương", 1, ("lời dẫn",))


def test_a_source_is_named_without_its_folder():
    assert file_name("/home/someone/kho/tin.html") == "tin.html"
    assert file_name(r"C:\kho\tin.html") == "tin.html"
    assert file_name("tin.jsonl#3") == "tin.jsonl#3"
