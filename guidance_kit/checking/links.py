"""Rules about links: items, sources and facts that are named must exist."""

from __future__ import annotations

from collections.abc import Iterator

from guidance_kit.checking.subject import Subject, Use
from guidance_kit.model.changes import FACT, Withdrawn, became, said_of
from guidance_kit.model.fields import SourceKey, options_of, parts_of
from guidance_kit.problems import Place, Problem, nearest


def declared_links(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each relation in a field whose target is not there, or is of another kind."""
    for item in subject.library:
        if not item.links:
            continue
        specs = {spec.key: spec for spec in (*options_of(type(item)), *parts_of(type(item)))}
        for link in item.links:
            spec = specs[link.field]
            kind = spec.about.links_to or (spec.about.rates[0] if spec.about.rates else "")
            part = subject.part(item, link.field)
            local = subject.is_local(item) or bool(part and part.adapted)
            yield from _target(subject, link.target, kind, subject.place_of(item, link.field), local=local)


def links_in_text(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each role in running text whose target is not there, or is of another kind."""
    for use in subject.uses:
        if use.name in subject.kinds and _is_ours(use):
            yield from _target(subject, use.role.target, use.name, use.place, local=use.local)


def sources(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each source that is named and is not among the references."""
    known = {reference.id for reference in subject.library.references}
    for item in subject.library:
        for spec in options_of(type(item)):
            if spec.type is SourceKey:
                value = getattr(item, spec.name)
                for key in value if spec.many else (value,):
                    if key and key not in known:
                        yield _no_source(key, known, subject.place_of(item, spec.key))
    for use in subject.uses:
        if use.name == "cite":
            for key in (one.strip() for one in use.role.content.split(",")):
                if key not in known:
                    yield _no_source(key, known, use.place)


def facts_in_text(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each fact that is used and never declared."""
    for use in subject.uses:
        fact = use.role.content.strip()
        if use.name == "fact" and fact not in subject.facts:
            hint = nearest(fact, subject.facts) or "Declare it in facts.toml."
            gone = _gone(subject, "fact", f"{FACT}{fact}")
            words, hint = gone or (f'There is no fact "{fact}".', hint)
            yield Problem("unknown-fact", words, hint, use.place)


def _is_ours(use: Use) -> bool:
    """Return whether a role is ours: the short ``term`` belongs to Sphinx's own glossary."""
    return use.role.name != "term"


def _target(subject: Subject, name: str, kind: str, place: Place, *, local: bool) -> Iterator[Problem]:
    target = subject.full(name)
    item = subject.library.by_id.get(target)
    label = subject.kinds[kind].label.lower() if kind in subject.kinds else kind
    if item is None and target in subject.absent:
        if local:
            words = f'This links to "{subject.absent[target]}", which this edition leaves out.'
            yield Problem("broken-link", words, "Link to something else, or take the item.", place)
    elif item is None and target not in subject.library.broken:
        same = [one.slug for one in subject.library.of_kind(kind)] or [one.slug for one in subject.library]
        name = target.removeprefix(f"{subject.space}:")
        hint = nearest(target.rpartition(":")[2], same)
        words, hint = _gone(subject, label, target) or (f'There is no {label} "{name}".', hint)
        yield Problem("unknown-link", words, hint, place)
    elif item and kind and item.kind != kind and not local and target != subject.unreplaced(name):
        words = f'"{item.slug}" is a {item.label.lower()}, and national text links to it as a {label}.'
        yield Problem("wrong-kind", words, f"What takes the place of a {label} is to be one.", item.origin)
    elif item and kind and item.kind != kind:
        words = f'"{item.slug}" is a {item.label.lower()}, not a {label}.'
        yield Problem("wrong-kind", words, f"Name a {label} here.", place)


def _gone(subject: Subject, label: str, target: str) -> tuple[str, str] | None:
    """Return what became of something that a release gave up, and what to do; None if none did."""
    changes = (subject.edition.base if subject.edition else subject.library).changes
    fate = changes.fate(target)
    if fate is None:
        return None
    space = f"{subject.space}:"
    name = target.removeprefix(FACT).removeprefix(space)
    words = f'The {label} "{name}" {said_of(fate).replace(space, "")} in {fate.release}.'
    words = f"{words} {fate.why}".strip()
    if isinstance(fate, Withdrawn):
        return words, "Take it out, or name something else."
    names = (changes.follow(one).removeprefix(space) for one in became(fate))
    return words, f"Name {' or '.join(dict.fromkeys(names))} here."


def _no_source(key: str, known: set[str], place: Place) -> Problem:
    hint = nearest(key, known) or "Add it to references.json."
    return Problem("unknown-source", f'There is no source "{key}".', hint, place)
