"""Sources and files beside the pages: national ones, and the edition's own."""

from __future__ import annotations

from guidance_kit.model.library import Asset, Library
from guidance_kit.model.overlay import Overlay
from guidance_kit.model.references import Reference
from guidance_kit.problems import Place, Problem


def references(base: Library, overlay: Overlay) -> tuple[tuple[Reference, ...], list[Problem]]:
    """Return the sources of both; a local one that says otherwise of a national one is a problem."""
    known = {one.id: one for one in base.references}
    problems = [
        Problem(
            "duplicate-id",
            f'{_whose(base)} has another source with the id "{one.id}".',
            "Give your source another id.",
            one.origin,
        )
        for one in overlay.references
        if one.id in known and known[one.id].csl != one.csl
    ]
    for one in overlay.references:
        known.setdefault(one.id, one)
    return tuple(known.values()), problems


def assets(base: Library, overlay: Overlay) -> tuple[tuple[Asset, ...], list[Problem]]:
    """Return the files of both; a local one never takes a national one's place, so that words stay true."""
    files = {asset.path: asset for asset in base.assets}
    problems = []
    for asset in sorted(overlay.assets, key=lambda asset: (asset.path, str(asset.file))):
        if asset.path in files:
            whose = _whose(base) if files[asset.path] in base.assets else "This edition"
            words = f'{whose} already has a file "{asset.path}".'
            place = Place(str(asset.file))
            problems.append(Problem("duplicate-id", words, "Give your file another name.", place))
        files.setdefault(asset.path, asset)
    return tuple(files.values()), problems


def _whose(base: Library) -> str:
    """Return what the base is called; of its sources and files nobody tells which edition added them."""
    return "What this edition is based on" if base.ancestry else "The national guidance"
