"""What a rule looks at: a library, or an edition's result, with a person's place for every line."""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import itertools
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import attrs

from guidance_kit.model.edition import Edition, PartState
from guidance_kit.model.facts import Fact
from guidance_kit.model.inline import Role, roles_in
from guidance_kit.model.item import Item
from guidance_kit.model.kinds import KINDS
from guidance_kit.model.library import Library, Writing
from guidance_kit.model.page import Page
from guidance_kit.problems import Place


@attrs.frozen
class Use:
    """A role in the running text of a page, and where a person wrote it.

    ``local`` says whether it stands in words of the edition's own.
    """

    role: Role
    place: Place
    local: bool = False

    @property
    def name(self) -> str:
        """The role's name without the domain."""
        return self.role.name.removeprefix("guidance:")


@attrs.frozen
class Subject:
    """A body of guidance that is being checked, on a day."""

    library: Library
    edition: Edition | None = None
    today: dt.date = dt.date.min
    strict: bool = False

    @property
    def checks_writing(self) -> bool:
        """Whether the rules of writing are on: asked for now, or by what is checked itself."""
        return self.strict or (self.edition.overlay if self.edition else self.library).writing.check

    @property
    def known_abbreviations(self) -> frozenset[str]:
        """The abbreviations that readers need not be told, by the word of whoever made this."""
        return frozenset(word for one in self._writing for word in one.known)

    @property
    def names(self) -> frozenset[str]:
        """Short names of organisations, by the word of whoever made this."""
        return frozenset(word for one in self._writing for word in one.names)

    @property
    def _writing(self) -> tuple[Writing, ...]:
        if self.edition is None:
            return (self.library.writing,)
        return (self.edition.base.writing, self.edition.overlay.writing)

    @property
    def space(self) -> str:
        """The space that an id without one belongs to."""
        return self.library.space

    @functools.cached_property
    def absent(self) -> Mapping[str, str]:
        """Titles of the items that are not in this edition and were, in what it is based on or before."""
        if self.edition is None:
            return MappingProxyType({})
        present, before = self.library.by_id, self.edition.base.ancestry
        gone = {name: one.title for name, one in before.left_out.items()} if before else {}
        here = {item.id: item.title for item in self.edition.base}
        return {name: title for name, title in {**gone, **here}.items() if name not in present}

    @functools.cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The declared facts by id."""
        return {fact.id: fact for fact in self.library.facts}

    @functools.cached_property
    def kinds(self) -> Mapping[str, type[Item]]:
        """The kinds by name: those of the package, and any other that an item here is of."""
        return {**KINDS, **{item.kind: type(item) for item in self.library}}

    @functools.cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every role in the pages, in order."""
        return tuple(use for page in self.library.pages for use in self._uses(page))

    def full(self, name: str) -> str:
        """Return the id of the item that a name in a page stands for, replacements followed."""
        full = self.unreplaced(name)
        return self.edition.redirects.get(full, full) if self.edition else full

    def unreplaced(self, name: str) -> str:
        """Return the full id that a name in a page is written for."""
        return name if ":" in name else f"{self.space}:{name}"

    def is_local(self, item: Item) -> bool:
        """Return whether an item is the edition's own."""
        return self.edition is not None and item.space == self.edition.overlay.id

    def place_of(self, item: Item, key: str) -> Place:
        """Return where a person wrote a field or part of an item, in whoever's file it stands."""
        state = self.part(item, key)
        if state and state.adapted:
            return state.adapted.origin.at(state.adapted.first_line)
        line = item.lines.options.get(key)
        if line is None and key in item.lines.parts:
            line = item.lines.parts[key].start
        return item.origin if line is None else item.origin.at(line + 1)

    def part(self, item: Item, key: str) -> PartState | None:
        """Return the state of a part of an item; None outside editions or if it has no such part."""
        if self.edition is None:
            return None
        return next((part for part in self.edition.by_id[item.id].parts if part.key == key), None)

    def _uses(self, page: Page) -> Iterator[Use]:
        if "}`" not in page.text:
            return
        written = self.written(page)
        line = at = 0
        for role in roles_in(page.text):
            line += page.text.count("\n", at, role.start)
            at = role.start
            yield Use(role, *written(line))

    def written(self, page: Page) -> Callable[[int], tuple[Place, bool]]:
        """Return what says of a line (from 0) of a page where a person wrote it, and if it is local."""
        if self.edition is None:
            return lambda line: (self.library.place_of(page, line + 1), False)
        overlay, base = self.edition.overlay, self.edition.base
        origins = self.edition.page_by_name[page.name].origins
        starts = [0, *itertools.accumulate(run.count for run in origins)]

        def found(line: int) -> tuple[Place, bool]:
            number = bisect.bisect(starts, line, hi=len(origins)) - 1
            run = origins[number]
            local = run.source == overlay.id
            within = min(line - starts[number], run.count - 1)
            return Place.within(overlay.root if local else base.root, run.path, run.line + within), local

        return found
