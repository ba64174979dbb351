"""What people have still to look at, as far as it changes what readers of an edition see."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from guidance_kit.model.dates import date_in_words
from guidance_kit.model.vocabulary import ChangeKind


@attrs.frozen(kw_only=True)
class Stale:
    """National text that changed since a local change beside it was last reviewed.

    ``was`` is the national text that it was reviewed against, as far as it is kept; ``why`` what the release
    says of the change, ``on`` the day of the release as far as it is known. ``by`` names the earlier edition
    whose text it is, in a chain, and ``of`` is the id of the one whose ``version`` it is; ``kept`` says that
    the national one changed for safety, and that it has its own words there. ``until`` is the day to which
    somebody put the decision off. ``unedited`` says that the local words are those of ``was``: nobody has put
    any in their place yet. ``then`` names the earlier edition whose words ``was`` are, in a chain, and is
    None where nobody knows. ``lost`` says that there is no record of what the local words were reviewed
    against, so that nobody knows of a change: only of those for safety anything is told.
    """

    kind: ChangeKind
    version: str = ""
    of: str = ""
    why: str = ""
    on: str = ""
    by: str = ""
    kept: bool = False
    until: str = ""
    unedited: bool = False
    then: str | None = ""
    lost: bool = False
    was: str = attrs.field(default="", repr=False)

    @property
    def safety(self) -> bool:
        """Whether somebody may come to harm if it is overlooked."""
        return self.kind is ChangeKind.SAFETY

    @property
    def unknown(self) -> bool:
        """Whether nobody knows of a change: the local words are only to be looked at again."""
        return self.lost and not self.safety

    @property
    def undeclared(self) -> bool:
        """Whether the national words only came in the place of others, and no release changed them."""
        return self.then is None and not (self.on or self.why)

    @property
    def release(self) -> str:
        """What the release is called that changed it: a version of an earlier edition with the id of that."""
        return f"{self.of} {self.version}".strip() if self.version else ""

    @property
    def said(self) -> str:
        """What readers are told: what changed, and when."""
        whose = f"the text of {self.by}" if self.by and not self.kept else "the national text"
        if self.unknown:
            return f"the local words are to be looked at again beside {whose}"
        if self.undeclared:
            return "the text that the local words were written beside changed"
        changed = f"{whose} changed for safety" if self.safety else f"{whose} changed"
        when = f" on {date_in_words(self.on)}" if self.on else f" in {self.release}" if self.version else ""
        return f"{changed}{when}" + (f", and {self.by} has words of its own there" if self.kept else "")


_NONE: Mapping[str, Stale] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class Review:
    """What is open: ``adaptations`` by ``item#part``, ``notes`` and local ``items`` by their ids.

    ``pages`` are local pages by the name of the national page whose place they take, ``omissions`` items that
    are left out, by their ids. ``waiting`` are the national items that nobody has yet chosen or left out.
    ``unread`` are the safety changes, by what changed, that nobody has read, and that are not told with local
    work; ``every_unread`` are those and the others.
    """

    adaptations: Mapping[str, Stale] = _NONE
    notes: Mapping[str, Stale] = _NONE
    items: Mapping[str, Stale] = _NONE
    pages: Mapping[str, Stale] = _NONE
    omissions: Mapping[str, Stale] = _NONE
    waiting: frozenset[str] = frozenset()
    unread: Mapping[str, Stale] = _NONE
    every_unread: Mapping[str, Stale] = _NONE


NOTHING_OPEN = Review()
