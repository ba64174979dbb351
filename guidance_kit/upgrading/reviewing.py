"""What is to be looked at, side by side: the text then, the text now, ours, and a merge if one fits."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from guidance_kit.composing.names import Names
from guidance_kit.composing.words import Wording
from guidance_kit.model.changes import FACT, PAGE
from guidance_kit.model.fields import parts_of
from guidance_kit.model.fingerprint import fingerprint, part_fingerprint
from guidance_kit.model.layers import NATIONAL_TEXT, reworded, whose, whose_then
from guidance_kit.model.lock import Lock, Waiting, What, called
from guidance_kit.model.review import Stale
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Problem
from guidance_kit.upgrading.arrivals import heirs
from guidance_kit.upgrading.artefacts import Artefact, print_of, text_of
from guidance_kit.upgrading.gravity import why
from guidance_kit.upgrading.keeping import can_be_local
from guidance_kit.upgrading.legible import legible
from guidance_kit.upgrading.merging import merge
from guidance_kit.upgrading.naming import meant
from guidance_kit.upgrading.opening import Opened, known_of, was_text
from guidance_kit.upgrading.states import Standing, State
from guidance_kit.upgrading.telling import called as told_as
from guidance_kit.upgrading.telling import hint_of, message_of, why_fixed

_LOST = ("orphaned", "split-choice", "left-out-by-parent", "fixed-wording", "required-item")


@attrs.frozen(kw_only=True)
class Compared:
    """One thing to decide on: ``was`` and ``now`` are national texts, ``yours`` the local one.

    In a chain these may be the words of an earlier edition: ``whose`` says so of those now, ``whose_then`` of
    those then, as far as that is known; ``instead`` are the words of an earlier edition that stand in
    place of national ones, and ``whose_instead`` what they are called. ``offer`` is a merge of both changes
    by whole blocks, empty where both changed one block (``conflict``) or where there is nothing to merge.
    ``choices`` are the options of ``accept`` that fit, and none where nothing is to be decided; ``open`` says
    whether somebody has to decide now, ``kind`` how grave the change is, if there was one.
    """

    target: str
    name: str = ""
    what: What
    title: str = ""
    part: str = ""
    state: str
    words: str
    message: str
    hint: str = ""
    version: str = ""
    why: str = ""
    kind: ChangeKind | None = None
    safety: bool = False
    was: str = ""
    now: str = ""
    instead: str = ""
    yours: str = ""
    offer: str = ""
    conflict: bool = False
    choices: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""
    whose: str = NATIONAL_TEXT
    whose_then: str = NATIONAL_TEXT
    whose_instead: str = ""
    open: bool = True

    @property
    def called(self) -> str:
        """What a person writes to name it."""
        return called(self.what, self.target, self.name)


def compared(opened: Opened, name: str = "") -> tuple[Compared, ...]:
    """Return what waits for a decision, safety first; or everything that a name is about, open or not."""
    names = meant(opened, name) if name else set()
    found = [one for one in opened.standings if (_named(one, names) if name else one.open)]
    work = [_work(opened, one) for one in found]
    told = {one.target for one in work}
    news = [one for one in _news(opened, names) if one.open or (one.target not in told and one.safety)]
    news = news or ([] if work else list(_news(opened, names)))
    return tuple(sorted((*work, *news), key=_order))


def _order(one: Compared) -> tuple[bool, str, str]:
    return not one.safety, one.target, one.name


def _named(one: Standing, names: set[str]) -> bool:
    art = one.artefact
    return bool(names & {art.target, art.item, art.name, art.called} - {""})


def _work(opened: Opened, one: Standing) -> Compared:
    art, stale, base = one.artefact, known_of(one, opened.base), opened.base
    was = stale.was if stale else ""
    if not was and one.decision and one.decision.base != print_of(base, art.target):
        was = was_text(opened.root, one.decision.base)
    divided = one.state in (State.SPLIT_CHOICE, State.ANCHOR_CHOICE)
    kept = _kept_over(opened, art.target) if stale and stale.kept else ""
    now = "" if divided else kept or text_of(base, art.target)
    sound = art.what is What.ADAPT and one.decision and part_fingerprint(art.part, was) == one.decision.base
    offer = merge(was, art.text, now) if sound and was and one.stale and not kept else None
    text = offer.text if offer and not offer.conflict else ""
    useful = bool(text) and fingerprint(text) not in (art.local, fingerprint(now))
    title, part = _titles(opened, art.target)
    waits = one.state is State.PARENT_UNDER_REVIEW
    became, fixed = _what_became(opened, one), why_fixed(one, base)
    return Compared(
        target=art.target,
        name=art.name,
        what=art.what,
        title=title,
        part=part,
        state=str(one.state),
        words=one.words,
        message=message_of(one, base)
        if stale or waits
        else f"{became.message} {fixed}".strip()
        if became
        else "",
        hint=f"{became.hint} See {art.origin}." if divided and became else hint_of(one),
        open=one.open,
        version=stale.version if stale else "",
        why=_with_own(stale.why, stale.by if stale.kept else "") if stale else fixed,
        kind=_gravity(one, stale),
        safety=one.safety,
        was="" if kept else legible(was, art.target),
        now=_heirs(opened, art.target) if divided else legible(now, art.target),
        instead=legible(text_of(base, art.target), art.target) if kept else "",
        whose_instead=whose(base, art.target) if kept else "",
        yours=_said(opened, art),
        offer=_linked(opened, text) if useful else "",
        conflict=bool(offer and offer.conflict),
        choices=tuple(_choices(one, merged=useful, local=can_be_local(opened, one))),
        reason=art.reason or (one.decision.reason if one.decision else ""),
        by=one.decision.by if one.decision else "",
        whose=NATIONAL_TEXT if kept else one.whose,
        whose_then=whose_then(base, art.target, one.decision.base if one.decision else ""),
    )


def _gravity(one: Standing, stale: Stale | None) -> ChangeKind | None:
    """Return how grave the change beneath a piece of local work is; None if nobody knows of one."""
    if stale:
        return None if stale.unknown else stale.kind
    if one.safety:
        return ChangeKind.SAFETY
    return ChangeKind.EDITORIAL if one.state is State.CURRENT_TIDIED else None


def _said(opened: Opened, art: Artefact) -> str:
    """Return the words of a piece of local work as a person reads them."""
    added = (add.item for add in opened.overlay.adds if add.item.id == art.name)
    item = next(added, None) if art.what is What.REPLACE else None
    text = item.words if item else legible(art.text, art.target)
    return text if art.what is What.FACT else _linked(opened, text)


def _linked(opened: Opened, text: str) -> str:
    """Return local words with the ids in full, as they stand among national words."""
    names = Names.of(opened.base, opened.overlay)
    return Wording.of(opened.base, opened.overlay, names)(text, "", "")


def _with_own(why: str, by: str) -> str:
    """Return why a text changed, with who has words of its own in its place, if an earlier edition has."""
    return f"{why} {by} has words of its own there.".strip() if by else why


def _kept_over(opened: Opened, target: str) -> str:
    """Return the national words in whose place an earlier edition has its own; empty if not known."""
    national = opened.base.ancestry.national if opened.base.ancestry else {}
    return national.get(target) or national.get(target.partition("#")[0], "")


def _what_became(opened: Opened, one: Standing) -> Problem | None:
    """Return what composing says of work that has lost its place, or may not stand."""
    about = (problem for problem in opened.problems if problem.place == one.artefact.origin)
    return next((problem for problem in about if problem.code in _LOST), None)


def _heirs(opened: Opened, target: str) -> str:
    """Return the national text of the items that one became, of each the same part if it has that."""
    base = opened.base
    _, mark, part = target.partition("#")
    found = []
    for name in heirs(base, target):
        whole = name.partition("#")[0]
        near = name if "#" in name else f"{whole}{mark}{part}"
        text = text_of(base, near) if mark else ""
        if text:
            found.append(f"{base.by_id[whole].title} ({near})\n\n{legible(text, near)}")
        else:
            found.append(legible(text_of(base, whole), whole))
    return "\n\n".join(found)


def _choices(one: Standing, *, merged: bool, local: bool) -> Iterator[str]:
    """Give the ways in which ``accept`` can decide on a piece of local work, as things are."""
    state = one.state
    if state in ("orphaned", "unplaced", "split-choice", "anchor-choice"):
        yield from ("--as-local",) if local else ()
        yield "--attic"
        return
    if state is State.CONVERGED:
        yield from ("--keep-mine", "--take-national")
    if state is State.PARENT_UNDER_REVIEW or state.settled:
        return
    if state in ("now-protected", "now-required"):
        yield "--take-national"
        return
    yield "--keep-mine"
    if not (one.stale and one.stale.kept):  # or it would be offered beside national words, and take others
        yield "--take-national"
    yield from ("--use-merged",) if merged else ()
    yield from ("--edited",) if one.artefact.what is not What.LEAVE_OUT else ()
    yield from () if one.stale and one.stale.safety else ("--defer",)


def _news(opened: Opened, names: set[str]) -> Iterator[Compared]:
    for one in _brought(opened, names) if names else opened.news:
        title, part = _titles(opened, one.target)
        new, waits = one.what is What.NEW_ITEM, one in opened.undecided
        said = why(opened.base, one)
        kept = _kept_over(opened, one.target) if one.what is What.SAFETY else ""
        layer = reworded(opened.base, one.target) if kept else None
        yield Compared(
            target=one.target,
            what=one.what,
            title=title or one.title,
            part=part,
            state="new" if new else "updated-safety" if one.kind is ChangeKind.SAFETY else str(one.what),
            words=_of_news(opened, one, waits=waits),
            message=_with_own(said, layer.by if layer else ""),
            version=one.version,
            why=_with_own(said, layer.by if layer else ""),
            kind=one.kind,
            safety=one.what is What.SAFETY,
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
    lock = opened.lock or Lock()
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
        return "a safety change to read" if waits else "a safety change; read"
    return "withdrawn" if one.what is What.WITHDRAWN else "brought up to date"


def _told_with(opened: Opened, one: Waiting) -> Standing | None:
    """Return the local work with which somebody has still to decide on a safety change."""
    if one not in (opened.lock or Lock()).open_news():
        return None
    about = (one.target, one.target.partition("#")[0])
    return next((work for work in opened.standings if work.open and work.artefact.target in about), None)


def _titles(opened: Opened, target: str) -> tuple[str, str]:
    """Return the title of the item or fact that a target is, or is in, and what its part is called."""
    name, _, key = target.partition("#")
    if target.startswith(FACT):
        named = (fact.label for fact in opened.edition.library.facts if f"{FACT}{fact.id}" == target)
        return next(named, ""), ""
    if target.startswith(PAGE):
        return f"The page {target.removeprefix(PAGE)}", ""
    item = opened.base.by_id.get(name)
    if item is None:  # it is gone: the news of that knows what it was called
        told = opened.lock.updated if opened.lock else ()
        return next((one.title for one in told if one.target == name), ""), key.replace("-", " ")
    labels = {"title": "Title", "options": "Details"}
    labels |= {spec.key: spec.label for spec in parts_of(type(item))}
    return item.title, labels.get(key, key)
