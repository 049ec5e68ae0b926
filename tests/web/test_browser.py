"""A reader at work, in a real Chromium, with JavaScript and without."""

import re
from dataclasses import replace

import pytest
from web_service import WatchedService, country, stories

from indexer.models import Article, Dating, Evidence
from indexer.settings import Settings
from search_app.web import create_app

pytestmark = pytest.mark.browser


def test_the_rest_of_a_facet_opens_in_its_place_or_on_its_page(page, address):
    page.goto(f"{address}/?q=hop+tac")
    narrow = page.get_by_role("navigation", name="Thu hẹp kết quả")
    narrow.get_by_text("Tỉnh cũ trong Hải Phòng").locator("..").click()
    fold = narrow.locator(".facet.province details[open]").first
    if not page.locator("#q[role=combobox]").count():  # without JavaScript
        fold.get_by_role("link").click()
        assert "/chon/province?q=hop+tac&tim=" in page.url
        page.get_by_role("checkbox", name=re.compile("^Hải Dương")).check()
        page.get_by_role("button", name="Xem kết quả").click()
        assert page.get_by_role("status").inner_text().startswith("3 bài")
        return
    fold.get_by_role("link", name=re.compile("^Hải Dương")).wait_for()
    rows = narrow.locator(".facet.province > ul > li")
    drawn = rows.count()
    narrow.locator(".facet.province .more [data-rest]").click()
    narrow.locator(".facet.province .more [data-rest]").wait_for(state="detached")
    assert rows.count() > drawn
    assert page.url.endswith("/?q=hop+tac")


def test_search_narrow_release_read_and_go_back(page, address):
    page.goto(address)
    page.get_by_label("Tìm trong kho bài").fill("hop tac")
    page.get_by_role("button", name="Tìm", exact=True).click()
    status = page.get_by_role("status")
    assert status.inner_text().startswith("39 bài")
    assert page.locator(".hits mark").first.inner_text().lower() == "hợp tác"

    narrow = page.get_by_role("navigation", name="Thu hẹp kết quả")
    narrow.get_by_role("link", name=re.compile("^Hải Phòng")).click()
    assert status.inner_text().startswith("6 bài")
    narrow.get_by_text("Tỉnh cũ trong Hải Phòng").locator("..").click()
    narrow.get_by_role("link", name=re.compile("^Hải Dương")).click()
    narrow.get_by_role("link", name=re.compile("^Hải Phòng.*bỏ lọc")).click()
    assert status.inner_text().startswith("3 bài")
    chips = page.get_by_role("list", name="Bộ lọc đang dùng")
    assert "Hải Dương" in chips.inner_text()

    chips.get_by_role("link", name="Hải Dương").click()
    assert status.inner_text().startswith("39 bài")

    page.get_by_role("link", name="mới nhất").click()
    narrow.get_by_role("link", name=re.compile("^2023")).click()
    found = page.url
    page.locator(".hits h2 a").first.click()
    assert "/bai/" in page.url
    assert page.locator(".story mark").count() > 0
    page.get_by_role("link", name=re.compile("^Về kết quả")).click()
    assert page.url == found
    for _ in range(2):
        page.wait_for_load_state()  # while Chromium swaps pages it has no history to go back in
        page.go_back()
    assert page.url == found


def test_on_a_phone_the_filters_fold_above_the_results(page, address):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/?q=hop")
    korea = page.get_by_role("link", name=re.compile("^Hàn Quốc 12"))
    assert not korea.is_visible()
    page.locator("summary", has_text="Thu hẹp").click()
    korea.click()
    assert page.get_by_role("status").inner_text().startswith("12 bài")
    assert "đang lọc: 1" in page.locator(".narrow > summary").inner_text()


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_page_is_wider_than_the_screen(browser, hostile, width):
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        for path in (
            "/",
            "/?q=hợp",
            f"/?q={'W' * 900}",
            "/bai/hostile",
            "/bai/a0002",
            "/?province=no",
            "/hop-tac",
            "/bao-cao",
        ):
            page.goto(hostile + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_everything_that_is_clicked_is_large_enough(browser, address):
    """Targets of at least 24 by 24 pixels; a link within a sentence may be as high as its line."""
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        for path in ("/?q=hợp&country=KR", "/bai/a0003?q=hợp", "/bao-cao", "/danh-sach?ids=a0001"):
            page.goto(address + path)
            small = page.evaluate(
                """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden])')]
                    .filter(e => e.checkVisibility() && !e.closest('.skip') && getComputedStyle(e).display != 'inline')
                    .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
                    .filter(([_, box]) => box.width < 24 || box.height < 24).map(([html, b]) => html + b.height)"""
            )
            assert small == []


def test_a_line_of_an_article_is_at_most_seventy_letters(browser, address):
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/bai/a0002")
        longest = page.evaluate(
            """() => { const text = document.querySelectorAll('.story > p')[2].firstChild, lines = {};
                const range = document.createRange();
                for (let i = 0; i < text.length; i++) {
                    range.setStart(text, i); range.setEnd(text, i + 1);
                    const top = Math.round(range.getBoundingClientRect().top);
                    lines[top] = (lines[top] || 0) + 1;
                }
                return Math.max(...Object.values(lines)); }"""
        )
        assert 45 <= longest <= 72  # the space at which a line breaks is counted too


def test_the_keyboard_goes_to_the_results_first(browser, address):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/?q=hợp")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Tới kết quả"
        assert page.locator(".skip").bounding_box()["x"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.results') !== null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_paper(browser, address, scheme):
    """WCAG AA, 4.5 to 1, for every colour of text, in both themes, and 3 to 1 for the edges of what is typed in."""
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(address)
        colours = page.evaluate(
            """() => Object.fromEntries(['paper', 'ink', 'soft', 'accent', 'mark', 'edge'].map(name =>
                [name, getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()]))"""
        )
    for text in ("ink", "soft", "accent"):
        assert contrast(colours[text], colours["paper"]) >= 4.5
        assert contrast(colours[text], colours["mark"]) >= 4.5
    assert contrast(colours["edge"], colours["paper"]) >= 3


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# -- what a hostile page may have left in the archive ----------------------------------------------------------------

SCRIPT = "<script>document.title = 'taken'</script>"
IMAGE = "<img src=x onerror=\"document.title = 'taken'\">"
BIDI = "Tin \u202egnul\u202c và \u2067ngược\u2069 xuôi\u200f"
GIANT = "ữ" * 3000


@pytest.fixture
def hostile(listening):
    """The address of an app whose archive holds an article that means harm."""
    wicked = Article(
        id="hostile",
        source=f"/kho/{SCRIPT}",
        url="javascript:document.title='taken'",
        site=f'"><b>{IMAGE}',
        title=f"{SCRIPT}{BIDI} hợp",
        lead=f"{IMAGE} hợp </p></main><h1>{BIDI}",
        body=(SCRIPT, IMAGE, GIANT, BIDI, "{{ 7 * 7 }} %(x)s %"),
        captions=(IMAGE, GIANT),
        uncertain=(SCRIPT,),
        byline="' onclick='x",
        dating=Dating(None, "<kind>", IMAGE, hint=SCRIPT),
    )
    place = replace(country("KR"), name=f"Hàn {IMAGE}", evidence=(Evidence(SCRIPT, 0, 1, IMAGE + BIDI, 1.0, "x"),))
    tagged = replace(stories()[0], article=wicked, countries=(place,))
    return listening(create_app(Settings(), WatchedService([tagged, *stories()])))


@pytest.mark.parametrize("path", ["/bai/hostile?q=hợp", "/?q=script hợp", "/?q=<script>x</script> hợp"])
def test_hostile_text_is_only_text(page, hostile, path):
    page.goto(hostile + path)
    assert "taken" not in page.title().replace(SCRIPT[8:-9], "")
    assert page.locator("script:not([src]), img, h1 h1, [onerror], [onclick]").count() == 0
    assert page.locator("h1").count() == 1
    assert page.locator("a[href^='javascript']").count() == 0
    content = page.content()
    assert (
        "<script>document.title" in page.locator("body").inner_text() or "<script>x" in page.locator("#q").input_value()
    )
    assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", content)


def test_an_address_that_is_none_is_not_linked(page, hostile):
    page.goto(f"{hostile}/bai/hostile")
    assert page.get_by_text("Không rõ địa chỉ bài gốc.").is_visible()
    assert page.locator("a.out").count() == 0
