"""The annotation of a field says how its text is read.

Shared by reading without Sphinx and by the Sphinx directives, so that both say the same of the same mistake.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from guidance_kit.model.fields import Described, FieldSpec, PartialDate, options_of, parts_of
from guidance_kit.model.item import SLUG, SLUG_RULE, Item, Rating
from guidance_kit.model.vocabulary import Word
from guidance_kit.problems import allowed, nearest, with_article

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_FULL_ID = re.compile(rf"(?:({SLUG.pattern}):)?({SLUG.pattern})")
#: A bullet of an assessment, with its role as Markdown or as reStructuredText writes it.
_BULLET = re.compile(r"[-*+]\s+[{:](?P<role>[\w:-]+?)[}:]`(?P<id>[^`]+)`:\s*(?P<rest>.*)", re.DOTALL)


@attrs.frozen
class Fault:
    """Something wrong with one field, before anybody knows where it stands.

    ``key`` is the option or part, ``line`` the line within the part's text, counted from 0.
    """

    key: str
    code: str
    message: str
    hint: str = ""
    line: int = 0


class _BadTextError(ValueError):
    """A text that its field cannot read; ``args`` are code, message and hint."""


def read_fields(
    kind: type[Described], raw: Mapping[str, str], space: str = ""
) -> tuple[dict[str, Any], list[Fault]]:
    """Return the typed values of a block's options by attribute name, and every fault found.

    ``raw`` maps option names, as written, to their text. Ids in link fields are made full with ``space``.
    """
    specs = {spec.key: spec for spec in options_of(kind)}
    values: dict[str, Any] = {}
    faults = [_unknown(kind, key, specs) for key in raw if key not in specs]
    for key, spec in specs.items():
        text = raw.get(key, "").strip()
        if not text:
            if spec.required:
                faults.append(_missing(kind, spec, given=key in raw))
            continue
        try:
            values[spec.name] = _read(spec, text, space)
        except _BadTextError as bad:
            faults.append(Fault(key, *bad.args))
    return values, faults


def read_ratings(
    kind: type[Item], texts: Mapping[str, str], space: str = ""
) -> tuple[tuple[Rating, ...], list[Fault]]:
    """Return the judgements written in a block's part of bullets, and every fault found.

    A bullet reads ``- {criterion}`benefit`: shown. The reason.`` with a verdict of the part's vocabulary.
    """
    ratings: list[Rating] = []
    faults: list[Fault] = []
    for spec in parts_of(kind):
        if spec.about.rates and spec.key in texts:
            for line, bullet in _bullets(texts[spec.key]):
                try:
                    ratings.append(_rating(spec, bullet, space))
                except _BadTextError as bad:
                    code, message, hint = bad.args
                    faults.append(Fault(spec.key, code, message, hint, line))
    return tuple(ratings), faults


def full_id(name: str, space: str) -> str:
    """Return an id with its space: the one it names, or else ``space`` (which may be empty)."""
    return name if ":" in name or not space else f"{space}:{name}"


def is_slug(name: str) -> bool:
    """Return whether a name has the shape of an id."""
    return SLUG.fullmatch(name) is not None


def _unknown(kind: type[Described], key: str, known: Iterable[str]) -> Fault:
    message = f'{with_article(kind.label.lower())} has no field "{key}".'
    return Fault(key, "unknown-field", message, nearest(key, known))


def _missing(kind: type[Described], spec: FieldSpec, *, given: bool) -> Fault:
    verb = "is empty" if given else "is missing"
    hint = f"Add a line such as :{spec.key}: ... below the title. {spec.about.help}"
    if spec.words:
        hint += f" One of: {', '.join(spec.words)}."
    return Fault(
        spec.key,
        "missing-field",
        f'The field "{spec.key}" of this {kind.label.lower()} {verb}.',
        hint,
    )


def _read(spec: FieldSpec, text: str, space: str) -> Any:  # noqa: ANN401 - the type is the spec's
    if not spec.many:
        return _read_one(spec, text, space)
    pieces = [piece.strip() for piece in text.split(spec.about.separator)]
    return tuple(dict.fromkeys(_read_one(spec, piece, space) for piece in pieces if piece))


def _read_one(spec: FieldSpec, text: str, space: str) -> Any:  # noqa: ANN401 - the type is the spec's
    if spec.about.links_to:
        return _read_id(spec, text, space)
    if spec.name in ("id", "instead_of"):
        return _read_id(spec, text, space)
    reader = next((read for cls, read in _READERS if issubclass(spec.type, cls)), _read_text)
    return reader(spec, text)


def _read_id(spec: FieldSpec, text: str, space: str) -> str:
    if not _FULL_ID.fullmatch(text):
        message = f'"{text}" is not an id, in the field "{spec.key}".'
        hint = f"{SLUG_RULE}, such as two-homes."
        raise _BadTextError("bad-id", message, hint)
    return full_id(text, space)


def _read_word(spec: FieldSpec, text: str) -> Word:
    try:
        return spec.type(text)  # type: ignore[no-any-return] # a Word by the table below
    except ValueError:
        message = f'"{text}" is not a word that the field "{spec.key}" allows.'
        hint = allowed(text, (word.value for word in spec.words))
        raise _BadTextError("bad-word", message, hint) from None


def _read_date(spec: FieldSpec, text: str) -> PartialDate:
    if not _DATE.fullmatch(text) or not _exists(text):
        message = f'"{text}" is not a date, in the field "{spec.key}".'
        raise _BadTextError("bad-value", message, "Write 2019, 2019-02 or 2019-02-18.")
    return PartialDate(text)


def _exists(date: str) -> bool:
    """Return whether there is a day of that date, where it names one."""
    if date.count("-") < 2:  # noqa: PLR2004 - a year, or a month of one
        return True
    try:
        dt.date.fromisoformat(date)
    except ValueError:
        return False
    return True


def _read_text(spec: FieldSpec, text: str) -> str:
    return spec.type(" ".join(text.split())) if spec.type is not str else " ".join(text.split())


_READERS: tuple[tuple[type, Callable[[FieldSpec, str], Any]], ...] = (
    (Word, _read_word),
    (PartialDate, _read_date),
)


def _bullets(text: str) -> list[tuple[int, str]]:
    """Return each top-level bullet of a part with the line it starts on; other text is prose."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n")):
        if re.match(r"[-*+]\s", line):
            found.append((number, line))
        elif found and line.strip() and line[0] in " \t":
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
    return found


def _rating(spec: FieldSpec, bullet: str, space: str) -> Rating:
    if spec.about.rates is None:  # pragma: no cover - the caller has looked
        raise _BadTextError("bad-assessment", "This part holds no assessment.", "")
    kind, words = spec.about.rates
    match = _BULLET.fullmatch(bullet.strip())
    if not match or match["role"].rpartition(":")[2] != kind:
        message = f'This line of "{spec.label}" cannot be read.'
        raise _BadTextError(
            "bad-assessment",
            message,
            f"Write: - {{{kind}}}`id`: {next(iter(words)).label.lower()}. The reason.",
        )
    word = next((w for w in words if _starts(match["rest"], w.label)), None)
    if word is None:
        message = f'The verdict on "{match["id"]}" is none that is allowed.'
        raise _BadTextError(
            "bad-assessment", message, "Allowed: " + ", ".join(w.label.lower() for w in words) + "."
        )
    reason = match["rest"][len(word.label) :].lstrip(" .:;,")
    name = match["id"].strip()
    if not _FULL_ID.fullmatch(name):
        raise _BadTextError("bad-id", f'"{name}" is not an id.', "Give the id alone, with no title.")
    return Rating(full_id(name, space), word, reason)


def _starts(text: str, words: str) -> bool:
    return re.match(rf"{re.escape(words)}\b", text.strip(), re.IGNORECASE) is not None


_OPTION = re.compile(r"\s*:(?P<key>[^:\s][^:]*):(?:\s+(?P<value>.*))?$")


def split_options(lines: list[str]) -> tuple[list[tuple[str, str]], int]:
    """Return the ``:key: value`` pairs that open a block's body, and how many lines they take.

    Every value is the text as written, with no quotes, comments or types read into it
    (``01612345670`` stays a telephone number).
    """
    pairs: list[tuple[str, str]] = []
    for line in lines:
        match = _OPTION.match(line.rstrip("\r\n"))
        if not match:
            break
        pairs.append((match["key"].strip(), (match["value"] or "").strip()))
    return pairs, len(pairs)
