"""Small cores as plain data, and edits that make the next release of one.

Each edit is declared as its maintainers would declare it, in ``changes.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
from composing.small_worlds import LABELS, OPTIONAL, block, quoted

from guidance_kit.model.vocabulary import Protection

KINDS = ("challenge", "term")  # the kinds whose items need no other item
MORE_SLUGS = tuple(f"{one}{other}" for one in "ghij" for other in "ghijklmnop")  # an id is never used twice
FACTS = {"crisis-line": "phone", "places": "number"}  # shapes that fixed wording may hold
Edit = dict[str, Any]


@attrs.frozen
class Guide:
    """An item of a core; ``protections`` are those of single parts, by key."""

    kind: str
    slug: str
    title: str
    parts: Mapping[str, str]
    protection: str = "open"
    protections: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def texts(self) -> dict[str, str]:
        """Every text of it that can be adapted, the title too."""
        return {"title": self.title, **self.parts}

    def written(self) -> str:
        """Return its block."""
        more = f":protection: {self.protection}\n" if self.protection != "open" else ""
        rows = "; ".join(f"{key}: {word}" for key, word in self.protections.items() if key in self.texts)
        more += f":protected-parts: {rows}\n" if rows else ""
        parts = {key: self.parts[key] for key in LABELS[self.kind] if key in self.parts}
        return block(self.kind, self.slug, self.title, parts, more)


@attrs.frozen
class Core:
    """A release: its number, its items, the labels of its facts, and all that ``changes.toml`` declares."""

    guides: tuple[Guide, ...]
    facts: Mapping[str, str] = attrs.field(factory=lambda: {name: f"The {name}" for name in FACTS})
    number: int = 1
    rows: tuple[Mapping[str, Any], ...] = ()

    @property
    def version(self) -> str:
        """Its version; every release is a large step, so that no step is too small."""
        return f"{self.number}.0.0"

    @property
    def by_slug(self) -> dict[str, Guide]:
        """Its items by slug."""
        return {guide.slug: guide for guide in self.guides}

    def files(self) -> dict[str, str]:
        """Return its files: a page for each challenge, the terms on one page."""
        on_own = [guide for guide in self.guides if guide.kind == "challenge"]
        sections = (f'[[section]]\nid = "{kind}s"\ntitle = "{kind}s"\nkind = "{kind}"\n' for kind in KINDS)
        terms = [guide.written() for guide in self.guides if guide.kind == "term"]
        releases = (f'[[release]]\nversion = "{at}.0.0"\n' for at in range(1, self.number + 1))
        return {
            "library.toml": f'[library]\nid = "core"\ntitle = "Core"\nversion = "{self.version}"\n'
            + "".join(sections),
            "facts.toml": "".join(
                f'[[fact]]\nid = "{name}"\ntype = "{FACTS[name]}"\nlabel = "{label}"\n'
                + ("required = true\n" if name == "crisis-line" else "")
                for name, label in self.facts.items()
            ),
            "references.json": '[{"id": "one", "title": "One"}]',
            "index.md": "# Core\n\nRing {fact}`crisis-line`.\n\n```{toctree}\nchallenges/index\nterms\n```\n",
            "challenges/index.md": "# Challenges\n\n```{toctree}\n"
            + "".join(f"{guide.slug}\n" for guide in on_own)
            + "```\n",
            "terms.md": "# Terms\n\nSome words.\n\n" + "\n".join(terms),
            "changes.toml": "".join(releases) + "".join(map(_row, self.rows)),
        } | {f"challenges/{guide.slug}.md": guide.written() for guide in on_own}


def _row(row: Mapping[str, Any]) -> str:
    values = {key: value for key, value in row.items() if key != "table"}
    lines = (
        f"{key} = [{', '.join(map(quoted, value))}]"
        if isinstance(value, tuple)
        else f"{key} = {quoted(value)}"
        for key, value in values.items()
    )
    return f"[[{row['table']}]]\n" + "\n".join(lines) + "\n"


def released(core: Core, edits: Sequence[Edit]) -> Core:
    """Return the next release: the edits that fit, those of ids first, no target edited twice, each declared."""
    core = attrs.evolve(core, number=core.number + 1)
    done: set[tuple[str, str]] = set()
    for edit in sorted(edits, key=lambda one: one["do"] not in _OF_IDS):
        about = {
            (name, edit.get("part", ""))
            for name in (edit["slug"], edit["other" if edit["do"] == "merge" else "slug"])
        }
        if not about & done or edit["do"] in ("add", "fact"):
            new = _EDITS[edit["do"]](core, edit)
            done |= about if new != core else set()
            core = new
    return core


def _declared(core: Core, what: str, edit: Edit) -> Core:
    """Return a core with a change declared, if it is to be."""
    if not edit["kind"]:
        return core
    full = what if what.startswith("fact:") else f"core:{what}"
    return _with_row(core, "change", what=full, kind=edit["kind"], why=f"Since {edit['kind']}.")


def _with_row(core: Core, table: str, **values: Any) -> Core:
    row = {"table": table, "release": core.version, **values}
    return attrs.evolve(core, rows=(*core.rows, row))


def _put(core: Core, slug: str, *guides: Guide) -> Core:
    """Return a core with other items in the place of one."""
    kept = (guides if guide.slug == slug else (guide,) for guide in core.guides)
    return attrs.evolve(core, guides=tuple(guide for some in kept for guide in some))


def _change(core: Core, edit: Edit) -> Core:
    guide = core.by_slug.get(edit["slug"])
    if guide is None or (edit["part"] not in LABELS[guide.kind] and edit["part"] != "title"):
        return core
    gone = any(
        row.get("what") == f"core:{guide.slug}#{edit['part']}"
        for row in core.rows
        if row["table"] != "change"
    )
    if edit["text"] == guide.texts.get(edit["part"]) or gone:
        return core
    if edit["part"] == "title":
        new = attrs.evolve(guide, title=edit["text"].split("\n")[0].replace("- ", ""))
    else:
        new = attrs.evolve(guide, parts={**guide.parts, edit["part"]: edit["text"]})
    what = f"{guide.slug}#{edit['part']}"
    return _declared(_put(core, guide.slug, new), what, edit) if new != guide else core


def _add(core: Core, edit: Edit) -> Core:
    new = attrs.evolve(edit["guide"], slug=_free(core))
    return _declared(attrs.evolve(core, guides=(*core.guides, new)), new.slug, edit)


def _drop(core: Core, edit: Edit) -> Core:
    """Withdraw a part that an item can do without."""
    guide = core.by_slug.get(edit["slug"])
    if (
        guide is None
        or not {edit["part"], (guide.kind, edit["part"])} & OPTIONAL
        or edit["part"] not in guide.parts
    ):
        return core
    new = attrs.evolve(guide, parts={key: text for key, text in guide.parts.items() if key != edit["part"]})
    what = f"core:{guide.slug}#{edit['part']}"
    return _with_row(_put(core, guide.slug, new), "withdrawn", what=what, why="It was wrong.")


def _withdraw(core: Core, edit: Edit) -> Core:
    if edit["slug"] not in core.by_slug or len(core.guides) == 1:
        return core
    return _with_row(_put(core, edit["slug"]), "withdrawn", what=f"core:{edit['slug']}", why="It was wrong.")


def _move(core: Core, edit: Edit) -> Core:
    guide = core.by_slug.get(edit["slug"])
    if guide is None:
        return core
    new = attrs.evolve(guide, slug=_free(core))
    return _with_row(_put(core, guide.slug, new), "moved", old=f"core:{guide.slug}", new=f"core:{new.slug}")


def _split(core: Core, edit: Edit) -> Core:
    guide = core.by_slug.get(edit["slug"])
    if guide is None:
        return core
    one = attrs.evolve(guide, slug=_free(core))
    two = attrs.evolve(guide, slug=_free(core, 1), title=edit["title"], parts=edit["guide"].parts)
    two = attrs.evolve(two, kind=edit["guide"].kind, protections={})
    names = (f"core:{one.slug}", f"core:{two.slug}")
    core = _with_row(_put(core, guide.slug, one, two), "split", old=f"core:{guide.slug}", into=names)
    return _declared(_declared(core, one.slug, edit), two.slug, edit)


def _merge(core: Core, edit: Edit) -> Core:
    both = [
        core.by_slug[slug] for slug in dict.fromkeys((edit["slug"], edit["other"])) if slug in core.by_slug
    ]
    if len(both) < 2:
        return core
    one, two = both
    new = attrs.evolve(one, slug=_free(core), title=edit["title"])
    for word in (two.protection, *two.protections.values()):
        new = attrs.evolve(new, protection=_joined(new.protection, word))
    core = _put(_put(core, two.slug), one.slug, new)
    olds = (f"core:{one.slug}", f"core:{two.slug}")
    return _declared(_with_row(core, "merged", old=olds, new=f"core:{new.slug}"), new.slug, edit)


def _protect(core: Core, edit: Edit) -> Core:
    guide = core.by_slug.get(edit["slug"])
    if guide is None:
        return core
    if edit["part"] in guide.texts and edit["word"] != "required":
        word = _joined(guide.protections.get(edit["part"], "open"), edit["word"])
        new = attrs.evolve(guide, protections={**guide.protections, edit["part"]: word})
    else:
        new = attrs.evolve(guide, protection=_joined(guide.protection, edit["word"]))
    return _declared(_put(core, guide.slug, new), f"{guide.slug}#options", edit) if new != guide else core


def _fact(core: Core, edit: Edit) -> Core:
    label = f"The {edit['fact']} for {edit['title']}"
    if label == core.facts[edit["fact"]]:
        return core
    changed = attrs.evolve(core, facts={**core.facts, edit["fact"]: label})
    return _declared(changed, f"fact:{edit['fact']}", edit)


_EDITS = {
    "change": _change, "drop": _drop, "add": _add, "withdraw": _withdraw, "move": _move, "split": _split, "merge": _merge,
    "protect": _protect, "fact": _fact,
}  # fmt: skip
_OF_IDS = ("withdraw", "move", "split", "merge")


def _joined(one: str, other: str) -> str:
    return str(Protection(one).joined(Protection(other)))


def _free(core: Core, nth: int = 0) -> str:
    used = " ".join(map(_row, core.rows)) + " ".join(f"core:{slug}" for slug in core.by_slug)
    return [slug for slug in MORE_SLUGS if f"core:{slug}" not in used][nth]
