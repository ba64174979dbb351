"""Notes of several editions on one another: the wording stays national, and each is named who has a note."""

from __future__ import annotations

import re

import attrs
import pytest
from reviewed import composed

from guidance_kit.exporting import item_label, part_label
from guidance_kit.exporting.as_library import ancestry
from guidance_kit.exporting.differences import differences
from guidance_kit.exporting.report import report
from guidance_kit.model.ancestry import Ancestry, Layer
from guidance_kit.model.edition import Label
from guidance_kit.model.review import Review
from guidance_kit.upgrading.carried import item_line

PART = "core:agree#summary"
NOTE = "```{local-note} core:agree#summary\n:id: ours\n\nSigned.\n```\n"
WHOLE = NOTE.replace("#summary", "")
NOTED = Layer("Region", "noted")


def before(**layers: Layer) -> Ancestry:
    targets = {"whole": "core:agree", "part": PART, "other": "core:agree#how-it-works"}
    return Ancestry(id="uni", publisher="Uni", layers={targets[key]: one for key, one in layers.items()})


BOTH = attrs.evolve(before(part=NOTED), noted={PART: ("Uni",)})


@pytest.mark.parametrize(
    ("account", "local", "item", "part"),
    [
        (before(part=NOTED), "Ours.\n", "a local note (Region)", "a local note (Region)"),
        (BOTH, "Ours.\n", "local notes (Region and Uni)", "local notes (Region and Uni)"),
        (
            BOTH,
            NOTE,
            "local notes (one of Region and one of Uni)",
            "local notes (one of Region and one of Uni)",
        ),
        (
            attrs.evolve(before(whole=NOTED), noted={"core:agree": ("Uni",)}),
            NOTE,
            "local notes (one of Region and one of Uni)",
            "a local note",
        ),
        (
            before(whole=NOTED, part=Layer("Uni", "noted")),
            WHOLE,
            "local notes (one of Region and one of Uni)",
            "a local note (Uni)",
        ),
    ],
)
def test_a_label_names_everybody_who_has_a_note(folders, account, local, item, part):
    edition = composed(folders, Review(), account, local=local)
    state = edition.by_id["core:agree"]
    (summary,) = (one for one in state.parts if one.key == "summary")
    assert item_label(edition, state) == f"National wording with {item}"
    assert part_label(edition, summary) == f"National wording with {part}"


@pytest.mark.parametrize("layer", ["whole", "part"])
@pytest.mark.parametrize("local", ["Ours.\n", NOTE, WHOLE])
def test_what_earlier_editions_only_noted_is_counted_as_noted(folders, layer, local):
    edition = composed(folders, Review(), before(**{layer: NOTED}), local=local)
    assert "1 with a local note" in item_line(edition)
    assert "- 1 item in national wording, with a local note\n" in report(edition)
    told = differences(edition)
    assert "- **In national wording, with a local note**: 1\n" in told
    assert not re.search(
        "regional wording|wording of an earlier", item_line(edition) + report(edition) + told
    )


@pytest.mark.parametrize("words", ["context", "meaning", "local"])
def test_what_an_earlier_edition_changed_is_counted_as_its_wording(folders, words):
    edition = composed(folders, Review(), before(other=NOTED, part=Layer("Region", words)), local=NOTE)
    assert edition.by_id["core:agree"].counted is Label.REGIONAL
    assert "1 in regional wording" in item_line(edition)


def test_a_note_on_a_part_is_told_beside_one_on_the_whole_item(folders):
    edition = composed(folders, Review(), before(whole=NOTED, part=NOTED), local=NOTE)
    told = ancestry(edition)
    assert told["layers"] == {name: {"by": "Region", "words": "noted"} for name in ("core:agree", PART)}
    assert told["noted"] == {PART: ["NHS Northtown"]}
    assert "- {guidance:solution}`core:agree`, summary: has a local note by Region.\n" in differences(edition)
