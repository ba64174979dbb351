"""The words of a Markdown text as a reader meets them: sentence by sentence, with lines and measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from guidance_kit.model.inline import Role, prose_of, replace_roles

#: Stand around the keys of a citation, and before the value of a local fact, while sentences are found.
_CITED, _FACT = "\ue000", "\ue001"  # of private use: nobody writes them
_LABEL = re.compile(r"\s*\*\*[^*]+\*\*\s*")
_MARKER = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
_SKIPPED = re.compile(r"(?:#+\s|:[\w-]+:(?:\s|$)|%|`{3,}|~{3,}|:{3,}|\{[\w:.-]+\}|<!--|(?:\|\s*)?:?-{3,})")
# Bounded, so that a page of brackets is read in no more time than any other.
_LINK = re.compile(
    r"(?<!!)\[([^\[\]]{0,500})\](?:\([^()\s]{0,2000}(?:\s+\"[^\"]{0,500}\")?\)|\[[^\[\]]{0,500}\])"
)
_PICTURE = re.compile(r"!\[[^\[\]]{0,2000}\]\([^()]{0,2000}\)")
_END = re.compile(
    r"(?<=[.?!])[*_\"\N{RIGHT DOUBLE QUOTATION MARK})]*\s+(?=[A-Z\d*_\"\N{LEFT DOUBLE QUOTATION MARK}([])"
)
_NOT_OURS = {ord(_CITED): " ", ord(_FACT): " "}
_KEYS = re.compile(f"{_CITED}([^{_CITED}]*){_CITED}")
_MARKS = re.compile(rf"\s*{_CITED}[^{_CITED}]*{_CITED}|{_FACT}|[*`]|(?<!\w)_|_(?!\w)")
_VOWELS = re.compile(r"[aeiouy]+")


@attrs.frozen
class Sentence:
    """A sentence as a reader meets it, and the line it begins on, counted from 0.

    ``sources`` are the keys of the sources it cites, ``local`` says whether a local fact stands in it,
    ``clauses`` are what stands between its semicolons. A label in bold (``**Activity.**``) belongs to the
    sentence after it.
    """

    text: str
    line: int
    sources: tuple[str, ...] = ()
    local: bool = False
    clauses: tuple[Sentence, ...] = ()

    @property
    def cited(self) -> bool:
        """Whether it cites a source."""
        return bool(self.sources)

    @property
    def words(self) -> tuple[str, ...]:
        """The words a reader counts: whatever holds a letter or a digit."""
        return words_in(self.text)


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text that is plain already."""
    return tuple(word for word in text.split() if any(letter.isalnum() for letter in word))


def plain(text: str) -> str:
    """Return a Markdown text as words only: no citations, links as their words, a slot as its name."""
    return " ".join(sentence.text for sentence in sentences(text))


def sentences(text: str) -> Iterator[Sentence]:
    """Give each sentence of a Markdown text; headings, options, fences and comments are no sentences."""
    plainly = text.translate(_NOT_OURS) if _CITED in text or _FACT in text else text
    shown = _PICTURE.sub("", _LINK.sub(r"\1", replace_roles(_without_code(plainly), _shown)))
    for line, pieces in _blocks(shown.split("\n")):
        yield from _split(line, pieces)


def _without_code(text: str) -> str:
    """Return a text with its fenced code blanked out; lines keep their numbers."""
    at, pieces = 0, list[str]()
    for first, last in (*prose_of(text), (len(text), len(text))):
        pieces += ["\n" * text.count("\n", at, first), text[first:last]]
        at = max(at, last)
    return "".join(pieces)


def _shown(role: Role) -> str:
    """Return what stands for a role; it keeps its line breaks, so that lines are still counted right."""
    if role.name == "cite":
        return f"{_CITED}{role.content}{_CITED}"
    mark = _FACT if role.name.endswith("fact") else ""
    return mark + (role.words or role.content)


def _blocks(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Give each paragraph, list item and row of a table, with the line it begins on."""
    start, pieces = 0, list[str]()
    for number, line in enumerate(lines):
        marker = _MARKER.match(line)
        ends = not line.strip() or _SKIPPED.match(line.lstrip()) is not None
        if pieces and (ends or marker or line.lstrip().startswith("|")):
            yield start, pieces
            pieces = []
        if not ends:
            start = start if pieces else number
            pieces.append(line[marker.end() :] if marker else line.strip().strip("|").strip())
    if pieces:
        yield start, pieces


def _split(line: int, pieces: list[str]) -> Iterator[Sentence]:
    """Give the sentences of a block of lines."""
    starts, text = list[int](), ""
    for piece in pieces:
        text += " " if text else ""
        starts.append(len(text))
        text += piece
    at = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        said = text[at:end]
        if _LABEL.fullmatch(said) and end < len(text):
            continue
        if _MARKS.sub("", said).strip():
            at_line = line + sum(start <= at for start in starts) - 1
            clauses = tuple(_sentence(clause, at_line) for clause in said.split(";") if clause.strip())
            yield attrs.evolve(_sentence(said, at_line), clauses=clauses)
        at = end


def _sentence(said: str, line: int) -> Sentence:
    keys = (key.strip() for cite in _KEYS.findall(said) for key in cite.split(","))
    return Sentence(" ".join(_MARKS.sub("", said).split()), line, tuple(keys), _FACT in said)


def grade(found: Iterable[Sentence]) -> float:
    """Return the Flesch-Kincaid grade: years of schooling that a reader needs; 0 for no words.

    Kincaid and others (1975), Research Branch Report 8-75: 0.39 times the words a sentence, plus 11.8 times
    the syllables a word, less 15.59. Syllables are counted as groups of vowels: right for most English.
    """
    counted = [sentence.words for sentence in found if sentence.words]
    words = [word for each in counted for word in each]
    if not words:
        return 0.0
    syllables = sum(map(syllables_of, words))
    return 0.39 * len(words) / len(counted) + 11.8 * syllables / len(words) - 15.59


def syllables_of(word: str) -> int:
    """Return how many syllables a word has, at least one; a number counts as one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    groups = len(_VOWELS.findall(letters))
    silent = letters.endswith("e") and not letters.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)
