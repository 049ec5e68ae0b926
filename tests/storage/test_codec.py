"""Articles as bytes: the same article comes back, and what is none is said to be."""

import zlib
from dataclasses import replace

import pytest
from stored_articles import deflated, deflated_without_localities, tagged

from indexer.storage.codec import CodecError, pack, unpack, unpack_deflated


def test_an_article_comes_back_as_it_was_packed() -> None:
    packed = pack(tagged())
    assert (packed.id, packed.source) == ("a1", "/pages/a.html")
    assert unpack(packed.data) == tagged()


def test_without_evidence_places_have_none_and_there_are_no_lines() -> None:
    made = unpack(pack(tagged()).data, evidence=False)
    assert [place.id for place in made.provinces] == ["vn63:30"]
    assert made.provinces[0].evidence == ()
    assert made.article.lines == ()
    assert made.article.body == tagged().article.body


def test_equal_articles_are_equal_bytes_and_the_digest_leaves_out_the_lines() -> None:
    article = tagged()
    relabelled = replace(article, article=replace(article.article, lines=()))
    assert pack(tagged()) == pack(article)
    assert pack(relabelled).digest == pack(article).digest
    assert pack(relabelled).data != pack(article).data
    assert pack(tagged(title="Cầu cũ")).digest != pack(article).digest


def test_what_all_articles_share_costs_each_of_them_little() -> None:
    article, lines = deflated(tagged())
    assert len(pack(tagged()).data) < 0.8 * (len(article) + len(lines))


def test_an_article_of_version_1_still_loads() -> None:
    assert unpack_deflated(*deflated(tagged())) == tagged()
    old = unpack_deflated(deflated_without_localities(tagged()))
    assert (old.localities, old.article.lines, old.article.title) == ((), (), "Cầu mới")


@pytest.mark.parametrize("data", [b"", b"no frame", zlib.compress(b"{}"), pack(tagged()).data[:-9]])
def test_bytes_that_are_no_article_are_an_error(data: bytes) -> None:
    with pytest.raises(CodecError):
        unpack(data)
    with pytest.raises(CodecError):
        unpack_deflated(data)
