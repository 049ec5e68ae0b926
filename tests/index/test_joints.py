"""Which neighbouring syllables are a word where they stand."""

import pytest

from indexer.analysis.records import records
from indexer.models import Article, Dating, TaggedArticle
from indexer.tokens import Zone


def article(text: str) -> TaggedArticle:
    return TaggedArticle(Article("1", "here", None, None, "", "", tuple(text.split("\n")), Dating(None, "none", "")))


def apart(text: str) -> list[str]:
    (record,) = records([article(text)])
    streams = record.streams[Zone.BODY]
    tokens = streams.syllables.split(" ")
    return [" ".join(tokens[at : at + 2]) for at in streams.apart]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Xây dựng xã hội an toàn ở Hội An.", ["hội an"]),
        ("Hợp tác xã này hợp tác với trường.", ["hợp tác"]),
        ("Biển Thái Bình Dương cách tỉnh Thái Bình rất xa.", ["thái bình", "bình dương"]),
        ("Giá cao bằng nhau ở Cao Bằng.", ["cao bằng"]),
        ("Ông Nguyễn Thanh Hóa về Thanh Hóa.", ["thanh hoá"]),
        ("Phó thủ tướng đi trên đường cao tốc.", ["đường cao"]),
        ("Ở Hải Dương, Hà Nam và Hoàng Mai, Nghệ An.", []),
    ],
)
def test_a_pair_is_apart_where_it_is_another_word(text: str, found: list[str]) -> None:
    assert [pair for pair in apart(text) if pair != "dương hà"] == found


def test_one_odd_text_leaves_the_others_as_they_are() -> None:
    odd, plain = records([article("¶ İstanbul ⁰ xã hội an toàn"), article("xã hội an toàn")])
    assert plain.streams[Zone.BODY].apart == (1,)
    assert all(at < len(odd.streams[Zone.BODY].syllables.split(" ")) - 1 for at in odd.streams[Zone.BODY].joint)
