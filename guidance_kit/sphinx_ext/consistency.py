"""What can only be known of all pages together: twins, and names that lead to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from guidance_kit.model.fields import options_of, parts_of
from guidance_kit.model.kinds import KINDS
from guidance_kit.problems import nearest
from guidance_kit.sphinx_ext.domain import GuidanceDomain, domain_of
from guidance_kit.sphinx_ext.entries import Use

_log = logging.getLogger(__name__)


@attrs.frozen(order=True)
class Fault:
    """A warning: the page and line it belongs to, its code, and one line that says what to do."""

    location: tuple[str, int]
    code: str
    text: str


def faults(domain: GuidanceDomain) -> list[Fault]:
    """Return every fault, in order of place."""
    return sorted({*_twins(domain), *_links(domain), *_sources(domain), *_facts(domain)})


def _twins(domain: GuidanceDomain) -> Iterator[Fault]:
    for name, same in domain.index.twins.items():
        first = domain.place(same[0].docname, same[0].line)
        for entry in same[1:]:
            text = f'The id "{name}" is already used at {first}. Give one of them another id.'
            yield Fault((entry.docname, entry.line), "duplicate-id", text)


def _links(domain: GuidanceDomain) -> Iterator[Fault]:
    for docname, page in domain.pages.items():
        for asked in page.asked:
            yield from _target(domain, (docname, asked.line), asked.kind, asked.target)
    for entry in domain.index.entries:
        specs = {spec.key: spec for spec in (*options_of(KINDS[entry.kind]), *parts_of(KINDS[entry.kind]))}
        for link in entry.links:
            spec = specs[link.field]
            kind = spec.about.links_to or (spec.about.rates[0] if spec.about.rates else "")
            yield from _target(domain, (entry.docname, link.line), kind, link.target)


def _target(domain: GuidanceDomain, at: tuple[str, int], kind: str, name: str) -> Iterator[Fault]:
    target = domain.index.find(name)
    if target is None:
        if not domain.is_left_out(name):
            yield Fault(at, "unknown-link", unknown_link(domain, kind, name))
    elif target.kind != kind:
        has, wants = KINDS[target.kind].label.lower(), KINDS[kind].label.lower()
        text = f'"{slug(target.id)}" is a {has}, not a {wants}. Name a {wants} here.'
        yield Fault(at, "wrong-kind", text)


def unknown_link(domain: GuidanceDomain, kind: str, target: str) -> str:
    """Return the message for a link to an item that is not there."""
    own = f"{domain.index.space}:"
    same = [slug(entry.id) for entry in domain.index.of_kind(kind)]
    hint = nearest(slug(target), same) or f"{KINDS[kind].plural} have other ids."
    return f'There is no {kind} "{target.removeprefix(own)}". {hint}'


def slug(item: str) -> str:
    """Return an id without its space."""
    return item.rpartition(":")[2]


def _sources(domain: GuidanceDomain) -> Iterator[Fault]:
    known = domain.references.entries
    for docname, page in domain.pages.items():
        listed = (Use(key, line) for entry in page.items for key, line in entry.sources)
        for use in (*page.cited, *listed):
            if use.name not in known:
                hint = nearest(use.name, known) or "Add it to references.json."
                yield Fault((docname, use.line), "unknown-source", f'There is no source "{use.name}". {hint}')


def _facts(domain: GuidanceDomain) -> Iterator[Fault]:
    known: Iterable[str] = domain.facts.labels
    for docname, page in domain.pages.items():
        for use in page.facts:
            if use.name not in known:
                hint = nearest(use.name, known) or "Declare it in facts.toml."
                yield Fault((docname, use.line), "unknown-fact", f'There is no fact "{use.name}". {hint}')


def warn_of_faults(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of what can only be known of all pages together."""
    for fault in faults(domain_of(env)):
        _log.warning(fault.text, location=fault.location, type="guidance", subtype=fault.code)


def warn_of_missing(_app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Warn of a role of ours that names nothing, with the nearest name."""
    if not isinstance(domain, GuidanceDomain):
        return None
    kind, target = node["reftype"], node["reftarget"]
    _log.warning(unknown_link(domain, kind, target), location=node, type="guidance", subtype="unknown-link")
    return True
