"""What each page shows of others, so that exactly those pages are written again whose view has changed.

After each build that succeeds, a digest of what every page showed is kept beside the doctrees, for its
builder. A build that fails or is stopped keeps none, so that the next one writes what it left undone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from guidance_kit.sphinx_ext.about import relations
from guidance_kit.sphinx_ext.domain import GuidanceDomain, domain_of
from guidance_kit.sphinx_ext.entries import Entry, Mention, PageData, Query
from guidance_kit.sphinx_ext.finding import cells_of, columns_shown, items_of, parts_shown
from guidance_kit.sphinx_ext.navigation import navigation_of

Digests = Mapping[str, str]
#: Where a digest of all that was read, and when, stands among those of pages; no page has this name.
_STAMP = ""


def changed_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that show something else than when they were last written; for ``env-updated``."""
    domain = domain_of(env)
    domain.renew()
    before, stamp = _read(_file(app)), stamp_of(domain)
    if before.get(_STAMP) == stamp:
        return []
    reused = before if before.get(_STAMP) == domain.began_with and domain.offers_the_same else {}
    domain.showing = {_STAMP: stamp, **digests(domain, app, reused)}
    return [name for name, seen in domain.showing.items() if name and before.get(name) != seen]


def stamp_of(domain: GuidanceDomain) -> str:
    """Return a digest of what has been read, and when, and of the files beside the pages."""
    return _digest((domain.files.stamp, sorted(domain.env.all_docs.items())))


def keep(app: Sphinx, exception: Exception | None) -> None:
    """Keep what every page shows, once all were written; for ``build-finished``."""
    showing = domain_of(app.env).showing
    if exception is None and showing:
        _file(app).write_text(json.dumps(showing, sort_keys=True, indent=0), "utf-8")


def _file(app: Sphinx) -> Path:
    return Path(app.doctreedir) / f"guidance-{app.builder.name}.json"


def _read(file: Path) -> Digests:
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def digests(domain: GuidanceDomain, app: Sphinx, reused: Digests) -> Digests:
    """Return a digest of what each page shows that is written on others.

    ``reused`` are digests that hold where no text of parts is shown: pages offer each other what they did.
    """
    known = {name: seen for name, seen in reused.items() if name and not _borrows(domain, name)}
    shows = {name: tuple(_shown(domain, page)) for name, page in domain.pages.items() if name not in known}
    for name, seen in navigation_of(app, domain).items():
        if name not in known:
            shows[name] = (*shows.get(name, ()), seen)
    for name, told in domain.edition.pages.items():
        if name not in known:
            shows[name] = (*shows.get(name, ()), json.dumps(told, sort_keys=True))
    return dict(sorted({**known, **{name: _digest(seen) for name, seen in shows.items() if seen}}.items()))


def _borrows(domain: GuidanceDomain, name: str) -> bool:
    page = domain.pages.get(name)
    return page is not None and any(parts_shown(query) for query in page.views)


def _digest(value: object) -> str:
    return hashlib.blake2b(repr(value).encode(), digest_size=12).hexdigest()


def _shown(domain: GuidanceDomain, page: PageData) -> Iterator[object]:
    for entry in page.items:
        yield from _of_item(domain, entry)
    for query in page.views:
        yield from _of_view(domain, query)
    yield from _of_text(domain, page)


def _of_item(domain: GuidanceDomain, entry: Entry) -> Iterator[object]:
    told = domain.edition.items.get(entry.id)
    if told:
        yield json.dumps(told, sort_keys=True)
    for one in relations(domain, entry.id):
        yield one.says, [(_place(other), word) for other, word in one.items]
    yield from _of_sources(domain, [key for key, _ in entry.sources])


def _place(entry: Entry | None) -> tuple[str, str, str] | None:
    """Return what a link to an item needs and shows."""
    return (entry.docname, entry.anchor, entry.title) if entry else None


def _of_sources(domain: GuidanceDomain, keys: list[str]) -> Iterator[object]:
    if keys:
        sources = domain.sources
        yield domain.listed_on, sorted((key, sources[key].cited) for key in keys if key in sources)


def _of_text(domain: GuidanceDomain, page: PageData) -> Iterator[object]:
    """Give what the running text of a page shows of others: titles, places, sources, labels of facts."""
    for mention in page.mentions:
        yield _of_mention(domain, mention)
    yield from _of_sources(domain, [use.name for use in page.cited])
    for use in page.facts:
        yield domain.facts.said(use.name)


def _of_mention(domain: GuidanceDomain, mention: Mention) -> object:
    entry = domain.index.find_anchor(mention.target)
    if entry is None:
        return mention.target, domain.is_left_out(mention.target)
    return entry.docname, entry.anchor, "" if mention.own_words else entry.title


def _of_view(domain: GuidanceDomain, query: Query) -> Iterator[object]:
    if query.name == "references":
        yield sorted((source.key, source.listed, source.note) for source in domain.sources.values())
    elif query.name == "matrix":
        yield [_place(entry) for entry in domain.index.of_kind(query.kind)]
        yield [_place(entry) for entry in domain.index.of_kind(query.across)]
        yield sorted(cells_of(domain, query))
    else:
        yield from _of_list(domain, query)


def _of_list(domain: GuidanceDomain, query: Query) -> Iterator[object]:
    keys, parts = columns_shown(query), parts_shown(query)
    pages = set()
    for entry in items_of(domain, query):
        yield _place(entry)
        for key in keys:
            values = entry.value(key)
            yield key, values, [_place(domain.index.find(value)) for value in values]
        yield from _of_sources(domain, [key for key, _ in entry.sources if keys])
        if parts:
            yield json.dumps(domain.edition.labels(entry.id), sort_keys=True)
            yield [digest for key, digest in entry.parts if key in parts]
            pages.add(entry.docname)
    for name in sorted(pages):  # what is borrowed may itself show what others say
        yield list(_of_text(domain, domain.pages[name]))
