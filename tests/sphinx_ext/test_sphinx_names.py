"""Names: our long ones always, our short ones where they are free; and what other projects can link to."""

from __future__ import annotations

import pytest
import sphinx_project as texts
from sphinx.util.inventory import InventoryFile

SOLUTION = texts.solution("agree-roles", "Agree roles", "two-homes")
PAGE = "# Page\n\n" + texts.challenge("two-homes", "Two homes") + "\n"


@pytest.mark.parametrize(
    "extensions",
    ['"myst_parser", "sphinx_exercise", "guidance_kit"', '"guidance_kit", "myst_parser", "sphinx_exercise"'],
)
def test_with_another_extension_that_has_solutions_the_long_name_is_ours(small, extensions):
    pytest.importorskip("sphinx_exercise")
    conf = texts.CONF.replace('"myst_parser", "guidance_kit"', extensions)
    page = (
        PAGE
        + SOLUTION.replace("{solution}", "{guidance:solution}")
        + "\n{solution}`agree-roles` {challenge}`two-homes`\n"
    )
    exercise = "\n```{exercise} Do it\n:label: do-it\n```\n\n```{solution} do-it\nDone.\n```\n"
    built = small(conf, one=page + exercise).build()
    assert built.warnings == ""
    text = built.text("one.html")
    assert 'class="guidance guidance-solution" id="agree-roles"' in text
    assert "Solution to" in text
    assert "Done." in text


def test_a_name_that_is_taken_is_told_once(small, capsys):
    import io

    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    pytest.importorskip("sphinx_exercise")
    made = small(texts.CONF.replace('"guidance_kit"', '"guidance_kit", "sphinx_exercise"'), one=PAGE)
    status = io.StringIO()
    with patch_docutils(str(made.source)), docutils_namespace():
        Sphinx(
            made.source, made.source, made.out, made.out / "d", "text", status=status, warning=io.StringIO()
        )
    assert status.getvalue().count('Another extension has the directive "solution"') == 1
    assert 'write "guidance:solution"' in status.getvalue()


def test_sphinx_keeps_its_own_role_for_terms(small):
    page = "# Page\n\n{term}`word`\n\n```{glossary}\nword\n  A meaning.\n```\n"
    built = small(one=page).build()
    assert built.warnings == ""
    assert 'href="#term-word"' in built.text("one.html")


def test_every_item_is_in_the_inventory(project):
    built = project.build()
    with (built.folder / "objects.inv").open("rb") as file:
        inventory = InventoryFile.load(file, "", lambda base, path: path)
    found = inventory["guidance:challenge"]["two-homes"]
    assert found[2:] == ("challenges/two-homes.html#two-homes", "Students have two homes")
    assert set(inventory["guidance:term"]) == {"liaison", "crisis"}


def test_another_project_can_link_to_items(project, tmp_path_factory):
    built = project.build()
    other = type(project)(tmp_path_factory.mktemp("other"))
    conf = texts.CONF.replace('"guidance_kit"', '"guidance_kit", "sphinx.ext.intersphinx"')
    where = (
        f'intersphinx_mapping = {{"kit": ("https://example.org/", {str(built.folder / "objects.inv")!r})}}\n'
    )
    page = "# Other\n\n{challenge}`two-homes`, {guidance:term}`our word <liaison>`, {external:guidance:solution}`agree-roles`.\n"
    other.write({"conf.py": conf + where, "index.md": page})
    again = other.build()
    assert again.warnings == ""
    text = again.text("index.html")
    for address in (
        "challenges/two-homes.html#two-homes",
        "terms.html#liaison",
        "solutions/agree-roles.html#agree-roles",
    ):
        assert f'href="https://example.org/{address}"' in text


def test_items_are_found_by_search(project):
    assert '"guidance:challenge"' in project.build().text("searchindex.js")


def test_a_kind_that_is_added_has_everything(small, monkeypatch):
    import attrs

    from guidance_kit.model import kinds
    from guidance_kit.model.fields import about, part
    from guidance_kit.model.item import Item

    @attrs.frozen(kw_only=True)
    class Pledge(Item):
        """Something that a partner promises."""

        kind = "pledge"
        label = "Pledge"
        plural = "Pledges"

        answers: tuple[str, ...] = attrs.field(
            metadata=about(
                "What it answers.", links_to="challenge", says="Answers", says_back="Pledges about it"
            )
        )
        summary: str = attrs.field(metadata=part("Summary", "The promise."))

    monkeypatch.setitem(kinds.KINDS, "pledge", Pledge)
    page = (
        PAGE
        + ":::{pledge} We will\n:id: we-will\n:answers: two-homes\n\nWe will.\n:::\n\n{pledge}`we-will`\n\n"
    )
    made = small(
        one=page + "```{pledges}\n:as: table\n```\n\n```{matrix}\n:rows: pledge\n:columns: challenge\n```\n"
    )
    built = made.build()
    assert built.warnings == ""
    text = built.text("one.html")
    assert "Pledges about it" in text
    assert 'class="guidance guidance-pledge"' in text
    assert "<caption" in text
    assert '"guidance:pledge"' in built.text("searchindex.js")
    missing = made.source / "one.md"
    missing.write_text(page.replace(":answers: two-homes", ":answer: two-homes"), "utf-8")
    warnings = made.build().warnings
    assert 'A pledge has no field "answer". Did you mean "answers"?' in warnings
