"""Labels in words: local, from an earlier edition, and under review."""

from __future__ import annotations

import attrs
import pytest

from guidance_kit.api import compose, read_library, read_overlay
from guidance_kit.exporting import item_label, part_label
from guidance_kit.model.ancestry import Ancestry, Layer
from guidance_kit.model.edition import Label
from guidance_kit.model.review import Review, Stale
from guidance_kit.model.vocabulary import ChangeKind

ADAPT = "```{adapt} core:two-homes#summary\n:kind: context\n:reason: Ours.\n:approved-by: Lead\n\nOur words.\n```\n"
NOTE = "```{local-note} core:agree#summary\n:id: ours\n\nSigned.\n```\n"
TARGET = "core:two-homes#summary"


def composed(folders, review=None, layers=None, **changes):
    base = read_library(folders.core)
    if layers is not None:
        base = attrs.evolve(base, ancestry=Ancestry(id="region", publisher="The Region", layers=layers))
    overlay = attrs.evolve(read_overlay(folders.edition), **changes)
    return compose(base, overlay, review or Review())


def labels(edition, item, key="summary"):
    state = edition.by_id[item]
    part = next(part for part in state.parts if part.key == key)
    return item_label(edition, state), part_label(edition, part)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("context", "Regional wording (The Region)"),
        ("meaning", "Regional wording (The Region)"),
        ("noted", "National wording with a local note (The Region)"),
    ],
)
def test_words_that_an_earlier_edition_changed_name_it(folders, words, said):
    edition = composed(folders, layers={"core:agree#summary": Layer("The Region", words)})
    assert labels(edition, "core:agree") == (said, said)
    assert edition.by_id["core:agree"].label is Label.REGIONAL


def test_an_item_that_an_earlier_edition_added_is_its_local_item(folders):
    edition = composed(folders, layers={"core:agree": Layer("The Region", "local")})
    assert labels(edition, "core:agree") == ("Local item (The Region)", "Local wording (The Region)")


def test_local_details_and_notes_are_added_to_the_words_of_an_earlier_edition(folders):
    folders.local(NOTE)
    folders.manifest('[facts]\ncrisis-line = "0808 157 0100"\n')
    layers = {
        "core:agree#summary": Layer("The Region", "noted"),
        TARGET: Layer("The Region", "meaning"),
    }
    edition = composed(folders, layers=layers)
    noted = "National wording with local notes (one of The Region)"
    assert labels(edition, "core:agree") == (noted, noted)
    assert labels(edition, "core:two-homes")[1] == "Regional wording (The Region) with local details"


def test_what_is_adapted_from_an_earlier_edition_names_both(folders):
    folders.local(ADAPT)
    edition = composed(folders, layers={TARGET: Layer("The Region", "context")})
    said = "Adapted to local context by NHS Northtown from The Region"
    assert labels(edition, "core:two-homes") == (said, said)
    folders.local(ADAPT.replace("context", "meaning"))
    edition = composed(folders, layers={TARGET: Layer("The Region", "context")})
    assert labels(edition, "core:two-homes")[0] == "Changed in meaning by NHS Northtown from The Region"


@pytest.mark.parametrize(
    ("stale", "said"),
    [
        (
            Stale(kind=ChangeKind.SUBSTANTIVE, version="1.5.0", on="2026-07-01"),
            "the national text changed on 1 July 2026",
        ),
        (Stale(kind=ChangeKind.SUBSTANTIVE, version="1.5.0"), "the national text changed in 1.5.0"),
        (Stale(kind=ChangeKind.SUBSTANTIVE), "the national text changed"),
    ],
)
def test_what_is_under_review_says_when_the_national_text_changed(folders, stale, said):
    folders.local(ADAPT)
    edition = composed(folders, Review(adaptations={TARGET: stale}))
    words = f"Adapted to local context by NHS Northtown - under review: {said}"
    assert labels(edition, "core:two-homes") == (words, words)


def test_a_change_for_safety_says_so_and_the_national_words_come_first(folders):
    folders.local(ADAPT)
    stale = Stale(kind=ChangeKind.SAFETY, on="2026-07-01")
    edition = composed(folders, Review(adaptations={TARGET: stale}))
    said = "National wording with a local note - under review: the national text changed for safety on 1 July 2026"
    assert labels(edition, "core:two-homes")[1] == said


def test_an_item_says_the_gravest_change_in_it(folders):
    folders.local(ADAPT + NOTE.replace("core:agree#summary", "core:two-homes#questions"))
    review = Review(
        adaptations={TARGET: Stale(kind=ChangeKind.SUBSTANTIVE, on="2026-09-01")},
        notes={"northtown:ours": Stale(kind=ChangeKind.SAFETY, on="2026-07-01")},
    )
    edition = composed(folders, review)
    assert labels(edition, "core:two-homes")[0].endswith("changed for safety on 1 July 2026")
    assert labels(edition, "core:two-homes")[1].endswith("changed on 1 September 2026")


def test_an_item_whose_replacement_is_under_review_says_so(folders):
    buses = (
        ":::{challenge} Buses\n:id: buses\n:instead-of: core:waits\n:reason: Worse.\n:themes: transitions\n"
        ":felt-by: nhs\n:strength: thin\n:sources: src-one\n\nBuses.\n\n## What it looks like\n\nRare.\n\n"
        "## Questions to put to each other\n\n1. When?\n:::\n"
    )
    folders.local(buses)
    edition = composed(
        folders, Review(items={"northtown:buses": Stale(kind=ChangeKind.SUBSTANTIVE, version="2")})
    )
    said = item_label(edition, edition.by_id["northtown:buses"])
    assert said.endswith(
        'replaces national item "Canary waits" - under review: the national text changed in 2'
    )
