"""Lines of a story that are not its paragraphs: photo credits, captions, bylines, sources, signatures.

Each entry holds on many sites; none names a site. Some patterns are for the text as it is typed, because capitals tell
much; the others are for text in normal form (lower case, new tone placement).
"""

from __future__ import annotations

import re

from indexer.extract.dump.tables import UPPER, any_of

_CREDIT = any_of("""
    Ảnh
    ẢNH
    Ảnh/Video
    Hình(?: ảnh)?
    Nguồn (?:ảnh|hình|clip|video)
    Photo
    Đồ họa
    Đồ hoạ
    Clip
    Video
    VIDEO
    Infographics?
    Tranh
""")
# "(Ảnh: A)", "Ảnh: B/TTXVN", "- Ảnh 2.", "Video: C". Searched in the text as it is typed.
PHOTO_CREDIT = re.compile(
    rf"(?:[(\[]|[-–—.,;:/|]\s*|^|(?<!\s)\s{{2,}}|[!?…”\"]\s){_CREDIT}\s*"
    rf"(?::|\||-\s?(?=[{UPPER}])|minh h[oọ][aạ]|ch[uụ]p|tư liệu|phối cảnh|cắt từ|internet"
    r"|\d{1,2}\s*+(?:[.)\]]\s*+)?$)"
)
# One of these stands in whatever PHOTO_CREDIT finds: looked for first, because that is much faster.
CREDIT_HINTS = ("Ảnh", "ẢNH", "Hình", "Nguồn", "Photo", "Đồ h", "Clip", "Video", "VIDEO", "Infographic", "Tranh")

# How a caption says that it is one, when no credit does: at the beginning, what the picture shows.
CAPTION_OPENING = re.compile(
    any_of(r"""
    (?:quang cảnh|toàn cảnh|khung cảnh|hình ảnh|ảnh minh họa|trong ảnh|chân dung|một góc|phối cảnh|bản đồ|sơ đồ)\b
    (?:các )?đại biểu (?:tham dự|dự|chụp|tại|thực hiện)\b
""")
)
# Searched anywhere.
CAPTION_PHRASES = re.compile(
    any_of(r"""
    \bchụp (?:ảnh|hình) lưu niệm
    # somebody at a lectern: "A phát biểu tại hội nghị"
    \bphát biểu(?: ý kiến| chỉ đạo| khai mạc| kết luận)? tại (?:buổi|hội|cuộc|lễ)
    \b(?:kết luận|báo cáo|trao đổi|tham luận|chủ trì) tại (?:buổi|hội|cuộc|lễ)
    \b(?:phát biểu|trao đổi|chia sẻ|trả lời) (?:tại|trong) (?:phiên|toạ đàm|chương trình|sự kiện|đại hội|kỳ họp|họp báo)
    # who is who in it
    \((?:trái|phải|giữa|bìa (?:trái|phải)|thứ \w+ từ (?:trái|phải)[\w ]*|ngoài cùng[\w ]*|bên (?:trái|phải)|áo \w+)\)
""")
)
CAPTION_HINTS = ("lưu niệm", " tại ", " trong ", "(")
IMAGE_NAME = re.compile(
    r"\[?\S{1,120}\.(?:jpe?g|png|gif|webp|bmp|svg|mp4|mp3|avif|heic)\]?(?:\s*\(\d[^)]*\))?", re.IGNORECASE
)

_NAME = rf"[{UPPER}][\w’'.]*"
_ROLE = any_of(r"""
    Tác giả|Người viết|Biên tập|Biên dịch|Thực hiện|Trình bày|Thiết kế|Nội dung|Đồ họa|Kỹ thuật
    Bài viết|Bài|Tin
    PV|P\.V|CTV|BTV|Phóng viên|Nhóm PV
    By|Viết bởi|Bởi
""")
# A line of names: "Việt Hoan - Kim Oanh (Ảnh: ...)", "Tin, ảnh: A", "Theo B", "HẠNH TRẦN". As typed, a whole line.
BYLINE = re.compile(
    rf"(?:{_ROLE}\b(?:\s*(?:[,&/]|và)\s*(?:ảnh|clip|video|bài|Ảnh|Video|Bài|Tin))*\s*+(?:[:.]\s*+)?|Theo\s+)?"
    rf"(?:{_NAME}(?:\s++(?:[-–/&,;|+]\s*+)?(?:và\s+)?|[-–/&,;|+]\s*|$)){{1,9}}"
    rf"(?:\((?:t/h|tổng hợp|ghi|lược dịch|dịch|thực hiện|tổng hợp và biên dịch|[{UPPER}][^)]{{1,60}})\))?\W*"
)
# The writers, then who took the pictures: "A; Ảnh: B", "A - B (Ảnh: C)". One name before a full stop is a caption.
BYLINE_AND_PHOTO = re.compile(
    rf"{_NAME}(?:\s{_NAME}){{1,3}}(?:\s?[;,]|(?:\s?[-–,]\s?{_NAME}(?:\s{_NAME}){{1,3}})+[;,.]?)\s*\(?Ảnh\s*:.{{2,40}}"
)
BYLINE_WORDS = re.compile(
    r"\W*(?:(?:tác giả|bài viết|bài|tin|người viết|bài, ảnh|bài và ảnh|tin, ảnh|tin và ảnh|tin ảnh|tin bài|thực hiện"
    r"|nhóm pv|pv|p\.v|ctv|phóng viên|biên tập|bài, clip|by)(?:\s*[:/-]\s*\S.{0,60}|\s*$)"
    r"|.{2,40}\((?:t/h|tổng hợp|ghi|lược dịch|dịch|thực hiện)\)\W*$)"
)
SOURCE = re.compile(
    r"\W*"
    + any_of(r"""
    nguồn(?: tin)?(?: bài)?\s*(?::.*|$|\S.{0,60}https?://.*)
    nguồn(?: tin)? [\w.]+(?: [\w.]+){0,5}
    theo (?!đó\b|dõi\b)[\w./,-]+(?: [\w./,-]+){0,6}
    \(?theo [^,]{2,50}\)
    link (?:bài )?gốc.*
    https?://\S+
""")
    + r"\W*"
)

# Who speaks, at the beginning of a paragraph of an interview: "Phóng viên:", "Ông Nguyễn Văn A:". As typed.
SPEAKER = re.compile(
    r"(?:PV|P\.V|Phóng viên|PHÓNG VIÊN|Hỏi|Đáp|Trả lời|MC|Nhà báo|Độc giả"
    rf"|(?:[\w.]{{2,8}}\s+)?{_NAME}(?:\s+{_NAME}){{1,6}}(?:\s*\([^()]{{2,60}}\))?)\s*:"
)

# "(Báo Mẫu) - ", "BMO - ", "Baomau.vn - ": the paper's signature before the first words of a story. As typed.
SIGNATURE = re.compile(
    rf"(?:\((?P<round>[{UPPER}][\w.&/ ]{{1,24}})\)"
    r"|(?P<bare>[A-ZĐ][A-ZĐa-z]{0,11}(?:\.[a-z]{2,4}){1,2}|[A-ZĐ]{2,8}|[A-ZĐ]\w+ [Oo]nline))"
    r"\s*[-–—]\s*(?=[\w\"“'‘(])"
)
# News about a day begins so: "Ngày 3/7,", "Chiều 28/11,", "Sáng nay (5/3)".
DAY_OPENING = re.compile(
    r"(?:vào |trong |từ |tính đến |đến |hôm )?"
    r"(?:(?:rạng )?(?:sáng|chiều|tối|trưa|đêm)(?: sớm)?(?: nay| qua| mai)?,?(?: ngày)?|ngày|hôm nay|hôm qua)"
    r"[ ,]*\(?\d{1,2}\s?(?:[/-]|tháng)\s?\d{1,2}"
)
