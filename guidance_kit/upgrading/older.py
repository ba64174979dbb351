"""Which texts are not taken: an earlier release, and another one where the one kept is lost."""

from __future__ import annotations

from pathlib import Path

from guidance_kit.editing.done import RefusedError
from guidance_kit.model.history import later
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Lock
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.locks import LOCK, NATIONAL
from guidance_kit.reading.overlays import MANIFEST
from guidance_kit.upgrading.artefacts import exists
from guidance_kit.upgrading.genuine import genuineness, whole_again


def refuse_older(root: Path, old: Library, new: Library) -> None:
    """Refuse a text that is older than the one kept: to take it would undo safety changes in silence."""
    if not is_older(old, new):
        return
    words = f"{new.id} {new.version} is installed; this edition is made from {old.version}, which is newer."
    if new.ancestry:
        words = f"{new.id} {new.version} is made from release {new.release} of the national guidance; this "
        words += f"edition has the text of {old.release}, which is newer."
    hint = f"Nothing was written. To go back to before an upgrade: guidance-kit upgrade {typed(root)} --undo"
    raise RefusedError(Problem("older-base", words, hint, Place(str(root / LOCK))))


def refuse_without(root: Path, lock: Lock | None, old: Library | None, new: Library) -> None:
    """Refuse another text where the one kept is gone, or was changed: nobody could tell what is new in it."""
    if lock is None or lock.base is None or (old is not None and not genuineness(root, old, lock)):
        return
    kept = lock.base
    if new.content == kept.content:
        return
    words = (
        f"The national text of {kept.id} {kept.version} in this folder is gone or was changed by hand, and "
        f"what is to be had is {new.version}: what is new in that cannot be told."
    )
    raise RefusedError(
        Problem("base-not-genuine", words, whole_again(root, kept), Place(str(root / NATIONAL)))
    )


def other_base(root: Path, old: Library, new: Library, *, anew: bool = False) -> Problem:
    """Return what an edition is told whose ``based_on`` names another library than that it is made from."""
    name = left_behind(old, new)
    whose = f"what {name} wrote goes with that" if name else "its text is not that of a later release"
    words = f"based_on names {new.id} now, and this edition is made from {old.id} {old.version}: {whose}."
    hint = f"If that is meant: guidance-kit upgrade {typed(root)} --plan lists what it changes, and "
    hint += f"--other-base takes it. If not, let based_on name {old.id} again."
    if anew:  # nobody would be told what comes and goes with it
        hint = f"Let based_on name {old.id} again for upgrade --anew; go on with another base after that."
    return Problem("other-base", words, hint, Place(str(root / MANIFEST)))


def left_behind(old: Library, new: Library) -> str:
    """Return whose words of an earlier edition are not in another base; empty if that has those of all."""
    if old.ancestry is None or (new.ancestry and old.id in new.ancestry.made_from):
        return ""
    return old.ancestry.name


_WHOLE = (
    "Take a whole copy of a release. Who makes one writes down its fingerprints before: "
    "guidance-kit release-check --write"
)


def refuse_unreleased(root: Path, new: Library) -> None:
    """Refuse a library that lists its releases, and is none of them: it could not be proved."""
    words = unreleased(new)
    if words:
        raise RefusedError(Problem("base-not-genuine", words, _WHOLE, Place(str(root / LOCK))))


def unreleased(new: Library) -> str:
    """Return why a library that lists its releases is none of them; empty if it is one.

    Both its text and what it declares have to be as they were released: a safety change whose entry is gone
    would be told as any other. Editions pass on what the core declares as it is.
    """
    states = new.history.by_content
    last = new.history.releases[-1] if new.history.releases else None
    if last and last.changes and last.changes != new.changes.digest(last.version):
        words = (
            f"What {new.id} {new.version}, as it is to be had, says of its releases in changes.toml is not "
        )
        return f"{words}what it said when it was released."
    if new.ancestry is not None or not states or new.content in states:
        return ""
    return f"The text of {new.id} {new.version} that is to be had is that of no release of it."


def refuse_strange(root: Path, old: Library, new: Library) -> None:
    """Refuse a text that does not know the one that is kept, or says nothing of what its release changed."""
    words = strange(old, new)
    if words:
        raise RefusedError(Problem("base-not-genuine", words, STRANGE, Place(str(root / LOCK))))


#: What to do where another library, or a damaged one, is found in the place of what an edition is based on.
STRANGE = "See that based_on in edition.toml names what it named before, and take a whole copy of that."


def strange(old: Library, new: Library) -> str:
    """Return why ``new`` is no later state of ``old`` that could be relied on; empty if it is one.

    Every release ships the fingerprints of all earlier ones, and says what it changed. Without that a safety
    change would be told as any other, or another library of that name be taken for a newer release.
    """
    states, said = new.history, {one.version for one in new.changes.releases}
    if states.releases and states.releases[-1].version not in said:
        return f"{new.id} {new.version}, as it is to be had, does not say what that release changed."
    known = old.history.releases
    if known and known[-1].content not in states.by_content:
        return f"{new.id} {new.version}, as it is to be had, does not know the text that this edition has."
    unknown = _of_nothing(old, new)
    if unknown:
        return f'{new.id} {new.version} declares a safety change of "{unknown}", which it does not have.'
    return ""


def _of_nothing(old: Library, new: Library) -> str:
    """Return what a library declares a new safety change of, and never had; empty if there is no such thing.

    It is a slip for something that it has: taken as nothing, that change would be overlooked.
    """
    changes = new.changes
    if new.ancestry:  # which may have left out what the core changed
        return ""
    for one in changes.changes:
        target = changes.follow(one.what)
        here = exists(new, target) or exists(old, one.what)
        gone = changes.fate(target)
        if (
            one.kind is ChangeKind.SAFETY
            and one.release in later(changes, old.release)
            and not (here or gone)
        ):
            return one.what
    return ""


def is_older(old: Library, new: Library) -> bool:
    """Return whether ``new`` is, or is made from, an earlier release than ``old``, which knows of it."""
    releases = [one.version for one in old.changes.releases]
    known = {old.release, new.release} <= set(releases)
    return known and releases.index(new.release) < releases.index(old.release)
