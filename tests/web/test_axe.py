"""Accessibility by axe-core (WCAG 2.2 AA) on every page, in both themes, and the sugar that JavaScript adds."""

import json
import re
from dataclasses import replace

import pytest
from web_pages import PAGES as PAGES_STORED
from web_service import WatchedService, stories

from indexer import pipeline
from indexer.settings import Settings
from search_app.web import create_app

pytestmark = pytest.mark.browser

PAGES = {
    "all": "/",
    "results": "/?q=hợp&country=KR&year=2024",
    "folded": "/?q=suwon",
    "near": "/?q=hải+dương+tiếp+đoàn+đại+biểu+suwon+xyzzy",
    "nothing": "/?q=suwon&province=vn63:38",
    "article": "/bai/a0003?q=hợp",
    "undated": "/bai/a0006",
    "table": "/hop-tac",
    "choosing": "/chon/country?country=KR&country=-JP",
    "map": "/ban-do?q=hợp&geography=63",
    "watching": "/theo-doi",
    "report": "/bao-cao?q=hợp&country=KR",
    "list": "/danh-sach?ids=a0001,a0002&note-a0001=x",
    "lists": "/danh-sach",
    "mistake": "/?q=hợp&from=mai",
    "manual": "/cach-tim",
    "api": "/api",
    "missing": "/nowhere",
    "english": "/?q=hợp&lang=en",
}


@pytest.fixture
def folding(listening):
    return listening(create_app(Settings(), WatchedService(reprints=True)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, folding, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    with browser.new_context(color_scheme=scheme, bypass_csp=True, viewport={"width": 1200, "height": 900}) as context:
        page = context.new_page()
        found = {}
        for name, path in PAGES.items():
            page.goto(folding + path)
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            violations = axe.Axe().run(page).response["violations"]
            if violations:
                found[name] = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in violations]
        assert found == {}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    (folder / "pages.jsonl").write_text("\n".join(json.dumps(page) for page in PAGES_STORED), encoding="utf-8")
    pipeline.index([folder / "pages.jsonl"], Settings(index=folder / "index"))
    return folder / "index"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_editors_pages_either(browser, listening, archive, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    address = listening(create_app(Settings(index=archive, editor=True, editor_secret="x" * 16)))
    found = {}
    with browser.new_context(color_scheme=scheme, bypass_csp=True, viewport={"width": 390, "height": 900}) as context:
        page = context.new_page()

        def look(name):
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            violations = axe.Axe().run(page).response["violations"]
            if violations:
                found[name] = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in violations]
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name

        page.goto(f"{address}/?q=seongnam")
        page.locator(".hits h2 a").click()
        assert page.get_by_role("link", name="Sửa ngày và nơi").count() == 0
        page.get_by_role("link", name="Biên tập").click()
        look("sign in")
        page.get_by_label("Mật khẩu biên tập").fill("y" * 16)
        page.get_by_role("button", name="Vào").click()
        look("wrong")
        page.get_by_label("Mật khẩu biên tập").fill("x" * 16)
        page.get_by_role("button", name="Vào").click()
        look("desk")
        page.goto(f"{address}/?q=seongnam")
        page.locator(".hits h2 a").click()
        page.get_by_role("link", name="Sửa ngày và nơi").click()
        look("form")
        page.get_by_label("Đăng ngày").fill("mai")
        page.get_by_role("button", name="Lưu").click()
        look("mistake")
        page.get_by_label("Đăng ngày").fill("8/2/2022" if scheme == "light" else "9/2/2022")
        page.get_by_role("checkbox", name="Bỏ Hàn Quốc").check()
        page.get_by_role("button", name="Lưu").click()
        assert page.get_by_role("status").inner_text().startswith("Đã lưu.")
        look("saved")
        page.get_by_role("link", name="Về bài").click()
        assert "do biên tập sửa" in page.locator(".record").inner_text()
        look("corrected")
        page.wait_for_load_state()  # while Chromium swaps pages it has no history to go back in
        page.go_back()
        page.get_by_role("button", name="Hoàn tác").first.click()
        assert page.get_by_role("checkbox", name="Bỏ Hàn Quốc").count() == 1
        look("undone")
    assert found == {}


@pytest.fixture
def typing(browser, address):
    """A page with JavaScript, at the first page."""
    with browser.new_context(viewport={"width": 1200, "height": 900}) as context:
        opened = context.new_page()
        complaints = []
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        opened.goto(address)
        yield opened
        assert complaints == []


def test_a_word_is_completed_by_the_keyboard(typing):
    box = typing.get_by_role("combobox")
    box.press_sequentially("han qu")
    options = typing.get_by_role("listbox").get_by_role("option")
    options.first.wait_for()
    assert re.fullmatch(r"Chỉ bài về: Hàn Quốc \(\d+\)", options.first.inner_text())
    assert options.nth(1).inner_text() == "Hàn Quốc"
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    assert box.input_value() == "han qu"  # a filter, no words
    box.press("ArrowDown")
    assert box.input_value() == "Hàn Quốc"
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    box.press("Escape")
    assert box.input_value() == "han qu"
    assert typing.get_by_role("listbox").count() == 0
    box.press("Backspace")
    options.first.wait_for()
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("Enter")
    typing.wait_for_url(re.compile("q=H"))
    assert typing.locator("h1").inner_text().lower() == "kết quả cho: hàn quốc"


def test_a_place_narrows_instead_of_being_searched(typing):
    typing.get_by_role("combobox").press_sequentially("han qu")
    option = typing.get_by_role("listbox").get_by_role("option").first
    option.wait_for()
    count = option.locator(".count").last.inner_text().strip("()")
    option.click()
    typing.wait_for_url(re.compile("country=KR"))
    assert typing.get_by_role("status").inner_text().startswith(f"{count} bài")


def test_a_title_leads_to_its_article(typing):
    typing.get_by_role("combobox").press_sequentially("hải dương tiếp")
    typing.get_by_role("listbox").get_by_role("option").first.click()
    typing.wait_for_url("**/bai/a0002")


def test_enter_asks_what_was_typed(typing):
    box = typing.get_by_role("combobox")
    box.press_sequentially("han q")
    typing.get_by_role("listbox").get_by_role("option").first.wait_for()
    box.press("Enter")
    typing.wait_for_url("**/?q=han+q")


def test_two_keys(typing):
    typing.keyboard.press("/")
    assert typing.evaluate("document.activeElement.id") == "q"
    typing.keyboard.type("?/")
    assert typing.get_by_role("combobox").input_value() == "?/"
    typing.locator("h1").click()
    typing.evaluate("document.activeElement.blur()")
    typing.keyboard.press("?")
    typing.wait_for_url("**/cach-tim")


def test_suggestions_are_only_text(browser, listening):
    one = stories()[0]
    title = "<img src=x onerror=\"document.title='taken'\"> thử"
    service = WatchedService([replace(one, article=replace(one.article, title=title))])
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(listening(create_app(Settings(), service)))
        page.get_by_role("combobox").press_sequentially("<img")
        page.get_by_role("option").first.wait_for()
        assert page.get_by_role("option").first.inner_text() == title
        assert page.locator("img").count() == 0


def test_a_bar_of_the_timeline_narrows(page, address):
    page.goto(f"{address}/?q=hợp")
    page.locator(".timeline svg a").nth(2).click()
    assert page.get_by_role("status").inner_text().startswith("12 bài")
    assert page.locator(".scale span").count() == 12


def test_printing_an_article_leaves_the_page_around_it_out(browser, address):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/bai/a0002")
        page.emulate_media(media="print")
        for gone in (".ask", ".bottom", ".near", ".tongue"):
            assert not page.locator(gone).first.is_visible(), gone
        assert page.locator(".story h1").is_visible()
        assert page.locator(".cite").is_visible()
