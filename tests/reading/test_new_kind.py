"""A kind said once, in ten lines, is read, linked and complained about from its declaration alone."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import attrs
import pytest

from guidance_kit.api import check, read_library
from guidance_kit.composing import compose
from guidance_kit.model.fields import about, part
from guidance_kit.model.item import Item
from guidance_kit.model.kinds import KINDS
from guidance_kit.model.vocabulary import Sector
from guidance_kit.problems import GuidanceError
from guidance_kit.reading.overlays import read_overlay_folder


@attrs.frozen(kw_only=True)
class Pledge(Item):
    """A thing a partner promises."""

    kind, label, plural = "pledge", "Pledge", "Pledges"
    by: Sector = attrs.field(metadata=about("Who promises."))
    answers: tuple[str, ...] = attrs.field(default=(), metadata=about("Terms.", links_to="term"))
    summary: str = attrs.field(metadata=part("Summary", "What is promised."))
    proof: str = attrs.field(default="", metadata=part("Proof", "How one can tell."))


MORE = MappingProxyType({**KINDS, "pledge": Pledge})
PLEDGE = """\
:::{pledge} We answer within a day
:id: answer
:by: nhs
:answers: triage

Every letter is answered.

## Proof

A log.
:::
"""
TERM = ":::{term} Triage\n:id: triage\n\n## In the NHS\n\nOne.\n\n## In higher education\n\nTwo.\n:::\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "library.toml").write_text(
        '[library]\nid = "core"\ntitle = "T"\n[[section]]\nid = "pledges"\ntitle = "P"\nkind = "pledge"\n'
    )
    (tmp_path / "index.md").write_text("# T\n\n```{toctree}\npledges\nterms\n```\n")
    (tmp_path / "pledges.md").write_text("# Pledges\n\n" + PLEDGE)
    (tmp_path / "terms.md").write_text("# Terms\n\n" + TERM)
    return tmp_path


def test_it_is_read_with_its_fields_parts_and_links(folder: Path) -> None:
    library = read_library(folder, MORE)
    pledge = library.get("answer")
    assert isinstance(pledge, Pledge)
    assert (pledge.by, pledge.summary, pledge.proof) == (Sector.NHS, "Every letter is answered.", "A log.")
    assert [(item.id, link.field) for item, link in library.back_links["core:triage"]] == [
        ("core:answer", "answers")
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        (":by: nhs", ":by: nsh", "bad-word", 'Did you mean "nhs"?'),
        (":by: nhs\n", "", "missing-field", "Who promises."),
        (":by:", ":bye:", "unknown-field", 'Did you mean "by"?'),
        ("## Proof", "## Prof", "unknown-part", 'Did you mean "Proof"?'),
        ("Every letter is answered.\n", "", "missing-part", "before the first heading"),
        ("{pledge}", "{pledg}", "unknown-view", 'Did you mean "pledge"?'),
    ],
)
def test_each_mistake_in_it_is_told(folder: Path, old: str, new: str, code: str, words: str) -> None:
    (folder / "pledges.md").write_text(PLEDGE.replace(old, new))
    with pytest.raises(GuidanceError) as error:
        read_library(folder, MORE)
    assert words in next(problem.hint for problem in error.value.problems if problem.code == code)


def test_its_links_are_checked(folder: Path) -> None:
    (folder / "pledges.md").write_text(PLEDGE.replace("triage", "triag").replace("A log.", "{pledge}`anser`"))
    assert [(p.code, p.place.line, p.hint) for p in check(read_library(folder, MORE))] == [
        ("unknown-link", 4, 'Did you mean "triage"?'),
        ("unknown-link", 10, 'Did you mean "answer"?'),
    ]


def test_it_is_composed_in_an_edition(folder: Path, tmp_path: Path) -> None:
    edition = tmp_path / "_edition"
    (edition / "local").mkdir(parents=True)
    (edition / "edition.toml").write_text('[edition]\nid = "northtown"\ntitle = "N"\n')
    (edition / "local" / "x.md").write_text(
        PLEDGE.replace(":id: answer", ":id: ours").replace("A log.", "{pledge}`ours`")
        + "\n```{adapt} core:answer#proof\nA book.\n```\n"
    )
    overlay, problems = read_overlay_folder(edition, MORE)
    assert problems == ()
    assert overlay is not None
    composed = compose(read_library(folder, MORE), overlay)
    assert composed.problems == ()
    assert {
        name: dict(state.item.parts)["proof"]
        for name, state in composed.by_id.items()
        if "triage" not in name
    } == {
        "core:answer": "A book.",
        "northtown:ours": "{pledge}`northtown:ours`",
    }
