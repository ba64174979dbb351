"""What a release brought bears the title that an editor knows it by."""

from __future__ import annotations

from pathlib import Path

from small_chains import DAY, Chain
from small_core import started, take

from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept, open_edition
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


ITEM = ":::{challenge} %s\n:id: %s\n:themes: roles\n:felt-by: nhs\n:strength: strong\n:sources: one\n%s\nOwn.\n\n## What it looks like\n\nSo.\n\n## Questions to put to each other\n\n- Who?\n:::\n"


def test_what_waits_bears_the_title_of_what_an_earlier_edition_put_in_its_place(tmp_path: Path):
    chain = Chain(tmp_path)
    chain.core()
    chain.edition("region", "core")
    chain.edition("uni", "region")
    chain.up("region", "uni")
    chain.core(None, **{"challenges/buses.md": ITEM % ("Buses are few", "buses", "")})
    chain.up("region")
    assert accept(tmp_path / "region", "core:buses", Decision(how=How.TOOK_NATIONAL, on=DAY))[0]
    chain.up("uni")
    ours = ITEM % ("There is one bus", "one", ":instead-of: core:buses\n:reason: R.\n")
    chain.edition("region", "core", "", {"one.md": ours})
    chain.up("region", "uni")
    (one,) = chain.opened("uni").undecided
    assert (one.target, one.title) == ("region:one", "There is one bus")
