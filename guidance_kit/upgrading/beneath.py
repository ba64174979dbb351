"""What changed beneath a piece of local work since somebody last decided on it."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from guidance_kit.model.ancestry import Layer
from guidance_kit.model.changes import Change
from guidance_kit.model.fingerprint import OPTIONS, item_fingerprint, part_fingerprints
from guidance_kit.model.history import gravest, later, since
from guidance_kit.model.layers import holder_then, reworded, stands, version_of, with_replaced
from guidance_kit.model.library import Library
from guidance_kit.model.lock import LOST, Reviewed, What
from guidance_kit.model.review import Stale
from guidance_kit.model.vocabulary import ChangeKind, Protection
from guidance_kit.upgrading.artefacts import Artefact, exists
from guidance_kit.upgrading.gravity import kept_over, last_safety

NO_RELEASES: frozenset[str] = frozenset()
Unseen = tuple[ChangeKind | None, frozenset[str]]


def unseen_safety(
    one: Artefact, decision: Reviewed | None, base: Library
) -> tuple[ChangeKind | None, frozenset[str]]:
    """Return that something changed for safety after a decision, before it was withdrawn or divided."""
    if decision is None or one.what is What.FACT:
        return None, NO_RELEASES
    after = since(base.changes, base.history, decision.target, decision.base, decision.base_version)
    grave = gravest(base.changes, names_of(one, decision, base), after) is ChangeKind.SAFETY
    return (ChangeKind.SAFETY, after) if grave else (None, NO_RELEASES)


def kept_above(one: Artefact, decision: Reviewed, base: Library) -> frozenset[str]:
    """Return the releases since a decision with a safety change where an earlier edition has its own words.

    The text beneath is the same as ever, and nobody here has read what changed in the national one.
    """
    if base.ancestry is None:
        return NO_RELEASES
    after = later(base.changes, decision.base_version)
    return after if any(kept_over(base, names_of(one, decision, base), after)) else NO_RELEASES


def taken_out(one: Artefact, decision: Reviewed | None, base: Library) -> bool:
    """Return whether an earlier edition has taken out an item, or a fact, that was there for a decision.

    It was one of its own: no release tells what became of it. What only a later text has is not gone. The
    core takes none of its own out so, but one that an edition has which it is based on no more is gone too.
    """
    if decision is None or decision.base in ("", LOST):
        return False
    if one.what is What.FACT:  # that the edition may have declared itself since
        gone = not (one.own or exists(base, one.target) or base.changes.fate(one.target))
    else:
        own = bool(one.item) and not one.item.startswith(f"{base.space}:")
        gone = own and one.item not in base.by_id
    return gone and not went_back(decision, base)


def became_fixed(one: Artefact, decision: Reviewed, base: Library) -> bool:
    """Return whether the words that a note stands beside are the same as ever, and fixed since."""
    item = base.by_id.get(one.item)
    if item is None or not one.part or not item.protection_of(one.part).fixed:
        return False  # and an adaptation of fixed words has been refused already
    if base.ancestry and {one.item, f"{one.item}#{one.part}"} & base.ancestry.protections.keys():
        return False  # since when an earlier edition has fixed them is in no history
    was = options_at(one.item, decision, base)
    before = (attrs.evolve(item, protection=word, protected_parts=()) for word in Protection if word.fixed)
    return was not in ("", *(part_fingerprints(one)[OPTIONS] for one in (item, *before)))


def only_protected(one: Artefact, decision: Reviewed, base: Library) -> bool:
    """Return whether nothing of an item is other than it was but its protection."""
    item = base.by_id.get(one.item)
    before = (attrs.evolve(item, protection=word, protected_parts=()) for word in Protection if item)
    return decision.base in (item_fingerprint(one) for one in before)


def options_at(item: str, decision: Reviewed, base: Library) -> str:
    """Return the fingerprint of an item's options when a decision was made; empty if it is not known."""
    olds = [old.old for old in base.changes.moved if base.changes.follow(old.old) == item]
    found = next((one for one in base.history.releases if one.version == decision.base_version), None)
    names = (f"{name}#{OPTIONS}" for name in (item, *olds))
    return next((found.prints[name] for name in names if name in found.prints), "") if found else ""


def names_of(one: Artefact, decision: Reviewed, base: Library) -> frozenset[str]:
    """Return the names under which a change of the text could be declared, older ones too."""
    names = {one.target, decision.target}
    if one.part:
        names |= {one.item, decision.target.partition("#")[0]}
    else:
        names |= base.changes.named_in((one.item, decision.target.partition("#")[0]))
    return with_replaced(base, names)


def went_back(decision: Reviewed, base: Library) -> bool:
    """Return whether a decision was made beside a later text than there is: an upgrade was undone since."""
    known = {release.version for release in base.changes.releases}
    looked = decision.base_version
    return bool(known and looked) and looked not in known | {base.release}


def _kept_in(base: Library, grave: Iterable[Change]) -> Layer | None:
    """Return an earlier edition that has words of its own in a part of an item that changed for safety."""
    return next(filter(None, (reworded(base, stands(base, one.what)) for one in grave)), None)


def staleness(
    one: Artefact, decision: Reviewed, base: Library, kind: ChangeKind, after: frozenset[str]
) -> Stale:
    """Return what is known of a change, of a kind and in some releases, that nobody has looked at."""
    changes = base.changes
    names = names_of(one, decision, base)
    said = [c for c in changes.about(names) if c.release in after]
    said = said or [c for c in changes.about((f"{one.item}#{OPTIONS}",)) if c.release in after]
    last = next((c for c in reversed(said) if c.kind is kind), None)
    if last is None and kind is ChangeKind.SAFETY:
        last = last_safety(base, names)
    grave = [c for c in (*said, last) if c and c.kind is ChangeKind.SAFETY]
    layer = reworded(base, one.target) or (None if one.part else _kept_in(base, grave))
    version = last.release if last else base.version
    then = "" if decision.base == LOST else holder_then(base, one.target, decision.base)
    came = last is None and then is None and not version_of(base, version)
    if kind is not ChangeKind.SAFETY and (came or went_back(decision, base)):
        version = ""  # no release changed it: it is what it was before, or what somebody had other words for
    dates = {release.version: release.date for release in changes.releases}
    why = last.why if last else ""
    by = layer.by if layer else ""
    kept = kind is ChangeKind.SAFETY and bool(by) and last is not None  # no edition declares a safety change
    return Stale(
        kind=kind,
        version=version,
        of=version_of(base, version),
        why=why,
        on=dates.get(version, ""),
        by=by,
        kept=kept,
        then=then,
    )
