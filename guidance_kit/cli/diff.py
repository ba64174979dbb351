"""``guidance-kit diff DIR [ITEM]``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import Command, edition_argument
from guidance_kit.problems import GuidanceError, Place, Problem, Severity, nearest, typed, worst

if TYPE_CHECKING:
    from guidance_kit.exporting.compared import Difference
    from guidance_kit.model.edition import Edition


@click.command(
    cls=Command,
    short_help="Show what your edition changed, word by word.",
    example="guidance-kit diff northtown\nguidance-kit diff northtown named-contacts",
)
@edition_argument()
@click.argument("item", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")
def diff(folder: Path, *, item: str | None, as_json: bool) -> int:
    """Show the edition in DIR (or here) against the text that it is based on, word by word.

    For each part that differs: its label, and the words. [-Words in these marks-] are those of that text, the
    national one or an earlier edition's, and went; {+words in these+} are yours and came. With the id of an
    ITEM, shows that one only.
    """
    from guidance_kit.cli.subjects import edition_at  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.exporting.compared import differences_of  # noqa: PLC0415

    edition, problems = edition_at(folder)
    found = differences_of(edition, _found(edition, item) if item else "")
    if as_json:
        click.echo(json.dumps([one.row() for one in found], ensure_ascii=True, indent=2))
    else:
        click.echo("\n".join(_lines(found, edition)))
    telling.tell(problem for problem in problems if problem.severity is Severity.ERROR)
    return 1 if worst(problems) else 0


def _lines(found: tuple[Difference, ...], edition: Edition) -> Iterator[str]:
    before = edition.base.ancestry
    if not found:
        yield f"Every word is as in the edition of {before.name}." if before else "Every word is national."
    for at, one in enumerate(found):
        if at:
            yield ""
        yield from one.lines()


def _found(edition: Edition, name: str) -> str:
    """Return the full id of an item; raise a problem with the nearest one if it is not there."""
    from guidance_kit.exporting.told import meant  # noqa: PLC0415 - loaded when the command runs

    bare = name.partition("#")[0]
    found = meant(edition, bare)
    if found:
        return found.item.id
    known = [one.removeprefix(f"{edition.base.space}:") for one in edition.by_id]
    root = edition.overlay.root or "."
    hint = nearest(bare, known) or f"guidance-kit show {typed(root)} lists them all."
    words = f'There is no item "{bare}" in this edition.'
    raise GuidanceError([Problem("unknown-target", words, hint, Place(str(edition.overlay.root or "")))])
