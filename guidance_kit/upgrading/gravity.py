"""How grave a change of the text beneath local work is: as declared, or as a chain has to take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guidance_kit.model.changes import Change
from guidance_kit.model.fields import parts_of
from guidance_kit.model.fingerprint import OPTIONS, item_fingerprint, joined_fingerprint
from guidance_kit.model.history import gravest, later, since
from guidance_kit.model.layers import holder, reworded, stands, with_replaced
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Waiting, What
from guidance_kit.model.vocabulary import ChangeKind


def gravity(base: Library, target: str, was: str, names: frozenset[str], after: frozenset[str]) -> ChangeKind:
    """Return how grave a change of ``target`` is, whose fingerprint ``was`` another.

    The core declares its own changes, and no edition declares any. So a change is editorial only where both
    texts are known to be the core's: in a chain, and where what stood there was in what an edition was based
    on before. A library that keeps no fingerprints is believed, and no edition is.
    """
    kind = gravest(base.changes, names, after)
    if kind is not ChangeKind.EDITORIAL or not (base.ancestry or base.history.releases):
        return kind
    last, now = _last_with(base, target, was), base.changes.follow(target)
    item = base.by_id.get(now)
    if not last or holder(base, now) or (item and not _last_with(base, now, item_fingerprint(item))):
        return ChangeKind.SUBSTANTIVE
    # of a whole item ``after`` tells from when somebody looked, and the text can have been older than that
    return gravest(base.changes, names, later(base.changes, last))


def _last_with(base: Library, target: str, print_: str) -> str:
    """Return the last release in which a target had a fingerprint; empty if none had.

    A release tells those of an item's parts, and so that of the whole.
    """
    item = base.by_id.get(base.changes.follow(target))
    if item is None:
        return base.history.last_with(target, print_)
    keys = ("title", OPTIONS, *(spec.key for spec in parts_of(type(item))))
    for one in reversed(base.history.releases):
        found = {key: one.prints[name] for key in keys if (name := f"{target}#{key}") in one.prints}
        if joined_fingerprint(item.kind, found) == print_:
            return one.version
    return ""


def kept_over(base: Library, names: Iterable[str], after: frozenset[str]) -> Iterator[Change]:
    """Give the safety changes in some releases of texts in whose place an earlier edition has its own."""
    for one in base.changes.about(with_replaced(base, names)):
        grave = one.kind is ChangeKind.SAFETY and one.release in after
        if grave and reworded(base, stands(base, one.what)):
            yield one


def regraded(old: Library, new: Library) -> Iterator[Change]:
    """Give what is declared to be about safety only now, of releases that the old text has already.

    A maintainer can see later how grave a change was; who has taken it was told of another one.
    """
    changes, after = new.changes, later(new.changes, old.release)
    told = {(one.release, changes.follow(one.what)) for one in _safety(old)}
    for one in _safety(new):
        if one.release not in after and (one.release, changes.follow(one.what)) not in told:
            yield one


def for_safety(base: Library, one: Waiting) -> bool:
    """Return whether what is to be read is about safety: it was declared so, or its words are of that kind.

    What must appear for another reason is to be read too.
    """
    item = base.by_id.get(one.target)
    worded = item is not None and item.for_safety
    return one.what is What.SAFETY and (one.kind is ChangeKind.SAFETY or worded)


def _safety(library: Library) -> Iterator[Change]:
    return (one for one in library.changes.changes if one.kind is ChangeKind.SAFETY)


def why(base: Library, one: Waiting) -> str:
    """Return what releases say of a change that an upgrade brought, as grave as it is; empty if none does.

    Of several that came at once every sentence is told, oldest first.
    """
    if one.what is What.WITHDRAWN:
        return ""  # what became of it says why
    known = bool(one.base and base.history.last_with(one.target, one.base))
    after = since(base.changes, base.history, one.target, one.base) if known else {one.version}
    names = with_replaced(base, (one.target, one.target.partition("#")[0]))
    said = base.changes.about(names | (frozenset() if one.base else base.changes.named_in((one.target,))))
    found = dict.fromkeys(c.why for c in said if c.why and c.kind is one.kind and c.release in after)
    if not found and one.kind is ChangeKind.SAFETY:
        last = last_safety(base, (one.target, one.target.partition("#")[0]))
        found = dict.fromkeys([last.why] if last else [])
    return " ".join(found)


def fixed_since(base: Library, target: str, version: str) -> tuple[Change, ...]:
    """Return what releases after one say of words, or of an item, that must stand as they are now.

    For words that may not stand beside it: none of their own text need have changed.
    """
    item, after = target.partition("#")[0], later(base.changes, version)
    said = base.changes.about(frozenset({target, item, f"{item}#{OPTIONS}"}))
    return tuple(one for one in said if one.release in after)


def last_safety(base: Library, names: Iterable[str]) -> Change | None:
    """Return the last safety change that was ever declared of some targets; None if none was.

    Of an item that stands in the place of another they are those of that one.
    """
    found = [one for one in base.changes.about(with_replaced(base, names)) if one.kind is ChangeKind.SAFETY]
    return found[-1] if found else None
