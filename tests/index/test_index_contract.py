"""What every index has to do: in memory, on this machine under either engine, and on a cluster.

How clauses match and score is tried by ``tests/engines``. What may differ between indexes, and nothing else: the
scores of tantivy and OpenSearch (a length enters them rounded, and articles that were deleted count until they are
merged away), and when an article that is added shows its newer form (never before it is added, at the latest when its
session closes).
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from opensearch.cluster_indexes import fresh_index

from indexer.analysis.records import analysed
from indexer.engines.base import Everything, Manifest, Query, Request, Stream, Term
from indexer.errors import IndexBroken, IndexTimedOut, IndexUnreachable
from indexer.index.base import Entry, Index, IndexWriter, ShownArticle
from indexer.index.local import LocalIndex, rebuilt
from indexer.index.memory import MemoryIndex
from indexer.models import Article, Dating, Evidence, Line, LineLabel, Place, Published, TaggedArticle
from indexer.storage.codec import pack
from indexer.tokens import Zone

MANIFEST = Manifest(5, "segmenter", "gazetteer")


@pytest.fixture(params=["memory", "whoosh", "tantivy", "opensearch"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    if request.param == "opensearch":
        with fresh_index(request.getfixturevalue("opensearch_cluster"), MANIFEST) as on_cluster:
            yield on_cluster
        return
    with closing(made(request.param, tmp_path)) as index:
        yield index


def made(kind: str, directory: Path) -> Index:
    if kind == "memory":
        return MemoryIndex(MANIFEST)
    if kind == "tantivy":
        pytest.importorskip("tantivy", reason="the optional engine tantivy is not installed")
    with rebuilt(directory, MANIFEST, kind):
        pass
    return LocalIndex(directory, MANIFEST)


def tagged(number: int, title: str = "Cây cầu mới", *provinces: str) -> TaggedArticle:
    article = Article(
        id=f"{number:016x}",
        source=f"/pages/{number}.txt",
        url=None,
        site="bao.example",
        title=title,
        lead="",
        body=(f"Xe qua cầu số {number} từ hôm nay.",),
        dating=Dating(Published(f"2023-0{number}-10", "day"), "line", "the first line"),
        lines=(Line(1, title, LineLabel.TITLE, 1.0, "it stands first"),),
    )
    places = tuple(
        Place(one, one, "about", 1.0, (Evidence("title", 0, 3, "Cây", 1.0, "name"),), one, one) for one in provinces
    )
    return TaggedArticle(article, places)


def entry(article: TaggedArticle, *copies: str) -> Entry:
    (one,) = analysed([article])
    packed = pack(article)
    return Entry(one.record, one.row, ShownArticle(packed.data, (packed.source, *copies)))


def fill(index: Index, *articles: TaggedArticle) -> None:
    with index.writer() as writer:
        for article in articles:
            writer.add(entry(article))


def fail_after(writer: IndexWriter, add: TaggedArticle, delete: str) -> None:
    writer.add(entry(add))
    writer.delete(delete)
    raise RuntimeError


def found(index: Index, syllable: str) -> list[str]:
    request = Request(Query(Term(Zone.TITLE, Stream.SYLLABLES, syllable)), sort="oldest")
    return [article_id for article_id, _ in index.search(request).hits]


ONE, TWO, THREE = (f"{number:016x}" for number in (1, 2, 3))


def test_what_is_shown_is_what_was_indexed(index: Index) -> None:
    first, second = tagged(1, "Cây cầu mới", "vn63:38"), tagged(2, "Con đường cũ")
    fill(index, first, second)
    assert found(index, "cầu") == [ONE]
    shown = index.articles([ONE, TWO, "unknown"], evidence=True)
    assert shown == {ONE: first, TWO: second}
    fill(index, tagged(1, "Con phà"))
    assert found(index, "cầu") == []
    assert index.articles([ONE])[ONE].article.title == "Con phà"


def test_evidence_comes_only_when_asked_for(index: Index) -> None:
    fill(index, tagged(1, "Cây cầu", "vn63:38"))
    (plain,) = index.articles([ONE]).values()
    assert plain.provinces[0].evidence == ()
    assert plain.article.lines == ()
    assert plain.article.body == ("Xe qua cầu số 1 từ hôm nay.",)


def test_an_article_says_where_its_copies_were_read(index: Index) -> None:
    with index.writer() as writer:
        writer.add(entry(tagged(1), "/pages/older.txt"))
    assert index.sources(ONE) == ("/pages/1.txt", "/pages/older.txt")
    assert index.sources("unknown") == ()


def test_rows_come_in_the_order_of_the_ids(index: Index) -> None:
    articles = [tagged(1), tagged(2, "Con đường cũ")]
    fill(index, *articles)
    rows = index.rows([TWO, "unknown", ONE])
    expected = [entry(one).row for one in articles]
    assert np.array_equal(rows.rows[0], expected[1])
    assert len(rows.rows[1]) == 0
    assert np.array_equal(rows.rows[2], expected[0])
    assert rows.published == [202302100000, 0, 202301100000]


def test_what_is_deleted_is_nowhere(index: Index) -> None:
    fill(index, tagged(1), tagged(2))
    with index.writer() as writer:
        writer.delete(ONE)
        writer.delete("unknown")
    assert found(index, "cầu") == [TWO]
    assert index.articles([ONE, TWO]).keys() == {TWO}
    assert len(index.rows([ONE]).rows[0]) == 0
    assert index.count() == 1
    assert list(index.ids()) == [TWO]


@pytest.mark.parametrize("deleted_first", [True, False])
def test_the_last_word_of_a_session_counts(index: Index, deleted_first: bool) -> None:
    with index.writer() as writer:
        if deleted_first:
            writer.delete(ONE)
        writer.add(entry(tagged(1)))
        if not deleted_first:
            writer.delete(ONE)
    expected = [ONE] if deleted_first else []
    assert found(index, "cầu") == expected
    assert list(index.articles([ONE])) == expected
    index.count_anew()
    assert list(index.problems()) == []


def test_a_session_that_fails_adds_nothing(index: Index) -> None:
    fill(index, tagged(1))
    with pytest.raises(RuntimeError), index.writer() as writer:
        fail_after(writer, add=tagged(2), delete=ONE)
    assert found(index, "cầu") == [ONE]
    assert index.articles([ONE, TWO]).keys() == {ONE}


def test_many_questions_are_answered_in_their_order(index: Index) -> None:
    fill(index, tagged(1, "Cây cầu", "vn63:38"), tagged(2, "Con đường"))
    both = [Request(Query(Term(Zone.TITLE, Stream.SYLLABLES, one)), facets=("province",)) for one in ("đường", "cầu")]
    answers = index.search_many(both)
    assert [answer.hits[0][0] for answer in answers] == [TWO, ONE]
    assert answers == [index.search(one) for one in both]
    assert dict(answers[1].facets["province"]) == {"vn63:38": 1}
    assert all(answer.exact and not answer.incomplete for answer in answers)


def test_the_statistics_are_of_the_archive_once_it_was_counted(index: Index) -> None:
    assert index.statistics() is None
    fill(index, tagged(1), tagged(2))
    index.count_anew()
    statistics = index.statistics()
    assert statistics is not None
    assert statistics.stories == 2


def test_the_vocabulary_is_that_of_a_zone(index: Index) -> None:
    fill(index, tagged(1, "Cây cầu"), tagged(2, "Cầu mới"))
    assert list(index.vocabulary(Zone.TITLE, Stream.SYLLABLES, "c")) == [("cây", 1), ("cầu", 2)]


def test_a_rebuild_replaces_all_at_once_and_an_open_index_follows(index: Index) -> None:
    fill(index, tagged(1), tagged(2))
    with index.rebuild() as writer:
        writer.add(entry(tagged(3, "Bến phà")))
        assert found(index, "cầu") == [ONE, TWO]
        assert index.articles([ONE, THREE]).keys() == {ONE}
    assert found(index, "phà") == [THREE]
    assert index.articles([ONE, THREE]).keys() == {THREE}
    assert len(index.rows([ONE]).rows[0]) == 0


def test_a_rebuild_that_fails_changes_nothing(index: Index) -> None:
    fill(index, tagged(1))
    with pytest.raises(RuntimeError), index.rebuild() as writer:
        fail_after(writer, add=tagged(2), delete=THREE)
    assert found(index, "cầu") == [ONE]
    assert index.articles([ONE, TWO]).keys() == {ONE}


def test_it_remembers_what_it_was_made_with(index: Index) -> None:
    assert index.manifest() == MANIFEST


def test_a_closed_index_says_so(index: Index) -> None:
    index.close()
    with pytest.raises(IndexBroken, match="closed"):
        index.search(Request(Query(Everything())))


# What only an index in several parts can do


@pytest.fixture
def parts() -> MemoryIndex:
    index = MemoryIndex(MANIFEST, parts=2)
    fill(index, *(tagged(number, "Cây cầu", "vn63:38") for number in range(1, 8)))
    assert {index.part(article_id) for article_id in index.ids()} == {0, 1}
    return index


def test_an_answer_names_the_part_that_is_out_of_reach(parts: MemoryIndex) -> None:
    request = Request(Query(Everything()), facets=("province",))
    whole = parts.search(request)
    parts.lose(1)
    answer = parts.search(request)
    assert answer.incomplete == ("part 1",)
    assert not answer.exact
    assert 0 < answer.total < whole.total
    assert answer.facets["province"] == {"vn63:38": answer.total}
    assert {parts.part(article_id) for article_id, _ in answer.hits} == {0}
    assert {parts.part(article_id) for article_id in parts.articles(list(parts.ids()))} == {0}
    parts.lose()
    assert parts.search(request) == whole


def test_no_part_in_reach_is_an_error(parts: MemoryIndex) -> None:
    parts.lose(0, 1)
    with pytest.raises(IndexUnreachable):
        parts.search(Request(Query(Everything())))


def test_an_answer_may_take_no_longer_than_its_time_out(parts: MemoryIndex) -> None:
    parts.slow(0.5)
    with pytest.raises(IndexTimedOut, match=r"within 0\.2 s"):
        parts.search(Request(Query(Everything())), timeout=0.2)
    assert parts.search(Request(Query(Everything())), timeout=1).total == 7


# What only an index on a disk can do


def test_an_open_index_follows_a_change_of_its_engine(tmp_path: Path) -> None:
    pytest.importorskip("tantivy", reason="the optional engine tantivy is not installed")
    with closing(made("whoosh", tmp_path)) as index:
        fill(index, tagged(1))
        with rebuilt(tmp_path, MANIFEST, "tantivy") as writer:
            writer.add(entry(tagged(2)))
        assert found(index, "cầu") == [TWO]
        assert index.articles([ONE, TWO]).keys() == {TWO}
