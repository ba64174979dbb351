"""The example editions in a real browser: narrow screens, errors, and the basics of accessibility.

Needs playwright and the system's Chromium; skipped, and said to be skipped, where either is absent.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from built_examples import Built

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

PAGES = (
    "index",
    "who-to-call",
    "differences",
    "challenges/index",
    "challenges/two-homes",
    "challenges/crisis-and-discharge",
    "challenges/rural-transport",
    "solutions/index",
    "solutions/place-of-study",
    "solutions/liaison-forum",
    "case-studies/index",
    "case-studies/moor-campus",
    "criteria",
    "terms",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as tool:
        running = tool.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield running
        running.close()


def opened(browser, built: Built, name: str, width: int = 1280):
    """Return a page opened from the disk, and the errors its console gave."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(Path(built.site / f"{name}.html").as_uri())
    return page, errors


FAULTS = """() => {
  const faults = [];
  const words = e => (e.textContent || '').trim().slice(0, 60);
  const all = s => [...document.querySelectorAll(s)];
  const name = e => e.getAttribute('aria-label') || (e.getAttribute('aria-labelledby') || '').split(/\\s+/)
      .map(id => document.getElementById(id)).map(x => x ? x.textContent : '').join(' ').trim();
  if (!document.documentElement.lang.startsWith('en')) faults.push('the page does not say its language');
  if (!document.title.trim()) faults.push('the page has no title');
  if (all('h1').length !== 1) faults.push(`there are ${all('h1').length} headings of level 1`);
  let last = 0;
  for (const h of all('h1,h2,h3,h4,h5,h6')) {
    const level = Number(h.tagName[1]);
    if (level > last + 1) faults.push(`from level ${last} to ${level}: ${words(h)}`);
    if (!words(h)) faults.push(`an empty heading of level ${level}`);
    last = level;
  }
  if (all('main,[role=main]').length !== 1) faults.push('there is not one main landmark');
  if (!all('nav,aside,[role=navigation]').length) faults.push('there is no landmark beside the main one');
  for (const i of all('img')) if (!i.hasAttribute('alt')) faults.push(`no alt: ${i.src}`);
  for (const t of all('table')) {
    if (!t.querySelector('caption')) faults.push(`a table has no caption: ${words(t)}`);
    if (!t.querySelector('th')) faults.push(`a table has no headers: ${words(t)}`);
    for (const th of t.querySelectorAll('th'))
      if (!th.scope && !(th.closest('thead') && !t.matches('[class*=guidance]')))
        faults.push(`no scope: ${words(th)}`);
  }
  const ids = all('[id]').map(e => e.id);
  for (const id of new Set(ids)) if (ids.filter(x => x === id).length > 1) faults.push(`id twice: ${id}`);
  for (const a of all('a[href]'))
    if (!words(a) && !name(a) && !a.title && !a.querySelector('img[alt]:not([alt=""])'))
      faults.push(`a link without words: ${a.getAttribute('href')}`);
  for (const b of all('button')) if (!words(b) && !name(b) && !b.title) faults.push('a button without words');
  for (const s of all('aside,section[aria-labelledby],article[aria-labelledby],[role=group]'))
    if (s.hasAttribute('aria-labelledby') && !name(s)) faults.push(`a label leads nowhere: ${s.id}`);
  for (const i of all('input:not([type=hidden])'))
    if (!name(i) && !i.labels.length && !i.placeholder && !i.closest('[aria-hidden=true]'))
      faults.push(`a field without a label: ${i.outerHTML.slice(0, 80)}`);
  for (const a of all('main a[href^="#"], [role=main] a[href^="#"]')) {
    const id = decodeURIComponent(a.getAttribute('href').slice(1));
    if (id && !document.getElementById(id)) faults.push(`a link leads nowhere: #${id}`);
  }
  return faults;
}"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_meets_the_basics_of_accessibility(name: str, browser, northtown: Built):
    page, _ = opened(browser, northtown, name)
    assert page.evaluate(FAULTS) == []
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_narrow_screen_without_scrolling_sideways(name: str, browser, northtown: Built):
    page, _ = opened(browser, northtown, name, width=320)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_an_error_in_the_console(name: str, browser, northtown: Built):
    page, errors = opened(browser, northtown, name)
    assert errors == []
    page.close()


def test_the_panel_of_a_changed_part_opens_from_the_keyboard(browser, northtown: Built):
    page, _ = opened(browser, northtown, "solutions/place-of-study")
    panel = page.locator("details").first
    assert panel.get_attribute("open") is None
    panel.locator("summary").focus()
    page.keyboard.press("Enter")
    assert panel.get_attribute("open") is not None
    assert panel.locator("ins").first.is_visible()
    page.close()


def test_every_panel_is_open_on_paper_or_can_be_opened_without_scripts(browser, northtown: Built):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((northtown.site / "solutions/place-of-study.html").as_uri())
    page.locator("details summary").first.click()
    assert page.locator("details ins").first.is_visible()
    context.close()


def test_the_faults_above_are_found_when_they_are_there(browser, tmp_path):
    bad = (
        "<html><title>x</title><main><h1>a</h1><h3>b</h3><img src='x.svg'><a href='#gone'></a>"
        "<table><tr><th>h</th></tr></table><p id='i'></p><p id='i'></p></main></html>"
    )
    (tmp_path / "bad.html").write_text(bad)
    page = browser.new_page()
    page.goto((tmp_path / "bad.html").as_uri())
    said = " ".join(page.evaluate(FAULTS))
    for words in (
        "language",
        "level 1 to 3",
        "landmark",
        "no alt",
        "no caption",
        "no scope",
        "id twice: i",
        "nowhere",
    ):
        assert words in said
    page.close()
