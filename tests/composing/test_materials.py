"""Whose the file or source is, said as far as it is known, that one of an edition's own is called like."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from guidance_kit.composing.materials import assets, references
from guidance_kit.model.ancestry import Ancestry
from guidance_kit.model.library import Asset, Library
from guidance_kit.model.overlay import Overlay
from guidance_kit.model.references import Reference

CORE = Library(
    id="core",
    title="Core",
    references=(Reference("src", {"title": "Theirs"}),),
    assets=(Asset("map.svg", Path("core/map.svg")),),
)
OURS = Overlay(
    id="ours",
    title="Ours",
    references=(Reference("src", {"title": "Ours"}),),
    assets=(Asset("map.svg", Path("local/map.svg")),),
)


@pytest.mark.parametrize(
    ("ancestry", "whose"),
    [(None, "The national guidance"), (Ancestry(id="region"), "What this edition is based on")],
)
def test_what_has_a_file_or_source_of_that_name_is_named(ancestry, whose):
    base = attrs.evolve(CORE, ancestry=ancestry)
    (source,), (file,) = references(base, OURS)[1], assets(base, OURS)[1]
    assert source.message == f'{whose} has another source with the id "src".'
    assert file.message == f'{whose} already has a file "map.svg".'


@pytest.mark.parametrize("ancestry", [None, Ancestry(id="region")])
def test_of_two_files_of_an_edition_neither_is_said_to_be_national(ancestry):
    base = attrs.evolve(CORE, ancestry=ancestry, assets=())
    two = tuple(Asset("map.svg", Path(f"local/{folder}/map.svg")) for folder in ("a", "b"))
    (problem,) = assets(base, attrs.evolve(OURS, assets=two))[1]
    assert problem.message == 'This edition already has a file "map.svg".'
