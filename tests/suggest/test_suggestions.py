"""How words go on, and what was meant: over words of our own, and over a small index."""

import sys
from collections import Counter
from collections.abc import Callable

import pytest
from large_lexicon import LARGE

from indexer.index.lexicon import made as table
from indexer.places.gazetteer import Gazetteer
from indexer.vietnamese.text import fold, tokens
from search_app.query.language import parse
from search_app.service import SearchService
from search_app.suggest.lexicon import Lexicon, names_of
from search_app.suggest.places import PlaceNames
from search_app.suggest.suggestions import complete, corrected, respelt

COMPOUNDS = {
    "hàn_quốc": 90, "hợp_tác": 80, "hợp_tác_xã": 20, "hợp_đồng": 30, "hữu_nghị": 25, "thanh_hoá": 40, "đầu_tư": 50,
    "bóng_đá": 30, "việt_nam": 99, "doanh_nghiệp": 60, "hà_nội": 70, "thành_phố": 80, "nguyễn_văn": 12, "bảo_vệ": 10,
    "bao_vây": 4, "giao_thông": 33, "19_tháng": 5,
}  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    syllables = {part: count for word, count in COMPOUNDS.items() for part in word.split("_")}
    syllables |= {"seoul": 9, "hàng": 40, "năm": 70, "nói": 50, "hoa": 8, "ngành": 12, "y": 8, "tế": 20, "hôm": 5}
    return Lexicon(table(COMPOUNDS.items(), syllables.items()), names_of(Gazetteer.load()))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("han qu", "Hàn Quốc"),
        ("hàn qu", "Hàn Quốc"),
        ("Hàn Quố", "Hàn Quốc"),
        ("HAN QU", "Hàn Quốc"),
        ("hợp t", "hợp tác"),
        ("hop ta", "hợp tác"),
        ("hop ", "hợp tác"),
        ("thanh ho", "Thanh Hóa"),
        ("seo", "seoul"),
        ("dau tu han qu", "đầu tư Hàn Quốc"),
        ("đầu tư han qu", "đầu tư Hàn Quốc"),
        ("-seoul han qu", "-seoul Hàn Quốc"),
        ('"hop ta', '"hợp tác'),
    ],
)
def test_a_beginning_goes_on(lexicon: Lexicon, typed: str, first: str) -> None:
    assert complete(lexicon, typed, 8)[0].text == first


@pytest.mark.parametrize("typed", ["", " ", "xyz", "hợp.", "?", "hắp xy", "\0", "(" * 200])
def test_what_goes_on_to_nothing_is_left_alone(lexicon: Lexicon, typed: str) -> None:
    assert complete(lexicon, typed, 8) == []


def test_a_tone_may_be_typed_last(lexicon: Lexicon) -> None:
    assert "bảo vệ" in [one.text for one in complete(lexicon, "bảo vê", 8)]
    assert "hợp tác" in [one.text for one in complete(lexicon, "hơp", 8)]


def test_what_is_whole_is_not_offered_again(lexicon: Lexicon) -> None:
    assert [one.text for one in complete(lexicon, "hợp tác", 8)] == ["hợp tác xã"]


def test_the_most_frequent_come_first_and_no_more_than_asked(lexicon: Lexicon) -> None:
    made = complete(lexicon, "h", 3)
    assert [one.count for one in made] == sorted((one.count for one in made), reverse=True)
    assert len(made) == 3


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hop tac huu ngi", "hợp tác hữu nghị"),
        ("Thanh Hoas", "Thanh Hóa"),
        ("thanh hoá", None),
        ("hợp tác hữu nghi", "hợp tác hữu nghị"),
        ("hop tac huu nghi", None),
        ("doanh ngiệp", "doanh nghiệp"),
        ("doanh nghiêp", "doanh nghiệp"),
        ("bong da viet namm", "bóng đá Việt Nam"),
        ("ha noij", "Hà Nội"),
        ("giao thongo", "giao thông"),
        ("nghành y tế", "ngành y tế"),
        ("hợp tác", None),
        ("xyzxyz", None),
        ("2023", None),
    ],
)
def test_what_was_meant(lexicon: Lexicon, typed: str, meant: str | None) -> None:
    assert corrected(lexicon, [token.text for token in tokens(typed)]) == meant


def test_only_plain_words_of_a_query_are_respelt(lexicon: Lexicon) -> None:
    def meant(text: str) -> str | None:
        return respelt(parse(text).node, lexicon)

    assert meant("doanh ngiệp -seoul date:2023") == "doanh nghiệp -seoul date:2023"
    assert meant('"doanh ngiệp"') is None
    assert meant("title:ngiệp") is None
    assert meant("(a OR b) doanh ngiệp") == "(a OR b) doanh nghiệp"
    assert meant("") is None
    assert meant("a " * 64) is None


def steps(call: Callable[[], object]) -> int:
    """How many functions a call calls, those written in C among them."""
    count = 0

    def profile(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        call()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("typed", ["b", "ba ", "ba b", "bạ b", "thi"])
def test_help_looks_at_few_of_the_words_of_a_large_index(typed: str) -> None:
    """How fast it comes: ``tests/quality/endurance.py``."""
    big = Lexicon(table(*LARGE), {})
    assert sum(1 for _ in big.starting("", 100_000)) > 20_000
    words = [token.text for token in tokens(f"{fold(typed)} bax cangg bonx")]
    assert complete(big, typed, 8)
    assert steps(lambda: complete(big, typed, 8)) < 10_000
    assert steps(lambda: corrected(big, words)) < 10_000


# -- through the service, over a small index ---------------------------------------------------------------------------


def test_places_words_names_and_titles_of_the_index(service: SearchService) -> None:
    for typed in ("han qu", "hàn qu"):
        made = service.suggest(typed)
        assert [(one.text, one.kind, one.id) for one in made[:2]] == [
            ("Hàn Quốc", "place", "KR"),
            ("Hàn Quốc", "name", None),
        ]
        assert made[0].count == service.total(service.request(countries=("KR",)))
        kinds = [one.kind for one in made]
        assert kinds == sorted(kinds, key=lambda kind: ("place", "word name", "title").index(_order(kind)))
    titles = [one for one in service.suggest("hop tac voi seo") if one.kind == "title"]
    assert [one.text for one in titles] == ["Hà Nội ký thỏa thuận hợp tác với Seoul"]
    assert titles[0].id
    assert service.suggest("") == ()


def _order(kind: str) -> str:
    return "word name" if kind in ("word", "name") else kind


def test_a_place_is_offered_by_the_end_of_a_query_and_leaves_the_rest(service: SearchService) -> None:
    (place,) = [one for one in service.suggest("hợp tác, han qu") if one.kind == "place"]
    assert (place.text, place.facet, place.rest) == ("Hàn Quốc", "country", "hợp tác")
    assert place.count == service.total(service.request(text="hợp tác", countries=("KR",)))
    for typed in ("h", "-han qu", '"han qu', "title:han qu", "hán qu", "han qux", "han qu."):
        assert "place" not in [one.kind for one in service.suggest(typed)], typed


def test_names_of_places_go_on() -> None:
    gazetteer = Gazetteer.load()
    names = PlaceNames(gazetteer)

    def offered(typed: str, starts: range) -> list[str]:
        frequency = Counter({"hà_nội": 3, "hà_lan": 2}).__getitem__
        return [one.id for one in names.going_on(typed, starts, gazetteer.resolve_province, frequency)]

    assert offered("ha", range(1))[:2] == ["vn34:01", "NL"]
    assert offered("hàn ", range(1)) == ["KR"]
    assert offered("daklak", range(1)) == ["vn34:66"]
    assert offered("xin han qu", range(1, 2)) == ["KR"]
    assert offered("xin han quo", range(2, 3)) == []  # "han" is the end of a word here
    assert offered("hải phòng", range(1)) == ["vn34:31"]
    assert offered("hà nam", range(1)) == ["vn63:35"]  # now a part of another


@pytest.mark.parametrize(
    ("typed", "starts", "made"),
    [
        ("hàn quốc n", {0, 2}, ["hàn quốc nguyễn văn", "hàn quốc năm", "hàn quốc nói", "hàn quốc ngành"]),
        ("hàn quốc nố", {0, 2}, []),
        ("hợp tá", {0}, ["hợp tác", "hợp tác xã"]),
        ("hữu nghị hợp", {0, 2}, ["hữu nghị hợp tác", "hữu nghị hợp đồng", "hữu nghị hợp tác xã"]),
        ("xã hội a", {0, 2}, []),
        ("xã hội a", None, ["xã Hội An"]),
    ],
)
def test_no_completion_ends_or_begins_within_a_word(typed: str, starts: set[int] | None, made: list[str]) -> None:
    compounds = COMPOUNDS | {"hàn_quốc_nối": 40, "hội_an": 9}
    syllables = {"năm": 70, "nói": 50, "ngành": 12}
    known = {tuple(word.split("_")) for word in COMPOUNDS}
    lexicon = Lexicon(
        table(compounds.items(), syllables.items()), names_of(Gazetteer.load()), lambda word: tuple(word) in known
    )
    assert [one.text for one in complete(lexicon, typed, 8, starts)] == made


def test_a_better_spelling_is_offered_only_where_it_finds_more(service: SearchService) -> None:
    def suggestion(text: str, **asked: object) -> str | None:
        return service.search(service.request(text=text, **asked)).suggestion  # type: ignore[arg-type]

    assert suggestion("Thanh Hoas") == "Thanh Hóa"
    assert suggestion("cong nghej hop tac") == "công nghệ hợp tác"
    assert suggestion("thanh hoa") is None
    assert suggestion("xyzxyz") is None
    assert suggestion("Thanh Hoas", since="2030") is None
    assert suggestion("") is None


@pytest.mark.parametrize("typed", ["\0", "(((", "*", '"', "a" * 5_000, "và " * 900, "title:", "-", "ữ" * 300])
def test_whatever_is_typed_is_borne(service: SearchService, typed: str) -> None:
    service.suggest(typed)
    service.search(service.request(text=typed))
