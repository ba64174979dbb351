"""What is to be looked at, side by side: the text then, the text now, ours, and a merge if one fits."""

from __future__ import annotations

from collections.abc import Iterator

from guidance_kit.composing.names import Names
from guidance_kit.composing.words import Wording
from guidance_kit.model.fingerprint import fingerprint, part_fingerprint
from guidance_kit.model.layers import NATIONAL_TEXT, SOMEBODYS, national_words, whose, whose_then
from guidance_kit.model.lock import What
from guidance_kit.model.review import Stale
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Problem
from guidance_kit.upgrading.arrivals import heirs
from guidance_kit.upgrading.artefacts import Artefact, print_of, text_of
from guidance_kit.upgrading.comparing import Compared, titles_of, with_own
from guidance_kit.upgrading.comparing_news import news_of
from guidance_kit.upgrading.keeping import can_be_local
from guidance_kit.upgrading.legible import legible
from guidance_kit.upgrading.merging import merge
from guidance_kit.upgrading.naming import meant
from guidance_kit.upgrading.opening import Opened, known_of, was_text
from guidance_kit.upgrading.states import Standing, State
from guidance_kit.upgrading.telling import hint_of, message_of, why_fixed

_LOST = ("orphaned", "split-choice", "left-out-by-parent", "fixed-wording", "required-item")


def compared(opened: Opened, name: str = "") -> tuple[Compared, ...]:
    """Return what waits for a decision, safety first; or everything that a name is about, open or not."""
    names = meant(opened, name) if name else set()
    found = [one for one in opened.standings if (_named(one, names) if name else one.open)]
    work = [_work(opened, one) for one in found]
    told = {one.target for one in work}
    news = [one for one in news_of(opened, names) if one.open or (one.target not in told and one.safety)]
    news = news or ([] if work else list(news_of(opened, names)))
    return tuple(sorted((*work, *news), key=_order))


def _order(one: Compared) -> tuple[bool, str, str]:
    return not one.safety, one.target, one.name


def _named(one: Standing, names: set[str]) -> bool:
    art = one.artefact
    return bool(names & {art.target, art.item, art.name, art.called} - {""})


def _work(opened: Opened, one: Standing) -> Compared:
    art, stale, base = one.artefact, known_of(one), opened.base
    was = stale.was if stale else ""
    if not was and one.decision and one.decision.base != print_of(base, art.target):
        was = was_text(opened.root, one.decision.base)
    divided = one.state in (State.SPLIT_CHOICE, State.ANCHOR_CHOICE)
    kept = national_words(base, art.target) if stale and stale.kept else ""
    now = "" if divided else kept or text_of(base, art.target)
    sound = art.what is What.ADAPT and one.decision and part_fingerprint(art.part, was) == one.decision.base
    offer = merge(was, art.text, now) if sound and was and one.stale and not kept else None
    text = offer.text if offer and not offer.conflict else ""
    useful = bool(text) and fingerprint(text) not in (art.local, fingerprint(now))
    title, part = titles_of(opened, art.target)
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
        why=with_own(stale.why, stale.by if stale.kept else "") if stale else fixed,
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
        whose_then=SOMEBODYS
        if one.lacking
        else whose_then(base, art.target, one.decision.base if one.decision else ""),
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
    words = one.artefact.what not in (What.LEAVE_OUT, What.NOTE)
    if not (words and one.stale and one.stale.kept):  # or it would seem to take the national words above it
        yield "--take-national"
    yield from ("--use-merged",) if merged else ()
    yield from ("--edited",) if one.artefact.what is not What.LEAVE_OUT else ()
    yield from () if one.stale and one.stale.safety else ("--defer",)
