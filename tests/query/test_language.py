"""What a reader types, and how it is read."""

import pytest

from search_app.messages import Say
from search_app.query.language import MAX_WORDS, parse
from search_app.query.tree import (
    And,
    Dates,
    Exact,
    Field,
    InTitle,
    Not,
    Or,
    StartsWith,
    Word,
    leaves,
    understood,
)


def word(text: str) -> Word:
    return Word((text,), text)


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("hợp tác", And((word("hợp"), word("tác")))),
        ('"Hội đồng thành phố"', Exact(("hội", "đồng", "thành", "phố"))),
        ("“Hội đồng”", Exact(("hội", "đồng"))),
        ("seongnam OR suwon", Or((word("seongnam"), word("suwon")))),
        ("hợp tác OR đầu tư", Or((And((word("hợp"), word("tác"))), And((word("đầu"), word("tư")))))),
        ("tác -Seoul", And((word("tác"), Not(Word(("seoul",), "Seoul"))))),
        ('-"hà nội"', Not(Exact(("hà", "nội")))),
        ("a (b OR c)", And((word("a"), Or((word("b"), word("c")))))),
        ("hợp*", StartsWith("hợp")),
        ("title:seoul", InTitle(word("seoul"))),
        ("province:thanh-hoa", Field("province", "thanh-hoa")),
        ('country:"hàn quốc"', Field("country", "hàn quốc")),
        ("tỉnh:thanh-hoa", Field("province", "thanh-hoa")),
        # A word and a colon, as a headline has them, is no field.
        ("hai nước: ký", And((word("hai"), Word(("nước",), "nước", ends=True), word("ký")))),
        ("1/8/2014", Word(("1", "8", "2014"), "1/8/2014")),
        ("COVID-19", Word(("covid", "19"), "COVID-19")),
        ("70%", Word(("70", "%"), "70%")),
        ("a AND b", And((word("a"), word("b")), apart=True)),
        ("a b AND c", And((And((word("a"), word("b"))), word("c")), apart=True)),
    ],
)
def test_what_is_typed_is_read_as_meant(typed: str, tree: object) -> None:
    assert parse(typed).node == tree


@pytest.mark.parametrize(
    "typed", ["", "   ", "*", "-", '"', '""', "(((", ")))", "OR", "OR OR", "- -", "!?.,", "\0", "()"]
)
def test_nothing_to_look_for_is_no_node(typed: str) -> None:
    assert parse(typed).node is None


@pytest.mark.parametrize(
    ("typed", "read"), [('"chưa đóng', '"chưa đóng"'), ("(a OR b", "a OR b"), ("a) b", "a b"), ("title:", "title")]
)
def test_what_is_left_open_closes_at_the_end(typed: str, read: str) -> None:
    assert understood(parse(typed).node) == read


@pytest.mark.parametrize("form", ["thanh hóa", "Thanh Hoá", "THANH HÓA", "thanh ho\u0301a"])
def test_case_tone_placement_and_decomposition_do_not_matter(form: str) -> None:
    assert [leaf.tokens for leaf in leaves(parse(form).node, excluded=False)] == [("thanh",), ("hoá",)]


def test_a_date_that_is_none_is_said_and_finds_nothing() -> None:
    parsed = parse("đầu tư date:hôm-qua")
    assert understood(parsed.node) == "đầu tư date:hôm-qua"
    assert [notice.say for notice in parsed.notices] == [Say.NOT_A_DATE]
    (dates,) = (leaf for leaf in leaves(parsed.node, excluded=False) if isinstance(leaf, Dates))
    assert dates.first > dates.last


def test_to_exclude_a_date_that_is_none_finds_nothing_either() -> None:
    for typed in ("-date:xyz", "date:-xyz", "NOT ngày:xyz", "date:(NOT xyz)"):
        assert parse(typed).node == Dates(1, 0, "xyz")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("biển đảo NOT giải", "biển đảo -giải"),
        ("ô nhiễm KHÔNG nước", "ô nhiễm -nước"),
        ("a AND NOT b", "a AND -b"),
        ("USA NOT KOREA", "USA -KOREA"),
        ("KHÔNG KHÍ Ô NHIỄM", "KHÔNG KHÍ Ô NHIỄM"),
        ("không khí", "không khí"),
    ],
)
def test_not_excludes_what_follows_but_not_in_a_line_of_capitals(typed: str, read: str) -> None:
    assert understood(parse(typed).node) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("tieu_de:hop", "title:hop"),
        ("tiêu đề:hợp", "title:hợp"),
        ("BÁO:a.vn", "site:a.vn"),
        ("tinh:thanh-hoa nuoc:lao", "province:thanh-hoa country:lao"),
        ("năm:2023", "date:2023"),
        ("Báo: mưa", "Báo, mưa"),
        ("country:(lào OR đức)", "country:lào OR country:đức"),
        ("country:(hàn quốc)", 'country:"hàn quốc"'),
        ("country:lào,đức mưa", "(country:lào OR country:đức) mưa"),
        ("-site:(a.vn OR b.vn)", "-(site:a.vn OR site:b.vn)"),
        ("country:-lào", "-country:lào"),
        ("date:-2023", "-date:2023"),
        ("date:(2022 OR 2023)", "date:2022 OR date:2023"),
        ("country:() mưa", "country mưa"),
        ("province:(Nghệ An, Hà Tĩnh)", 'province:"Nghệ An" OR province:"Hà Tĩnh"'),
        ("title:-mưa", "-title:mưa"),
        ("title:* mưa", "title mưa"),
        ('country:"" mưa', 'country:"" mưa'),
        ('date:"" mưa', 'date:"" mưa'),
        ("+mưa +lũ", "mưa lũ"),
        ("mưa,lũ;bão 1,5", "mưa, lũ, bão 1,5"),
        ("m\u200bưa", "mưa"),
    ],
)
def test_fields_in_any_form(typed: str, read: str) -> None:
    assert understood(parse(typed).node) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("date:28/2/2023", "date:2023-02-28"),
        ("ngày:28.2.2023, mưa", "date:2023-02-28 mưa"),
        ("date:quý 1 năm 2023 mưa", "date:2023-Q1 mưa"),
        ("ngay:từ tháng 1 đến tháng 3/2023 mưa", "date:2023-Q1 mưa"),
        ("date:>=2023-02 mưa", "date:2023-02.. mưa"),
        ('date:"trước 2023"', "date:..2022"),
        ("date:tháng mưa", "date:tháng mưa"),
    ],
)
def test_dates_as_people_type_them(typed: str, read: str) -> None:
    assert understood(parse(typed).node) == read


def test_a_name_goes_on_as_far_as_it_is_known() -> None:
    known = {"Thanh Hóa", "Bà Rịa - Vũng Tàu", "Anh", "Anh Quốc"}
    read = {
        "province:Thanh Hóa mưa": 'province:"Thanh Hóa" mưa',
        "province:Bà Rịa - Vũng Tàu, cảng": 'province:"Bà Rịa - Vũng Tàu" cảng',
        "country:Anh Quốc OR mưa": 'country:"Anh Quốc" OR mưa',
        "country:Anh mưa": "country:Anh mưa",
        "province:Không Có mưa": "province:Không Có mưa",
    }
    assert {typed: understood(parse(typed, lambda _, name: name in known).node) for typed in read} == read


@pytest.mark.parametrize(
    ("typed", "say"),
    [
        ("h*p tác", Say.STAR_INSIDE),
        ("*tác", Say.STAR_INSIDE),
        ("(a OR b", Say.OPEN_BRACKET),
        ('"chưa đóng', Say.OPEN_QUOTE),
        ('mưa"', Say.OPEN_QUOTE),
        ("date:2023..2021", Say.BACKWARDS),
    ],
)
def test_what_is_read_otherwise_than_typed_is_said(typed: str, say: Say) -> None:
    assert [notice.say for notice in parse(typed).notices] == [say]


def test_a_long_query_is_cut_and_says_so() -> None:
    parsed = parse("từ " * 10_000)
    assert len(list(leaves(parsed.node, excluded=True))) == MAX_WORDS
    assert [notice.say for notice in parsed.notices] == [Say.TOO_MANY_WORDS]
