"""What stands on a review is read by people who know no Markdown: a whole item, and its options."""

from __future__ import annotations

from guidance_kit.upgrading.artefacts import options_in
from guidance_kit.upgrading.reviewing import legible

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


def test_a_part_a_page_and_a_fact_stay_as_they_are() -> None:
    for target in ("core:medicines#summary", "page:index", "fact:team"):
        assert legible(BLOCK, target) == BLOCK
