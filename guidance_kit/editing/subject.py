"""The edition that is being edited, and finding what a person means in it."""

from __future__ import annotations

import functools
from pathlib import Path

import attrs

from guidance_kit.composing.names import Names
from guidance_kit.editing.done import Done, Edit, RefusedError
from guidance_kit.editing.writing import rewrite
from guidance_kit.model.changes import FACT, Withdrawn, said_of
from guidance_kit.model.facts import Fact
from guidance_kit.model.fields import parts_of
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Overlay
from guidance_kit.problems import Place, Problem, allowed, nearest, typed, with_article
from guidance_kit.reading.bases import read_base
from guidance_kit.reading.files import read_text
from guidance_kit.reading.overlays import LOCAL, MANIFEST, read_overlay_folder


@attrs.frozen
class Subject:
    """An edition's own work and the national guidance it is based on, as they stand in its folder."""

    root: Path
    overlay: Overlay
    base: Library

    @property
    def manifest(self) -> Place:
        """Where the manifest is."""
        return Place(str(self.root / MANIFEST))

    @property
    def local(self) -> Path:
        """Where the edition's own Markdown is."""
        return self.root / LOCAL

    def manifest_text(self) -> str:
        """Return the manifest as it stands, without a byte order mark."""
        return read_text(self.root / MANIFEST)[0].removeprefix("\ufeff")

    def means(self, name: str) -> str:
        """Return the full id of the item that a name in an edition's own files means, as it is called now."""
        return self._names.resolve(name)

    @functools.cached_property
    def _names(self) -> Names:
        return Names.of(self.base, self.overlay)

    def save_manifest(self, text: str | None, message: str, then: str = "") -> Edit:
        """Return the edit that writes the manifest again; the first other line is where to look."""
        if text is None:
            words = "This change cannot be made here without touching something else."
            hint = "Make it by hand; guidance-kit check says whether it is right."
            raise self.refusal("manifest-syntax", words, hint)
        before, after = self.manifest_text().split("\n"), text.split("\n")
        changes, kept = rewrite(self.root, MANIFEST, text)
        pairs = enumerate(zip(before, after, strict=False), 1)
        line = next((n for n, (old, new) in pairs if old != new), len(before) + 1)
        while line < len(after) and not after[line - 1].strip():
            line += 1  # a table begins after an empty line
        return Edit(Done(message, self.manifest.at(line), kept=str(kept), then=then), changes)

    def refusal(self, code: str, message: str, hint: str, place: Place | None = None) -> RefusedError:
        """Return the error that refuses an edit."""
        return RefusedError(Problem(code, message, hint, place or self.manifest))


def open_edition(root: Path) -> Subject:
    """Return an edition to be edited; faults elsewhere in it are no hindrance."""
    overlay, problems = read_overlay_folder(root)
    if overlay is None:
        raise RefusedError(*problems)
    base, problems = read_base(root, overlay.based_on)
    if base is None:
        raise RefusedError(*problems)
    return Subject(root, overlay, base)


def find_item(subject: Subject, name: str) -> Item:
    """Return the national item that a person names by its id."""
    base = subject.base
    full = _full(base, name)
    if full in base.by_id:
        return base.by_id[full]
    own = find_own(subject, name)
    if own:
        words = f'"{name}" is an item of your own: edit it where it stands, at {own.origin}.'
        raise subject.refusal("unknown-target", words, "Only national items are changed this way.")
    gone = what_became(base, full)
    if gone:
        raise subject.refusal("unknown-target", *gone)
    known = [item.id if ":" in name else item.slug for item in base]
    hint = f"{nearest(name, known)} guidance-kit show {typed(subject.root)} lists the items.".strip()
    where = f"the guidance of {base.ancestry.name}" if base.ancestry else "the national guidance"
    raise subject.refusal("unknown-target", f'There is no item "{name}" in {where}.', hint)


def _full(base: Library, name: str) -> str:
    """Return the id in full of an item that a person names, as it is called now."""
    full = name if ":" in name else f"{base.space}:{name}"
    others = [item.id for item in base if item.slug == name]
    return others[0] if full not in base.by_id and others else base.changes.follow(full)


def what_became(base: Library, full: str) -> tuple[str, str] | None:
    """Return what became of an item that is not there, and what to do; None if there never was one."""
    omitted = base.ancestry.left_out.get(full) if base.ancestry else None
    if omitted:
        words = f'"{full}" was left out by {omitted.by}. {omitted.reason}'.strip()
        return words, f"Ask {base.ancestry.contact}." if base.ancestry and base.ancestry.contact else ""
    fate = base.changes.fate(full)
    if fate is None:
        return None
    hint = "" if isinstance(fate, Withdrawn) else "Name that."
    return f'"{full}" {said_of(fate)} in {fate.release}. {fate.why}'.strip(), hint


def find_own(subject: Subject, name: str) -> Item | None:
    """Return the edition's own item of that name, if it has one."""
    return next((add.item for add in subject.overlay.adds if name in (add.item.id, add.item.slug)), None)


def unseen(subject: Subject, item: Item) -> str:
    """Return what is to be said of local work on an item that the edition does not carry; else nothing."""
    out = next((one for one in subject.overlay.leave_out if subject.means(one.item) == item.id), None)
    if out:
        return (
            f"This edition leaves {item.slug} out, so no page shows this: see [[leave_out]] at {out.origin}."
        )
    taken = any(subject.means(one.item) == item.id for one in subject.overlay.takes)
    if subject.overlay.start_from == "nothing" and not taken:
        to_do = f'add [[take]] with item = "{item.id}".'
        return f"This edition has not taken {item.slug}, so no page shows this: {to_do}"
    return ""


def find_part(subject: Subject, item: Item, name: str) -> str:
    """Return the key of the part that a person names by its key or its heading."""
    labels = {"title": "title"} | {spec.key: spec.label.casefold() for spec in parts_of(type(item))}
    wanted = " ".join(name.split()).casefold()
    found = next((key for key, label in labels.items() if wanted in (key, label)), None)
    if found:
        return found
    kind = type(item).label.lower()
    words = f'{with_article(kind)} has no part "{name}".'
    raise subject.refusal("unknown-target", words, allowed(wanted, labels, "Parts"))


def find_fact(subject: Subject, name: str) -> Fact:
    """Return the declared fact of that name."""
    known = {fact.id: fact for fact in (*subject.overlay.facts, *subject.base.facts)}
    if name not in known:
        name = called_now(subject, name)
    if name not in known:
        hint = f"{nearest(name, known)} guidance-kit facts {typed(subject.root)} lists them.".strip()
        raise subject.refusal("unknown-fact", f'There is no fact "{name}".', hint)
    return known[name]


def called_now(subject: Subject, fact: str) -> str:
    """Return what a fact is called now, if the national guidance has given it another name."""
    return subject.base.changes.follow(f"{FACT}{fact}").removeprefix(FACT)


def split_target(name: str, part: str) -> tuple[str, str]:
    """Return item and part of a target that may be written ``item#part``."""
    item, _, inside = name.partition("#")
    return item, part or inside
