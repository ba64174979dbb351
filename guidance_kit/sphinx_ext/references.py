"""Sources in the Cite Them Right Harvard style: how each is cited, and how it stands in the list.

citeproc-py writes both; it gives no letters to two works of one author and year, so those are added here.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import attrs
from docutils import nodes
from sphinx.util import logging

from guidance_kit.sphinx_ext.edition import read_json
from guidance_kit.version import __version__

_log = logging.getLogger(__name__)

STYLE = "harvard-cite-them-right"
LOCALE = "en-GB"
#: Characters that no source holds, around words in italics and in bold.
_ITALIC, _BOLD, _END = "\ue000", "\ue001", "\ue002"
_MARKS = re.compile(f"([{_ITALIC}{_BOLD}{_END}]|https?://[^\\s{_END}]*[^\\s{_END}.,;)])")
_LAST_YEAR = re.compile(r"(?:\d{4}|no date)(?=\W*$)")
_YEAR_IN_BRACKETS = re.compile(r"(?<=\()(?:\d{4}|no date)(?=\))")
_FAULTS = (TypeError, ValueError, KeyError, AttributeError, LookupError)


@attrs.frozen
class References:
    """The entries of ``references.json`` by key."""

    entries: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)

    def shown(self, keys: Iterable[str], remembered: Path | None = None) -> Mapping[str, Source]:
        """Return the sources that are cited, by key, in the order of the list.

        They are written once and then ``remembered`` in a file, as long as their entries are the same.
        """
        cited = {key: self.entries[key] for key in sorted(set(keys)) if key in self.entries}
        if not cited:
            return {}
        stamp = hashlib.blake2b(json.dumps([__version__, cited]).encode(), digest_size=12).hexdigest()
        known = _recalled(remembered, stamp) if remembered else None
        if known is None:
            known = tuple(_written(list(cited), cited))
            if remembered:
                rows = [attrs.astuple(source) for source in known]
                remembered.write_text(json.dumps({"stamp": stamp, "sources": rows}), "utf-8")
        return {source.key: source for source in known}


@attrs.frozen
class Source:
    """A source as readers meet it: ``Office for Students, 2024`` in text, and its line in the list.

    Both hold marks for italics and bold; :func:`styled` turns them into nodes. ``note`` is plain text: what
    its entry says beside the bibliography, such as how much of it was read.
    """

    key: str
    cited: str
    listed: str
    note: str = ""

    @property
    def anchor(self) -> str:
        """The id of its line in the list."""
        return f"source-{nodes.make_id(self.key) or 'x'}"


def read_references(path: Path) -> References:
    """Return the references in a file of CSL JSON; none, and warnings, where it is not good."""
    found = read_json(path)
    if found is None:
        return References()
    if not isinstance(found, list):
        words = 'The file "%s" is not a list of sources. Export it from Zotero as CSL JSON.'
        _log.warning(words, path.name, location=f"{path}:1", type="guidance", subtype="bad-value")
        return References()
    entries: dict[str, Mapping[str, Any]] = {}
    for at, entry in enumerate(found, start=1):
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            message = f'Source number {at} has no id. Add "id": "..."'
            _log.warning(message, location=f"{path}:1", type="guidance", subtype="missing-key")
        else:
            entries.setdefault(entry["id"], entry)
    return References(entries)


def styled(words: str) -> list[nodes.Node]:
    """Return nodes for words with marks; addresses become links."""
    top = nodes.inline()
    open_nodes: list[nodes.Element] = [top]
    for piece in _MARKS.split(words):
        if piece in (_ITALIC, _BOLD):
            inner = nodes.emphasis() if piece == _ITALIC else nodes.strong()
            open_nodes[-1] += inner
            open_nodes.append(inner)
        elif piece == _END:
            if len(open_nodes) > 1:
                open_nodes.pop()
        elif piece.startswith(("http://", "https://")):
            open_nodes[-1] += nodes.reference("", piece, refuri=piece)
        elif piece:
            open_nodes[-1] += nodes.Text(piece)
    return list(top.children)


def _recalled(remembered: Path, stamp: str) -> tuple[Source, ...] | None:
    """Return the sources as they were written by an earlier build; nothing if anything has changed."""
    try:
        found = json.loads(remembered.read_text("utf-8"))
        return tuple(Source(*row) for row in found["sources"]) if found["stamp"] == stamp else None
    except (OSError, *_FAULTS):
        return None


def _written(keys: list[str], entries: Mapping[str, Mapping[str, Any]]) -> Iterator[Source]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc remarks on every field of CSL it does not use
        numbered = {str(at): {"type": "document", **entries[key]} for at, key in enumerate(keys)}
        good = {number: {**entry, "id": number} for number, entry in numbered.items() if _is_good(entry)}
        cited, listed = _rendered(list(good.values()))
    letters = _letters(cited)
    for number, words in cited.items():
        key, letter = keys[int(number)], letters.get(number, "")
        yield Source(
            key,
            _lettered(words, letter, _LAST_YEAR),
            _lettered(listed[number], letter, _YEAR_IN_BRACKETS),
            _note(entries[key]),
        )
    for number, entry in numbered.items():
        if number not in good:
            title = str(entry.get("title", keys[int(number)]))
            yield Source(keys[int(number)], title, f"{title}.", _note(entry))


def _note(entry: Mapping[str, Any]) -> str:
    return " ".join(str(entry.get("note", "")).split())


def _is_good(entry: Mapping[str, Any]) -> bool:
    """Return whether citeproc can write an entry; a warning if it cannot."""
    from citeproc.source import VariableError  # noqa: PLC0415 - only when something is cited

    try:
        _rendered([{**entry, "id": "0"}])
    except (*_FAULTS, VariableError) as error:
        message = (
            f'The source "{entry.get("id")}" is not good CSL JSON ({error}). Mend it in references.json.'
        )
        _log.warning(message, type="guidance", subtype="bad-value")
        return False
    return True


def _rendered(entries: list[dict[str, Any]]) -> tuple[dict[str, str], dict[str, str]]:
    """Return how each entry is cited and listed, by id, in the order of the list.

    Their ids are numbers, as citeproc changes the case of ids.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography  # noqa: PLC0415 - the same
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415 - the same

    bibliography = CitationStylesBibliography(_style(), CiteProcJSON(entries), _Marked)
    citations = {entry["id"]: Citation([CitationItem(entry["id"])]) for entry in entries}
    for citation in citations.values():
        bibliography.register(citation)
    bibliography.sort()
    order = list(bibliography.keys)
    cited = {number: str(bibliography.cite(citations[number], lambda item: item.key)) for number in order}
    listed = dict(zip(order, map(str, bibliography.bibliography()), strict=True))
    return {number: words.removeprefix("(").removesuffix(")") for number, words in cited.items()}, listed


@functools.cache
def _style() -> Any:  # noqa: ANN401 - citeproc has no types
    from citeproc import CitationStylesStyle  # noqa: PLC0415 - the same

    return CitationStylesStyle(STYLE, validate=False, locale=LOCALE)


def _letters(cited: Mapping[str, str]) -> Mapping[str, str]:
    """Return a letter for each of the works that would be cited in the same words."""
    same: dict[str, list[str]] = defaultdict(list)
    for number, words in cited.items():
        same[words].append(number)
    return {
        number: chr(ord("a") + at % 26)
        for numbers in same.values()
        if len(numbers) > 1
        for at, number in enumerate(numbers)
    }


def _lettered(words: str, letter: str, year: re.Pattern[str]) -> str:
    def add(match: re.Match[str]) -> str:
        return f"{match[0]}{letter}" if match[0][-1].isdigit() else f"{match[0]} {letter}"

    return year.sub(add, words, count=1) if letter else words


class _Wrapped(str):
    """Text inside a pair of marks, as citeproc's formatters make it."""

    __slots__ = ()
    mark = ""

    def __new__(cls, words: str) -> Self:
        return super().__new__(cls, f"{cls.mark}{words}{_END}" if cls.mark else words)


class _Italic(_Wrapped):
    mark = _ITALIC


class _Bold(_Wrapped):
    mark = _BOLD


class _Marked:
    """A formatter for citeproc that marks italics and bold, and nothing else."""

    Italic = Oblique = _Italic
    Bold = _Bold
    Light = Underline = Superscript = Subscript = SmallCaps = _Wrapped

    @staticmethod
    def preformat(words: object) -> str:
        """Return words as they are: they are text, not markup."""
        return str(words)
