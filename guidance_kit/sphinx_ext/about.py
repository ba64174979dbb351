"""What an item says of itself, filled in: its label, its fields and relations in words, its differences."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from docutils import nodes

from guidance_kit.model.fields import FieldSpec, PartialDate, SourceKey, options_of, parts_of
from guidance_kit.model.item import Item
from guidance_kit.model.kinds import KINDS
from guidance_kit.sphinx_ext import panels, words
from guidance_kit.sphinx_ext.domain import GuidanceDomain
from guidance_kit.sphinx_ext.entries import Entry
from guidance_kit.sphinx_ext.nodes import guidance_about
from guidance_kit.sphinx_ext.sources import each_cited


class Relation(NamedTuple):
    """A relation in words: what is said, the items with the word of a rating, whether it stands aside."""

    says: str
    items: tuple[tuple[Entry, str], ...]
    aside: bool


def fill(domain: GuidanceDomain, node: guidance_about) -> None:
    """Replace the node with what it stands for, and mark its item and parts with their labels.

    What a reader needs first stands where the node is; the literature and the sources stand below the text.
    """
    block = node.parent
    panels.mark(domain.edition, node["item"], block, node)
    found = list(relations(domain, node["item"]))
    first = [*_field_rows(node), *_relation_rows(domain, node, [one for one in found if not one.aside])]
    last = [*_relation_rows(domain, node, [one for one in found if one.aside]), *_source_rows(domain, node)]
    if last:
        block.append(nodes.field_list("", *last, classes=["guidance-about", "guidance-aside"]))
    if first:
        node.replace_self(nodes.field_list("", *first, classes=["guidance-about"]))
    else:
        block.remove(node)


def relations(domain: GuidanceDomain, item: str) -> Iterator[Relation]:
    """Give the relations of an item in words: those it declares, then those that others declare to it."""
    entry = domain.index.by_id.get(item)
    if entry is None:
        return
    for spec in _linking(KINDS[entry.kind]):
        targets = (domain.index.find(link.target) for link in entry.links if link.field == spec.key)
        told = ((target, "") for target in targets if target)
        yield from _told(spec.about.says or spec.label, told, aside=False)
    found = domain.index.back.get(item)
    for (kind, key), (says, aside) in _says_back(tuple(KINDS.values())).items() if found else ():
        told = ((e, link.word) for e, link in found or () if link.field == key and e.kind == kind)
        yield from _told(says, told, aside=aside)


def _linking(kind: type[Item]) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in options_of(kind) if spec.about.links_to)


@functools.cache
def _says_back(kinds: tuple[type[Item], ...]) -> Mapping[tuple[str, str], tuple[str, bool]]:
    """Return what is said of each relation from its other end, and whether aside, by kind and field."""
    return {
        (kind.kind, spec.key): (spec.about.says_back or words.judged(kind), spec.about.aside)
        for kind in kinds
        for spec in (*options_of(kind), *parts_of(kind))
        if spec.about.says_back or spec.about.rates
    }


def _told(says: str, items: Iterable[tuple[Entry, str]], *, aside: bool) -> Iterator[Relation]:
    once = tuple(dict.fromkeys(items))
    if once:
        yield Relation(says, once, aside)


def _field_rows(node: guidance_about) -> Iterator[nodes.field]:
    specs = {spec.key: spec for spec in options_of(KINDS[node["kind"]])}
    prose = dict(node["prose"])
    for key, values in node["fields"]:
        spec = specs[key]
        if not (spec.about.links_to or issubclass(spec.type, SourceKey)):
            yield row(words.say(spec.label), [nodes.Text(in_words(spec, prose.get(key, values)))])


def _relation_rows(
    domain: GuidanceDomain, node: guidance_about, found: Iterable[Relation]
) -> Iterator[nodes.field]:
    verdicts = verdict_labels()
    for one in found:
        links = [linked(domain, node["docname"], entry, verdicts.get(word, "")) for entry, word in one.items]
        yield row_of_links(words.say(one.says), links)


def _source_rows(domain: GuidanceDomain, node: guidance_about) -> Iterator[nodes.field]:
    specs = {spec.key: spec for spec in options_of(KINDS[node["kind"]])}
    for key, values in node["fields"]:
        if issubclass(specs[key].type, SourceKey):
            cited = each_cited(domain, node["docname"], values)
            joined = [piece for one in cited for piece in (nodes.Text("; "), one)][1:]
            yield row(words.say(specs[key].label), joined, "guidance-sources")


def linked(domain: GuidanceDomain, page: str, entry: Entry, verdict: str = "") -> nodes.Node:
    """Return a link to an item, with the verdict it was given in words."""
    link = domain.link(page, entry)
    if not verdict:
        return link
    before, after = words.say(words.RATED).format(item="\0", verdict=words.say(verdict).lower()).split("\0")
    return nodes.inline("", "", nodes.Text(before), link, nodes.Text(after))


def in_words(spec: FieldSpec, values: Iterable[str]) -> str:
    """Return the values of an option as a reader sees them."""
    if issubclass(spec.type, PartialDate):
        shown = [words.date(value) for value in values]
    else:
        labels = _labels(spec)
        shown = [words.say(labels[value]) if value in labels else value for value in values]
    return ("; " if spec.about.separator == ";" else ", ").join(shown)


@functools.cache
def _labels(spec: FieldSpec) -> Mapping[str, str]:
    return {str(word): word.label for word in spec.words}


def verdict_labels() -> Mapping[str, str]:
    """Return the label of each word of a rating."""
    rated = (spec.about.rates[1] for kind in KINDS.values() for spec in parts_of(kind) if spec.about.rates)
    return {str(word): word.label for vocabulary in rated for word in vocabulary}


def row(label: str, children: Iterable[nodes.Node], *classes: str) -> nodes.field:
    """Return one line of what an item says of itself."""
    body = nodes.field_body("", nodes.paragraph("", "", *children), classes=[*classes])
    return nodes.field("", nodes.field_name("", label, classes=[*classes]), body)


def row_of_links(label: str, links: list[nodes.Node]) -> nodes.field:
    """Return a line with one link, or with a list of them."""
    if len(links) == 1:
        return row(label, links)
    return nodes.field("", nodes.field_name("", label), nodes.field_body("", list_of(links)))


def list_of(links: Iterable[nodes.Node]) -> nodes.bullet_list:
    """Return a list with one thing a line."""
    items = (nodes.list_item("", nodes.paragraph("", "", link)) for link in links)
    return nodes.bullet_list("", *items, bullet="-")
