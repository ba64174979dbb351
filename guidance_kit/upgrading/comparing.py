"""What is put side by side for a decision: national texts, local words, and what is said of them."""

from __future__ import annotations

import attrs

from guidance_kit.model.changes import FACT, PAGE
from guidance_kit.model.fields import parts_of
from guidance_kit.model.layers import NATIONAL_TEXT
from guidance_kit.model.lock import What, called
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.upgrading.opening import Opened


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


def titles_of(opened: Opened, target: str) -> tuple[str, str]:
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


def with_own(why: str, by: str) -> str:
    """Return why a text changed, with who has words of its own in its place, if an earlier edition has."""
    return f"{why} {by} has words of its own there.".strip() if by else why
