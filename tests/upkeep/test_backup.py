"""A backup is whole as of one moment, whatever is done with the index meanwhile, and comes back as it was."""

import json
import shlex
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from command import run
from crash_corpus import write_corpus
from crash_index import look, picture

from indexer import pipeline
from indexer.catalogue.store import FILE, Catalogue, writer_lock
from indexer.errors import BackupError, IndexBroken, IndexBusy, IndexMissing
from indexer.index.generation import generation
from indexer.settings import Settings
from indexer.upkeep import moment
from indexer.upkeep.backup import LIST, backup, restore, snapshot_commands
from search_app.service import SearchService

STORIES = 12


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of several commits, some articles of which were changed and removed."""
    pytest.importorskip(request.param, reason="the optional engine tantivy is not installed")
    folder = tmp_path_factory.mktemp(request.param)
    settings = Settings(index=folder / "the index", engine=request.param, workers=1, commit_every=10)
    for version in (0, 1):
        write_corpus(folder / "pages", version, STORIES)
        pipeline.index([folder / "pages"], settings)
    return settings


def folder_of(settings: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(settings.index, tmp_path / "the index")
    return replace(settings, index=tmp_path / "the index")


def test_it_comes_back_as_it_was(made: Settings, tmp_path: Path) -> None:
    told = backup(made, tmp_path / "saved")
    assert (told.articles, told.waiting, told.engine) == (len(look(made.index, 1).indexed), 0, made.engine)
    assert picture(tmp_path / "saved") == picture(made.index)  # a backup is an index itself
    again = Settings(index=tmp_path / "elsewhere" / "again")
    assert restore(tmp_path / "saved", again).next == ""
    assert picture(again.index) == picture(made.index)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "saved"]
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["again"]
    write_corpus(tmp_path / "pages", 0, STORIES)
    pipeline.index([tmp_path / "pages"], again)
    look(again.index, 1)


@pytest.mark.parametrize("work", ["index", "rebuild"])
def test_it_is_whole_while_others_write(made: Settings, tmp_path: Path, work: str) -> None:
    settings = replace(folder_of(made, tmp_path), commit_every=3)
    write_corpus(tmp_path / "pages", 1, STORIES)

    def write() -> None:
        if work == "rebuild":
            pipeline.rebuild(settings)
            return
        write_corpus(tmp_path / "pages", 2, STORIES)
        pipeline.index([tmp_path / "pages"], settings)

    writer = Thread(target=write)
    writer.start()
    taken = []
    while not taken or writer.is_alive():
        taken.append(tmp_path / f"saved {len(taken)}")
        backup(settings, taken[-1])
    writer.join()
    for place in taken[:: max(len(taken) // 6, 1)]:
        look(place, 2)


def test_it_goes_on_where_it_was_taken(made: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = folder_of(made, tmp_path)
    with closing(Catalogue.create(settings.index)) as catalogue:
        catalogue.pending.again(list(catalogue.copies.ids())[:3])
    told = backup(settings, tmp_path / "saved")
    assert told.waiting == 3
    again = Settings(index=tmp_path / "again")
    assert restore(tmp_path / "saved", again).next == f"timbao index PATH --index {again.index}"


def test_nothing_is_overwritten(made: Settings, tmp_path: Path) -> None:
    place = tmp_path / "a place"
    backup(made, place)
    before = (place / LIST).read_bytes()
    refused = run("backup", place, "--index", made.index)
    assert (refused.exit_code, refused.stderr) == (
        2,
        f"timbao: {place} is there already: a backup takes a new folder\n",
    )
    assert "đã có" in run("--lang", "vi", "backup", place, "--index", made.index).stderr
    assert (place / LIST).read_bytes() == before
    settings = folder_of(made, tmp_path)
    refused = run("restore", place, "--index", settings.index)
    assert refused.exit_code == 2
    command = refused.stderr.partition("to replace it: ")[2]
    assert run(*shlex.split(command)[1:]).exit_code == 0
    look(settings.index, 1)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").touch()
    with pytest.raises(BackupError, match=r"holds what is no index \(dear.txt\)"):
        restore(place, Settings(index=tmp_path / "letters"), replace=True)
    with pytest.raises(BackupError, match="is the backup itself"):
        restore(place, Settings(index=place), replace=True)
    with writer_lock(settings.index), pytest.raises(IndexBusy):
        restore(place, settings, replace=True)


def test_a_server_takes_up_what_was_restored(made: Settings, tmp_path: Path) -> None:
    settings = folder_of(made, tmp_path)
    backup(settings, tmp_path / "saved")
    wanted = len(look(settings.index, 1).indexed)
    pages = sorted((made.index.parent / "pages").iterdir())
    with closing(SearchService.open(settings)) as service:
        assert run("remove", *pages, "--index", settings.index).exit_code == 0
        assert service.search(service.request(text="tin")).total == 0
        restore(tmp_path / "saved", settings, replace=True)
        assert service.search(service.request(text="tin")).total == wanted


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("harm", [_cut, _flip, Path.unlink])
def test_a_changed_backup_is_refused_and_changes_nothing(
    made: Settings, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    settings = folder_of(made, tmp_path)
    told = backup(settings, tmp_path / "saved")
    before = picture(settings.index)
    for file in told.files:
        shutil.copytree(tmp_path / "saved", tmp_path / "harmed")
        harm(tmp_path / "harmed" / file.name)
        with pytest.raises(BackupError, match=f"{file.name} is missing or no longer what it was"):
            restore(tmp_path / "harmed", settings, replace=True)
        shutil.rmtree(tmp_path / "harmed")
    harm(tmp_path / "saved" / LIST)
    if harm is not _flip:
        with pytest.raises(BackupError, match="is no backup"):
            restore(tmp_path / "saved", settings, replace=True)
    assert picture(settings.index) == before


def test_what_the_list_of_a_backup_may_name(made: Settings, tmp_path: Path) -> None:
    backup(made, tmp_path / "saved")
    told = json.loads((tmp_path / "saved" / LIST).read_text())
    for changed in ({"format": 2}, {"files": [{"name": "../x", "size": 1, "digest": ""}]}):
        (tmp_path / "saved" / LIST).write_text(json.dumps(told | changed))
        with pytest.raises(BackupError, match="newer version"):
            restore(tmp_path / "saved", Settings(index=tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def test_of_an_index_that_cannot_be_read_the_catalogue_is_kept(made: Settings, tmp_path: Path) -> None:
    settings = folder_of(made, tmp_path)
    wanted = picture(settings.index)
    for number, file in enumerate(("CURRENT", "articles.sqlite")):
        path = settings.index / "engine" / file if file == "CURRENT" else generation(settings.index) / file
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 3])
        place = tmp_path / f"saved {number}"
        done = run("backup", place, "--index", settings.index)
        assert done.exit_code == 0
        assert "only the catalogue was copied, the index cannot be read" in done.stderr
        assert not (place / "engine").exists()
        path.write_bytes(whole)
        new = tmp_path / f"new {number}"
        told = run("restore", place, "--index", new)
        assert told.exit_code == 0
        command = told.stderr.partition("to search all of it: ")[2]
        assert run(*shlex.split(command)[1:], "--engine", made.engine or "").exit_code == 0
        assert picture(new) == wanted


def test_a_damaged_catalogue_is_told_and_leaves_no_backup(made: Settings, tmp_path: Path) -> None:
    settings = folder_of(made, tmp_path)
    data = bytearray((settings.index / FILE).read_bytes())
    data[20_000:-20_000] = bytes(len(data) - 40_000)
    (settings.index / FILE).write_bytes(data)
    with pytest.raises(IndexBroken, match="nothing was backed up"):
        backup(settings, tmp_path / "saved")
    with pytest.raises(IndexMissing):
        backup(Settings(index=tmp_path / "none"), tmp_path / "saved")
    assert [path.name for path in tmp_path.iterdir()] == ["the index"]


def test_a_backup_of_an_older_version_says_what_to_run(made: Settings, tmp_path: Path) -> None:
    settings = folder_of(made, tmp_path)
    manifest = generation(settings.index) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"schema": 1}))
    backup(settings, tmp_path / "saved")
    again = Settings(index=tmp_path / "again")
    assert restore(tmp_path / "saved", again).next == f"timbao rebuild --index {again.index}"
    pipeline.rebuild(again)
    look(again.index, 1)


def test_an_index_that_never_rests_is_told(made: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moment, "PATIENCE", 0.05)
    numbers = iter(range(1_000_000))
    monkeypatch.setattr(moment, "changes", lambda _: next(numbers))
    with pytest.raises(IndexBusy, match="without a pause"):
        backup(made, tmp_path / "saved")
    assert not list(tmp_path.iterdir())


def test_of_a_cluster_the_catalogue_is_kept_and_its_own_command_is_named(made: Settings, tmp_path: Path) -> None:
    address = "http://one.example:9200,http://two.example:9200/bao"
    (tmp_path / "catalogue").mkdir()
    with closing(sqlite3.connect(made.index / FILE)) as db:
        db.execute("VACUUM INTO ?", (str(tmp_path / "catalogue" / FILE),))
    settings = Settings(index=tmp_path / "catalogue", cluster=address)
    assert {file.name for file in backup(settings, tmp_path / "saved").files} == {FILE}
    take, put_back = snapshot_commands(settings)
    assert take.startswith("curl -X PUT 'http://one.example:9200/_snapshot/REPOSITORY/bao-")
    assert '"indices": "bao-*"' in take
    assert "/_restore" in put_back
    again = replace(settings, index=tmp_path / "again")
    assert restore(tmp_path / "saved", again).next == ""
    with closing(Catalogue.open(again.index)) as catalogue:
        assert catalogue.copies.count() > 0
