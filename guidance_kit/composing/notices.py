"""What stands at the top of a local page whose national page changed since somebody last looked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guidance_kit.composing.lines import Edit, Line, ending_of, lines_of_page
from guidance_kit.model.inline import prose_of, without_comments
from guidance_kit.model.markdown import parser
from guidance_kit.model.page import Page, front_matter
from guidance_kit.model.review import Stale

_HEADING = re.compile(r"^#+[ \t]+(?P<words>.+?)[ \t#]*$", re.MULTILINE)
_BLOCK = re.compile(r"\{(?P<name>[\w:.-]+)\}[ \t]*(?P<title>.*)")
_OPTIONS = re.compile(r"\n(?:[ \t>]*:[\w-]+:[^\n]*\n)+")
_NAME = re.compile(r"^\([\w-]+\)=$", re.MULTILINE)
_UNTITLED = ("figure", "grid", "image", "include")  # what stands beside their name is no title


def notice(lines: Sequence[Line], stale: Stale, national: Page, source: str) -> Edit:
    """Return the edit that puts a notice below the title of a local page; ``source`` is who wrote that page.

    Of a change that is about safety readers get the national words first.
    """
    start = front_matter([line.text for line in lines])
    at = _below_title(lines, start)
    said = [stale.why or "This page has not been looked at since."]  # without words it would be no block
    if stale.safety:
        said += ["**National wording now**", *_paragraphs(national)]
    body = [line for one in said for line in ("", *one.split("\n"))]
    written = ["", f"```{{admonition}} Under review: {stale.said}.", ":class: guidance-review", *body, "```"]
    written += [""] if at < len(lines) and not lines[at].blank else []
    path, end = lines[0].path if lines else national.path, ending_of(lines)
    return Edit(at, at, tuple(Line(f"{text}{end}", source, path, 0) for text in written))


def _below_title(lines: Sequence[Line], start: int) -> int:
    """Return the number of the line after the title of a page, or where its text starts if it has none."""
    tokens = parser().parse("".join(line.text for line in lines[start:]))
    titles = (token.map for token in tokens if token.tag == "h1" and token.level == 0)
    return start + next((span[1] for span in titles if span), 0)


def _paragraphs(page: Page) -> list[str]:
    """Return the running text of a page, a paragraph each, its headings and titles as words in bold."""
    lines = [line.text.replace("\r\n", "\n") for line in lines_of_page(page, "")]
    text = without_comments("".join(lines[front_matter(lines) :]))
    prose = "\n\n".join(_spoken(text, *span) for span in prose_of(text))
    titled = _HEADING.sub(lambda match: f"\n**{match['words']}**\n", _NAME.sub("", prose))
    return [one.strip("\n") for one in re.split(r"\n[ \t]*\n", titled) if one.strip()]


def _spoken(text: str, start: int, end: int) -> str:
    """Return what readers get of a slice of prose: the title of a block, or a text without its options."""
    block = _BLOCK.fullmatch(text[start:end].strip()) if text[start - 1 : start] in (*"`~:",) else None
    if block:
        title = "" if block["name"] in _UNTITLED else block["title"]
        return f"**{title}**" if title else ""
    options = _OPTIONS.match(text, start, end)
    return text[options.end() if options else start : end]
