"""Merging by whole blocks: laws over generated texts and edits, and cases to be read aloud."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guidance_kit.model.fingerprint import fingerprint
from guidance_kit.model.markdown import parser
from guidance_kit.model.text import plain
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.libraries import content_root
from guidance_kit.upgrading.merging import Merge, Outcome, blocks_of, merge

law = settings(max_examples=100, deadline=None, derandomize=True, database=None)

PLAIN = (
    "People must wait four weeks.",
    "People must wait two weeks.",
    "People must *not* wait.",
    "Ask {fact}`crisis-line`.",
    "- one\n- two",
    "- one\n\n  more of one\n- two",
    "* three",
    "1. first\n2. second",
    "| a | b |\n| --- | --- |\n| c | d |",
    ":::{note} A title\n:class: tip\n\nBeware.\n:::",
    "```python\ncode = 1\n\nmore = 2\n```",
    "> quoted\nlazily",
    "### A heading",
    "Underlined\n---",
    "    code",
    "<div>\nhtml\n</div>",
    "Term\n: Meaning",
    "***",
)
DEFINING = (
    "See [the form][form].",
    "See [the form][form] and no other.",
    "See the note.[^1]",
    "[form]: a.md",
    "[form]: b.md",
    "[form]: a.md\n[other]: c.md 'Title'",
    "[^1]: A note.",
    "[^1]: Another note.\n\n    Of two paragraphs.",
    "> [form]: inside.md",
)

pytestmark = pytest.mark.long


def texts(pool: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pool), max_size=6).map("\n\n".join)


@st.composite
def edited(draw: st.DrawFn, blocks: list[str], pool: tuple[str, ...]) -> str:
    """Draw a text that an editor made of some blocks: put in, taken out, replaced, moved."""
    blocks = list(blocks)
    for _ in range(draw(st.sampled_from((1, 1, 2, 3)))):
        how = draw(st.sampled_from(("put in", "take out", "replace", "move")))
        at = draw(st.integers(0, len(blocks)))
        old = [blocks.pop(at)] if how != "put in" and at < len(blocks) else []
        if how in ("put in", "replace"):
            blocks.insert(at, draw(st.sampled_from(pool)))
        elif how == "move":
            at = draw(st.integers(0, len(blocks)))
            blocks[at:at] = old
    return "\n\n".join(blocks)


@st.composite
def worlds(draw: st.DrawFn, pool: tuple[str, ...] = PLAIN + DEFINING) -> tuple[str, str, str]:
    """Draw a national text, what an edition made of it, and what became of it."""
    blocks = draw(st.lists(st.sampled_from(pool), min_size=3, max_size=9, unique=draw(st.booleans())))
    return "\n\n".join(blocks), draw(edited(blocks, pool)), draw(edited(blocks, pool))


scraps = st.lists(
    st.sampled_from(
        [
            *(
                "- a",
                "* b",
                "1. c",
                "> ",
                "    ",
                "\t",
                "\n",
                "\n\n",
                "\r\n",
                "\r",
                "# h",
                "===",
                "---",
                "\n: d",
            ),
            *("```", "~~~", ":::", ":::{note}", "| a |", "|---|", "<!--", "-->", "<div>", "\\", "`", "word"),
            *(
                "[a]: b",
                "[a]",
                "[x][a]",
                "[^1]",
                "[^1]: f",
                "^[n]",
                "\ufeff",
                "\x00",
                "\x0b",
                "\xa0",
                "\u0338",
            ),
        ]
    ),
    max_size=20,
).map("".join)
anything = st.one_of(scraps, st.text(), texts(PLAIN + DEFINING))

#: Ways of laying out a text that change no block of those above.
LAYOUTS: dict[str, Callable[[str], str]] = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "blank lines": lambda text: re.sub(r"\n\n(?=People|See|-|#|>)", "\n\n \n\n", text),
    "wrapping": lambda text: text.replace("People must", "People\nmust"),
    "end of file": lambda text: text + "\n\n",
}
layouts = st.sampled_from(sorted(LAYOUTS))


# --- blocks -------------------------------------------------------------------------------------------------


@settings(law, max_examples=300)
@given(anything)
def test_blocks_with_a_blank_line_between_them_give_the_text_again(text: str) -> None:
    assert fingerprint("\n\n".join(blocks_of(text))) == fingerprint(text)


@settings(law, max_examples=200)
@given(anything)
def test_blocks_with_a_blank_line_between_them_are_the_same_blocks_again(text: str) -> None:
    assert blocks_of("\n\n".join(blocks_of(text))) == blocks_of(text)


@law
@given(texts(PLAIN + DEFINING[:-1]))
def test_no_line_of_a_text_is_lost_or_repeated(text: str) -> None:
    lines = [line for block in blocks_of(text) for line in block.split("\n") if line.strip()]
    assert lines == [line for line in plain(text).split("\n") if line.strip()]


def core_parts() -> list[str]:
    library, _ = read_library_folder(content_root())
    return [text for item in (library.items if library else ()) for text in item.parts.values()]


@pytest.mark.skipif(not core_parts(), reason="there is no core here")
def test_parts_of_the_real_core_with_blank_lines_are_more_than_one_block() -> None:
    assert [
        text for text in core_parts() if len(blocks_of(text)) < 2 and re.search(r"\n\n(?![\s:`])[A-Z]", text)
    ] == []


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", ()),
        (" \n\n\t\n", ()),
        ("One\nline.\n\n\nTwo.\n", ("One\nline.", "Two.")),
        ("Before\n- a\n\n- b\n# After", ("Before", "- a\n\n- b", "# After")),
        (":::{note}\nA\n\nB\n:::\nAfter", (":::{note}\nA\n\nB\n:::", "After")),
        ("[a]: b\n[c]: d\nText.", ("[a]: b", "[c]: d", "Text.")),
        ("[a]: b\n\n[a]: twice", ("[a]: b", "[a]: twice")),
        ("[^1]: A\n\n    B\n\nText.", ("[^1]: A\n\n    B", "Text.")),
        ("\ufeffOne\r\nline.\r\n\r\nTwo.", ("One\nline.", "Two.")),
        ("One.\n\n- [a]: inside", ("One.\n\n- [a]: inside",)),
        ("One.\n\n```\nnever closed\n", ("One.\n\n```\nnever closed\n",)),
    ],
)
def test_the_blocks_of_a_text(text: str, blocks: tuple[str, ...]) -> None:
    assert blocks_of(text) == blocks


# --- laws: one side only ------------------------------------------------------------------------------------


@law
@given(anything, anything)
def test_if_the_national_text_did_not_change_mine_is_kept_to_the_byte(base: str, mine: str) -> None:
    assert merge(base, mine, base).text == mine


@law
@given(anything, anything)
def test_if_i_did_not_change_it_the_national_text_is_taken_to_the_byte(base: str, theirs: str) -> None:
    assert merge(base, base, theirs).text == theirs


@law
@given(anything, anything)
def test_if_both_changed_to_one_text_it_is_that_to_the_byte(base: str, both: str) -> None:
    assert merge(base, both, both).text == both


@law
@given(anything, anything)
def test_there_is_no_conflict_where_one_side_did_not_change(base: str, other: str) -> None:
    assert not merge(base, other, base).conflict | merge(base, base, other).conflict


@law
@given(worlds(PLAIN), layouts)
def test_a_national_text_that_is_only_laid_out_anew_changes_no_byte_of_mine(
    world: tuple[str, str, str], how: str
) -> None:
    base, mine, _ = world
    assume(mine != base)
    assert merge(base, mine, LAYOUTS[how](base)).text == mine


@law
@given(worlds(PLAIN), layouts)
def test_a_text_that_i_only_laid_out_anew_becomes_the_national_text(
    world: tuple[str, str, str], how: str
) -> None:
    base, _, theirs = world
    offer = merge(base, LAYOUTS[how](base), theirs)
    assert (offer.conflict, fingerprint(offer.text)) == (False, fingerprint(theirs))


@law
@given(worlds(PLAIN), layouts)
def test_one_change_in_two_layouts_keeps_mine_to_the_byte(world: tuple[str, str, str], how: str) -> None:
    base, mine, _ = world
    assume(mine != base)
    assert merge(base, mine, LAYOUTS[how](mine)).text == mine


# --- laws: both sides ---------------------------------------------------------------------------------------


@settings(law, max_examples=150)
@given(worlds())
def test_an_offer_holds_no_block_that_neither_side_wrote(world: tuple[str, str, str]) -> None:
    _, mine, theirs = world
    assert set(blocks_of(merge(*world).text)) <= set(blocks_of(mine)) | set(blocks_of(theirs))


@settings(law, max_examples=150)
@given(worlds(PLAIN))
def test_an_offer_holds_what_all_three_hold_and_what_either_side_added_and_nothing_else(
    world: tuple[str, str, str],
) -> None:
    base, mine, theirs = ({fingerprint(block) for block in blocks_of(text)} for text in world)
    offer = merge(*world)
    found = {fingerprint(block) for block in blocks_of(offer.text)}
    assert offer.conflict or found == (base & mine & theirs) | ((mine | theirs) - base)


@settings(law, max_examples=150)
@given(worlds(PLAIN))
def test_an_offer_holds_no_block_more_often_than_a_side_does(world: tuple[str, str, str]) -> None:
    _, mine, theirs = (Counter(map(fingerprint, blocks_of(text))) for text in world)
    assert Counter(map(fingerprint, blocks_of(merge(*world).text))) <= mine | theirs


@settings(law, max_examples=150)
@given(worlds(PLAIN[:3] + DEFINING[:-1]))
def test_a_link_of_an_offer_leads_where_it_led(world: tuple[str, str, str]) -> None:
    offered, mine, theirs = (
        set(re.findall("<p>See .*form.*</p>", parser().render(text)))
        for text in (merge(*world).text, *world[1:])
    )
    assert offered <= mine | theirs


@settings(law, max_examples=150)
@given(worlds())
def test_a_conflict_is_one_from_both_sides(world: tuple[str, str, str]) -> None:
    base, mine, theirs = world
    assert merge(base, mine, theirs).conflict == merge(base, theirs, mine).conflict


@settings(law, max_examples=150)
@given(worlds())
def test_an_offer_says_the_same_from_both_sides(world: tuple[str, str, str]) -> None:
    base, mine, theirs = world
    assert fingerprint(merge(base, mine, theirs).text) == fingerprint(merge(base, theirs, mine).text)


@law
@given(worlds())
def test_pieces_give_the_three_texts_in_order(world: tuple[str, str, str]) -> None:
    pieces = merge(*world).pieces
    sides = zip(*((piece.base, piece.mine, piece.theirs) for piece in pieces), strict=True)
    given_again = tuple(tuple(block for part in side for block in part) for side in sides)
    assert given_again == (tuple(map(blocks_of, world)) if pieces else ())


@law
@given(worlds())
def test_a_piece_in_conflict_leaves_no_offer(world: tuple[str, str, str]) -> None:
    merged = merge(*world)
    assert merged.conflict or all(piece.outcome is not Outcome.CONFLICT for piece in merged.pieces)


@settings(law, max_examples=150)
@given(anything, anything, anything)
def test_any_three_texts_give_an_offer_or_a_conflict_without_a_text(
    base: str, mine: str, theirs: str
) -> None:
    merged = merge(base, mine, theirs)
    assert not (merged.conflict and merged.text)


def test_the_same_texts_give_the_same_bytes_whatever_the_hash_seed() -> None:
    base, mine, theirs = "A\n\nB\n\nA\n\nC", "B\n\nA\n\nC\n\nN", "A\n\nB\n\nA\n\nC2"
    code = f"from guidance_kit.upgrading.merging import merge; print(merge({base!r}, {mine!r}, {theirs!r}))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


# --- cases --------------------------------------------------------------------------------------------------

WAIT = "People are seen within four weeks."
SOONER = "People are seen within two weeks."
CONTACT = "The college names a contact."
LOCAL = "Northtown College names two contacts."
LAST = "Review this each\nSeptember."


def text(*blocks: str) -> str:
    return "\n\n".join(blocks)


OFFERED = {
    "one paragraph each, side by side": (
        text(WAIT, CONTACT),
        text(WAIT, LOCAL),
        text(SOONER, CONTACT),
        text(SOONER, LOCAL),
    ),
    "one paragraph each, far from each other": (
        text(WAIT, LAST, CONTACT),
        text(WAIT, LAST, LOCAL),
        text(SOONER, LAST, CONTACT),
        text(SOONER, LAST, LOCAL),
    ),
    "a new national paragraph and an adapted one": (
        text(CONTACT, WAIT),
        text(LOCAL, WAIT),
        text(CONTACT, WAIT, LAST),
        text(LOCAL, WAIT, LAST),
    ),
    "a paragraph taken out nationally and an adapted one": (
        text(WAIT, LAST, CONTACT),
        text(WAIT, LAST, LOCAL),
        text(LAST, CONTACT),
        text(LAST, LOCAL),
    ),
    "the same change, once": (
        text(WAIT, LAST, CONTACT),
        text(SOONER, LAST, LOCAL),
        text(SOONER, LAST, CONTACT),
        text(SOONER, LAST, LOCAL),
    ),
    "my layout of what nobody changed": (
        text(WAIT, LAST, CONTACT),
        text(WAIT, LAST.replace("\n", " "), LOCAL),
        text(SOONER, LAST, CONTACT),
        text(SOONER, LAST.replace("\n", " "), LOCAL),
    ),
    "a new address and an adapted paragraph that does not use it": (
        text(CONTACT, LAST, "See [it][a].", "[a]: one.md"),
        text(LOCAL, LAST, "See [it][a].", "[a]: one.md"),
        text(CONTACT, LAST, "See [it][a].", "[a]: two.md"),
        text(LOCAL, LAST, "See [it][a].", "[a]: two.md"),
    ),
    "a note changed at the foot and an adapted paragraph": (
        text(CONTACT, LAST, "Noted.[^1]", "[^1]: So."),
        text(LOCAL, LAST, "Noted.[^1]", "[^1]: So."),
        text(CONTACT, LAST, "Noted.[^1]", "[^1]: Not so."),
        text(LOCAL, LAST, "Noted.[^1]", "[^1]: Not so."),
    ),
    "a new address that nothing uses yet and an adapted paragraph": (
        text(CONTACT, LAST, "[a]: one.md"),
        text(LOCAL, LAST, "[a]: one.md"),
        text(CONTACT, LAST, "[a]: two.md"),
        text(LOCAL, LAST, "[a]: two.md"),
    ),
    "two lists that are one in my layout, in theirs": (
        text("- a", WAIT, "* b", CONTACT),
        text("- a", WAIT, "- b", LOCAL),
        text("- a", "* b", CONTACT),
        text("- a", "* b", LOCAL),
    ),
    "lists with other bullets and a paragraph changed between them, in mine": (
        text("- a", WAIT, "- b", CONTACT),
        text("- a", WAIT, "- b", LOCAL),
        text("* a", SOONER, "* b", CONTACT),
        text("- a", SOONER, "- b", LOCAL),
    ),
}


@pytest.mark.parametrize("name", OFFERED)
def test_both_changes_are_offered(name: str) -> None:
    base, mine, theirs, offer = OFFERED[name]
    merged = merge(base, mine, theirs)
    assert (merged.text, merged.conflict) == (offer, False)


CONFLICTS = {
    "the same paragraph": (text(WAIT, LAST), text("Northtown sees all.", LAST), text(SOONER, LAST)),
    "two rows of one list": ("- one\n- two", "- our one\n- two", "- one\n- new two"),
    "two words of one paragraph": ("one two", "our two", "one new"),
    "changed here and taken out there": (text(WAIT, LAST), LAST, text(SOONER, LAST)),
    "two new paragraphs at one place": (WAIT, text(WAIT, LOCAL), text(WAIT, LAST)),
    "moved here and taken out there": (
        text(WAIT, LAST, CONTACT),
        text(LAST, CONTACT, WAIT),
        text(LAST, CONTACT),
    ),
    "added at two places": (text(WAIT, LAST), text(LOCAL, WAIT, LAST), text(WAIT, LAST, LOCAL)),
    "two lists that would be one": (text(WAIT, CONTACT), text("- a", CONTACT), text(WAIT, "- b")),
    "an adapted paragraph whose link now leads elsewhere": (
        text("See [it][a].", LAST, "[a]: one.md"),
        text("See [it][a] first.", LAST, "[a]: one.md"),
        text("See [it][a].", LAST, "[a]: two.md"),
    ),
    "a new paragraph that would link to a local page": (
        text("See [it][a].", LAST, "[a]: national.md"),
        text("See [it][a].", LAST, "[a]: local.md"),
        text(SOONER, "[New][a].", "See [it][a].", LAST, "[a]: national.md"),
    ),
    "a text that cannot be taken apart": (
        text(WAIT, LAST, "- [a]: b"),
        text(WAIT, LOCAL, "- [a]: b"),
        text(SOONER, LAST, "- [a]: b"),
    ),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_no_merge_is_offered(name: str) -> None:
    merged = merge(*CONFLICTS[name])
    assert (merged.text, merged.conflict) == ("", True)


def test_pieces_tell_what_became_of_each_stretch() -> None:
    base = text(WAIT, "A", CONTACT, "B", "old", "C", "same")
    mine = text(WAIT, "A", LOCAL, "B", "new", "C", "mine")
    theirs = text(SOONER, "A", CONTACT, "B", "new", "C", "theirs")
    assert [str(piece.outcome) for piece in merge(base, mine, theirs).pieces] == [
        *("theirs", "same", "mine", "same", "both", "same", "conflict")
    ]


def test_a_merge_can_be_made_by_hand_without_pieces() -> None:
    assert Merge("A", conflict=False).pieces == ()


def paragraphs(words: str) -> str:
    return "\n\n".join(f"Paragraph {word}." for word in words.split())


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("1 3 4 X 5 6", "1 2 3 4 5 F", "1 3 4 X 5 F"),
        ("1 2 3 4 5 F", "1 3 4 X 5 6", "1 3 4 X 5 F"),
        ("1 3 4 X 5 6", "A 2 3 4 5 6", ""),
        ("1 X 2 3 4 5 6", "1 2 3 4 E 6", "1 X 2 3 4 E 6"),
        ("X 1 2 4 5 6 Y", "1 2 3 4 5 F", ""),
        ("1 2 3 5 6 Y", "X 1 B 3 4 5 6", "X 1 B 3 5 6 Y"),
    ],
)
def test_changes_in_different_places_are_merged_whatever_came_and_went_between(
    mine: str, theirs: str, merged: str
) -> None:
    assert merge(paragraphs("1 2 3 4 5 6"), paragraphs(mine), paragraphs(theirs)).text == paragraphs(merged)


def test_a_block_that_one_side_moved_far_hides_no_change_of_the_other() -> None:
    offer = merge(paragraphs("1 2 3 4 5 6 7 8"), paragraphs("1 7 2 3 4 5 6 8"), paragraphs("1 2 3 D 5 6 7 8"))
    assert offer.text == paragraphs("1 7 2 3 D 5 6 8")
