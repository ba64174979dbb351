"""``guidance-kit flatten DIR --output NEWDIR``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import FOLDER, Command, edition_argument
from guidance_kit.problems import GuidanceError


@click.command(
    cls=Command,
    short_help="Make one edition of two that build on one another.",
    example="guidance-kit flatten northtown-university --output university-alone",
)
@edition_argument(required=True)
@click.option("--output", type=FOLDER, required=True, help="A new or empty folder for the edition.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")
def flatten(folder: Path, *, output: Path, as_json: bool) -> int:
    """Write an edition that says what the one in DIR says, and is no longer based on another edition.

    The new edition is based on whatever that one is based on. It has the local work of both: where both say
    something, what DIR says stands. Nothing is written while anything in either is still open. The folder of
    the edition that DIR is based on has to be there, or the package that guidance-kit package made of it.
    """
    from guidance_kit.cli.dates import today  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.upgrading.flattening import flatten as run  # noqa: PLC0415

    made, problems = run(folder, output, today())
    if made is None:
        telling.say("Nothing was written.")
        raise GuidanceError(problems)
    if as_json:
        value = {
            "folder": str(made.folder),
            "id": made.id,
            "parent": made.parent,
            "based_on": made.based_on,
            "lacks": made.lacks,
            "differing": list(made.differing),
        }
        click.echo(json.dumps(value, ensure_ascii=True, indent=2))
        return 0
    click.echo(
        f"Wrote {made.id} in {made.folder}: based on {made.based_on}, with the local work of {made.parent}."
    )
    if made.lacks:
        click.echo(f'There is no "{made.lacks}" here: write in its edition.toml where {made.based_on} is.')
    if made.differing:
        click.echo(
            f"Look at these pages, whose words are not the same everywhere: {', '.join(made.differing)}."
        )
    else:
        click.echo("Every page says the same, word for word; those that are made tell of one edition now.")
    return 0
