"""Letters that were lost on the way: converted, mended, or refused by name."""

import pytest

from indexer.errors import UnreadablePage
from indexer.vietnamese.encodings import decode
from indexer.vietnamese.legacy import from_viscii, is_torn, mended

TEXT = (
    "Người thợ mộc của làng đã đóng được một chiếc thuyền với những tấm ván mới. Trong xưởng, đến trưa mọi người vẫn "
    "làm việc, và những đứa trẻ đứng xem. Đó là chiếc thuyền thứ bảy của năm."
)


def viscii(text: str) -> bytes:
    table = {from_viscii(bytes([code])): code for code in range(256)}
    return bytes(table[char] for char in text)


def test_viscii_is_converted_declared_or_not():
    assert decode(viscii(TEXT), declared="VISCII", source="x") == TEXT
    assert decode(viscii(TEXT), declared=None, source="x") == TEXT
    assert len({from_viscii(bytes([code])) for code in range(256)}) == 256


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_torn_utf8_is_mended(times, encoding):
    torn = TEXT
    for _ in range(times):
        torn = "".join(
            bytes([byte]).decode(encoding) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
            for byte in torn.encode()
        )
    assert decode(torn.encode(), declared=None, source="x") == TEXT


def test_torn_text_that_lost_letters_is_refused():
    torn = "".join(char for char in TEXT.encode().decode("cp1252", "ignore") if ord(char) not in range(0x80, 0xA0))
    torn = torn.replace("\u1ebf", "") * 3
    if is_torn(mended(torn)):
        with pytest.raises(UnreadablePage, match="damaged"):
            decode(torn.encode(), declared=None, source="x")


def test_true_vietnamese_and_other_languages_stay():
    for text in (TEXT, "Ça fait longtemps, déjà à l'été. Âme, cœur.", "Größe, Straße, übermäßig"):
        assert decode(text.encode(), declared=None, source="x") == text


def test_vps_is_named():
    text = "NgÜ©i thợ cûa làng ÇÜ®c m¶t chiếc".replace("ợ", "o").replace("ế", "e")
    with pytest.raises(UnreadablePage, match="VPS"):
        decode(text.encode("cp1252"), declared=None, source="x")


def test_a_torn_paragraph_of_a_page_that_is_right_otherwise_is_mended():
    whole = f"<p>{TEXT}</p>" * 6
    torn = TEXT.encode().decode("latin-1")
    assert mended(f"{whole}<p>{torn}</p>{whole}") == f"{whole}<p>{TEXT}</p>{whole}"
