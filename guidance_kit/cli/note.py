"""``guidance-kit note DIR ITEM [PART]``."""

from __future__ import annotations

from pathlib import Path

import click

from guidance_kit.cli.shape import Command, edition_argument


@click.command(
    cls=Command,
    short_help="Write a local note beside national words.",
    example="guidance-kit note northtown information-sharing summary \\\n"
    '    --text "The Northtown information-sharing agreement was signed in March 2026."',
)
@edition_argument(required=True)
@click.argument("item")
@click.argument("part", required=False, default="")
@click.option(
    "--id", "name", default="", help="A permanent name for the note; made from the item if not given."
)
@click.option("--title", default="", help="A title for the note.")
@click.option("--text", default="", help="What the note says; otherwise write it into the file.")
def note(folder: Path, *, item: str, part: str, name: str, title: str, text: str) -> int:  # noqa: PLR0913
    """Write a local note beside a national ITEM, or one PART of it, in the edition in DIR.

    A note never changes the national words. The same note is written once; for a second beside the same
    words, give it another --id.
    """
    from guidance_kit.cli.edits import make  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.editing.noting import NewNote, plan_note  # noqa: PLC0415

    new = NewNote(id=name, title=title, text=text)
    return make(folder, lambda: plan_note(folder, item, part, new))
