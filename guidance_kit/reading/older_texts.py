"""The older national texts in ``.guidance/reviewed``: each is named, and proved, by its fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from guidance_kit.model.fingerprint import OPTIONS, part_fingerprint
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.decisions import REVIEWED, text_path
from guidance_kit.reading.files import read_text
from guidance_kit.reading.seals import edited
from guidance_kit.reading.walking import is_passed_over

#: What to do without a copy of an older text.
_WITHOUT = "Without a copy delete it: then nobody is shown what the national text was before."


def spoilt_texts(root: Path, about: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Give a problem for each older text in an edition's folder that is not what it was.

    ``about`` are targets with the fingerprints that they had. The text of a part proves itself; others are
    known to be spoilt where nothing is left of them.
    """
    parts: dict[Path, set[tuple[str, str]]] = {}
    for target, print_ in about:
        part = target.partition("#")[2]
        if print_ and part not in ("", OPTIONS):
            parts.setdefault(root / text_path(print_), set()).add((part, print_))
    for path in sorted((root / REVIEWED).glob("*.md")):
        if is_passed_over(path.name):
            continue
        text, faults = read_text(path)
        known = parts.get(path, ())
        good = not known or any(part_fingerprint(part, text) == print_ for part, print_ in known)
        if faults or not text.strip() or not good:
            yield edited(Place(str(path)), _WITHOUT)
