"""The blocks that stand in an edition's ``local`` folder, and new ones ready filled for a person to edit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from guidance_kit.editing.subject import Subject
from guidance_kit.problems import Place
from guidance_kit.reading.fields import full_id
from guidance_kit.reading.folders import read_pages
from guidance_kit.reading.pages import kind_name

_FENCES = {mark: re.compile(rf"^[ \t>]*({mark}{{3,}})", re.MULTILINE) for mark in "`:"}
_LONGEST_ID = 63


@attrs.frozen
class Standing:
    """An ``{adapt}`` or ``{local-note}`` block that stands in ``local``, sound or not."""

    name: str
    item: str
    part: str
    id: str
    place: Place


def standing(subject: Subject) -> Iterator[Standing]:
    """Give every such block of an edition, those that are still empty too."""
    space = subject.overlay.id
    read, _ = read_pages(subject.local, space)
    for page in read:
        for block in page.operations:
            target = block.argument.split(maxsplit=1)[0] if block.argument else ""
            item, _, part = target.partition("#")
            place = page.file.at(block.span.start + 1)
            name = full_id(block.raw.get("id", ""), space)
            yield Standing(kind_name(block.name), subject.means(item), part, name, place)


def block(name: str, argument: str, options: Sequence[tuple[str, str]], body: str) -> str:
    """Return a block as text; its fence is longer than any in its body.

    It is of colons where backticks stand in what comes after its name: there no fence of backticks begins.
    """
    mark = ":" if "`" in argument else "`"
    longest = max((len(run) for run in _FENCES[mark].findall(body)), default=2)
    fence = mark * max(3, longest + 1)
    head = [
        f"{fence}{{{name}}} {argument}",
        *(f":{key}: {one_line(value)}".rstrip() for key, value in options),
    ]
    return "\n".join([*head, "", *([body] if body else []), fence]) + "\n"


def one_line(words: str) -> str:
    """Return words without line breaks."""
    return " ".join(words.split())


def slug(*words: str) -> str:
    """Return a name made of words, no longer than an id may be."""
    return "-".join(word for word in words if word)[:_LONGEST_ID].rstrip("-")


def free_name(subject: Subject, folder: str, name: str) -> str:
    """Return the path, from the edition's folder, of a Markdown file that is not there yet."""
    path, number = f"local/{folder}/{name}.md", 1
    while (subject.root / path).exists():
        number += 1
        path = f"local/{folder}/{name}-{number}.md"
    return path
