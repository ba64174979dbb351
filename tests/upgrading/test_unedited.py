"""An adaptation that nobody has edited yet: readers see the text beneath it as it is now, until somebody keeps it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from small_chains import DAY, Chain, part

from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept, upgrade

OLD, NEW = "Students wait four weeks", "Students wait two weeks"
SAME = f"```{{adapt}} core:access#summary\n:reason: R.\n\n{OLD} for {{fact}}`team`.\n```\n"
TARGET = "core:access#summary"


def shown(chain: Chain, name: str) -> str:
    return part(chain.opened(name).edition.by_id["core:access"], "summary").final


def released(chain: Chain) -> None:
    """Release the core once more, with other words."""
    changes = f'[[change]]\nrelease = "1.1.0"\nwhat = "{TARGET}"\nkind = "substantive"\nwhy = "Less."\n'
    head = '[[release]]\nversion = "1.0.0"\n[[release]]\nversion = "1.1.0"\n'
    chain.core({"challenges/access.md": (OLD, NEW)})
    (chain.folder / "core/changes.toml").write_text(head + changes, "utf-8")
    file = chain.folder / "core/library.toml"
    file.write_text(file.read_text("utf-8").replace("1.0.0", "1.1.0"), "utf-8")


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    chain = Chain(tmp_path)
    chain.core()
    (chain.folder / "core/changes.toml").write_text('[[release]]\nversion = "1.0.0"\n', "utf-8")
    chain.edition("region", "core", "", {"a.md": SAME})
    chain.up("region")
    return chain


def test_without_any_history_the_words_are_known_by_what_they_were_made_from(chain):
    assert OLD in shown(chain, "region")
    released(chain)
    chain.up("region")
    assert NEW in shown(chain, "region")
    assert chain.state("region", TARGET) == "stale"
    assert part(chain.opened("region").edition.by_id["core:access"], "summary").held is None


def test_they_stay_so_when_the_decision_is_put_off_until_somebody_keeps_them(chain):
    released(chain)
    chain.up("region")
    later = Decision(how=How.DEFERRED, by="A", reason="B", until=DAY + dt.timedelta(30), on=DAY)
    done, problems = accept(chain.folder / "region", TARGET, later)
    assert done, problems
    assert NEW in shown(chain, "region")
    keep = Decision(how=How.KEPT_MINE, by="A", reason="B", on=DAY)
    done, problems = accept(chain.folder / "region", TARGET, keep)
    assert done, problems
    assert OLD in shown(chain, "region")


def test_they_are_known_in_a_chain_too(chain):
    words = SAME.replace("four", "three")
    chain.edition("region", "core", "", {"a.md": words})
    chain.up("region")
    chain.edition("uni", "region", "", {"a.md": words})
    chain.up("uni")
    chain.edition("region", "core", "", {"a.md": SAME.replace("four", "five")})
    made, problems = upgrade(chain.folder / "uni", DAY)
    assert made, problems
    assert "five weeks" in shown(chain, "uni")
