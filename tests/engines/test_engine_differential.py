"""Random articles, changes and queries: every engine answers as the plain reference in memory does."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from engine_records import MANIFEST, record
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opensearch.cluster_indexes import AsEngine, fresh_index
from opensearch.opensearch_cluster import Cluster

from indexer.engines import create_engine
from indexer.engines.base import (
    AllOf,
    Among,
    AnyOf,
    AtLeast,
    Clause,
    DateRange,
    Engine,
    Everything,
    HasFacet,
    Not,
    Phrase,
    Prefix,
    Query,
    Request,
    Stream,
    Term,
    Together,
)
from indexer.engines.memory import MemoryEngine
from indexer.tokens import GAP, IndexRecord, TokenStreams, Zone

SYLLABLES = ("a", "á", "ab", "b", "đ", "c")
FOLDED = {"á": "a", "đ": "d"}
VALUES = ("u", "v", "w")
DATES = (0, 202301000000, 202301150830, 202312312359)
JOINT = {("a", "b"), ("ab", "a"), ("c", "c")}
IDS = ("1", "2", "3", "10", "đ", "x")


def _flat(*syllables: str) -> tuple[str, ...]:
    return tuple(FOLDED.get(one, one) for one in syllables)


zones = st.sampled_from([Zone.TITLE, Zone.BODY])
tokens = st.sampled_from(SYLLABLES)
weights = st.sampled_from([0.0, 0.25, 1.0, 3.0])


@st.composite
def token_streams(draw: st.DrawFn) -> TokenStreams:
    syllables = draw(st.lists(tokens, max_size=8))
    gaps = [" ".join([GAP] * draw(st.sampled_from([0, 0, 0, 6]))) for _ in syllables]
    spaced = " ".join(f"{gap} {token}".strip() for gap, token in zip(gaps, syllables, strict=True))
    folded = " ".join(FOLDED.get(token, token) for token in spaced.split())
    standing, flat = spaced.split(), folded.split()
    neighbours = [at for at in range(len(standing) - 1) if GAP not in standing[at : at + 2]]
    apart = tuple(at for at in neighbours if draw(st.booleans()))
    joint = tuple(at for at in neighbours if (flat[at], flat[at + 1]) in JOINT)
    return TokenStreams.of(spaced, folded, " ".join(token for token in syllables if token != "c"), apart, joint)


records = st.builds(
    record,
    st.sampled_from(IDS),
    st.dictionaries(zones, token_streams(), max_size=2),
    st.dictionaries(st.sampled_from(["k", "l"]), st.lists(st.sampled_from(VALUES), max_size=3).map(tuple)),
    st.sampled_from(DATES),
)
changes = st.lists(st.lists(st.one_of(records, st.sampled_from(IDS)), max_size=6), min_size=1, max_size=4)

singles = st.sampled_from([Stream.SYLLABLES, Stream.FOLDED])
words_in = st.sampled_from([Stream.SYLLABLES, Stream.FOLDED, Stream.WORDS])
folded_pairs = st.sampled_from([" ".join(pair) for pair in sorted(JOINT)])
pairs = st.sampled_from([f"{left} {right}" for left in SYLLABLES for right in SYLLABLES if _flat(left, right) in JOINT])
standing = st.one_of(st.tuples(singles, tokens), st.tuples(st.just(Stream.FOLDED_PAIRS), folded_pairs))
leaves: st.SearchStrategy[Clause] = st.one_of(
    st.builds(Term, zones, words_in, tokens, weights),
    st.builds(Term, zones, st.just(Stream.PAIRS), pairs, weights),
    st.builds(Term, zones, st.just(Stream.FOLDED_PAIRS), folded_pairs, weights),
    st.builds(
        Phrase,
        zones,
        st.lists(st.lists(st.tuples(singles, tokens), min_size=1, max_size=3).map(tuple), max_size=3).map(tuple),
        weights,
    ),
    st.builds(Prefix, zones, words_in, st.sampled_from(["", "a", "á", "z"]), weights, st.integers(0, 3)),
    st.builds(HasFacet, st.sampled_from(["k", "l", "m"]), st.lists(st.sampled_from(VALUES), max_size=2).map(tuple)),
    st.builds(DateRange, st.sampled_from(DATES), st.sampled_from(DATES)),
    st.just(Everything()),
    st.builds(Together, st.lists(st.lists(standing, max_size=2).map(tuple), max_size=3).map(tuple)),
    st.builds(Among, st.lists(st.sampled_from((*IDS, "nobody")), max_size=4).map(tuple)),
)


def _branches(inner: st.SearchStrategy[Clause]) -> st.SearchStrategy[Clause]:
    several = st.lists(inner, max_size=3).map(tuple)
    weighed = st.lists(st.tuples(inner, st.integers(1, 3)), max_size=3).map(tuple)
    return st.one_of(
        st.builds(AnyOf, several),
        st.builds(AllOf, several),
        st.builds(Not, inner),
        st.builds(AtLeast, weighed, st.integers(0, 6)),
    )


clauses = st.recursive(leaves, _branches, max_leaves=6)
searches = st.fixed_dictionaries(
    {
        "query": st.builds(Query, clauses, st.lists(clauses, max_size=2).map(tuple)),
        "filters": st.dictionaries(st.sampled_from(["k", "l"]), st.lists(st.sampled_from(VALUES), max_size=2)),
        "dates": st.one_of(st.none(), st.builds(DateRange, st.sampled_from(DATES), st.sampled_from(DATES))),
        "sort": st.sampled_from(["relevance", "newest", "oldest"]),
    }
)


def apply(engine: Engine, session: Sequence[IndexRecord | str]) -> None:
    with engine.writer() as writer:
        for change in session:
            if isinstance(change, str):
                writer.delete(change)
            else:
                writer.add(change)


def same(engine: Engine, reference: Engine, search: dict[str, Any], *, scores: bool) -> None:
    wanted = reference.search(Request(**search, limit=100, facets=["k", "l"]))
    answer = engine.search(Request(**search, limit=100, facets=["k", "l"]))
    assert answer.total == wanted.total
    assert answer.facets == wanted.facets
    assert {id_ for id_, _ in answer.hits} == {id_ for id_, _ in wanted.hits}
    if scores:
        assert dict(answer.hits) == pytest.approx(dict(wanted.hits), rel=1e-4, abs=1e-9)
    if scores or search["sort"] != "relevance":
        ordered(answer.hits, wanted.hits, by_score=search["sort"] == "relevance")
    page = engine.search(Request(**search, limit=2, offset=1, facets=()))
    assert [id_ for id_, _ in page.hits] == [id_ for id_, _ in answer.hits[1:3]]


def ordered(hits: Sequence[tuple[str, float]], wanted: Sequence[tuple[str, float]], *, by_score: bool) -> None:
    """The same order, but that articles whose scores differ by rounding only may stand either way."""
    reference = dict(wanted)
    for (id_, _), (expected, score) in zip(hits, wanted, strict=True):
        assert id_ == expected or (by_score and reference[id_] == pytest.approx(score, rel=1e-9))


@pytest.mark.parametrize("name", ["whoosh", "tantivy"])
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(sessions=changes, asked=st.lists(searches, min_size=1, max_size=6))
def test_answers_as_the_reference(
    name: str, sessions: list[list[IndexRecord | str]], asked: list[dict[str, Any]]
) -> None:
    if name == "tantivy":
        pytest.importorskip("tantivy", reason="the optional engine tantivy is not installed")
        pytest.importorskip("indexer.engines.tantivy.engine")
    reference = MemoryEngine(MANIFEST)
    with tempfile.TemporaryDirectory() as directory, closing(_small(name, Path(directory))) as engine:
        for session in sessions:
            apply(reference, session)
            apply(engine, session)
        assert len(engine) == len(reference)
        assert sorted(engine.ids()) == sorted(reference.ids())
        for search in asked:
            same(engine, reference, search, scores=name == "whoosh")
        for stream in (Stream.SYLLABLES, Stream.FOLDED, Stream.WORDS):
            wanted = list(reference.vocabulary(Zone.BODY, stream, "a"))
            assert list(engine.vocabulary(Zone.BODY, stream, "a")) == wanted


def _small(name: str, directory: Path) -> Engine:
    """An engine that makes many segments and keeps little in memory."""
    engine = create_engine(name, directory, MANIFEST)
    if name != "whoosh":
        return engine
    from indexer.engines.whoosh.engine import WhooshEngine

    engine.close()
    return WhooshEngine(directory, MANIFEST, cache_bytes=2000, segment_tokens=40)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(sessions=changes, asked=st.lists(searches, min_size=4, max_size=12))
def test_a_cluster_answers_as_the_reference(
    opensearch_cluster: Cluster, sessions: list[list[IndexRecord | str]], asked: list[dict[str, Any]]
) -> None:
    reference = MemoryEngine(MANIFEST)
    with fresh_index(opensearch_cluster, MANIFEST) as index:
        engine = AsEngine(index)
        for session in sessions:
            apply(reference, session)
            apply(engine, session)
        assert len(engine) == len(reference)
        assert sorted(engine.ids()) == sorted(reference.ids())
        for search in asked:
            same(engine, reference, search, scores=False)
        for stream in (Stream.SYLLABLES, Stream.FOLDED, Stream.WORDS):
            wanted = list(reference.vocabulary(Zone.BODY, stream, "a"))
            assert list(engine.vocabulary(Zone.BODY, stream, "a")) == wanted
