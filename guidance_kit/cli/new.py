"""``guidance-kit new DIR``."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from guidance_kit.cli.shape import FOLDER, Command
from guidance_kit.problems import GuidanceError

_KINDS = ("nhs-icb", "nhs-trust", "university", "college", "partnership")


@click.command(
    cls=Command,
    short_help="Start an edition.",
    example="guidance-kit new northtown\n"
    'guidance-kit new northtown --title "Supporting students together: Northtown" --id northtown \\\n'
    '    --publisher "NHS Northtown ICB" --contact student-mh@northtown.example --organisation nhs-icb',
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--title", help="What the edition is called.")
@click.option(
    "--id", "name", help="Its short name, in lower-case letters, digits and hyphens; it never changes."
)
@click.option("--publisher", help="Who stands behind it.")
@click.option("--contact", help="Where readers write to.")
@click.option("--organisation", type=click.Choice(_KINDS), help="What kind of organisation makes it.")
@click.option(
    "--based-on",
    metavar="NAME",
    help="What it is made from: a library by name or folder, or the folder of another edition. "
    "[default: the national guidance, as it is installed]",
)
def new(  # noqa: PLR0913 - an option for each thing that is asked
    folder: Path,
    *,
    title: str | None,
    name: str | None,
    publisher: str | None,
    contact: str | None,
    organisation: str | None,
    based_on: str | None,
) -> int:
    """Start an edition in the folder DIR, which is made if it is not there.

    Asks for whatever is not given as an option. The result builds at once. An edition that stands there
    already is never touched.
    """
    from guidance_kit.cli.edits import report  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.editing import NewEdition, Organisation  # noqa: PLC0415
    from guidance_kit.editing.new import stands_here  # noqa: PLC0415
    from guidance_kit.upgrading.starting import start_edition  # noqa: PLC0415

    if (folder / "edition.toml").exists() and None in (name, title, publisher, contact, organisation):
        raise GuidanceError([stands_here(folder)])  # nobody is asked in vain
    place = folder.resolve().name
    name = name or click.prompt("Short name of the edition", default=_slug(place))
    title = title or click.prompt("Title", default=f"{place.replace('-', ' ').title()} edition")
    publisher = publisher or click.prompt("Who publishes it (organisation)")
    contact = contact if contact is not None else click.prompt("Contact for readers (email)", default="")
    organisation = organisation or click.prompt("Kind of organisation", type=click.Choice(_KINDS))
    asked = NewEdition(
        id=name,
        title=title,
        publisher=publisher,
        contact=contact,
        organisation=next(one for one in Organisation if one.value == organisation),
        based_on=_based_on(folder, based_on) if based_on else "core",  # whatever folder is called so
    )
    code = report(start_edition(folder, asked))
    if based_on and asked.based_on != based_on and _is_installed(based_on):
        click.echo(f'It is based on the folder "{based_on}" here, not on the installed library of that name.')
    return code


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-0123456789") or "our-edition"


def _is_installed(name: str) -> bool:
    from guidance_kit.reading.libraries import installed  # noqa: PLC0415 - only where a folder is named

    return name in {"core", *installed()}


def _based_on(folder: Path, name: str) -> str:
    """Return the name of a library as the manifest has it: a folder is named from the edition's own."""
    there = any((Path(name) / file).is_file() for file in ("library.toml", "edition.toml"))
    if there and not Path(name).is_absolute():
        return Path(os.path.relpath(name, folder)).as_posix()
    return name
