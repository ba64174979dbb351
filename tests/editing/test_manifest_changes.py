"""Changes to edition.toml keep every comment, the order, and the line endings."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance_kit.editing.manifest import with_fact, with_fact_for, with_omission

MANIFEST = """\
# top
[edition]
id    = "northtown"   # the short one
title = "Northtown"

# facts of ours
[facts]
crisis-line = "0808 157 0100" # by telephone
# 'hours' comes later
# opening-hours = ""

# what we do not carry
[[leave_out]]
item   = "core:aa"
reason = "none here"

# how things stand
[[arrange]]
section = "challenges"
first   = ["core:bb"]
"""


def lines_added(old: str, new: str) -> list[str]:
    """Return the new lines; fails if an old one is lost or out of order."""
    rest = iter(new.split("\n"))
    added = []
    for line in old.split("\n"):
        for other in rest:
            if other == line:
                break
            added.append(other)
        else:
            pytest.fail(f"lost: {line!r}")
    return [*added, *rest]


def test_an_omission_goes_after_the_last_one() -> None:
    new = with_omission(MANIFEST, "core:cc", 'We say "no".')
    assert new is not None
    row = '\n[[leave_out]]\nitem   = "core:cc"\nreason = "We say \\"no\\"."\n'
    assert new == MANIFEST.replace('reason = "none here"\n', 'reason = "none here"\n' + row)
    assert new.index("core:aa") < new.index("core:cc") < new.index("# how things stand")


def test_the_first_omission_goes_to_the_end() -> None:
    old = '[edition]\nid = "x"\ntitle = "y"\n# the end'
    new = with_omission(old, "core:cc", "")
    assert new == old + '\n\n[[leave_out]]\nitem = "core:cc"\n'


def test_a_reason_is_added_to_an_omission_without_one() -> None:
    old = '[[leave_out]]\nitem = "core:aa"\n\n# next\n[facts]\na = "b"\n'
    new = with_omission(old, "core:aa", "why")
    assert new is not None
    assert tomllib.loads(new)["leave_out"] == [{"item": "core:aa", "reason": "why"}]
    assert "# next\n[facts]" in new


def test_a_new_value_goes_below_the_last_one() -> None:
    new = with_fact(MANIFEST, "nhs-trust", "Northtown Trust")
    assert new is not None
    assert lines_added(MANIFEST, new) == ['nhs-trust = "Northtown Trust"']
    assert '# by telephone\nnhs-trust = "Northtown Trust"\n# ' in new


def test_a_line_kept_for_a_fact_is_put_to_use() -> None:
    new = with_fact(MANIFEST, "opening-hours", "9 to 5")
    assert new == MANIFEST.replace('# opening-hours = ""', 'opening-hours = "9 to 5"')


def test_a_value_is_replaced_and_the_comment_beside_it_stays() -> None:
    new = with_fact(MANIFEST, "crisis-line", "0808 157 0999")
    assert new == MANIFEST.replace("0808 157 0100", "0808 157 0999")


def test_facts_written_on_one_line_are_understood() -> None:
    new = with_fact('facts = { a = "b" }\n[edition]\nid = "x"\n', "c", "d")
    assert new is not None
    assert tomllib.loads(new)["facts"] == {"a": "b", "c": "d"}


def test_a_value_for_one_item_is_replaced_there_alone() -> None:
    first = with_fact_for(MANIFEST, "core:bb", "crisis-line", "111")
    assert first is not None
    second = with_fact_for(first, "core:cc", "crisis-line", "999")
    assert second is not None
    third = with_fact_for(second, "core:bb", "crisis-line", "112")
    assert third is not None
    values = {row["item"]: row["value"] for row in tomllib.loads(third)["fact_for"]}
    assert values == {"core:bb": "112", "core:cc": "999"}
    assert tomllib.loads(third)["facts"] == tomllib.loads(MANIFEST)["facts"]


def test_windows_line_endings_stay() -> None:
    old = MANIFEST.replace("\n", "\r\n")
    for new in (
        with_fact(old, "b", "c"),
        with_fact(old, "crisis-line", "1 2 3 4 5"),
        with_omission(old, "core:zz", "r"),
    ):
        assert new is not None
        assert new.count("\r\n") == new.count("\n")


def test_words_that_look_like_tables_inside_text_are_left_alone() -> None:
    old = '[edition]\nid = "x"\ntitle = """\n[facts]\n[[leave_out]]\n"""\n'
    new = with_omission(old, "core:aa", "")
    assert new is not None
    assert tomllib.loads(new)["edition"] == tomllib.loads(old)["edition"]
    other = with_fact(old, "a", "b")
    assert other is not None
    assert tomllib.loads(other)["facts"] == {"a": "b"}


@given(value=st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_value_reads_back_as_it_was_given(value: str) -> None:
    new = with_fact(MANIFEST, "b", value)
    assert new is not None
    assert tomllib.loads(new)["facts"]["b"] == value
    again = with_fact(new, "b", value + "x")
    assert again is not None
    assert tomllib.loads(again)["facts"]["b"] == value + "x"
    lines_added(MANIFEST, new)
