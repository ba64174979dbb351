"""Library x Overlay -> Edition, in a fixed order of phases; pure.

The order (rules of composing, section 5): the base; choose and leave out; add and replace; place and arrange;
adapt; notes; facts, once and inert; labels. Within a phase each key occurs once, so the order of entries,
files and folders cannot matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs

from guidance_kit.composing.choosing import choose, unused
from guidance_kit.composing.facts import NO_VALUES, Values, all_given, fill_lines, values_of
from guidance_kit.composing.labels import local_state, national_state, same_words
from guidance_kit.composing.layers import with_layers
from guidance_kit.composing.lines import runs, text_of
from guidance_kit.composing.materials import assets, references
from guidance_kit.composing.names import Names, with_full_ids
from guidance_kit.composing.operations import Operations, sound_operations
from guidance_kit.composing.pages import NOTHING, Composed, Composer
from guidance_kit.composing.parts import Said
from guidance_kit.composing.planning import Layout, lay_out
from guidance_kit.composing.reviewing import under_review, with_national, without_held
from guidance_kit.composing.words import Wording, local_path
from guidance_kit.model.edition import ComposedItem, ComposedPage, Edition, Origin
from guidance_kit.model.item import Item
from guidance_kit.model.layers import whose
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Adapt, Add, Note, Overlay
from guidance_kit.model.page import Page, in_reading_order
from guidance_kit.model.review import NOTHING_OPEN, Review
from guidance_kit.problems import Place, Problem, in_order


def compose(
    base: Library, overlay: Overlay, review: Review = NOTHING_OPEN, *, filled: bool = True
) -> Edition:
    """Return the edition that an overlay makes of a library, with every problem met on the way.

    Nothing is raised: an operation that cannot be applied is a problem and is skipped. ``review`` is what
    people have still to look at; without ``filled`` the slots of facts stay in the pages, as editions based
    on this one need them.
    """
    names = Names.of(base, overlay)
    wording = Wording.of(base, overlay, names)
    operations, problems = sound_operations(base, with_full_ids(overlay, names))
    operations = with_national(overlay, operations, review)
    choice = choose(base, overlay, operations, review.waiting)
    layout, more = lay_out(base, overlay, operations, choice)
    problems += [*_own_id(base, overlay), *more, *unused(overlay, operations, choice)]
    operations, idle = _worded(base, overlay, operations, layout, wording)
    operations, held = without_held(base, overlay, operations, review)
    said = _said(operations)
    composer = Composer(base, overlay, operations, choice, layout, wording, said, review)
    values = values_of(base, operations)
    pages = [(page, _written(page, values if filled else NO_VALUES, base)) for page in composer.pages()]
    states = dict(_states(base, operations, layout, said, values))
    states = {name: under_review(state, review, held) for name, state in states.items()}
    edition = _edition(composer, pages, states, [*problems, *idle])
    return attrs.evolve(edition, review=review, given=all_given(base, overlay, operations))


def _own_id(base: Library, overlay: Overlay) -> Iterator[Problem]:
    if base.id == overlay.id:
        words = f'This edition has the id of the guidance it is based on, "{base.id}".'
        place = Place.within(overlay.root, "edition.toml")
        yield Problem("bad-id", words, "Give the edition an id of its own.", place)


def _worded(
    base: Library, overlay: Overlay, operations: Operations, layout: Layout, wording: Wording
) -> tuple[Operations, list[Problem]]:
    """Return the operations in the words that will stand, without adaptations that change nothing."""
    kept: dict[tuple[str, str], Adapt] = {}
    idle: list[Problem] = []

    def words(text: str, place: Place, item: str) -> str:
        return wording(text, local_path(overlay, place.path), f"{layout.where.get(item, '')}.md")

    for (item, part), adapt in operations.adaptations.items():
        op = attrs.evolve(adapt, text=words(adapt.text, adapt.origin, item))
        national = {"title": base.by_id[item].title, **base.by_id[item].parts}.get(part, "")
        if same_words(part, op.text, national):
            there = whose(base, f"{item}#{part}")
            message = f"This adaptation says what {there} says, so it changes nothing."
            hint = "Delete the block, or write the words that should differ."
            idle.append(Problem("no-op-adaptation", message, hint, adapt.origin))
        else:
            ratings = tuple(attrs.evolve(r, reason=words(r.reason, op.origin, item)) for r in op.ratings)
            kept[item, part] = attrs.evolve(op, ratings=ratings)
    notes = tuple(
        attrs.evolve(n, text=words(n.text, n.origin, n.item), title=words(n.title, n.origin, n.item))
        for n in operations.notes
    )
    adds = tuple(
        attrs.evolve(add, item=_worded_item(add, wording, f"{layout.where.get(add.item.id, '')}.md"))
        for add in operations.adds
    )
    return attrs.evolve(operations, adaptations=kept, notes=notes, adds=adds), idle


def _worded_item(add: Add, wording: Wording, page: str) -> Item:
    def words(text: str) -> str:
        return wording(text, add.page.path, page)

    item = add.item.with_texts({k: words(t) for k, t in {"title": add.item.title, **add.item.parts}.items()})
    ratings = tuple(attrs.evolve(rating, reason=words(rating.reason)) for rating in item.ratings)
    return attrs.evolve(item, ratings=ratings)


def _said(operations: Operations) -> Mapping[str, Said]:
    adaptations: dict[str, dict[str, Adapt]] = defaultdict(dict)
    for (item, part), adapt in operations.adaptations.items():
        adaptations[item][part] = adapt
    notes: dict[str, list[Note]] = defaultdict(list)
    for note in operations.notes:
        notes[note.item].append(note)
    return {item: Said(adaptations[item], notes[item]) for item in sorted({*adaptations, *notes})}


def _states(
    base: Library, operations: Operations, layout: Layout, said: Mapping[str, Said], values: Values
) -> Iterator[tuple[str, ComposedItem]]:
    """Give the state of every item of the edition, with its id."""
    holders = {inner: outer for page in base.pages for inner, outer in page.holders.items()}
    for item in base:
        if item.id in layout.where:
            value_of = values.within(holders.get(item.id, item.id))
            state = national_state(item, said.get(item.id, NOTHING), value_of, layout.where[item.id])
            yield item.id, with_layers(state, base.ancestry)
    for add in operations.adds:
        if add.item.id in layout.where:
            value_of = values.within(add.page.holders.get(add.item.id, add.item.id))
            yield add.item.id, local_state(add, value_of, layout.where[add.item.id])


def _written(page: Composed, values: Values, base: Library) -> ComposedPage:
    """Return a page as readers get it."""
    if page.whole:
        text = page.whole.text
        run = Origin(base.id, page.path, 1, len(page.whole.lines))
        return ComposedPage(page.path, text, (run,) if text else ())
    lines = fill_lines(page.lines, values)
    return ComposedPage(page.path, text_of(lines), runs(lines))


def _edition(
    composer: Composer,
    pages: Sequence[tuple[Composed, ComposedPage]],
    states: Mapping[str, ComposedItem],
    problems: Sequence[Problem],
) -> Edition:
    base, overlay, operations = composer.base, composer.overlay, composer.operations
    composed = {one.path: page for one, page in pages}
    ordered = in_reading_order(
        tuple(
            Page(
                path=one.path,
                text=composed[one.path].text,
                items=tuple(states[item].item for item in one.items),
                nested=tuple(states[item].item for item in one.nested),
                contents=one.contents,
            )
            for one, _ in sorted(pages, key=lambda pair: pair[0].path)  # as whoever reads them meets them
        )
    )
    sources, source_problems = references(base, overlay)
    files, file_problems = assets(base, overlay)
    library = attrs.evolve(
        base,
        id=overlay.id,
        title=overlay.title,
        version=overlay.version,
        publisher=overlay.publisher,
        pages=ordered,
        facts=tuple(operations.facts.values()),
        references=sources,
        assets=files,
        root=None,
    )
    return Edition(
        id=overlay.id,
        title=overlay.title,
        overlay=overlay,
        base=base,
        library=library,
        pages=tuple(composed[page.path] for page in ordered),
        composed=tuple(states[item.id] for item in library.items),
        left_out=composer.choice.left_out,
        not_chosen=composer.choice.not_chosen,
        values=_values(base, operations),
        redirects=_redirects(base, composer.choice.redirects),
        waiting=composer.choice.waiting,
        protections={**(base.ancestry.protections if base.ancestry else {}), **operations.protections},
        locked=operations.locked,
        problems=in_order([*problems, *source_problems, *file_problems]),
    )


def _redirects(base: Library, own: Mapping[str, str]) -> dict[str, str]:
    """Return which item stands in the place of each that was replaced, here or before."""
    before = base.ancestry.redirects if base.ancestry else {}
    return {**{old: own.get(new, new) for old, new in before.items()}, **own}


def _values(base: Library, operations: Operations) -> dict[str, str]:
    defaults = {fact.id: fact.default for fact in operations.facts.values() if fact.default}
    inherited = base.ancestry.values if base.ancestry else ()
    known = [one for one in reversed(inherited) if not one.item and one.fact in operations.facts]
    defaults |= {one.fact: one.value for one in known}
    given = {fact: op.value for (fact, item), op in operations.values.items() if not item}
    return {**defaults, **given}
