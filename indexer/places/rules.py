"""What the words beside a name make of it: the whole knowledge of contexts, as tables.

A :class:`Rule` lists phrases and the factor that a mention gets where one of them applies: 0 is no place at all, below
1 a place that the story is hardly about (where somebody was born), above 1 where something happens or who is in charge.
The ``..._BEFORE`` tables look at the words that end right before the name (a word for its kind in between, "công an
*tỉnh* ...", is passed over), ``..._CLAUSE`` anywhere before it in the same clause, ``..._AFTER`` right behind it. The
longest phrase wins, in a clause the nearest. Phrases are lower-case in one spelling; the other tone placement is
understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from indexer.places.spelling import key, spellings


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: its name (shown as evidence), what it does to a mention, and the phrases it is known by.

    ``near``: in a clause, it does not reach over a comma.
    """

    name: str
    factor: float
    phrases: tuple[str, ...] = ()
    near: bool = False


class Table:
    """Rules by phrase, in every spelling; of two rules with one phrase the first wins."""

    def __init__(self, *rules: Rule) -> None:
        self.rules = rules

    @cached_property
    def phrases(self) -> dict[str, Rule]:
        """The rule for each spelling of each phrase."""
        table: dict[str, Rule] = {}
        for rule in self.rules:
            for phrase in rule.phrases:
                for form in spellings(phrase):
                    table.setdefault(form, rule)
        return table

    @cached_property
    def last_words(self) -> frozenset[str]:
        """The words that end a phrase: where none of them stands, no rule applies."""
        return frozenset(phrase.rpartition(" ")[2] for phrase in self.phrases)


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase for part in text.split("|") if (phrase := " ".join(part.split())))


def _rule(name: str, factor: float, phrases: str, *, near: bool = False) -> Rule:
    return Rule(name, factor, _phrases(phrases), near)


def _forms(text: str) -> frozenset[str]:
    return frozenset(form for phrase in _phrases(text) for form in spellings(phrase))


LONGEST = 4  # words in the longest phrase of a BEFORE table
CLAUSE_LONGEST = 3  # of a CLAUSE table
NOT_A_PLACE = 0.0

# The word for a name's kind, as written before it, and the kind it means. "" is too small a kind to be of any use.
KINDS: Mapping[str, str] = {
    form: kind
    for kind, words in {
        "tỉnh": "tỉnh",
        "thành phố": "thành phố|tp|tp.|t.p|t.p.",
        "quận": "quận|q.|q",
        "huyện": "huyện|h.|huyện đảo",
        "thị xã": "thị xã|tx|tx.|t.x|t.x.",
        "phường": "phường|p.",
        "xã": "xã|x.",
        "đặc khu": "đặc khu",
        "": "thị trấn|tt.|thôn|ấp|bản|làng|khu phố|tổ|buôn|xóm|khóm",
    }.items()
    for form in _forms(words)
}
# Where the last word only looks like a kind.
NO_KIND = _forms("cơ bản|văn bản|nhật bản|phiên bản|xuất bản|ấn bản|làm tổ|lý q|bản tổ|kịch bản|tài xã")
WARDS = frozenset({"phường", "xã", "đặc khu", ""})

# --- provinces, and the towns and districts that stand for one ------------------------------------------------------

PROVINCE_BEFORE = Table(
    _rule(
        "other",
        1.0,
        """yêu cầu|toàn cầu|nhu cầu|thông báo|cảnh báo|dự báo|lên đường|con đường|dấu hiệu|tín hiệu|cửa ngõ|đoàn luật sư
        |hội luật sư|hội nhạc sĩ|hội nhà văn|hội họa sĩ|bờ biển|vùng biển|ven biển|cửa biển|bãi biển|mặt biển""",
    ),
    _rule("street", NOT_A_PLACE, "đường|phố|đại lộ|ngõ|hẻm|xa lộ|ngã tư|ngã ba|đường phố|khu đô thị|chung cư|tòa nhà"),
    _rule(
        "person",
        NOT_A_PLACE,
        """anh|chị|ông|bà|em|cô|cháu|bé|chú|bác|cậu|dì|thầy|tên|cụ|thím|mợ|ca sĩ|nghệ sĩ|diễn viên|người mẫu|hoa hậu
        |á hậu|nsưt|nsnd|ntk|mc|bs|bác sĩ|luật sư|nhạc sĩ|đạo diễn|thượng tá|trung tá|đại tá|thiếu tá|siêu mẫu|danh hài
        |nhà thơ|nhà văn|họa sĩ|thiếu tướng|trung tướng|thượng úy|đại úy|trung úy""",
    ),
    _rule(
        "brand",
        NOT_A_PLACE,
        """bún bò|bún|phở|bánh|bia|rượu|nước mắm|nem|chè|kẹo|gốm|lụa|công ty|cty|ctcp|công ty cổ phần|công ty cp|tnhh
        |tập đoàn|khách sạn|nhà hàng|quán|ngân hàng|thương hiệu|hiệu|hãng|dntn|tàu|con tàu|chùa|vàng
        |trường thpt|trường thcs|trường tiểu học|bạc đá quý|tổng công ty|ga|shb|bidv|vietcombank|agribank""",
    ),
    _rule(
        "press",
        NOT_A_PLACE,
        "báo|tạp chí|tờ|nhật báo|kênh|báo công an|báo pháp luật|pháp luật|báo phụ nữ|thời báo|báo điện tử",
    ),
    _rule(
        "club",
        NOT_A_PLACE,
        "clb|câu lạc bộ|đội bóng|cđv|hlv|cầu thủ|thủ môn|tiền đạo|tiền vệ|hậu vệ|u17|u19|u21|u23|clb bóng đá|derby",
    ),
    _rule("work", NOT_A_PLACE, "ca khúc|bài hát|bài|phim|cuốn|tiểu thuyết|vở|vở diễn|hiệp định|chiến dịch|trận"),
    _rule("water", NOT_A_PLACE, "sông|cầu|cửa sông|sân vận động"),
    _rule("plant", 0.5, "thủy điện|hồ thủy điện|nhiệt điện|nhà máy thủy điện|nhà máy|chi nhánh|văn phòng đại diện"),
    _rule("travel", 0.6, "từ|đi|ra|về|lên|rời|đến từ|tới từ|hướng|vào"),
    _rule("origin", 0.25, "tuổi,|tuổi, ở"),
    # "Hải Dương (nay thuộc Hải Phòng)": said for the reader of today, who finds the old province under the new one.
    _rule("successor", 0.2, "nay là|nay thuộc|nay thuộc về|hiện thuộc|hiện là|giờ là|giờ thuộc"),
    _rule("compared", 0.5, "hơn|so với|như|giống|bằng|kém"),
    _rule(
        "plate",
        0.3,
        "biển số|biển kiểm soát|bks|biển|mang biển số|mang biển kiểm soát|xe|xe tải biển|biển số tỉnh|biển đăng ký",
    ),
    _rule(
        "authority",
        1.5,
        """công an|ca|ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|tand|tòa án nhân dân|vksnd|viện ksnd|viện kiểm sát
        |kiểm sát nhân dân|thành ủy|tỉnh ủy|huyện ủy|chính quyền|cảnh sát giao thông|csgt|pccc|ban quản lý
        |cảnh sát pccc|bộ đội biên phòng|bđbp|chỉ huy quân sự|bch quân sự|ban chỉ đạo|chủ tịch|bí thư|phó chủ tịch
        |sở y tế|sở gtvt|sở gd-đt|sở gd&đt|sở xây dựng|sở tn-mt|và môi trường|tài nguyên môi trường|giao thông vận tải
        |và đào tạo|sở văn hóa|sở công thương|sở du lịch|sở tư pháp|sở nội vụ|sở nn&ptnt|sở nn-ptnt
        |phát triển nông thôn|mttq|ủy ban mttq|đoàn đbqh|lãnh đạo|cục thuế|cục hải quan|chi cục|thanh tra|nhân dân
        |người dân|đảng bộ|tỉnh đoàn|thành đoàn|cục thống kê|kiểm lâm|cảnh sát kinh tế|đbqh""",
    ),
    _rule("scene", 1.3, "xảy ra tại|xảy ra ở|diễn ra tại|tại|ở|địa phận|thuộc|đoạn qua|khu vực|địa bàn"),
)

PROVINCE_CLAUSE = Table(
    _rule("other", 1.0, "nội trú|bán trú|ngoại trú|lưu trú|điều trú|trú ẩn|đồn trú|nguồn gốc|gốc cây"),
    _rule(
        "origin",
        0.25,
        """quê|quê quán|quê gốc|quê ở|nguyên quán|trú|ngụ|thường trú|tạm trú|cư trú|hktt|hộ khẩu|sinh ra|gốc|đến từ
        |lớn lên|người gốc|tuổi, ở|tuổi, tại|tuổi, trú|tuổi, ngụ""",
    ),
    _rule(
        "school",
        0.5,
        "đại học|đh|học viện|viện|tạp chí|đài|nhà hát|cao đẳng|sinh viên|cựu sinh viên|bảo tàng",
        near=True,
    ),
    _rule("hospital", 0.5, "bệnh viện|bv|phòng khám|bvđk"),
    _rule("route", 0.3, "cao tốc|tuyến|đường sắt|chuyến bay|chuyến|xe khách|hành trình|chặng", near=True),
)

PROVINCE_AFTER = Table(
    _rule("club", NOT_A_PLACE, "fc|t&t|open|city fc"),
    _rule("school", NOT_A_PLACE, "amsterdam|- amsterdam"),
)

# "Ở" after a name says where somebody lives: "chị Lan ở quận Tân Bình".
RESIDENT = Rule("resident", 0.4)

# A province in brackets says where the thing before it is.
BRACKETED = Rule("bracket", 1.2)

# Rules of no place that a word for the kind overrules: "bà ở thành phố Huế" is no person.
NOT_WITH_KIND = frozenset({"person", "brand", "work", "street"})

# --- countries ------------------------------------------------------------------------------------------------------

# Words after which even a one-syllable name is a country.
COUNTRY_CUES = Table(
    _rule(
        "cue",
        1.0,
        """nước|quân đội|quân|lính|binh sĩ|chính phủ|chính quyền|tổng thống|thủ tướng|ngoại trưởng|đại sứ|đại sứ quán
        |lãnh sự quán|tổng lãnh sự quán|sứ quán|người|dân|công dân|quốc tịch|tại|ở|sang|từ|đến|tới|vào|rời|về|của|với
        |giữa|và|hay|hoặc|cùng|là|cho|cả|bởi|khỏi|thị trường|báo|báo chí|truyền thông|cảnh sát|quốc hội|hải quân
        |không quân|lục quân|kinh tế|đồng minh|phía|tàu|máy bay|du khách|khách|đội tuyển|tuyển|đt|chuyên gia
        |doanh nghiệp|công ty|tập đoàn|hãng|nữ hoàng|hoàng gia|hoàng tử|công nương|công chúa|thái tử|thượng viện|hạ viện
        |lưỡng viện|thượng nghị sĩ|nghị sĩ|giới chức|quan chức|quan hệ|biên giới|lãnh thổ|bang|thành phố|đại học|giáo sư
        |báo giới|tình báo|đặc nhiệm|gián điệp|ngoại giao|bộ quốc phòng|an ninh|quốc gia|hàng hóa|đô la|đôla|usd|phim
        |sao|diễn viên|ca sĩ|cầu thủ|hlv|giải|siêu sao|thương mại|phái đoàn|đoàn|chống|thăm|trừng phạt|thuộc|liên bang
        |không lực|tư pháp|tòa án|cựu|đặc phái viên|cố vấn|chính trị|bầu cử|vũ khí|tên lửa|căn cứ|lực lượng
        |bộ tài chính|bộ thương mại|bộ năng lượng|bộ trưởng quốc phòng|bộ trưởng tài chính|ngân hàng|tòa án tối cao
        |miền nam|miền bắc|miền đông|miền tây|miền trung|phía bắc|phía nam|phía đông|phía tây|khắp|toàn|trong|ngoài|do
        |bị|được|khi|mà|rằng|nếu|việc|theo|tin|hãng tin|học giả|nhà nước|cộng đồng|gốc|vợ|chồng|lãnh đạo|nhà lãnh đạo
        |tướng|đô đốc|tư lệnh|phi công|thủy thủ|tàu chiến|tàu ngầm|tàu sân bay|chiến đấu cơ|tiêm kích|xe tăng|thủ đô
        |nhà khoa học|nhà nghiên cứu|phi hành gia|cơ quan|lệnh|luật|tuyên bố|phản đối|cáo buộc|tố|yêu cầu|để|sau|trước
        |như|nhưng|song|còn|vì|nên|lên|xuống|qua|ngôi sao|vận động viên|vđv|võ sĩ|nhập khẩu|xuất khẩu|nội các
        |vương quốc|thời|cuộc|xuất xứ|khối|dòng|mác|hàng|xe|sách|nền|điều|nhằm vào|đối với|đe dọa|khiến|buộc|ép
        |kêu gọi|cảnh báo|thế chiến|bộ trưởng|chứng khoán|đất|tỷ phú|tỉ phú|chiến hạm|tàu khu trục|liên quân|giờ""",
    )
)
# The last words of those that speak of a state: they tell a country even where the name is mostly something else.
STATE_WORDS = _forms("""nước|người|phủ|hội|tuyển|tướng|thống|sát|hoàng|gia|sứ|quán|dân|tịch|trưởng|quân|viện|tử|nương
    |chúa|hậu|đội|giao|phòng|phía""")
ONLY_STATES = frozenset({"Thái"})  # as a surname too common for any weaker word
NEVER_FIRST = frozenset({"Ý", "Áo", "Thái"})  # at the start of a sentence a noun or a surname

COUNTRY_BEFORE = Table(
    _rule("other", 1.0, "thị trường|chiến trường|lập trường|môi trường|quảng trường|công trường|tuyên bố|công bố"),
    _rule(
        "person",
        NOT_A_PLACE,
        """anh|chị|ông|bà|em|cô|cháu|bé|chú|bác|cậu|dì|thầy|tên|cụ|thím|mợ|nsưt|nsnd|ntk|mc|bs|cha|linh mục|bị cáo
        |bị can|con gái|con trai|bố|vợ chồng""",
    ),
    _rule("people", NOT_A_PLACE, "dân tộc"),
    _rule(
        "thing",
        0.3,
        """thép|trường|trường thpt|bệnh viện|cao đẳng|clb|trung tâm|khách sạn|nhà hàng|gara|mỹ phẩm|quán|siêu thị
        |biển|bờ biển|việt kiều|phim""",
    ),
)

COUNTRY_CLAUSE = Table(
    _rule("other", 1.0, "nguồn gốc"),
    _rule("origin", 0.5, "quê|quê ở|nguyên quán|trú|ngụ|sinh ra|gốc|du học|định cư|việt kiều|từng sống|kiều bào"),
    _rule("model", 0.5, "công nghệ|tiêu chuẩn|nhập khẩu từ|sản xuất tại|xuất xứ|theo mô hình", near=True),
    _rule("goods", 0.4, "gửi sang|chuyển đi|gửi đi|xuất khẩu sang", near=True),
)

# Words after which a place abroad is one even if nothing else names its country.
ABROAD_CUES = Table(
    _rule(
        "abroad",
        0.8,
        """thành phố|tp|tỉnh|bang|tiểu bang|thủ đô|thị trấn|vùng|quận|hạt|đảo|ở|tại|sân bay|cảng|bờ biển|ngoại ô|sang
        |đến|thị trưởng|hội đồng thành phố|thị trưởng thành phố""",
    )
)

# Words after which a place abroad is the name of something else.
ABROAD_BEFORE = Table(
    _rule(
        "thing",
        NOT_A_PLACE,
        """trường|học sinh|chuyên|thpt|hiệp định|thỏa thuận|khách sạn|tòa nhà|chung cư|clb|câu lạc bộ|xe|quán|nhà hàng
        |cầu thủ|hlv|bão|siêu bão|cơn bão|trận|đội|ông|bà|cô|anh|chị""",
    )
)

# What stands behind a Vietnamese-looking name that lies abroad: "Hà Nam, Trung Quốc".
PLACED_IN: Mapping[str, str] = {"CN": "Trung Quốc", "TW": "Đài Loan"}

# --- names of persons -----------------------------------------------------------------------------------------------

SURNAMES = frozenset(
    map(
        key,
        _phrases(
            """Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đoàn|Trịnh|Đinh|Lâm|Mai|Tô
            |Tạ|Hà|Chu|Cao|Lương|Lưu|Thái|Văn|Thị|Phùng|Quách|La|Châu|Kiều|Tống|Triệu|Vương|Trương|Lại|Từ|Tăng|Hứa
            |Khổng|Thạch|Sơn|Kim|Ninh|Nông|Lò|Vàng|Giàng|Ma|Hầu|Mạc|Nghiêm|Đàm|Viên|Tôn|Âu"""
        ),
    )
)
# Words that open a name without being part of it: "Ông Nguyễn ...".
TITLES = frozenset(_phrases("anh|chị|ông|bà|em|cô|cháu|bé|chú|bác|cậu|dì|thầy|cụ|mc|nsưt|nsnd"))
# A surname alone before a place is more often the end of another name: "núi Sơn ...".
NO_SURNAMES = frozenset({("Cao",), ("Sơn",), ("La",), ("Kim",), ("Ninh",)})

# Capitalised words that may stand before a place without being part of a person's name.
NOT_NAMES = frozenset(
    _phrases(
        """TP|Tp|TP.|Tp.|T.P|Thành|Tỉnh|UBND|HĐND|CAND|ĐH|CA|CSGT|Bắc|Nam|Đông|Tây|TAND|VKSND|MTTQ|TX|GTVT|LĐLĐ|NXB|TN
        |GD-ĐT|GDĐT|TNMT|CATP|Thủ|Sở|QL1A|Công|THPT|BV|ĐBQH|Q.|P.|KCN|TƯ|Tại|Ở|Từ|Theo|Người|Nước|Tổng|Bộ|Đại|Quân
        |Chính|Báo|Phía|Giữa|Khi|Với|Về|Vì|Cả|Và|Quốc|Của|Trong|Sang|Còn|Nếu|Nhưng|Dù|Sau|Trước|Đoàn|Lính|Tàu|Du
        |Khách|Hải|Không"""
    )
)

# --- undated stories: words that are only written since the provinces were merged -----------------------------------

# Each with words one of which must occur, which is quicker to see.
NEW_WORDS = (
    (("2 cấp", "hai cấp"), r"chính quyền (?:địa phương )?(?:2|hai) cấp"),
    (
        ("sáp nhập", "hợp nhất", "sắp xếp"),
        r"(?:sáp nhập|hợp nhất|sắp xếp)(?: các)?(?: đơn vị hành chính| địa giới hành chính)?(?: cấp)? tỉnh",
    ),
    (("2025",), r"(?<!\d)(?:0?[789]|1[0-2])[/.-]2025(?!\d)"),
    (
        tuple(f"{mark}{year}" for mark in "/.-" for year in range(2026, 2030)),
        r"(?<!\d)\d\d?[/.-]202[6-9](?!\d)",
    ),
)
