"""What is a story: the scored gate, pages about the site, and what is markup."""

from datetime import date

import pytest
from compose import IMPRINT, MENU, Composer
from stories import OTHERS, STORIES, STORY

from indexer.errors import NotAnArticle
from indexer.extract.dump import read_dump
from indexer.extract.origin import Origin
from indexer.extract.page import is_markup
from indexer.extract.site_pages import is_about_site, is_archive, is_shop
from indexer.models import Article

TODAY = date(2026, 1, 1)


def read(*lines: str, keep_lists: bool = False) -> Article:
    return read_dump("\n".join(lines), Origin("x", None, TODAY, keep_lists))


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_composed_stories_are_kept_with_their_evidence(seed: int) -> None:
    article = read(Composer(seed).compose(STORIES[seed % len(STORIES)], OTHERS).text)
    assert "paragraphs of its own" in article.story


def test_a_notice_of_one_sentence_is_a_story() -> None:
    titles = [title for title, _ in OTHERS[:6]]
    article = read(*MENU, STORY.title, "12 Tháng 3, 2024", STORY.lead, "Tin liên quan", *titles, *IMPRINT)
    assert (article.title, article.lead or article.body[0]) == (STORY.title, STORY.lead)


def test_a_list_is_refused_with_its_numbers_and_kept_on_request() -> None:
    lines = [part for title, summary in OTHERS for part in (title, "12/03/2024 08:00", summary)]
    with pytest.raises(NotAnArticle, match=r"other headlines.* a story with \d+%"):
        read(*MENU, *lines)
    assert read(*MENU, *lines, keep_lists=True).story.startswith("no story")


def test_summaries_without_headlines_are_a_list() -> None:
    with pytest.raises(NotAnArticle):
        read(*(summary for _, summary in OTHERS[:12]))


def test_a_text_without_a_headline_keeps_its_first_paragraph() -> None:
    article = read(STORY.lead, *STORY.body)
    assert STORY.lead in (article.lead, *article.body)
    assert article.title == ""


def test_a_dump_that_prints_code_is_no_markup_and_a_fragment_is() -> None:
    code = '<div class="p"><iframe src="a"></iframe></div>\n'
    assert not is_markup("\n".join([STORY.lead, *STORY.body]) + "\n" + code * 9)
    assert is_markup(f"<p>{STORY.lead}</p><p>{STORY.body[0]}</p><p>{STORY.body[1]}</p>")
    assert is_markup(f"<!-- {STORY.lead * 9} -->\n<html><body>{STORY.lead}</body></html>")


def test_a_certain_story_has_no_doubt() -> None:
    assert read(*MENU, STORY.title, "12/03/2024 08:00", STORY.lead, *STORY.body, *IMPRINT).doubt == ""


@pytest.mark.parametrize(
    "lines",
    [
        (OTHERS[3][0], " ".join(OTHERS[3][1].split()[:20])),
        (OTHERS[5][0], OTHERS[5][1].rstrip(".")),
        (OTHERS[2][1], " ".join(STORY.body[2].split()[:14])),
    ],
    ids=["cut off", "under its headline", "without a headline"],
)
def test_a_short_text_with_hardly_anything_beside_it_is_kept_as_uncertain(lines: tuple[str, ...]) -> None:
    article = read(*lines)
    assert "perhaps no story" in article.doubt
    assert article.lead or article.body


def test_the_same_text_among_other_headlines_is_a_list() -> None:
    with pytest.raises(NotAnArticle, match="other headlines"):
        read(STORY.title, STORY.lead, *(part for other in OTHERS for part in other))


def test_a_list_that_is_kept_on_request_is_uncertain() -> None:
    lines = [part for title, summary in OTHERS for part in (title, "12/03/2024 08:00", summary)]
    assert read(*MENU, *lines, keep_lists=True).doubt.startswith("no story")


def test_what_readers_wrote_below_a_story_makes_no_list_of_it() -> None:
    names = ["Nguyễn Bình", "Lê Quốc An", "Minh Hằng", "Thu Trang"]
    remarks = [
        "Bài viết hay quá, mong có thêm nhiều bài như vậy nữa cho bà con",
        "Nhà tôi năm ngoái đã thử rồi mà chẳng được gì",
        "Ai có số điện thoại của phòng vé thì cho mình xin với nhé",
        "Ảnh đẹp, chỉ tiếc là hơi ngắn so với chờ đợi của mọi người",
    ]
    comments = [line for pair in zip(names, remarks, strict=True) for line in pair]
    article = read(STORY.title, STORY.lead, "Bình luận (4)", *comments, "Gửi bình luận")
    assert STORY.lead in (article.lead, *article.body)
    assert "0 other headlines, 0 summaries" in article.story
    with pytest.raises(NotAnArticle):  # below the next heading there are stories again
        read(STORY.title, STORY.lead, "Bình luận (4)", *names, "Đọc nhiều", *(part for pair in OTHERS for part in pair))


def test_lists_by_their_name() -> None:
    with pytest.raises(NotAnArticle, match="author"):
        read("Author Archives: admin của trang trường Bến Tràm", STORY.lead)
    assert is_archive("Lưu trữ: Tháng Ba 2021")
    assert not is_archive("Tác giả Truyện Kiều và những bản dịch")


def test_pages_about_the_site() -> None:
    for title in ("Chính sách bảo mật thông tin", "Liên hệ - Trường Mẫu", "Câu hỏi thường gặp", "RSS", "Đăng nhập"):
        assert is_about_site(title), title
    for title in ("Chính sách mới cho hộ nghèo", "Liên hệ giữa mưa và lũ ở Cồn Giá", "Giới thiệu giống lúa mới"):
        assert not is_about_site(title), title
    assert is_shop(["Thêm vào giỏ hàng", "Mua ngay", "Giá: 1.200.000đ"])
    assert not is_shop(["Mua ngay", "Mua ngay", "Chia sẻ"])


def test_paragraphs_in_a_row_under_their_headline_are_kept_though_they_share_no_words() -> None:
    headline = "Đàn hươu rừng Mả Đình về uống nước hồ Cói"
    paragraphs = (
        "Kiểm lâm lắp bốn máy chụp tự động và khuyên bà con tạm dời lán trại ra xa bờ.",
        "Khoảng mười hai con, gồm cả hai con non, xuất hiện lúc chín giờ tối phía bìa cây.",
        "Anh Krông, người canh rẫy mì, nghe tiếng cành gãy trong đêm liền gọi hàng xóm thức dậy.",
        "Trạm đã phát mỗi hộ một thùng tôn để gõ, đồng thời cấm tuyệt đối dùng pháo xua hươu rừng.",
        "Giới khoa học đoán khe suối cạn sớm, thú phải tìm nước uống tại chỗ trũng cuối làng.",
    )
    titles = [title for title, _ in OTHERS[:4]]
    article = read(*MENU, headline, *paragraphs, "Đọc thêm", *titles, *IMPRINT)
    assert article.title == headline
    assert paragraphs == tuple(line for line in (article.lead, *article.body) if line)
