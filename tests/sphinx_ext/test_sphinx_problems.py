"""What is amiss in a page: one warning a fault, at its own line, with what to do."""

from __future__ import annotations

import re

import pytest
import sphinx_project as texts

RST_CONF = texts.CONF.replace('"myst_parser", ', "").replace('myst_enable_extensions = ["colon_fence"]\n', "")
FULL_CRITERION = texts.CRITERIA.partition("\n\n")[2].partition(":::\n\n")[0] + ":::\n"


def lines_of(built, path):
    """Return the warnings of a page as ``line: text``, without the path."""
    found = re.findall(rf"{re.escape(path)}:(\d+): WARNING: (.*)", built.warnings)
    return [f"{line}: {text}" for line, text in found]


def test_an_unknown_field_is_named_at_its_line_with_the_nearest_name(small):
    built = small(one=FULL_CRITERION.replace(":sources:", ":source:")).build()
    found = lines_of(built, "one.md")
    assert '3: A criterion has no field "source". Did you mean "sources"? [guidance.unknown-field]' in found
    assert any(line.startswith('1: The field "sources" of this criterion is missing.') for line in found)


def test_a_bad_word_is_named_at_its_line_with_the_words_allowed(small):
    page = texts.challenge("a-name", "A title").replace("nhs, he", "nhs, hee")
    (found,) = lines_of(small(one=page).build(), "one.md")
    assert found.startswith('4: "hee" is not a word that the field "felt-by" allows. Did you mean "he"?')
    assert found.endswith("[guidance.bad-word]")


def test_a_second_field_of_one_name_is_named_at_its_line(small):
    page = texts.challenge("a-name", "A title").replace(":felt-by:", ":felt-by: he\n:felt-by:")
    assert lines_of(small(one=page).build(), "one.md") == [
        '5: The field "felt-by" is given twice. Keep one. [guidance.duplicate-field]'
    ]


def test_an_unknown_part_is_named_at_its_heading_and_its_text_is_still_shown(small):
    page = FULL_CRITERION.replace("What would show it", "What would prove it")
    built = small(one=page).build()
    found = lines_of(built, "one.md")
    assert any(line.startswith('7: A criterion has no part "What would prove it".') for line in found)
    assert any("missing-part" in line for line in found)
    assert "What would prove it" in built.text("one.html")
    assert "Numbers." in built.text("one.html")


def test_a_part_given_twice_is_named_at_its_second_heading_and_both_are_shown(small):
    page = FULL_CRITERION.replace("Numbers.\n", "Numbers.\n\n## What would show it\n\nMore.\n")
    built = small(one=page).build()
    assert next(line for line in lines_of(built, "one.md") if "duplicate-part" in line).startswith("11: ")
    assert "More." in built.text("one.html")


def test_a_block_without_a_title_and_id_is_told_so_and_shown(small):
    built = small(one=FULL_CRITERION.replace(" Benefit", "").replace(":id: benefit\n", "")).build()
    found = "\n".join(lines_of(built, "one.md"))
    assert "missing-title" in found
    assert "missing-field" in found
    assert "It helps." in built.text("one.html")


def test_a_bad_verdict_is_named_at_its_bullet(small):
    page = texts.case_study("exeter", "Exeter", "none-such", "splendid", "shown")
    found = [line for line in lines_of(small(one=page).build(), "one.md") if "bad-assessment" in line]
    assert found[0].startswith('28: The verdict on "benefit" is none that is allowed.')


@pytest.mark.parametrize("spaces", [0, 2])
def test_lines_are_true_in_nested_blocks(small, spaces):
    inner = FULL_CRITERION.replace(":sources:", ":source:").replace(":::", "::::")
    indented = "".join(" " * spaces + line for line in inner.splitlines(keepends=True))
    before = "- A list\n\n" if spaces else "Words.\n\n"
    page = f"# Page\n\n:::::{{admonition}} Outer\n\n{before}{indented}:::::\n"
    found = lines_of(small(one=page).build(), "one.md")
    assert any(line.startswith("9: A criterion has no field") for line in found)


def test_lines_are_true_below_an_option_list_of_the_block_around(small):
    nested = FULL_CRITERION.replace(":sources:", ":source:").replace(":::", "::::")
    page = texts.challenge("a-name", "A title", f"\n{nested}").replace(":::{challenge}", "::::::{challenge}")
    page = re.sub(r":::\n\Z", "::::::\n", page)
    built = small(one=page).build()
    line = page.splitlines().index(":source: ofs") + 1
    assert any(found.startswith(f"{line}: A criterion has no field") for found in lines_of(built, "one.md"))


def test_lines_are_true_in_restructuredtext(small):
    rst = (
        "Page\n====\n\n.. criterion:: Benefit\n   :id: benefit\n   :source: ofs\n\n   It helps.\n\n"
        "   What would prove it\n   -------------------\n\n   Numbers.\n"
    )
    made = small(RST_CONF)
    made.write({"index.md": None, "index.rst": rst})
    found = lines_of(made.build(), "index.rst")
    assert any(line.startswith('6: A criterion has no field "source"') for line in found)
    assert any(line.startswith('10: A criterion has no part "What would prove it"') for line in found)


def test_lines_are_true_in_restructuredtext_inside_a_list_and_a_note(small):
    rst = (
        "Page\n====\n\n.. note::\n\n   * A list\n\n     .. criterion:: Benefit\n        :id: benefit\n"
        "        :source: ofs\n\n        It helps.\n"
    )
    made = small(RST_CONF)
    made.write({"index.md": None, "index.rst": rst})
    found = lines_of(made.build(), "index.rst")
    assert any(line.startswith('10: A criterion has no field "source"') for line in found)


def test_a_title_on_the_line_below_counts_in_restructuredtext(small):
    rst = "Page\n====\n\n.. criterion::\n   Benefit\n   :id: benefit\n   :source: ofs\n\n   It helps.\n"
    made = small(RST_CONF)
    made.write({"index.md": None, "index.rst": rst})
    built = made.build()
    assert any(line.startswith("7: A criterion has no field") for line in lines_of(built, "index.rst"))
    assert "missing-title" not in built.warnings


def test_lines_are_true_in_an_included_file(small):
    made = small(one="# Page\n\n```{include} part.txt\n```\n")
    made.write({"part.txt": "Words.\n\n" + FULL_CRITERION.replace(":sources:", ":source:")})
    built = made.build()
    assert re.search(r"part\.txt:5: WARNING: A criterion has no field", built.warnings)


def test_twenty_mistakes_give_twenty_warnings(small):
    page = "\n".join(FULL_CRITERION.replace("benefit", f"Bad Id {n}") for n in range(20))
    built = small(one=f"# Page\n\n{page}").build()
    assert built.warnings.count("[guidance.bad-id]") == 20


def test_nothing_raises_whatever_a_block_holds(small):
    odd = [
        ":::{criterion}\n:::\n",
        ":::{criterion} *\n:id:\n:::\n",
        ":::{criterion} Title `\n:id: x y\n:sources: ,\n\n# \n\n## \n:::\n",
        ":::{case-study} T\n:id: t\n\n## Against the criteria\n\n- \n-\n* {criterion}``: \n:::\n",
        ":::{matrix}\n:rows:\n:::\n",
        ":::{challenges}\n:as:\n:columns: ,\n:themes:\n:::\n",
        ":::{local-note}\n:::\n",
        "{cite}` ` {cite}`,` {fact}`?` {challenge}`<>` {challenge}`x <>` {challenge}`!`\n",
    ]
    built = small(one="# Page\n\n" + "\n".join(odd)).build()
    assert "Traceback" not in built.warnings
    assert "cannot be mocked" not in built.warnings


def test_every_warning_has_a_code_of_the_closed_list(small):
    from guidance_kit.problems import CODES

    page = texts.challenge("A B", "T").replace("thin", "no").replace("## What", "## Not")
    built = small(one=page).build()
    found = re.findall(r"WARNING: .*\[guidance\.([\w-]+)\]", built.warnings)
    assert found
    assert set(found) <= set(CODES)
