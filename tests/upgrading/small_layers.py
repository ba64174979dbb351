"""Editions in layers, generated: each an edition of the one before, sound, and on disk as people write them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs
from composing.small_worlds import (
    FACTS,
    LABELS,
    SLUGS,
    Op,
    World,
    core_files,
    cores,
    edition_files,
    key_of,
    parts_of_kind,
    sentences,
    titles,
    write,
)
from composing.small_worlds import texts as texts_of_parts
from hypothesis import strategies as st

from guidance_kit.problems import Severity
from guidance_kit.upgrading import Opened, open_edition, upgrade
from guidance_kit.upgrading.flattening import Flattened, flatten
from guidance_kit.upgrading.sources import errors_of

DAY = dt.date(2026, 11, 25)
NAMES = ("northtown", "uni", "dept")


@attrs.frozen
class Layers:
    """A core, and the operations of each edition; the first is based on the core."""

    core: World
    editions: tuple[tuple[Op, ...], ...]


@st.composite
def layers(draw: st.DrawFn, count: int = 2) -> Layers:
    """Draw a core and editions of it, each thing said once by each, of what is there as far as can be told."""
    core = draw(cores())
    slugs = [slug for _, slug, _, _ in core.items]
    words = st.sampled_from(("open", "open", "open", *WORDS_OF_PROTECTION))
    core = attrs.evolve(core, protections={slug: draw(words) for slug in slugs})
    kinds = {f"core:{slug}": kind for kind, slug, _, _ in core.items}
    editions = []
    for name in NAMES[:count]:
        ops = draw(st.lists(operations(name, dict(kinds)), max_size=5, unique_by=key_of))
        kinds |= {f"{name}:{op['slug']}": op["kind"] for op in ops if op["op"] == "add"}
        editions.append(tuple(ops))
    return Layers(core, tuple(editions))


WORDS_OF_PROTECTION = ("required", "endorsed", "safety")
WHAT = "leave-out fact fact fact-for fact-for place arrange adapt adapt adapt note note add add page take protect lock-fact".split()  # noqa: SIM905


@st.composite
def operations(draw: st.DrawFn, name: str, kinds: dict[str, str]) -> Op:
    """Draw an operation of an edition, most often a good one, about what it is based on."""
    what = draw(st.sampled_from(WHAT))
    item = draw(st.sampled_from(sorted(kinds)))
    parts = ["title", *LABELS[kinds[item]]]
    if what == "protect":
        part = draw(st.sampled_from(["", *parts]))
        word = draw(st.sampled_from(WORDS_OF_PROTECTION))
        return {"op": what, "item": item, "part": part, "protection": word}
    if what == "lock-fact":
        return {"op": what, "fact": draw(st.sampled_from(sorted(FACTS))), "reason": f"Why {name}."}
    if what in ("leave-out", "take"):
        return {"op": what, "item": item, "reason": f"Why {name}."}
    if what in ("fact", "fact-for"):
        fact = draw(st.sampled_from(sorted(FACTS)))
        value = f"0808 157 0{draw(st.integers(100, 999))}" if FACTS[fact] == "phone" else draw(sentences)
        return {"op": what, "item": item, "fact": fact, "value": value}
    if what in ("place", "arrange"):
        section = draw(st.sampled_from(["challenges", "solutions", "terms"]))
        same = sorted(one for one, kind in kinds.items() if f"{kind}s" == section)
        some = st.lists(st.sampled_from(same), max_size=3, unique=True) if same else st.just([])
        first = draw(some)
        last = [one for one in draw(some) if one not in first]
        return {"op": what, "item": item, "section": section, "first": first, "last": last}
    if what == "adapt":
        part = draw(st.sampled_from(parts))
        text = draw(titles if part == "title" else texts_of_parts)
        return {
            "op": what,
            "item": item,
            "part": part,
            "text": text,
            "kind": draw(st.sampled_from(["context", "meaning"])),
        }
    if what == "note":
        part = draw(st.sampled_from(["", *parts]))
        own = f"note-{draw(st.sampled_from(SLUGS))}"
        return {
            "op": what,
            "item": item,
            "part": part,
            "text": draw(texts_of_parts),
            "id": own,
            "before": draw(st.booleans()),
        }
    if what == "add":
        kind = draw(st.sampled_from(tuple(LABELS)))
        return {
            "op": what,
            "kind": kind,
            "slug": draw(st.sampled_from(["xx", "yy", "aa"])),
            "title": draw(titles),
            "instead_of": draw(st.sampled_from(["", "", item])),
            "parts": draw(parts_of_kind(kind, fence_safe=True)),
        }
    path = draw(st.sampled_from(["travel.md", "more.md", "index.md"]))
    return {"op": what, "path": path, "text": f"# Local page\n\n{draw(texts_of_parts)}\n"}


def written(world: World, name: str, on: str) -> dict[str, str]:
    """Return the files of an edition of that name; notes and items have ids of their own already."""
    files = edition_files(world)
    head = files["edition.toml"].replace('id = "northtown"', f'id = "{name}"', 1)
    head = head.replace('title = "Northtown"', f'title = "{name.title()}"', 1)
    head = head.replace("NHS Northtown", name.title(), 1).replace("../core", f"../{on}", 1)
    return {**files, "edition.toml": head}


def is_sound(root: Path) -> bool:
    opened, problems = open_edition(root, DAY)
    wrong = any(one.severity is Severity.ERROR for one in problems)
    return opened is not None and not wrong and not errors_of(opened, problems)


def on_disk(said: Layers, folder: Path) -> list[Path]:
    """Write the editions and return their folders; an operation that is an error where it stands is not written."""
    write(core_files(said.core), folder / "core")
    roots: list[Path] = []
    for name, ops in zip(NAMES, said.editions, strict=False):
        on = roots[-1].name if roots else "core"
        root = folder / name
        made(said.core.with_ops(()), root, name, on)
        made(said.core.with_ops(ops), root, name, on)
        if not is_sound(root):
            kept: list[Op] = []
            for op in ops:
                made(said.core.with_ops([*kept, op]), root, name, on)
                if is_sound(root):
                    kept.append(op)
            made(said.core.with_ops(kept), root, name, on)
        up(root)
        roots.append(root)
    return roots


def made(world: World, root: Path, name: str, on: str) -> None:
    """Write an edition's own files, and nothing of the tool's."""
    tool = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and is_kept(path, root)}
    write(written(world, name, on), root)
    if not tool:
        up(root)
        return
    for path, data in tool.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def is_kept(path: Path, root: Path) -> bool:
    return path.relative_to(root).parts[0] in ("national", "edition.lock")


def up(root: Path) -> None:
    plan, problems = upgrade(root, DAY)
    assert plan is not None, problems


def opened(root: Path) -> Opened:
    found, problems = open_edition(root, DAY)
    assert found is not None, problems
    return found


def flat(root: Path, name: str) -> tuple[Flattened, Opened]:
    made, problems = flatten(root, root.parent / name, DAY)
    assert made is not None, [str(one) for one in problems]
    return made, opened(root.parent / name)


def texts(one: Opened) -> dict[str, str]:
    return {page.path: page.text for page in one.edition.pages}


def of_items(one: Opened) -> dict[str, dict[str, str]]:
    """Return the words of every item, a part at a time, as readers get them."""
    return {state.item.id: {part.key: part.final for part in state.parts} for state in one.edition.composed}
