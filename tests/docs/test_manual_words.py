"""What the manual says agrees with what the package has."""

from __future__ import annotations

import re

import attrs
from manual_pages import DOCS, pages

import guidance_kit
from guidance_kit.cli.accept import accept
from guidance_kit.model.kinds import KINDS
from guidance_kit.problems import CODES
from guidance_kit.sphinx_ext.config import Options
from guidance_kit.upgrading import State

PROBLEMS = (DOCS / "problems.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^#|\Z)", PROBLEMS, re.DOTALL | re.MULTILINE))


def test_every_problem_code_has_a_section_and_every_section_a_code():
    assert sorted(SECTIONS) == sorted(CODES)


def test_every_section_on_a_problem_shows_its_own_summary_and_then_says_what_to_do():
    for code, text in SECTIONS.items():
        summary, _, advice = text.partition("\n```\n")
        assert summary.strip() == f"```{{problem-summary}} {code}", code
        assert len(advice.split("\n(problem-")[0].split()) >= 5, code


def test_every_kind_has_a_page_that_shows_its_example_and_its_tables():
    for kind in KINDS:
        page = DOCS / "kinds" / f"{kind}.md"
        assert page.is_file(), f"write docs/kinds/{kind}.md and docs/example/{kind}.md for the new kind"
        text = page.read_text(encoding="utf-8")
        for line in (
            f"```{{literalinclude}} ../example/{kind}.md",
            f"```{{include}} ../example/{kind}.md",
            f"```{{kind-fields}} {kind}",
            f"```{{kind-parts}} {kind}",
        ):
            assert line in text, (kind, line)


def test_every_page_on_a_kind_is_of_a_kind_that_exists():
    assert sorted(page.stem for page in (DOCS / "kinds").glob("*.md")) == sorted([*KINDS, "index"])


def test_the_python_page_documents_each_public_name_and_no_other():
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\.\. (?:auto|py:)[a-z]+:: (\w+)$", text, re.MULTILINE)
    assert sorted(documented) == sorted(guidance_kit.__all__)


def test_the_sphinx_page_documents_each_setting_and_no_other():
    text = (DOCS / "sphinx.md").read_text(encoding="utf-8")
    documented = re.findall(r"^`(guidance_\w+)`\n: ", text, re.MULTILINE)
    assert sorted(documented) == sorted(f"guidance_{field.name}" for field in attrs.fields(Options))


def test_the_sphinx_page_names_each_view():
    text = (DOCS / "sphinx.md").read_text(encoding="utf-8")
    for kind in KINDS.values():
        assert f"`{kind.plural.lower().replace(' ', '-')}`" in text


def test_every_page_is_linked_from_a_contents_list():
    contents = re.compile(r"^```\{toctree\}\n(.*?)^```", re.DOTALL | re.MULTILINE)
    listed = set()
    for page in pages():
        for body in contents.findall(page.read_text(encoding="utf-8")):
            folder = page.parent.relative_to(DOCS)
            names = [line.strip() for line in body.splitlines() if line and not line.startswith(":")]
            listed |= {(folder / name).as_posix() for name in names}
    assert {page.relative_to(DOCS).with_suffix("").as_posix() for page in pages()} == {*listed, "index"}


def test_the_page_on_upgrading_explains_every_state_and_every_way_to_decide():
    text = (DOCS / "upgrading.md").read_text(encoding="utf-8")
    for state in State:
        assert f"| {state.label} |" in text, state
    for option in accept.params:
        if option.name in ("how", "until", "all_editorial"):
            assert any(f"`{name}" in text or f" {name}`" in text for name in option.opts), option.opts


def test_no_page_for_editors_uses_the_words_that_are_never_shown():
    never = re.compile(r"\b(overlay|rebase|merge base|conffile|upstream|git)\b", re.IGNORECASE)
    for name in ("first-hour", "composing", "upgrading", "worked-examples", "afternoon", "problems"):
        found = never.findall((DOCS / f"{name}.md").read_text(encoding="utf-8"))
        assert found == [], name
