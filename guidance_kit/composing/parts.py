"""Adaptations and notes as edits of the pages on which the national items stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import attrs

from guidance_kit.composing.fences import fence_around, longest, mark_of, prefix_of
from guidance_kit.composing.fixed import stands_by_fixed
from guidance_kit.composing.lines import Edit, Line, ending_of, text_of
from guidance_kit.composing.words import inside
from guidance_kit.model.fields import parts_of
from guidance_kit.model.item import Item, Span
from guidance_kit.model.overlay import Adapt, Note, Overlay
from guidance_kit.problems import Place

_TITLE = re.compile(r"(?P<open>.*?[:`~]{3,}\s*\{[\w:.-]+\}[ \t]*)(?P<title>.*?)(?P<end>\s*)", re.DOTALL)
_HEADING, _BEFORE, _TEXT, _AFTER = range(4)  # the order of what is put in at one place


@attrs.frozen
class Said:
    """What an edition says about one national item: adaptations by part, and notes."""

    adaptations: Mapping[str, Adapt]
    notes: Sequence[Note]


def titled(lines: Sequence[Line], item: Item, adapt: Adapt, overlay: Overlay) -> Iterator[tuple[int, Line]]:
    """Give the lines that change where an item gets a local title: its first, and its last if need be."""
    start, end = item.lines.block.start, item.lines.block.end - 1
    words = adapt.text.strip()
    text, last = lines[start].text, lines[end].text
    match = _TITLE.fullmatch(text)
    text = f"{match['open']}{words}{match['end']}" if match else text
    mark = mark_of(text)
    if mark[:1] == "`" and "`" in words:  # a line that opens with backticks may hold no other
        other = "~" * max(3, longest(text_of(lines[start:end]), "~") + 1)
        text, last = text.replace(mark, other, 1), last.replace(mark, other, 1)
    path = inside(overlay, adapt.origin.path)
    yield start, attrs.evolve(lines[start], text=text, source=overlay.id, path=path, number=adapt.first_line)
    yield end, attrs.evolve(lines[end], text=last)


class Writer:
    """Writes an overlay's words into one page; every line knows the local file it came from."""

    def __init__(self, overlay: Overlay, lines: Sequence[Line]) -> None:
        """Hold the page as it is."""
        self.overlay, self.lines = overlay, lines
        self.end = ending_of(lines)

    def edits(self, item: Item, said: Said) -> Iterator[Edit]:
        """Give the edits for one item."""
        keys = [spec.key for spec in parts_of(type(item))]
        for key, adapt in said.adaptations.items():
            if key in item.lines.parts:
                span = item.lines.parts[key]
                yield self._spaced(span, self._text(adapt, item), (keys.index(key), _TEXT, ""), item)
            elif key != "title":
                yield from self._new_part(item, adapt, keys.index(key))
        for note in said.notes:
            yield self._note(item, note, keys)

    def _new_part(self, item: Item, adapt: Adapt, place: int) -> Iterator[Edit]:
        at = _end_before(item, adapt.part)
        if place:
            label = next(spec.label for spec in parts_of(type(item)) if spec.key == adapt.part)
            marks = "#" * (level_of(item, self.lines) or 2)
            heading = self._made([f"{marks} {label}"], adapt.origin, item)
            yield self._spaced(Span(at, at), heading, (place, _HEADING, ""), item)
        yield self._spaced(Span(at, at), self._text(adapt, item), (place, _TEXT, ""), item)

    def _note(self, item: Item, note: Note, keys: Sequence[str]) -> Edit:
        part = note.part if note.part != "title" else ""
        name = self._in_layers(note, nearest_first=bool(part) != note.before)
        rank = (keys.index(part) if part else -1, _BEFORE if note.before else _AFTER, name)
        span = item.lines.parts.get(part)
        if span:
            at = span.start if note.before else span.end
        elif part:
            at = _end_before(item, part)
        elif note.before:
            at = _end_of_options(item)
        else:
            at, rank = item.lines.block.end - 1, (len(keys), _AFTER, name)
        return self._spaced(Span(at, at), self._aside(item, note), rank, item)

    def _in_layers(self, note: Note, *, nearest_first: bool) -> str:
        """Return what orders notes at one place: by layer, as if each edition had put its own in turn."""
        carries, space = self.overlay.carries, note.id.partition(":")[0]
        layer = carries.index(space) if space in carries else len(carries)
        return f"{len(carries) - layer if nearest_first else layer:03} {note.id}"

    def _aside(self, item: Item, note: Note) -> list[Line]:
        outer = mark_of(self.lines[item.lines.block.start].text)
        fence = fence_around(note.text, outer, note.title)
        head = [f"{fence}{{local-note}} {note.title}".rstrip(), f":id: {note.id}"]
        by = note.by or self.overlay.publisher
        if by:
            head.append(f":by: {' '.join(by.split())}")
        if stands_by_fixed(item, note):
            head.append(":beside: fixed")
        return [
            *self._made([*head, ""], note.origin, item),
            *self._text(note, item),
            *self._made([fence], note.origin, item),
        ]

    def _text(self, said: Adapt | Note, item: Item) -> list[Line]:
        path = inside(self.overlay, said.origin.path)
        return [
            Line(self._put(line, item), self.overlay.id, path, said.first_line + at, item.id)
            for at, line in enumerate(said.text.split("\n"))
        ]

    def _made(self, texts: Sequence[str], place: Place, item: Item) -> list[Line]:
        """Return lines that the tool writes in answer to what stands at a place."""
        path = inside(self.overlay, place.path)
        return [Line(self._put(text, item), self.overlay.id, path, place.line, item.id) for text in texts]

    def _put(self, text: str, item: Item) -> str:
        """Return a text as a line in an item's block, which may stand in a list or quote."""
        prefix = prefix_of(self.lines[item.lines.block.end - 1].text)
        return (f"{prefix}{text}" if text else prefix.rstrip()) + self.end

    def _spaced(self, at: Span, text: Sequence[Line], rank: tuple[int, int, str], item: Item) -> Edit:
        """Return an edit with a blank line on each side where the words around it need one."""
        gap = (attrs.evolve(text[0], text=self._put("", item)),)
        before = () if self._loose(at.start - 1) else gap
        after = () if self._loose(at.end) else gap
        return Edit(at.start, at.end, (*before, *text, *after), rank)

    def _loose(self, at: int) -> bool:
        """Return whether a line can stand beside any other: blank, a heading, or a closing fence."""
        line = self.lines[at]
        words = line.text.strip(" \t\r\n>")
        return words.startswith("#") or not words.strip(mark_of(words)[:1] or "#")


def level_of(item: Item, lines: Sequence[Line]) -> int:
    """Return the level of the headings that name an item's parts; 0 if it has none."""
    keys = [spec.key for spec in parts_of(type(item))]
    span = next((item.lines.parts[key] for key in keys[1:] if key in item.lines.parts), None)
    if span is None:
        return 0
    at = next(at for at in range(span.start - 1, 0, -1) if not lines[at].blank)
    words = lines[at].text.strip(" \t\r\n>")
    if words.startswith("#"):
        return len(words) - len(words.lstrip("#"))
    return 1 if words.startswith("=") else 2


def _end_before(item: Item, part: str) -> int:
    """Return the line after which a part that the item lacks would stand."""
    keys = [spec.key for spec in parts_of(type(item))]
    before = [item.lines.parts[key].end for key in keys[: keys.index(part)] if key in item.lines.parts]
    return max(before, default=_end_of_options(item))


def _end_of_options(item: Item) -> int:
    return max([*item.lines.options.values(), item.lines.title]) + 1
