"""The domain: what is kept of each page, where each item is, and how links to items are resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from guidance_kit.model.kinds import KINDS
from guidance_kit.sphinx_ext import config, words
from guidance_kit.sphinx_ext.edition import EditionFile
from guidance_kit.sphinx_ext.entries import Entry, Kept, PageData, kept, named, offered
from guidance_kit.sphinx_ext.facts import DeclaredFacts
from guidance_kit.sphinx_ext.files import Files
from guidance_kit.sphinx_ext.index import Index, index_of, pages_in_order
from guidance_kit.sphinx_ext.references import References, Source

_log = logging.getLogger(__name__)


class Remembered(NamedTuple):
    """What others show of a page: what it offers, its title, and the pages in its contents lists."""

    offered: object
    title: str | None
    contents: tuple[str, ...]


class GuidanceDomain(Domain):
    """Items of guidance. Its data are by document, so that a page can be forgotten with one ``pop``."""

    name = "guidance"
    label = "Guidance"
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}}
    data_version = 2

    def __init__(self, env: BuildEnvironment) -> None:
        """Know every kind as a type of object."""
        self.builder: Builder | None = None
        self._pages: dict[str, PageData] | None = None
        self.before: dict[str, Remembered] = {}
        self.began_with = ""
        self.showing: Mapping[str, str] = {}
        self.files = Files()
        self._index: Index | None = None
        self._sources: Mapping[str, Source] | None = None
        self._listed_on: str | None = None
        super().__init__(env)
        for kind in KINDS.values():
            self.add_object_type(kind.kind, ObjType(kind.label, kind.kind))

    # what is kept

    @property
    def _kept(self) -> dict[str, Kept]:
        return cast("dict[str, Kept]", self.data["pages"])

    @property
    def pages(self) -> Mapping[str, PageData]:
        """What is kept of each page, by name."""
        if self._pages is None:
            self._pages = {name: named(found) for name, found in self._kept.items()}
        return self._pages

    def remember(self, docname: str) -> None:
        """Keep what a page was, which is about to be read again or is gone."""
        self.before.setdefault(docname, self._as_it_is(docname))

    def _as_it_is(self, docname: str) -> Remembered:
        title = self.env.titles.get(docname)
        found = self._kept.get(docname)
        return Remembered(
            offered(named(found)) if found else None,
            title.astext() if title else None,
            tuple(self.env.toctree_includes.get(docname, ())),
        )

    @property
    def offers_the_same(self) -> bool:
        """Whether all pages that were read offer the others what they did before."""
        return all(self._as_it_is(name) == was for name, was in self.before.items())

    def note_page(self, docname: str, data: PageData) -> None:
        """Keep what was found on a page that was just read."""
        if data != PageData():
            self._kept[docname] = kept(data)
            self._pages = None

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self._kept.pop(docname, None)
        self._pages = None

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process has read."""
        self._kept.update((name, found) for name, found in otherdata["pages"].items() if name in docnames)
        self._pages = None

    # what is known once all pages were read

    def begin(self, builder: Builder) -> None:
        """Take note of who builds, and of the files beside ``conf.py``; they are read when first needed."""
        words.translated.cache_clear()
        self.before = {}
        self.builder = builder
        self.files = Files(self.env.srcdir, config.options(self.env.config))
        self.renew()

    @property
    def is_gathering_words(self) -> bool:
        """Whether the builder gathers words to translate, each where it was written."""
        return self.builder is not None and self.builder.name == "gettext"

    @property
    def edition(self) -> EditionFile:
        """What ``edition.json`` tells."""
        return self.files.edition

    @property
    def references(self) -> References:
        """The sources that can be cited."""
        return self.files.references

    @property
    def facts(self) -> DeclaredFacts:
        """What local facts are called."""
        return self.files.facts

    def renew(self) -> None:
        """Forget what was known of all pages: some were read or are gone."""
        self._index = self._sources = self._listed_on = None

    @property
    def index(self) -> Index:
        """Every item at once; made when first asked for after reading."""
        if self._index is None:
            order = pages_in_order(self.env.config.root_doc, self.env.toctree_includes)
            space = self.env.config.guidance_space
            self._index = index_of(self.pages, order, space, self.edition.redirects)
        return self._index

    def is_left_out(self, name: str) -> bool:
        """Return whether this edition leaves an item out."""
        return self.index.full(name) in self.edition.left_out

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every source that is cited anywhere, in the order of the list; made when first asked for."""
        if self._sources is None:
            remembered = Path(self.env.doctreedir) / "guidance-sources.json"
            self._sources = self.references.shown(self._cited(), remembered)
        return self._sources

    def _cited(self) -> Iterator[str]:
        for page in self.pages.values():
            yield from (use.name for use in page.cited)
            yield from (key for entry in page.items for key, _ in entry.sources)

    @property
    def listed_on(self) -> str:
        """The page with the list of references that citations lead to; empty if there is none."""
        if self._listed_on is None:
            has_list = (
                name
                for name in sorted(self.pages)
                if any(v.name == "references" for v in self.pages[name].views)
            )
            self._listed_on = next(has_list, "")
        return self._listed_on

    def place(self, docname: str, line: int) -> str:
        """Return where a person wrote a line of a page, for a message that names a second place."""
        folder = self.env.srcdir
        path = self.env.doc2path(docname)
        return (
            self.files.places.written_at(f"{path}:{line}") or f"{path.relative_to(folder).as_posix()}:{line}"
        )

    # links

    def link(self, from_page: str, entry: Entry, shown: nodes.Node | None = None) -> nodes.Node:
        """Return a link to an item with its title, or with other words; plain words where no link can be."""
        return self.refer(from_page, entry.docname, entry.anchor, shown or nodes.Text(entry.title))

    def refer(self, from_page: str, docname: str, anchor: str, shown: nodes.Node) -> nodes.Node:
        """Return a link to a place on a page; only what is to be shown, where no link can be made."""
        if self.builder is None:
            return shown
        if self.builder.name == "singlehtml":  # whose addresses of places on other pages lead nowhere
            return nodes.reference("", "", shown, internal=True, refid=anchor)
        try:
            return make_refnode(self.builder, from_page, docname, anchor, shown)
        except NoUri:
            return shown

    def resolve_xref(  # noqa: PLR0913, PLR0917 - the signature is Sphinx's
        self,
        env: BuildEnvironment,  # noqa: ARG002 - the same
        fromdocname: str,
        builder: Builder,  # noqa: ARG002 - the same
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Return a link for one of our roles."""
        entry = self.index.find(target)
        if entry and entry.kind != typ:
            self._warn_of_kind(entry, typ, node)
        return self._resolved(fromdocname, entry, target, node, contnode)

    def resolve_any_xref(  # noqa: PLR0913, PLR0917 - the signature is Sphinx's
        self,
        env: BuildEnvironment,  # noqa: ARG002 - the same
        fromdocname: str,
        builder: Builder,  # noqa: ARG002 - the same
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Return a link for ``{any}`` and for Markdown's ``[words](#id)``."""
        entry = self.index.find_anchor(target)
        found = self._resolved(fromdocname, entry, target, node, contnode)
        return [(f"guidance:{entry.kind if entry else 'item'}", found)] if found is not None else []

    def _resolved(
        self, page: str, entry: Entry | None, target: str, node: pending_xref, contnode: nodes.Element
    ) -> nodes.reference | None:
        own_words = node.get("refexplicit")
        if entry is None:
            if not self.is_left_out(target):
                return None
            plain = contnode if own_words else nodes.inline("", words.say(words.NOT_HERE))
            return cast("nodes.reference", nodes.inline("", "", plain, classes=["guidance-left-out"]))
        return cast("nodes.reference", self.link(page, entry, contnode if own_words else None))

    def _warn_of_kind(self, entry: Entry, typ: str, node: pending_xref) -> None:
        has, wants = KINDS[entry.kind].label.lower(), KINDS[typ].label.lower()
        message = f'"{node["reftarget"]}" is a {has}, not a {wants}. Write {{{entry.kind}}} here.'
        _log.warning(message, location=node, type="guidance", subtype="wrong-kind")

    # what others ask

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Give every item for search and for inventories, the first of twins."""
        given: set[str] = set()
        every = (entry for page in self._kept.values() for entry in page[0])
        for name, kind, title, docname, anchor, *_ in sorted(every, key=lambda e: (e[0], e[3], e[5])):
            if name not in given:
                given.add(name)
                yield name, title, kind, docname, anchor, 1


def domain_of(env: BuildEnvironment) -> GuidanceDomain:
    """Return the domain of an environment."""
    return cast("GuidanceDomain", env.domains["guidance"])


def remember(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Keep what a page was; for ``env-purge-doc``, before others forget its title."""
    domain_of(env).remember(docname)


def resolve_ref(
    _app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.Element
) -> nodes.Node | None:
    """Return a link for ``{ref}`` to an item: items have no labels of Sphinx's, so that builds stay light."""
    if node.get("refdomain") != "std" or node.get("reftype") != "ref":
        return None
    found = domain_of(env).resolve_any_xref(
        env, node.get("refdoc", ""), cast("Builder", None), node["reftarget"], node, contnode
    )
    return found[0][1] if found else None
