"""Every case gives what it says it gives, and the same when it is written otherwise."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from case_files import HERE, cases, files_of, read_case
from case_outcomes import LISTS, TABLES, agrees, outcome, rewrite
from case_steps import World
from case_variants import Vary, permuted, rewrapped, with_crlf

from guidance_kit.model.fingerprint import fingerprint
from guidance_kit.upgrading import State

EVERY = pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)


def rules() -> dict[str, str]:
    return tomllib.loads((HERE / "rules.toml").read_text("utf-8"))["rule"]


@EVERY
def test_a_case_gives_what_it_expects(path: Path, folder: Path, request: pytest.FixtureRequest) -> None:
    case = read_case(path)
    found = outcome(World.of(case, folder), case)
    if request.config.getoption("--rewrite-cases", default=False):
        rewrite(path, found)
        return
    agrees(found, case["expected"])


@pytest.mark.long
@EVERY
@pytest.mark.parametrize(
    ("vary", "blind"),
    [(with_crlf, ()), (permuted, ("place",)), (rewrapped, ("place", "layout"))],
    ids=["crlf", "permuted", "rewrapped"],
)
def test_a_case_written_otherwise_gives_the_same(
    path: Path, folder: Path, vary: Vary, blind: tuple[str, ...]
) -> None:
    case = read_case(path)
    if vary.__name__ in case.get("differs_when", []):
        pytest.skip("layout is what this case is about")
    if vary(files_of(case)) == files_of(case):
        return  # the very same files were tried already
    found, expected = outcome(World.of(case, folder, vary), case), case["expected"]
    told, wanted = found["problems"], expected["problems"]
    if "place" in blind:
        told, wanted = (sorted(one.rpartition(" ")[2] for one in which) for which in (told, wanted))
    assert told == wanted
    for name in ("order", "base"):
        assert (found.get(name) or None) == expected.get(name)
    for name in LISTS:
        assert found.get(name, []) == expected.get(name, [])
    for name in TABLES:
        assert found.get(name, {}) == expected.get(name, {})
    for name, text in expected.get("pages", {}).items():
        page = found["pages"][name].replace("\r\n", "\n")
        assert fingerprint(page) == fingerprint(text)
        assert "layout" in blind or page == text


def test_every_rule_has_a_case_and_every_case_names_a_rule() -> None:
    named = {path.stem: read_case(path)["rules"] for path in cases()}
    assert all(named.values())
    assert {rule for some in named.values() for rule in some} == set(rules())


def test_rules_are_numbered_and_one_sentence_each() -> None:
    assert list(rules()) == sorted(rules())
    assert all(re.fullmatch(r"GK-\d{3}", name) for name in rules())
    assert all(re.fullmatch(r"[A-Z][^.]*(\.md[^.]*)?\.", text) for text in rules().values())


def test_every_state_of_local_work_and_of_items_is_reached_by_a_case() -> None:
    expected = [read_case(path)["expected"] for path in cases()]
    reached = {state.partition(" ")[0] for one in expected for state in one.get("states", {}).values()}
    assert reached == {str(state) for state in State} - {"same"}


def test_there_are_cases_enough() -> None:
    assert len(cases()) >= 180
