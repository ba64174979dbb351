"""What a release of a library must declare: each change, what became of each id, and how far it steps.

Rules of composing, section 8: whoever builds on a library is told of every change and how grave it is, and an
id is never lost or used twice. The last release is compared as it was released.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from guidance_kit.checking.comparing import Comparison
from guidance_kit.checking.editorial import alterations
from guidance_kit.checking.loosening import loosened
from guidance_kit.checking.steps import Step, honest_step, next_version, reasons, step_between
from guidance_kit.checking.tombstones import ids_used_again, records, vanished_ids
from guidance_kit.model.changes import PAGE, Change
from guidance_kit.model.library import Library
from guidance_kit.model.versions import numbers_of
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Problem, in_order, nearest

__all__ = ["Step", "check_release", "honest_step", "next_version", "reasons"]


def check_release(new: Library, old: Library | None) -> tuple[Problem, ...]:
    """Return every problem of a library that is to be released, in order of place.

    ``old`` is the last release as it was released; None if this is the first.
    """
    compared = Comparison.of(new, old)
    rules = RULES_OF_FIRST if compared.first else RULES
    return in_order(problem for rule in rules for problem in rule(compared))


def undeclared(compared: Comparison) -> Iterator[Problem]:
    """Give a problem for each target that is new or changed and has no entry.

    The prose of a page needs one where the change is more than editorial: no local work of most editions is
    beside it, but readers are told something else.
    """
    new = {item.id for item in compared.new_items}
    for item in compared.new_items:
        if item.id not in compared.declared:
            yield _undeclared(compared, item.id, "is new")
    for target in (*compared.changed, *compared.added):
        if target not in compared.declared and target.partition("#")[0] not in new:
            yield _undeclared(compared, target, "changed" if target in compared.changed else "is new")
    for target in compared.pages:
        if target not in compared.declared and alterations(compared, target):
            yield _undeclared(compared, target, "changed")


def _undeclared(compared: Comparison, target: str, what: str) -> Problem:
    version = compared.new.version
    tidied = target in compared.changed and not alterations(compared, target)
    kind = ChangeKind.EDITORIAL if tidied else ChangeKind.SUBSTANTIVE
    words = f'"{target}" {what}, and changes.toml does not say so for {version}.'
    hint = (
        f'Add [[change]] with release = "{version}", what = "{target}", '
        f'kind = "{kind}" (or what is right) and why = "...".'
    )
    return Problem("undeclared-change", words, hint, compared.place(target))


def unsaid(compared: Comparison) -> Iterator[Problem]:
    """Give a problem for each entry of an earlier release that is gone, or less grave now."""
    said: dict[tuple[str, str], int] = {}
    for one in compared.changes.changes:
        said[one.release, one.what] = max(one.kind.rank, said.get((one.release, one.what), 0))
    for one in compared.old.changes.changes:
        rank = said.get((one.release, one.what))
        if rank is not None and rank >= one.kind.rank:
            continue
        what = "says so no longer" if rank is None else "calls it less grave now"
        words = (
            f'Release {one.release} declared a change of "{one.what}" ({one.kind}), and changes.toml {what}.'
        )
        hint = "Put that entry back: an edition may come from any earlier release."
        yield Problem("undeclared-change", words, hint, compared.file("changes.toml"))


def unfounded(compared: Comparison) -> Iterator[Problem]:
    """Give a problem for each entry with no change behind it."""
    for entries in compared.declared.values():
        for one in entries:
            if one.release != compared.new.version:
                continue  # it was released, and checked then
            found = None if _is_founded(compared, one.what) else _why_unfounded(compared, one)
            if found:
                yield Problem("unfounded-change", *found, one.origin)


def _is_founded(compared: Comparison, target: str) -> bool:
    if target in compared.new.by_id:
        return any(one.partition("#")[0] == target for one in (*compared.changed, *compared.added))
    if target.startswith(PAGE):
        was = compared.old.prints.get(target)
        return (compared.new.prints.get(target) or was) is not None and compared.differs(target)
    return target in compared.changed or target in compared.added


def _why_unfounded(compared: Comparison, one: Change) -> tuple[str, str] | None:
    now = compared.changes.follow(one.what)
    if compared.stands(one.what):
        if compared.first or one.what.partition("#")[0] in compared.new.broken:
            return None
        return f'"{one.what}" is the same as in {compared.old.version}.', "Delete this entry."
    if now != one.what and compared.stands(now):
        return f'"{one.what}" is called something else now.', f'Write what = "{now}", if its words changed.'
    if compared.stood(one.what):
        return f'"{one.what}" is no longer there.', "What became of it is said in an entry of another kind."
    known = (*compared.new.by_id, *compared.new.prints)
    return f'There is no "{one.what}".', nearest(one.what, known)


def not_editorial(compared: Comparison) -> Iterator[Problem]:
    """Give a problem for each change called editorial that alters what readers are told."""
    for target in (*compared.changed, *compared.added):
        item = target.partition("#")[0]
        own = compared.declared.get(target, ())
        entries = own or compared.declared.get(item, ())
        if not own and item not in compared.came_from and target != f"{item}#title":
            continue  # of a new item one entry speaks for all of it
        yield from _claimed(compared, target, entries)
    for target, entries in compared.declared.items():
        if target.startswith(PAGE) and compared.differs(target):
            yield from _claimed(compared, target, entries)


def _claimed(compared: Comparison, target: str, entries: tuple[Change, ...]) -> Iterator[Problem]:
    if any(one.kind is not ChangeKind.EDITORIAL for one in entries):
        return  # the gravest entry is what counts
    altered = alterations(compared, target) if entries else ()
    for one in entries if altered else ():
        name = one.what if target == f"{one.what}#title" else target
        words = f'The change of "{name}" is called editorial, and it alters {_listed(altered)}.'
        yield Problem("not-editorial", words, 'Call it "substantive", or "safety".', one.origin)


def _listed(words: tuple[str, ...]) -> str:
    return " and ".join(([", ".join(words[:-1])] if words[1:] else []) + [words[-1]])


def versions(compared: Comparison) -> Iterator[Problem]:
    """Give a problem if the version is none, or a smaller step than what changed asks for."""
    place, version, old = compared.file("library.toml"), compared.new.version, compared.old.version
    if not version:
        hint = 'Add version = "1.0.0" below [library].'
        yield Problem("missing-key", "A library that is released needs a version.", hint, place)
        return
    if not numbers_of(version):
        words = f'The version "{version}" is not made of numbers and dots.'
        yield Problem("bad-value", words, 'Write it as "1.4.2".', place)
        return
    if compared.first or not numbers_of(old):
        return
    honest = honest_step(compared.new, compared.old)
    least = next_version(old, honest)
    written = step_between(old, version)
    if written.rank >= honest.rank and numbers_of(version) >= numbers_of(old):
        return
    why = [words for step, words in reasons(compared.new, compared.old) if step is honest]
    more = f" and {len(why) - 1} more like it" if why[1:] else ""
    because = f" {why[0].rstrip('.')}{more}." if why else ""
    words = f"Version {version} after {old} is too small a step for what changed.{because}"
    yield Problem("version-step", words, f"The smallest honest version is {least}.", place)


def genuine(compared: Comparison) -> Iterator[Problem]:
    """Give a problem if the fingerprints of releases do not know what is called the last release."""
    old, new = compared.old, compared.new
    kept = new.history.by_content
    if (new.history.releases or old.history.releases) and old.content not in kept:
        words = (
            f"The fingerprints of releases do not hold those of {old.version}, which this is compared with."
        )
        hint = "Compare with a release as it was released, and start from the history.json in it."
        yield Problem("base-not-genuine", words, hint, compared.file("history.json"))


Rule = Callable[[Comparison], Iterator[Problem]]

RULES_OF_FIRST: tuple[Rule, ...] = (versions, unfounded, ids_used_again, records)
RULES: tuple[Rule, ...] = (
    versions,
    genuine,
    undeclared,
    unsaid,
    unfounded,
    not_editorial,
    vanished_ids,
    ids_used_again,
    records,
    loosened,
)
