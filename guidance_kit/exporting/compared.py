"""An edition beside the national text, as lines for a terminal: what each part lost and gained.

``[-words-]`` went and ``{+words+}`` came, so that it reads without colour. Local facts stand as the slots
that the national text leaves for them: a value changes none of its words.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from guidance_kit.exporting.changes import DELETED, SAME, Change, changes
from guidance_kit.exporting.local_pages import in_place_of, own_pages
from guidance_kit.exporting.readable import Slots, readable, side_by_side
from guidance_kit.exporting.told import part_title
from guidance_kit.exporting.words import item_label, owner, part_label, replaced_title, with_review
from guidance_kit.model.changes import PAGE
from guidance_kit.model.edition import ComposedItem, Edition, Label, PartState
from guidance_kit.model.overlay import PAGES


@attrs.frozen(kw_only=True)
class Difference:
    """A part or page of an edition whose words are not the national ones.

    ``national`` is empty for a local item, and for a local page that stands in place of none.
    """

    target: str
    title: str
    label: str
    national: str = ""
    ours: str = ""

    @property
    def changes(self) -> list[Change]:
        """What leads from the national words to ours, piece by piece."""
        return changes(self.national, self.ours)

    def lines(self) -> Iterator[str]:
        """Give it for a terminal."""
        yield f"{self.title} ({self.target})"
        yield f"  {self.label}"
        yield ""
        yield from (f"    {line}".rstrip() for line in marked(self.changes).split("\n"))

    def row(self) -> dict[str, object]:
        """Return it as a value of JSON."""
        return {**attrs.asdict(self), "changes": [list(change) for change in self.changes]}


def differences_of(edition: Edition, item: str = "") -> tuple[Difference, ...]:
    """Return every difference in the order of the edition, then of pages; with ``item``, its own alone."""
    states = (state for state in edition.composed if item in ("", state.item.id))
    pages = () if item else _pages(edition)
    return (*(one for state in states for one in _of(edition, state)), *pages)


def marked(pieces: list[Change]) -> str:
    """Return pieces with marks around the words that went and came; no mark runs over a line's end."""
    return "".join(_marked(kind, words) for kind, words in pieces)


def _marked(kind: str, words: str) -> str:
    if kind == SAME:
        return words
    start, end = ("[-", "-]") if kind == DELETED else ("{+", "+}")
    return "\n".join(f"{start}{line}{end}" if line.strip() else line for line in words.split("\n"))


def _of(edition: Edition, state: ComposedItem) -> Iterator[Difference]:
    if state.label is Label.LOCAL:
        yield _local(edition, state)
        return
    for part in state.parts:
        adapted = part.adapted or part.held
        if adapted:
            yield _part(edition, state, part, adapted.text)
        for note in part.notes:
            if not part.is_held(note):
                yield _note(edition, state, note.id, note.text, part_label(edition, part))
    for note in state.notes:
        yield _note(edition, state, note.id, note.text, item_label(edition, state))


def _part(edition: Edition, state: ComposedItem, part: PartState, ours: str) -> Difference:
    waits = "; the local wording waits until somebody has looked" if part.held else ""
    library = Slots(edition.library)
    national, said = side_by_side((part.national, library), (ours, library), item=state.item.id)
    return Difference(
        target=f"{state.item.id}#{part.key}",
        title=f"{_title(edition, state)}: {part_title(state.item, part.key).lower()}",
        label=part_label(edition, part) + waits,
        national=national,
        ours=said,
    )


def _note(edition: Edition, state: ComposedItem, name: str, text: str, label: str) -> Difference:
    return Difference(
        target=name,
        title=f"{_title(edition, state)}: local note",
        label=label,
        ours=readable(text, Slots(edition.library)),
    )


def _local(edition: Edition, state: ComposedItem) -> Difference:
    """Return a local item; what it replaces is another text, and is not compared word by word."""
    replaced = replaced_title(edition, state)
    title = _title(edition, state)
    texts = [part.unfilled for part in state.parts]
    return Difference(
        target=state.item.id,
        title=f"{title}: in place of {readable(replaced, edition)}" if replaced else title,
        label=item_label(edition, state),
        ours=readable("\n\n".join(texts), Slots(edition.library)),
    )


def _pages(edition: Edition) -> Iterator[Difference]:
    """Give the local pages that readers get, each beside the one in whose place it stands."""
    whose = own_pages(edition)
    instead_of = {page.name: page for page in edition.base.pages}
    for page in edition.overlay.pages:
        name = page.name.removeprefix(PAGES)
        if name not in edition.page_by_name:
            continue
        old = instead_of.get(name)
        texts = [(one.prose, Slots(edition.library)) for one in (old, page) if one]
        *national, ours = side_by_side(*texts)
        label = f"Local page ({owner(edition)})" + in_place_of(whose[name], str)
        yield Difference(
            target=f"{PAGE}{name}",
            title=f'The page "{name}"',
            label=with_review(label, edition.review.pages.get(name)),
            national="".join(national),
            ours=ours,
        )


def _title(edition: Edition, state: ComposedItem) -> str:
    return readable(state.item.title, edition, state.item.id)
