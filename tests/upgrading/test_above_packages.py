"""Packages on packages: a safety change that an edition further up has published is told below."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from small_chains import DAY, Chain
from small_core import RELEASES

from guidance_kit.cli.check import check
from guidance_kit.cli.status import status
from guidance_kit.model.lock import How
from guidance_kit.problems import Problem
from guidance_kit.publishing.package import package
from guidance_kit.reading import libraries
from guidance_kit.upgrading import Decision, accept
from guidance_kit.upgrading.outlook import outlook

ALONE = "Nobody should be left alone before help has come."
MEDICINES = "Students ran out of medicine in the holidays."
LATER = (
    "It says what to do if a student on placement is in danger. "
    "The number to ring at night stands in these words in every edition."
)


@attrs.frozen
class Entry:
    """An entry point as an installed package has it; ``value`` is the folder that it leads to."""

    name: str
    value: str

    def load(self) -> Callable[[], str]:
        return lambda: self.value


@attrs.frozen
class Site:
    """A chain whose editions are based on one another's packages, and the packages that are installed."""

    chain: Chain
    entries: dict[str, Entry]

    def edition(self, name: str, on: str, tables: str = "", local: dict[str, str] | None = None) -> None:
        """Write an edition that is based on what is installed under a name, and compose it."""
        self.chain.edition(name, on, tables, local)
        if on != "core":
            self.change(f"{name}/edition.toml", f'"../{on}"', f'"{on}"')
        self.chain.up(name)

    def change(self, path: str, old: str, new: str) -> None:
        file = self.chain.folder / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def install(self, name: str) -> Path:
        """Package an edition as it is now, and install that; return the folder of its library."""
        output = self.chain.folder / "made" / name
        shutil.rmtree(output, ignore_errors=True)
        made = package(self.chain.folder / name, self.chain.opened(name).edition, output, draft=True)
        assert made.folder
        folder = output / f"guidance_{name}" / "library"
        self.entries[name] = Entry(name, str(folder))
        return folder

    def take(self, name: str, version: str = "") -> None:
        """Give an edition the newest of what it is based on, the core in that release, and install it as 2."""
        if version:
            self.core(version)
        self.change(f"{name}/edition.toml", 'version = "1"', 'version = "2"')
        self.chain.up(name)
        self.install(name)

    def core(self, version: str) -> None:
        """Put a release of the core in the folder that the region is based on."""
        shutil.rmtree(self.chain.folder / "core", ignore_errors=True)
        shutil.copytree(RELEASES / version, self.chain.folder / "core")

    def ahead(self, name: str) -> list[Problem]:
        return list(outlook(self.chain.folder / name, self.chain.opened(name).edition))

    def told(self, name: str) -> list[str]:
        assert {one.code for one in self.ahead(name)} <= {"newer-core-has-safety"}
        return [one.message for one in self.ahead(name)]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A region on the core, a university on the region's package and a college on the university's."""
    site = Site(Chain(tmp_path), {})
    monkeypatch.setattr(libraries, "installed", lambda: site.entries)
    site.core("1.0.0")
    site.edition("region", "core")
    site.install("region")
    site.edition("uni", "region")
    site.install("uni")
    site.edition("college", "uni")
    return site


def behind(whose: str, count: int, what: str, why: str) -> str:
    changes = "a safety change" if count == 1 else f"{count} safety changes"
    return f"{whose}, which this edition is based on, has not taken {changes} of {what} yet: {why}"


def test_an_edition_says_which_editions_it_is_made_from(site):
    site.install("college")
    site.edition("dept", "college")
    names = {name: site.chain.opened(name).base.ancestry for name in ("uni", "college", "dept")}
    assert {name: one.made_from for name, one in names.items()} == {
        "uni": (),
        "college": ("region",),
        "dept": ("uni", "region"),
    }


def test_where_nothing_is_newer_nothing_is_told(site):
    assert site.told("college") == []


def test_a_safety_change_in_a_newer_package_of_the_region_is_told_to_the_college(site):
    site.take("region", "1.1.0")
    (problem,) = site.ahead("college")
    assert problem.code == "newer-core-has-safety"
    assert problem.message == behind("Uni", 2, "region 2.dev0", f"{ALONE} {MEDICINES}")
    root = str(site.chain.folder / "college")
    assert problem.hint == (
        f"Ask uni@example.org to publish a newer edition; then: guidance-kit upgrade {root}"
    )
    ran = CliRunner().invoke(check, [root, "--release"], standalone_mode=False)
    assert ran.return_value == 1
    assert MEDICINES in ran.output
    ran = CliRunner().invoke(status, [root], standalone_mode=False)
    assert ran.return_value == 2
    assert MEDICINES in ran.output


def test_it_is_told_until_the_university_and_then_the_college_have_it(site):
    site.take("region", "1.1.0")
    site.take("uni")
    (message,) = site.told("college")
    assert message.startswith("uni 2.dev0 has 2 safety changes that this edition lacks: ")
    site.chain.up("college")
    assert site.told("college") == []


def test_what_the_region_took_from_the_core_is_told_once(site, monkeypatch):
    site.take("region", "1.1.0")
    of_region = behind("Uni", 2, "region 2.dev0", f"{ALONE} {MEDICINES}")
    monkeypatch.setattr(libraries, "content_root", lambda: RELEASES / "1.1.0")
    assert site.told("college") == [of_region]
    monkeypatch.setattr(libraries, "content_root", lambda: RELEASES / "2.0.0")
    assert site.told("college") == [of_region, behind("Uni", 2, "core 2.0.0", LATER)]


def test_of_several_editions_above_the_nearest_is_told_first_and_each_change_once(site, monkeypatch):
    site.install("college")
    site.edition("dept", "college")
    site.take("region", "1.1.0")
    site.take("uni")
    site.change("region/edition.toml", 'version = "2"', 'version = "1"')
    of_uni = behind("College", 2, "uni 2.dev0", f"{ALONE} {MEDICINES}")
    assert site.told("dept") == [of_uni]
    site.take("region", "2.0.0")
    of_region = behind("College", 2, "region 2.dev0", LATER)
    assert site.told("dept") == [of_uni, of_region]
    monkeypatch.setattr(libraries, "content_root", lambda: RELEASES / "2.0.0")
    assert site.told("dept") == [of_uni, of_region]


def test_where_the_package_between_is_not_installed_nothing_is_told_of_it(site, monkeypatch):
    site.take("region", "1.1.0")
    del site.entries["region"]
    assert site.told("college") == []
    monkeypatch.chdir(site.chain.folder / "made" / "region" / "guidance_region")
    Path("library").rename("region")
    assert site.told("college") == []  # a folder that stands where one works is no installed package


def test_a_package_that_cannot_be_opened_is_as_none(site):
    site.entries["region"] = Entry("region", "")
    assert site.told("college") == []


def test_another_library_of_the_regions_name_says_nothing(site):
    other = site.chain.folder / "other"
    shutil.copytree(RELEASES / "1.1.0", other)
    file = other / "history.json"
    file.write_text(file.read_text("utf-8").replace('"content": "', '"content": "x'), "utf-8")
    site.entries["region"] = Entry("region", str(other))
    assert site.told("college") == []


def test_a_package_of_the_region_that_is_older_says_nothing(site):
    older = site.chain.folder / "older"
    shutil.copytree(site.chain.folder / "made" / "region" / "guidance_region" / "library", older)
    site.take("region", "1.1.0")
    site.take("uni")
    site.chain.up("college")
    site.entries["region"] = Entry("region", str(older))
    assert site.told("college") == []


def rewrite(site: Site, tables: str = "", local: dict[str, str] | None = None) -> None:
    """Give the university something of its own, install that, and let the college take it."""
    site.edition("uni", "region", tables, local)
    site.install("uni")
    site.chain.up("college")


def test_what_the_university_left_out_is_not_told(site):
    rewrite(site, '[[leave_out]]\nitem = "core:placements"\nreason = "Not here."\n')
    site.take("region", "2.0.0")
    (message,) = site.told("college")
    assert message.startswith("Uni, which this edition is based on, has not taken 3 safety changes of region")
    assert "on placement" not in message


OURS = """```{adapt} core:placements#summary
:kind: context
:reason: R.

Three hospitals.
```
"""


def keep(site: Site, name: str) -> None:
    """Let an edition keep its words over the safety change, and install it."""
    decision = Decision(how=How.KEPT_MINE, by="Lead", reason="They know.", on=DAY)
    done, problems = accept(site.chain.folder / name, "core:placements#summary", decision)
    assert done, problems
    site.install(name)


def test_what_the_university_kept_its_words_over_is_not_told_again(site):
    rewrite(site, "", {"a.md": OURS})
    site.take("region", "2.0.0")
    (message,) = site.told("college")
    assert "on placement" in message
    site.chain.up("uni")
    keep(site, "uni")
    site.chain.up("college")
    assert site.told("college") == []


def test_what_the_region_kept_its_words_over_is_told_as_one_that_it_has(site):
    site.chain.edition("region", "core", "", {"a.md": OURS})
    site.chain.up("region")
    site.install("region")
    site.chain.up("uni")
    site.install("uni")
    site.chain.up("college")
    assert site.told("college") == []
    site.take("region", "2.0.0")
    keep(site, "region")
    assert site.told("college") == [behind("Uni", 4, "region 2.dev0", f"{ALONE} {MEDICINES} {LATER}")]


def test_an_account_that_does_not_say_what_it_is_made_from_is_read_and_nothing_is_told(site):
    file = site.install("uni") / "ancestry.json"
    account = json.loads(file.read_text("utf-8"))
    assert account.pop("made_from") == ["region"]
    file.write_text(json.dumps(account), "utf-8")
    site.chain.up("college")
    site.take("region", "1.1.0")
    assert site.chain.opened("college").base.ancestry.made_from == ()
    assert site.told("college") == []
