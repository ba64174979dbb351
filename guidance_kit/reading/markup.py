"""HTML in local words: an element that is opened must be closed there, or it takes in what stands below.

Browsers close what is left open at the end of the element around it (HTML Living Standard, 13.2.6.4.7), so a
``<details>`` left open in an adaptation would hide every later part of the national item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from markdown_it.token import Token

from guidance_kit.model.markdown import held_in, name_of, parser
from guidance_kit.problems import Place, Problem

#: Elements that have no end tag (13.1.2), and those whose end tag may be left out (13.1.2.4).
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
) | {"param", "track"}
_OPTIONAL = frozenset(
    ("body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt")
) | {"tbody", "td", "tfoot", "th", "thead", "tr"}
_COMMENT = "<!--"
#: A tag or declaration that does not come to its end.
_TAG = re.compile(r"<[a-zA-Z/!?][^\s>]*")
_HALF = re.compile(rf"{_TAG.pattern}(?=[^>]*\Z)")
#: Within these an element can close itself: ``<path/>``.
_FOREIGN = frozenset(("svg", "math"))


def left_open(text: str, at: Place) -> Iterator[Problem]:
    """Give a problem if HTML in a local text is not closed in it, or closes what is not opened there."""
    tags = unbalanced(text)
    if tags:
        listed = ", ".join(dict.fromkeys(tags))
        words = f"HTML in this text is opened and never closed, or closed and never opened: {listed}"
        hint = "It would take in national words that stand below. Close each element, or leave the HTML out."
        yield Problem("unterminated-block", words, hint, at)


def unbalanced(text: str) -> tuple[str, ...]:
    """Return the tags in a Markdown text that are opened and not closed, or closed and not opened."""
    if "<" not in text:
        return ()
    balance = _Balance()
    for html in _markup(parser().parse(text)):
        if html.rfind(_COMMENT) > html.rfind("-->"):  # it would take in everything to the end of the page
            return (_COMMENT,)
        half = _HALF.match(html, html.rfind("<"))
        if half:
            return (half[0],)
        balance.feed(f"{html}\n")
    half = _TAG.match(balance.rawdata)  # such as one with a quote that is never closed
    balance.close()
    return (*balance.stray, *(f"<{name}>" for name in balance.open), *((half[0],) if half else ()))


def _markup(tokens: list[Token]) -> Iterator[str]:
    """Give the HTML in a text, that in blocks within it too."""
    for token in tokens:
        if token.type in ("html_block", "html_inline") or name_of(token) == "raw":
            yield token.content
        yield from _markup(parser().parse(held_in(token)))
        yield from _markup(token.children or [])


class _Balance(HTMLParser):
    """Counts what is open; ``stray`` are the end tags of what was not."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.stray: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - named as in the class above
        if tag not in _VOID | _OPTIONAL:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if _FOREIGN.isdisjoint(self.open):  # elsewhere browsers do not see the stroke
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            last = len(self.open) - 1 - self.open[::-1].index(tag)
            del self.open[last]
        elif tag not in _VOID | _OPTIONAL:
            self.stray.append(f"</{tag}>")
