"""Chains: a child composes from its parent's result alone, and is told all that its readers need to know."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_chains import CHANGED, CORE, DAY, Chain, part, words

from guidance_kit.checking.subject import Subject
from guidance_kit.cli.check import check
from guidance_kit.cli.status import status
from guidance_kit.editing.adapting import write_adaptation
from guidance_kit.exporting import item_label
from guidance_kit.exporting.provenance import provenance
from guidance_kit.exporting.words import part_label
from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept, open_edition
from guidance_kit.upgrading.outlook import outlook
from guidance_kit.upgrading.reviewing import compared

REGION_SAYS = """
[facts]
crisis-line = "01632 960100"
team = "Region team"
desk = "01632 960111"

[[fact_for]]
item = "core:roles"
fact = "team"
value = "Roles team"

[[leave_out]]
item = "core:small"
reason = "We have none."

[[lock_fact]]
fact = "crisis-line"
reason = "One line answers for all of the region."

[[protect]]
item = "core:roles"
part = "first-steps"
protection = "endorsed"

[[arrange]]
section = "challenges"
first = ["region:transport", "core:danger"]
"""
TRANSPORT = """\
:::{challenge} Buses are few
:id: transport
:themes: roles
:felt-by: nhs
:strength: strong
:sources: one

No bus after six. Ring {fact}`desk`.

## What it looks like

See {challenge}`access`.

## Questions to put to each other

Who drives?
:::
"""
BOARD = """\
:::{solution} A board
:id: board
:addresses: access, transport
:status: in-use
:sources: one, needs
:instead-of: core:forum
:reason: The region has a board.

The board meets.

## How it works

It decides.

## First steps

Come.
:::
"""
ADAPT = """\
```{adapt} core:access#summary
:kind: context
:reason: Shorter waits here.

Students in the region wait three weeks for {fact}`team`.
```
"""
NOTES = """\
```{local-note} core:danger#summary The line
:id: line

The region's note.
```

```{local-note} core:roles
:id: whole

A note on all of it.
```

```{local-note} core:roles#how-it-works
:id: before
:stands: before

A note before.
```
"""
REGION_LOCAL = {
    "items.md": TRANSPORT,
    "board.md": BOARD,
    "adapt.md": ADAPT,
    "notes.md": NOTES,
    "facts.toml": '[[fact]]\nid = "desk"\ntype = "phone"\nlabel = "Desk"\n',
    "references.json": '[{"id": "needs", "type": "report", "title": "Needs"}]\n',
    "pages/who.md": "# Who to call\n\nThe desk: {fact}`desk`.\n\n![A desk](images/desk.svg)\n",
    "images/desk.svg": "<svg/>\n",
}


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    """A core, a region that uses every operation, and a university that says nothing of its own yet."""
    chain = Chain(tmp_path)
    chain.core()
    chain.edition("region", "core", REGION_SAYS, REGION_LOCAL)
    chain.edition("uni", "region")
    chain.up("region", "uni")
    return chain


def uni(chain: Chain, tables: str = "", local: dict[str, str] | None = None):
    chain.edition("uni", "region", tables, local)
    chain.up("uni")
    return chain.opened("uni").edition


# Identity.


def test_a_child_with_nothing_of_its_own_says_what_its_parent_says_byte_for_byte(chain):
    region, child = chain.opened("region").edition, chain.opened("uni").edition
    assert {page.path: page.text for page in child.pages} == {page.path: page.text for page in region.pages}
    assert [page.path for page in child.pages] == [page.path for page in region.pages]
    assert dict(child.values) == dict(region.values)
    assert {(one.fact, one.item): one.value for one in child.given} == {
        (one.fact, one.item): one.value for one in region.given
    }
    assert dict(child.redirects) == dict(region.redirects)
    assert chain.codes("uni") == chain.codes("region") == []


def test_the_items_of_such_a_child_are_those_of_its_parent_word_for_word(chain):
    region, child = chain.opened("region").edition, chain.opened("uni").edition
    assert list(child.by_id) == list(region.by_id)
    for name, state in region.by_id.items():
        assert {one.key: one.final for one in child.by_id[name].parts} == {
            one.key: one.final for one in state.parts
        }
        mine, theirs = child.by_id[name].parts, state.parts
        assert [one.fingerprint for one in mine] == [one.fingerprint for one in theirs]


def test_a_grandchild_says_it_too(chain):
    chain.edition("college", "uni")
    chain.up("college")
    region, last = chain.opened("region").edition, chain.opened("college").edition
    assert {page.path: page.text for page in last.pages} == {page.path: page.text for page in region.pages}
    assert chain.codes("college") == []
    assert {one.fact: one.by for one in last.locked.values()} == {"crisis-line": "Region"}


def test_the_copy_of_the_parent_is_enough_the_parent_may_be_gone(chain):
    before = chain.opened("uni").edition.pages
    (chain.folder / "region").rename(chain.folder / "elsewhere")
    assert chain.opened("uni").edition.pages == before
    assert chain.codes("uni") == []


def test_upgrading_twice_changes_nothing(chain):
    assert chain.up("uni").idle


# What reaches the child.


def test_an_adaptation_reaches_the_child_and_is_labelled_with_whose_it_is(chain):
    child = chain.opened("uni").edition
    state = child.by_id["core:access"]
    assert "three weeks" in words(child, "challenges/access")
    assert part(state, "summary").layer.by == "Region"
    assert part(state, "summary").layer.words == "context"
    assert item_label(child, state).startswith("Regional wording (Region)")
    assert part_label(child, part(state, "questions")) == "National wording"


def test_local_items_facts_pages_sources_and_files_reach_the_child(chain):
    child = chain.opened("uni").edition
    assert "region:transport" in child.by_id
    assert item_label(child, child.by_id["region:transport"]).startswith("Local item (Region)")
    assert "01632 960111" in words(child, "who")
    assert {"one", "needs"} <= {one.id for one in child.library.references}
    assert "images/desk.svg" in {one.path for one in child.library.assets}
    assert "desk" in {one.id for one in child.library.facts}


def test_the_parents_order_reaches_the_child(chain):
    lists = words(chain.opened("uni").edition, "challenges/index")
    assert lists.index("transport") < lists.index("danger") < lists.index("access")


def test_a_replaced_item_leads_to_what_stands_in_its_place(chain):
    child = chain.opened("uni").edition
    assert child.redirects == {"core:forum": "region:board"}
    assert Subject(child.library, child).full("forum") == "region:board"
    assert "unknown-link" not in chain.codes("uni")


def test_a_note_of_the_parent_stands_in_the_child_and_is_no_part_of_the_words(chain):
    child = chain.opened("uni").edition
    text = words(child, "challenges/danger")
    assert text.count("The region's note.") == 1
    assert ":by: Region" in text
    assert part(child.by_id["core:danger"], "summary").unfilled == "Call 999, then {fact}`crisis-line`."
    whole = item_label(child, child.by_id["core:roles"])
    assert whole == "National wording with a local note (Region), with local details"
    assert part_label(child, part(child.by_id["core:roles"], "first-steps")) == "National wording"


def test_links_to_what_the_parent_left_out_are_no_broken_links_that_nobody_could_mend(chain):
    child = uni(chain, local={"pages/ours.md": "# Ours\n\nSee {challenge}`core:small`.\n"})
    codes = chain.codes("uni")
    assert codes == ["broken-link"]  # in the child's own words alone
    (problem,) = chain.problems("uni")
    assert problem.place.path.endswith("uni/local/pages/ours.md")
    assert json.loads(provenance(child, child.pages))["left_out"]["core:small"] == {
        "title": "Small providers",
        "reason": "We have none.",
    }


# What a child says of its own.


def test_a_child_adapts_notes_and_leaves_out_items_of_the_parent_and_of_the_core(chain):
    local = {
        "a.md": "```{adapt} region:transport#summary\n:kind: context\n\nOur bus runs till ten. {fact}`desk`\n```\n"
        "```{adapt} core:access#summary\n:kind: meaning\n:reason: Ours.\n:approved-by: Us\n\nTwo weeks.\n```\n"
        "```{local-note} region:board\n:id: seat\n\nWe have a seat.\n```\n"
        "```{local-note} core:danger#summary\n:id: ours\n\nOur note.\n```\n"
    }
    leave = '[[leave_out]]\nitem = "core:roles"\nreason = "Elsewhere."\n'
    child = uni(chain, leave, local)
    assert chain.codes("uni") == []
    assert "Our bus runs till ten." in words(child, "challenges/transport")
    label = item_label(child, child.by_id["core:access"])
    assert label.startswith("Changed in meaning by Uni from Region")
    transport = child.by_id["region:transport"]
    assert item_label(child, transport).startswith("Adapted to local context by Uni from Region")
    assert "We have a seat." in words(child, "solutions/forum")
    danger = words(child, "challenges/danger")
    assert danger.index("Call 999") < danger.index("Our note.")
    assert "The region's note." in danger
    assert "core:roles" not in child.by_id


def test_an_adaptation_leaves_the_parents_notes_where_they_are(chain):
    text = "```{adapt} core:roles#how-it-works\n:kind: context\n\nOn two pages.\n```\n"
    child = uni(chain, local={"a.md": text})
    page = words(child, "solutions/roles")
    assert page.index("A note before.") < page.index("On two pages.") < page.index("## First steps")
    assert page.index("First steps") < page.index("A note on all of it.")
    assert "On one page" not in page


def test_a_short_name_means_the_childs_own_item_then_the_cores_then_the_parents(chain):
    own = TRANSPORT.replace("Buses are few", "Our buses")
    child = uni(
        chain, local={"i.md": own, "pages/p.md": "# P\n\n{challenge}`transport` {challenge}`access`\n"}
    )
    assert "{challenge}`uni:transport` {challenge}`access`" in words(child, "p")
    child = uni(chain, local={"i.md": "", "pages/p.md": "# P\n\n{challenge}`transport`\n"})
    assert "{challenge}`region:transport`" in words(child, "p")


def test_a_child_replaces_an_item_that_the_parent_put_in_the_place_of_another(chain):
    own = (
        BOARD.replace(":id: board", ":id: circle")
        .replace("core:forum", "region:board")
        .replace(", needs", "")
    )
    child = uni(chain, local={"c.md": own})
    assert child.redirects == {"core:forum": "uni:circle", "region:board": "uni:circle"}
    assert chain.codes("uni") == []


def test_a_change_of_what_the_parent_left_out_is_told_with_the_parents_reason(chain):
    uni(chain, local={"a.md": "```{adapt} core:small#summary\n\nOurs.\n```\n"})
    (problem,) = [one for one in chain.problems("uni") if one.code == "left-out-by-parent"]
    assert "Region" in problem.message
    assert "We have none." in problem.message


def test_a_change_of_what_the_parent_replaced_is_told_what_stands_there(chain):
    uni(chain, local={"a.md": "```{adapt} core:forum#summary\n\nOurs.\n```\n"})
    (problem,) = [one for one in chain.problems("uni") if one.code == "left-out-by-parent"]
    assert '"region:board" stands in its place' in problem.hint


def test_leaving_out_what_the_parent_left_out_is_merely_idle(chain):
    uni(chain, '[[leave_out]]\nitem = "core:small"\nreason = "We too."\n')
    assert chain.codes("uni") == ["unused"]


# Facts.


@pytest.mark.parametrize(
    ("tables", "roles", "elsewhere"),
    [
        ("", "Roles team", "Region team"),
        (
            '[facts]\nteam = "Uni team"\n',
            "Roles team",
            "Uni team",
        ),  # the parent's for one item still beats it
        (
            '[[fact_for]]\nitem = "core:roles"\nfact = "team"\nvalue = "Uni roles"\n',
            "Uni roles",
            "Region team",
        ),
        (
            '[facts]\nteam = "Uni team"\n[[fact_for]]\nitem = "core:roles"\nfact = "team"\nvalue = "U"\n',
            "U",
            "Uni team",
        ),
    ],
)
def test_precedence_of_facts(tmp_path, tables, roles, elsewhere):
    chain = Chain(tmp_path)
    chain.core()
    chain.edition("region", "core", REGION_SAYS, REGION_LOCAL)
    chain.edition("uni", "region", tables)
    chain.edition("college", "uni")
    chain.up("region", "uni", "college")
    for name in ("uni", "college"):
        edition = chain.opened(name).edition
        assert f"{{local-fact}}`{roles}`" in words(edition, "solutions/roles")
        assert f"{{local-fact}}`{elsewhere}`" in words(edition, "challenges/access")


def test_a_default_of_the_core_is_last(tmp_path):
    chain = Chain(tmp_path)
    chain.core()
    chain.edition("region", "core", '[facts]\ncrisis-line = "01632 960100"\n')
    chain.edition("uni", "region", '[facts]\nhours = "9 to 5"\n')
    chain.up("region", "uni")
    edition = chain.opened("uni").edition
    assert edition.values == {"team": "the team", "crisis-line": "01632 960100", "hours": "9 to 5"}
    assert "{fact}`team`" in words(edition, "challenges/access")


def test_a_fact_that_the_region_locks_is_refused_with_its_reason_and_contact(chain):
    child = uni(chain, '[facts]\ncrisis-line = "01632 960999"\n')
    (problem,) = chain.problems("uni")
    assert problem.code == "fact-locked"
    assert "Region. One line answers for all of the region." in problem.message
    assert "region@example.org" in problem.hint
    assert "01632 960100" in words(child, "index")


def test_the_lock_holds_for_one_item_too_and_for_a_grandchild(chain):
    tables = '[[fact_for]]\nitem = "core:access"\nfact = "crisis-line"\nvalue = "01632 960999"\n'
    chain.edition("college", "uni", tables)
    chain.up("college")
    (problem,) = chain.problems("college")
    assert problem.code == "fact-locked"
    assert "Region" in problem.message


def test_a_value_for_one_item_is_enough_for_a_required_fact_in_a_child(tmp_path):
    chain = Chain(tmp_path)
    chain.core(
        {
            "index.md": ("Ring {fact}`crisis-line`. ", ""),
            "challenges/danger.md": (", then {fact}`crisis-line`", ""),
        }
    )
    tables = '[[fact_for]]\nitem = "core:access"\nfact = "crisis-line"\nvalue = "01632 960100"\n'
    chain.edition("region", "core", tables)
    chain.edition("uni", "region")
    chain.up("region", "uni")
    assert chain.codes("region") == chain.codes("uni")


# Protection.


def test_a_protection_that_the_region_adds_binds_the_child(chain):
    local = {"a.md": "```{adapt} core:roles#first-steps\n\nOurs.\n```\n"}
    child = uni(chain, local=local)
    (problem,) = [one for one in chain.problems("uni") if one.code == "fixed-wording"]
    assert problem.place.path.endswith("uni/local/a.md")
    assert "1. Begin." in words(child, "solutions/roles")


def test_a_child_may_tighten_and_never_loosen(chain):
    uni(chain, '[[protect]]\nitem = "core:roles"\npart = "first-steps"\nprotection = "open"\n')
    assert chain.codes("uni") == ["loosened-protection"]
    uni(chain, '[[protect]]\nitem = "core:danger"\nprotection = "required"\n')
    assert chain.codes("uni") == ["loosened-protection"]
    uni(chain, '[[protect]]\nitem = "region:transport"\nprotection = "required"\n')
    assert chain.codes("uni") == []
    chain.edition("college", "uni", '[[leave_out]]\nitem = "region:transport"\nreason = "Town."\n')
    chain.up("college")
    assert chain.codes("college") == ["required-item"]


def test_fixed_wording_stands_through_three_layers_with_a_note_of_each_after_it(chain):
    note = "```{local-note} core:danger#summary\n:id: ours\n\nA note of {}.\n```\n"
    chain.edition("uni", "region", "", {"n.md": note.replace("{}", "uni")})
    chain.edition("college", "uni", "", {"n.md": note.replace("{}", "college")})
    chain.up("uni", "college")
    last = chain.opened("college").edition
    core = CORE["challenges/danger.md"]
    text = words(last, "challenges/danger")
    for said in ("The region's note.", "A note of uni.", "A note of college."):
        assert text.index("Call 999") < text.index(said) < text.index("## What it looks like")
    assert text.count(":beside: fixed") == 3
    state = last.by_id["core:danger"]
    assert part(state, "summary").unfilled in core
    chain.edition("college", "uni", "", {"n.md": "```{adapt} core:danger#summary\n\nOther.\n```\n"})
    chain.up("college")
    assert "fixed-wording" in chain.codes("college")


def test_an_endorsement_reaches_the_child_while_its_words_stand(tmp_path):
    chain = Chain(tmp_path)
    chain.core()
    chain.edition("region", "core", '[facts]\ncrisis-line = "01632 960100"\n', {"n.md": NOTES})
    chain.up("region")
    base = chain.opened("region").base
    covers = base.prints["core:danger#summary"]
    said = f'\n[[endorsement]]\nwhat = "core:danger#summary"\nby = "College"\ncovers = "{covers}"\n'
    chain.core(**{"library.toml": CORE["library.toml"] + said})
    chain.edition("uni", "region")
    chain.up("region", "uni")
    assert [one.by for one in chain.opened("uni").base.endorsements] == ["College"]
    assert chain.codes("uni") == []


# Time.


def newer(chain: Chain, kind: str = "substantive") -> None:
    said = CHANGED.replace("substantive", kind)
    toml = CORE["library.toml"].replace("1.0.0", "1.1.0")
    changes = {"challenges/access.md": ("four weeks", "two weeks")}
    chain.core(changes, **{"library.toml": toml, "changes.toml": said})


def test_a_change_that_the_region_has_not_reviewed_is_told_as_the_regions_to_review(chain):
    uni(chain, local={"a.md": "```{adapt} core:access#summary\n\nOurs, from three weeks.\n```\n"})
    newer(chain)
    chain.up("region", "uni")
    assert chain.state("region", "core:access#summary") == "stale"
    assert chain.state("uni", "core:access#summary") == "parent-under-review"
    (problem,) = [one for one in chain.problems("uni") if one.code == "parent-under-review"]
    assert "Region" in problem.message
    assert "region@example.org" in problem.message
    decision = Decision(
        how=How.EDITED, by="Region lead", reason="Two weeks now.", on=chain.opened("uni").today
    )
    file = chain.folder / "region/local/adapt.md"
    file.write_text(ADAPT.replace("three weeks", "two weeks"), "utf-8")
    done, problems = accept(chain.folder / "region", "core:access#summary", decision)
    assert done, problems
    chain.up("uni")
    assert chain.state("region", "core:access#summary") == "current"
    assert chain.state("uni", "core:access#summary") == "stale"
    assert "two weeks" in chain.opened("uni").base.by_id["core:access"].parts["summary"]


def test_a_grandchild_is_told_of_a_review_that_waits_two_layers_above(chain):
    local = {"n.md": "```{local-note} core:access#summary\n:id: ours\n\nOur note.\n```\n"}
    chain.edition("college", "uni", "", local)
    chain.up("college")
    newer(chain)
    chain.up("region", "uni", "college")
    assert chain.state("college", "core:access#summary") == "parent-under-review"


def test_what_the_region_puts_off_waits_for_its_day_two_layers_below_too(chain, monkeypatch):
    noon = dt.datetime.combine(DAY, dt.time(12), dt.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))
    local = {"n.md": "```{local-note} core:access#summary\n:id: ours\n\nOur note.\n```\n"}
    chain.edition("college", "uni", "", local)
    chain.up("college")
    newer(chain)
    chain.up("region")
    until = dt.date(2027, 2, 26)
    decision = Decision(how=How.DEFERRED, reason="The board meets then.", until=until, on=DAY)
    done, problems = accept(chain.folder / "region", "core:access#summary", decision)
    assert done, problems
    chain.up("uni", "college")
    for day, code in ((until, "parent-put-off"), (until + dt.timedelta(days=1), "parent-under-review")):
        opened, _ = open_edition(chain.folder / "college", day)
        (problem,) = (one for one in opened.problems if one.code.startswith("parent-"))
        assert problem.code == code
        assert ("until 26 February 2027" in problem.message) == (day == until)
        (standing,) = opened.standings
        assert (standing.open, standing.deferred) == (day != until, day == until)
    uni = chain.folder / "uni"
    ran = CliRunner().invoke(check, [str(uni), "--release"], standalone_mode=False)
    assert "[parent-put-off]" in ran.output
    assert "[parent-under-review]" not in ran.output
    ran = CliRunner().invoke(status, [str(uni)], standalone_mode=False)
    assert "core:access#summary: to be reviewed by" in ran.output
    assert "(until 26 February 2027)" in ran.output


def test_a_safety_change_reaches_the_child_at_once_with_the_national_words_first(chain):
    uni(chain, local={"a.md": "```{adapt} core:access#summary\n\nOurs.\n```\n"})
    newer(chain, "safety")
    chain.up("region")
    assert "newer-core-has-safety" in [
        one.code for one in outlook(chain.folder / "uni", chain.opened("uni").edition)
    ]
    chain.up("uni")
    assert chain.state("uni", "core:access#summary") == "stale-safety"
    page = words(chain.opened("uni").edition, "challenges/access")
    assert page.index("two weeks") < page.index("Ours.")


def test_a_change_of_the_regions_own_words_is_never_merely_editorial(chain):
    uni(chain, local={"a.md": "```{adapt} core:access#summary\n\nOurs.\n```\n"})
    newer(chain, "editorial")
    file = chain.folder / "region/local/adapt.md"
    file.write_text(ADAPT.replace("three weeks", "nine weeks"), "utf-8")
    chain.up("region", "uni")
    assert chain.state("uni", "core:access#summary") == "stale"


def test_an_item_that_the_region_leaves_out_later_leaves_the_childs_words_to_be_decided_on(chain):
    uni(chain, local={"a.md": "```{adapt} core:roles#summary\n\nOurs.\n```\n"})
    tables = REGION_SAYS.replace(
        "[[lock_fact]]", '[[leave_out]]\nitem = "core:roles"\nreason = "No."\n[[lock_fact]]'
    )
    tables = tables.replace(
        '[[protect]]\nitem = "core:roles"\npart = "first-steps"\nprotection = "endorsed"\n', ""
    )
    tables = tables.replace('[[fact_for]]\nitem = "core:roles"\nfact = "team"\nvalue = "Roles team"\n', "")
    chain.edition("region", "core", tables, REGION_LOCAL | {"notes.md": ""})
    chain.up("region", "uni")
    assert chain.state("uni", "core:roles#summary") == "orphaned"
    assert "left-out-by-parent" in chain.codes("uni")
    done, problems = accept(
        chain.folder / "uni", "core:roles#summary", Decision(how=How.LEFT_OUT, by="Us", reason="Gone.")
    )
    assert done, problems
    assert "left-out-by-parent" not in chain.codes("uni")


def test_a_newer_state_of_the_parent_is_told_even_if_its_version_is_the_same(chain):
    file = chain.folder / "region/local/adapt.md"
    file.write_text(ADAPT.replace("three weeks", "nine weeks"), "utf-8")
    assert [one.code for one in outlook(chain.folder / "uni", chain.opened("uni").edition)] == [
        "parent-behind"
    ]


# What cannot be.


def test_editions_that_are_based_on_one_another_are_told_with_the_path(chain):
    chain.edition("region", "college", REGION_SAYS, REGION_LOCAL)
    chain.edition("college", "uni")
    (problem,) = chain.refused("college")
    assert problem.code == "edition-cycle"
    assert "college -> uni -> region -> college" in problem.message


def test_an_edition_based_on_itself_is_told(chain):
    chain.edition("self", "self")
    (problem,) = chain.refused("self")
    assert problem.code == "edition-cycle"
    assert "self -> self" in problem.message


def test_nothing_is_taken_from_a_parent_with_errors_and_they_are_told(chain):
    before = chain.opened("uni").edition.pages
    wrong = ADAPT.replace("core:access#summary", "core:nowhere#summary")
    (chain.folder / "region/local/adapt.md").write_text(wrong, "utf-8")
    problems = chain.refused("uni")
    assert [one.code for one in problems if one.place.path.endswith("uni/edition.toml")] == ["missing-base"]
    assert "unknown-target" in [one.code for one in problems]
    assert "region@example.org" in next(one.hint for one in problems if one.code == "missing-base")
    assert chain.opened("uni").edition.pages == before


def test_a_parent_whose_manifest_cannot_be_read_is_told(chain):
    (chain.folder / "region/edition.toml").write_text("[edition\n", "utf-8")
    assert {one.code for one in chain.refused("uni")} == {"missing-base", "manifest-syntax"}


def test_words_of_the_region_are_called_its_own_and_not_national(chain):
    uni(
        chain,
        local={
            "a.md": "```{adapt} region:transport#summary\n\nOurs.\n```\n",
            "n.md": "```{local-note} core:danger#summary\n:id: ours\n\nOurs.\n```\n",
        },
    )
    standing = {one.artefact.target: one for one in chain.opened("uni").standings}
    assert standing["core:danger#summary"].whose == "the national text"
    file = chain.folder / "region/local/items.md"
    file.write_text(TRANSPORT.replace("No bus", "No train"), "utf-8")
    chain.up("region", "uni")
    (one,) = (one for one in chain.opened("uni").standings if one.open)
    assert one.words == "to be reviewed: the text of Region changed"
    (shown,) = compared(chain.opened("uni"))
    assert (shown.words, shown.whose) == (one.words, "the text of Region")
    done, problems = write_adaptation(chain.folder / "uni", "transport", "what-it-looks-like")
    assert done, problems
    assert done.then.endswith("until you do, readers see the text of Region.")
    idle = [one.message for one in chain.opened("uni").problems if one.code == "no-op-adaptation"]
    assert idle == ["This adaptation says what the text of Region says, so it changes nothing."]


@pytest.mark.parametrize("name", ["transport#summary", "region:transport#summary", "transport"])
def test_an_item_of_the_region_is_decided_on_by_its_short_name(chain, name):
    uni(chain, local={"a.md": "```{adapt} transport#summary\n\nOurs.\n```\n"})
    file = chain.folder / "region/local/items.md"
    file.write_text(TRANSPORT.replace("No bus", "No train"), "utf-8")
    chain.up("region", "uni")
    assert [one.target for one in compared(chain.opened("uni"), name)] == ["region:transport#summary"]
    done, problems = accept(chain.folder / "uni", name, Decision(how=How.KEPT_MINE, by="Us", reason="Ours."))
    assert done, problems
    assert chain.state("uni", "region:transport#summary") == "current"


def test_what_the_region_put_off_and_then_left_out_is_told_below_only_when_its_day_has_come(
    chain, monkeypatch
):
    monkeypatch.setenv(
        "SOURCE_DATE_EPOCH", str(int(dt.datetime.combine(DAY, dt.time(12), dt.UTC).timestamp()))
    )
    newer(chain)
    chain.up("region")
    region, until = chain.folder / "region", dt.date(2027, 2, 26)
    decision = Decision(how=How.DEFERRED, reason="The board meets then.", until=until, on=DAY)
    done, problems = accept(region, "core:access#summary", decision)
    assert done, problems
    manifest = region / "edition.toml"
    text = manifest.read_text("utf-8")
    manifest.write_text(f'{text}\n[[leave_out]]\nitem = "core:access"\nreason = "Not here."\n', "utf-8")
    chain.up("uni")
    for day, codes in ((until, []), (until + dt.timedelta(days=1), ["parent-under-review"])):
        opened, _ = open_edition(chain.folder / "uni", day)
        assert opened.base.ancestry.put_off
        assert [one.code for one in opened.problems if one.code.startswith("parent-")] == codes
    ran = CliRunner().invoke(status, [str(chain.folder / "uni")], standalone_mode=False)
    assert "to be reviewed by" not in ran.output
