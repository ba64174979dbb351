"""What a review says of each thing: what is settled is no change to decide on, and what is read was read."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_chains import CORE, Chain
from small_core import DAY, started, take

from guidance_kit.cli.commands import main
from guidance_kit.model.lock import How, What
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.upgrading import Decision, accept, open_edition, undo_upgrade
from guidance_kit.upgrading.comparing import Compared
from guidance_kit.upgrading.reviewing import compared

LOCAL = """\
```{local-note} immediate-danger
:id: ring

Never **ring** alone: see {solution}`desk` and {challenge}`access`.
```

```{adapt} benefit#summary
:reason: Ours.

Students stay well here.
```

```{adapt} information-sharing#summary
:reason: Ours.

We both hold records.
```

:::{solution} A desk
:id: desk
:addresses: access
:status: proposed
:sources: made-up-report
:instead-of: referral
:reason: Ours is a desk.

We have a desk.

## How it works

It rings back.

## First steps

1. Find a room.
:::
"""
CLINIC = """\
:::{solution} A clinic
:id: clinic
:addresses: access
:status: proposed
:sources: made-up-report

See {challenge}`two-homes`.

## How it works

It rings back.

## First steps

1. Find a room.
:::
"""
OUT = '[[leave_out]]\nitem = "out-of-hours"\nreason = "Nobody is there."\n'


def edition(folder: Path, *versions: str, local: str = LOCAL, tables: str = "") -> Path:
    """Return an edition that took some releases in turn."""
    root = started(folder, local)
    manifest = root / "edition.toml"
    manifest.write_text(f"{manifest.read_text('utf-8')}{tables}", "utf-8")
    for version in versions or ("1.0.0", "1.1.0"):
        take(root, version)
    return root


def shown(root: Path, name: str) -> tuple[Compared, ...]:
    """Return what a review of one thing shows."""
    opened, problems = open_edition(root, DAY)
    assert opened is not None, problems
    return compared(opened, name)


def test_what_is_up_to_date_is_not_to_be_decided_on(tmp_path: Path):
    (one,) = shown(edition(tmp_path), "benefit#summary")
    assert (one.open, one.kind, one.choices) == (False, None, ())
    assert one.hint.startswith("Nothing is to be decided. To take the national text all the same: ")


def test_what_was_only_tidied_is_no_change_of_substance(tmp_path: Path):
    (one,) = shown(edition(tmp_path), "information-sharing#summary")
    assert (one.open, one.kind, one.choices) == (False, ChangeKind.EDITORIAL, ())


@pytest.mark.parametrize(
    ("name", "kind"), [("benefit#summary", "<td>-</td>"), ("information-sharing#summary", "Only tidied")]
)
def test_a_page_about_settled_work_asks_for_nothing(tmp_path: Path, capsys, name: str, kind: str):
    page = tmp_path / "r.html"
    assert main(["review", str(edition(tmp_path)), name, "--html", str(page)]) == 0
    assert "nothing to decide" in capsys.readouterr().out
    text = page.read_text("utf-8")
    assert "Nothing here waits for a decision." in text
    assert kind in text
    assert "Change of substance" not in text
    assert "Tick one" not in text


def test_a_safety_change_that_nobody_has_read_is_not_called_read(tmp_path: Path):
    whole, part = shown(edition(tmp_path), "immediate-danger")
    assert (whole.name, whole.open) == ("ours:ring", True)
    assert part.words == "a safety change; it is decided on with ring, above"
    root = tmp_path / "edition"
    done, problems = accept(root, "ring", Decision(how=How.KEPT_MINE, by="Lead", on=DAY))
    assert done, problems
    part, _ = shown(root, "immediate-danger")
    assert part.words == "a safety change; read"


def test_local_words_name_items_by_their_titles_and_items_have_their_headings(tmp_path: Path):
    root = edition(tmp_path)
    (note, _) = shown(root, "immediate-danger")
    assert "{solution}`ours:desk`" in note.yours
    (desk,) = shown(root, "desk")
    assert desk.yours.startswith("A desk\n\nWe have a desk.\n\nHow it works\n\nIt rings back.\n\nFirst steps")


def test_a_fact_and_a_page_are_called_as_people_call_them(tmp_path: Path):
    root = edition(tmp_path, tables='[facts]\nliaison-team = "Our team"\n')
    assert [one.title for one in shown(root, "liaison-team")] == ["Liaison team"]
    (root / "local" / "pages").mkdir()
    (root / "local" / "pages" / "index.md").write_text("# Ours\n", "utf-8")
    assert [one.title for one in shown(root, "page:index")] == ["The page index"]


def changed_in_core(folder: Path, old: str, new: str) -> str:
    """Return what is told of a note beside words of a core that changed."""
    chain, page = Chain(folder), "challenges/access.md"
    chain.core({page: ("Students wait four weeks for {fact}`team`.", old)})
    chain.edition("town", "core", local={"n.md": "```{local-note} core:access\n:id: note\n\nOurs.\n```\n"})
    chain.up("town")
    toml = CORE["library.toml"].replace("1.0.0", "1.1.0")
    told = '[[release]]\nversion = "1.0.0"\n\n[[release]]\nversion = "1.1.0"\n\n[[change]]\nwhat = "core:access#summary"\n'
    told += 'kind = "substantive"\nrelease = "1.1.0"\nwhy = "Said anew."\n'
    chain.core(
        {page: ("Students wait four weeks for {fact}`team`.", new)},
        **{"library.toml": toml, "changes.toml": told},
    )
    chain.up("town")
    (one,) = compared(chain.opened("town"))
    return one.message


def test_the_message_names_changed_words_as_they_are_read(tmp_path: Path):
    words = changed_in_core(
        tmp_path, "**Never** ring {fact}`team`.", "**Never ring** {solution}`forum` alone."
    )
    assert '("to be completed locally: Team" to "A forum alone")' in words
    assert "*" not in words
    assert "`" not in words


def test_the_message_names_no_words_that_run_over_several_lines(tmp_path: Path):
    words = changed_in_core(tmp_path, "One.\n\nTwo.", "Three.\n\nFour.\n\n- Five.")
    assert words.endswith("which changed in 1.1.0: Said anew.")


def test_after_an_undone_upgrade_it_says_that_the_text_is_an_earlier_one(tmp_path: Path):
    root = edition(tmp_path, tables='[facts]\nliaison-team = "Our team"\n')
    for name in ("ring", "liaison-team"):
        assert accept(root, name, Decision(how=How.KEPT_MINE, by="Lead", on=DAY))[0]
    assert undo_upgrade(root)[0]
    for name, noun in (("ring", "Your note ours:ring stands beside"), ("liaison-team", "The value is about")):
        one = shown(root, name)[0]
        assert one.message.startswith(noun)
        assert "beside the text of 1.1.0; this edition now has that of 1.0.0" in one.message
        assert "changed in" not in one.message
        assert "means something else" not in one.message


def test_work_whose_record_is_gone_is_not_said_to_stand_beside_a_change(tmp_path: Path):
    root = edition(tmp_path, "1.0.0", tables='[facts]\nliaison-team = "Our team"\n')
    for path in (root / ".guidance" / "reviewed").glob("*.toml"):
        path.unlink()
    words = "to be looked at: there is no record of what it was looked at beside"
    assert shown(root, "liaison-team")[0].words == words
    assert shown(root, "benefit#summary")[0].words == words


def test_links_are_shown_by_titles_also_to_what_readers_do_not_see(tmp_path: Path, capsys):
    local = LOCAL.replace("{challenge}`access`", "{challenge}`out-of-hours` and {solution}`referral`")
    root = edition(tmp_path, local=local, tables=OUT)
    assert main(["review", str(root), "ring"]) == 0
    assert "Never ring alone: see A desk and Nobody answers at night and A desk." in capsys.readouterr().out


def test_a_link_to_what_was_moved_is_no_change_that_readers_see(tmp_path: Path, capsys):
    root = started(tmp_path, CLINIC)
    take(root, "1.0.0")
    note = "```{local-note} ours:clinic#summary\n:id: beside\n\nAsk.\n```\n"
    campus = Chain(tmp_path).edition("campus", "edition", local={"n.md": note})
    Chain(tmp_path).up("campus")
    take(root, "1.1.0")
    Chain(tmp_path).up("campus")
    assert main(["review", str(campus), "beside"]) == 0
    said = capsys.readouterr().out
    assert "two-homes" not in said
    assert said.count("    See Students have two homes.\n") == 2
    assert "Then and now readers get the same words: only how they are written differs.\n" in said


NIGHT = """\
:::{challenge} Nights here
:id: night
:themes: transitions
:felt-by: nhs
:strength: thin
:sources: made-up-report
:instead-of: out-of-hours
:reason: Ours is another.

We ring.

## What it looks like

- The college closes at six.

## Questions to put to each other

- Who answers at night?
:::
"""


def test_why_wording_was_fixed_for_safety_is_told_to_whoever_has_words_in_its_place(tmp_path: Path, capsys):
    why = "The number to ring at night stands in these words in every edition."
    root = edition(tmp_path, "1.1.0", "2.0.0", local=NIGHT)
    (one,) = [one for one in shown(root, "night") if one.name == "ours:night"]
    assert (one.state, one.open, one.safety, one.kind) == ("now-required", True, True, ChangeKind.SAFETY)
    assert one.why == why
    assert one.message.endswith(f" {why}")
    assert main(["status", str(root)]) == 1
    assert (
        "  night: replacement of core:out-of-hours, must appear now; about safety\n"
        in capsys.readouterr().out
    )


def test_why_wording_was_fixed_is_told_where_it_is_not_for_safety(tmp_path: Path):
    root = edition(tmp_path, "1.1.0", "2.0.0")
    (one,) = shown(root, "information-sharing#summary")
    assert (one.state, one.safety, one.kind) == ("now-protected", False, None)
    assert one.why == "Its wording was endorsed, so it is fixed."


def test_an_item_that_was_taken_and_became_one_with_another_is_told_when_that_is_taken(
    tmp_path: Path, capsys
):
    tables = '[choose]\nstart_from = "nothing"\n[[take]]\nitem = "core:joint-meetings"\n'
    root = edition(tmp_path, "1.0.0", local="", tables=tables)
    take(root, "2.0.0")
    assert main(["upgrade", str(root)]) == 2
    said = capsys.readouterr().out
    assert "\nTo be put right by hand:\n" in said
    assert 'Write item = "core:working-together" here in its place, or delete this [[take]].' in said


ADAPTED = """\
```{{adapt}} {}
:reason: Ours.

Ours.
```
"""


@pytest.mark.parametrize(
    ("target", "lost", "words"),
    [
        ("access#summary", False, "to be reviewed: the national text changed"),
        ("access#summary", True, "to be looked at: there is no record of what it was looked at beside"),
        ("placements#summary", True, "to be reviewed now: the national text changed for safety"),
        ("small-provider-hub#summary", True, "what it changes was withdrawn"),
    ],
)
def test_a_lost_record_is_told_where_nothing_more_is_known(tmp_path: Path, target, lost, words):
    root = edition(tmp_path, "1.0.0", local=ADAPTED.format(target))
    if lost:
        for path in (root / ".guidance" / "reviewed").glob("*.toml"):
            path.unlink()
    take(root, "2.0.0")
    assert next(one for one in shown(root, target) if one.what is What.ADAPT).words == words
