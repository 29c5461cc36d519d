"""The pages in a real browser, narrow and broad, light and dark, with and without JavaScript."""

from __future__ import annotations

from tests.desktop.web.conftest import AXE

PAGES = {
    "home": "/",
    "search": "/cari?q=keperawatan",
    "nothing": "/cari?q=zzzzzz",
    "title": "/judul/1",
    "new": "/baru",
    "guidelines": "/ppk",
    "hours": "/jam",
    "wards": "/bangsal",
    "programs": "/api",
    "gone": "/judul/999999",
}
WIDTHS = (360, 768, 1366)
PUSHED = """[...document.querySelectorAll("body *")].filter(one =>
    ["auto", "scroll"].includes(getComputedStyle(one).overflowX)
    && one.clientWidth && one.scrollWidth > one.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 90))"""
"""What has more in it than is seen at once from left to right."""


def violations(page):
    """What axe-core finds against WCAG 2.2 A and AA and its own best practices."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]} ({one['nodes'][0]['failureSummary'][:200]})"
        for one in found
    ]


def faults(page):
    """What shuts somebody out of a page, or is cut off in it: light in every width, and dark,
    where nothing but colours is another."""
    told = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        told += [(width, one) for one in violations(page)]
        broad = page.evaluate("document.documentElement.scrollWidth")
        if broad > width:
            told.append((width, f"{broad} pixels broad"))
        told += [(width, f"pushed sideways: {one}") for one in page.evaluate(PUSHED)]
    page.emulate_media(color_scheme="dark")
    told += [("dark", one) for one in violations(page)]
    page.emulate_media(color_scheme="light")
    return told


def test_no_page_shuts_anybody_out_and_none_is_cut_off(address, see):
    page = see(address, bypass_csp=True)
    wrong = {}
    for name, path in PAGES.items():
        page.goto(address + path)
        if told := faults(page):
            wrong[name] = told
    assert wrong == {}


def test_nothing_is_pushed_out_of_sight_on_a_telephone_in_english(address, see):
    page = see(address, 360, locale="en-GB")
    pushed = {}
    for name, path in PAGES.items():
        page.goto(address + path)
        assert page.evaluate("document.documentElement.lang") == "en"
        pushed[name] = page.evaluate(PUSHED)
    assert not any(pushed.values()), pushed


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_complained_of(address, see):
    page = see("about:blank", 360)
    asked, complaints = [], []
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda one: complaints.append(one.text))
    page.on("pageerror", lambda one: complaints.append(str(one)))
    for path in PAGES.values():
        if "999999" not in path:
            page.goto(address + path, wait_until="networkidle")
    assert [one for one in asked if not one.startswith(address)] == []
    assert complaints == []


def test_a_reader_finds_a_book_without_javascript(address, see):
    page = see(address, 360, java_script_enabled=False)
    page.fill("#q", "keperawatan")
    page.press("#q", "Enter")
    assert page.locator(".rows li").count() == 20
    page.click("summary")
    page.click("text=Tersedia sekarang")
    assert "ada=available" in page.url
    page.click(".row >> nth=0")
    assert page.locator(".copies .pill.good").count() >= 1


def test_the_list_follows_what_is_typed(address, see):
    page = see(f"{address}/cari", 1366)
    before = page.locator(".count").inner_text()
    page.locator("#q").press_sequentially("anatomi")
    page.wait_for_function("before => document.querySelector('.count').innerText !== before",
                           arg=before)  # fmt: skip
    page.wait_for_url("**/cari?q=anatomi")
    assert "natomi" in page.locator(".row .t").first.inner_text()
    assert page.locator(".narrow").first.get_attribute("open") is not None


def test_a_reader_is_led_by_the_keyboard_alone(address, see):
    page = see(address, 1366)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"


def test_a_citation_is_copied(address, see):
    page = see(f"{address}/judul/1", 768, permissions=["clipboard-read", "clipboard-write"])
    page.click(".cite button >> nth=0")
    page.wait_for_selector("text=Tersalin")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".cite .text").first.inner_text()
