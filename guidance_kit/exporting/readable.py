"""Markdown as a person reads it aloud: emphasis gives way to plain text, a link to words and where it leads.

Where a link or a picture leads to is said, as ``words (https://...)``: it can matter as much as any word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping

import attrs

from guidance_kit.model.edition import Edition
from guidance_kit.model.fingerprint import fingerprint
from guidance_kit.model.inline import Role, replace_roles, without_comments
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library

#: Nothing longer is a link, or emphasis: without a bound, a text of brackets or stars alone takes minutes.
_LINK = re.compile(
    r"!?\[(?P<words>[^\]]{0,2000})\]"
    r"\(\s*(?P<to><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"(?P<title>[^\"]*)\")?\s*\)"
)
_EMPHASIS = re.compile(r"(?<![\w\\])(\*\*|__|\*|_)(?=\S)(?P<words>.{1,2000}?)(?<=\S)\1(?!\w)", re.DOTALL)
_BULLET = re.compile(r"^(?P<indent>\s*)[-*+]\s+")
_STARTS = re.compile(r"^\s*([-*+]\s|\d+[.)]\s|>|#|\||:{3}|`{3}|•)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_KEPT = re.compile("\ue000(\\d+)\ue001")
_START = re.compile(
    r"^(?P<number>\d{1,9})?(?P<mark>(?(number)[.)]|[-+])(?=\s|$)|-(?=-*$)|#(?=#*(?:\s|$))|[>\[])"
)
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&!^@:])")


@attrs.frozen
class Slots:
    """A library whose facts stay slots, shown by their labels: nothing in them is left to do."""

    library: Library


Subject = Library | Slots | Edition


def readable(text: str, subject: Subject, item: str = "") -> str:
    """Return a Markdown text as plain words, a paragraph or list item a line.

    ``item`` is the full id of the item in which the text stands, for facts that have a value there alone.
    """
    values: list[str] = []

    def put_back(words: str) -> str:
        return _KEPT.sub(
            lambda match: values[int(match[1])] if int(match[1]) < len(values) else match[0], words
        )

    def kept(value: str) -> str:
        values.append(put_back(value))
        return f"\ue000{len(values) - 1}\ue001"  # a value is no Markdown: it is put back when that is gone

    words = replace_roles(without_comments(text), _reader(subject, item, kept))
    words = _EMPHASIS.sub(lambda match: match["words"], _LINK.sub(lambda match: _link(match, kept), words))
    return put_back(_ESCAPED.sub(r"\1", _joined(words)))


def side_by_side(*texts: tuple[str, Subject], item: str = "") -> tuple[str, ...]:
    """Return texts that are to be compared as plain words, each read with what is beside it.

    If words alone would show two that differ as the same, they are shown as they are written: whoever
    compares them must never be told that nothing changed.
    """
    found = tuple(readable(text, subject, item) for text, subject in texts)
    prints: dict[str, set[str]] = defaultdict(set)
    for words, (text, subject) in zip(found, texts, strict=True):
        prints[words].add(fingerprint(_linked(text, library_of(subject))))
    alike = any(len(several) > 1 for several in prints.values())
    return tuple(text.strip("\n") for text, _ in texts) if alike else found


def escaped(text: str) -> str:
    """Return plain words as Markdown that shows exactly them, on one line."""
    return unlisted(_MARKUP.sub(r"\\\1", " ".join(text.split())))


def unlisted(words: str) -> str:
    """Return a line of Markdown whose beginning is taken for no list, heading, quote or box to tick."""
    return _START.sub(lambda match: f"{match['number'] or ''}\\{match['mark']}", words)


def library_of(subject: Subject) -> Library:
    """Return the library that a subject is or holds, or that an edition composed."""
    return subject if isinstance(subject, Library) else subject.library


def _reader(subject: Subject, item: str, kept: Callable[[str], str]) -> Callable[[Role], str | None]:
    """Return what gives the words of a role; ``kept`` gives what stands for words that are no Markdown."""
    library = library_of(subject)
    items = library.by_id

    def words(role: Role) -> str | None:
        name = role.name.removeprefix("guidance:")
        if name == "cite":
            return ""
        if name == "local-fact":
            return kept(role.content)
        if name == "fact":
            return kept(_fact(subject, role.content, item))
        target = _called_now(library, role.target)
        title = _title(items, target, role.target)
        return _leading(role.words, title if target in items else kept(title)) if role.words else title

    return words


def _called_now(library: Library, name: str) -> str:
    """Return the full id that a link means: an older text may call an item by a name it had before."""
    full = name if ":" in name else f"{library.space}:{name}"
    return full if full in library.by_id else library.changes.follow(full)


def _linked(text: str, library: Library) -> str:
    """Return a text whose links to items name them alike, whatever they were called when it was written."""

    def linked(role: Role) -> str | None:
        target = _called_now(library, role.target)
        if target not in library.by_id:
            return None
        return f"{{{role.name}}}`{role.words} <{target}>`" if role.words else f"{{{role.name}}}`{target}`"

    return replace_roles(text, linked)


def _link(match: re.Match[str], kept: Callable[[str], str]) -> str:
    to = match["to"].removeprefix("<").removesuffix(">")
    title = f", {match['title']}" if match["title"] else ""
    said = match["words"]
    return _leading(said, kept(f"{to}{title}") if to + title not in (said, f"mailto:{said}") else said)


def _leading(words: str, to: str) -> str:
    """Return the words of a link and where it leads, once if they are the same."""
    return f"{words} ({to})" if words and words != to else to


def _title(items: Mapping[str, Item], target: str, otherwise: str) -> str:
    return items[target].title if target in items else otherwise


def _fact(subject: Subject, name: str, item: str) -> str:
    fact = next((fact for fact in library_of(subject).facts if fact.id == name), None)
    if isinstance(subject, Edition):
        given = {(value.fact, value.item): value.value for value in subject.given}
        value = given.get((name, item)) or subject.values.get(name, "")
        if value:
            return fact.shown(value) if fact else value
    if isinstance(subject, Slots):
        return f"[{fact.label if fact else name}]"
    return fact.placeholder if fact else f"[{name}]"


def _joined(text: str) -> str:
    """Return a text with each paragraph on one line and a blank line between, bullets shown as bullets."""
    lines: list[str] = []
    for line in text.split("\n"):
        bare = _BULLET.sub(lambda match: f"{match['indent']}\u2022 ", line.rstrip())
        before = lines[-1].strip() if lines else ""
        if before and bare.strip() and not _STARTS.match(bare):
            lines[-1] += f" {bare.strip()}"
        elif before or bare.strip():
            lines.append(bare)
    joined = "\n".join(re.sub(r"(?<=\S) +(?=[.,;:)])|(?<=\S) {2,}", _space, line) for line in lines)
    return joined.strip()


def _space(match: re.Match[str]) -> str:
    """Return the white space that a dropped citation leaves: none before a full stop, one elsewhere."""
    after = match.string[match.end() : match.end() + 1]
    return "" if after in ".,;:)" else " "
