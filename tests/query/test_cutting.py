"""Queries are cut into words: by the dictionary and the names alone, as in an archive that was not counted yet."""

import pytest

from indexer.engines.base import Stream
from search_app.query.cutting import Cutter
from search_app.query.read import ReadQuery, read_query


def read(typed: str) -> ReadQuery:
    return read_query(typed, lambda tokens: [1] * len(tokens), CUTTER)


CUTTER = Cutter.of(None)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("hợp tác giáo dục", "hợp_tác giáo_dục"),
        ("HỢP TÁC Thanh Hoá", "HỢP_TÁC Thanh_Hoá"),
        ("xã hội an toàn", "xã_hội an_toàn"),
        ("hợp tác xã", "hợp_tác_xã"),
        ("thái bình dương", "thái_bình_dương"),
        ("biển thái bình", "biển thái_bình"),
        ("hàn quốc thanh hóa", "hàn_quốc thanh_hóa"),
        ("hợp, tác", "hợp, tác"),
        ("quốc phòng OR hợp tác", "quốc_phòng OR hợp_tác"),
        ("hà nội -công an xe máy", "hà_nội -công_an xe_máy"),
        ("title:hà nội xe máy", "title:hà_nội xe_máy"),
        ("1/8/2014 hà nội", "1/8/2014 hà_nội"),
    ],
)
def test_the_words_of_a_query(typed: str, words: str) -> None:
    assert read(typed).understood == words


@pytest.mark.parametrize(
    "typed", ["hợp tác giáo dục", "hà nội -công an", "hợp, tác xã", "a AND b c", "hợp tác OR giá vàng"]
)
def test_what_was_understood_is_understood_so_again(typed: str) -> None:
    once = read(typed)
    assert read(once.understood).understood == once.understood
    assert read(once.understood).runs() == once.runs()


@pytest.mark.parametrize("typed", ["ha noi", "da nang", "lao cai", "dak lak", "hong kong"])
def test_a_name_that_papers_in_english_write_so_stands_for_the_one_with_accents(typed: str) -> None:
    assert read(typed).understood == typed.replace(" ", "_")
    assert not read(typed).tree.plain  # type: ignore[union-attr]


def test_a_name_without_accents_is_itself() -> None:
    assert read("gia lai").tree.plain  # type: ignore[union-attr]
    assert read("nha trang").tree.plain  # type: ignore[union-attr]  # not Nhà Trắng
    assert not read("hop tac").tree.nodes[0].plain  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "stream"),
    [
        ("voi rừng", Stream.SYLLABLES),  # a word, however rare beside với
        ("ong mật", Stream.SYLLABLES),
        ("cua hàng", Stream.FOLDED),  # cửa hàng, typed carelessly
        ("hợp tac", Stream.FOLDED),  # no word
    ],
)
def test_whether_a_word_has_no_accents_or_was_typed_without(typed: str, stream: Stream) -> None:
    rare = lambda tokens: [30 if of is Stream.SYLLABLES else 20_000 for of, _ in tokens]  # noqa: E731
    bare = next(token for token in typed.split() if token.isascii())
    assert read_query(typed, rare, CUTTER).spelling.stream(bare) is stream
