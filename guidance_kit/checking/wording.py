"""What two texts tell a reader differently that no editorial change may touch.

Both are compared as parsed Markdown, kind by kind and in order: wrapping, emphasis and spelling are free, and
"two" for "four" is not.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from guidance_kit.checking.weighty import Mark, marks_in
from guidance_kit.model.fingerprint import canonical
from guidance_kit.model.inline import Role

#: The kinds of things that an editorial change leaves as they are, and what a person is told of each.
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "number": "a number",
        "date": "a date",
        "unit": "a unit",
        "negation": "a negation",
        "modal": "how binding it is",
        "limit": "a limit",
        "link": "a link",
        "phone": "a telephone number",
        "fact": "a local fact",
        "source": "a source",
        "list": "the length of a list",
    }
)
_LISTS = ("bullet_list", "ordered_list", "table")
_ENTRIES = ("list_item_open", "tr_open")

#: Gives the id that an item is called by now, so that a link that follows a move is the same link.
Names = Callable[[str], str]


def differences(old: str, new: str, names: Names = str) -> tuple[str, ...]:
    """Return what differs between two texts, in words, a phrase for each kind of thing."""
    one, other = _by_kind(marks(old, names)), _by_kind(marks(new, names))
    return tuple(
        f"{label} ({', '.join(_told(one.get(kind, []), other.get(kind, [])))})"
        for kind, label in LABELS.items()
        if one.get(kind, []) != other.get(kind, [])
    )


def marks(text: str, names: Names = str) -> Iterator[Mark]:
    """Give everything in a Markdown text that weighs, in order."""
    open_lists: list[int] = []
    for token in canonical(text):
        yield from _marks(token, names, open_lists)


def _marks(token: object, names: Names, open_lists: list[int]) -> Iterator[Mark]:
    if isinstance(token, str):
        yield from marks_in(token)
    if not isinstance(token, list) or not token:
        return
    kind = str(token[0])
    if kind in ("link_open", "image"):
        yield from _of_link(token)
    elif kind == "myst_role":
        yield from _of_role(token, names)
    elif kind == "directive":
        yield from _of_directive(token, names)
    elif kind in ("code", "code_inline", "html", "html_inline"):
        yield from marks_in(" ".join(str(piece) for piece in token[1:]))
    else:
        yield from _of_list(kind, open_lists)


def _of_list(kind: str, open_lists: list[int]) -> Iterator[Mark]:
    """Count the entries of the innermost list; give its length where it ends."""
    name, _, edge = kind.rpartition("_")
    if name in _LISTS and edge == "open":
        open_lists.append(0)
    elif name in _LISTS and open_lists:
        count = open_lists.pop()
        yield Mark("list", str(count), f"{count} item{'s' * (count != 1)}")
    elif kind in _ENTRIES and open_lists:
        open_lists[-1] += 1


def _of_link(token: list[object]) -> Iterator[Mark]:
    for attribute in map(str, token[2:]):
        key, _, target = attribute.partition("=")
        if key in ("href", "src"):
            yield Mark("link", target, target)


def _of_role(token: list[object], names: Names) -> Iterator[Mark]:
    content = str(token[1])
    name = next((str(piece)[5:] for piece in token[2:] if str(piece).startswith("name=")), "")
    role = Role(name.removeprefix("guidance:"), content, 0, 0)
    if role.name == "cite":
        yield from (Mark("source", key.strip(), key.strip()) for key in content.split(","))
    elif role.name == "fact":
        yield Mark("fact", content, content)
    else:
        yield Mark("link", f"{role.name} {names(role.target)}", role.target)
        yield from marks_in(role.words)


def _of_directive(token: list[object], names: Names) -> Iterator[Mark]:
    name, argument, *more = token[1:]
    yield Mark("link", f"directive {name}", f"{{{name}}}")
    yield from marks_in(str(argument))
    *options, body = more
    for key, value in options[0] if options and isinstance(options[0], list) else ():
        yield from marks_in(f"{key} {value}")
    if isinstance(body, str):
        yield from marks_in(body)
        return
    open_lists: list[int] = []
    for inner in body if isinstance(body, list) else ():
        yield from _marks(inner, names, open_lists)


def _by_kind(found: Iterable[Mark]) -> dict[str, list[Mark]]:
    by_kind: dict[str, list[Mark]] = {}
    for mark in found:
        by_kind.setdefault(mark.kind, []).append(mark)
    return by_kind


def _told(old: list[Mark], new: list[Mark]) -> Iterator[str]:
    """Give what became of what, such as ``"four" became "two"``."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        was, now = _quoted(old[a:b]), _quoted(new[c:d])
        if kind == "replace":
            yield f"{was} became {now}"
        elif kind == "delete":
            yield f"{was} is gone"
        elif kind == "insert":
            yield f"{now} is new"


def _quoted(found: Iterable[Mark]) -> str:
    return f'"{" ".join(mark.shown for mark in found)}"'
