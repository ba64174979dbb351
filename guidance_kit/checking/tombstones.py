"""Rules of a release about ids: none is lost, none used twice, and each record is of something real."""

from __future__ import annotations

from collections.abc import Iterator

from guidance_kit.checking.comparing import Comparison, olds_of, results_of
from guidance_kit.model.changes import FACT, Moved
from guidance_kit.problems import Problem, nearest

_SAY = "[[moved]], [[split]], [[merged]] or [[withdrawn]]"


def vanished_ids(compared: Comparison) -> Iterator[Problem]:
    """Give a problem for each item, part and fact that is gone while nothing says what became of it."""
    place = compared.file("changes.toml")
    for name in compared.vanished:
        if not _accounted(compared, name):
            words = f'"{name}" was in {compared.old.version} and is gone, and nothing says what became of it.'
            yield Problem("id-vanished", words, _what_to_say(compared, name), place)
    for name in sorted(compared.old.changes.gone - compared.changes.gone):
        words = f'An earlier release says what became of "{name}", and changes.toml says so no longer.'
        hint = "Put that entry back: an edition may come from any earlier release."
        yield Problem("id-vanished", words, hint, place)


def _accounted(compared: Comparison, name: str) -> bool:
    changes = compared.changes
    return any(changes.fate(one) for one in (name, changes.follow(name)))


def _what_to_say(compared: Comparison, name: str) -> str:
    version = compared.new.version
    twin = _twin(compared, name)
    if twin:
        return f'Its text stands in "{twin}" now. If it moved, add [[moved]] with release = "{version}".'
    kinds = "[[withdrawn]]" if name.startswith(FACT) else _SAY
    return f'Add {kinds} with release = "{version}".'


def _twin(compared: Comparison, name: str) -> str:
    """Return the new item that has most of the texts of one that is gone; empty if none has any."""
    texts = {
        print_
        for target, print_ in compared.old.prints.items()
        if target.startswith(f"{name}#") and not target.endswith("#options")
    }
    shared = {
        item.id: sum(compared.new.prints[f"{item.id}#{key}"] in texts for key in ("title", *item.parts))
        for item in compared.new_items
    }
    best = max(shared, key=lambda one: shared[one], default="")
    return best if shared.get(best) else ""


def ids_used_again(compared: Comparison) -> Iterator[Problem]:
    """Give a problem for each id that was given up once and is there again."""
    gone = compared.changes.gone
    for name in (*sorted(gone), *(one for one in _back_again(compared) if one not in gone)):
        item = name.partition("#")[0]
        if not compared.stands(name) or item in compared.new.broken or (item != name and item in gone):
            continue
        words = f'"{name}" was given up in an earlier release, and an id is never used again.'
        if any(name in olds_of(one) for one in compared.records):
            words = f'changes.toml says that "{name}" is given up, and it is still there.'
        hint = "Give what is there now another id: editions may still speak of the old one."
        if item != name:
            hint = "Put these words in another part: local work on this one went where its words went."
        yield Problem("id-reused", words, hint, compared.place(name))


def _back_again(compared: Comparison) -> Iterator[str]:
    """Give what some earlier release had, the last one had not, and is there again."""
    states = (*compared.old.history.releases, *compared.new.history.releases)
    once = {name for one in states if one.version not in compared.since for name in one.prints}
    new = [item.id for item in compared.new_items]
    yield from (name for name in new if f"{name}#title" in once)
    yield from (name for name in compared.added if name in once and name.partition("#")[0] not in new)


def records(compared: Comparison) -> Iterator[Problem]:
    """Give a problem for each record of something that never was, or that leads nowhere."""
    known = {*compared.new.by_id, *compared.new.prints}
    made = {name for one in compared.records for name in results_of(one)}
    for one in compared.changes.records:
        for name in results_of(one):
            now = compared.changes.follow(name)
            if not compared.stands(now) and not compared.changes.fate(now):
                words = f'There is no "{name}", so nothing can have become it.'
                yield Problem("unknown-target", words, nearest(name, known), one.origin)
    for one in compared.records if not compared.first else ():
        for name in olds_of(one):
            if not compared.stood(name) and name not in made:
                words = f'There was no "{name}" in {compared.old.version}.'
                hint = nearest(name, compared.old.by_id if "#" not in name else compared.old.prints)
                yield Problem("unfounded-change", words, hint, one.origin)
        if isinstance(one, Moved) and compared.stood(one.new):
            words = f'"{one.new}" was there in {compared.old.version} already, so nothing moved to it.'
            yield Problem("unfounded-change", words, "If the two became one, say [[merged]].", one.origin)
