"""``guidance-kit review DIR [WHAT]``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from guidance_kit.cli.shape import FOLDER, Command, edition_argument
from guidance_kit.model.lock import What
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import GuidanceError, Place, Problem, nearest, typed

if TYPE_CHECKING:
    from guidance_kit.model.inline import Role
    from guidance_kit.upgrading import Opened
    from guidance_kit.upgrading.comparing import Compared


@click.command(
    cls=Command,
    brief=True,
    short_help="Show what waits for a decision: was, now, yours.",
    example="guidance-kit review northtown\nguidance-kit review northtown named-contacts#first-steps\n"
    "guidance-kit review northtown --html review.html",
)
@edition_argument()
@click.argument("what", required=False, default="")
@click.option(
    "--html", "page", type=FOLDER, metavar="FILE", help="Write a page to read or print for a meeting."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")
def review(folder: Path, *, what: str, page: Path | None, as_json: bool) -> int:
    """Show each thing that waits for a decision in the edition in DIR (or here), side by side.

    For each: the national text that your words were written beside, the national text now, and yours; and
    what you can decide. Ends with 2 if decisions are waiting. With WHAT, shows that one only, decided or not,
    and ends with 0. Nothing in the edition is changed.
    """
    from guidance_kit.cli.dates import today  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.editing.writing import kept_by  # noqa: PLC0415
    from guidance_kit.upgrading import open_edition  # noqa: PLC0415
    from guidance_kit.upgrading.reviewing import compared  # noqa: PLC0415

    opened, problems = open_edition(folder, today())
    if opened is None:
        raise GuidanceError(problems)
    if opened.doubts:  # what waits is not known
        raise GuidanceError(opened.doubts)
    found = compared(opened, what)
    if what and not found:
        raise GuidanceError([_nothing(opened, what)])
    if page is not None:
        if kept_by(page) or (page.exists() and not _is_sheet(page)):
            words = (
                "There is something else here, or this is a file of the edition's own: it is left as it is."
            )
            raise GuidanceError([Problem("would-overwrite", words, "Name another file.", Place(str(page)))])
        _write(page, opened, found)
    if as_json:
        click.echo(json.dumps([attrs.asdict(one) for one in found], ensure_ascii=True, indent=2))
    elif page is not None:
        waiting = sum(one.open for one in found)
        click.echo(f"Wrote {page}: {waiting or 'nothing'} to decide.")
    else:
        click.echo("\n".join(_lines(opened, found, folder)))
    return 2 if any(one.open for one in found) and not what else 0


def _is_sheet(page: Path) -> bool:
    """Return whether a file is a page of ours: only such a one is written over."""
    from guidance_kit.exporting.review_sheet import MADE  # noqa: PLC0415

    try:
        return MADE.encode() in page.read_bytes()[:1000]
    except OSError:
        return False


def _nothing(opened: Opened, what: str) -> Problem:
    known = [one.artefact.target.removeprefix(f"{opened.base.space}:") for one in opened.standings]
    hint = nearest(what, known) or f"guidance-kit status {typed(opened.root)} lists what there is."
    words = f'Nothing local is about "{what}", and no release brought it.'
    return Problem("unknown-target", words, hint, Place(str(opened.root)))


def _lines(opened: Opened, found: tuple[Compared, ...], folder: Path) -> Iterator[str]:
    if not found:
        yield "Nothing waits for a decision."
        return
    for at, one in enumerate(found):
        if at:
            yield ""
        yield from _one(opened, one, folder)


def _one(opened: Opened, one: Compared, folder: Path) -> Iterator[str]:
    part = f", {one.part.lower()}" if one.part else ""
    yield f"{one.title or one.target}{part}"
    yield f"{one.target} {one.name}".strip()
    yield f"[{one.words}]"
    if one.message:
        yield one.message
    whose = one.whose_then, one.whose, one.whose_instead
    then, now, instead = (f"{words[:1].upper()}{words[1:]}" for words in whose)
    headings = f"{then} then", f"{now} now", f"{instead} now", "Your words", _MERGE
    texts = _texts(opened, one)
    for heading, text in zip(headings, texts, strict=True):
        if text:
            yield from ("", f"{heading}:", *(f"    {line}".rstrip() for line in text.split("\n")))
    if texts[0] and texts[0] == texts[1]:
        yield from ("", "Then and now readers get the same words: only how they are written differs.")
    if one.conflict:
        yield from ("", "Both texts changed the same paragraph or list, so no merge is offered.")
    yield ""
    if not one.choices:
        yield one.hint
        return
    named = typed(_short(opened, one.called))
    yield "To decide:"
    if one.state in _DIVIDED:
        yield f"  {one.hint}"
    for choice in one.choices:
        yield f"  guidance-kit accept {typed(folder)} {named} {_words(choice, opened)}"
    if one.what is What.NEW_ITEM:
        yield f'  guidance-kit leave-out {typed(folder)} {named} --reason "..."'


_MERGE = "A merge of both, by whole paragraphs"
_DIVIDED = ("split-choice", "anchor-choice")
_KINDS = {
    **dict.fromkeys(_DIVIDED, "split or merged"),
    **dict.fromkeys(("orphaned", "unplaced"), "withdrawn"),
    **dict.fromkeys(("now-protected", "now-required"), "protection"),
    "new": "new item",
    "withdrawn": "withdrawn",
}
_GRAVITY = {
    ChangeKind.EDITORIAL: "only tidied",
    ChangeKind.SUBSTANTIVE: "change of substance",
    ChangeKind.SAFETY: "safety",
}


def _words(choice: str, opened: Opened) -> str:
    """Return how a choice is typed, with what has to be said with it."""
    from guidance_kit.upgrading.deciding import some_day  # noqa: PLC0415 - loaded when the command runs

    more = {
        "--keep-mine": ' --by "..." --reason "..."',
        "--defer": f' {some_day(opened.today).isoformat()} --reason "..."',
    }
    return choice + more.get(choice, "")


def _kind(one: Compared) -> str:
    """Return what a printed form says of the change; empty if there was none."""
    if one.safety:
        return "safety"
    return _KINDS.get(one.state) or (_GRAVITY[one.kind] if one.kind else "")


def _offered(one: Compared) -> tuple[str, ...]:
    """Return the choices that a printed form offers."""
    if one.what is What.NEW_ITEM and one.choices:
        return ("--take-item", "--leave-out")
    return ("--rewrite", *one.choices) if one.state in _DIVIDED else one.choices


def _next(one: Compared) -> str:
    """Return what a page says is to be done: whoever reads it has no need to be sent to it."""
    if one.choices and one.state not in _DIVIDED:
        return "Read both, then decide below." if one.yours else "Read it, then decide below."
    return one.hint


def _short(opened: Opened, name: str) -> str:
    return name.removeprefix(f"{opened.base.space}:").removeprefix(f"{opened.overlay.id}:")


def _texts(opened: Opened, one: Compared) -> tuple[str, ...]:
    """Return the texts that are compared as people read them: then, now, a parent's, ours, and a merge."""
    from guidance_kit.exporting.readable import side_by_side  # noqa: PLC0415

    texts = (_titled(opened, text) for text in (one.was, one.now, one.instead, one.yours, one.offer))
    return side_by_side(*((text, opened.edition) for text in texts), item=one.target.partition("#")[0])


def _titled(opened: Opened, text: str) -> str:
    """Return a text in which a link to what the edition does not show gives way to its title."""
    from guidance_kit.exporting.readable import escaped  # noqa: PLC0415
    from guidance_kit.model.inline import replace_roles  # noqa: PLC0415
    from guidance_kit.model.kinds import KINDS  # noqa: PLC0415

    edition, space, follow = opened.edition, opened.base.space, opened.base.changes.follow

    def title(role: Role) -> str | None:
        name = follow(role.target if ":" in role.target else f"{space}:{role.target}")
        full = edition.redirects.get(name, name)
        if role.name.removeprefix("guidance:") not in KINDS or (full == name and name in edition.by_id):
            return None
        shown = edition.by_id[full].item if full in edition.by_id else opened.base.by_id.get(full)
        return role.words or (escaped(shown.title) if shown else None)

    return replace_roles(text, title)


def _write(page: Path, opened: Opened, found: tuple[Compared, ...]) -> None:
    from guidance_kit.editing.writing import write_whole  # noqa: PLC0415
    from guidance_kit.exporting.review_sheet import Entry, sheet  # noqa: PLC0415
    from guidance_kit.upgrading.telling import released  # noqa: PLC0415

    entries = [
        Entry(
            heading=f"{one.title or one.target}{f': {one.part}' if one.part else ''}",
            target=f"{one.target} {one.name}".strip(),
            state=one.words,
            next=_next(one),
            kind=_kind(one),
            version=released(opened.base, one.version) if one.version else "",
            why=one.why,
            was=was,
            now=now,
            instead=instead,
            yours=yours,
            offer=offer,
            conflict=one.conflict,
            reason=one.reason,
            by=one.by,
            whose=one.whose,
            whose_then=one.whose_then,
            whose_instead=one.whose_instead,
            what=one.what,
            choices=_offered(one),
            open=one.open,
        )
        for one in found
        for was, now, instead, yours, offer in (_texts(opened, one),)
    ]
    write_whole(page, sheet(f"To review: {opened.edition.title}", entries).encode("utf-8"))
