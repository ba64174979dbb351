"""Links that are defined by name: in Markdown a name in brackets leads to one place on a whole page.

Of several definitions of a name the first counts, before all those in blocks the ones outside (CommonMark
0.31.2, 4.7; MyST reads what blocks hold after the page around them).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from guidance_kit.model.markdown import held_in, parser

Env = dict[str, Any]


@attrs.frozen
class Named:
    """Where a name leads to; ``line`` is that of its definition in the text, from 0."""

    href: str
    title: str = ""
    line: int = attrs.field(default=0, eq=False)


Names = Mapping[str, Named]


def names_in(text: str) -> dict[str, Named]:
    """Return where each name that a text defines leads to, as its readers get it; names as they compare."""
    found: dict[str, Named] = {}
    if "]:" in text:
        _gather(text, {}, 0, found)
    return found


def links_in(text: str, names: Names) -> tuple[tuple[str, str], ...]:
    """Return the kind and target of each link and picture of a text that stands among the given names."""
    known = {name: {"href": one.href, "title": one.title} for name, one in names.items()}
    return tuple(_links(text, {"references": known}))


def _gather(text: str, env: Env, first: int, found: dict[str, Named]) -> None:
    tokens = parser().parse(text, env)
    for name, one in env.get("references", {}).items():
        if name not in found:
            found[name] = Named(one["href"], one["title"], first + one.get("map", [0])[0])
    for token in tokens:
        inner = held_in(token)
        if "]:" in inner and token.map:
            _gather(inner, env, first + token.map[0] + 1, found)


def _links(text: str, env: Env) -> Iterator[tuple[str, str]]:
    for token in parser().parse(text, env):
        for child in token.children or ():
            if child.type in ("link_open", "image"):
                yield child.type, str(child.attrs.get("href") or child.attrs.get("src"))
        inner = held_in(token)
        if inner:
            yield from _links(inner, env)
