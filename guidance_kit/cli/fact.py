"""``guidance-kit fact DIR FACT VALUE``."""

from __future__ import annotations

from pathlib import Path

import click

from guidance_kit.cli.shape import Command, edition_argument


@click.command(
    cls=Command,
    short_help="Fill in a local fact.",
    example='guidance-kit fact northtown crisis-line "0808 157 0100"',
)
@edition_argument(required=True)
@click.argument("fact", metavar="FACT")
@click.argument("words", metavar="VALUE", nargs=-1, required=True)
@click.option("--item", default="", help="Use this value in one item only.")
def fact(folder: Path, *, fact: str, words: tuple[str, ...], item: str) -> int:
    """Write the VALUE of a local FACT into edition.toml of the edition in DIR.

    The value is checked, and is shown to readers exactly as you type it. Comments and the order of the file
    stay as they are, and the file as it was is kept in attic/.
    """
    from guidance_kit.cli.edits import make  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.editing.facts import plan_fact  # noqa: PLC0415

    return make(folder, lambda: plan_fact(folder, fact, " ".join(words), item=item))
