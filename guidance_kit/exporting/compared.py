"""An edition beside the national text, as lines for a terminal: what each part lost and gained.

``[-words-]`` went and ``{+words+}`` came, so that it reads without colour.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from guidance_kit.exporting.changes import DELETED, SAME, Change, changes
from guidance_kit.exporting.readable import readable
from guidance_kit.exporting.told import part_title
from guidance_kit.exporting.words import item_label, part_label, replaced_title
from guidance_kit.model.edition import ComposedItem, Edition, Label, PartState


@attrs.frozen(kw_only=True)
class Difference:
    """A part of an edition whose words are not the national ones; ``national`` is empty for a local item."""

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
    """Return every difference in the order of the edition; with ``item``, those of that item alone."""
    states = (state for state in edition.composed if item in ("", state.item.id))
    return tuple(one for state in states for one in _of(edition, state))


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
            if not (part.held and note.text == part.held.text):
                yield _note(edition, state, note.id, note.text, part_label(edition, part))
    for note in state.notes:
        yield _note(edition, state, note.id, note.text, item_label(edition, state))


def _part(edition: Edition, state: ComposedItem, part: PartState, ours: str) -> Difference:
    waits = "; the local wording waits until somebody has looked" if part.held else ""
    return Difference(
        target=f"{state.item.id}#{part.key}",
        title=f"{_title(edition, state)}: {part_title(state.item, part.key).lower()}",
        label=part_label(edition, part) + waits,
        national=readable(part.national, edition, state.item.id),
        ours=readable(ours, edition, state.item.id),
    )


def _note(edition: Edition, state: ComposedItem, name: str, text: str, label: str) -> Difference:
    return Difference(
        target=name,
        title=f"{_title(edition, state)}: local note",
        label=label,
        ours=readable(text, edition, state.item.id),
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
        ours=readable("\n\n".join(texts), edition, state.item.id),
    )


def _title(edition: Edition, state: ComposedItem) -> str:
    return readable(state.item.title, edition, state.item.id)
