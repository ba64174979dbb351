"""Small cores and editions, generated: what the laws of composing are tried on.

A world is plain data (items and operations as they would be said aloud); ``write`` puts it on disk as a person
would have written it, so that every law runs through reading too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
from hypothesis import strategies as st

LABELS = {
    "challenge": {
        "summary": "",
        "what-it-looks-like": "What it looks like",
        "why-it-persists": "Why it persists",
        "questions": "Questions to put to each other",
    },
    "solution": {
        "summary": "",
        "how-it-works": "How it works",
        "what-it-takes": "What it takes",
        "first-steps": "First steps",
        "limits": "Limits",
    },
    "term": {"summary": "", "in-the-nhs": "In the NHS", "in-higher-education": "In higher education"},
}
OPTIONAL = {"why-it-persists", "what-it-takes", "limits", ("term", "summary")}
FIELDS = {
    "challenge": ":themes: roles, crisis\n:felt-by: nhs\n:strength: strong\n:sources: one\n",
    "solution": ":addresses: aa\n:status: proposed\n:sources: one\n",
    "term": "",
}
FACTS = {"crisis-line": "phone", "team": "text", "hours": "hours"}
SLUGS = ("aa", "bb", "cc", "dd", "ee", "ff")
Op = dict[str, Any]


@attrs.frozen
class World:
    """A core, as kind, slug, title and parts of each item; and an edition, as operations.

    ``protections`` are those of items, by slug.
    """

    items: tuple[tuple[str, str, str, dict[str, str]], ...]
    ops: tuple[Op, ...] = ()
    start_from: str = "everything"
    protections: Mapping[str, str] = attrs.field(factory=dict)

    def with_ops(self, ops: Sequence[Op]) -> World:
        return attrs.evolve(self, ops=tuple(ops))


def block(kind: str, slug: str, title: str, parts: dict[str, str], more: str = "", fence: str = ":::") -> str:
    """Return an item as it is written."""
    body = [f"## {LABELS[kind][key]}\n\n{text}" if LABELS[kind][key] else text for key, text in parts.items()]
    return (
        f"{fence}{{{kind}}} {title}\n:id: {slug}\n{more}{FIELDS[kind]}\n" + "\n\n".join(body) + f"\n{fence}\n"
    )


def core_files(world: World) -> dict[str, str]:
    """Return the files of the core: a page for each challenge, the solutions and the terms on one page each."""
    on_own = [slug for kind, slug, _, _ in world.items if kind == "challenge"]
    files = {
        "library.toml": '[library]\nid = "core"\ntitle = "Core"\n'
        + "".join(
            f'[[section]]\nid = "{kind}s"\ntitle = "{kind}s"\nkind = "{kind}"\n'
            for kind in ("challenge", "solution", "term")
        ),
        "facts.toml": "".join(
            f'[[fact]]\nid = "{name}"\ntype = "{kind}"\nlabel = "The {name}"\n'
            for name, kind in FACTS.items()
        ),
        "references.json": '[{"id": "one", "title": "One"}]',
        "index.md": "# Core\n\nRing {fact}`crisis-line`.\n\n```{toctree}\nchallenges/index\nsolutions\nterms\n```\n",
        "challenges/index.md": "# Challenges\n\n```{toctree}\n" + "".join(f"{s}\n" for s in on_own) + "```\n",
    }
    for kind, slug, title, parts in world.items:
        more = f":protection: {world.protections[slug]}\n" if slug in world.protections else ""
        if kind == "challenge":
            files[f"challenges/{slug}.md"] = block(kind, slug, title, parts, more)
        else:
            name = f"{kind}s.md"
            files.setdefault(name, f"# {kind.title()}s\n\nSome words.\n\n")
            files[name] += block(kind, slug, title, parts, more) + "\n"
    for kind in ("solution", "term"):
        files.setdefault(f"{kind}s.md", f"# {kind.title()}s\n\nNone yet.\n")
    return files


def edition_files(world: World, spread: int = 1) -> dict[str, str]:
    """Return the files of the edition; blocks are dealt to ``spread`` files in turn."""
    head = (
        '[edition]\nid = "northtown"\ntitle = "Northtown"\npublisher = "NHS Northtown"\nbased_on = "../core"\n'
        f'[choose]\nstart_from = "{world.start_from}"\n'
    )
    facts = {op["fact"]: op["value"] for op in world.ops if op["op"] == "fact"}
    if facts:
        head += "[facts]\n" + "".join(f"{name} = {quoted(value)}\n" for name, value in facts.items())
    files = {"edition.toml": head + "".join(table(op) for op in world.ops)}
    blocks = [text for op in world.ops if (text := local_block(op))]
    for at in range(spread):
        dealt = blocks[at::spread]
        if dealt:
            files[f"local/ours-{at}.md"] = "# Ours\n\n" + "\n".join(dealt)
    for op in world.ops:
        if op["op"] == "page":
            files[f"local/pages/{op['path']}"] = op["text"]
    return files


def table(op: Op) -> str:
    """Return an operation of the manifest as TOML; nothing for one that is a block."""
    keys = {
        "leave-out": ("leave_out", ("item", "reason")),
        "take": ("take", ("item",)),
        "fact-for": ("fact_for", ("item", "fact", "value")),
        "place": ("place", ("item", "section")),
        "protect": ("protect", ("item", "part", "protection")),
        "lock-fact": ("lock_fact", ("fact", "reason")),
    }
    if op["op"] == "arrange":
        first, last = (", ".join(map(quoted, op[key])) for key in ("first", "last"))
        return f'[[arrange]]\nsection = "{op["section"]}"\nfirst = [{first}]\nlast = [{last}]\n'
    if op["op"] not in keys:
        return ""
    name, wanted = keys[op["op"]]
    return f"[[{name}]]\n" + "".join(f"{key} = {quoted(op[key])}\n" for key in wanted if op[key])


def local_block(op: Op) -> str:
    """Return an operation of the local folder as Markdown; nothing for one of the manifest."""
    if op["op"] == "adapt":
        return f"`````{{adapt}} {op['item']}#{op['part']}\n:kind: {op['kind']}\n:reason: Ours.\n\n{op['text']}\n`````\n"
    if op["op"] == "note":
        target = f"{op['item']}#{op['part']}" if op["part"] else op["item"]
        stands = "before" if op["before"] else "after"
        return f"`````{{local-note}} {target}\n:id: {op['id']}\n:stands: {stands}\n\n{op['text']}\n`````\n"
    if op["op"] == "add":
        more = f":instead-of: {op['instead_of']}\n:reason: Ours.\n" if op["instead_of"] else ""
        return block(op["kind"], op["slug"], op["title"], op["parts"], more, "::::::")
    return ""


def quoted(text: str) -> str:
    """Return a text as a TOML string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write(files: dict[str, str], root: Path) -> Path:
    """Write files below a folder and remove all others there."""
    for path in list(root.rglob("*")) if root.is_dir() else ():
        if path.is_file() and path.relative_to(root).as_posix() not in files:
            path.unlink()
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return root


# Strategies.

WORDS = "students must not wait two four weeks local teams agree".split()  # noqa: SIM905 - reads better
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
pieces = st.one_of(
    sentences,
    sentences.map(lambda words: f"*{words}*"),
    st.sampled_from([f"{{fact}}`{name}`" for name in FACTS]),
    st.sampled_from(
        ["{challenge}`aa`", "{term}`their word <bb>`", "{cite}`one`", "[link](other.md)", "`code`"]
    ),
)
paragraphs = st.lists(pieces, min_size=1, max_size=4).map(" ".join).map(lambda text: f"So {text}.")
lists = st.lists(pieces, min_size=1, max_size=3).map(lambda rows: "\n".join(f"- {row}" for row in rows))
boxes = paragraphs.map(lambda words: f"::::{{note}}\n{words}\n::::")
codes = sentences.map(lambda words: f"```\n{words} {{fact}}`team`\n```")
tables = pieces.map(lambda words: f"| a | b |\n| --- | --- |\n| {words} | c |")
texts = st.lists(st.one_of(paragraphs, lists, boxes, codes, tables), min_size=1, max_size=3).map("\n\n".join)
titles = st.one_of(sentences, sentences.map(lambda words: f"{words} {{fact}}`team`"))


@st.composite
def parts_of_kind(draw: st.DrawFn, kind: str, fence_safe: bool = False) -> dict[str, str]:  # noqa: FBT001, FBT002
    """Draw the parts of an item: every one that is needed, and any other."""
    keys = [key for key in LABELS[kind] if not ({key, (kind, key)} & OPTIONAL) or draw(st.booleans())]
    plain = st.one_of(paragraphs, lists, tables)
    return {key: draw(plain if fence_safe else texts.filter(lambda t: "::::" not in t)) for key in keys}


@st.composite
def cores(draw: st.DrawFn) -> World:
    """Draw a core of one to six items."""
    slugs = draw(st.lists(st.sampled_from(SLUGS), min_size=1, max_size=5, unique=True))
    items = []
    for slug in slugs:
        kind = draw(st.sampled_from(tuple(LABELS)))
        items.append((kind, slug, draw(titles), draw(parts_of_kind(kind))))
    return World(tuple(items))


ids = st.sampled_from([f"core:{slug}" for slug in SLUGS] + ["aa", "northtown:xx", "core:nowhere"])
any_part = st.sampled_from(sorted({key for parts in LABELS.values() for key in parts} | {"title", "steps"}))
values = st.sampled_from(
    ["0808 157 0100", "Ours", "{fact}`team`", "a `b` c", "``", "x | y", "*star* <b", "[l](m)"]
)


@st.composite
def operations(draw: st.DrawFn, core: World | None = None) -> Op:
    """Draw one operation, good or bad: with a core, most often about an item and a part that are there."""
    what = draw(
        st.sampled_from(
            "leave-out take fact fact-for place arrange adapt adapt adapt note note add add page".split()  # noqa: SIM905
        )
    )
    kinds = {f"core:{slug}": kind for kind, slug, _, _ in core.items} if core else {}
    item = draw(st.one_of(*3 * [st.sampled_from(sorted(kinds))], ids) if kinds else ids)
    part_keys = st.sampled_from(["title", *LABELS[kinds[item]]]) if item in kinds else any_part
    if what in ("leave-out", "take"):
        return {"op": what, "item": item, "reason": "Ours."}
    if what in ("fact", "fact-for"):
        return {
            "op": what,
            "item": item,
            "fact": draw(st.sampled_from([*FACTS, "none"])),
            "value": draw(values),
        }
    if what in ("place", "arrange"):
        section = draw(st.sampled_from(["challenges", "solutions", "terms", "other"]))
        some = st.lists(ids, max_size=2)
        return {"op": what, "item": item, "section": section, "first": draw(some), "last": draw(some)}
    if what == "adapt":
        part = draw(part_keys)
        text = draw(titles if part == "title" else texts)
        return {
            "op": what,
            "item": item,
            "part": part,
            "text": text,
            "kind": draw(st.sampled_from(["context", "meaning"])),
        }
    if what == "note":
        part = draw(st.one_of(st.just(""), part_keys))
        name = f"note-{draw(st.sampled_from(SLUGS))}"
        return {
            "op": what,
            "item": item,
            "part": part,
            "text": draw(texts),
            "id": name,
            "before": draw(st.booleans()),
        }
    if what == "add":
        kind = draw(st.sampled_from(tuple(LABELS)))
        slug = draw(st.sampled_from(["xx", "yy", "aa"]))
        instead = draw(st.one_of(st.just(""), st.just(""), ids))
        return {
            "op": what, "kind": kind, "slug": slug, "title": draw(titles), "instead_of": instead,
            "parts": draw(parts_of_kind(kind, fence_safe=True)),
        }  # fmt: skip
    path = draw(st.sampled_from(["travel.md", "terms.md", "challenges/aa.md", "index.md"]))
    return {"op": what, "path": path, "text": f"# Local page\n\n{draw(texts)}\n"}


KEYS = {
    "fact": ("fact",), "fact-for": ("fact", "item"), "arrange": ("section",), "adapt": ("item", "part"),
    "note": ("id",), "add": ("slug",), "page": ("path",),
    "protect": ("item", "part"), "lock-fact": ("fact",),
}  # fmt: skip


def key_of(op: Op) -> tuple[str, ...]:
    """Return what an operation is about; two with one key are a mistake."""
    full = {"aa": "core:aa"}
    return (op["op"], *(full.get(op[name], op[name]) for name in KEYS.get(op["op"], ("item",))))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a core and an edition of it in which each thing is said once."""
    world = draw(cores())
    ops = draw(st.lists(operations(world), max_size=7, unique_by=key_of))
    start = draw(st.sampled_from(["everything", "everything", "nothing"]))
    return attrs.evolve(world, ops=tuple(ops), start_from=start)
