"""The national guidance on paper: how many sheets it takes, printed by a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from built_examples import Built, run

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
#: The most sheets of A4 that the whole guidance may take, and the briefing.
WHOLE, BRIEFING = 40, 2
#: The most words of the briefing, those of its links and citations among them.
WORDS = 900


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], int]:
    """Return a function that prints a page on A4 and counts the sheets."""

    def count(page: Path) -> int:
        with playwright.sync_playwright() as tool:
            browser = tool.chromium.launch(
                executable_path=CHROMIUM,
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            tab = browser.new_page()
            tab.goto(page.as_uri())
            pdf = tab.pdf(format="A4", prefer_css_page_size=True)
            browser.close()
        return len(re.findall(rb"/Type\s*/Page\b", pdf))

    return count


def test_the_whole_guidance_prints_on_forty_sheets(sheets, minimal: Built, tmp_path):
    whole = tmp_path / "whole"
    run(
        "-m", "guidance_kit", "build", minimal.folder, "--builder", "singlehtml", "--output", whole,
        cwd=tmp_path,
    )  # fmt: skip
    assert WHOLE / 2 < sheets(whole / "index.html") <= WHOLE


def test_the_briefing_prints_on_two_sheets(sheets, minimal: Built):
    assert sheets(minimal.site / "briefing.html") <= BRIEFING


def test_the_briefing_is_short_and_composed_from_the_summaries(minimal: Built):
    article = BeautifulSoup(minimal.html("briefing"), "html5lib").select_one("article")
    words = [word for word in article.get_text(" ").split() if any(letter.isalnum() for letter in word)]
    assert len(words) <= WORDS
    text = " ".join(article.get_text(" ").split())
    assert "drop out of care when they leave home for university" in text  # of a challenge
    assert "It works like a small outpatient clinic" in text  # of a case study


def test_the_conversation_puts_the_questions_of_the_challenges_that_an_edition_holds(
    minimal: Built, northtown: Built
):
    question = (
        "would you share a referral route, and on what terms?"  # of a challenge that Northtown leaves out
    )
    assert question in minimal.words("conversation")
    assert question not in northtown.words("conversation")
    assert "The last bus leaves before the clinic closes" in northtown.words("conversation")
    assert "NHS Northtown ICB" in northtown.words("conversation")
