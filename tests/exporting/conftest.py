"""A small core and an edition of it, on disk, for tests of exporting."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance_kit.api import read_edition
from guidance_kit.model.edition import Edition

CHALLENGE = """\
:::{{challenge}} {title}
:id: {name}
:themes: transitions
:felt-by: nhs, he
:strength: strong
:sources: {source}

Students *move* {{cite}}`{source}`. Ring {{fact}}`crisis-line`.

## What it looks like

- One, see {{solution}}`agree`

## Questions to put to each other

1. Who?
:::
"""

CORE = {
    "library.toml": """\
[library]
id = "core"
title = "Small core"
version = "1.0"
publisher = "The taskforce"

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
label = "24-hour crisis line"
required = true
""",
    "references.json": """\
[{"id": "src-one", "type": "report", "title": "Report one"},
 {"id": "src-two", "type": "report", "title": "Canary report"}]
""",
    "index.md": "# Small core\n\n![Plan](plan.png)\n\n```{toctree}\nchallenges/index\nsolutions\n```\n",
    "plan.png": "not really a picture",
    "challenges/index.md": "# Challenges\n\n```{toctree}\ntwo-homes\nwaits\n```\n",
    "challenges/two-homes.md": CHALLENGE.format(title="Two homes", name="two-homes", source="src-one"),
    "challenges/waits.md": CHALLENGE.format(title="Canary waits", name="waits", source="src-two"),
    "solutions.md": """\
# Solutions

:::{solution} Agree
:id: agree
:addresses: two-homes
:status: in-use
:sources: src-one

Agree *roles* within four weeks.

## How it works

Talk.

## First steps

1. Meet.
:::
""",
}

EDITION = """\
[edition]
id = "northtown"
title = "Northtown edition"
publisher = "NHS Northtown"
version = "2026.1"
based_on = "../core"
"""


class Folders:
    """A core and an edition beside it, which a test changes as a person would."""

    def __init__(self, root: Path) -> None:
        self.core, self.edition = root / "core", root / "edition"
        for name, text in CORE.items():
            self.write(self.core / name, text)
        self.write(self.edition / "edition.toml", EDITION)

    @staticmethod
    def write(path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def manifest(self, text: str) -> None:
        self.write(self.edition / "edition.toml", EDITION + text)

    def local(self, text: str, name: str = "ours.md") -> None:
        self.write(self.edition / "local" / name, text)

    def compose(self) -> Edition:
        edition, problems = read_edition(self.edition)
        assert edition is not None, problems
        assert not [problem for problem in problems if problem.severity == "error"]
        return edition


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)
