"""Invented stories of after 1 July 2025, and undated ones: the news that figures are taken on is of 2015 to 2019.

Each case: the date, title, lead, body, and what the story is about, as an old or today's id with today's province.
"""

from dataclasses import dataclass

import pytest
from place_helpers import article

from indexer.places.gazetteer import Gazetteer
from indexer.places.tagger import Tagger


@dataclass(frozen=True)
class Case:
    name: str
    date: str | None
    title: str
    lead: str
    body: str
    about: dict[str, str]
    never: tuple[str, ...] = ()


CASES = (
    Case(
        "a province that took in another",
        "2025-07-15",
        "Hải Phòng khởi công khu công nghiệp mới",
        "Sáng 15/7, UBND TP Hải Phòng khởi công khu công nghiệp rộng 300 ha.",
        "Thành phố Hải Phòng hiện có 114 xã, phường, đặc khu.",
        {"vn34:31": "vn34:31"},
    ),
    Case(
        "the first day of the new map",
        "2025-07-01",
        "Lào Cai vận hành chính quyền hai cấp",
        "Từ hôm nay, tỉnh Lào Cai vận hành chính quyền địa phương hai cấp.",
        "Trung tâm hành chính của tỉnh Lào Cai đặt tại phường Yên Bái.",
        {"vn34:15": "vn34:15"},
    ),
    Case(
        "the last day of the old map",
        "2025-06-30",
        "Lào Cai họp phiên cuối của Hội đồng nhân dân tỉnh",
        "HĐND tỉnh Lào Cai họp phiên cuối trước khi hợp nhất.",
        "Tỉnh Lào Cai có 9 huyện, thị xã, thành phố.",
        {"vn63:10": "vn34:15"},
    ),
    Case(
        "a merged province called by its old name",
        "2025-09-02",
        "Nông dân Hải Dương vào vụ cà rốt",
        "Vùng trồng cà rốt ở Hải Dương (nay thuộc Hải Phòng) bước vào vụ mới.",
        "Nông dân Hải Dương xuống giống 1.200 ha. Nhiều hộ Hải Dương ký hợp đồng trước.",
        {"vn63:30": "vn34:31"},
    ),
    Case(
        "called a former province",
        "2026-02-10",
        "Làng nghề ở địa bàn Nam Định cũ đón khách đầu xuân",
        "Các làng nghề thuộc tỉnh Nam Định cũ đông khách trong những ngày đầu năm.",
        "Khách tới từ nhiều nơi; làng đúc ở Nam Định cũ bán hết hàng.",
        {"vn63:36": "vn34:37"},
    ),
    Case(
        "before the merger, said in words",
        "2025-10-20",
        "Cầu nối hai bờ sông ở Bạc Liêu trước đây thông xe",
        "Cây cầu ở tỉnh Bạc Liêu trước đây thông xe sau hai năm thi công.",
        "Người dân Bạc Liêu chờ cây cầu này đã lâu.",
        {"vn63:95": "vn34:96"},
    ),
    Case(
        "Thủ Đức and Thủ Dầu Một are both in the City now",
        "2025-11-11",
        "Phường Thủ Dầu Một mở phố đi bộ",
        "Phường Thủ Dầu Một, TP.HCM mở phố đi bộ cuối tuần.",
        "UBND TP.HCM cho biết phố đi bộ dài 600 m.",
        {"vn34:79": "vn34:79"},
        ("vn63:74",),
    ),
    Case(
        "a ward called as an old province, in another province",
        "2025-12-05",
        "Phường Hòa Bình đón Tết sớm",
        "Chợ hoa phường Hòa Bình, tỉnh Phú Thọ họp từ sáng sớm.",
        "Sở Công Thương Phú Thọ cho biết chợ hoa có 200 gian hàng.",
        {"vn34:25": "vn34:25"},
    ),
    Case(
        "a ward called as an old province, without its province",
        "2025-12-06",
        "Phường Hải Dương trồng thêm cây xanh",
        "UBND phường Hải Dương, TP Hải Phòng trồng thêm 500 cây xanh.",
        "Lãnh đạo phường Hải Dương cho biết cây do người dân góp.",
        {"vn34:31": "vn34:31"},
        ("vn63:30",),
    ),
    Case(
        "Quảng Nam is Đà Nẵng now",
        "2026-03-08",
        "Đà Nẵng bảo tồn phố cổ Hội An",
        "TP Đà Nẵng chi 120 tỉ đồng bảo tồn phố cổ Hội An.",
        "Phường Hội An có hơn một nghìn di tích. Sở Văn hóa Đà Nẵng chủ trì.",
        {"vn34:48": "vn34:48"},
        ("vn63:49",),
    ),
    Case(
        "Huế did not merge",
        "2025-08-08",
        "Huế khai mạc lễ hội áo dài",
        "Thành phố Huế khai mạc lễ hội áo dài bên sông Hương.",
        "Sở Du lịch Huế dự kiến đón 50.000 lượt khách.",
        {"vn34:46": "vn34:46"},
    ),
    Case(
        "Thừa Thiên Huế in a later story",
        "2025-08-09",
        "Nhìn lại mười năm của Thừa Thiên Huế",
        "Tỉnh Thừa Thiên Huế trước đây đã đặt nền móng cho thành phố hôm nay.",
        "Thừa Thiên Huế từng có chín huyện, thị xã, thành phố.",
        {"vn34:46": "vn34:46"},
    ),
    Case(
        "a province that did not merge",
        "2026-01-10",
        "Nghệ An thu hút thêm ba dự án",
        "Tỉnh Nghệ An trao giấy chứng nhận cho ba dự án.",
        "Khu kinh tế Đông Nam của Nghệ An lấp đầy 70%.",
        {"vn34:40": "vn34:40"},
    ),
    Case(
        "two of today",
        "2026-04-01",
        "Ninh Bình và Hưng Yên bắc cầu qua sông",
        "Tỉnh Ninh Bình và tỉnh Hưng Yên khởi công cầu nối hai tỉnh.",
        "Ninh Bình lo giải phóng mặt bằng, Hưng Yên lo xây lắp.",
        {"vn34:37": "vn34:37", "vn34:33": "vn34:33"},
    ),
    Case(
        "today's province beside one of its old parts",
        "2025-11-30",
        "Ninh Bình nối cao tốc qua Thái Bình",
        "Tỉnh Ninh Bình làm đường nối với tỉnh Thái Bình cũ, nay thuộc Hưng Yên.",
        "Đoạn qua Thái Bình dài 33 km. Ninh Bình góp 2.000 tỉ đồng, Hưng Yên góp 1.000 tỉ đồng.",
        {"vn34:37": "vn34:37", "vn63:34": "vn34:33"},
    ),
    Case(
        "a sea is no province",
        "2026-05-05",
        "Bão từ Thái Bình Dương đổ vào Quảng Ninh",
        "Bão số 1 từ Thái Bình Dương đi vào Quảng Ninh sáng nay.",
        "Tỉnh Quảng Ninh cấm biển. Quảng Ninh sơ tán hai nghìn hộ dân.",
        {"vn34:22": "vn34:22"},
        ("vn63:34",),
    ),
    Case(
        "cooperation abroad",
        "2025-09-19",
        "Phú Thọ ký kết với tỉnh Hủa Phăn",
        "Tỉnh Phú Thọ và tỉnh Hủa Phăn, Lào ký kết hợp tác.",
        "Đoàn Lào ở thăm Phú Thọ ba ngày.",
        {"vn34:25": "vn34:25", "LA": ""},
    ),
    Case(
        "undated, names of before",
        None,
        "Yên Bái gặt lúa mùa",
        "Nông dân huyện Văn Yên, tỉnh Yên Bái gặt lúa mùa.",
        "Tỉnh Yên Bái có 40.000 ha lúa.",
        {"vn63:15": "vn34:15"},
    ),
    Case(
        "undated, two-level government",
        None,
        "Gia Lai sắp xếp lại trụ sở",
        "Sau khi sáp nhập tỉnh, Gia Lai dôi dư 120 trụ sở.",
        "Tỉnh Gia Lai bán đấu giá 30 trụ sở; phần còn lại làm trường học.",
        {"vn34:52": "vn34:52"},
    ),
    Case(
        "undated, a date in the text",
        None,
        "Đồng Nai mở tuyến xe buýt điện",
        "Ngày 12/9/2025, tỉnh Đồng Nai mở tuyến xe buýt điện.",
        "Sở Xây dựng Đồng Nai cho biết tuyến dài 30 km.",
        {"vn34:75": "vn34:75"},
    ),
    Case(
        "undated, a merged province beside the former word",
        None,
        "Bình Phước cũ có thêm đường tới sân bay",
        "Vùng Bình Phước cũ có thêm đường tới sân bay Long Thành.",
        "Tỉnh Đồng Nai làm đường dài 40 km qua Bình Phước cũ.",
        {"vn63:70": "vn34:75", "vn34:75": "vn34:75"},
    ),
    Case(
        "undated, a year of before",
        None,
        "Bắc Giang được mùa vải",
        "Năm 2023, tỉnh Bắc Giang thu 200.000 tấn vải.",
        "Bắc Giang bán vải sang Nhật Bản.",
        {"vn63:24": "vn34:24"},
    ),
    Case(
        "only a month",
        "2025-07",
        "Vĩnh Long xuất khẩu dừa",
        "Tỉnh Vĩnh Long xuất khẩu dừa tươi.",
        "Nhà vườn ở Vĩnh Long ký hợp đồng dài hạn.",
        {"vn34:86": "vn34:86"},
    ),
    Case(
        "only the year of the reform: the words decide",
        "2025",
        "An Giang sắp xếp xã, phường",
        "Tỉnh An Giang vận hành chính quyền địa phương hai cấp.",
        "Sau sáp nhập, An Giang có 102 xã, phường, đặc khu.",
        {"vn34:91": "vn34:91"},
    ),
    Case(
        "where somebody was born is not what it is about",
        "2026-06-01",
        "Cần Thơ khen thưởng kỹ sư trẻ",
        "TP Cần Thơ khen thưởng kỹ sư Trần Minh An, quê Sóc Trăng.",
        "Anh An làm việc ở Cần Thơ từ năm 2020. UBND TP Cần Thơ trao bằng khen.",
        {"vn34:92": "vn34:92"},
    ),
    Case(
        "a special zone lies in a province of today",
        "2025-10-10",
        "Đặc khu Phú Quốc đón khách thứ năm triệu",
        "Đặc khu Phú Quốc, tỉnh An Giang đón khách thứ năm triệu.",
        "Tỉnh An Giang tặng quà cho vị khách.",
        {"vn34:91": "vn34:91"},
        ("vn63:91",),
    ),
    Case(
        "Côn Đảo belongs to the City",
        "2025-10-11",
        "Đặc khu Côn Đảo thả rùa về biển",
        "Đặc khu Côn Đảo, TP.HCM thả 500 rùa con về biển.",
        "Vườn quốc gia Côn Đảo cùng TP.HCM canh giữ bãi đẻ.",
        {"vn34:79": "vn34:79"},
        ("vn63:77",),
    ),
    Case(
        "an old district of a merged province, with both names",
        "2025-12-12",
        "Gốm Chu Đậu tìm đường ra thế giới",
        "Làng gốm Chu Đậu, xã Thái Tân, TP Hải Phòng (trước là tỉnh Hải Dương) xuất khẩu sang Nhật Bản.",
        "TP Hải Phòng giúp làng gốm dự hội chợ ở Nhật Bản. Hải Phòng chi 2 tỉ đồng.",
        {"vn34:31": "vn34:31", "vn63:30": "vn34:31"},
    ),
    Case(
        "the City after it took in two provinces",
        "2026-02-02",
        "TP.HCM mở rộng mạng lưới metro tới Bình Dương, Vũng Tàu",
        "TP.HCM lập quy hoạch metro tới khu vực Bình Dương và Bà Rịa - Vũng Tàu cũ.",
        "TP.HCM dự kiến làm bảy tuyến. Tuyến tới Bình Dương khởi công trước; tuyến tới Vũng Tàu sau.",
        {"vn34:79": "vn34:79", "vn63:74": "vn34:79", "vn63:77": "vn34:79"},
    ),
    Case(
        "Điện Biên Phủ is a name of old and new",
        "2025-11-01",
        "Điện Biên đón đoàn Nga thăm chiến trường xưa",
        "Tỉnh Điện Biên đón đoàn cựu chiến binh Nga.",
        "Đoàn Nga thăm Điện Biên Phủ. Tỉnh Điện Biên tặng hoa.",
        {"vn34:11": "vn34:11", "RU": ""},
    ),
)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_a_story_is_about(tagger: Tagger, case: Case) -> None:
    tagged = tagger.tag(article(case.title, case.lead, case.body, date=case.date))
    places = (*tagged.provinces, *tagged.countries)
    assert {place.id: place.now_id or "" for place in places if place.role == "about"} == case.about
    assert not {place.id for place in places if place.role == "about"} & set(case.never)


MERGERS = {
    "Tuyên Quang": "Hà Giang, Tuyên Quang",
    "Lào Cai": "Lào Cai, Yên Bái",
    "Thái Nguyên": "Bắc Kạn, Thái Nguyên",
    "Phú Thọ": "Phú Thọ, Vĩnh Phúc, Hòa Bình",
    "Bắc Ninh": "Bắc Ninh, Bắc Giang",
    "Hưng Yên": "Hưng Yên, Thái Bình",
    "Hải Phòng": "Hải Phòng, Hải Dương",
    "Ninh Bình": "Ninh Bình, Hà Nam, Nam Định",
    "Quảng Trị": "Quảng Bình, Quảng Trị",
    "Đà Nẵng": "Đà Nẵng, Quảng Nam",
    "Quảng Ngãi": "Quảng Ngãi, Kon Tum",
    "Gia Lai": "Gia Lai, Bình Định",
    "Khánh Hòa": "Khánh Hòa, Ninh Thuận",
    "Lâm Đồng": "Lâm Đồng, Đắk Nông, Bình Thuận",
    "Đắk Lắk": "Đắk Lắk, Phú Yên",
    "Hồ Chí Minh": "Hồ Chí Minh, Bình Dương, Bà Rịa - Vũng Tàu",
    "Đồng Nai": "Đồng Nai, Bình Phước",
    "Tây Ninh": "Tây Ninh, Long An",
    "Cần Thơ": "Cần Thơ, Sóc Trăng, Hậu Giang",
    "Vĩnh Long": "Vĩnh Long, Bến Tre, Trà Vinh",
    "Đồng Tháp": "Đồng Tháp, Tiền Giang",
    "Cà Mau": "Cà Mau, Bạc Liêu",
    "An Giang": "An Giang, Kiên Giang",
}
"""Resolution 202/2025/QH15, as the press printed it."""


@pytest.mark.parametrize(("now", "before"), MERGERS.items(), ids=MERGERS)
def test_a_story_of_each_old_province_counts_for_its_successor(tagger: Tagger, now: str, before: str) -> None:
    for old in before.split(", "):
        tagged = tagger.tag(article(f"{old} mở đường", f"Tỉnh {old} mở đường.", f"{old} làm đường.", date="2024-05-05"))
        place = tagged.provinces[0]
        assert (place.name, place.now_name, place.role) == (old, now, "about")


def test_the_others_stayed_as_they_were(gazetteer: Gazetteer) -> None:
    alone = {one.name for one in gazetteer.provinces_34 if len(gazetteer.parts(one.id)) == 1}
    assert alone == {one.name for one in gazetteer.provinces_34} - set(MERGERS)
    assert len(alone) == 11
    assert sum(len(before.split(", ")) for before in MERGERS.values()) == 63 - 11
