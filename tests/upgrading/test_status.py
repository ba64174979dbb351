"""How an edition stands, for a person and for a program: whatever makes somebody act is told to both."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from small_chains import CHANGED, CORE, Chain

from guidance_kit.cli.status import status
from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept, upgrade
from guidance_kit.upgrading.reviewing import compared

FACTS = '[facts]\ncrisis-line = "0808 157 0100"\n'
ADAPT = "```{adapt} core:access#summary\n:kind: context\n:reason: R\n\nWe wait.\n```\n"


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    """A core and an edition of it, with a value for each fact that needs one."""
    made = Chain(tmp_path)
    made.core()
    made.edition("town", "core", FACTS, {"a.md": ADAPT})
    made.up("town")
    return made


def newer(chain: Chain, *names: str) -> None:
    """Release the core anew, and upgrade editions."""
    toml = CORE["library.toml"].replace("1.0.0", "1.1.0")
    chain.core(
        {"challenges/access.md": ("four weeks", "two weeks")},
        **{"library.toml": toml, "changes.toml": CHANGED},
    )
    chain.up(*names)


def told(folder: Path, *more: str) -> tuple[int, str]:
    """Return how ``status`` ended, and what it said."""
    ran = CliRunner().invoke(status, [str(folder), *more], standalone_mode=False)
    return ran.return_value, ran.output


def value(chain: Chain, name: str) -> dict[str, Any]:
    """Return what ``status --json`` says of an edition for which something waits."""
    code, out = told(chain.folder / name, "--json")
    assert code == 2
    return json.loads(out)


def test_where_nothing_waits_no_list_of_what_makes_somebody_act_holds_anything(chain):
    code, out = told(chain.folder / "town", "--json")
    found = json.loads(out)
    assert code == 0
    lists = ("unknown", "ahead", "missing", "put_off", "problems", "left_out", "not_chosen", "waiting")
    assert [found[name] for name in lists] == [[]] * len(lists)


def test_that_the_core_is_gone_is_told(chain):
    shutil.rmtree(chain.folder / "core")
    found = value(chain, "town")
    assert found["newer"] is None
    assert [one["code"] for one in found["unknown"]] == ["missing-base"]


def test_what_is_missing_and_left_out_is_told(chain):
    chain.edition("town", "core", '[[leave_out]]\nitem = "core:small"\nreason = "None."\n')
    found = value(chain, "town")
    assert (found["missing"], found["left_out"]) == (["crisis-line"], ["core:small"])


def test_what_stops_a_release_and_what_is_wrong_is_told(chain):
    newer(chain, "town")
    assert [one["code"] for one in value(chain, "town")["problems"]] == ["stale"]
    (chain.folder / "town/local/a.md").write_text(ADAPT.replace("access", "nowhere"), "utf-8")
    code, out = told(chain.folder / "town", "--json")
    assert code == 1
    assert "unknown-target" in [one["code"] for one in json.loads(out)["problems"]]


def test_what_is_put_off_is_told_and_below_too(chain):
    newer(chain, "town")
    day = chain.opened("town").today
    later = day.replace(year=day.year + 1, day=1)
    decision = Decision(how=How.DEFERRED, reason="The board meets.", until=later, on=day)
    assert accept(chain.folder / "town", "access#summary", decision)[0]
    chain.edition("uni", "town")
    chain.up("uni")
    rows = []
    for name in ("town", "uni"):
        (row,) = json.loads(told(chain.folder / name, "--json")[1])["put_off"]
        rows.append((row["target"], row["until"], row["by"]))
    said = ("core:access#summary", later.isoformat())
    assert rows == [(*said, ""), (*said, "Town")]


def test_review_and_check_say_alike_that_an_earlier_edition_has_put_its_review_off(chain):
    note = "```{local-note} core:access#summary\n:id: ours\n\nOurs.\n```\n"
    chain.edition("uni", "town", local={"n.md": note})
    chain.up("uni")
    newer(chain, "town")
    day = chain.opened("town").today
    decision = Decision(how=How.DEFERRED, reason="R", until=day.replace(year=day.year + 1, day=1), on=day)
    assert accept(chain.folder / "town", "access#summary", decision)[0]
    chain.up("uni")
    (one,) = compared(chain.opened("uni"), "ours")
    assert "has put its review off until" in one.message


def test_a_fact_that_is_used_on_a_page_alone_is_not_said_to_be_used_nowhere(tmp_path):
    made = Chain(tmp_path)
    slot = "{fact}`crisis-line`"
    changes = dict.fromkeys(("challenges/access.md", "challenges/danger.md"), (slot, "us"))
    made.core(changes)
    made.edition("town", "core")
    made.up("town")
    assert "Missing: crisis-line (used in 1 page)." in told(made.folder / "town")[1]
    note = f"```{{local-note}} core:roles\n:id: ring\n\nRing {slot}.\n```\n"
    made.edition("town", "core", "", {"n.md": note})
    assert "Missing: crisis-line (used in 1 item and 1 page)." in told(made.folder / "town")[1]


@pytest.fixture
def below(chain: Chain) -> Chain:
    """An edition based on one that comes to have an error, and something that waits."""
    chain.edition("dept", "town")
    chain.up("dept")
    newer(chain, "town")
    note = "```{local-note} core:nowhere\n:id: lost\n\nLost.\n```\n"
    (chain.folder / "town/local/n.md").write_text(note, "utf-8")
    return chain


def test_of_a_parent_only_the_errors_are_told_with_whom_to_ask_and_no_commands(below):
    plan, problems = upgrade(below.folder / "dept", below.opened("dept").today)
    assert plan is None
    first, *errors = problems
    assert (first.code, first.place.path) == ("missing-base", str(below.folder / "dept/edition.toml"))
    assert [one.code for one in errors] == ["unknown-target"]
    assert errors[0].hint == "Ask Town (town@example.org) to mend it."
    assert errors[0].place.path == str(below.folder / "town/local/n.md")


def test_status_tells_the_errors_of_a_parent_once(below):
    code, out = told(below.folder / "dept")
    assert code == 2
    assert "has 1 error: nothing is taken from it" in out
    assert out.count("core:nowhere") == 1
    assert "Ask Town (town@example.org) to mend it." in out
    assert "guidance-kit accept" not in out
    assert "guidance-kit review" not in out


def test_who_names_the_manifest_means_its_edition(chain: Chain):
    root = chain.folder / "town"
    whole = CliRunner().invoke(status, [str(root)], standalone_mode=False)
    named = CliRunner().invoke(status, [str(root / "edition.toml")], standalone_mode=False)
    assert (named.output, named.return_value) == (whole.output, whole.return_value)
    assert "Composed from core" in named.output


def test_what_is_left_out_or_not_chosen_is_told_by_whose_it_is(chain):
    item = CORE["challenges/small.md"].replace(":id: small", ":id: ours")
    chain.edition("region", "core", FACTS, {"a.md": item})
    out = '[[leave_out]]\nitem = "{}"\nreason = "None."\n'
    chain.edition("uni", "region", out.format("core:small") + out.format("region:ours"))
    chain.up("region", "uni")
    assert "1 national item left out.\n1 item of Region left out.\n" in told(chain.folder / "uni")[1]
    take = '[choose]\nstart_from = "nothing"\n[[take]]\nitem = "core:access"\n'
    chain.edition("uni", "region", take)
    assert re.search(
        r"\d national items not chosen\.\n1 item of Region not chosen\.\n", told(chain.folder / "uni")[1]
    )


def test_that_only_an_older_text_is_to_be_had_asks_nothing_of_anybody(chain):
    newer(chain, "town")
    decision = Decision(how=How.KEPT_MINE, on=chain.opened("town").today)
    assert accept(chain.folder / "town", "access#summary", decision)[0]
    chain.core()
    code, out = told(chain.folder / "town")
    assert (code, "which is newer" in out) == (0, True)
