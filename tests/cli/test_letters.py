"""What stands for a letter that an encoding does not have."""

from unicodedata import normalize

import pytest

from search_app.cli.letters import nearest_letters

TEXT = "Đồng chí Nguyễn Ỷ ở Thừa Thiên Huế, phường Vĩnh Tuy: ẮẰẴẶ ăâđêôơư ýỳỷỹỵ – “vàng” 2.000 ₫"


def test_the_vietnamese_of_old_windows_loses_nothing() -> None:
    written = TEXT.encode("cp1258", nearest_letters("cp1258"))
    assert normalize("NFC", written.decode("cp1258")) == TEXT


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "latin-1"])
def test_others_get_letters_without_marks(encoding: str) -> None:
    assert "Th?a" not in (read := TEXT.encode(encoding, nearest_letters(encoding)).decode(encoding))
    assert "Nguy" in read
    assert "Thua Thi" in read


def test_what_has_no_letter_is_a_question_mark() -> None:
    assert "日本 x".encode("ascii", nearest_letters("ascii")) == b"?? x"
