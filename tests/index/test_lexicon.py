"""The words of an index in their file: what runs write, readers map, and anybody makes where there is none of use."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import orjson
import pytest
from sample_stories import STORIES

from indexer import pipeline
from indexer.index import lexicon
from indexer.index.lexicon import Latest, WordTable, made, of_vocabulary, read, write
from indexer.index.opening import open_index
from indexer.index.verifying import damaged_files
from indexer.settings import Settings


def words_of(table: WordTable) -> list[tuple[str, int]]:
    return [(table.form(number), int(table.counts[number])) for number in range(len(table.counts))]


def test_what_is_written_is_read_and_mapped(tmp_path: Path) -> None:
    table = made([("hợp_tác", 3), ("hàn_quốc", 2)], [("hợp", 5), ("ở", 4), ("x" * 25, 1), ("a1", 2)], 7)
    write(table, tmp_path)
    found = read(tmp_path)
    assert found is not None
    assert found.stories == 7
    assert words_of(found) == [("hàn quốc", 2), ("hợp", 5), ("hợp tác", 3), ("ở", 4)]
    assert not found.counts.flags.owndata
    assert (found.count("hợp", compound=False), found.count("hợp", compound=True), found.folded_count("o")) == (5, 0, 4)


def test_what_may_be_a_word_is_every_word_and_little_else() -> None:
    table = made([("hợp_tác", 3), ("hợp_tác_xã", 2), ("hàn_quốc", 2), ("hội_họp", 2)], [("hợp", 5)])
    assert all(map(table.may_hold, ("hop", "hop tac", "hop tac xa", "han quoc", "hoi hop")))
    others = [f"hop {number}" for number in range(1_000)]
    assert sum(map(table.may_hold, others)) < 1_000 / 8
    assert not any(any(True for _ in table.same(other)) for other in others)


def test_no_words_are_words_too(tmp_path: Path) -> None:
    write(made([], []), tmp_path)
    found = read(tmp_path)
    assert found is not None
    assert (found.range("a"), found.near("abc"), found.folded_count("a"), list(found.same("a"))) == ((0, 0), [], 0, [])


@pytest.mark.parametrize("damage", [b"", b"\xff" * 40, (2**40).to_bytes(8, "little") + b"{}"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / lexicon.FILE).write_bytes(damage)
    assert read(tmp_path) is None
    latest = Latest(tmp_path)
    assert words_of(latest.get(1, lambda: made([], [("hợp", 1)], 1))) == [("hợp", 1)]
    assert read(tmp_path) is not None


def test_it_is_read_once_and_again_when_another_process_wrote_it(tmp_path: Path) -> None:
    write(made([], [("hợp", 1)], 10), tmp_path)
    latest, never = Latest(tmp_path), lambda: pytest.fail("it is there")
    first = latest.get(10, never)
    assert latest.get(11, never) is first  # a little more is no reason to lay them out
    write(made([], [("tác", 1)], 12), tmp_path)
    assert words_of(latest.get(12, never)) == [("tác", 1)]
    grown = latest.get(100, lambda: made([], [("nhà", 1)], 100))
    assert words_of(grown) == [("nhà", 1)]
    assert latest.get(100, never) is latest.get(101, never)


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(28, "No space left on device")])
def test_who_may_not_write_keeps_them_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(lexicon, "write", refused)
    _made_once(tmp_path)


def _made_once(folder: Path) -> None:
    latest, tables = Latest(folder), iter([made([], [("hợp", 1)], 1)])
    assert latest.get(1, lambda: next(tables)) is latest.get(1, lambda: next(tables))
    assert not (folder / lexicon.FILE).exists()


def test_rare_words_of_a_large_index_are_slips() -> None:
    words = [("hợp", 1), ("tác", 2)]
    assert len(of_vocabulary([], words, lexicon.RARE - 1).counts) == 2
    assert len(of_vocabulary([], words, lexicon.RARE).counts) == 1


def test_a_run_leaves_the_words_of_its_index_and_a_check_sees_damage(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index")
    pages = tmp_path / "pages"
    pages.mkdir()
    for number, story in enumerate(STORIES[:2]):
        (pages / f"{number}.jsonl").write_bytes(orjson.dumps(story))
        pipeline.index([pages], settings)
        table = read(settings.index)
        assert table is not None
        assert table.stories == number + 1
    index = open_index(settings)
    found = index.lexicon()
    assert found is not None
    assert found.count("hợp tác", compound=True) == 2
    index.close()
    data = bytearray((settings.index / lexicon.FILE).read_bytes())
    data[-40] ^= 1
    (settings.index / lexicon.FILE).write_bytes(data)
    assert damaged_files(settings.index).files == (lexicon.FILE,)


def test_arrays_are_of_the_types_that_the_file_has() -> None:
    table = made([("hợp_tác", 3)], [("hợp", 5)], 7)
    kinds = {name: getattr(table, name).dtype for name in WordTable.__slots__ if name != "stories"}
    assert set(kinds.values()) == {np.dtype(np.uint8), np.dtype(np.uint32)}
    assert replace(table, stories=8).stories == 8
