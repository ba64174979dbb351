"""What a flat edition's files say, to the letter: every file of two chains that use all there is.

``REWRITE_FLATTENED=1 pytest`` writes the expected files again; read the difference before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_chains import DAY, Chain
from test_chains import ADAPT, BOARD, REGION_LOCAL, REGION_SAYS, TRANSPORT

from guidance_kit.upgrading.flattening import flatten

EXPECTED = Path(__file__).parent / "flattened"
INNER = """
::::{solution} A kit
:id: kit
:addresses: access
:status: in-use
:sources: one

A kit for all.

## How it works

> :::{challenge} Kits get lost
> :id: lost
> :themes: roles
> :felt-by: nhs
> :strength: thin
> :sources: one
>
> Nobody looks after them, says {solution}`kit`.
>
> ## What it looks like
>
> An empty shelf.
>
> ## Questions to put to each other
>
> Who counts?
> :::

## First steps

Count.
::::
"""
#: A region that uses every operation, and a university that says something of each of them.
FULL_REGION = {
    **REGION_LOCAL,
    "items.md": TRANSPORT + INNER,
    "adapt.md": ADAPT
    + "\n```{adapt} core:forum#summary\n:kind: context\n\nReplaced, so nobody reads it.\n```\n"
    + "\n```{adapt} core:small#summary\n:kind: context\n:reason: Left out.\n\nNobody reads this either.\n```\n"
    + "\n```{adapt} core:roles#how-it-works\n:kind: meaning\n:approved-by: Region lead\n:approved-on: 2026-01-02\n"
    ":review-by: 2027-01-02\n:reason: Two pages are better\n\nOn two pages.\n```\n"
    + "\n```{adapt} core:roles#summary\n:kind: context\n\nWrite them on a wall, with {fact}`team`.\n```\n"
    + "\n```{adapt} core:access#questions\n:kind: context\n\nWho answers here?\n```\n",
    "pages/plan.md": "# The plan\n\nThe region's plan.\n\n"
    + TRANSPORT.replace(":id: transport", ":id: planned"),
    "pages/year.md": "# The region's year\n\nIn May.\n",
}
FULL_UNI_SAYS = """
[choose]
new_items = "leave-out"

[publish]
when_stale = "show-national"

[writing]
check = false
names = ["Uni"]

[facts]
team = "Uni team"
hours = "9 to 5"

[[fact_for]]
item = "core:roles"
fact = "team"
value = "Uni roles"

[[fact_for]]
item = "core:access"
fact = "team"
value = "Access team"

[[leave_out]]
item = "region:planned"
reason = "We have no plan."

[[place]]
item = "region:transport"
section = "challenges"

[[protect]]
item = "region:transport"
protection = "required"

[[lock_fact]]
fact = "team"
reason = "One team."

[[arrange]]
section = "challenges"
last = ["region:transport"]
"""
FULL_UNI = {
    "a.md": "```{adapt} core:access#summary\n:kind: meaning\n:reason: Ours.\n:approved-by: Us\n\nTwo weeks.\n```\n\n"
    "```{adapt} core:roles#how-it-works\n:kind: context\n\nOn one and a half.\n```\n\n"
    "```{adapt} core:access#questions\n:kind: context\n\nWho answers at ours?\n```\n",
    "ask.md": "```{local-note} core:access#questions\n:id: ask\n\nAsk us.\n```\n",
    "b.md": "```{adapt} region:transport#summary\n:kind: context\n\nOur bus runs. Ring {fact}`desk`.\n```\n\n"
    "```{local-note} region:board\n:id: seat\n\nWe have a seat, and {challenge}`region:planned` is gone.\n```\n\n"
    "```{local-note} core:danger#summary\n:id: ours\n\nOur note on {solution}`board`.\n```\n",
    "own.md": TRANSPORT.replace("Buses are few", "Trams are few").replace(":id: transport", ":id: trams"),
    "carried/region/old.md": "```{local-note} core:access\n:id: older\n\nFrom before.\n```\n",
    "pages/year.md": "# Our year\n\nSee {solution}`board`, {challenge}`access` and {challenge}`planned`.\n",
    "pages/picture.png": "",
    "facts.toml": '[[fact]]\nid = "gate"\ntype = "text"\nlabel = "Gate"\n',
    "references.json": '[{"id": "two", "type": "book", "title": "Two"}]\n',
}
#: A region that only replaces one item, and a university that replaces that in turn.
BARE_REGION = {
    "board.md": BOARD.replace(", needs", "").replace(", transport", ""),
    "bus.md": TRANSPORT.replace("{fact}`desk`", "us"),
    "small.md": "```{adapt} core:small#summary\n:kind: context\n\nWe have one.\n```\n\n"
    "```{local-note} core:small\n:id: one\n\nOnly one.\n```\n\n"
    "```{local-note} core:access\n:id: all\n\nAll of us.\n```\n",
}
BARE_UNI_SAYS = '[[leave_out]]\nitem = "core:small"\nreason = "Not here."\n'
BARE_UNI = {
    "seat.md": "```{local-note} region:transport\n:id: seat\n\nWe have a seat.\n```\n",
    "own.md": BARE_REGION["board.md"]
    .replace(":id: board", ":id: circle")
    .replace(":instead-of: core:forum", ":instead-of: region:board")
    .replace("A board", "A circle"),
}


def full(chain: Chain) -> None:
    chain.edition("region", "core", REGION_SAYS, FULL_REGION)
    chain.edition("uni", "region", FULL_UNI_SAYS, FULL_UNI)
    (chain.folder / "uni/local/pages/picture.png").write_bytes(b"\x89PNG\xff")


def bare(chain: Chain) -> None:
    chain.edition("region", "core", '[facts]\ncrisis-line = "01632 960100"\n', BARE_REGION)
    chain.edition("uni", "region", BARE_UNI_SAYS, BARE_UNI)
    for name in ("region", "uni"):
        manifest = chain.folder / name / "edition.toml"
        manifest.write_text(manifest.read_text().replace(f'publisher = "{name.title()}"\n', ""))


def nothing(chain: Chain) -> None:
    take = '[choose]\nstart_from = "nothing"\n[[take]]\nitem = "core:{}"\n'
    chain.edition("region", "core", '[facts]\ncrisis-line = "01632 960100"\n')
    chain.edition("uni", "region", take.format("access"))


@pytest.mark.parametrize("said", [full, bare, nothing], ids=lambda said: said.__name__)
def test_every_file_of_a_flat_edition_says_what_it_should(tmp_path: Path, said) -> None:
    chain = Chain(tmp_path)
    chain.core()
    said(chain)
    chain.up("region", "uni")
    made, problems = flatten(chain.folder / "uni", chain.folder / "flat", DAY)
    assert made is not None, [str(one) for one in problems]
    found = "".join(f"=== {path}\n{text}\n" for path, text in sorted(files(chain.folder / "flat").items()))
    found = f"differing: {', '.join(made.differing) or 'nothing'}\n{found}"
    kept = EXPECTED / f"{said.__name__}.txt"
    if os.environ.get("REWRITE_FLATTENED"):
        kept.write_text(found, "utf-8")
    assert found == kept.read_text("utf-8")


def files(root: Path) -> dict[str, str]:
    """Return what a person reads or writes of an edition, and its records, but for the national text."""
    paths = (path for path in root.rglob("*") if path.is_file())
    names = {path.relative_to(root).as_posix(): path for path in paths}
    return {
        name: path.read_bytes().decode("utf-8", "backslashreplace")
        for name, path in names.items()
        if not name.startswith("national/") and name != "edition.lock"
    }
