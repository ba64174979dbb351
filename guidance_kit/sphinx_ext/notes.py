"""A local note beside national text."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from guidance_kit.sphinx_ext import words
from guidance_kit.sphinx_ext.anchors import anchor_of, claim
from guidance_kit.sphinx_ext.nodes import guidance_note
from guidance_kit.sphinx_ext.positions import written


class NoteDirective(SphinxDirective):
    """A note of an edition's own, marked as local in words; ``id`` and ``by`` (its publisher) are options.

    With ``beside`` (``fixed``) it says that it is no part of the national wording, which is fixed there.
    """

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the note."""
        mine = written(self)
        by = mine.raw.get("by", "")
        note = guidance_note(classes=["guidance-note"])
        note.source, note.line = self.get_source_info()
        if "id" in mine.raw:
            claim(self.state.document, note, anchor_of(mine.raw["id"], self.config.guidance_space))
        note += self._title(mine.title, by)
        if mine.raw.get("beside") == "fixed":
            said = words.say(words.NOT_NATIONAL)
            note += nodes.paragraph(said, said, classes=["guidance-note-apart"])
        note["label"] = note[0].astext()
        self.state.nested_parse(self.content[mine.first :], self.content_offset + mine.first, note)
        return [note]

    def _title(self, title: str, by: str) -> nodes.title:
        if not title:
            said = words.say(words.NOTE_PLAIN_BY, by=by) if by else words.say(words.NOTE_PLAIN)
            return nodes.title("", said)
        said = words.say(words.NOTE_BY, by=by, title="\0") if by else words.say(words.NOTE, title="\0")
        before, after = said.split("\0")
        children, messages = self.state.inline_text(title, self.lineno)
        return nodes.title("", "", nodes.Text(before), *children, nodes.Text(after), *messages)
