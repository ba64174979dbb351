"""The page that tells readers what changed in the national guidance."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from guidance_kit.api import read_edition
from guidance_kit.exporting import news, tree
from guidance_kit.exporting.differences import differences
from guidance_kit.model.changes import Change
from guidance_kit.model.edition import Edition
from guidance_kit.model.vocabulary import ChangeKind

SMALL = Path(__file__).parent.parent / "releases" / "small-core"
EDITION = """\
[edition]
id = "northtown"
title = "Northtown edition"
publisher = "NHS Northtown"
version = "2026.1"
based_on = "{base}"
"""
LEFT_OUT = '\n[[leave_out]]\nitem = "core:waiting-well"\nreason = "Nobody here rings."\n'


@pytest.fixture
def make(tmp_path: Path):
    def make(version: str = "2.0.0", manifest: str = "") -> Edition:
        (tmp_path / "edition.toml").write_text(EDITION.format(base=SMALL / version) + manifest)
        edition, problems = read_edition(tmp_path)
        assert edition is not None, problems
        return edition

    return make


def section(text: str, heading: str) -> str:
    return text.partition(f"## Version {heading}")[2].partition("\n## ")[0]


def test_the_newest_release_comes_first_with_its_date_in_words(make):
    text = news.whats_changed(make())
    headings = [line for line in text.split("\n") if line.startswith("#")]
    assert headings == [
        "# What changed in the national guidance",
        "## Version 2.0.0, 11 January 2027",
        "## Version 1.1.0, 8 June 2026",
        "## Version 1.0.0, 12 January 2026",
    ]
    assert "Shorter waits, medicines in the holidays" in section(text, "1.1.0")


def test_safety_comes_before_all_else_and_what_was_tidied_is_a_number(make):
    text = section(news.whats_changed(make()), "1.1.0")
    order = [
        "**For safety**",
        "**Changed**",
        "**New**",
        "**Moved, joined or withdrawn**",
        "2 texts were tidied",
    ]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert "The sentence was hard to read" not in text


def test_each_change_says_what_and_why_with_a_link_to_the_item(make):
    text = section(news.whats_changed(make()), "1.1.0")
    assert (
        "- {guidance:challenge}`core:access`, summary: Students should be seen within two weeks; it was four.\n"
        in text
    )
    assert (
        "- {guidance:solution}`core:medicines` (new): Students ran out of medicine in the holidays.\n" in text
    )
    assert '- The local fact "Liaison team": It is needed in more places now' in text


def test_what_moved_split_merged_or_went_is_told_in_plain_words(make):
    text = news.whats_changed(make())
    assert (
        "- {guidance:challenge}`core:two-addresses` was filed under another name before, `two-homes`. "
        "It is about two addresses"
    ) in text
    assert (
        "- {guidance:solution}`core:referral`, limits is now {guidance:solution}`core:referral`, what it takes."
        in text
    )
    assert "- The item `agreement` is now in 2 parts: {guidance:solution}`core:data-agreement` and" in text
    assert (
        "- The item `joint-meetings` and the item `shared-training` are now one: "
        "{guidance:solution}`core:working-together`." in text
    )
    assert "- The item `small-provider-hub` is withdrawn. No hub was ever set up." in text
    assert "- The local fact `hub-hours` is withdrawn." in text
    assert "core:data-agreement`: " not in text


def test_an_item_that_this_edition_leaves_out_is_named_by_its_title(make):
    text = news.whats_changed(make(manifest=LEFT_OUT))
    assert "- Support while waiting (not in this edition): Students asked for something" in text
    assert "core:waiting-well`" not in text


def test_a_change_of_something_that_has_gone_since_still_has_a_name(make):
    edition = make()
    change = Change(
        "1.1.0", "core:small-provider-hub#first-steps", ChangeKind.SUBSTANTIVE, "A host is found."
    )
    changes = attrs.evolve(edition.base.changes, changes=(*edition.base.changes.changes, change))
    edition = attrs.evolve(edition, base=attrs.evolve(edition.base, changes=changes))
    text = section(news.whats_changed(edition), "1.1.0")
    assert "- The item `small-provider-hub`, first steps: A host is found." in text


def test_there_is_no_page_where_there_was_only_a_first_release(make):
    edition = make("1.0.0")
    assert not news.is_needed(edition)
    made = tree(edition)
    assert "whats-changed.md" not in made.texts
    assert made.texts["index.md"] == (SMALL / "1.0.0" / "index.md").read_text()


def test_the_first_page_lists_it_last(make):
    made = tree(make())
    assert made.texts["index.md"].endswith("criteria\nterms\nwhats-changed\n```\n")
    made = tree(make(manifest=LEFT_OUT))
    assert made.texts["whats-changed.md"].startswith("# What changed in the national guidance\n")
    index = made.texts["index.md"].split("\n")
    assert index.index("differences") < index.index("whats-changed")


def test_a_page_of_that_name_is_not_written_over(make, tmp_path):
    page = tmp_path / "local" / "pages" / "whats-changed.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Our own news\n")
    assert tree(make()).texts["whats-changed.md"] == "# Our own news\n"


@pytest.mark.parametrize("name", ["core:two-homes", "two-homes", "core:two-addresses"])
def test_an_item_that_was_put_elsewhere_is_told_of_by_whichever_name(make, name):
    edition = make("1.1.0", f'\n[[place]]\nitem = "{name}"\nsection = "solutions"\n')
    text = differences(edition)
    assert "- Moved to another section: {guidance:challenge}`core:two-addresses`." in text
    assert "The pages and their order are those of" not in text
