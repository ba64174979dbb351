"""An edition as an ordinary Sphinx source tree: pages, settings, references, and ``edition.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from guidance_kit.exporting import differences, facts_used, left_out, news, record
from guidance_kit.exporting.provenance import provenance
from guidance_kit.exporting.settings import settings
from guidance_kit.model.edition import ComposedPage, Edition, Origin
from guidance_kit.model.fields import SourceKey, options_of
from guidance_kit.model.library import Asset, Library
from guidance_kit.model.page import DIFFERENCES, FACTS_USED, LEFT_OUT, NEWS
from guidance_kit.model.text import lines_of

_CITE = re.compile(r"\{(?:guidance:)?cite\}`+([^`]+)`+")
_TOCTREE = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|:{3,})\{toctree\}.*?^[ \t]*(?P=fence)[ \t]*\r?$", re.MULTILINE | re.DOTALL
)
#: Local files stand in the folder of their page, which is the root of the tree for ``local/pages``.
_PAGES = "pages/"
#: The pages that are made: the name of each, whether it has something to say of an edition, and its text.
_MADE: tuple[tuple[str, Callable[[Edition], bool], Callable[[Edition], str]], ...] = (
    (DIFFERENCES, differences.is_needed, differences.differences),
    (LEFT_OUT, left_out.is_needed, left_out.left_out),
    (FACTS_USED, facts_used.is_needed, facts_used.facts_used),
    (NEWS, news.is_needed, news.whats_changed),
)


@attrs.frozen
class Tree:
    """Files to be written: text by path, and files to be copied by path; all paths relative, with slashes."""

    texts: Mapping[str, str] = attrs.field(repr=False)
    assets: Mapping[str, Path] = attrs.field(factory=dict, repr=False)


def tree(edition: Edition) -> Tree:
    """Return the source tree of an edition. Without local work its pages are those of the base."""
    made = _made(edition)
    pages = [_linked(page, edition, tuple(made)) if page.name == "index" else page for page in edition.pages]
    for name, text in made.items():
        origin = Origin(edition.id, "edition.toml", 0, len(lines_of(text)))
        pages.append(ComposedPage(f"{name}.md", text, (origin,)))
    texts = {page.path: page.text for page in pages}
    texts["conf.py"] = settings(edition)
    texts["edition.json"] = provenance(edition, pages)
    texts[record.NAME] = record.record_text(record.record_of(edition))
    texts["facts.json"] = _json(_facts(edition.library))
    texts["references.json"] = _json(_references(edition.library))
    return Tree(texts, dict(_assets(edition)))


def _made(edition: Edition) -> dict[str, str]:
    """Return the pages that are made for an edition, by name; one that a person wrote stands."""
    return {
        name: text(edition)
        for name, is_needed, text in _MADE
        if is_needed(edition) and name not in edition.page_by_name
    }


def _linked(page: ComposedPage, edition: Edition, names: tuple[str, ...]) -> ComposedPage:
    """Return the first page with the pages that are made at the end of its last contents list."""
    if not names:
        return page
    found = list(_TOCTREE.finditer(page.text))
    lines = lines_of(page.text)
    end = "\r\n" if page.text.partition("\n")[0].endswith("\r") else "\n"
    if found:
        at = page.text.count("\n", 0, found[-1].end())
        new = [name + end for name in names]
    else:
        at = len(lines)
        listed = (f"{name}{end}" for name in names)
        new = [end, f"```{{toctree}}{end}", f":hidden:{end}", end, *listed, f"```{end}"]
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += end
    lines[at:at] = new
    made = Origin(edition.id, "edition.toml", 0, len(new))
    return attrs.evolve(page, text="".join(lines), origins=_with(page.origins, at, made))


def _with(origins: Iterable[Origin], at: int, made: Origin) -> tuple[Origin, ...]:
    """Return the runs of a page's lines with a new run after its first ``at`` lines."""
    result: list[Origin] = []
    first = 0
    placed = False
    for run in origins:
        if not placed and first + run.count >= at:
            head = at - first
            rest = run.line + head if run.line else 0
            pieces = (
                attrs.evolve(run, count=head),
                made,
                attrs.evolve(run, line=rest, count=run.count - head),
            )
            result.extend(piece for piece in pieces if piece.count)
            placed = True
        else:
            result.append(run)
        first += run.count
    return tuple(result if placed else [*result, made])


def _facts(library: Library) -> dict[str, Any]:
    return {
        fact.id: {
            "label": fact.label,
            "type": str(fact.type),
            "required": fact.required,
            **({"default": fact.default} if fact.default else {}),
        }
        for fact in library.facts
    }


def _references(library: Library) -> list[dict[str, Any]]:
    """Return the sources that the pages and items cite: what is left out leaves none behind."""
    cited = {
        key.strip() for page in library.pages for keys in _CITE.findall(page.text) for key in keys.split(",")
    }
    cited.update(_sources(library))
    return [reference.entry for reference in library.references if reference.id in cited]


def _sources(library: Library) -> Iterator[str]:
    for item in library:
        for spec in options_of(type(item)):
            if spec.type is SourceKey:
                value = getattr(item, spec.name)
                yield from value if spec.many else (value,)


def _assets(edition: Edition) -> Iterator[tuple[str, Path]]:
    """Give the files that remaining pages name, and those of the edition's own, which win."""
    text = "\n".join(page.text for page in edition.pages)
    for asset in edition.base.assets:
        if asset.path.rpartition("/")[2] in text:
            yield asset.path, asset.file
    yield from (_placed(asset) for asset in edition.overlay.assets)


def _placed(asset: Asset) -> tuple[str, Path]:
    return asset.path.removeprefix(_PAGES), asset.file


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
