"""HTML in local words: none may reach the national words around it.

An element that is opened must be closed there, or it takes in what stands below; and a script or style sheet
says something of the whole page.

Browsers close what is left open at the end of the element around it (HTML Living Standard, 13.2.6.4.7), so a
``<details>`` left open in an adaptation would hide every later part of the national item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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

#: Elements that say something of the whole page, and those that show words of others.
_REACHING = frozenset(("script", "style", "link", "base", "meta"))
_FRAMES = frozenset(("iframe", "object", "embed"))


def html_faults(text: str, at: Place) -> Iterator[Problem]:
    """Give a problem if HTML in a local text is not closed in it, reaches out of it, or frames others."""
    if "<" not in text:
        return
    seen = _Seen(text)
    if seen.reaching:
        words = f"HTML in this text could hide or change national words: {_listed(seen.reaching)}"
        hint = "Take it out: local words say something and do nothing to what stands around them."
        yield Problem("fixed-wording", words, hint, at)
    if seen.framed:
        words = f"HTML in this text shows what others write, and nobody here looks at: {_listed(seen.framed)}"
        yield Problem("untidy-text", words, "Link to it, so that readers see whose words it is.", at)
    yield from _left_open(seen.unbalanced, at)


def _listed(tags: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(tags))


def _left_open(tags: tuple[str, ...], at: Place) -> Iterator[Problem]:
    if tags:
        words = f"HTML in this text is opened and never closed, or closed and never opened: {_listed(tags)}"
        hint = "It would take in national words that stand below. Close each element, or leave the HTML out."
        yield Problem("unterminated-block", words, hint, at)


def unbalanced(text: str) -> tuple[str, ...]:
    """Return the tags in a Markdown text that are opened and not closed, or closed and not opened."""
    return _Seen(text).unbalanced if "<" in text else ()


class _Seen:
    """What stands in the HTML of a Markdown text: tags that are not balanced, that reach out, that frame."""

    def __init__(self, text: str) -> None:
        balance = _Balance()
        self.unbalanced = _unbalanced(text, balance)
        self.reaching, self.framed = tuple(balance.reaching), tuple(balance.framed)


def _unbalanced(text: str, balance: _Balance) -> tuple[str, ...]:
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
    """Counts what is open; ``stray`` are the end tags of what was not, the rest as in :class:`_Seen`."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.stray: list[str] = []
        self.reaching: list[str] = []
        self.framed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _REACHING:
            self.reaching.append(f"<{tag}>")
        self.reaching += [f"<{tag} {name}=...>" for name, _ in attrs if name.startswith("on")]
        if tag in _FRAMES:
            self.framed.append(f"<{tag}>")
        if tag not in _VOID | _OPTIONAL:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _FOREIGN.isdisjoint(self.open):  # elsewhere browsers do not see the stroke
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            last = len(self.open) - 1 - self.open[::-1].index(tag)
            del self.open[last]
        elif tag not in _VOID | _OPTIONAL:
            self.stray.append(f"</{tag}>")
