"""What the adaptation report tells of each piece of local work."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from guidance_kit.exporting.decided import decision_row, decision_words, decisions_about
from guidance_kit.exporting.readable import readable, unlisted
from guidance_kit.exporting.told import approval, did, ended, noted_by, part_title
from guidance_kit.exporting.words import item_label, part_label, replaced
from guidance_kit.model.ancestry import Layer
from guidance_kit.model.edition import ComposedItem, Edition, Label, PartState
from guidance_kit.model.lock import Reviewed, What
from guidance_kit.model.overlay import Adapt, Note

Decisions = tuple[Reviewed, ...]


@attrs.frozen(kw_only=True)
class Told:
    """A piece of local work: what it is about, its label in words, and everything recorded of it.

    ``needs_reason`` says that where it has no reason, that is told.
    """

    target: str
    title: str
    words: str
    reason: str = ""
    needs_reason: bool = False
    approved: tuple[str, ...] = ()
    decisions: Decisions = ()

    def lines(self) -> Iterator[str]:
        """Give it as an entry of a list in Markdown."""
        yield f"- {plain(self.title)} ({self.target})"
        yield f"  - {plain(ended(self.words))}"
        if self.reason.strip() or self.needs_reason:
            yield f"  - Reason: {plain(ended(self.reason.strip() or 'none is given'))}"
        yield from (f"  - {plain(line)}" for line in self.approved)
        yield from (f"  - Decided: {plain(decision_words(one))}" for one in self.decisions)

    def row(self) -> dict[str, object]:
        """Return it as a value of JSON."""
        return {
            "target": self.target,
            "title": self.title,
            "words": self.words,
            "reason": self.reason,
            "approved": list(self.approved),
            "decisions": [decision_row(one) for one in self.decisions],
        }


#: What would be markup, in plain Markdown or in what most tools add to it; the rest stays easy to read.
_MARKUP = re.compile(r"[\\`*<~$]|(?<![^\W_])_|_(?![^\W_])|\](?=[(\[:{])|&(?=#?\w+;)")


def plain(words: str) -> str:
    """Return words on one line of Markdown that shows exactly them, none taken for markup or HTML."""
    return unlisted(_MARKUP.sub(r"\\\g<0>", " ".join(words.split())))


def adapted(edition: Edition, decisions: Decisions) -> Iterator[Told]:
    """Give every part that this edition adapted, also those that readers do not see for now."""
    for state in edition.composed:
        for part in state.parts:
            change = part.adapted or part.held
            if change:
                yield _adapted(edition, state, part, change, decisions)


def _adapted(
    edition: Edition, state: ComposedItem, part: PartState, change: Adapt, decisions: Decisions
) -> Told:
    target = f"{state.item.id}#{part.key}"
    return Told(
        target=target,
        title=_title(edition, state, part.key),
        words=part_label(edition, part) + _waits(part),
        reason=change.reason,
        needs_reason=True,
        approved=tuple(approval(change)),
        decisions=decisions_about(decisions, What.ADAPT, target),
    )


def _waits(part: PartState) -> str:
    return "; the local wording waits until somebody has looked" if part.held else ""


def noted(edition: Edition, decisions: Decisions) -> Iterator[Told]:
    """Give every local note; an adaptation that stands as one for now is told as what it is."""
    for state in edition.composed:
        for part in state.parts:
            notes = (note for note in part.notes if not part.is_held(note))
            yield from (_note(edition, state, note, part_label(edition, part), decisions) for note in notes)
        yield from (
            _note(edition, state, note, item_label(edition, state), decisions) for note in state.notes
        )


def _note(edition: Edition, state: ComposedItem, note: Note, words: str, decisions: Decisions) -> Told:
    target = f"{state.item.id}#{note.part}".removesuffix("#")
    title = readable(note.title, edition, state.item.id)
    return Told(
        target=target,
        title=_title(edition, state, note.part) + (f": {title}" if title else ""),
        words=words,
        decisions=decisions_about(decisions, What.NOTE, target, note.id),
    )


def added(edition: Edition, decisions: Decisions) -> Iterator[Told]:
    """Give every local item, with what it replaces."""
    for state in edition.composed:
        if state.label is Label.LOCAL:
            op, instead = state.added, replaced(state)
            yield Told(
                target=state.item.id,
                title=_title(edition, state),
                words=item_label(edition, state),
                reason=op.reason if op else "",
                needs_reason=bool(instead),
                decisions=decisions_about(decisions, What.REPLACE, instead, state.item.id) if instead else (),
            )


def inherited(edition: Edition) -> Iterator[Told]:
    """Give every item and part that an earlier edition last changed."""
    for state in edition.composed:
        if state.layer:
            yield _before(edition, state, state.layer)
        for part in state.parts:
            if part.layer and part.layer != state.layer:
                yield _before(edition, state, part.layer, part.key)


def _before(edition: Edition, state: ComposedItem, layer: Layer, key: str = "") -> Told:
    target = f"{state.item.id}#{key}".removesuffix("#")
    said = "; ".join(filter(None, (did(layer), noted_by(edition.base.ancestry, target))))
    return Told(target=target, title=_title(edition, state, key), words=f"{said[:1].upper()}{said[1:]}")


def _title(edition: Edition, state: ComposedItem, key: str = "") -> str:
    title = readable(state.item.title, edition, state.item.id)
    return f"{title}: {part_title(state.item, key).lower()}" if key else title
