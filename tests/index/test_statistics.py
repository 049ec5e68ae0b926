"""What is counted over all rows, and the file that it is kept in."""

from pathlib import Path

import numpy as np
import pytest
from analysed_articles import article, row

from indexer.analysis.records import records
from indexer.index import statistics
from indexer.index.counting import Tally
from indexer.index.forward import syllable_id


def counted(*texts: str) -> statistics.Statistics:
    tagged = [article("", text) for text in texts]
    vocabulary = {
        word for record in records(tagged) for zone in record.streams.values() for word in zone.syllables.split()
    }
    return statistics.counted([row(one) for one in tagged], vocabulary)


def ids(*words: str) -> np.ndarray:
    return np.array([syllable_id(word) for word in words], np.int64)


def test_counts_of_syllables_pairs_and_names() -> None:
    made = counted("tỉnh Hoà Bình và tỉnh Hoà Bình", "xã hoà bình", "người xã khác")
    assert (made.stories, made.total) == (3, 13)
    assert made.count(ids("tỉnh", "hoà", "khác", "vắng")).tolist() == [2, 3, 1, 1]
    assert made.pair_count(ids("hoà", "tỉnh", "xã"), ids("bình", "hoà", "hoà")).tolist() == [3, 2, 0]
    assert made.idf(ids("hoà"))[0] == pytest.approx(np.log(1 + 1.5 / 2.5))
    assert made.name(ids("hoà"))[0] > 0.5 > made.name(ids("người"))[0]


def test_persons_are_words_of_the_archive() -> None:
    texts = ["Ông Trần Bắc Hà đến dự", "Bộ Công Thương Trần Bắc Hà", "bà Trần Bắc Hà, bà Lê Thị Kim Ngân và"] * 2
    words = counted(*texts).words
    assert words.kind(("trần", "bắc", "hà"), folded=False)
    assert words.count(("tran", "bac", "ha"), folded=True) == 6
    assert not words.kind(("lê", "thị", "kim", "ngân"), folded=False)  # two stories


def test_statistics_of_nothing_can_be_asked_from_their_file(tmp_path: Path) -> None:
    statistics.write(counted(), tmp_path)
    read = statistics.read(tmp_path)
    assert read is not None
    assert (read.articles_with("hoà"), read.articles_with_pair("hoà", "bình")) == (0, 0)


def test_forms_of_a_folded_syllable_the_most_frequent_first() -> None:
    made = counted("hoa hoà hoà", "hoá hoà hoá")
    assert made.forms_of("hoa", 9) == ["hoà", "hoá", "hoa"]
    assert made.forms_of("hoa", 1) == ["hoà"]
    assert made.forms_of("xyz", 9) == []


def test_batches_are_counted_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.index.counting._WAITING", 3)
    rows = [row(article("", f"một hai ba {n} một hai")) for n in range(7)]
    whole, parts = Tally(), Tally()
    whole.add(rows)
    for one in rows:
        parts.add([one])
    for left, right in ((whole.pairs(), parts.pairs()), (whole.syllables(), parts.syllables())):
        assert all(np.array_equal(one, other) for one, other in zip(left, right, strict=True))


def test_the_file_gives_back_what_was_written(tmp_path: Path) -> None:
    made = counted("một hai ba một hai")
    statistics.write(made, tmp_path)
    read = statistics.read(tmp_path)
    assert read is not None
    for name in statistics.Statistics.__slots__:
        assert np.array_equal(getattr(made, name), getattr(read, name))


@pytest.mark.parametrize("damage", [b"", b"\0" * 20, b"\xff" * 200])
def test_a_damaged_file_is_as_none(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / statistics.FILE).write_bytes(damage)
    assert statistics.read(tmp_path) is None
    assert statistics.Latest(tmp_path).get() is None


def test_a_newer_file_is_seen(tmp_path: Path) -> None:
    latest = statistics.Latest(tmp_path)
    assert latest.get() is None
    for text in ("một hai", "một hai ba"):
        statistics.write(counted(text), tmp_path)
        read = latest.get()
        assert read is not None
        assert read.total == len(text.split())


def test_counting_anew_when_the_archive_has_changed_enough() -> None:
    made = counted(*["một hai"] * 10)
    assert statistics.outgrown(None, 0)
    assert not statistics.outgrown(made, 12)
    assert statistics.outgrown(made, 13)
    assert statistics.outgrown(made, 7)
