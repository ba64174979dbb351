"""``guidance-kit where DIR FACT``."""

from __future__ import annotations

from pathlib import Path

import click

from guidance_kit.cli.shape import Command, edition_argument
from guidance_kit.problems import GuidanceError, Place, Problem, nearest, typed


@click.command(
    cls=Command,
    short_help="Show where a local fact is used.",
    example="guidance-kit where northtown crisis-line",
)
@edition_argument(required=True)
@click.argument("fact")
def where(folder: Path, *, fact: str) -> int:
    """Show every place in the edition in DIR where the local FACT is used, by file and line."""
    from guidance_kit.cli.fact_uses import fact_uses  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.cli.facts import in_items, without_value  # noqa: PLC0415
    from guidance_kit.cli.subjects import edition_at  # noqa: PLC0415

    edition, _ = edition_at(folder)
    known = {one.id: one for one in edition.library.facts}
    if fact not in known:
        hint = nearest(fact, known) or f"guidance-kit facts {typed(folder)} lists them."
        raise GuidanceError(
            [Problem("unknown-fact", f'There is no fact "{fact}".', hint, Place(str(folder)))]
        )
    places = fact_uses(edition).get(fact, ())
    click.echo(f"{known[fact].label}: {edition.values.get(fact) or without_value(edition, known[fact])}")
    for line in in_items(edition, known[fact]):
        click.echo(f"    {line}")
    for place in places:
        click.echo(str(place))
    if not places:
        click.echo("No page of this edition uses it.")
    return 0
