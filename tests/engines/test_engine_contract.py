"""What every engine promises. Each test is one sentence of the contract."""

from __future__ import annotations

import math

import pytest
from engine_records import MANIFEST, article, record, streams

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
    Sort,
    Stream,
    Term,
    Together,
)
from indexer.errors import IndexBusy
from indexer.tokens import IndexRecord, Zone


def body(token: str, stream: Stream = Stream.SYLLABLES) -> Term:
    return Term(Zone.BODY, stream, token)


def phrase(*tokens: str) -> Phrase:
    return Phrase(Zone.BODY, tuple(((Stream.SYLLABLES, token),) for token in tokens))


def fill(engine: Engine, *records: IndexRecord) -> None:
    with engine.writer() as writer:
        for record in records:
            writer.add(record)


def found(engine: Engine, clause: Clause) -> list[str]:
    answer = engine.search(Request(Query(clause), limit=100))
    assert answer.exact
    assert answer.total == len(answer.hits)
    return sorted(id_ for id_, _ in answer.hits)


# What matches


def test_a_term_stands_in_its_own_zone_and_stream(engine: Engine) -> None:
    fill(engine, article("a", "Hàn_Quốc", title="Seoul"), article("b", "Seoul"))
    assert found(engine, body("Hàn")) == ["a"]
    assert found(engine, body("hàn", Stream.FOLDED)) == ["a"]
    assert found(engine, body("hàn")) == []
    assert found(engine, body("Hàn_Quốc", Stream.WORDS)) == ["a"]
    assert found(engine, body("Hàn", Stream.WORDS)) == []
    assert found(engine, Term(Zone.TITLE, Stream.SYLLABLES, "Seoul")) == ["a"]
    assert found(engine, Term(Zone.LEAD, Stream.SYLLABLES, "Seoul")) == []


def test_a_pair_is_two_joint_neighbours(engine: Engine) -> None:
    fill(
        engine, article("a", "Hợp_tác"), article("b", "tác Hợp"), article("c", "Hợp | tác"), article("d", "Hợp sức tác")
    )
    assert found(engine, body("Hợp tác", Stream.PAIRS)) == ["a"]
    assert found(engine, body("hợp tác", Stream.FOLDED_PAIRS)) == ["a"]
    assert found(engine, body("hợp tác", Stream.PAIRS)) == []
    assert found(engine, body("tác", Stream.PAIRS)) == []
    assert found(engine, body("Hợp sức tác", Stream.PAIRS)) == []


def test_an_accented_pair_is_none_where_its_halves_are_apart(engine: Engine) -> None:
    fill(engine, article("a", "Hợp_tác! xã"), article("b", "Hợp_tác Hợp_tác! xã"))
    assert found(engine, body("Hợp tác", Stream.PAIRS)) == ["b"]
    assert found(engine, body("hợp tác", Stream.FOLDED_PAIRS)) == ["a", "b"]
    assert found(engine, phrase("Hợp", "tác")) == ["a", "b"]


def together(*slots: str) -> Together:
    """Each slot one token or several with ``/`` between; with a blank it is a pair, in lower case a folded token."""
    return Together(
        tuple(
            tuple(
                (Stream.FOLDED_PAIRS if " " in one else Stream.FOLDED if one.islower() else Stream.SYLLABLES, one)
                for one in slot.split("/")
            )
            for slot in slots
        )
    )


def test_together_is_within_one_paragraph_and_title_with_lead_are_one(engine: Engine) -> None:
    fill(
        engine,
        article("a", "Giá_vàng Hà_Nội"),
        article("b", "Giá_vàng | Hà_Nội"),
        article("c", "Hà_Nội", title="Giá_vàng"),
        record("d", {Zone.TITLE: streams("Giá_vàng"), Zone.LEAD: streams("mở | Hà_Nội")}, {}),
        record("e", {Zone.BODY: streams("Giá_vàng"), Zone.LOW: streams("Hà_Nội")}, {}),
    )
    assert found(engine, together("giá", "hà")) == ["a", "d"]
    assert found(engine, together("Giá", "Hà")) == ["a", "d"]
    assert found(engine, together("giá vàng", "hà nội")) == ["a", "d"]
    assert found(engine, together("vàng giá", "hà nội")) == []
    assert found(engine, together("giá", "không/nội")) == ["a", "d"]
    assert found(engine, together("giá", "giá")) == ["a", "b", "c", "d", "e"]
    assert found(engine, Together(())) == []
    assert found(engine, Together((((Stream.FOLDED, "giá"),), ()))) == []


def test_at_least_adds_up_weights(engine: Engine) -> None:
    fill(engine, article("a", "x"), article("b", "x y"), article("c", "y z"), article("d", "x y z"))
    weighed = ((body("x"), 1), (body("y"), 2), (body("z"), 1))
    assert found(engine, AtLeast(weighed, 3)) == ["b", "c", "d"]
    assert found(engine, AtLeast(weighed, 4)) == ["d"]
    assert found(engine, AtLeast(weighed, 5)) == []
    assert found(engine, AtLeast(weighed, 0)) == ["a", "b", "c", "d"]
    scored = dict(engine.search(Request(Query(AtLeast(weighed, 3)))).hits)
    assert scored == pytest.approx(
        {
            id_: score
            for id_, score in engine.search(Request(Query(AnyOf(tuple(c for c, _ in weighed))))).hits
            if id_ != "a"
        }
    )
    boosted = dict(engine.search(Request(Query(Everything(), (AtLeast(weighed, 4),)))).hits)
    assert [id_ for id_, score in boosted.items() if score > 0] == ["d"]


def test_among_selects_by_id(engine: Engine) -> None:
    fill(engine, article("a", "x"), article("b", "x"), article("c", "y"))
    assert found(engine, AllOf((body("x"), Among(("b", "c", "nobody"))))) == ["b"]
    assert found(engine, Among(())) == []


def test_a_leaf_of_no_weight_selects_and_scores_nothing(engine: Engine) -> None:
    fill(engine, article("a", "x y"), article("b", "x x x"))
    silent = Term(Zone.BODY, Stream.SYLLABLES, "x", 0.0)
    assert engine.search(Request(Query(silent))).hits == (("a", 0.0), ("b", 0.0))
    assert engine.search(Request(Query(silent, (body("y"),)))).hits[0][0] == "a"


def test_a_phrase_takes_any_alternative_in_each_slot(engine: Engine) -> None:
    fill(
        engine, article("a", "Hội đồng"), article("b", "HỘI đồng"), article("c", "đồng Hội"), article("d", "Hội | đồng")
    )
    either = (Stream.SYLLABLES, "Hội"), (Stream.FOLDED, "hội")
    second = ((Stream.SYLLABLES, "đồng"),)
    assert found(engine, phrase("Hội", "đồng")) == ["a"]
    assert found(engine, Phrase(Zone.BODY, (either, second))) == ["a", "b"]
    assert found(engine, Phrase(Zone.BODY, (((Stream.FOLDED, "hội"),), second))) == ["a", "b"]
    assert found(engine, phrase("đồng")) == ["a", "b", "c", "d"]
    assert found(engine, phrase()) == []
    assert found(engine, phrase("Hội", "lạ")) == []
    assert found(engine, Phrase(Zone.BODY, (either, ()))) == []


def test_a_phrase_may_repeat_a_token(engine: Engine) -> None:
    fill(engine, article("a", "rất rất xa"), article("b", "rất xa"))
    assert found(engine, phrase("rất", "rất")) == ["a"]


def test_a_prefix_expands_to_the_most_frequent_tokens(engine: Engine) -> None:
    fill(engine, article("a", "hợp"), article("b", "hợp"), article("c", "hợi"), article("d", "hó"), article("e", "họ"))
    assert found(engine, Prefix(Zone.BODY, Stream.SYLLABLES, "hợ")) == ["a", "b", "c"]
    assert found(engine, Prefix(Zone.BODY, Stream.SYLLABLES, "hợ", limit=1)) == ["a", "b"]
    assert found(engine, Prefix(Zone.BODY, Stream.SYLLABLES, "h", limit=2)) == ["a", "b", "d"]  # then by token
    assert found(engine, Prefix(Zone.BODY, Stream.SYLLABLES, "x")) == []
    assert found(engine, Prefix(Zone.BODY, Stream.SYLLABLES, "h", limit=0)) == []


def test_clauses_combine(engine: Engine) -> None:
    fill(engine, article("a", "x y"), article("b", "x"), article("c", "y"), article("d", "z"))
    x, y = body("x"), body("y")
    assert found(engine, AnyOf((x, y))) == ["a", "b", "c"]
    assert found(engine, AllOf((x, y))) == ["a"]
    assert found(engine, AllOf((x, Not(y)))) == ["b"]
    assert found(engine, Not(AnyOf((x, y)))) == ["d"]
    assert found(engine, Not(Not(x))) == ["a", "b"]
    assert found(engine, Everything()) == ["a", "b", "c", "d"]
    assert found(engine, AnyOf(())) == []
    assert found(engine, AllOf(())) == ["a", "b", "c", "d"]


def test_facets_and_dates_select(engine: Engine) -> None:
    fill(
        engine,
        article("a", published=202302080958, country=["KR", "JP"]),
        article("b", published=202303000000, country=["KR"]),
        article("c"),
    )
    assert found(engine, HasFacet("country", ("KR",))) == ["a", "b"]
    assert found(engine, HasFacet("country", ("JP", "LA"))) == ["a"]
    assert found(engine, HasFacet("country", ())) == []
    assert found(engine, HasFacet("nothing", ("KR",))) == []
    assert found(engine, DateRange(202302080958, 202302080958)) == ["a"]
    assert found(engine, DateRange(202302080959, 202303000000)) == ["b"]
    assert found(engine, DateRange(0, 999999999999)) == ["a", "b"]  # never an undated one
    assert found(engine, DateRange(-5, 5)) == []
    assert found(engine, DateRange(3, 2)) == []


def test_odd_tokens_are_tokens(engine: Engine) -> None:
    odd = ['"', "AND", "NOT", "*", "a:b", "𝒳", "\\", "'", "^2", "+", "a" * 3000, "đ", "\u0000", "%"]
    fill(engine, article("a", " ".join(odd)), article("b", "x"))
    for token in odd:
        assert found(engine, body(token)) == ["a"], token
        assert found(engine, Phrase(Zone.BODY, (((Stream.SYLLABLES, token),),))) == ["a"], token
    assert found(engine, Prefix(Zone.BODY, Stream.SYLLABLES, "*")) == ["a"]
    assert found(engine, Prefix(Zone.BODY, Stream.SYLLABLES, ".")) == []
    assert found(engine, body("")) == []


# Scores and order


def bm25(f: int, n: int, total: int, length: float, average: float) -> float:
    idf = math.log(1 + (total - n + 0.5) / (n + 0.5))
    return idf * f / (f + 1.2 * (0.25 + 0.75 * length / average))


def test_scores_are_bm25_over_zone_and_stream(engine: Engine) -> None:
    fill(engine, article("a", "x x y"), article("b", "x z z z z"), article("c", "z", title="x x x x x x"))
    answer = engine.search(Request(Query(Term(Zone.BODY, Stream.SYLLABLES, "x", weight=2.0))))
    assert [id_ for id_, _ in answer.hits] == ["a", "b"]
    assert [score for _, score in answer.hits] == pytest.approx(
        [2 * bm25(2, 2, 3, 3, 3), 2 * bm25(1, 2, 3, 5, 3)], rel=1e-4
    )


def test_a_phrase_scores_as_one_term(engine: Engine) -> None:
    fill(engine, article("a", "x y x y"), article("b", "x y z z"), article("c", "y x z z"))
    answer = engine.search(Request(Query(phrase("x", "y"))))
    assert [id_ for id_, _ in answer.hits] == ["a", "b"]
    assert [score for _, score in answer.hits] == pytest.approx([bm25(2, 2, 3, 4, 4), bm25(1, 2, 3, 4, 4)], rel=1e-4)


def test_a_pair_scores_among_pairs(engine: Engine) -> None:
    fill(engine, article("a", "x_y_z"), article("b", "x_y v w"), article("c", "z"), article("d", "x_y!"))
    answer = engine.search(Request(Query(body("x y", Stream.PAIRS))))
    assert [id_ for id_, _ in answer.hits] == ["b", "a"]
    assert [score for _, score in answer.hits] == pytest.approx(
        [bm25(1, 2, 4, 1, 3 / 4), bm25(1, 2, 4, 2, 3 / 4)], rel=1e-4
    )


def test_boosts_reorder_and_never_select(engine: Engine) -> None:
    fill(engine, article("a", "x"), article("b", "x y"), article("c", "y"), article("d", "x y z"))
    boost = AllOf((body("y"), Not(body("z"))))
    answer = engine.search(Request(Query(body("x"), boosts=(boost,))))
    assert answer.total == 3
    assert [id_ for id_, _ in answer.hits] == ["b", "a", "d"]


def test_selecting_clauses_add_nothing(engine: Engine) -> None:
    fill(engine, article("a", "x", published=202301010000, k=["v"]), article("b", "y"))
    clause = AllOf((HasFacet("k", ("v",)), DateRange(1, 999999999999), Everything(), Not(body("y"))))
    assert engine.search(Request(Query(clause))).hits == (("a", 0.0),)
    with_term = engine.search(Request(Query(AllOf((clause, body("x"))))))
    assert with_term.hits[0][1] == pytest.approx(engine.search(Request(Query(body("x")))).hits[0][1])


def test_ties_break_by_id(engine: Engine) -> None:
    fill(engine, *(article(id_, "x") for id_ in ("m", "é", "b", "Z", "10", "9", "a")))
    order = ["10", "9", "Z", "a", "b", "m", "é"]
    for query in (Query(body("x")), Query(Everything())):
        assert [id_ for id_, _ in engine.search(Request(query)).hits] == order
        assert [id_ for id_, _ in engine.search(Request(query, offset=2, limit=3)).hits] == order[2:5]


def test_sorting_by_date_puts_undated_last(engine: Engine) -> None:
    dates = {"a": 202301010000, "b": 0, "c": 202312312359, "d": 202301010000, "e": 0}
    fill(engine, *(article(id_, "x", published=date) for id_, date in dates.items()))
    newest = engine.search(Request(Query(body("x")), sort="newest"))
    assert [id_ for id_, _ in newest.hits] == ["c", "a", "d", "b", "e"]
    oldest = engine.search(Request(Query(body("x")), sort="oldest"))
    assert [id_ for id_, _ in oldest.hits] == ["a", "d", "c", "b", "e"]
    assert [id_ for id_, _ in engine.search(Request(Query(body("x")), sort="newest", offset=1, limit=3)).hits] == [
        "a",
        "d",
        "b",
    ]
    assert all(score > 0 for _, score in newest.hits)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_many_of_one_date_and_many_without_are_paged_by_id(engine: Engine, sort: Sort) -> None:
    dated, undated = ([f"{kind}{number:03}" for number in range(90)] for kind in "du")
    days = {"d": 202301010000, "u": 0}
    fill(engine, *(article(id_, "x", published=days[id_[0]]) for id_ in (*undated[::-1], *dated[::-1])))
    for query in (Query(body("x")), Query(Everything())):
        for offset, limit in ((0, 5), (85, 10), (100, 5), (175, 10)):
            answer = engine.search(Request(query, sort=sort, offset=offset, limit=limit))
            assert [id_ for id_, _ in answer.hits] == (dated + undated)[offset : offset + limit]
            assert answer.total == 180


@pytest.mark.parametrize(
    ("offset", "limit", "expected"), [(0, 2, "ab"), (2, 2, "c"), (3, 2, ""), (0, 0, ""), (-1, 1, "a")]
)
def test_pages(engine: Engine, offset: int, limit: int, expected: str) -> None:
    fill(engine, article("a", "x"), article("b", "x"), article("c", "x"))
    answer = engine.search(Request(Query(body("x")), offset=offset, limit=limit))
    assert answer.total == 3
    assert "".join(id_ for id_, _ in answer.hits) == expected


# Facets and filters


def places(engine: Engine) -> None:
    fill(
        engine,
        article("a", "x", published=202301010000, province=["HN", "TH"], country=["KR"]),
        article("b", "x", published=202401010000, province=["TH"], country=["KR", "JP"]),
        article("c", "x", province=["HN"], country=["JP"]),
        article("d", "y", province=["TH"], country=["LA"]),
        article("e", "x"),
    )


def test_facets_count_all_matches(engine: Engine) -> None:
    places(engine)
    answer = engine.search(Request(Query(body("x")), limit=1, facets=["province", "country", "unknown"]))
    assert list(answer.facets["province"].items()) == [("HN", 2), ("TH", 2)]
    assert answer.facets["country"] == {"JP": 2, "KR": 2}
    assert answer.facets["unknown"] == {}


def test_facets_of_all_articles_are_those_of_the_newest_commit(engine: Engine) -> None:
    wanted = Request(Query(Everything()), limit=1, facets=("site",))
    for number, site in enumerate(("a.vn", "b.vn", "b.vn"), 1):
        fill(engine, article(str(number), "x", site=[site]))
        for _ in range(2):
            assert sum(engine.search(wanted).facets["site"].values()) == number
    chosen = Request(Query(Everything()), filters={"site": ("a.vn",)}, limit=0, facets=("site",))
    assert engine.search(chosen).facets == {"site": {"b.vn": 2, "a.vn": 1}}


def test_a_facet_ignores_its_own_filter_only(engine: Engine) -> None:
    places(engine)
    answer = engine.search(
        Request(Query(body("x")), filters={"province": ["TH"], "country": ["KR"]}, facets=["province", "country"])
    )
    assert [id_ for id_, _ in answer.hits] == ["a", "b"]
    assert answer.facets["province"] == {"TH": 2, "HN": 1}
    assert answer.facets["country"] == {"KR": 2, "JP": 1}


def test_filter_values_of_one_facet_are_alternatives(engine: Engine) -> None:
    places(engine)
    answer = engine.search(
        Request(Query(body("x")), filters={"country": ["JP", "KR", "XX"], "province": []}, facets=["country"])
    )
    assert answer.total == 3
    assert answer.facets["country"] == {"JP": 2, "KR": 2}
    assert engine.search(Request(Query(body("x")), filters={"unknown": ["v"]})).total == 0


def test_dates_narrow_hits_and_facets(engine: Engine) -> None:
    places(engine)
    answer = engine.search(Request(Query(body("x")), dates=DateRange(202301010000, 202312312359), facets=["country"]))
    assert [id_ for id_, _ in answer.hits] == ["a"]
    assert answer.facets["country"] == {"KR": 1}


def test_a_value_given_twice_counts_once(engine: Engine) -> None:
    fill(engine, article("a", "x", k=["v", "v"]))
    assert engine.search(Request(Query(body("x")), facets=["k"])).facets["k"] == {"v": 1}


# Writing


def test_an_empty_index_answers(engine: Engine) -> None:
    assert len(engine) == 0
    assert list(engine.ids()) == []
    for clause in (Everything(), body("x"), phrase("x", "y"), Prefix(Zone.BODY, Stream.SYLLABLES, "x"), Not(body("x"))):
        answer = engine.search(Request(Query(clause, boosts=(body("y"),)), facets=["k"], sort="newest"))
        assert (answer.total, answer.hits, answer.facets["k"]) == (0, (), {})
    assert list(engine.vocabulary(Zone.BODY, Stream.WORDS)) == []


def test_the_same_id_replaces(engine: Engine) -> None:
    fill(engine, article("a", "x", k=["v"]), article("b", "x y"))
    fill(engine, article("a", "z"))
    assert found(engine, body("x")) == ["b"]
    assert found(engine, body("z")) == ["a"]
    assert engine.search(Request(Query(Everything()), facets=["k"])).facets["k"] == {}
    assert len(engine) == 2
    assert sorted(engine.ids()) == ["a", "b"]


def test_the_same_id_twice_in_one_session_keeps_the_last(engine: Engine) -> None:
    fill(engine, article("a", "x"), article("b", "x"), article("a", "y"), article("a", "z"))
    assert found(engine, AnyOf((body("x"), body("y")))) == ["b"]
    assert found(engine, body("z")) == ["a"]
    assert len(engine) == 2


def test_deleting(engine: Engine) -> None:
    fill(engine, article("a", "x y"), article("b", "x"), article("c", "x"))
    with engine.writer() as writer:
        writer.delete("b")
        writer.delete("unknown")
        writer.add(article("d", "x y"))
        writer.delete("d")
        writer.delete("d")
    assert found(engine, body("x")) == ["a", "c"]
    assert found(engine, phrase("x", "y")) == ["a"]
    assert found(engine, Not(body("y"))) == ["c"]
    assert len(engine) == 2
    assert sorted(engine.ids()) == ["a", "c"]
    assert list(engine.vocabulary(Zone.BODY, Stream.SYLLABLES)) == [("x", 2), ("y", 1)]


def test_a_deleted_article_may_come_back(engine: Engine) -> None:
    fill(engine, article("a", "x"))
    with engine.writer() as writer:
        writer.delete("a")
        writer.add(article("a", "y"))
    assert found(engine, Everything()) == ["a"]
    with engine.writer() as writer:
        writer.add(article("a", "z"))
        writer.delete("a")
    assert found(engine, Everything()) == []
    fill(engine, article("a", "x"))
    assert found(engine, body("x")) == ["a"]


def test_nothing_shows_before_the_session_closes(engine: Engine) -> None:
    fill(engine, article("a", "x"))
    with engine.writer() as writer:
        writer.add(article("b", "x"))
        writer.delete("a")
        assert found(engine, body("x")) == ["a"]
    assert found(engine, body("x")) == ["b"]


def test_a_session_that_raises_changes_nothing(engine: Engine) -> None:
    fill(engine, article("a", "x"))

    def interrupted() -> None:
        with engine.writer() as writer:
            writer.add(article("b", "x"))
            writer.delete("a")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert found(engine, body("x")) == ["a"]
    fill(engine, article("c", "x"))  # and the next one may write
    assert found(engine, body("x")) == ["a", "c"]


def test_a_second_writer_is_refused(engine: Engine) -> None:
    with engine.writer() as writer:
        with pytest.raises(IndexBusy), engine.writer():
            pass
        with pytest.raises(IndexBusy), engine.rebuild():
            pass
        writer.add(article("a", "x"))
    assert found(engine, body("x")) == ["a"]


def test_a_session_without_changes(engine: Engine) -> None:
    fill(engine, article("a", "x"))
    fill(engine)
    assert found(engine, body("x")) == ["a"]


def test_an_article_without_tokens(engine: Engine) -> None:
    fill(engine, record("a", {}, {}), article("b", "x"))
    assert found(engine, Everything()) == ["a", "b"]
    assert found(engine, Not(body("x"))) == ["a"]


def test_a_rebuild_replaces_everything_on_success(engine: Engine) -> None:
    fill(engine, article("a", "x"), article("b", "x"))
    with engine.rebuild() as writer:
        writer.add(article("c", "x"))
        assert found(engine, body("x")) == ["a", "b"]
    assert found(engine, body("x")) == ["c"]
    fill(engine, article("d", "x"))
    assert found(engine, body("x")) == ["c", "d"]


def test_a_failed_rebuild_leaves_the_index(engine: Engine) -> None:
    fill(engine, article("a", "x"))

    def failing() -> None:
        with engine.rebuild() as writer:
            writer.add(article("c", "x"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert found(engine, body("x")) == ["a"]
    fill(engine, article("d", "x"))
    assert found(engine, body("x")) == ["a", "d"]


# tantivy forgets deleted articles only when it merges their segment
@pytest.mark.parametrize("engine", ["memory", "whoosh"], indirect=True)
def test_statistics_forget_what_was_deleted(engine: Engine) -> None:
    fill(engine, article("a", "x"), *(article(f"{i}", "x x x z z z z z") for i in range(9)), article("b", "y"))
    with engine.writer() as writer:
        for i in range(9):
            writer.delete(f"{i}")
    assert engine.search(Request(Query(body("x")))).hits[0][1] == pytest.approx(bm25(1, 1, 2, 1, 1), rel=1e-4)


# The rest


def test_vocabulary_is_in_order_with_counts(engine: Engine) -> None:
    fill(engine, article("a", "b_a c a a"), article("b", "a c đ"))
    assert list(engine.vocabulary(Zone.BODY, Stream.SYLLABLES)) == [("a", 2), ("b", 1), ("c", 2), ("đ", 1)]
    assert list(engine.vocabulary(Zone.BODY, Stream.SYLLABLES, "c")) == [("c", 2)]
    assert list(engine.vocabulary(Zone.BODY, Stream.WORDS, "b")) == [("b_a", 1)]
    assert list(engine.vocabulary(Zone.LEAD, Stream.SYLLABLES)) == []


def test_the_manifest_is_remembered(engine: Engine) -> None:
    assert engine.manifest() == MANIFEST


def test_a_version_changes_with_each_commit_and_only_then(engine):
    versions = [engine.version()]
    for number in range(3):
        with engine.writer() as writer:
            writer.add(article(f"a{number}"))
        assert engine.version() == engine.version()
        versions.append(engine.version())
    with engine.writer() as writer:
        writer.delete("a0")
    versions.append(engine.version())
    with engine.rebuild() as writer:
        writer.add(article("a0"))
    versions.append(engine.version())
    assert len(set(versions)) == len(versions)
