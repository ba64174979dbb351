"""The page *What changed in the national guidance*: each release in plain words, newest first.

What a release changed is what its maintainers declared (``changes.toml``); safety comes first, and what was
only tidied is a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from guidance_kit.exporting.readable import escaped, readable
from guidance_kit.exporting.told import ended, page_link, part_title, titled
from guidance_kit.model.changes import FACT, PAGE, Change, Changes, Moved, Release
from guidance_kit.model.dates import date_in_words
from guidance_kit.model.edition import Edition
from guidance_kit.model.history import is_new
from guidance_kit.model.item import Item
from guidance_kit.model.vocabulary import ChangeKind

TITLE = "What changed in the national guidance"
_ABOUT = "This page is made from what the makers of the national guidance say of each release."


def is_needed(edition: Edition) -> bool:
    """Return whether there is more to tell than that there was a first release."""
    return bool(edition.base.changes.records)


def whats_changed(edition: Edition) -> str:
    """Return the page as Markdown."""
    releases = reversed(edition.base.changes.releases)
    sections = ("\n".join(_release(_News(edition, one))) for one in releases)
    return "\n\n".join((f"# {TITLE}", _ABOUT, *sections)) + "\n"


@attrs.frozen
class _News:
    """What one release brought, for the readers of an edition."""

    edition: Edition
    release: Release

    @property
    def changes(self) -> Changes:
        return self.edition.base.changes

    def of_kind(self, kind: ChangeKind) -> list[Change]:
        """Return the declared changes of a kind; new items only among those for safety."""
        return [
            one
            for one in self._declared()
            if one.kind is kind and (kind is ChangeKind.SAFETY or not self.is_new(one))
        ]

    @property
    def new(self) -> list[Change]:
        """The new items, but for those for safety, and those that are told of with what they came from."""
        told = {one.new for one in self.changes.merged}
        told |= {name for one in self.changes.split for name in one.into}
        return [
            one
            for one in self._declared()
            if self.is_new(one) and one.kind is not ChangeKind.SAFETY and one.what not in told
        ]

    def is_new(self, one: Change) -> bool:
        """Return whether an entry is of an item that was not there before."""
        return is_new(self.changes, self.edition.base.history, one.what, one.release)

    def _declared(self) -> Iterator[Change]:
        return (one for one in self.changes.changes if one.release == self.release.version)


def _release(news: _News) -> Iterator[str]:
    one = news.release
    date = f", {escaped(date_in_words(one.date))}" if one.date else ""
    yield f"## Version {escaped(one.version)}{date}"
    if one.summary:
        yield f"\n{escaped(one.summary)}"
    yield from _listed("For safety", (_changed(news, each) for each in news.of_kind(ChangeKind.SAFETY)))
    yield from _listed("Changed", (_changed(news, each) for each in news.of_kind(ChangeKind.SUBSTANTIVE)))
    yield from _listed("New", (_changed(news, each) for each in news.new))
    yield from _listed("Moved, joined or withdrawn", _fates(news))
    tidied = len(news.of_kind(ChangeKind.EDITORIAL))
    if tidied:
        texts = "text was" if tidied == 1 else f"{tidied} texts were"
        yield f"\n{'One ' if tidied == 1 else ''}{texts} tidied, with no change of meaning."


def _listed(heading: str, rows: Iterable[str]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield f"\n**{heading}**\n"
        yield from (f"- {row}" for row in found)


def _changed(news: _News, one: Change) -> str:
    new = " (new)" if one.kind is ChangeKind.SAFETY and news.is_new(one) else ""
    return _capital(f"{_named(news.edition, one.what)}{new}: {_sentence(one.why)}")


def _fates(news: _News) -> Iterator[str]:
    edition, version = news.edition, news.release.version
    for moved in (one for one in news.changes.moved if one.release == version):
        yield _with_why(_of_move(edition, moved), moved.why)
    for split in (one for one in news.changes.split if one.release == version):
        names = " and ".join(_named(edition, name) for name in split.into)
        yield _with_why(
            f"{_old_name(edition, split.old)} is now in {len(split.into)} parts: {names}", split.why
        )
    for merged in (one for one in news.changes.merged if one.release == version):
        names = " and ".join(_old_name(edition, name) for name in merged.old)
        yield _with_why(f"{names} are now one: {_named(edition, merged.new)}", merged.why)
    for gone in (one for one in news.changes.withdrawn if one.release == version):
        yield _with_why(f"{_old_name(edition, gone.what)} is withdrawn", gone.why)


def _of_move(edition: Edition, one: Moved) -> str:
    if "#" in one.new:
        return f"{_old_name(edition, one.old)} is now {_named(edition, one.new)}"
    return f"{_named(edition, one.new)} was filed under another name before, {_id(one.old)}"


def _named(edition: Edition, target: str) -> str:
    """Return what a target is called now: a link if it is in this edition, or its title."""
    if target.startswith(FACT):
        return _fact(edition, target)
    if target.startswith(PAGE):
        name = target.removeprefix(PAGE)
        return page_link(name) if name in edition.page_by_name else f'the page "{escaped(name)}"'
    name, _, key = edition.base.changes.follow(target).partition("#")
    return _item(edition, name, key) or _gone(target)


def _old_name(edition: Edition, target: str) -> str:
    """Return what to call something that is no longer there: by its id, as nobody knows its title."""
    if target.startswith(FACT):
        return _fact(edition, target)
    name, _, key = target.partition("#")
    kept = _item(edition, edition.base.changes.follow(name), key) if key else ""
    return kept or _gone(target)


def _gone(target: str) -> str:
    name, _, key = target.partition("#")
    words = f"the item {_id(name)}"
    return f"{words}, {escaped(_words(key))}" if key else words


def _id(target: str) -> str:
    """Return an id as what it is: a title made out of it would be one that it never had."""
    return f"`{target.rpartition(':')[2]}`"


def _item(edition: Edition, name: str, key: str) -> str:
    """Return a link to an item in this edition, or its title; empty if nothing tells of it any longer."""
    item = edition.base.by_id.get(name)
    if item is None:
        return _left_out_before(edition, name, key)
    part = f", {escaped(_part(item, key))}" if key else ""
    if name in edition.by_id:
        return f"{{guidance:{item.kind}}}`{name}`{part}"
    return f"{titled(edition, name)} (not in this edition){part}"


def _left_out_before(edition: Edition, name: str, key: str) -> str:
    """Return the title of an item that an earlier edition left out; empty if it is not known."""
    before = edition.base.ancestry
    if before is None or name not in before.left_out:
        return ""
    title = escaped(readable(before.left_out[name].title, edition.base))
    return f"{title} (not in this edition)" + (f", {escaped(_words(key))}" if key else "")


def _part(item: Item, key: str) -> str:
    return "details" if key == "options" else part_title(item, key).lower()


def _fact(edition: Edition, target: str) -> str:
    name = target.removeprefix(FACT)
    label = next((fact.label for fact in edition.library.facts if fact.id == name), "")
    return f'the local fact "{escaped(label)}"' if label else f"the local fact {_id(target)}"


def _words(key: str) -> str:
    return key.replace("-", " ")


def _with_why(words: str, why: str) -> str:
    return _capital(f"{words}. {_sentence(why)}".strip())


def _capital(words: str) -> str:
    return words if words.startswith("{") else words[:1].upper() + words[1:]


def _sentence(words: str) -> str:
    return ended(escaped(words)) if words.strip() else ""
