"""One directive, worn by every kind: a block of guidance as a section, or as a group where none can stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import attrs
from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from guidance_kit.model.fields import FieldSpec, PartialDate, SourceKey, options_of, parts_of
from guidance_kit.model.item import Item, Rating
from guidance_kit.model.vocabulary import Word
from guidance_kit.reading import shape
from guidance_kit.reading.fields import Fault, read_fields, read_ratings
from guidance_kit.sphinx_ext import words
from guidance_kit.sphinx_ext.anchors import anchor_of, claim
from guidance_kit.sphinx_ext.entries import Link
from guidance_kit.sphinx_ext.nodes import guidance_about, guidance_group, guidance_heading, guidance_part
from guidance_kit.sphinx_ext.pieces import Piece, headings_of, pieces_of, sections_of
from guidance_kit.sphinx_ext.positions import Written, body_line, container_of, written

_log = logging.getLogger(__name__)
#: Fields that say where an item came from or what it is called; they are not shown among the others.
UNSEEN = ("id", "instead_of", "reason", "allow", "protection", "protected_parts")


@attrs.frozen
class Read:
    """A block as it was read: what was written, its typed values, its parts with their keys, its ratings."""

    written: Written
    values: dict[str, Any]
    parts: tuple[tuple[str, Piece], ...]
    ratings: tuple[Rating, ...]
    rating_lines: dict[str, int]

    @property
    def id(self) -> str:
        """The full id; empty if it has none that is good."""
        return str(self.values.get("id", ""))


class ItemDirective(SphinxDirective):
    """A block of one kind. It warns of what is amiss, and shows whatever can be shown."""

    kind: ClassVar[type[Item]] = Item
    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    # No option_spec: see guidance_kit.sphinx_ext.positions.

    def run(self) -> list[nodes.Node]:
        """Return the section or group."""
        read = self._read()
        if isinstance(container_of(self), (nodes.document, nodes.section)):
            return [self._section(read)]
        return [self._group(read)]

    # reading

    def _read(self) -> Read:
        mine = written(self)
        if not mine.title:
            self._warn(shape.missing_title(self.kind), self.lineno)
        self._warn_of_twice(mine)
        values, faults = read_fields(self.kind, mine.raw, self.config.guidance_space)
        for fault in faults:
            self._warn(fault, mine.line_of(fault.key, self.lineno))
        parts = tuple(self._parts(mine))
        ratings, lines = self._ratings(parts)
        return Read(mine, values, parts, ratings, lines)

    def _warn_of_twice(self, mine: Written) -> None:
        seen: set[str] = set()
        for option in mine.options:
            if option.key in seen:
                self._warn(shape.field_twice(option.key), option.line)
            seen.add(option.key)

    def _parts(self, mine: Written) -> Iterator[tuple[str, Piece]]:
        given: set[str] = set()
        for piece in pieces_of(self, mine.first):
            key = shape.part_key(self.kind, piece.heading)
            if key is None:
                self._warn(shape.unknown_part(self.kind, piece.heading or ""), piece.line)
            elif key in given:
                self._warn(shape.part_twice(key), piece.line)
            if not piece.children:
                continue
            if key:
                given.add(key)
            yield key or "", piece
        for fault in shape.missing_parts(self.kind, given):
            self._warn(fault, self.lineno)

    def _ratings(self, parts: Iterable[tuple[str, Piece]]) -> tuple[tuple[Rating, ...], dict[str, int]]:
        rated = next((spec.key for spec in parts_of(self.kind) if spec.about.rates), None)
        piece = next((piece for key, piece in parts if key == rated), None)
        if rated is None or piece is None:
            return (), {}
        ratings, faults = read_ratings(self.kind, {rated: piece.text}, self.config.guidance_space)
        for fault in faults:
            self._warn(fault, body_line(self, piece.first + fault.line))
        line = body_line(self, piece.first)
        return ratings, {rating.target: line for rating in ratings}

    def _warn(self, fault: Fault, line: int) -> None:
        source, _ = self.get_source_info()
        words_of_fault = f"{fault.message} {fault.hint}".strip()
        _log.warning(words_of_fault, location=f"{source}:{line}", type="guidance", subtype=fault.code)

    # showing

    def _section(self, read: Read) -> nodes.section:
        """Return the block as a section.

        Where it is a page by itself, so are its parts, and they stand in the page's contents. Further down
        they are headings of the right level that the contents leave out, which keeps both short.
        """
        section = nodes.section(classes=["guidance", f"guidance-{self.kind.kind}"])
        anchor = self._claim(section, read)
        section += self._title(nodes.title, read)
        section += self._lead(read)
        show = self._as_section if isinstance(container_of(self), nodes.document) else self._as_heading
        for key, piece in self._later(read):
            part = show(key, piece)
            part["classes"], part["part"] = ["guidance-part"], key
            claim(self.state.document, part, f"{anchor}--{key}" if key else "")
            part["ids"] += piece.ids
            section += part
        return section

    def _as_section(self, key: str, piece: Piece) -> nodes.Element:
        inner = sections_of(self.state.document, piece.children)
        return nodes.section("", self._label(nodes.title, key, piece), *inner)

    def _as_heading(self, key: str, piece: Piece) -> nodes.Element:
        return guidance_part("", self._label(guidance_heading, key, piece), *headings_of(piece.children))

    def _group(self, read: Read) -> nodes.container:
        group = guidance_group(classes=["guidance", f"guidance-{self.kind.kind}"])
        anchor = self._claim(group, read)
        title = self._title(nodes.paragraph, read)
        title["classes"] = ["guidance-name"]
        title[:] = [nodes.strong("", "", *title.children)]
        claim(self.state.document, title, f"{anchor}--name")
        group["name_id"] = title["ids"][0]
        group += title
        group += self._lead(read)
        for key, piece in self._later(read):
            inner = guidance_part(classes=["guidance-part"], part=key)
            claim(self.state.document, inner, f"{anchor}--{key}" if key else "")
            name = self._label(nodes.paragraph, key, piece)
            name["classes"] = ["guidance-part-name"]
            name[:] = [nodes.strong("", "", *name.children)]
            inner += name
            inner += piece.children
            group += inner
        return group

    def _claim(self, node: nodes.Element, read: Read) -> str:
        node.source, node.line = self.get_source_info()
        claim(self.state.document, node, anchor_of(read.id, self.config.guidance_space))
        return str(node["ids"][0])

    def _title(self, node_class: type[nodes.TextElement], read: Read) -> nodes.TextElement:
        title = read.written.title or words.say(self.kind.label)
        children, messages = self.state.inline_text(title, self.lineno)
        node = node_class(title, "", *children, *messages)
        node.source, node.line = self.get_source_info()
        return node

    def _lead(self, read: Read) -> list[nodes.Node]:
        """Return the part without a heading, and what the item says of itself."""
        first = [child for _, piece in read.parts if piece.heading is None for child in piece.children]
        return [*first, self._about(read)]

    def _later(self, read: Read) -> Iterator[tuple[str, Piece]]:
        return ((key, piece) for key, piece in read.parts if piece.heading is not None)

    def _label(self, node_class: type[nodes.TextElement], key: str, piece: Piece) -> nodes.TextElement:
        """Return the heading of a part: a word of ours, in our catalogue, unless the author made it up."""
        label = next((spec.label for spec in parts_of(self.kind) if spec.key == key), "")
        if label:
            return node_class("", words.say(label), translatable=False)
        heading = node_class(piece.heading or "", piece.heading or "")
        heading.source, heading.line = self.get_source_info()[0], piece.line
        return heading

    def _about(self, read: Read) -> guidance_about:
        specs = [spec for spec in options_of(self.kind) if spec.name in read.values]
        shown = [spec for spec in specs if spec.name not in UNSEEN]
        node = guidance_about(
            item=read.id,
            kind=self.kind.kind,
            docname=self.env.current_document.docname,
            line=self.lineno,
            fields=tuple((spec.key, _plain(read.values[spec.name])) for spec in shown),
            prose=tuple((spec.key, _plain(read.values[spec.name])) for spec in shown if is_prose(spec)),
            links=(*self._links(read, shown), *self._rating_links(read)),
            sources=tuple(
                (key, read.written.line_of(spec.key, self.lineno))
                for spec in shown
                if issubclass(spec.type, SourceKey)
                for key in _plain(read.values[spec.name])
            ),
            parts=tuple((key, _digest(piece.text)) for key, piece in read.parts if key),
        )
        node.source, node.line = self.get_source_info()
        return node

    def _links(self, read: Read, specs: Iterable[FieldSpec]) -> Iterator[Link]:
        for spec in specs:
            if spec.about.links_to:
                line = read.written.line_of(spec.key, self.lineno)
                for target in _plain(read.values[spec.name]):
                    yield Link(spec.key, target, "", line)

    def _rating_links(self, read: Read) -> Iterator[Link]:
        rated = next((spec.key for spec in parts_of(self.kind) if spec.about.rates), "")
        for rating in read.ratings:
            yield Link(rated, rating.target, str(rating.value), read.rating_lines[rating.target])


def is_prose(spec: FieldSpec) -> bool:
    """Return whether an option holds words of the author's own, for people to read."""
    return not (spec.about.links_to or issubclass(spec.type, (Word, PartialDate, SourceKey)))


def _plain(value: object) -> tuple[str, ...]:
    """Return a typed value as plain strings, which any process can read."""
    values = value if isinstance(value, tuple) else (value,)
    return tuple("".join(one) for one in values)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def directive_for(kind: type[Item]) -> type[ItemDirective]:
    """Return the directive of a kind."""
    return type(f"{kind.__name__}Directive", (ItemDirective,), {"kind": kind, "__doc__": kind.__doc__})
