"""Three-way merge by whole blocks: what a new national text and a local one both changed, put together.

Rules of composing, sections 1 and 8. The smallest unit is a block of Markdown that stands at the top level: a
paragraph, list, table, fence, quote, heading or definition. Words inside a block are never mixed, so no offer
holds a sentence that nobody wrote. A merge is an offer and no more; where there is doubt there is none.

Two blocks are the same if their fingerprints are, read with the definitions of the text they stand in: a
paragraph whose link leads elsewhere has changed, even if the address stands in another line.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import attrs
from markdown_it.token import Token
from markdown_it.utils import EnvType

from guidance_kit.model.fingerprint import block_fingerprint, fingerprint
from guidance_kit.model.markdown import parser
from guidance_kit.model.text import plain

_BETWEEN = "\n\n"


class Outcome(StrEnum):
    """What becomes of a stretch of blocks: nobody, one side or both alike changed it; or a conflict."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    CONFLICT = "conflict"


@attrs.frozen
class Piece:
    """A stretch of the three texts that belongs together, as blocks, and what becomes of it."""

    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    outcome: Outcome


@attrs.frozen
class Merge:
    """An offer: both changes in one text; or a conflict, and then no text at all.

    ``pieces`` show in order how it came about. There may be a conflict though no piece is one: where blocks
    that each fit their own text would say something else side by side.
    """

    text: str
    conflict: bool
    pieces: tuple[Piece, ...] = ()


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Return the merge of two changed texts (rules of composing, section 8, "Three-way merge").

    It is diff3 over blocks; a stretch that both changed is tried position by position if it has as many
    blocks on all three sides. Blocks that both sides hold are given in the layout of ``mine``.
    """
    old, ours, new = _read(base), _read(mine), _read(theirs)
    stretches = tuple(_stretches(old, ours, new))
    pieces = tuple(stretch.piece for stretch in stretches)
    if mine == base:
        return Merge(theirs, conflict=False, pieces=pieces)
    if new in (old, ours):
        return Merge(mine, conflict=False, pieces=pieces)
    if any(stretch.outcome is Outcome.CONFLICT for stretch in stretches):
        return Merge("", conflict=True, pieces=pieces)
    # Two lists in a row may be one or two by their bullets: if my layout does not hold, theirs may.
    offers = ([b for one in stretches for b in one.chosen(first)] for first in (Outcome.MINE, Outcome.THEIRS))
    text = next((_joined(offer) for offer in offers if _holds(offer, old, ours, new)), None)
    return Merge(text or "", conflict=text is None, pieces=pieces)


def blocks_of(text: str) -> tuple[str, ...]:
    """Return the source of each block at the top level of a text, in order (rules of composing, section 8).

    Each is whole lines as they stand, with line feeds between them. A blank line between the blocks gives a
    text with the fingerprint of this one. A text that cannot be taken apart so, such as one with a fence that
    is never closed or a definition inside a list, is one block.
    """
    return tuple(block.text for block in _read(text))


# --- reading: a text as blocks that can be compared ---------------------------------------------------------


@attrs.frozen
class _Block:
    """The source of a block; the same as another if what it says is, whatever its layout."""

    text: str = attrs.field(eq=False)
    says: str


@attrs.frozen
class _Cut:
    """The source of a block, and whether it defines what other blocks refer to."""

    text: str
    defines: bool


def _read(text: str) -> tuple[_Block, ...]:
    """Return the blocks of a text, which is a single one if its blocks do not stand alone."""
    cuts = _cuts(text)
    joined = _BETWEEN.join(cut.text for cut in cuts or ())
    if cuts is None or _cuts(joined) != cuts or fingerprint(joined) != fingerprint(text):
        return (_Block(text, _literal(plain(text))),)
    definitions = [cut.text for cut in cuts if cut.defines]
    return tuple(
        _Block(
            cut.text,
            _literal(cut.text) if cut.defines else block_fingerprint(_BETWEEN.join([cut.text, *definitions])),
        )
        for cut in cuts
    )


def _literal(text: str) -> str:
    """Return what stands for a text that is compared by its characters, since a parser gives no tokens."""
    return f"characters:{text}"


def _cuts(text: str) -> tuple[_Cut, ...] | None:
    """Return the blocks of a text as they are cut out of it; None if something is left or cut twice."""
    source = plain(text)
    lines = source.split("\n")
    cuts: list[_Cut] = []
    done = 0
    for start, end, defines in sorted(_spans(source)):
        if start < done or _without_blank(lines[done:start]):
            return None
        cuts.append(_Cut("\n".join(_without_blank(lines[start:end])), defines))
        done = end
    return None if _without_blank(lines[done:]) else tuple(cuts)


def _without_blank(lines: Sequence[str]) -> Sequence[str]:
    """Return lines up to the last one that is not blank."""
    end = len(lines)
    while end and not lines[end - 1].strip(" \t"):
        end -= 1
    return lines[:end]


def _spans(source: str) -> Iterator[tuple[int, int, bool]]:
    """Give the first line of each block, the one after it, and whether it is a definition.

    A definition of a link has no token. One inside another block is given too, so that it is seen to lie
    across it: what it defines reaches beyond that block.
    """
    tokens: list[Token] = []
    env: EnvType = {}
    # The parser of blocks alone: afterwards footnotes are moved, and those without a reference dropped.
    parser().block.parse(unicodedata.normalize("NFC", source), parser(), env, tokens)
    for token in tokens:
        footnote = token.type == "footnote_reference_open"
        if token.map and token.nesting >= 0 and (footnote or token.level == 0):
            yield token.map[0], token.map[1], footnote
    for definition in (*env.get("references", {}).values(), *env.get("duplicate_refs", ())):
        yield definition["map"][0], definition["map"][1], True


# --- diff3: which blocks belong together, and who changed them ----------------------------------------------


@attrs.frozen
class _Stretch:
    """Blocks of the three texts that stand at one place."""

    base: tuple[_Block, ...]
    mine: tuple[_Block, ...]
    theirs: tuple[_Block, ...]

    @property
    def outcome(self) -> Outcome:
        """Return who changed it."""
        if self.mine == self.theirs:
            return Outcome.SAME if self.mine == self.base else Outcome.BOTH
        if self.theirs == self.base:
            return Outcome.MINE
        return Outcome.THEIRS if self.mine == self.base else Outcome.CONFLICT

    @property
    def piece(self) -> Piece:
        """Return it for people to see."""
        base, mine, theirs = (
            tuple(block.text for block in side) for side in (self.base, self.mine, self.theirs)
        )
        return Piece(base, mine, theirs, self.outcome)

    def chosen(self, layout: Outcome) -> tuple[_Block, ...]:
        """Return the blocks that an offer takes, in one side's layout where both say the same."""
        taken = self.outcome if self.outcome in (Outcome.MINE, Outcome.THEIRS) else layout
        return self.mine if taken is Outcome.MINE else self.theirs

    def positions(self) -> Iterator[_Stretch]:
        """Give it position by position if that may solve a conflict, else whole."""
        if self.outcome is Outcome.CONFLICT and len(self.base) == len(self.mine) == len(self.theirs):
            for one, other, third in zip(self.base, self.mine, self.theirs, strict=True):
                yield _Stretch((one,), (other,), (third,))
        else:
            yield self


def _stretches(old: Sequence[_Block], ours: Sequence[_Block], new: Sequence[_Block]) -> Iterator[_Stretch]:
    """Give the stretches of three texts: each block that all hold, and what stands between two of them."""
    mine, theirs = _matches(old, ours), _matches(old, new)
    common = [(at, mine[at], theirs[at]) for at in range(len(old)) if at in mine and at in theirs]
    a = b = c = 0
    for i, j, k in (*common, (len(old), len(ours), len(new))):
        if i > a or j > b or k > c:
            yield from _Stretch(tuple(old[a:i]), tuple(ours[b:j]), tuple(new[c:k])).positions()
        a, b, c = i + 1, j + 1, k + 1
        if i < len(old):
            yield _Stretch(tuple(old[i:a]), tuple(ours[j:b]), tuple(new[k:c]))


def _matches(one: Sequence[_Block], other: Sequence[_Block]) -> dict[int, int]:
    """Return which block of a text is which of another: a longest common subsequence, always the same."""
    shorter = min(len(one), len(other))
    head = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    tail = next((at for at in range(shorter - head) if one[-1 - at] != other[-1 - at]), shorter - head)
    found = {at: at for at in range(head)}
    found |= {len(one) - at: len(other) - at for at in range(1, tail + 1)}
    left, right = one[head : len(one) - tail], other[head : len(other) - tail]
    longest = _lengths(left, right)
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] == right[j]:
            found[head + i] = head + j
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _lengths(one: Sequence[_Block], other: Sequence[_Block]) -> list[list[int]]:
    """Return how many blocks can be matched at most from each pair of places on."""
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in reversed(range(len(one))):
        for j in reversed(range(len(other))):
            same = one[i] == other[j]
            table[i][j] = table[i + 1][j + 1] + 1 if same else max(table[i + 1][j], table[i][j + 1])
    return table


# --- offering: only what can be answered for ----------------------------------------------------------------


def _joined(blocks: Iterable[_Block]) -> str:
    return _BETWEEN.join(block.text for block in blocks)


def _holds(
    offer: Sequence[_Block], old: Sequence[_Block], ours: Sequence[_Block], new: Sequence[_Block]
) -> bool:
    """Return whether an offer says what its blocks said in their own texts, and nothing twice or again.

    Diff3 sees places, not moves: a block moved here and taken out there would come back, one added here and
    there at two places would stand twice.
    """
    read = _read(_joined(offer))
    if [(one.text, one.says) for one in read] != [(one.text, one.says) for one in offer]:
        return False
    base, mine, theirs = set(old), set(ours), set(new)
    counts, most = Counter(offer), Counter(ours) | Counter(new)
    return set(offer) == (base & mine & theirs) | ((mine | theirs) - base) and counts <= most
