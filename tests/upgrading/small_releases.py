"""Small releases, generated: a core, scripts of edits that make its next releases, and an edition of it."""

from __future__ import annotations

import os

from composing.small_worlds import LABELS, OPTIONAL, Op, sentences
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from small_cores import FACTS, KINDS, Core, Edit, Guide, released

EXAMPLES = int(os.environ.get("GUIDANCE_LAW_EXAMPLES", "0"))  # more of them, at random, to hunt by hand
SLUGS = ("aa", "bb", "cc", "dd", "ee", "ff")
GRAVITIES = ("editorial", "substantive", "safety")
VALUES = {"crisis-line": "0808 157 0100", "places": "42"}


def law(examples: int) -> settings:
    """Return the settings of a law that is tried on so many examples."""
    return settings(
        max_examples=EXAMPLES or examples,
        deadline=None,
        derandomize=not EXAMPLES,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


pieces = st.one_of(
    sentences,
    sentences.map(lambda words: f"*{words}*"),
    st.sampled_from(["{fact}`crisis-line`", "{fact}`places`", "{cite}`one`"]),
)
paragraphs = st.lists(pieces, min_size=1, max_size=2).map(" ".join).map(lambda words: f"So {words}.")
lists = st.lists(pieces, min_size=1, max_size=3).map(lambda rows: "\n".join(f"- {row}" for row in rows))
texts = st.lists(st.one_of(paragraphs, paragraphs, lists), min_size=1, max_size=3).map("\n\n".join)
parts = st.sampled_from(sorted({"title", *(key for kind in KINDS for key in LABELS[kind])}))
WORDS_OF_PROTECTION = ("required", "endorsed", "safety")


@st.composite
def guides(draw: st.DrawFn, slug: str = "xx") -> Guide:
    """Draw an item, most often without protection."""
    kind = draw(st.sampled_from(KINDS))
    keys = [key for key in LABELS[kind] if not ({key, (kind, key)} & OPTIONAL) or draw(st.booleans())]
    held = {key: draw(texts) for key in keys}
    word = draw(st.sampled_from((*12 * ("open",), *WORDS_OF_PROTECTION)))
    part = draw(st.sampled_from((*12 * ("",), *keys)))
    return Guide(kind, slug, draw(sentences), held, word, {part: "endorsed"} if part else {})


@st.composite
def cores(draw: st.DrawFn) -> Core:
    """Draw a first release of one to four items."""
    slugs = draw(st.lists(st.sampled_from(SLUGS), min_size=2, max_size=4, unique=True))
    return Core(tuple(draw(guides(slug)) for slug in slugs))


gravities = st.sampled_from((*GRAVITIES, *GRAVITIES, ""))  # one in seven is not declared
EVERY = "change change change change change change drop add withdraw move split merge protect fact"


@st.composite
def edits(draw: st.DrawFn, core: Core, ops: list[Op] = [], allowed: str = EVERY) -> Edit:  # noqa: B006
    """Draw an edit of a core, most often where an edition has work; one that does not fit comes to nothing."""
    places = [(guide.slug, key) for guide in core.guides for key in ("title", *LABELS[guide.kind])]
    beside = [
        (op["item"].rpartition(":")[2], op.get("part") or "summary") for op in ops if op["op"] != "page"
    ]
    slug, part = draw(st.sampled_from([*places, *6 * beside]))
    made = {"do": draw(st.sampled_from(allowed.split())), "slug": slug, "kind": draw(gravities)}
    if made["do"] == "drop":
        return made | {"part": draw(st.sampled_from(("why-it-persists", "summary")))}
    if made["do"] == "change":
        return made | {"part": part, "text": draw(st.one_of(paragraphs, texts))}
    if made["do"] == "protect":
        return made | {"part": part, "word": draw(st.sampled_from(WORDS_OF_PROTECTION))}
    other = draw(st.sampled_from([guide.slug for guide in core.guides]))
    more = {"title": draw(sentences), "other": other, "fact": draw(st.sampled_from(tuple(FACTS)))}
    return made | more | ({"guide": draw(guides())} if made["do"] in ("add", "split") else {})


def scripts(core: Core, ops: list[Op], allowed: str = EVERY, most: int = 4) -> st.SearchStrategy[list[Edit]]:
    """Return a strategy of the edits of a release."""
    return st.lists(edits(core, ops, allowed), min_size=1, max_size=most)


@st.composite
def local_work(draw: st.DrawFn, core: Core, least: int = 0) -> list[Op]:
    """Draw what an edition says of its own beside a core, each thing once; most of it fits."""
    ops = draw(st.lists(_op(core), min_size=least, max_size=6, unique_by=_about))
    return [{**op, "id": f"note-{SLUGS[at]}"} if op["op"] == "note" else op for at, op in enumerate(ops)]


def _about(op: Op) -> tuple[object, ...]:
    keys = {
        "adapt": ("item", "part"),
        "note": ("item", "part"),
        "fact": ("fact",),
        "fact-for": ("fact", "item"),
    }
    return (
        op["op"],
        *(
            op[key].removeprefix("core:")
            for key in keys.get(op["op"], ("slug" if op["op"] == "add" else "item",))
        ),
    )


@st.composite
def _op(draw: st.DrawFn, core: Core) -> Op:
    what = draw(st.sampled_from("adapt adapt adapt note note leave-out fact fact-for add page".split()))  # noqa: SIM905
    guide = draw(st.sampled_from(core.guides))
    item = draw(st.sampled_from((*3 * [f"core:{guide.slug}"], guide.slug, guide.slug)))
    key = draw(st.sampled_from(("title", *LABELS[guide.kind])))
    made = {"op": what, "item": item, "reason": "Ours."}
    if what == "adapt":
        text = draw(sentences if key == "title" else texts)
        return made | {"part": key, "text": text, "kind": draw(st.sampled_from(("context", "meaning")))}
    if what == "note":
        part = draw(st.sampled_from(("", key)))
        return made | {"part": part, "text": draw(texts), "id": "note", "before": draw(st.booleans())}
    if what in ("fact", "fact-for"):
        name = draw(st.sampled_from(tuple(FACTS)))
        return made | {"fact": name, "value": VALUES[name]}
    if what == "add":
        own = draw(guides(draw(st.sampled_from(("xx", "yy")))))
        instead = draw(st.sampled_from(("", item)))
        return made | {
            "kind": own.kind, "slug": own.slug, "title": own.title, "parts": own.parts, "instead_of": instead,
        }  # fmt: skip
    path = draw(st.sampled_from(("travel.md", "index.md", "terms.md")))
    return (
        {"op": what, "item": path, "path": path, "text": f"# Local page\n\n{draw(texts)}\n"}
        if what == "page"
        else made
    )


@st.composite
def stories(draw: st.DrawFn, releases: int = 2, least: int = 0) -> tuple[list[Core], list[Op]]:
    """Draw a core and its next releases, and the work of an edition beside the first."""
    held = [draw(cores())]
    ops = draw(local_work(held[0], least=least))
    for _ in range(releases - 1):
        held.append(released(held[-1], draw(scripts(held[-1], ops))))
    return held, ops
