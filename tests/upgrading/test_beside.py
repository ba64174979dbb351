"""What an upgrade in a chain changes beside the words of items is named: notes and pages of the parent."""

from __future__ import annotations

import pytest
from small_chains import DAY, Chain

from guidance_kit.upgrading import plan_upgrade
from guidance_kit.upgrading.beside import given_changed
from guidance_kit.upgrading.summary import change_lines

NOTE = "```{local-note} core:access#summary A note\n:id: theirs\n\nWords of the region.\n```\n"
WHOLE = "```{local-note} core:access\n:id: whole\n\nOn all of it.\n```\n"
PAGE = "# Who we are\n\nThe region.\n"
ITEM = ":::{challenge} Own\n:id: own\n:themes: waiting\n:felt-by: students\n:strength: strong\n:sources: one\n\nOwn.\n\n## What it looks like\n\nSo.\n\n## Questions to put to each other\n\n- Who?\n:::\n"


@pytest.fixture
def chain(tmp_path):
    made = Chain(tmp_path)
    made.core()
    made.edition("region", "core", "", {"a.md": NOTE, "pages/who.md": PAGE})
    made.edition("uni", "region")
    made.up("region", "uni")
    return made


def told(chain: Chain) -> list[str]:
    """Return what a plan says of changes, but for its heading."""
    plan, problems = plan_upgrade(chain.folder / "uni", DAY)
    assert plan, problems
    return [line.strip() for line in change_lines(plan)][2:]


def region(chain: Chain, **files: str | None) -> None:
    for name, text in files.items():
        file = chain.folder / "region/local" / name.replace("__", "/")
        file = file.with_suffix(".md")
        if text is None:
            file.unlink()
        else:
            file.write_text(text, "utf-8")
    chain.up("region")


def test_a_note_that_goes_is_said_to_be_gone_with_whose_it_was_and_where(chain):
    region(chain, a=None)
    assert told(chain)[0] == "the note region:theirs of Region in core:access is gone"
    assert not any("page" in line and "note" in line for line in told(chain))


def test_a_new_note_and_one_that_says_something_else_are_told(chain):
    region(chain, a=NOTE.replace("Words of", "Other words of"), b=WHOLE)
    assert told(chain)[:2] == [
        "the note region:theirs of Region in core:access changed",
        "the note region:whole of Region in core:access is new",
    ]


@pytest.mark.parametrize("change", [("A note", "A title"), (":id: theirs\n", ":id: theirs\n:by: A trust\n")])
def test_the_title_of_a_note_and_who_says_it_are_of_what_it_says(chain, change):
    region(chain, a=NOTE.replace(*change))
    (line,) = (one for one in told(chain) if "note" in one)
    assert line.startswith("the note region:theirs of ")
    assert line.endswith(" in core:access changed")


def test_a_note_that_stands_elsewhere_is_told_with_its_page(chain):
    region(chain, a=NOTE.replace(":id: theirs\n", ":id: theirs\n:stands: before\n"))
    assert "the page challenges/access: where a note stands on it" in told(chain)


def test_another_order_of_options_is_nothing_about_a_note(chain):
    swapped = (":themes: roles\n:felt-by: nhs\n", ":felt-by: nhs\n:themes: roles\n")
    chain.core({"challenges/access.md": swapped, "challenges/small.md": ("One adviser", "Two advisers")})
    chain.up("region")
    assert told(chain) == ["core:small#what-it-looks-like changed (region 1)"]


def test_a_note_beside_what_the_parent_fixes_is_the_note_that_it_was(chain):
    protect = '\n[[protect]]\nitem = "core:access"\npart = "summary"\nprotection = "safety"\n'
    chain.core({"challenges/access.md": ("{fact}`team`", "a team")})  # fixed words have no fact of any words
    chain.up("region", "uni")
    file = chain.folder / "region/edition.toml"
    file.write_text(file.read_text("utf-8") + protect, "utf-8")
    chain.up("region")
    assert not any("note" in line for line in told(chain))


def test_a_note_in_other_lines_is_no_news(chain):
    region(chain, a=NOTE.replace("Words of", "Words\nof"), b=WHOLE.replace("core:access", "core:small"))
    assert [line for line in told(chain) if "note" in line] == [
        "the note region:whole of Region in core:small is new"
    ]


def test_a_page_that_goes_is_said_to_be_gone(chain):
    region(chain, pages__who=None)
    assert "the page who is gone" in told(chain)


def test_of_a_page_that_stood_in_the_place_of_one_that_goes_it_is_said_what_becomes(chain):
    chain.edition("uni", "region", "", {"pages/who.md": PAGE.replace("The region", "We")})
    chain.up("uni")
    region(chain, pages__who=None, pages__people=PAGE)
    assert [line for line in told(chain) if "page" in line][:2] == [
        "the page people is new",
        "the page who is gone; your own of that name stands by itself now",
    ]
    chain.up("uni")
    region(chain, pages__who=PAGE)
    assert "the page who is new; your own of that name stands in its place" in told(chain)


def test_a_new_page_is_said_to_be_new_and_one_that_holds_an_item_alone_is_not(chain):
    region(chain, pages__more="# More\n\nMore of it.\n", own=ITEM)
    assert "the page more is new" in told(chain)
    assert [line for line in told(chain) if "own" in line] == ["region:own is new (region 1)"]


def test_a_page_of_the_parent_that_changed_is_named(chain):
    region(chain, pages__who=PAGE.replace("The region", "The whole region"))
    assert "the page who changed (region 1)" in told(chain)


def test_what_is_the_same_is_not_told(chain):
    assert told(chain) == []


def test_a_value_that_the_parent_gives_otherwise_is_told_with_what_it_was(chain):
    head = (chain.folder / "region/edition.toml").read_text("utf-8")
    given = (
        '\n[facts]\ncrisis-line = "0808 157 0110"\nteam = "Ours"\nhours = "Monday to Friday, 9am to 5pm"\n'
    )
    for_one = '\n[[fact_for]]\nitem = "core:access"\nfact = "team"\nvalue = "Theirs"\n'
    file = chain.folder / "region/edition.toml"
    file.write_text(head + given, "utf-8")
    chain.up("region")
    assert told(chain)[:3] == [
        'fact crisis-line: Region gives "0808 157 0110" now; it gave none before',
        'fact hours: Region gives "Monday to Friday, 9am to 5pm" now; it gave none before',
        'fact team: Region gives "Ours" now; it gave none before',
    ]
    chain.up("uni")
    hours = 'hours = "Monday to Friday, 9am to 5pm"\n'  # as before, and so no news
    file.write_text(f'{head}\n[facts]\nteam = "Us"\n{hours}{for_one}', "utf-8")
    chain.up("region")
    gone = 'fact crisis-line: Region gives no value any more; it gave "0808 157 0110" before'
    changed = 'fact team: Region gives "Us" now; it gave "Ours" before'
    one = 'fact team in core:access: Region gives "Theirs" now; it gave none before'
    assert told(chain)[:3] == [gone, changed, one]
    manifest = chain.folder / "uni/edition.toml"
    ours = manifest.read_text("utf-8")
    manifest.write_text(f'{ours}\n[facts]\nteam = "Uni"\n', "utf-8")
    changed += "; your own value stands"
    assert told(chain)[:3] == [gone, changed, f"{one}; there it stands before your own"]
    manifest.write_text(f'{ours}\n[facts]\nteam = "Uni"\n{for_one}', "utf-8")
    assert told(chain)[:3] == [gone, changed, f"{one}; your own value stands"]
    fixed = '\n[[lock_fact]]\nfact = "team"\nreason = "One."\n'
    file.write_text(file.read_text("utf-8") + fixed, "utf-8")
    assert told(chain)[:3] == [gone, changed.replace("; your own value stands", ""), one]
    manifest.write_text(ours, "utf-8")
    chain.up("uni")
    assert told(chain) == []


def test_a_note_that_goes_to_another_item_is_told_with_both(chain):
    region(chain, a=NOTE.replace("core:access", "core:small"))
    assert "the note region:theirs of Region in core:small stood in core:access before" in told(chain)


def test_a_core_that_changes_has_no_values_nor_notes_of_anybody(chain):
    swapped = (":themes: roles\n:felt-by: nhs\n", ":felt-by: nhs\n:themes: roles\n")
    chain.core({"challenges/access.md": swapped, "challenges/small.md": ("One adviser", "Two advisers")})
    plan, problems = plan_upgrade(chain.folder / "region", DAY)
    assert plan, problems
    assert list(given_changed(plan)) == []


def test_a_note_on_a_page_of_several_items_is_told_with_its_own_and_without_a_name_where_there_is_none(
    tmp_path,
):
    chain = Chain(tmp_path)
    first, second = (ITEM.replace("own", name).replace("Own", name.title()) for name in ("one", "two"))
    chain.core(None, **{"challenges/both.md": f"{first}\n{second}".replace("waiting", "roles")})
    file = chain.edition("region", "core", "", {"a.md": NOTE}) / "edition.toml"
    file.write_text(file.read_text("utf-8").replace('publisher = "Region"\n', ""), "utf-8")
    chain.edition("uni", "region")
    chain.up("region", "uni")
    region(chain, a=NOTE.replace("core:access#summary", "core:one#summary").replace("theirs", "more"))
    assert "the note region:more in core:one is new" in told(chain)


def test_a_new_page_of_which_a_release_tells_is_told_once(chain):
    said = (
        '[[release]]\nversion = "1.0.0"\n\n[[release]]\nversion = "1.1.0"\n\n[[change]]\nrelease = "1.1.0"\n'
    )
    said += 'what = "page:more"\nkind = "substantive"\nwhy = "There is more."\n'
    pages = {"changes.toml": said, "more.md": "# More\n\nMore of it.\n"}
    chain.core({"library.toml": ("1.0.0", "1.1.0")}, **pages)
    plan, problems = plan_upgrade(chain.folder / "region", DAY)
    assert plan, problems
    lines = [line.strip() for line in change_lines(plan) if "page more" in line]
    assert lines == ["the page more is new (1.1.0): There is more."]


def test_a_fact_that_means_something_else_and_has_another_value_is_told_with_both(chain):
    chain.core({"facts.toml": ('label = "Team"', 'label = "Desk"')})
    file = chain.folder / "region/edition.toml"
    file.write_text(file.read_text("utf-8") + '\n[facts]\nteam = "Ours"\n', "utf-8")
    chain.up("region")
    assert told(chain) == [
        'fact team: Region gives "Ours" now; it gave none before',
        "fact:team changed (region 1)",
    ]


def test_a_note_on_an_item_that_got_another_page_is_the_note_that_it_was(chain):
    page = chain.folder / "core/challenges/access.md"
    page.rename(page.with_name("slow.md"))
    index = chain.folder / "core/challenges/index.md"
    index.write_text(index.read_text("utf-8").replace("access\n", "slow\n"), "utf-8")
    chain.up("region")
    assert not any("note" in line for line in told(chain))
