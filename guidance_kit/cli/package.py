"""``guidance-kit package DIR``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import FOLDER, Command, edition_argument
from guidance_kit.problems import GuidanceError, Place, Problem, Severity, typed, worst

if TYPE_CHECKING:
    from guidance_kit.model.edition import Edition
    from guidance_kit.publishing.package import Packaged

_SHOWN = (Severity.ERROR, Severity.WARNING)
_STOPS = (Severity.ERROR, Severity.BLOCKER)


@click.command(
    cls=Command,
    short_help="Make a package that others base editions on.",
    example="guidance-kit package northtown\n"
    "guidance-kit package northtown --output ../guidance-northtown\n"
    "python -m build ../guidance-northtown",
)
@edition_argument()
@click.option(
    "--output", type=FOLDER, help="A new or empty folder for the project, instead of DIR/_build/package."
)
@click.option("--draft", is_flag=True, help="Make it even if something is open, marked as no release.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")
def package(folder: Path, *, output: Path | None, draft: bool, as_json: bool) -> int:
    """Write the edition in DIR (or here) as a Python project that can be built, sent and installed.

    Whoever installs it starts an edition based on yours by its short name, and takes your next version with
    guidance-kit upgrade. The project holds your guidance as others take it, and your own files. Nothing is
    written while a release check finds an error or something still open; see guidance-kit check --release.
    A draft of an edition that has errors is written, says what it is, and the command ends with 1.
    """
    from guidance_kit.publishing import package as packaging  # noqa: PLC0415 - loaded when the command runs

    edition, problems = _checked(folder)
    if worst(problems, release=True) and not draft:
        return _refused(problems, as_json=as_json)
    made = packaging.package(folder, edition, output, draft=draft)
    if made.folder is None:
        raise GuidanceError(made.problems)
    if made.otherwise:
        telling.say(
            f"Version {made.version} was packaged here before, with other words: who has that is not told"
        )
        telling.say(f"of these. Raise the version in {folder / 'edition.toml'}, and package it again.")
    found = (*problems, *made.problems) if draft else ()
    telling.tell(one for one in found if one.severity in _SHOWN)
    if as_json:
        click.echo(packaging.as_value(made))
    else:
        _conclude(made, found, draft=draft)
    return 1 if worst(found) else 0


def _conclude(made: Packaged, found: tuple[Problem, ...], *, draft: bool) -> None:
    kind = "a draft with errors" if worst(found) else "a draft"
    words = f"Wrote {kind}, not for publication: the project" if draft else "Wrote the project"
    click.echo(f"{words} {made.name} {made.version} in {made.folder}.")
    waiting = [one for one in found if one.severity is Severity.BLOCKER]
    if waiting:
        telling.say(f"{telling.counted(waiting).capitalize()} before a release: see guidance-kit check.")
    click.echo(f"Build it: python -m build {typed(made.folder or '')}")
    click.echo(f"Or install it as it is: python -m pip install {typed(made.folder or '')}")


def _checked(folder: Path) -> tuple[Edition, tuple[Problem, ...]]:
    """Return the edition in a folder and everything that a release check finds; raise if there is none."""
    from guidance_kit.cli.subjects import find  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.model.edition import Edition  # noqa: PLC0415

    found = find(str(folder))
    if isinstance(found.subject, Edition):
        return found.subject, found.problems
    words = "This is not an edition, so there is nothing to package."
    nothing = Problem("not-found", words, f"Start one: guidance-kit new {typed(folder)}", Place(str(folder)))
    raise GuidanceError((found.problems if found.subject is None else ()) or (nothing,))


def _refused(problems: tuple[Problem, ...], *, as_json: bool) -> int:
    stops = [one for one in problems if one.severity in _STOPS]
    telling.tell(stops)
    telling.say(f"Nothing was written: {telling.counted(stops)}.")
    telling.say("Settle these first, or make a draft to try: add --draft.")
    if as_json:
        click.echo(telling.refusal(stops))
    return 1
