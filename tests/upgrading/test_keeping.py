"""Words about what was withdrawn: which of them can become an item of our own, and where the others are kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_chains import CORE, Chain
from small_core import DAY, started, take

from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept, open_edition
from guidance_kit.upgrading.lost_links import without_lost
from guidance_kit.upgrading.reviewing import compared

LOCAL = """\
```{adapt} small-provider-hub#summary
:reason: Ours is a desk.

We have a desk.
```

```{adapt} small-provider-hub#how-it-works
:reason: Ours is a desk.

The desk rings back.
```

```{local-note} small-provider-hub
:id: hours

On Fridays too.
```

```{adapt} benefit#summary
:reason: Ours.

Students stay well here.
```
"""
REPLACED = """\
:::{solution} A desk
:id: desk
:addresses: access
:status: proposed
:sources: made-up-report
:instead-of: small-provider-hub
:reason: Ours is a desk.

We have a desk.

## How it works

It rings back.

## First steps

1. Find a room.
:::
"""


def edition(folder: Path, local: str) -> Path:
    """Return an edition made beside 1.1.0, upgraded to 2.0.0, in which the hub is withdrawn."""
    root = started(folder, local)
    for version in ("1.1.0", "2.0.0"):
        take(root, version)
    return root


def choices(root: Path) -> dict[str, tuple[str, ...]]:
    opened, _ = open_edition(root, DAY)
    assert opened is not None
    return {f"{one.what} {one.target} {one.name}".strip(): one.choices for one in compared(opened)}


def test_an_adaptation_of_what_is_gone_can_be_kept_and_a_note_cannot(tmp_path: Path):
    found = choices(edition(tmp_path, LOCAL))
    assert found["adapt core:small-provider-hub#summary"] == ("--as-local", "--attic")
    assert found["adapt core:small-provider-hub#how-it-works"] == ("--as-local", "--attic")
    assert found["note core:small-provider-hub ours:hours"] == ("--attic",)


def test_a_replacement_of_what_is_gone_can_be_kept(tmp_path: Path):
    assert choices(edition(tmp_path, REPLACED))["replace core:small-provider-hub ours:desk"] == (
        "--as-local",
        "--attic",
    )


def test_an_adaptation_whose_older_text_is_lost_can_only_go_to_the_attic(tmp_path: Path):
    root = edition(tmp_path, LOCAL)
    for path in (root / ".guidance" / "reviewed").glob("*.md"):
        path.unlink()
    assert choices(root)["adapt core:small-provider-hub#summary"] == ("--attic",)


@pytest.mark.parametrize("part", ["summary", "how-it-works"])
def test_of_two_that_are_kept_together_it_tells_where_the_words_are_that_were_named(
    tmp_path: Path, part: str
):
    root = edition(tmp_path, LOCAL)
    done, problems = accept(
        root,
        f"small-provider-hub#{part}",
        Decision(how=How.AS_LOCAL, by="Lead", reason="It is used.", on=DAY),
    )
    assert done is not None, problems
    assert Path(done.kept) == root / "attic" / f"core-small-provider-hub-{part}-1.md"
    assert f"small-provider-hub#{part}" in Path(done.kept).read_text("utf-8")
    other = {"summary": "how-it-works", "how-it-works": "summary"}[part]
    named = (f"small-provider-hub#{one}" for one in (part, other))
    assert " and ".join(named) in done.message.replace("core:", "")
    assert done.then == f"Taken out too: {root / 'attic' / f'core-small-provider-hub-{other}-1.md'}"
    assert "benefit#summary" in (root / "local" / "ours.md").read_text("utf-8")
    made = (root / "local" / "items" / "small-provider-hub-kept.md").read_text("utf-8")
    assert "We have a desk." in made
    assert "The desk rings back." in made


def withdraw(chain: Chain, *also: str, between: str = "") -> Path:
    """Return an edition that adapts a forum, and is told that it was withdrawn, with other items.

    The edition is based on the core, or on another edition ``between`` them.
    """
    chain.core()
    if between:
        chain.edition(between, "core")
    above = [between] if between else []
    words = "```{adapt} core:forum#first-steps\n:kind: context\n:reason: R\n\nAsk us.\n```\n"
    root = chain.edition("town", between or "core", local={"ours.md": words})
    chain.up(*above, "town")
    gone = {
        "forum": ("solution", "A forum"),
        "small": ("challenge", "Small providers"),
        "access": ("challenge", "Access is slow"),
    }
    core = chain.folder / "core"
    for name in ("forum", *also):
        kind, title = gone[name]
        (core / f"{kind}s" / f"{name}.md").unlink()
        for page in core.rglob("*.md"):
            text = page.read_text("utf-8").replace(f"\n{name}\n", "\n").replace(f"{{{kind}}}`{name}`", title)
            page.write_text(text, "utf-8")
    told = "".join(
        f'[[withdrawn]]\nrelease = "2.0.0"\nwhat = "{name}"\nwhy = "Gone."\n' for name in ("forum", *also)
    )
    (core / "changes.toml").write_text(
        f'[[release]]\nversion = "2.0.0"\ndate = "2026-11-01"\n\n{told}', "utf-8"
    )
    manifest = core / "library.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("1.0.0", "2.0.0"), "utf-8")
    chain.up(*above, "town")
    return root


def test_an_item_of_ours_links_to_nothing_that_went_with_the_national_one(tmp_path: Path):
    chain = Chain(tmp_path)
    root = withdraw(chain, "small")
    done, problems = accept(
        root, "forum#first-steps", Decision(how=How.AS_LOCAL, reason="We use it.", on=DAY)
    )
    assert done is not None, problems
    made = Path(done.place.path).read_text("utf-8")
    assert ":addresses: access\n" in made
    assert "Ask us." in made
    assert "unknown-link" not in chain.codes("town")


@pytest.mark.parametrize("between", ["", "county"])
def test_why_an_item_is_kept_names_the_national_item_whoever_stands_between(tmp_path: Path, between: str):
    root = withdraw(Chain(tmp_path), between=between)
    done, problems = accept(
        root, "forum#first-steps", Decision(how=How.AS_LOCAL, reason="We use it.", on=DAY)
    )
    assert done is not None, problems
    made = Path(done.place.path).read_text("utf-8")
    assert ":reason: Kept when the national item was withdrawn: Gone. We use it.\n" in made


def test_an_item_without_any_of_what_it_addresses_can_only_go_to_the_attic(tmp_path: Path):
    root = withdraw(Chain(tmp_path), "small", "access")
    assert choices(root)["adapt core:forum#first-steps"] == ("--attic",)
    done, (problem,) = accept(root, "forum#first-steps", Decision(how=How.AS_LOCAL, reason="R", on=DAY))
    assert done is None
    assert "went with it" in problem.message


def test_a_link_in_its_text_to_what_went_gives_way_to_the_words_or_the_title(tmp_path: Path):
    chain = Chain(tmp_path)
    withdraw(chain, "small")
    block = CORE["challenges/small.md"].replace("One adviser.", "See {solution}`the forum <forum>`.")
    kept = without_lost(chain.opened("town"), block)
    assert "Who helps? See A forum." in kept
    assert "See the forum." in kept


@pytest.mark.parametrize(
    "words",
    [
        "Ask {fact}`crisis-line`.",
        "See {challenge}`access`.",
        "See {challenge}`town:ours`.",
        "See {cite}`forum`.",
    ],
)
def test_whatever_leads_to_something_stays_in_its_text_as_it_is(tmp_path: Path, words: str):
    chain = Chain(tmp_path)
    withdraw(chain, "small")
    own = CORE["challenges/small.md"].replace(":id: small", ":id: ours\n:reason: R")
    chain.write("town", {"local/items/ours.md": own.replace(" See {solution}`forum`.", "")})
    block = CORE["challenges/small.md"].replace("One adviser.", words)
    assert words in without_lost(chain.opened("town"), block)


def test_what_is_left_out_here_is_not_lost(tmp_path: Path):
    chain = Chain(tmp_path)
    withdraw(chain, "small")
    chain.edition("town", "core", '[[leave_out]]\nitem = "access"\nreason = "R"\n')
    opened = chain.opened("town")
    assert "core:access" not in opened.edition.by_id
    assert ":addresses: access\n" in without_lost(opened, CORE["solutions/forum.md"])


def test_an_option_that_holds_no_link_any_more_goes(tmp_path: Path):
    chain = Chain(tmp_path)
    withdraw(chain, "small")
    block = """\
:::{document} A report
:id: report
:source: one
:for: nhs
:read: whole
:supports: forum
:about-challenges: access

It says so.

## What was read, and what was not

All of it.
:::
"""
    kept = without_lost(chain.opened("town"), block)
    assert ":supports:" not in kept
    assert ":about-challenges: access\n" in kept
