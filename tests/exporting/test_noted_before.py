"""A note of an earlier edition is told of where that edition, or one before it, changed the words too."""

from __future__ import annotations

import json

import attrs
import pytest
from reviewed import ADAPT, composed

from guidance_kit.exporting.as_library import ancestry
from guidance_kit.exporting.differences import differences
from guidance_kit.exporting.report import report_rows
from guidance_kit.model.ancestry import Ancestry, Layer
from guidance_kit.model.review import Review
from guidance_kit.reading.ancestries import read_ancestry

NOTE = "```{local-note} core:agree#summary\n:id: ours\n\nSigned.\n```\n"
WHOLE = "```{local-note} core:agree\n:id: whole\n\nSigned.\n```\n"
US = "NHS Northtown"
REGION = Ancestry(id="region", publisher="Region", layers={"core:agree#summary": Layer("Region", "context")})
BESIDE = attrs.evolve(REGION, layers={"core:agree#summary": Layer("Region", "noted")})
NOTED = attrs.evolve(REGION, noted={"core:agree#summary": ("Region",)})


@pytest.mark.parametrize(
    ("local", "before", "noted"),
    [
        (f"{ADAPT}\n{NOTE}", None, {"core:agree#summary": [US]}),
        (ADAPT, None, None),
        (NOTE, None, None),
        (NOTE, REGION, {"core:agree#summary": [US]}),
        (NOTE, NOTED, {"core:agree#summary": ["Region", US]}),
        (ADAPT, BESIDE, {"core:agree#summary": ["Region"]}),
        (f"{ADAPT}\n{NOTE}", BESIDE, {"core:agree#summary": ["Region", US]}),
        (WHOLE, attrs.evolve(REGION, layers={"core:agree": Layer("Region", "noted")}), {"core:agree": [US]}),
    ],
)
def test_who_noted_changed_words_is_told_to_those_who_build_on_them(folders, tmp_path, local, before, noted):
    told = ancestry(composed(folders, Review(), before, local=local))
    assert told.get("noted") == noted
    (tmp_path / "ancestry.json").write_text(json.dumps(told))
    read, _ = read_ancestry(tmp_path / "ancestry.json")
    assert read is not None
    assert {key: list(names) for key, names in read.noted.items()} == (noted or {})


def test_readers_are_told_of_both_the_change_and_the_note(folders):
    text = differences(composed(folders, Review(), NOTED, local="Ours.\n"))
    assert (
        "- {guidance:solution}`core:agree`, summary: adapted to local context by Region. "
        "It has a local note by Region.\n"
    ) in text
    text = differences(composed(folders, Review(), REGION, local="Ours.\n"))
    assert "It has a local note" not in text


def test_the_report_tells_of_both(folders):
    (one,) = report_rows(composed(folders, Review(), NOTED, local="Ours.\n"))["inherited"]
    assert one["words"] == "Adapted to local context by Region; it has a local note by Region"
