"""What releases brought, side by side: the text then and the text now, read or to be read."""

from __future__ import annotations

from collections.abc import Iterator

from guidance_kit.model.layers import NATIONAL_TEXT, national_words, reworded, whose, whose_then
from guidance_kit.model.lock import Waiting, What
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.upgrading.artefacts import text_of
from guidance_kit.upgrading.comparing import Compared, titles_of, with_own
from guidance_kit.upgrading.gravity import for_safety, why
from guidance_kit.upgrading.legible import legible
from guidance_kit.upgrading.opening import Opened, was_text
from guidance_kit.upgrading.states import Standing
from guidance_kit.upgrading.telling import called as told_as


def news_of(opened: Opened, names: set[str]) -> Iterator[Compared]:
    """Give what is new and not yet looked at; or, with names, what releases brought of those, read or not."""
    for one in _brought(opened, names) if names else opened.news:
        title, part = titles_of(opened, one.target)
        new, waits = one.what is What.NEW_ITEM, one in opened.undecided
        said = why(opened.base, one)
        kept = national_words(opened.base, one.target) if one.what is What.SAFETY else ""
        layer = reworded(opened.base, one.target) if kept else None
        yield Compared(
            target=one.target,
            what=one.what,
            title=title or one.title,
            part=part,
            state="new" if new else "updated-safety" if one.kind is ChangeKind.SAFETY else str(one.what),
            words=_of_news(opened, one, waits=waits),
            message=with_own(said, layer.by if layer else ""),
            version=one.version,
            why=with_own(said, layer.by if layer else ""),
            kind=one.kind,
            safety=for_safety(opened.base, one),
            was="" if kept else legible(was_text(opened.root, one.base), one.target),
            now=legible(kept or text_of(opened.base, one.target), one.target),
            instead=legible(text_of(opened.base, one.target), one.target) if kept else "",
            whose_instead=whose(opened.base, one.target) if kept else "",
            choices=() if not waits else ("--take-national", "--defer") if new else ("--seen",),
            whose=NATIONAL_TEXT if kept else whose(opened.base, one.target),
            whose_then=whose_then(opened.base, one.target, one.base),
            open=waits,
        )


def _brought(opened: Opened, names: set[str]) -> list[Waiting]:
    """Return what releases brought of what is named: what was to be decided on, or else all of it."""
    lock = opened.records
    named = (
        [one for one in some if names & {one.target, one.target.partition("#")[0]}]
        for some in (dict.fromkeys((*lock.waiting, *lock.open_news())), lock.updated)
    )
    return next((some for some in named if some), [])


def _of_news(opened: Opened, one: Waiting, *, waits: bool) -> str:
    """Return what an editor is told of something that a release brought."""
    if one.what is What.NEW_ITEM:
        layer = reworded(opened.base, one.target)
        whose = f"the guidance of {layer.by}" if layer else "the national guidance"
        return f"new in {whose}" + ("" if waits else "; decided on")
    if one.what is What.SAFETY:
        work = None if waits else _told_with(opened, one)
        if work:
            return f"a safety change; it is decided on with {told_as(work, opened.base.space)}, above"
        if not for_safety(opened.base, one):
            return f"new, and must appear{', to be read' if waits else '; read'}"
        return "a safety change to read" if waits else "a safety change; read"
    return "withdrawn" if one.what is What.WITHDRAWN else "brought up to date"


def _told_with(opened: Opened, one: Waiting) -> Standing | None:
    """Return the local work with which somebody has still to decide on a safety change."""
    if one not in opened.records.open_news():
        return None
    about = (one.target, one.target.partition("#")[0])
    return next((work for work in opened.standings if work.open and work.artefact.target in about), None)
