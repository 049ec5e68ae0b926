"""What is particular to the Whoosh engine: packed posting lists, segments and their merging."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from engine_records import MANIFEST, article
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import create_engine
from indexer.engines.base import Query, Request, Stream, Term
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.packing import Postings, pack, unpack, unpack_hits
from indexer.engines.whoosh.writing import segments_to_merge
from indexer.errors import IndexNotWritten
from indexer.tokens import Zone


@st.composite
def postings(draw: st.DrawFn) -> Postings:
    docs = sorted(draw(st.sets(st.integers(0, 2**30), min_size=1, max_size=60)))
    frequencies = draw(
        st.lists(st.integers(1, draw(st.sampled_from([3, 300]))), min_size=len(docs), max_size=len(docs))
    )
    top = draw(st.sampled_from([200, 60_000, 2**30]))
    positions = [(i * 7919) % top for i in range(sum(frequencies))] if draw(st.booleans()) else None
    return Postings(
        np.array(docs, np.int32),
        np.array(frequencies, np.int32),
        None if positions is None else np.array(positions, np.int32),
    )


@given(postings())
def test_packing_loses_nothing(given: Postings) -> None:
    packed = pack(b"x", given)
    back = unpack(packed.data)
    assert packed.articles == len(given.docs)
    np.testing.assert_array_equal(back.docs, given.docs)
    np.testing.assert_array_equal(back.frequencies, given.frequencies)
    np.testing.assert_array_equal(unpack_hits(packed.data)[0], given.docs)
    if given.positions is None:
        assert back.positions is None
    else:
        assert back.positions is not None
        np.testing.assert_array_equal(back.positions, given.positions)


def test_small_segments_are_merged_and_full_ones_left() -> None:
    assert segments_to_merge([], [], 100) == set()
    assert segments_to_merge([5], [0], 100) == set()
    assert segments_to_merge([5, 5], [0, 0], 100) == {0, 1}
    assert segments_to_merge([40, 5, 5], [0, 0, 0], 100) == {1, 2}
    assert segments_to_merge([20, 5, 5], [0, 0, 0], 100) == {0, 1, 2}
    assert segments_to_merge([500, 500], [0, 0], 100) == set()
    assert segments_to_merge([500, 500], [0, 0.5], 100) == {1}  # to drop what was deleted


def test_many_small_commits_stay_few_segments(tmp_path: Path) -> None:
    with_segments = tmp_path / "index"
    engine = create_engine("whoosh", with_segments, MANIFEST)
    for i in range(60):
        with engine.writer() as writer:
            writer.add(article(f"{i:02}", f"x y {i}"))
            writer.delete(f"{i - 7:02}")
    assert len(engine) == 7
    assert len(list(with_segments.glob("generation-1/*.columns"))) <= 6
    engine.close()


def test_articles_of_many_segments_answer_as_one(tmp_path: Path) -> None:
    directory = tmp_path / "index"
    create_engine("whoosh", directory, MANIFEST).close()
    engine = WhooshEngine(directory, MANIFEST, segment_tokens=30)
    with engine.writer() as writer:
        for i in range(40):
            writer.add(article(f"{i:02}", "a b c d " + ("e_x" if i % 2 else "e")))
        writer.delete("01")
        writer.add(article("03", "nothing"))
    assert len(list(directory.glob("generation-1/*.columns"))) > 5
    answer = engine.search(Request(Query(Term(Zone.BODY, Stream.PAIRS, "e x")), limit=50))
    assert [id_ for id_, _ in answer.hits] == [f"{i:02}" for i in range(5, 40, 2)]
    engine.close()


def test_a_full_disk_leaves_the_index_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = create_engine("whoosh", tmp_path / "index", MANIFEST)
    with engine.writer() as writer:
        writer.add(article("a", "x"))
    before = sorted(path.name for path in (tmp_path / "index/generation-1").iterdir())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def write() -> None:
        with engine.writer() as writer:
            writer.add(article("b", "x"))

    for step in ("indexer.engines.whoosh.files.write_columns", "indexer.system.files.flush"):
        with monkeypatch.context() as patched:
            patched.setattr(step, full)
            with pytest.raises(IndexNotWritten, match="the disk is full"):
                write()
        assert list(engine.ids()) == ["a"]
    write()
    assert sorted(engine.ids()) == ["a", "b"]
    after = sorted(path.name for path in (tmp_path / "index/generation-1").iterdir())
    assert len(after) == len(before)
    engine.close()
