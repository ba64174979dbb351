"""Writes the same N items as a tree of our directives, of plain MyST admonitions, or of sphinx-needs.

Deterministic: the words come from a fixed list by arithmetic, no random numbers. Ten items a page;
every third item a challenge, a solution, a case study; links, a list and a table in each. The three
trees hold the same words and show the same links, both ways, so that build times can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

PER_PAGE = 10
WORDS = (
    "student service team referral contact term clinic advice local shared plan meeting review support access "
    "campus practice pathway agreement leaders evidence waiting discharge registration consent safety partner"
).split()

Item = tuple[int, str]  # number, kind


def sentence(seed: int, length: int = 12) -> str:
    """Return a sentence of ``length`` words, the same for the same seed."""
    words = [WORDS[(seed * 7 + at * (1 + seed % 5)) % len(WORDS)] for at in range(length)]
    return " ".join(words).capitalize() + "."


def paragraph(seed: int) -> str:
    """Return a paragraph of four sentences."""
    return " ".join(sentence(seed * 4 + at, 9 + (seed + at) % 7) for at in range(4))


def kind_of(number: int) -> str:
    """Return the kind of an item, by its number."""
    return ("challenge", "solution", "case-study")[number % 3]


def title(number: int) -> str:
    """Return the title of an item."""
    return f"{sentence(number, 5)[:-1]} {number}"


def name(number: int) -> str:
    """Return the id of an item."""
    return f"{kind_of(number)}-{number}"


def target(number: int, count: int) -> int | None:
    """Return the item that this one links to: a solution to a challenge, a case study to a solution."""
    if kind_of(number) == "challenge":
        return None
    back = (number * 37) % max(1, min(number, 60))
    wanted = number - 1 - (back - back % 3)
    return wanted if 0 <= wanted < count else number - 1


def back_links(count: int) -> Mapping[int, list[int]]:
    """Return, for each item, those that link to it."""
    found: dict[int, list[int]] = {}
    for number in range(count):
        to = target(number, count)
        if to is not None:
            found.setdefault(to, []).append(number)
    return found


def table(number: int) -> str:
    """Return a small Markdown table."""
    rows = "\n".join(f"| {sentence(number + at, 2)} | {sentence(number + at + 1, 4)} |" for at in range(3))
    return f"| What | How |\n| --- | --- |\n{rows}"


def bullets(number: int) -> str:
    """Return a Markdown list."""
    return "\n".join(f"- {sentence(number + at, 8)}" for at in range(3))


SAYS = {"solution": ("Addresses", "Solutions that address it"), "case-study": ("Shows", "Seen in")}


def ours(number: int, count: int) -> str:
    """Return an item as one of our blocks; relations are options, shown both ways by the extension."""
    to = target(number, count)
    link = name(to) if to is not None else ""
    options = {
        "challenge": ":themes: roles, transitions\n:felt-by: nhs, he\n:strength: strong\n:sources: one",
        "solution": f":addresses: {link}\n:status: in-use\n:sources: one",
        "case-study": (
            ":place: Northtown\n:partners: A trust; A university\n:resembles: cmht\n:setting: campus\n"
            f":began: 2019\n:as-of: 2024\n:shows: {link}\n:sources: one"
        ),
    }[kind_of(number)]
    body = "\n\n".join(f"## {label}\n\n{text}" for label, text in parts(number))
    return (
        f":::{{{kind_of(number)}}} {title(number)}\n:id: {name(number)}\n{options}\n\n"
        f"{paragraph(number)}\n\n{body}\n:::\n"
    )


def parts(number: int) -> list[tuple[str, str]]:
    """Return the headings and texts of an item's parts after the summary."""
    first, second, third = paragraph(number + 1), f"{table(number)}", bullets(number)
    labels = {
        "challenge": ("What it looks like", "Why it persists", "Questions to put to each other"),
        "solution": ("How it works", "What it takes", "First steps"),
        "case-study": ("The model in NHS terms", "Who it serves", "Outcomes"),
    }[kind_of(number)]
    found = list(zip(labels, (first, second, third), strict=True))
    if kind_of(number) == "case-study":
        found += [
            ("What is not known", sentence(number)),
            ("Against the criteria", "- {criterion}`benefit`: shown. " + sentence(number)),
        ]
    return found


def facts_of(number: int) -> list[tuple[str, str]]:
    """Return the labelled facts that our blocks show in words, for the other trees to show as well."""
    return {
        "challenge": [
            ("Themes", "Roles and responsibilities, Moving between home and university"),
            ("Felt by", "NHS mental health services, Universities and colleges"),
            ("Strength of evidence", "Strong"),
            ("Sources", "One (2024)"),
        ],
        "solution": [("Status", "In use"), ("Sources", "One (2024)")],
        "case-study": [
            ("Place", "Northtown"),
            ("Partners", "A trust, A university"),
            ("Resembles", "Community mental health team"),
            ("Setting", "On campus"),
            ("Began", "2019"),
            ("As of", "2024"),
            ("Sources", "One (2024)"),
        ],
    }[kind_of(number)]


def relations(number: int, count: int, back: Mapping[int, list[int]]) -> Iterator[tuple[str, list[int]]]:
    """Give the words of each relation of an item, forwards and back, with the items it names."""
    to = target(number, count)
    if to is not None:
        yield SAYS[kind_of(number)][0], [to]
    by_kind: dict[str, list[int]] = {}
    for other in back.get(number, []):
        by_kind.setdefault(SAYS[kind_of(other)][1], []).append(other)
    yield from by_kind.items()


def floor(number: int, count: int, back: Mapping[int, list[int]]) -> str:
    """Return an item as a plain MyST admonition with a label, and the same words and links."""
    lines = [f"**{label}**: {words}" for label, words in facts_of(number)]
    for words, items in relations(number, count, back):
        links = ", ".join(f"{{ref}}`{title(item)} <{name(item)}>`" for item in items)
        lines.append(f"**{words}**: {links}")
    listed = "\n".join(f"- {line}" for line in lines)
    body = "\n\n".join(f"**{label}**\n\n{_without_roles(text)}" for label, text in parts(number))
    return (
        f"({name(number)})=\n:::{{admonition}} {title(number)}\n:class: {kind_of(number)}\n\n"
        f"{paragraph(number)}\n\n{body}\n\n{listed}\n:::\n"
    )


def needs(number: int, count: int, _back: Mapping[int, list[int]]) -> str:
    """Return an item for sphinx-needs; it shows its own links, both ways."""
    to = target(number, count)
    links = f":links: {name(to)}\n" if to is not None else ""
    facts = "\n".join(f"- **{label}**: {words}" for label, words in facts_of(number))
    body = "\n\n".join(f"**{label}**\n\n{_without_roles(text)}" for label, text in parts(number))
    return (
        f":::{{{kind_of(number).replace('-', '')}}} {title(number)}\n:id: {name(number)}\n{links}\n"
        f"{paragraph(number)}\n\n{body}\n\n{facts}\n:::\n"
    )


def _without_roles(text: str) -> str:
    return text.replace("{criterion}`benefit`", "[Benefit](#criterion-benefit)")


CRITERION = ":::{criterion} Benefit\n:id: benefit\n:sources: one\n\nIt helps.\n\n## What would show it\n\nNumbers.\n:::\n"
CONF = (
    'project = "Benchmark"\nextensions = ["myst_parser"{more}]\n'
    'myst_enable_extensions = ["colon_fence"]\nhtml_theme = "basic"\n'
)
NEEDS = (
    "needs_types = [dict(directive=d, title=d, prefix='', color='#fff', style='node') "
    "for d in ('challenge', 'solution', 'casestudy')]\n"
    "needs_id_regex = '^[a-z0-9-]+$'\n"
)
Write = Callable[[int, int, Mapping[int, list[int]]], str]
TREES: dict[str, tuple[str, Write]] = {
    "ours": (CONF.format(more=', "guidance_kit"'), lambda number, count, _back: ours(number, count)),
    "floor": (CONF.format(more=""), floor),
    "needs": (CONF.format(more=', "sphinx_needs"') + NEEDS, needs),
}


def write(tree: str, count: int, folder: Path) -> None:
    """Write the tree of that name with ``count`` items into a folder."""
    conf, item = TREES[tree]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "conf.py").write_text(conf, "utf-8")
    (folder / "references.json").write_text('[{"id": "one", "type": "book", "title": "One"}]', "utf-8")
    back = back_links(count)
    pages = range(0, count, PER_PAGE)
    for first in pages:
        items = (item(number, count, back) for number in range(first, min(count, first + PER_PAGE)))
        text = f"# Page {first // PER_PAGE}\n\n" + "\n".join(items)
        (folder / f"page-{first // PER_PAGE:04}.md").write_text(text, "utf-8")
    names = "\n".join(f"page-{first // PER_PAGE:04}" for first in pages)
    index = f"# Benchmark\n\n```{{toctree}}\n:maxdepth: 1\n\ncriteria\n{names}\n```\n"
    (folder / "index.md").write_text(index, "utf-8")
    (folder / "criteria.md").write_text(f"# Criteria\n\n{criterion(tree, count)}", "utf-8")


def criterion(tree: str, count: int) -> str:
    """Return the one criterion that case studies are assessed against; our block lists those by itself."""
    if tree == "ours":
        return CRITERION
    judged = ""
    if tree == "floor":
        studies = (number for number in range(count) if kind_of(number) == "case-study")
        links = "\n".join(f"  - {{ref}}`{title(number)} <{name(number)}>` (shown)" for number in studies)
        judged = f"\n- **Case studies judged against it**:\n{links}\n"
    body = f"It helps.\n\n**What would show it**\n\nNumbers.\n{judged}"
    return f"(criterion-benefit)=\n:::{{admonition}} Benefit\n\n{body}:::\n"


def write_library(count: int, folder: Path) -> None:
    """Write our tree as a library of guidance, for reading and composing."""
    write("ours", count, folder)
    (folder / "conf.py").unlink()
    (folder / "library.toml").write_text('[library]\nid = "core"\ntitle = "Benchmark"\n', "utf-8")
