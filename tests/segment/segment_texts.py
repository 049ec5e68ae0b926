"""Sentences, and a strategy for text as it is written and as it is not."""

from hypothesis import strategies as st

from indexer.segment.installed import PyviFiles

SENTENCES = [
    "Hà Nội là thủ đô của nước Cộng hoà xã hội chủ nghĩa Việt Nam.",
    'Theo ông Nguyễn Văn A, "dự án" có tổng vốn đầu tư 1.250,5 tỷ đồng (khoảng 50 triệu USD).',
    "UBND tỉnh Thanh Hoá ký hợp tác với tỉnh Gyeongsangbuk-do,\nHàn Quốc ngày 1/8/2014...",
    "Tp. HCM: PGS.TS Trần B. ==> xem http://example.vn/a_b?c=d, hỏi a.b@example.com.vn",
    "ĐẠI HỌC QUỐC GIA HÀ NỘI đại học quốc gia hà nội Đại Học Quốc Gia Hà Nội",
    "Bộ trưởng Bộ Công an Tô Lâm tiếp Đại sứ Nhật Bản tại Việt Nam",
]


def _syllables() -> list[str]:
    entries = PyviFiles.find().dictionary.read_text(encoding="utf-8").split("\n")
    return sorted({syllable for entry in entries[::40] for syllable in entry.split(" ") if syllable})


_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
_SIGNS = ".,:;!?…“”\"'()[]%/-–_+*=<>@#&^|~$\\"
_syllable = st.sampled_from(_syllables())
_cased = st.builds(
    lambda change, text: change(text), st.sampled_from([str, str.title, str.upper, str.capitalize]), _syllable
)
_made_up = st.text(_LETTERS + _LETTERS.upper() + "fjwzÐ", min_size=1, max_size=6)
_number = st.from_regex(r"[0-9]{1,3}([.,_/:-][0-9]{1,3}){0,3}[%a-z]?", fullmatch=True)
_address = st.from_regex(r"(https?://)?[a-z_]{1,3}([.@][a-z0-9-]{1,3}){1,3}(/[^ ]{0,4})?", fullmatch=True)
_fixed = st.sampled_from(
    ["Tp.", "TP.", "ThS.", "Mr.", "==>", "->", "...", ">>", "\n", "\t", "\u00a0", "\x00", "a\x00b", "²"]
)
_piece = st.one_of(
    _cased, _cased, _cased, _made_up, _number, _address, _fixed, st.sampled_from(_SIGNS), st.text(max_size=4)
)
_gap = st.sampled_from([" ", " ", " ", " ", "", "  ", "\n", "\r\n", "\u2003"])


def _laid(pieces: list[str], gaps: list[str]) -> str:
    return "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=False))


vietnamese = st.builds(_laid, st.lists(_piece, max_size=14), st.lists(_gap, min_size=14, max_size=14))
