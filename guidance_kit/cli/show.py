"""``guidance-kit show DIR [ITEM]``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import Command, edition_argument
from guidance_kit.problems import GuidanceError, Place, Problem, Severity, nearest, typed, worst

if TYPE_CHECKING:
    from guidance_kit.exporting.noted import Noted
    from guidance_kit.model.edition import ComposedItem, Edition
    from guidance_kit.model.library import Library


@click.command(
    cls=Command,
    brief=True,
    short_help="Show what an edition says, in the terminal.",
    example="guidance-kit show northtown\nguidance-kit show northtown two-homes",
)
@edition_argument()
@click.argument("item", required=False)
def show(folder: Path, *, item: str | None) -> int:
    """Show what the edition in DIR (or here) says, as its readers get it, with its labels.

    Without ITEM, lists every item by section with its label, and what is left out. With the id of an ITEM,
    shows all its parts, and whose words each of them is in.
    """
    from guidance_kit.cli.subjects import edition_at  # noqa: PLC0415 - loaded when the command runs

    edition, problems = edition_at(folder)
    lines = _item(edition, _find(edition, item), folder) if item else _list(edition)
    click.echo("\n".join(lines))
    telling.tell(problem for problem in problems if problem.severity is Severity.ERROR)
    return 1 if worst(problems) else 0


def _list(edition: Edition) -> Iterator[str]:
    from guidance_kit.exporting import item_label  # noqa: PLC0415
    from guidance_kit.exporting.readable import readable  # noqa: PLC0415

    yield edition.title
    for title, states in _sections(edition):
        yield from ("", title)
        for state in states:
            yield f"  {_short(edition, state.item.id)}: {readable(state.item.title, edition, state.item.id)}"
            yield f"      {item_label(edition, state)}"
    if edition.left_out:
        yield from ("", "Left out")
        for left in edition.left_out:
            yield f"  {_short(edition, left.item)}: {edition.base.by_id[left.item].title}"
            yield f"      {left.reason or 'No reason is given.'}"
    if edition.not_chosen:
        whose = f"items of {edition.base.title}" if edition.base.ancestry else "national items"
        yield from ("", f"Not chosen: {len(edition.not_chosen)} {whose}")
        yield f"      {', '.join(_short(edition, name) for name in edition.not_chosen)}"


def _sections(edition: Edition) -> Iterator[tuple[str, list[ComposedItem]]]:
    """Give the items that readers meet under each title: that of a section, or of their kind."""
    sections = edition.library.sections
    of_kind = {section.kind: section.title for section in reversed(sections) if section.kind}
    listed = _listed(edition.library)
    found: dict[str, list[ComposedItem]] = {section.title: [] for section in sections}
    for state in edition.composed:
        title = listed.get(state.page) or of_kind.get(state.item.kind, state.item.plural)
        found.setdefault(title, []).append(state)
    yield from ((title, states) for title, states in found.items() if states)


def _listed(library: Library) -> dict[str, str]:
    """Return the title of the section that a page opens, or whose list of contents names it, by its name.

    An item can have been moved to a section that is not that of its kind, here or in an earlier edition.
    """
    opens = {f"{section.id}{end}": section.title for section in library.sections for end in ("", "/index")}
    lists = ((opens[page.name], one) for page in library.pages if page.name in opens for one in page.contents)
    return {name: title for title, one in lists for _, name in one.entries} | opens


def _find(edition: Edition, name: str) -> ComposedItem:
    """Return the item of that id; raise a problem with the nearest one, or with why it is not there."""
    from guidance_kit.editing.subject import what_became  # noqa: PLC0415 - loaded when the command runs

    for full in (name, f"{edition.id}:{name}", f"{edition.base.space}:{name}"):
        if full in edition.by_id:
            return edition.by_id[full]
        left = next((one for one in edition.left_out if one.item == full), None)
        if left:
            words = f'"{full}" is left out of this edition. {left.reason}'.strip()
            raise GuidanceError([Problem("unknown-target", words, "", left.origin)])
        if full in edition.not_chosen:
            words = f'"{full}" is not chosen for this edition.'
            hint = f'To take it, add [[take]] with item = "{full}" to edition.toml.'
            raise GuidanceError([Problem("unknown-target", words, hint, _manifest(edition))])
    base = edition.base
    full = base.changes.follow(name if ":" in name else f"{base.space}:{name}")
    if full in edition.by_id:
        return edition.by_id[full]
    same = next((state for state in edition.composed if state.item.slug == name), None)
    if same:
        return same
    gone = what_became(base, full)
    if gone:
        raise GuidanceError([Problem("unknown-target", *gone, _manifest(edition))])
    known = [_short(edition, one) for one in edition.by_id]
    root = edition.overlay.root or "."
    hint = nearest(name, known) or f"guidance-kit show {typed(root)} lists them all."
    place = Place(str(edition.overlay.root or ""))
    raise GuidanceError(
        [Problem("unknown-target", f'There is no item "{name}" in this edition.', hint, place)]
    )


def _manifest(edition: Edition) -> Place:
    return Place.within(edition.overlay.root, "edition.toml")


def _item(edition: Edition, state: ComposedItem, folder: Path) -> Iterator[str]:
    from guidance_kit.exporting import item_label, part_label  # noqa: PLC0415
    from guidance_kit.exporting.noted import notes_of  # noqa: PLC0415
    from guidance_kit.exporting.readable import readable  # noqa: PLC0415
    from guidance_kit.model.fields import parts_of  # noqa: PLC0415

    item, notes = state.item, notes_of(state.item, edition)

    def beside(part: str, *, before: bool) -> Iterator[str]:
        for note in notes:
            if (note.part, note.before) == (part, before):
                yield from _note(edition, note, item.id)

    labels = {spec.key: spec.label for spec in parts_of(type(item))}
    yield readable(item.title, edition, item.id)
    yield f"{type(item).label} {item.id}, on the page {state.page}"
    yield f"[{item_label(edition, state)}]"
    yield from beside("", before=True)
    for part in state.parts:
        heading = labels.get(part.key, "Title")
        yield from ("", f"{heading} [{part_label(edition, part)}]")
        yield from _indented(beside(part.key, before=True))
        yield from ("", *_indented(readable(part.final, edition, item.id).split("\n")))
        for missing in part.missing:
            yield f'  To be filled in: guidance-kit fact {typed(folder)} {missing} "..."'
        yield from _indented(beside(part.key, before=False))
    yield from beside("", before=False)


def _note(edition: Edition, note: Noted, item: str) -> Iterator[str]:
    from guidance_kit.exporting.readable import readable  # noqa: PLC0415

    title = f": {readable(note.title, edition, item)}" if note.title else ""
    yield from ("", f"{note.label}{title}")
    yield from ("", *_indented(readable(note.text, edition, item).split("\n")))


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}".rstrip() for line in lines)


def _short(edition: Edition, name: str) -> str:
    """Return an id as a person types it: national ones without their space."""
    return name.removeprefix(f"{edition.base.space}:")
