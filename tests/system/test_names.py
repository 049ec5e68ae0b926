"""How files are called where capitals, long names and some short ones do not mean what they mean here."""

import sqlite3
from pathlib import Path

import pytest

from indexer.system.names import _as_listed, _sqlite_address, extended, sqlite_address


def test_a_file_has_the_name_that_its_folder_lists(tmp_path: Path) -> None:
    file = tmp_path / "Báo" / "Trang Nhất.html"
    file.parent.mkdir()
    file.touch()
    typed = tmp_path / "BA\u0301O" / "trang nhất.HTML"  # as macOS spells it, and other capitals
    assert _as_listed(typed) == _as_listed(file) == file
    assert _as_listed(tmp_path / "không có" / "A.html") == tmp_path / "không có" / "A.html"


def test_two_files_that_differ_in_capitals_stay_two_where_there_are_two(tmp_path: Path) -> None:
    for name in ("tin.html", "Tin.html"):
        (tmp_path / name).touch()
    assert _as_listed(tmp_path / "Tin.html").name == "Tin.html"
    assert _as_listed(tmp_path / "TIN.html").name == "TIN.html"


@pytest.mark.parametrize("name", ["con.html", "NUL", "aux .txt", "Com1.htm", "tin.", "tin ", "lpt9.mhtml", "a" * 250])
def test_odd_names_are_taken_as_they_stand(name: str) -> None:
    assert extended(rf"C:\Bao\{name}") == rf"\\?\C:\Bao\{name}"
    assert extended(rf"\\may\kho\{name}\a.html") == rf"\\?\UNC\may\kho\{name}\a.html"


@pytest.mark.parametrize("name", ["contact.html", "auxin.html", "com.html", "tin.con", "null.txt", "console"])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert extended(rf"C:\Bao\{name}") == rf"C:\Bao\{name}"


@pytest.mark.parametrize("name", ["bao cũ", "a?b#c%20d", "a&b=c"])
def test_sqlite_opens_an_address(name: str, tmp_path: Path) -> None:
    for address in (
        sqlite_address(tmp_path / name),
        _sqlite_address(str(tmp_path / name)[1:]),
    ):
        sqlite3.connect(f"{address}?mode=rwc", uri=True).execute("CREATE TABLE IF NOT EXISTS a (b)").connection.close()
    assert [one.name for one in tmp_path.iterdir()] == [name]
