"""What lies ahead of an edition: that it keeps no copy of the national text, or that there is a newer one.

An edition in a chain sees only what its parent gives (``composition.md`` section 8). While the parent has not
taken a release, or can give nothing because it has errors, a safety change in that release would be told to
nobody below: so what lies ahead of the parent is looked at too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from guidance_kit.model.changes import Change
from guidance_kit.model.edition import Edition
from guidance_kit.model.history import later
from guidance_kit.model.layers import adder
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Composed
from guidance_kit.model.versions import odd_beside
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Place, Problem, Severity, typed
from guidance_kit.reading.libraries import read_installed_library
from guidance_kit.reading.locks import LOCK, NATIONAL, read_composed
from guidance_kit.reading.overlays import MANIFEST
from guidance_kit.upgrading.artefacts import print_of
from guidance_kit.upgrading.genuine import digest, lock_missing, records_of
from guidance_kit.upgrading.gravity import kept_over, regraded
from guidance_kit.upgrading.older import STRANGE, is_older, other_base, strange, unreleased
from guidance_kit.upgrading.opening import Opened, open_edition
from guidance_kit.upgrading.sources import (
    Available,
    Found,
    available,
    circle,
    errors_of,
    installed_files,
    is_edition,
)

SAFETY, BEHIND, UNKNOWN = "newer-core-has-safety", "parent-behind", "base-unknown"
UNREADY, OTHER = "parent-unready", "other-base"
#: What stops a release of an edition, and is told to those below in another way: as under review there, or
#: in the same words, which are theirs too. On the last ones nothing depends that an edition gives to others.
_TOLD = (
    *("fact-check", "left-out-changed", "note-check", "parent-under-review", "safety-unread", "stale"),
    *("assessment-incomplete", "fact-missing"),
    *("new-items-waiting", "orphaned", "split-choice"),
)
#: What is passed on of what lies ahead of an earlier edition: how that stands, and what it is asked to do.
_FIRST = {
    SAFETY: ("is behind", "upgrade its edition"),
    UNKNOWN: ("has to mend this first", "mend it"),
    UNREADY: ("waits for another", "ask for that"),
    OTHER: ("has to decide on this first", "do that"),
}
#: Of an edition that has one of these, what it says of its own text is not to be trusted.
_DOUBTFUL = ("base-not-genuine", "lock-edited", "newer-tool")


def outlook(root: Path, edition: Edition) -> tuple[Problem, ...]:
    """Return what an edition is to be told of texts that it has not taken, worst for safety.

    That it keeps no national text; that there is a newer one; that what it is based on has not taken a safety
    change; or that none of this can be known.
    """
    base = read_composed(root)
    if base is not None:
        return tuple(_ahead(root, edition, base))
    if (root / LOCK).exists() or lock_missing(root):
        return ()
    words = "This edition keeps no copy of the national text, so a new release would change what it says."
    hint = f"Keep one: guidance-kit upgrade {typed(root)}"
    return (Problem("not-kept", words, hint, Place(str(root / MANIFEST))),)


def _ahead(root: Path, edition: Edition, base: Composed) -> Iterator[Problem]:
    based_on = edition.overlay.based_on
    if (root / based_on).resolve() in (root.resolve(), (root / NATIONAL).resolve()):
        words = (
            f'This edition is based on its own folder ("{based_on}"): whether there is a newer text, or a '
        )
        words += "safety change, is not known."
        yield Problem(UNKNOWN, words, STRANGE, Place(str(root / MANIFEST)))
        return
    if is_edition(root / based_on):
        found, problems = available(root, based_on, like=edition.base)
        newer = _newest(root, edition, base, (found, problems))
        further = above(root, based_on, edition.base, found.opened if found else None)
        if any(one.code == SAFETY for one in newer):
            further = ()
        if any(one.code == UNKNOWN for one in further):
            newer = ()
        yield from (*newer, *further)
        return
    files, text = installed_files(root, based_on), edition.base
    if files is None or digest(files) != base.files:
        newest = available(root, based_on, like=text)
        yield from _newest(root, edition, base, newest)
        if newest[0] and not is_older(text, newest[0].library):
            text = newest[0].library  # what that lacks: what it has is told already
    yield from above(root, based_on, text)


def _newest(root: Path, edition: Edition, base: Composed, newest: Found) -> tuple[Problem, ...]:
    """Return a problem if what an edition is based on says something newer, or if that cannot be known."""
    based_on, old = edition.overlay.based_on, edition.base
    found, problems = newest
    if found is None and is_edition(root / based_on):
        words = f"{problems[0].message} So whether it has something newer is not known."
        return (Problem(BEHIND, words, problems[0].hint, Place(str(root / MANIFEST))),)
    if found is None:
        words = f"{problems[0].message} So whether there is a newer text, or a safety change, is not known."
        return (Problem(UNKNOWN, words, problems[0].hint, Place(str(root / MANIFEST))),)
    other = found.library.id != base.id
    if not other and (_same(base, found) or is_older(old, found.library)):
        return ()
    odd = strange(old, found.library) or unreleased(found.library)
    if odd:
        words = f"{odd} So whether there is a newer text, or a safety change, is not known."
        return (Problem(UNKNOWN, words, STRANGE, Place(str(root / MANIFEST))),)
    told = other_base(root, old, found.library) if other else _newer(root, base, old, found.library)
    return (told,)


def _same(base: Composed, found: Available) -> bool:
    """Return whether what is to be had says what the edition has, word for word and of each word.

    What it says of its words has its version in it, what changed in which release, and what waits there.
    """
    same = records_of(found.files) == base.records  # asked first, for speed
    return same and found.library.content == base.content


def _newer(root: Path, base: Composed, old: Library, new: Library) -> Problem:
    place = Place(str(root / LOCK))
    hint = f"See what it asks of you: guidance-kit upgrade {typed(root)} --plan"
    safety = _lacking(old, new)
    if safety:
        words = f"{new.id} {new.version} has {_counted(safety)} that this edition lacks: {_why(safety)}"
        return Problem(SAFETY, words, hint, place)
    odd = odd_beside(new.version, base.version)
    words = f"{new.id} {new.version}{odd} is there; this edition is composed from {base.version}."
    if _decided(old, new):
        words = f"{new.id} has decided on what this edition waits for."
    elif new.version == base.version:
        words = f"{base.id} says something else than when this edition was composed from it."
    return Problem(BEHIND, words, hint, place)


def _decided(old: Library, new: Library) -> bool:
    """Return whether an earlier edition has looked at something that waits for it here, or put it off."""
    if old.ancestry is None or new.ancestry is None:
        return False
    one, other = old.ancestry, new.ancestry
    return bool(one.under_review.keys() - other.under_review.keys()) or one.put_off != other.put_off


def _lacking(old: Library, new: Library) -> tuple[Change, ...]:
    """Return the declared safety changes of ``new`` that ``old`` does not have, the latest last."""
    after = later(new.changes, old.release)
    safety = [one for one in new.changes.changes if one.release in after and one.kind is ChangeKind.SAFETY]
    if new.ancestry:  # its versions are not those that the changes belong to: the words tell what is lacking
        kept = set(kept_over(new, (one.what for one in safety), after))
        out = {one.partition("#")[0] for one in new.ancestry.under_review} & new.ancestry.left_out.keys()
        safety = [
            one
            for one in safety
            if one in kept
            or new.changes.follow(one.what).partition("#")[0] in out
            or print_of(old, one.what) != print_of(new, one.what)
        ]
    return (*regraded(old, new), *safety, *_added(old, new))


def _added(old: Library, new: Library) -> Iterator[Change]:
    """Give the items with wording for safety that an earlier edition added since: no edition declares any."""
    for item in new:
        if item.id not in old.by_id and item.for_safety and adder(new, item.id):
            said = f'"{item.title}" is new there, with wording for safety.'
            yield Change(new.version, item.id, ChangeKind.SAFETY, said)


def above(root: Path, based_on: str, base: Library, sound: Opened | None = None) -> tuple[Problem, ...]:
    """Return a problem if a safety change waits above what an edition is based on, or if nobody can tell.

    ``base`` is the text that the edition in the folder is composed from; ``sound`` the edition that it is
    based on, if somebody has opened it and it has no errors.
    """
    parent, place = root / based_on, Place(str(root / LOCK))
    if not is_edition(parent):
        return tuple(_above_library(base, place))
    if sound:
        return tuple(_above_edition(sound, base, place, sound=True))
    around = circle(parent, (root.resolve(),))
    if around:
        words = f"{around.message} So whether there is a safety change that this one lacks is not known."
        return (Problem(UNKNOWN, words, around.hint, place),)
    opened, problems = open_edition(parent)
    errors = errors_of(opened, problems)
    if opened is None or any(one.code in _DOUBTFUL for one in errors):
        name = f'The edition "{parent.resolve().name}", which this one is based on,'
        words = f"{name} cannot be read: whether it has a safety change that this one lacks is not known."
        contact = opened.overlay.contact if opened else ""
        return (Problem(UNKNOWN, words, _asking(contact, "mend it", place), place),)
    return tuple(_above_edition(opened, base, place, sound=not errors))


def _above_edition(opened: Opened, base: Library, place: Place, *, sound: bool) -> Iterator[Problem]:
    """Give what waits above another edition, and in it too where it is not sound and so gives nothing."""
    overlay = opened.overlay
    name = overlay.publisher or overlay.title
    held_back = () if sound else _lacking(base, opened.base)
    if held_back:
        words = f"{name} has {_counted(held_back)} that this edition lacks, and errors that keep it back:"
        hint = _asking(overlay.contact, "mend them", place)
        yield Problem(SAFETY, f"{words} {_why(held_back)}", hint, place)
        return
    # also beside errors, which keep back what is newer: what waits may be in words that this edition has
    waits = what_stops(opened.told)
    if waits:
        more = f" And {len(waits) - 1} more." if waits[1:] else ""
        words = f"{name}, which this edition is based on, could not be released itself: "
        words += f"{waits[0].message}{more}"
        yield Problem(UNREADY, words, _asking(overlay.contact, "see to that", place), place)
    for one in outlook(opened.root, opened.edition):
        if one.code in _FIRST:
            said = one.message.replace("this edition", "its edition")
            first, what = _FIRST[one.code]
            words = f"{name}, which this edition is based on, {first}: {said}"
            yield Problem(one.code, words, _asking(overlay.contact, what, place), place)


def what_stops(told: Iterable[Problem]) -> list[Problem]:
    """Return those problems of an edition that stop a release of it and reach those below in no other way."""
    return [one for one in told if one.severity is Severity.BLOCKER and one.code not in _TOLD]


def _above_library(base: Library, place: Place) -> Iterator[Problem]:
    """Give what an installed edition lacks of those it is made from, where they are installed too.

    These are the editions before it, the nearest first, and the national guidance: each change is told once.
    """
    before = base.ancestry
    if before is None or not base.history.releases:
        return
    gone, told = before.left_out.keys() - before.redirects.keys(), set[tuple[str, str]]()
    for newest in map(read_installed_library, (*before.made_from, base.space)):
        if newest is None or base.history.releases[-1].content not in newest.history.by_content:
            continue  # another library of that name
        lacking = [one for one in _lacking(base, newest) if one.what.partition("#")[0] not in gone]
        safety = [one for one in lacking if (one.release, one.what) not in told]
        told |= {(one.release, one.what) for one in safety}
        if safety:
            words = f"{before.name}, which this edition is based on, has not taken {_counted(safety)} of "
            words += f"{newest.id} {newest.version} yet: {_why(safety)}"
            yield Problem(SAFETY, words, _asking(before.contact, "publish a newer edition", place), place)


def _counted(some: Sequence[Change]) -> str:
    return "a safety change" if len(some) == 1 else f"{len(some)} safety changes"


def _why(some: Iterable[Change]) -> str:
    """Return what is said of each of some changes."""
    return " ".join(dict.fromkeys(one.why for one in some))


def _asking(contact: str, for_what: str, place: Place) -> str:
    """Return what to do where another organisation has to act first; ``place`` is in the edition's folder."""
    root = Path(place.path).parent
    return f"Ask {contact or 'its publisher'} to {for_what}; then: guidance-kit upgrade {typed(root)}"
