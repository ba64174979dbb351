"""Chains of tiny editions, written to a folder as people would write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import attrs

from guidance_kit.checking import check_edition
from guidance_kit.model.edition import ComposedItem, Edition
from guidance_kit.problems import Problem
from guidance_kit.upgrading import Opened, Plan, open_edition, upgrade

DAY = dt.date(2026, 11, 25)

CORE = {
    "library.toml": """\
[library]
id = "core"
title = "The core"
version = "1.0.0"

[[section]]
id = "challenges"
title = "Challenges"
kind = "challenge"

[[section]]
id = "solutions"
title = "Solutions"
kind = "solution"
""",
    "facts.toml": """\
[[fact]]
id = "crisis-line"
type = "phone"
label = "Crisis line"
required = true

[[fact]]
id = "team"
type = "org"
label = "Team"
default = "the team"

[[fact]]
id = "hours"
type = "hours"
label = "Hours"
""",
    "references.json": '[{"id": "one", "type": "book", "title": "One"}]\n',
    "index.md": """\
# The core

Ring {fact}`crisis-line`. See {challenge}`access` and {solution}`forum`.

```{toctree}
challenges/index
solutions/index
```
""",
    "challenges/index.md": """\
# Challenges

```{toctree}
access
danger
small
```
""",
    "challenges/access.md": """\
:::{challenge} Access is slow
:id: access
:themes: roles
:felt-by: nhs
:strength: strong
:sources: one

Students wait four weeks for {fact}`team`.

## What it looks like

Nobody answers {fact}`crisis-line`.

## Questions to put to each other

Who answers?
:::
""",
    "challenges/danger.md": """\
:::{challenge} Danger to life
:id: danger
:themes: crisis
:felt-by: nhs
:strength: strong
:sources: one
:protection: safety

Call 999, then {fact}`crisis-line`.

## What it looks like

Somebody is in danger.

## Questions to put to each other

Who calls?
:::
""",
    "challenges/small.md": """\
:::{challenge} Small providers
:id: small
:themes: roles
:felt-by: he
:strength: strong
:sources: one

They have nobody to ask.

## What it looks like

One adviser.

## Questions to put to each other

Who helps? See {solution}`forum`.
:::
""",
    "solutions/index.md": """\
# Solutions

```{toctree}
forum
roles
```
""",
    "solutions/forum.md": """\
:::{solution} A forum
:id: forum
:addresses: access, small
:status: proposed
:sources: one

People meet.

## How it works

They talk.

## First steps

Ask.
:::
""",
    "solutions/roles.md": """\
:::{solution} Agree roles
:id: roles
:addresses: access
:status: proposed
:sources: one

Write them down with {fact}`team`.

## How it works

On one page, with {challenge}`small`.

## First steps

1. Begin.
:::
""",
}
#: What a core says of its second release, in which one text changed.
CHANGED = """\
[[release]]
version = "1.0.0"

[[release]]
version = "1.1.0"

[[change]]
release = "1.1.0"
what = "core:access#summary"
kind = "substantive"
why = "The standard is two weeks."
"""


@attrs.frozen
class Chain:
    """A folder with a core and editions that are based on one another."""

    folder: Path

    def core(self, changes: Mapping[str, tuple[str, str]] | None = None, **more: str) -> Path:
        """Write the core: with some words of a file changed, and with more files."""
        texts = dict(CORE)
        for path, (old, new) in (changes or {}).items():
            assert old in texts[path]
            texts[path] = texts[path].replace(old, new)
        texts |= {path.replace("__", "/"): text for path, text in more.items()}
        return self.write("core", texts)

    def write(self, name: str, texts: Mapping[str, str]) -> Path:
        """Write files below a folder."""
        for path, text in texts.items():
            file = self.folder / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        return self.folder / name

    def edition(self, name: str, on: str, tables: str = "", local: Mapping[str, str] | None = None) -> Path:
        """Write an edition's own files; ``on`` is the folder that it is based on."""
        head = (
            f'[edition]\nid = "{name}"\ntitle = "{name.title()} edition"\npublisher = "{name.title()}"\n'
            f'contact = "{name}@example.org"\nversion = "1"\nbased_on = "../{on}"\n'
        )
        texts = {f"local/{path}": text for path, text in (local or {}).items()}
        return self.write(name, {"edition.toml": head + tables, **texts})

    def up(self, *names: str) -> Plan:
        """Upgrade editions in turn, and return what the last upgrade did."""
        for name in names:
            plan, problems = upgrade(self.folder / name, DAY)
            assert plan is not None, problems
        return plan

    def refused(self, name: str) -> list[Problem]:
        """Return why an upgrade of an edition was refused."""
        plan, problems = upgrade(self.folder / name, DAY)
        assert plan is None
        return list(problems)

    def opened(self, name: str) -> Opened:
        """Return an edition, opened."""
        opened, problems = open_edition(self.folder / name, DAY)
        assert opened is not None, problems
        return opened

    def state(self, name: str, target: str) -> str:
        """Return the state of the one piece of local work about a target."""
        (found,) = [one for one in self.opened(name).standings if one.artefact.target == target]
        return str(found.state)

    def codes(self, name: str) -> list[str]:
        """Return the codes of every problem of an edition, checked."""
        return [one.code for one in self.problems(name)]

    def problems(self, name: str) -> list[Problem]:
        """Return every problem of an edition, checked."""
        opened = self.opened(name)
        return [*opened.problems, *check_edition(opened.edition, DAY)]


def words(edition: Edition, page: str) -> str:
    """Return the text of a page."""
    return edition.page_by_name[page].text


def part(state: ComposedItem, key: str):
    """Return the state of a part."""
    return next(one for one in state.parts if one.key == key)
