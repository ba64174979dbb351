"""A small core and an edition of it in which something is under review, for tests of exporting."""

from __future__ import annotations

import datetime as dt

import attrs

from guidance_kit.api import compose, read_library, read_overlay
from guidance_kit.model.ancestry import Ancestry
from guidance_kit.model.lock import How, Reviewed, What
from guidance_kit.model.review import Review, Stale
from guidance_kit.model.vocabulary import ChangeKind

TARGET = "core:agree#summary"
ADAPT = """\
```{adapt} core:agree#summary
:kind: meaning
:reason: Ours is *quicker*.
:approved-by: Clinical lead
:approved-on: 2026-05-12

Agree *roles* within two weeks.
```
"""
NOTE = "```{local-note} core:agree#how-it-works Signed\n:id: ours\n\nSigned in 2026. Ring {fact}`crisis-line`.\n```\n"
BUSES = """\
:::{challenge} Rural buses
:id: buses
:instead-of: core:waits
:reason: Ours are worse.
:themes: transitions
:felt-by: nhs
:strength: thin
:sources: src-one

Buses.

## What it looks like

Rare.

## Questions to put to each other

1. When?
:::
"""
STALE = Stale(
    kind=ChangeKind.SUBSTANTIVE,
    version="1.5.0",
    on="2026-07-01",
    why="The wait was cut",
    was="Agree *roles* within six weeks.",
)
SAFETY = attrs.evolve(STALE, kind=ChangeKind.SAFETY)
OPEN = Review(adaptations={TARGET: STALE})
DECISION = Reviewed(
    what=What.ADAPT,
    target=TARGET,
    base="fp1:1",
    base_version="1.4.0",
    how=How.KEPT_MINE,
    by="Clinical lead",
    on=dt.date(2026, 5, 12),
    reason="Still right",
)


def composed(folders, review: Review = OPEN, ancestry: Ancestry | None = None, local: str = "", **changes):
    """Return the edition, with the local work above unless other is given."""
    folders.local(local or f"{ADAPT}\n{NOTE}\n{BUSES}")
    base = attrs.evolve(read_library(folders.core), ancestry=ancestry)
    return compose(base, attrs.evolve(read_overlay(folders.edition), **changes), review)
