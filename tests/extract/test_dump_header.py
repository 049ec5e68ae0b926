"""What tools write above the text that they made of a page."""

from datetime import date

import pytest

from indexer.extract.dump import read_dump
from indexer.extract.dump.header import without_header
from indexer.extract.origin import Origin
from indexer.models import Article

URL = "https://bao.example/tin/go-17.html"
TITLE = "Làng Cói đóng thuyền gỗ lim mới"
BODY = "\n\n".join(
    f"Tổ thợ mộc làng Cói đóng xong chiếc thuyền gỗ thứ {n} trong xưởng bên bến sông cũ."
    for n in ("hai", "ba", "tư", "năm")
)


def read(text: str) -> Article:
    return read_dump(text, Origin("x.txt", None, date(2026, 1, 1)))


@pytest.mark.parametrize(
    "header",
    [
        f'---\ntitle: "{TITLE}"\nurl: {URL}\ndate: "2024-05-03"\nfingerprint: 9c32\n---\n',
        f"Title: {TITLE}\n\nURL Source: {URL}\n\nPublished Time: 2024-05-03T07:20:00+07:00\n\nMarkdown Content:\n",
        f"Nguồn: {URL}\nNgày tải: 14/11/2025\n\n{TITLE}\n03/05/2024\n\n",
        f"<{URL}>\n\n{TITLE}\n03/05/2024\n\n",
        f"# {URL}\n\n{TITLE}\n03/05/2024\n\n",
    ],
)
def test_a_header_gives_address_headline_and_day_and_is_no_text(header: str) -> None:
    article = read(header + BODY)
    assert (article.url, article.title) == (URL, TITLE)
    assert article.dating.published is not None
    assert article.dating.published.value[:10] == "2024-05-03"
    assert "\n\n".join(filter(None, [article.lead, *article.body])) == BODY


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\nNguồn: Báo Cói\n\n{BODY}",
        f"---\n\n{TITLE}\n\n---\n\n{BODY}",
        f"Nguồn: tin của bạn đọc\n\n{TITLE}\n\n{BODY}",
        "",
        "---",
    ],
)
def test_a_dump_without_a_header_stays_as_it_is(text: str) -> None:
    assert without_header(text).text == text


def test_the_lines_keep_their_numbers() -> None:
    text = f"\n\ntitle: {TITLE}\nurl: {URL}\n\n{BODY}"
    assert without_header(text).text.count("\n") == text.count("\n")


def test_a_headline_marked_as_such_and_escaped_numbers_are_markdown() -> None:
    article = read(f"# {TITLE}\n\n1\\. Đội mộc làng Cói vẽ lại mẫu thuyền gỗ cũ trên giấy dầu.\n\n{BODY}")
    assert article.title == TITLE
    assert any(line.startswith("1. Đội mộc") for line in (article.lead, *article.body))


@pytest.mark.parametrize(
    "line", [f"Xem bài gốc tại {URL}", f"[Nguồn]({URL})", f"Đọc từ: {URL} (14/11/2025)", f"{TITLE}\n{URL}"]
)
def test_an_address_told_in_a_few_words_at_the_top(line: str) -> None:
    article = read(f"{line}\n\n{TITLE}\n03/05/2024\n\n{BODY}")
    assert (article.url, article.title) == (URL, TITLE)


def test_the_sites_own_address_at_the_top_is_no_storys() -> None:
    assert read(f"Website: https://bao.example/\n\n{TITLE}\n03/05/2024\n\n{BODY}").url is None
