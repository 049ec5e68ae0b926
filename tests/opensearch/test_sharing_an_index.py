"""Several machines on one cluster: each with a catalogue of its own, all with one index."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from opensearch.opensearch_cluster import Cluster

from indexer import pipeline
from indexer.engines.base import Everything, HasFacet, Query, Request, Stream, Term
from indexer.errors import IndexBusy, IndexMissing, IndexOutdated
from indexer.facets import Facet
from indexer.index.base import Index, SharedIndex
from indexer.index.opening import open_index, shared_index
from indexer.models import BySource
from indexer.settings import Settings
from indexer.tokens import Zone
from indexer.upkeep.correcting import correct, history, undo
from indexer.upkeep.correction_files import exported, imported
from search_app.web import create_app

_numbers = count(1)
BODY = "Đoàn công tác đã thăm một hợp tác xã trồng bưởi và trao đổi về cách giữ nước trong mùa khô. "


@pytest.fixture
def machine(opensearch_cluster: Cluster, tmp_path: Path) -> Iterator[Callable[[str], Settings]]:
    """Settings of a machine by its name, all on one index."""
    name = f"shared-{next(_numbers)}"
    address = f"{','.join(opensearch_cluster.urls)}/{name}"
    yield lambda who: Settings.load(
        environ={}, toml=tmp_path / "none.toml", index=address, catalogue=tmp_path / who, workers=1
    )
    opensearch_cluster.ask(0, f"/{name}-*", "DELETE")


def write(folder: Path, *stories: tuple[str, str], age: float = 0) -> Path:
    """A file of stories, (address, title) each, as old as this many seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "stories.jsonl"
    rows = [
        {"url": url, "title": title, "body": [BODY * 2 + title + "."], "published": "2024-03-01"}
        for url, title in stories
    ]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    time = 1_700_000_000 - age
    os.utime(file, (time, time))
    return file


def titles(settings: Settings) -> list[str]:
    """What everybody finds, as it is shown."""
    with closing(open_index(settings)) as index:
        found = index.search(Request(Query(Everything()), filters={Facet.SITE: ()}, limit=100, facets=tuple(Facet)))
        assert sum(found.facets[Facet.SITE].values()) == found.total
        assert found.total == index.count() == len(found.hits)
        return sorted(tagged.article.title for tagged in index.articles([one for one, _ in found.hits]).values())


def found(index: Index, syllable: str) -> int:
    return index.search(Request(Query(Term(Zone.BODY, Stream.SYLLABLES, syllable)))).total


def test_each_machine_adds_what_it_read(machine: Callable[[str], Settings], tmp_path: Path) -> None:
    pipeline.index([write(tmp_path / "1", ("https://bao.example/1", "Mùa bưởi đến sớm"))], machine("one"))
    report = pipeline.index([write(tmp_path / "2", ("https://bao.example/2", "Cầu mới qua sông"))], machine("two"))
    assert (report.added, report.searchable) == (1, 2)
    assert titles(machine("reader")) == ["Cầu mới qua sông", "Mùa bưởi đến sớm"]


def test_the_newest_copy_of_an_address_wins_on_whichever_machine_and_in_whatever_order(
    machine: Callable[[str], Settings], tmp_path: Path
) -> None:
    new = write(tmp_path / "new", ("https://bao.example/1", "Tít đã sửa"))
    old = write(tmp_path / "old", ("https://bao.example/1", "Tít cũ"), age=500)
    pipeline.index([new], machine("one"))
    report = pipeline.index([old], machine("two"))
    assert report.searchable == 1
    assert titles(machine("reader")) == ["Tít đã sửa"]
    pipeline.index([write(tmp_path / "newest", ("https://bao.example/1", "Tít sửa lần hai"), age=-500)], machine("two"))
    assert titles(machine("reader")) == ["Tít sửa lần hai"]


def test_copies_of_one_time_are_told_apart_the_same_way_everywhere(
    machine: Callable[[str], Settings], tmp_path: Path
) -> None:
    first = write(tmp_path / "a", ("https://bao.example/1", "Bản ở thư mục a"))
    second = write(tmp_path / "b", ("https://bao.example/1", "Bản ở thư mục b"))
    pipeline.index([second], machine("two"))
    pipeline.index([first], machine("one"))
    assert titles(machine("reader")) == ["Bản ở thư mục a"]
    pipeline.rebuild(machine("two"))
    pipeline.index([second], machine("three"))
    assert titles(machine("reader")) == ["Bản ở thư mục a"]


def test_no_machine_removes_what_is_anothers(machine: Callable[[str], Settings], tmp_path: Path) -> None:
    new = write(tmp_path / "new", ("https://bao.example/1", "Tít đã sửa"))
    old = write(tmp_path / "old", ("https://bao.example/1", "Tít cũ"), ("https://bao.example/2", "Bài riêng"), age=500)
    pipeline.index([new], machine("one"))
    pipeline.index([old], machine("two"))
    assert sum(pipeline.remove([BySource(str(old))], machine("two"))) == 2
    assert titles(machine("reader")) == ["Tít đã sửa"]
    pipeline.remove([BySource(str(new))], machine("one"))
    assert titles(machine("reader")) == []


def test_a_machine_may_go_back_to_an_older_copy_of_its_own(machine: Callable[[str], Settings], tmp_path: Path) -> None:
    new = write(tmp_path / "new", ("https://bao.example/1", "Tít đã sửa"))
    old = write(tmp_path / "old", ("https://bao.example/1", "Tít cũ"), age=500)
    pipeline.index([new, old], machine("one"))
    assert titles(machine("reader")) == ["Tít đã sửa"]
    pipeline.remove([BySource(str(new))], machine("one"))
    assert titles(machine("reader")) == ["Tít cũ"]


def test_a_rebuild_is_made_of_the_clusters_own_articles(machine: Callable[[str], Settings], tmp_path: Path) -> None:
    pages = [write(tmp_path / who, (f"https://bao.example/{who}", f"Chuyện ở {who}")) for who in ("one", "two")]
    for page, who in zip(pages, ("one", "two"), strict=True):
        pipeline.index([page], machine(who))
        page.unlink()
    with closing(open_index(machine("reader"))) as reader:
        assert pipeline.rebuild(machine("two")) == (2, [])
        assert found(reader, "bưởi") == 2  # a reader that was open before goes on with the new one
        assert reader.statistics() is not None
    assert pipeline.remove([BySource(str(pages[0]))], machine("one")) == [1]  # it is still machine one's
    assert titles(machine("reader")) == ["Chuyện ở two"]


def test_what_an_editor_said_holds_on_every_machine(machine: Callable[[str], Settings], tmp_path: Path) -> None:
    page = write(tmp_path / "1", ("https://bao.example/1", "Mùa bưởi đến sớm"))
    pipeline.index([page], machine("one"))
    with closing(open_index(machine("reader"))) as index:
        (article,) = index.ids()
    corrected = correct(article, machine("desk"), add=["KR"])
    assert corrected
    assert [place.id for place in corrected.countries] == ["KR"]

    def about_korea() -> int:
        with closing(open_index(machine("reader"))) as index:
            return index.search(Request(Query(HasFacet("country", ("KR",))))).total

    assert about_korea() == 1
    pipeline.index([write(tmp_path / "1", ("https://bao.example/1", "Mùa bưởi đến muộn"))], machine("one"))
    assert (titles(machine("reader")), about_korea()) == (["Mùa bưởi đến muộn"], 1)
    pipeline.rebuild(machine("two"))
    assert about_korea() == 1
    correct(article, machine("one"), clear=True)
    assert about_korea() == 0
    undo(article, machine("two"))
    assert about_korea() == 1


def test_corrections_are_taken_out_and_laid_over_again(machine: Callable[[str], Settings], tmp_path: Path) -> None:
    pipeline.index([write(tmp_path / "1", ("https://bao.example/1", "Mùa bưởi đến sớm"))], machine("one"))
    with closing(open_index(machine("reader"))) as index:
        (article,) = index.ids()
    correct(article, machine("desk"), add=["KR"])
    (line,) = exported(machine("reader"))
    assert (line["article"], line["title"], line["place"]) == (article, "Mùa bưởi đến sớm", "KR")
    correct(article, machine("desk"), clear=True)
    assert list(exported(machine("reader"))) == []
    later = line | {"url": "https://bao.example/2"}
    told = imported([json.dumps(one).encode() for one in (line, later)], machine("two"))
    assert (told.corrections, told.articles, told.unknown, told.refused) == (2, 2, 1, [])
    assert list(exported(machine("reader"))) == [line]
    pipeline.index([write(tmp_path / "2", ("https://bao.example/2", "Bưởi được giá"))], machine("one"))
    assert [one["place"] for one in exported(machine("reader"))] == ["KR", "KR"]


def test_a_date_and_the_way_back_are_the_same_on_every_machine(
    machine: Callable[[str], Settings], tmp_path: Path
) -> None:
    pipeline.index([write(tmp_path / "1", ("https://bao.example/1", "Mùa bưởi đến sớm"))], machine("one"))
    with closing(open_index(machine("reader"))) as index:
        (article,) = index.ids()
    settings = replace(machine("desk"), editor=True, editor_secret="x" * 16)
    client = create_app(settings).test_client()

    def page(path: str) -> BeautifulSoup:
        return BeautifulSoup(client.get(path).text, "lxml")

    def sent(tree: BeautifulSoup, action: str) -> dict[str, str]:
        hidden = tree.select(f'form[action$="{action}"] input[type=hidden]')
        return {one["name"]: one["value"] for one in hidden}

    client.post("/bien-tap", data=sent(page("/bien-tap"), "/bien-tap") | {"secret": "x" * 16})
    form = sent(page(f"/bai/{article}/sua"), "/sua") | {"date": "2/2022", "note": "xem lại"}
    assert client.post(f"/bai/{article}/sua", data=form).status_code == 303

    def in_2022() -> int:
        with closing(open_index(machine("reader"))) as index:
            return index.search(Request(Query(HasFacet("year", ("2022-02",))))).total

    assert in_2022() == 1
    (change,) = history(article, machine("two"))
    assert (change.note, change.after[0].name) == ("xem lại", "2022-02")
    pipeline.rebuild(machine("two"))
    assert in_2022() == 1
    undone = page(f"/bai/{article}/sua")
    assert client.post(f"/bai/{article}/hoan-tac", data=sent(undone, "/hoan-tac")).status_code == 303
    assert in_2022() == 0
    assert history(article, machine("one"))[0].undone


def test_nobody_writes_what_a_rebuild_would_lose(machine: Callable[[str], Settings], tmp_path: Path) -> None:
    pipeline.index([write(tmp_path / "1", ("https://bao.example/1", "Mùa bưởi đến sớm"))], machine("one"))
    page = write(tmp_path / "2", ("https://bao.example/2", "Cầu mới qua sông"))

    def interrupted() -> None:
        with closing(shared_index(machine("two"))) as index, index.rebuild():
            with pytest.raises(IndexBusy):
                pipeline.index([page], machine("one"))
            assert titles(machine("reader")) == ["Mùa bưởi đến sớm"]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert titles(machine("reader")) == ["Mùa bưởi đến sớm"]
    assert pipeline.index([page], machine("one")).searchable == 2  # it waited in the catalogue


def test_a_rebuild_that_was_killed_bars_nobody(
    machine: Callable[[str], Settings], tmp_path: Path, opensearch_cluster: Cluster
) -> None:
    page = write(tmp_path / "1", ("https://bao.example/1", "Mùa bưởi đến sớm"))
    pipeline.index([page], machine("one"))
    name = machine("one").shown.rpartition("/")[2]
    # what is left of one: a generation half full, a lock that nobody renews, an index that takes no writes
    opensearch_cluster.ask(0, f"/{name}-g2", "PUT", {})
    opensearch_cluster.ask(0, f"/{name}-state/_doc/lock?refresh=true", "PUT", {"kind": "lock", "by": "x", "token": "t"})
    opensearch_cluster.ask(0, f"/{name}-g1/_settings", "PUT", {"index.blocks.write": True})
    pipeline.index([write(tmp_path / "2", ("https://bao.example/2", "Cầu mới qua sông"))], machine("two"))
    assert len(titles(machine("reader"))) == 2
    assert pipeline.rebuild(machine("two")).articles == 2
    assert list(opensearch_cluster.ask(0, f"/_alias/{name}")) == [f"{name}-g2"]  # what was half made was removed
    assert list(opensearch_cluster.ask(0, f"/{name}-g*/_alias")) == [f"{name}-g2"]


def test_an_index_that_is_not_there_or_of_another_version_is_refused_with_the_way_out(
    machine: Callable[[str], Settings], tmp_path: Path, opensearch_cluster: Cluster
) -> None:
    with pytest.raises(IndexMissing, match="timbao index PATH --index http"):
        open_index(machine("reader"))
    pipeline.index([write(tmp_path / "1", ("https://bao.example/1", "Mùa bưởi đến sớm"))], machine("one"))
    name = machine("one").shown.rpartition("/")[2]
    meta = opensearch_cluster.ask(0, f"/{name}/_mapping")[f"{name}-g1"]["mappings"]["_meta"]
    meta["timbao"]["segmenter"] = "another"
    opensearch_cluster.ask(0, f"/{name}/_mapping", "PUT", {"_meta": meta})
    with pytest.raises(IndexOutdated, match="timbao rebuild --index http"):
        open_index(machine("reader"))
    assert pipeline.rebuild(machine("one")).articles == 1
    assert titles(machine("reader")) == ["Mùa bưởi đến sớm"]


def test_statistics_and_words_are_written_once_for_all(machine: Callable[[str], Settings], tmp_path: Path) -> None:
    pipeline.index([write(tmp_path / "1", ("https://bao.example/1", "Mùa bưởi đến sớm"))], machine("one"))
    with closing(open_index(machine("reader"))) as one, closing(open_index(machine("another"))) as other:
        assert isinstance(one, SharedIndex)
        first, second = one.statistics(), other.statistics()
        assert first
        assert second
        assert first.stories == second.stories == 1
        assert first.forms_of("buoi", 3) == ["bưởi"]
        tables = [one.lexicon(), other.lexicon()]
        assert [table and table.count("bưởi", compound=False) for table in tables] == [1, 1]
        pipeline.index([write(tmp_path / "2", ("https://bao.example/2", "Lại mùa bưởi"))], machine("two"))
        with closing(open_index(machine("later"))) as later:
            assert (table := later.lexicon())
            assert table.stories == 2
    assert not (tmp_path / "reader").exists()  # a machine that only reads keeps nothing
