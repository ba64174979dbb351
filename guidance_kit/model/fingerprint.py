"""Fingerprints of Markdown: blind to layout, sensitive to every word.

``fp1:<sha256>`` of the canonical token stream of the parsed text (rules of composing, section 3). Ignored:
wrapping, blank-line count, trailing space, CRLF, byte order mark, Unicode composition, no-break spaces, table
padding, bullet character, heading style, ``*`` or ``_``. Counted: everything a reader could notice.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from markdown_it.token import Token
from markdown_it.utils import EnvType

from guidance_kit.model.fields import options_of
from guidance_kit.model.item import Item
from guidance_kit.model.markdown import COMMENT, parser
from guidance_kit.model.text import LITERAL, plain

PREFIX = "fp1:"
_DIRECTIVE = re.compile(r"\{(?P<name>[\w:.-]+)\}\s*(?P<argument>.*)")
_OPTION = re.compile(r"\s*:(?P<key>[^:\s][^:]*):(?:\s+(?P<value>.*))?$")
_MAX_DEPTH = 20  # nobody nests deeper; what is deeper counts character by character
#: The name under which an item's options are fingerprinted, beside its parts.
OPTIONS = "options"
_UNCOUNTED = ("id", "instead_of", "reason", "allow")
_SPACES = re.compile(r"[ \t\n\u00a0\u202f\u2007]+")


@functools.lru_cache(maxsize=65536)  # the same text is asked for again when editions are compared
def fingerprint(text: str) -> str:
    """Return the fingerprint of a Markdown text, such as a part."""
    return _hash(list(canonical(text)))


@functools.lru_cache(maxsize=65536)
def block_fingerprint(text: str) -> str:
    """Return the fingerprint of a text in which definitions count only where it refers to them itself."""
    return _hash(list(canonical(text, unused=False)))


def title_fingerprint(title: str) -> str:
    """Return the fingerprint of a title, which is inline Markdown."""
    return _hash(["title", *_blocks(parser().parseInline(_normal(title)))])


def part_fingerprint(key: str, text: str) -> str:
    """Return the fingerprint of a part by its key; ``title`` is one."""
    return title_fingerprint(text) if key == "title" else fingerprint(text)


def part_fingerprints(item: Item) -> dict[str, str]:
    """Return the fingerprint of each part of an item by key, its title and its ``options`` among them.

    What only authors see (``allow``) and what an edition says of its own item (``reason``) do not count.
    """
    options = [
        [spec.key, str(value) if not spec.many else [str(one) for one in value]]
        for spec in options_of(type(item))
        if spec.name not in _UNCOUNTED
        and (value := getattr(item, spec.name))
        and not (spec.default and str(value) == spec.default[0])
    ]
    parts = {key: fingerprint(text) for key, text in item.parts.items()}
    return {"title": title_fingerprint(item.title), OPTIONS: _hash(["options", options]), **parts}


def item_fingerprint(item: Item) -> str:
    """Return the fingerprint of an item: of its kind and its ordered parts, its options among them."""
    return joined_fingerprint(item.kind, part_fingerprints(item))


def joined_fingerprint(name: str, prints: Mapping[str, str]) -> str:
    """Return the fingerprint of something made of named things with fingerprints of their own, in order."""
    return _hash([name, [[key, value] for key, value in prints.items()]])


def canonical(text: str, depth: int = 0, *, unused: bool = True) -> Iterator[object]:
    """Give the canonical tokens of a Markdown text in ``depth`` blocks: strings and lists of them.

    With ``unused``, those too of definitions of links and notes to which nothing in the text refers: what
    stands around it may.
    """
    env: EnvType = {}
    normal = _normal(text)
    tokens = parser().parse(normal, env)
    yield from _blocks(tokens, depth)
    if env and unused:
        yield from _links_elsewhere(tokens, env)
        yield from _notes_elsewhere(normal, env)


def _normal(text: str) -> str:
    lines = unicodedata.normalize("NFC", plain(text)).split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines)


def _hash(stream: object) -> str:
    words = json.dumps(stream, ensure_ascii=True, separators=(",", ":"))
    return PREFIX + hashlib.sha256(words.encode("ascii")).hexdigest()


def _blocks(tokens: Iterable[Token], depth: int = 0) -> Iterator[object]:
    for token in tokens:
        if token.type == "inline":
            yield from _inline(token.children or [])
        elif token.type in ("fence", "colon_fence"):
            yield _fence(token, depth)
        elif token.type == "code_block":
            yield ["code", token.content.rstrip("\n")]
        elif token.type == "html_block":
            yield ["html", _squeezed(token.content)]
        elif token.type == COMMENT:
            continue
        else:
            yield _structure(token)


def _links_elsewhere(tokens: list[Token], env: EnvType) -> Iterator[object]:
    """Give the definitions of links that no link in this text carries: one in another part may."""
    some = (one.attrs for one in _every(tokens))
    here = {(one.get("href", one.get("src")), one.get("title", "")) for one in some}
    for label, found in sorted(env.get("references", {}).items()):
        if (found["href"], found["title"]) not in here:
            yield ["definition", label, found["href"], found["title"]]


def _every(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _every(token.children or ())


def _notes_elsewhere(text: str, env: EnvType) -> Iterator[object]:
    """Give the footnotes to which nothing in this text refers: the parser drops them, another part may."""
    refs = env.get("footnotes", {}).get("refs", {})
    unused = {label[1:] for label, number in refs.items() if number < 0}
    if not unused:
        return
    tokens: list[Token] = []
    parser().block.parse(text, parser(), {}, tokens)
    label = ""
    for token in tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
        if label in unused:
            inline = token.type == "inline"
            yield from _blocks(parser().parseInline(token.content) if inline else [token])
        if token.type == "footnote_reference_close":
            label = ""


def _structure(token: Token) -> object:
    attributes = {key: value for key, value in token.attrs.items() if key in ("start", "style")}
    level = token.tag if token.type.startswith("heading") else ""
    label = str(token.meta.get("label", "")) if token.type.startswith("footnote") else ""
    delimiter = token.markup if token.type.startswith("ordered_list") else ""
    return [
        token.type,
        level,
        label,
        delimiter,
        *(f"{k}={v}" for k, v in sorted(attributes.items())),
    ]


def _fence(token: Token, depth: int) -> object:
    match = _DIRECTIVE.match(token.info.strip())
    if not match:
        return ["code", token.info.strip(), token.content]
    if match["name"] in LITERAL or depth > _MAX_DEPTH:
        return ["directive", match["name"], match["argument"].strip(), token.content]
    lines = token.content.split("\n")
    options = []
    for line in lines:
        option = _OPTION.match(line)
        if not option:
            break
        options.append([option["key"].strip(), _squeezed(option["value"] or "")])
    body = list(canonical("\n".join(lines[len(options) :]), depth + 1))
    return ["directive", match["name"], _squeezed(match["argument"]), options, body]


def _inline(tokens: Iterable[Token]) -> Iterator[object]:
    """Give inline tokens with adjoining text joined and white space squeezed."""
    text = ""
    for token in tokens:
        if token.type in ("text", "text_special", "softbreak"):
            text += " " if token.type == "softbreak" else token.content
            continue
        yield from _words(text)
        text = ""
        yield _span(token)
        yield from _inline(token.children or [])
    yield from _words(text)


def _span(token: Token) -> object:
    attributes = [f"{key}={value}" for key, value in sorted(token.attrs.items())]
    meta = [f"{key}={value}" for key, value in sorted(token.meta.items())]
    content = _squeezed(token.content) if token.type != "code_inline" else token.content
    return [token.type, content, *attributes, *meta]


def _words(text: str) -> Iterator[object]:
    squeezed = _SPACES.sub(" ", text)
    if squeezed:
        yield squeezed


def _squeezed(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
