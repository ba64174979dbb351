"""Links to items: roles, Sphinx's own ways, duplicates and dangling ids wherever they can be written."""

from __future__ import annotations

import re

import pytest
import sphinx_project as texts
from bs4 import BeautifulSoup


def links(built, page):
    body = BeautifulSoup(built.text(page), "html.parser").select_one("div.body")
    return [(a.get_text(), a["href"]) for a in body.select("a.internal")]


def test_every_way_to_link_leads_to_the_item(project):
    found = links(project.build(), "prose.html")
    assert found[:9] == [
        ("Students have two homes", "challenges/two-homes.html#two-homes"),
        ("two places", "challenges/two-homes.html#two-homes"),
        ("Liaison", "terms.html#liaison"),
        ("Roles are unclear", "challenges/unclear-roles.html#unclear-roles"),
        ("There is a gap between thresholds", "challenges/threshold-gap.html#threshold-gap"),
        ("a gap", "challenges/threshold-gap.html#threshold-gap"),
        ("words", "challenges/small-providers.html#small-providers"),
        ("Small providers have few staff", "challenges/small-providers.html#small-providers"),
        ("Office for Students, 2023", "references.html#source-ofs"),
    ]


def test_items_have_no_labels_of_sphinx(project):
    labels = project.build().app.env.domaindata["std"]["anonlabels"]
    assert "two-homes" not in labels


def test_an_id_may_be_given_with_its_space(small):
    conf = texts.CONF + 'guidance_space = "core"\n'
    page = "# P\n\n{criterion}`core:benefit` {criterion}`benefit` {any}`core:benefit` [w](#core:benefit)\n\n"
    built = small(conf, one=page + texts.CRITERIA.partition("\n\n")[2]).build()
    assert built.warnings == ""
    assert [href for _, href in links(built, "one.html")][:4] == ["#benefit"] * 4


DANGLING = {
    "{challenge}`nobody`": '"nobody"',
    "{challenge}`two-hom`": 'There is no challenge "two-hom". Did you mean "two-homes"?',
    "{guidance:term}`nobody`": 'There is no term "nobody".',
    "{challenge}`words <nobody>`": "nobody",
    "{any}`nobody`": "nobody",
    "{ref}`nobody`": "nobody",
    "[words](#nobody)": "nobody",
}


@pytest.mark.parametrize(("written", "said"), DANGLING.items())
def test_a_dangling_link_in_text_is_warned_of_at_its_line(project, written, said):
    project.write({"plain.md": f"# Plain\n\nWords.\n\nHere: {written}.\n"})
    built = project.build()
    assert re.search(r"plain\.md:5: WARNING: .*", built.warnings)
    assert said in built.warnings
    assert built.warnings.count("WARNING") == 1


def test_a_dangling_role_in_a_nested_block_is_warned_of(project):
    project.write(
        {
            "kitchen.md": texts.KITCHEN.replace("{challenge}`kitchen`", "{challenge}`kitchn`"),
            "square.png": texts.SQUARE,
        }
    )
    built = project.build()
    assert 'There is no challenge "kitchn". Did you mean "kitchen"? [guidance.unknown-link]' in built.warnings


def test_a_dangling_id_in_an_option_is_warned_of_at_its_line(project):
    project.replace("solutions/agree-roles.md", ":addresses: unclear-roles", ":addresses: unclear-role")
    warnings = project.build().warnings
    assert re.search(
        r'solutions/agree-roles\.md:3: WARNING: There is no challenge "unclear-role"\.', warnings
    )
    assert 'Did you mean "unclear-roles"? [guidance.unknown-link]' in warnings


def test_an_id_of_another_kind_in_an_option_is_warned_of(project):
    project.replace("solutions/agree-roles.md", ":addresses: unclear-roles", ":addresses: liaison")
    warnings = project.build().warnings
    assert '"liaison" is a term, not a challenge. Name a challenge here. [guidance.wrong-kind]' in warnings


def test_a_role_of_another_kind_is_warned_of_and_still_links(project):
    project.write({"plain.md": "# Plain\n\n{solution}`two-homes`\n"})
    built = project.build()
    assert "[guidance.wrong-kind]" in built.warnings
    assert links(built, "plain.html")[0][1] == "challenges/two-homes.html#two-homes"


def test_a_dangling_id_in_a_nested_block_is_warned_of(project):
    project.write(
        {
            "kitchen.md": texts.KITCHEN.replace(":addresses: kitchen", ":addresses: kitchn"),
            "square.png": texts.SQUARE,
        }
    )
    assert 'There is no challenge "kitchn".' in project.build().warnings


def test_a_verdict_on_a_criterion_that_is_not_there_is_warned_of(project):
    project.replace("studies/exeter.md", "{criterion}`benefit`", "{criterion}`benefits`")
    warnings = project.build().warnings
    assert warnings.count('There is no criterion "benefits".') == 2  # as a link, and as a judgement


@pytest.mark.parametrize("jobs", [1, 4])
def test_one_id_in_two_files_is_warned_of_once_naming_both_places(project, jobs):
    project.write({"plain.md": texts.challenge("two-homes", "Again")})
    warnings = project.build(jobs=jobs).warnings
    assert warnings.count("[guidance.duplicate-id]") == 1
    assert 'plain.md:1: WARNING: The id "two-homes" is already used at challenges/two-homes.md:1.' in warnings


def test_one_id_twice_on_a_page_is_warned_of_and_the_first_keeps_its_anchor(small):
    page = "# Page\n\n" + texts.challenge("two-homes", "One") + "\n" + texts.challenge("two-homes", "Other")
    built = small(one=page).build()
    second = page.splitlines().index(":::{challenge} Other") + 1
    assert f'one.md:{second}: WARNING: The id "two-homes" is already used at one.md:3.' in built.warnings
    body = BeautifulSoup(built.text("one.html"), "html.parser")
    assert body.find(id="two-homes").find("h2").get_text().startswith("One")


def test_one_id_in_a_nested_block_and_another_file_is_warned_of(project):
    kitchen = texts.KITCHEN.replace(":id: in-a-list", ":id: liaison")
    project.write({"kitchen.md": kitchen, "square.png": texts.SQUARE})
    assert 'The id "liaison" is already used at kitchen.md:' in project.build().warnings


def test_a_twin_that_goes_away_leaves_the_other_whole(project):
    project.write({"plain.md": texts.challenge("two-homes", "Again")})
    project.build()
    project.write({"plain.md": "# Plain\n\nNothing.\n"})
    built = project.build()
    assert built.warnings == ""
    assert ("Students have two homes", "challenges/two-homes.html#two-homes") in links(built, "prose.html")


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("```{challenges}\n:theme: crisis\n```", 'This view has no option "theme". Did you mean "themes"?'),
        (
            "```{challenges}\n:themes: crises\n```",
            '"crises" is not a word that the field "themes" allows. Did you mean "crisis"?',
        ),
        ("```{challenges}\n:as: tabel\n```", 'A view cannot be shown as "tabel". Did you mean "table"?'),
        (
            "```{challenges}\n:columns: strenth\n```",
            'A challenge has no field or part "strenth". Did you mean "strength"?',
        ),
        (
            "```{matrix}\n:rows: chalenge\n:columns: solution\n```",
            'There is no kind "chalenge" for "rows". Did you mean "challenge"?',
        ),
        ("```{matrix}\n:rows: term\n:columns: solution\n```", "Nothing links a term and a solution."),
        (
            "```{solutions}\n:addresses: two-hom\n```",
            'There is no challenge "two-hom". Did you mean "two-homes"?',
        ),
    ],
)
def test_a_view_that_asks_for_what_is_not_there_is_warned_of(project, view, said):
    project.write({"plain.md": f"# Plain\n\n{view}\n"})
    warnings = project.build().warnings
    assert said in warnings
    assert "plain.md:" in warnings


def test_warnings_are_errors_if_asked_for(project):
    from sphinx.errors import SphinxWarning

    project.replace("solutions/agree-roles.md", ":addresses: unclear-roles", ":addresses: nobody")
    with pytest.raises(SphinxWarning, match="There is no challenge"):
        project.build(exception_on_warning=True)


def test_a_code_can_be_silenced(project):
    project.replace("solutions/agree-roles.md", ":addresses: unclear-roles", ":addresses: nobody")
    assert project.build(suppress_warnings=["guidance.unknown-link"]).warnings == ""
