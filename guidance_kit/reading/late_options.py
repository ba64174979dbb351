"""A line that means to be an option of a block and is read as its text: told, as nobody heeds it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

import attrs

from guidance_kit.model.fields import options_of
from guidance_kit.model.item import Item
from guidance_kit.problems import Problem
from guidance_kit.reading.blocks import Block
from guidance_kit.reading.operations import AdaptOptions, NoteOptions
from guidance_kit.reading.pages import ReadPage, kind_name
from guidance_kit.reading.strays import NOTE, SURE

_OPERATIONS: Mapping[str, type[attrs.AttrsInstance]] = {"adapt": AdaptOptions, NOTE: NoteOptions}
_COLON = ":\uff1a"  # the second is as wide as a sign of Chinese; what it looks like beside others is the same
#: Two colons around a name, one of them missing, or with spaces where there are none in an option. What has a
#: backtick after it is a role of reStructuredText.
_BOTH = re.compile(rf"[{_COLON}]\s*(?P<key>[^{_COLON}\s][^{_COLON}]*?)\s*[{_COLON}](?P<value>(?!`).*)")
_FIRST = re.compile(rf"[{_COLON}]\s*(?P<key>[^{_COLON}\s]+)\s+(?P<value>.*)")
_SECOND = re.compile(rf"(?P<key>[^{_COLON}\s]+(?: [^{_COLON}\s]+)?)\s*[{_COLON}](?P<value>.*)")
_LIKE = 0.5  # with both colons as near as for an unknown field that has a name to suggest
#: What stands between the words of a name: hyphens of any length too.
_JOINTS = re.compile(r"[\s_\u2010-\u2015]+")


def late_options(read: Iterable[ReadPage], kinds: Mapping[str, type[Item]]) -> Iterator[Problem]:
    """Give a problem for each block of ours whose text begins with what looks like one of its options."""
    classes = {**kinds, **_OPERATIONS}
    for page in read:
        for block in page.blocks:
            name = kind_name(block.name)
            if name in classes:
                # of an item a name with a capital may be what its text is about: "Place: ..."
                words = () if name in _OPERATIONS else block.raw
                yield from _late(block, [spec.key for spec in options_of(classes[name])], words, page)


def _late(block: Block, names: Collection[str], words: Collection[str], page: ReadPage) -> Iterator[Problem]:
    lines = block.body.split("\n")
    # a rule is what MyST has around options of another shape
    first = next((at for at, line in enumerate(lines) if line.strip().strip("-")), None)
    found = _meant(lines[first].strip(), names, words) if first is not None else None
    if first is not None and found is not None:
        name, value = found
        told = f'This line looks like the option "{name}", but is read as text for readers.'
        option = f":{name}: {value}".rstrip()
        hint = f'Write "{option}" directly below the opening line of the block, with both colons. '
        hint += "If it is meant for readers, let the text begin with other words."
        yield Problem("unknown-field", told, hint, page.file.at(block.body_start + first + 1))


def _meant(line: str, names: Collection[str], words: Collection[str]) -> tuple[str, str] | None:
    """Return the option that a line means, and its value; None if it is text."""
    for form in (_BOTH, _FIRST, _SECOND):
        match = form.fullmatch(line)
        if match:
            key = _JOINTS.sub("-", match["key"].casefold())
            name = key if key in names and not (form is _SECOND and key in words) else ""
            if form is _BOTH:
                name = name or _near(key, names, _LIKE)
            elif form is _SECOND and match["key"][0].islower():
                name = name or _near(key, names, SURE)
            return (name, match["value"].strip()) if name else None
    return None


def _near(key: str, names: Collection[str], cutoff: float) -> str:
    return next(iter(difflib.get_close_matches(key, names, 1, cutoff)), "")
