"""What stands on a review is read by people who know no Markdown: a whole item, and its options."""

from __future__ import annotations

from guidance_kit.upgrading.artefacts import options_in
from guidance_kit.upgrading.legible import legible
from guidance_kit.upgrading.lost_links import item_of

BLOCK = """:::{solution} Medicines in the holidays
:id: medicines
:addresses: two-addresses
:protection: safety

A student leaves with enough.

## First steps

1. Ask.
:a line that only looks like an option
:::
"""


def test_a_whole_item_is_its_title_its_text_and_its_headings() -> None:
    assert legible(BLOCK, "core:medicines") == (
        "Medicines in the holidays\n\nA student leaves with enough.\n\nFirst steps\n\n"
        "1. Ask.\n:a line that only looks like an option"
    )


def test_options_are_a_line_each_and_the_id_is_no_news() -> None:
    options = options_in(BLOCK)
    assert options == ":id: medicines\n:addresses: two-addresses\n:protection: safety"
    assert legible(options, "core:medicines#options") == "- Addresses: two-addresses\n- Protection: safety"
    parts = ":id: x\n:protected-parts: summary: safety; first-steps: endorsed"
    assert legible(parts, "core:x#options") == "- Fixed or required: summary (safety), first-steps (endorsed)"


def test_a_part_and_a_fact_stay_as_they_are() -> None:
    for target in ("core:medicines#summary", "fact:team"):
        assert legible(BLOCK, target) == BLOCK


def test_a_page_is_its_headings_its_words_and_what_its_lists_of_contents_hold() -> None:
    page = (
        "(top)=\nOur page\n========\nOurs.\n\n## More\n"
        "```{toctree}\n:maxdepth: 1\n\nchallenges/index\nThe end <terms>\n```\n\n"
        "```\n# as typed\n```\n\n" + BLOCK
    )
    assert legible(page, "page:index").startswith(
        "Our page\n\nOurs.\n\nMore\n\n- challenges/index\n- The end\n\n# as typed\n\nMedicines in the holidays\n\n"
    )
    assert "addresses" not in legible(page, "page:index")


def test_an_item_of_our_own_has_the_headings_of_a_national_one() -> None:
    options = ":status: proposed\n:sources: one\n:protection"
    item = item_of(
        BLOCK.replace(":protection", options).replace("\n:::\n", "\n\n## How it works\n\nSo.\n:::\n")
    )
    assert item is not None
    assert item.words == (
        "Medicines in the holidays\n\nA student leaves with enough.\n\nHow it works\n\nSo.\n\nFirst steps\n\n1. Ask.\n:a line that only looks like an option"
    )
