"""Local words made ready to stand among national ones: ids in full, and paths from where they now stand."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Self

import attrs

from guidance_kit.composing.names import Names
from guidance_kit.model.fields import options_of
from guidance_kit.model.inline import PATH, PATH_ROLES, Role, prose_of, replace_roles
from guidance_kit.model.item import Item
from guidance_kit.model.kinds import KINDS
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import PAGES, Overlay

_ANCHOR = re.compile(r"(\]\(<?|<)#((?:[a-z][a-z0-9-]*:)?[a-z][a-z0-9-]{1,62})(?=[)> ])")
_OPENING = re.compile(r"^[ \t>]*[`:~]{3,}[ \t]*\{(?:guidance:)?(?P<name>[\w.-]+)\}", re.MULTILINE)
_OPTION = re.compile(r"(?P<head>[ \t>]*:(?P<key>[\w-]+):[ \t]+)(?P<value>.*?)(?P<end>\s*)$")


@attrs.frozen
class Wording:
    """Turns local words into what stands on a page of the edition; lines keep their number.

    ``kinds`` are the kinds of item by the name of their block and of their list; ``files`` maps a file of the
    local folder to where it stands in the edition.
    """

    names: Names
    kinds: Mapping[str, type[Item]]
    files: Mapping[str, str]

    @classmethod
    def of(cls, base: Library, overlay: Overlay, names: Names) -> Self:
        """Return the wording of an overlay on a base."""
        kinds = {**KINDS, **{item.kind: type(item) for item in base}}
        views = {kind.plural.lower().replace(" ", "-"): kind for kind in kinds.values()}
        return cls(names, {**views, **kinds}, dict(_files(overlay)))

    def __call__(self, text: str, source: str, page: str) -> str:
        """Return the words of the local file ``source`` as they stand on ``page``, both paths."""

        def role(use: Role) -> str | None:
            return self._role(use, text, source, page)

        def path(match: re.Match[str]) -> str:
            return match["before"] + self._moved(match["path"], source, page)

        text = replace_roles(text, role)
        text = _in_prose(text, lambda words: _ANCHOR.sub(self._anchor, PATH.sub(path, words)))
        return self._options(text)

    def _role(self, use: Role, text: str, source: str, page: str) -> str | None:
        name, target = use.name.removeprefix("guidance:"), use.target
        if name in PATH_ROLES:
            new = self._moved(target, source, page)
        elif name == "fact":
            new = self.names.fact(target)
        elif name in self.kinds and use.name != "term":  # the short name is that of Sphinx's glossary
            new = self.names.written(target)
        else:
            return None
        whole = text[use.start : use.end]
        head, mark, tail = whole.rpartition(target)
        return f"{head}{new}{tail}" if mark and new != target else None

    def _anchor(self, match: re.Match[str]) -> str:
        full = self.names.resolve(match[2])
        moved = match[2] not in (full, full.rpartition(":")[2])
        return f"{match[1]}#{full}" if full in self.names.own or moved else match[0]

    def _moved(self, path: str, source: str, page: str) -> str:
        if path.startswith(("/", "#")) or "://" in path:
            return path
        full = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if full not in self.files:
            return path
        return posixpath.relpath(self.files[full], posixpath.dirname(page) or ".")

    def _options(self, text: str) -> str:
        """Return a text with the ids in the options of blocks and lists in full."""
        if not _OPENING.search(text):
            return text
        lines = text.split("\n")
        kind: type[Item] | None = None
        for at in sorted(_lines_of_prose(text)):
            line = lines[at]
            opening = _OPENING.match(line)
            option = _OPTION.match(line) if kind and not opening else None
            if option and kind:
                lines[at] = self._option(option, kind)
            else:
                kind = self.kinds.get(opening["name"]) if opening else None
        return "\n".join(lines)

    def _option(self, option: re.Match[str], kind: type[Item]) -> str:
        spec = next((spec for spec in options_of(kind) if spec.key == option["key"]), None)
        if spec is None or not (spec.about.links_to or spec.name in ("id", "instead_of")):
            return option[0]
        ids = [one.strip() for one in option["value"].split(spec.about.separator)]
        value = f"{spec.about.separator} ".join(self.names.written(one) for one in ids if one)
        return f"{option['head']}{value}{option['end']}"


def local_path(overlay: Overlay, path: str) -> str:
    """Return the path of a file of an edition's local folder, within that folder."""
    return inside(overlay, path).removeprefix("local/")


def inside(overlay: Overlay, path: str) -> str:
    """Return the path of a file of an edition within the edition's folder."""
    root = str(overlay.root) if overlay.root else ""
    return path.removeprefix(root).lstrip("/\\").replace("\\", "/")


def _files(overlay: Overlay) -> Iterator[tuple[str, str]]:
    for asset in overlay.assets:
        yield local_path(overlay, str(asset.file)), asset.path
    for page in overlay.pages:
        there = page.path.removeprefix(PAGES)
        yield page.path, there
        yield page.name, there.removesuffix(".md")


def _lines_of_prose(text: str) -> set[int]:
    """Return the numbers (from 0) of the lines of a text that are not fenced code."""
    found: set[int] = set()
    for first, last in prose_of(text):
        start = text.count("\n", 0, first)
        found.update(range(start, start + text.count("\n", first, last) + 1))
    return found


def _in_prose(text: str, change: Callable[[str], str]) -> str:
    """Return a text with everything outside fenced code changed."""
    pieces: list[str] = []
    at = 0
    for first, last in prose_of(text):
        pieces.extend((text[at:first], change(text[first:last])))
        at = last
    return "".join((*pieces, text[at:]))
