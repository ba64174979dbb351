"""The words of the core: cited, short, British, and never more than the evidence bears."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import attrs
import pytest
from tested import PACKAGES

from guidance_kit.checking import content as content_rules
from guidance_kit.checking import evidence
from guidance_kit.checking.passages import outside_blocks
from guidance_kit.checking.subject import Subject
from guidance_kit.model.inline import roles_in
from guidance_kit.model.library import Library
from guidance_kit.model.page import Page
from guidance_kit.model.prose import plain, sentences
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.pages import read_page

AMERICAN = (
    r"\w+iz(?:e|ed|es|ing|ation|ations|er|ers)",
    r"(?:analy|cataly|paraly)z\w+",
    r"(?:behavi|col|fav|hon|lab|neighb|rum)or(?:s|ed|ing|al|ite|hood)?",
    r"(?:cent|theat|lit)er(?:s|ed)?",
    r"(?:counsel|travel|cancel|label|model)(?:ed|ing|or|ors|er|ers)",
    r"programs?|enroll(?:ment|s)?|fulfill(?:ment|s)?|skillful|gray|practicing|toward|judgment",
)
BRITISH_ALL_THE_SAME = {"size", "sizes", "prize", "prizes", "seize", "seized"}

#: Claims that several places make of themselves, and boasts.
NEVER = ("first of its kind", "first dedicated", "first ever", "groundbreaking", "world-leading")


def changed(core: Library, page: Page, text: str) -> tuple[Subject, tuple[Problem, ...]]:
    """Return the core with one page in other words, and what reading that page tells."""
    read = read_page(text, page.path, Place(page.path), core.id)
    pages = tuple(read.page if one is page else one for one in core.pages)
    return Subject(attrs.evolve(core, pages=pages)), tuple(read.problems)


def alone(core: Library, page: Page, text: str) -> Subject:
    """Return a library of one page in other words, for rules that look at a page by itself."""
    read = read_page(text, page.path, Place(page.path), core.id)
    names = (*core.writing.names, *evidence.places_of(Subject(core)))
    writing = attrs.evolve(core.writing, names=names)
    return Subject(attrs.evolve(core, pages=(read.page,), writing=writing))


def test_sentences_are_short_on_average(core):
    lengths = [len(one.words) for item in core for text in item.parts.values() for one in sentences(text)]
    assert sum(lengths) / len(lengths) < 18


def test_a_citation_that_is_removed_stops_a_release(core):
    """Take out each citation of the core in turn: every removal is told, on the page it was made on."""
    missed = []
    for page in core.pages:
        for role in roles_in(page.text):
            if role.name != "cite":
                continue
            text = page.text[: role.start].rstrip(" ") + page.text[role.end :]
            subject = alone(core, page, text)
            rules = (evidence.claims, evidence.judgements, evidence.sources_listed)
            if not any(problem for rule in rules for problem in rule(subject)):
                missed.append((page.path, page.text.count("\n", 0, role.start) + 1, role.content))
    assert missed == []


def test_an_assessment_that_is_removed_stops_a_release(core):
    for page in core.pages:
        for match in re.finditer(r"^- \{criterion\}`[\w-]+`: .*\n(?:  .*\n)*", page.text, re.MULTILINE):
            subject, _ = changed(core, page, page.text.replace(match[0], "", 1))
            (problem,) = content_rules.assessments(subject)
            assert problem.code == "assessment-incomplete"


@pytest.mark.parametrize("option", ["addresses", "shows"])
def test_a_link_to_solutions_that_is_removed_stops_a_release_at_its_block(core, option):
    holders = [page for page in core.pages if re.search(rf"^:{option}:", page.text, re.MULTILINE)]
    assert len(holders) >= 9
    for page in holders:
        text = re.sub(rf"^:{option}:.*\n", "", page.text, count=1, flags=re.MULTILINE)
        _, problems = changed(core, page, text)
        assert [(one.code, one.place.line) for one in problems] == [("missing-field", 1)], page.path


def test_a_challenge_whose_last_solution_is_gone_stops_a_release_at_its_block(core):
    for challenge in core.of_kind("challenge"):
        if challenge.no_solution:
            continue
        pages = [
            page
            for page in core.pages
            if not any(challenge.id in getattr(item, "addresses", ()) for item in page.items)
        ]
        found = list(evidence.unanswered(Subject(attrs.evolve(core, pages=tuple(pages)))))
        assert (challenge.origin.path, challenge.origin.line) in {
            (one.place.path, one.place.line) for one in found
        }


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("case-studies/liverpool.md", " {cite}`wiredgov-2022`.\n- **Distress", ".\n- **Distress", "uncited"),
        ("case-studies/exeter.md", "- {criterion}`adaptable`: not seen.", "- Not seen:", "bad-assessment"),
        ("solutions/joint-funding.md", ":addresses: short-term-money, ", ":addresses: ", "no-solution"),
    ],
)
def test_the_release_check_fails_with_the_line(content, tmp_path, file, old, new, code):
    root = tmp_path / "content"
    shutil.copytree(content, root)
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), "utf-8")
    command = [sys.executable, "-m", "guidance_kit", "check", str(root), "--release"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(PACKAGES)}
    )
    assert done.returncode == 1
    assert re.search(rf"\.md:\d+: .*\[{code}\]", done.stdout + done.stderr)


def test_the_release_check_of_the_core_passes(content):
    command = [sys.executable, "-m", "guidance_kit", "check", str(content), "--release"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(PACKAGES)}
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_spelling_is_british(core):
    american = re.compile(rf"\b(?:{'|'.join(AMERICAN)})\b", re.IGNORECASE)
    for page in core.pages:
        found = {match[0].lower() for match in american.finditer(plain(page.text))}
        assert found - BRITISH_ALL_THE_SAME == set(), page.path


def test_claims_that_the_evidence_warns_of_are_not_made(core):
    for page in core.pages:
        words = " ".join(page.text.lower().split())
        assert [claim for claim in NEVER if claim in words] == [], page.path


def test_nothing_is_quoted(core):
    """No words of a source are copied: nothing longer than a few words stands in quotation marks."""
    for item in core:
        for text in item.parts.values():
            quoted = re.findall('[“"]([^”"]*)[”"]', plain(text))
            assert [words for words in quoted if len(words.split()) > 4] == [], item.id


def test_pages_begin_with_one_heading(core):
    for page in core.pages:
        own = [line for line in outside_blocks(page).split("\n") if line.startswith("# ")]
        assert len(own) == (0 if page.text.startswith(":::{") else 1), page.path
