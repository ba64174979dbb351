"""The core is whole: items, sources, assessments and facts hang together."""

from __future__ import annotations

import json
import re
import tomllib

from guidance_kit import __version__, check
from guidance_kit.model.inline import roles_in
from guidance_kit.model.prose import plain, sentences, words_in
from guidance_kit.problems import Severity

#: How long readers should need for each kind: the least and most items of it.
SIZES = {
    "challenge": (16, 20),
    "solution": (14, 18),
    "case-study": (9, 9),
    "criterion": (5, 5),
    "term": (15, 40),
}


def cited_in(text: str) -> set[str]:
    return {key.strip() for role in roles_in(text) if role.name == "cite" for key in role.content.split(",")}


def slugs(core, kind: str) -> list[str]:
    return [item.slug for item in core.of_kind(kind)]


def test_the_core_reads_and_checks_without_any_problem_and_says_which_rules_it_breaks(core):
    problems = check(core)
    assert [str(problem) for problem in problems if problem.severity is not Severity.INFO] == []
    assert {(one.code, one.message.split('"')[1]) for one in problems} == {
        ("allowed", "as-of-old"),  # nobody has opened the sources again on the live web
    }


def test_the_core_has_the_size_that_a_leader_can_take_in(core):
    for kind, (least, most) in SIZES.items():
        assert least <= len(core.of_kind(kind)) <= most, kind


def test_the_core_holds_the_items_that_editions_rely_on(core):
    assert slugs(core, "criterion") == [
        "benefit", "no-duplication", "recognisable", "adaptable", "recurring"
    ]  # fmt: skip
    assert slugs(core, "case-study") == [
        "liverpool", "greater-manchester", "exeter", "cambridge",
        "north-london", "birmingham", "north-west-colleges", "many-hands", "cardiff",
    ]  # fmt: skip
    assert set(slugs(core, "challenge")) >= {
        "unclear-roles", "information-sharing", "two-homes", "threshold-gap", "readable-evidence",
        "eating-disorders", "trusted-contacts", "crisis-and-discharge", "healthcare-students",
        "small-providers",
    }  # fmt: skip
    assert set(slugs(core, "solution")) >= {
        "agree-roles", "liaison-after-urgent-care", "information-agreement", "trusted-contact-schemes",
        "dedicated-nhs-team", "place-of-study", "liaison-forum", "minimum-data", "pooled-service",
        "separate-from-the-school",
    }  # fmt: skip
    assert len(core.of_kind("term")) >= 15
    assert len(core.of_kind("recommendation")) >= 6


def test_every_page_but_the_first_is_in_a_contents_list(core):
    listed = {name for page in core.pages for contents in page.contents for _, name in contents.entries}
    assert {page.name for page in core.pages} - {"index"} == listed


def test_every_reference_is_cited_and_every_citation_is_a_reference(core):
    cited = set().union(*(cited_in(page.text) for page in core.pages))
    assert cited == {reference.id for reference in core.references}


def test_every_reference_says_how_much_of_it_was_read(core):
    entries = [reference.entry for reference in core.references]
    assert [entry["id"] for entry in entries if not entry.get("note")] == []


def test_every_reference_has_an_address_but_the_unpublished_proposal(core):
    assert [one.id for one in core.references if not one.entry.get("URL")] == ["seed-2024"]


def test_references_are_sorted_by_id_so_that_changes_are_easy_to_see(content):
    ids = [entry["id"] for entry in json.loads((content / "references.json").read_text("utf-8"))]
    assert ids == sorted(ids)


def test_an_item_lists_the_sources_that_it_cites_and_no_others(core):
    for item in core:
        cited = cited_in("\n".join(item.parts.values()))
        if item.kind in ("recommendation", "document"):
            assert not item.source or item.source in cited, item.id
        else:
            assert set(item.sources) == cited, item.id


def test_every_challenge_has_a_solution_or_says_that_none_is_known(core):
    addressed = {target for solution in core.of_kind("solution") for target in solution.addresses}
    unknown = {challenge.id for challenge in core.of_kind("challenge") if challenge.no_solution}
    assert {challenge.id for challenge in core.of_kind("challenge")} == addressed | unknown
    assert addressed & unknown == set()


def test_every_solution_is_seen_in_a_case_study_or_says_that_it_is_not(core):
    shown = {target for case in core.of_kind("case-study") for target in case.shows}
    for solution in core.of_kind("solution"):
        says_not = "No case study here shows" in " ".join(solution.limits.split())
        assert (solution.id in shown) != says_not, solution.id


def test_every_case_study_is_assessed_against_all_five_criteria_with_reasons(core):
    criteria = [criterion.id for criterion in core.of_kind("criterion")]
    for case in core.of_kind("case-study"):
        assert [rating.target for rating in case.ratings] == criteria, case.id
        for rating in case.ratings:
            assert len(words_in(plain(rating.reason))) >= 4, (case.id, rating.target)
            assert cited_in(rating.reason), (case.id, rating.target)


def test_every_case_study_says_in_its_first_line_what_it_is_like_in_nhs_terms(core):
    for case in core.of_kind("case-study"):
        first = next(sentences(case.summary)).text
        assert re.match(r"It (works|is)\b", first), case.id
        terms = r"liaison|community mental health team|talking therapies|social prescribing|early help"
        assert re.search(terms, first), case.id


def test_a_short_case_study_is_marked_as_what_it_is(core):
    short = {case.slug: str(case.standing) for case in core.of_kind("case-study") if case.standing != "full"}
    assert short == {
        "north-london": "emerging",
        "birmingham": "outside-scope",
        "north-west-colleges": "emerging",
        "many-hands": "outside-scope",
        "cardiff": "comparison",
    }


def test_a_missing_outcome_is_said_in_the_open(core):
    for slug in ("greater-manchester", "exeter", "north-london", "north-west-colleges", "many-hands"):
        assert "No published outcome" in core.get(slug).outcomes


def test_exactly_three_of_fifteen_facts_are_required(core):
    assert len(core.facts) == 15
    required = [fact.id for fact in core.facts if fact.required]
    assert required == ["crisis-line", "nhs-trust", "guidance-email"]


def test_every_fact_is_used_and_a_required_one_on_more_than_one_page(core):
    for fact in core.facts:
        pages = [page for page in core.pages if any(_is_slot(role, fact.id) for role in roles_in(page.text))]
        assert len(pages) >= (2 if fact.required else 1), fact.id


def test_every_fact_has_an_example_and_help_for_an_editor(core):
    for fact in core.facts:
        assert len(fact.help.split()) >= 8, fact.id
        assert fact.example, fact.id


def test_examples_of_facts_reach_nobody(core):
    """Telephone numbers are from the ranges kept for drama; addresses end in .example."""
    for fact in core.facts:
        if fact.type == "phone":
            assert re.fullmatch(r"0808 157 0\d{3}|01632 960\d{3}", fact.example)
        if fact.type in ("email", "url"):
            assert re.search(r"\.example(/|$)", fact.example)


def test_the_manifest_leaves_the_version_to_the_package(content):
    manifest = tomllib.loads((content / "library.toml").read_text("utf-8"))["library"]
    assert "version" not in manifest
    assert manifest["licence"] == "CC-BY-4.0"


def test_the_licence_names_the_guidance_its_authors_and_the_address_of_the_licence(core, content):
    words = " ".join((content / "LICENSE").read_text("utf-8").split())
    assert core.title in words
    assert core.publisher.removeprefix("The ") in words
    assert "https://creativecommons.org/licenses/by/4.0/" in words


def _is_slot(role, fact: str) -> bool:
    return role.name == "fact" and role.content == fact


def test_the_history_ends_with_what_stands_here(core):
    last = core.history.releases[-1]
    assert (last.version, last.content) == (__version__, core.content), (
        "write it again: guidance-kit release-check content --write"
    )
