"""What a release brought bears the title that an editor knows it by."""

from __future__ import annotations

from pathlib import Path

from small_core import started, take

from guidance_kit.upgrading import open_edition
from guidance_kit.upgrading.artefacts import title_of


def test_news_bears_the_title_of_the_item_that_it_is_about(tmp_path: Path):
    root = started(tmp_path, "")
    take(root, "1.0.0")
    take(root, "1.1.0")
    opened, _ = open_edition(root)
    assert opened is not None
    assert opened.lock is not None
    brought = (*opened.lock.waiting, *opened.lock.updated)
    titles = {one.target: one.title for one in brought}
    assert titles
    for target, title in titles.items():
        item = opened.base.by_id.get(target.partition("#")[0])
        assert title == (item.title if item else "")
    assert any(titles.values())


def test_a_fact_a_page_and_what_is_gone_have_no_title(tmp_path: Path):
    root = started(tmp_path, "")
    take(root, "1.0.0")
    opened, _ = open_edition(root)
    assert opened is not None
    for target in ("fact:crisis-line", "page:index", "core:nobody", "core:nobody#summary"):
        assert title_of(opened.base, target) == ""
