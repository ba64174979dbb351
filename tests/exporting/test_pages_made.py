"""The pages that are made from an edition's files: what was left out, local facts, and differences."""

from __future__ import annotations

import attrs
import pytest
from reviewed import ADAPT, BUSES, NOTE, OPEN, SAFETY, TARGET, composed

from guidance_kit.api import compose, read_library, read_overlay
from guidance_kit.exporting import facts_used, left_out
from guidance_kit.exporting.differences import differences
from guidance_kit.exporting.differences import is_needed as differs
from guidance_kit.model.ancestry import Ancestry, Given, Layer, Locked, Omitted
from guidance_kit.model.review import Review

REGION = Ancestry(
    id="region",
    publisher="The <Region>",
    contact="ask@region.example",
    layers={"core:two-homes#summary": Layer("The <Region>", "context")},
    values=(Given("crisis-line", "0808 157 0199", "", "The <Region>"),),
    locked={"crisis-line": Locked("crisis-line", "One number.", "The <Region>")},
    left_out={"core:gone": Omitted("Gone *away*", "Nobody here.", "The <Region>")},
    under_review={"core:two-homes#summary": "A number changed"},
)
OUT = '[[leave_out]]\nitem = "core:two-homes"\nreason = "No."\n'
BUS = '[[fact]]\nid = "bus"\ntype = "phone"\nlabel = "Bus enquiries"\n'
FACT = '[facts]\ncrisis-line = "0808 157 0100"\n'


def test_what_was_left_out_is_named_with_its_reason_and_no_word_of_its_text(folders):
    folders.manifest('[[leave_out]]\nitem = "core:agree"\nreason = "No <b>roles</b> here."\n')
    page = left_out.left_out(composed(folders, local=BUSES))
    assert "## Left out\n\n- Agree. No \\<b\\>roles\\</b\\> here.\n" in page
    assert (
        "## Replaced by an item of our own\n\n- Canary waits. Ours are worse. "
        "In its place: {guidance:challenge}`northtown:buses`.\n"
    ) in page
    assert "within four weeks" not in page
    assert "## Not chosen" not in page


def test_what_was_not_chosen_is_a_list_here_and_a_number_among_the_differences(folders):
    folders.manifest('[choose]\nstart_from = "nothing"\n[[take]]\nitem = "core:agree"\n')
    edition = composed(folders, local=NOTE)
    page = left_out.left_out(edition)
    assert "## Not chosen" in page
    assert "- Two homes\n- Canary waits\n" in page
    told = differences(edition)
    assert "- 2 items not chosen.\n\nThe whole list: {doc}`/left-out`." in told
    assert "Canary waits" not in told


def test_new_national_items_wait_and_are_named(folders):
    edition = composed(folders, Review(waiting=frozenset({"core:waits"})), local=NOTE)
    assert "## New national items that we have not decided on yet" in left_out.left_out(edition)
    assert "- Canary waits\n" in left_out.left_out(edition)
    assert "- **New national items that nobody has decided on yet**: 1\n" in differences(edition)


def test_an_edition_that_takes_no_new_items_waits_for_none(folders):
    folders.manifest('[choose]\nnew_items = "leave-out"\n')
    edition = composed(folders, Review(waiting=frozenset({"core:waits"})), local=NOTE)
    assert (edition.not_chosen, edition.waiting) == (("core:waits",), ())
    page = left_out.left_out(edition)
    assert "## Not chosen\n\nThis edition names the new items of the national guidance that it takes." in page
    assert "- Canary waits\n" in page
    assert "not decided on yet" not in page + differences(edition)


def test_a_new_item_that_an_edition_names_is_taken_where_no_others_are(folders):
    folders.manifest('[choose]\nnew_items = "leave-out"\n[[take]]\nitem = "core:waits"\n')
    edition = composed(folders, Review(waiting=frozenset({"core:waits"})), local=NOTE)
    assert not edition.not_chosen
    assert "core:waits" in edition.by_id
    assert not [one for one in edition.problems if one.code == "unused"]


def test_what_an_earlier_edition_left_out_has_its_name_and_reason(folders):
    page = left_out.left_out(composed(folders, ancestry=REGION, local=NOTE))
    assert "- Gone away. Left out by The \\<Region\\>. Nobody here.\n" in page


def test_a_long_list_is_a_number_among_the_differences(folders, monkeypatch):
    monkeypatch.setattr("guidance_kit.exporting.differences.SHORT", 0)
    folders.manifest(f'[[leave_out]]\nitem = "core:two-homes"\nreason = "No."\n{FACT}')
    told = differences(composed(folders, local=NOTE))
    assert "- 1 item left out or replaced." in told
    assert "- 1 value, none of them still missing." in told


def test_a_local_fact_stands_in_a_table_with_a_caption_and_a_header(folders):
    folders.manifest(FACT)
    page = facts_used.facts_used(composed(folders))
    assert "```{list-table} Local facts, and where they are used\n:header-rows: 1\n" in page
    assert (
        "* - Fact\n  - Value\n  - Where it holds\n  - Who gave it\n  - Fixed\n  - Where it is used\n" in page
    )
    assert (
        "* - 24-hour crisis line\n  - 0808 157 0100\n  - The whole edition\n  - This edition\n  - No\n"
        "  - {guidance:challenge}`core:two-homes`; {guidance:solution}`core:agree`\n"
    ) in page


def test_a_value_for_one_item_has_a_row_of_its_own(folders):
    folders.manifest(
        f'{FACT}[[fact_for]]\nitem = "core:agree"\nfact = "crisis-line"\nvalue = "0808 157 0101"\n'
    )
    page = facts_used.facts_used(composed(folders))
    assert "  - Only in {guidance:solution}`core:agree`\n  - This edition\n  - No\n" in page
    assert (
        "  - The whole edition\n  - This edition\n  - No\n  - {guidance:challenge}`core:two-homes`\n" in page
    )


def test_a_value_that_this_edition_fixed_is_said_to_be_its_own(folders):
    folders.manifest(f'{FACT}[[lock_fact]]\nfact = "crisis-line"\nreason = "One number."\n')
    assert "  - This edition\n  - Yes, by this edition\n" in facts_used.facts_used(composed(folders))


def test_a_value_of_an_earlier_edition_is_named_and_said_to_be_fixed(folders):
    page = facts_used.facts_used(composed(folders, ancestry=REGION, local=NOTE))
    assert (
        "  - 0808 157 0199\n  - The whole edition\n  - The \\<Region\\>\n  - Yes, by The \\<Region\\>\n"
        in page
    )


def test_a_fact_without_a_value_shows_its_default_or_that_it_is_missing(folders):
    folders.write(
        folders.core / "facts.toml",
        '[[fact]]\nid = "crisis-line"\ntype = "phone"\nlabel = "Line"\nrequired = true\n'
        '[[fact]]\nid = "opening"\ntype = "text"\nlabel = "Opening"\ndefault = "all day"\n'
        '[[fact]]\nid = "unused"\ntype = "text"\nlabel = "Unused"\ndefault = "x"\n'
        '[[fact]]\nid = "team"\ntype = "text"\nlabel = "Team"\n',
    )
    folders.write(
        folders.core / "index.md", "# Core\n\nOpen {fact}`opening`.\n\n```{toctree}\nsolutions\n```\n"
    )
    folders.manifest('[facts]\nteam = "Us"\n')
    page = facts_used.facts_used(composed(folders, local=NOTE))
    assert (
        "* - Line\n  - \\[to be completed locally\\: Line\\]\n  - The whole edition\n  - Nobody yet\n" in page
    )
    assert (
        "* - Opening\n  - all day\n  - The whole edition\n  - The national default\n  - No\n  - {doc}`/index`"
        in page
    )
    assert (
        "* - Team\n  - Us\n  - The whole edition\n  - This edition\n  - No\n  - Nowhere in this edition\n"
        in page
    )
    assert "Unused" not in page


def test_at_most_five_places_are_linked(folders):
    folders.manifest(FACT)
    more = "".join(
        f":::{{challenge}} C{n}\n:id: more-{n}\n:themes: transitions\n:felt-by: nhs\n:strength: thin\n"
        ":sources: src-one\n\nRing {fact}`crisis-line`.\n\n## What it looks like\n\nx\n\n"
        "## Questions to put to each other\n\n1. y\n:::\n\n"
        for n in range(6)
    )
    page = facts_used.facts_used(composed(folders, local=more))
    assert page.count("{guidance:challenge}`") == 5
    assert "; and 3 more\n" in page


@pytest.mark.parametrize("module", [left_out, facts_used])
def test_a_page_with_nothing_to_say_is_not_written(folders, module):
    assert not module.is_needed(composed(folders, local=NOTE))


def test_what_is_under_review_is_told_among_the_differences(folders):
    told = differences(composed(folders))
    assert (
        "- {guidance:solution}`core:agree`, summary: changed in meaning. Ours is \\*quicker\\*. "
        "Approved by Clinical lead on 12 May 2026. Under review: the national text changed on 1 July 2026. "
        "The wait was cut."
    ) in told
    assert "- **Under review, as the national text changed**: 1\n" in told


def test_an_adaptation_that_waits_is_told_once_and_as_what_it_is(folders):
    told = differences(composed(folders, Review(adaptations={TARGET: SAFETY}), local=ADAPT))
    assert "changed for safety on 1 July 2026. The wait was cut. Until then the national wording" in told
    assert "There are no local notes." in told


def test_what_an_earlier_edition_changed_has_a_section(folders):
    edition = composed(folders, ancestry=REGION, local=NOTE)
    told = differences(edition)
    assert "## What was changed before, by The \\<Region\\> or earlier\n" in told
    assert (
        "- {guidance:challenge}`core:two-homes`, summary: adapted to local context by The \\<Region\\>. "
        "The national text changed since, and this has not been reviewed there yet. A number changed.\n"
    ) in told
    assert "- **In the wording of an earlier edition**: 1\n" in told
    assert "What was changed before" not in differences(composed(folders, OPEN))


def test_an_edition_of_an_edition_differs_even_without_local_work(folders):
    base, overlay = read_library(folders.core), read_overlay(folders.edition)
    assert not differs(compose(base, overlay))
    assert differs(compose(attrs.evolve(base, ancestry=REGION), overlay))


def test_a_value_that_no_page_uses_is_said_to_be_used_nowhere(folders):
    facts = folders.core / "facts.toml"
    folders.write(facts, f"{facts.read_text()}\n{BUS}")
    folders.manifest(f'{FACT}bus = "0115 496 0110"\n')
    told = differences(composed(folders))
    assert (
        "## Local facts used\n\n- **24-hour crisis line**: 0808 157 0100\n\n"
        "Not used anywhere in this edition:\n\n- **Bus enquiries**: 0115 496 0110\n\nWho gave each"
    ) in told


def test_where_no_value_is_used_that_is_said(folders):
    folders.write(folders.core / "facts.toml", BUS)
    folders.write(folders.core / "challenges/index.md", "# Challenges\n")
    for name in ("two-homes", "waits"):
        (folders.core / f"challenges/{name}.md").unlink()
    folders.manifest('[facts]\nbus = "0115 496 0110"\n')
    told = differences(composed(folders, local="Ours.\n"))
    assert "## Local facts used\n\nNone is used.\n\nNot used anywhere in this edition:\n" in told


@pytest.mark.parametrize(
    ("manifest", "ancestry", "opening"),
    [
        (OUT, None, "The national guidance (Small core) has items that are not in this edition. This page"),
        (
            "",
            REGION,
            (
                "Items that were left out of the edition that this one is based on (Small core), or before "
                "it, are not in this edition either. This page"
            ),
        ),
        (
            OUT,
            REGION,
            (
                "The edition that this one is based on (Small core) has items that are not in this edition. "
                "Items that were left out of that one, or before it, are not in this edition either. This page"
            ),
        ),
    ],
)
def test_the_page_of_what_is_left_out_says_who_left_it_out(folders, manifest, ancestry, opening):
    folders.manifest(manifest)
    page = left_out.left_out(composed(folders, ancestry=ancestry, local=NOTE))
    assert page.split("\n")[2] == f"{opening} names each of them, and says why."
