"""Directives of the manual: tables made from the package's own declarations, none of them typed by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from guidance_kit import load_library
from guidance_kit.checking.passages import outside_blocks
from guidance_kit.model.fields import FieldSpec, PartialDate, SourceKey, options_of, parts_of
from guidance_kit.model.kinds import KINDS
from guidance_kit.model.prose import grade, sentences
from guidance_kit.model.vocabulary import FactType, FilledBy
from guidance_kit.problems import CODES, Severity

#: Where pages count that hold no items of a section.
_OTHER = "Pages of introduction"
SEVERITIES = {
    Severity.ERROR: "Error",
    Severity.BLOCKER: "Stops a release",
    Severity.WARNING: "Warning",
    Severity.INFO: "For your information",
}


class Generated(SphinxDirective):
    """A directive whose Markdown is made by :meth:`text`."""

    optional_arguments = 1
    final_argument_whitespace: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        """Return the nodes of the Markdown."""
        return self.parse_text_to_nodes("\n".join(self.text()))

    def text(self) -> Iterable[str]:
        """Return the lines of Markdown."""
        raise NotImplementedError


class KindList(Generated):
    """Every kind, with what it is."""

    def text(self) -> Iterator[str]:
        """Return a table of the kinds."""
        yield from _table(
            "The kinds",
            ("Kind", "What it is"),
            ([f"[{kind.label}]({name}.md)", _first_line(kind)] for name, kind in KINDS.items()),
        )


class KindFields(Generated):
    """The options of one kind."""

    def text(self) -> Iterator[str]:
        """Return a table of the options."""
        specs = options_of(KINDS[self.arguments[0]])
        yield from _table(
            f"Fields of a {KINDS[self.arguments[0]].label.lower()}",
            ("Option", "What it says", "Value", "Needed"),
            ([f"`{s.key}`", s.about.help, _value(s), "yes" if s.required else "no"] for s in specs),
        )


class KindParts(Generated):
    """The parts of one kind."""

    def text(self) -> Iterator[str]:
        """Return a table of the parts."""
        specs = parts_of(KINDS[self.arguments[0]])
        yield from _table(
            f"Parts of a {KINDS[self.arguments[0]].label.lower()}",
            ("Heading", "Name", "What to write", "Needed"),
            (
                [
                    s.label if at else f"{s.label} (no heading: the text before the first one)",
                    f"`{s.key}`",
                    s.about.help,
                    "yes" if s.required else "no",
                ]
                for at, s in enumerate(specs)
            ),
        )


class FactTypes(Generated):
    """The types of local facts."""

    def text(self) -> Iterator[str]:
        """Return a table of the types."""
        yield from _table(
            "Types of facts", ("Type", "What its value is"), ([f"`{t}`", t.label] for t in FactType)
        )


class FactFillers(Generated):
    """Who may be expected to fill a fact in."""

    def text(self) -> Iterator[str]:
        """Return a table of the words."""
        yield from _table("Who fills a fact in", ("Word", "Who"), ([f"`{t}`", t.label] for t in FilledBy))


class ProblemSummary(Generated):
    """How grave one problem is, and what it says."""

    def text(self) -> Iterator[str]:
        """Return one line."""
        code = CODES[self.arguments[0]]
        yield f"**{SEVERITIES[code.severity]}.** {code.summary}"


class GuidanceFigures(Generated):
    """How long each section of the national guidance is, and how hard to read."""

    def text(self) -> Iterator[str]:
        """Return a table of the sections, with a line for all of them."""
        core = load_library("core")
        texts: dict[str, list[str]] = {section.title: [] for section in core.sections}
        pages: dict[str, int] = dict.fromkeys(texts, 0)
        kinds = {section.kind: section.title for section in core.sections}
        for page in core.pages:
            title = next((kinds[item.kind] for item in page.items if item.kind in kinds), _OTHER)
            pages[title] = pages.get(title, 0) + 1
            words = [part for item in (*page.items, *page.nested) for part in item.parts.values()]
            texts.setdefault(title, []).extend([*words, outside_blocks(page)])
        rows = [[title, str(pages[title]), *_measures(found)] for title, found in texts.items() if found]
        whole = [text for found in texts.values() for text in found]
        rows.append(["**All**", str(len(core.pages)), *_measures(whole)])
        caption = "The national guidance, section by section"
        yield from _table(caption, ("Section", "Pages", "Words", "Words a sentence", "Reading grade"), rows)


def _measures(texts: Iterable[str]) -> list[str]:
    found = [sentence for text in texts for sentence in sentences(text) if sentence.words]
    words = sum(len(sentence.words) for sentence in found)
    return [f"{words:,}", f"{words / len(found):.1f}", f"{grade(found):.0f}"]


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").split("\n", 1)[0]


def _value(spec: FieldSpec) -> str:
    one = _one(spec)
    if not spec.many:
        return one
    marks = {",": "commas", ";": "semicolons"}
    return f"{one}; several, separated by {marks[spec.about.separator]}"


def _one(spec: FieldSpec) -> str:
    if spec.words:
        return "one of " + ", ".join(f"`{word}` ({word.label})" for word in spec.words)
    if spec.about.links_to:
        return f"the id of a {KINDS[spec.about.links_to].label.lower()}"
    if issubclass(spec.type, PartialDate):
        return "a date: `2019`, `2019-02` or `2019-02-18`"
    if issubclass(spec.type, SourceKey):
        return "the id of a source in `references.json`"
    return "an id" if spec.name in ("id", "instead_of") else "text"


def _table(caption: str, head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"```{{table}} {caption}"
    yield _row(head)
    yield _row("---" for _ in head)
    yield from (_row(row) for row in rows)
    yield "```"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.add_directive("kind-list", KindList)
    app.add_directive("kind-fields", KindFields)
    app.add_directive("kind-parts", KindParts)
    app.add_directive("fact-types", FactTypes)
    app.add_directive("fact-fillers", FactFillers)
    app.add_directive("problem-summary", ProblemSummary)
    app.add_directive("guidance-figures", GuidanceFigures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
