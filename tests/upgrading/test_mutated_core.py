"""Mutations of the real core: whatever a reader could notice changes every fingerprint that stands for it.

``tests/model/test_laws_of_fingerprints.py`` does it for the texts of parts; here for whole items, their options
and protection, their page, and the fingerprint of the library, which a copy of it is known by.
"""

from __future__ import annotations

import itertools
import random
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from desk import MEMORY

from guidance_kit.model.fingerprint import item_fingerprint
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library
from guidance_kit.model.page import Page
from guidance_kit.model.vocabulary import Protection
from guidance_kit.problems import Place
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.libraries import content_root
from guidance_kit.reading.pages import read_page

CORE = read_library_folder(content_root())[0]
pytestmark = pytest.mark.skipif(CORE is None or not CORE.items, reason="there is no core here")
WORD = re.compile(r"(?<![\w{`:#/-])[A-Za-z]{3,}(?![\w}`:/-])")


def chance() -> random.Random:
    return random.Random(1)  # noqa: S311 - the same mutants each time


def mutants(text: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    """Give changed texts of a part, each with the name of what was done."""
    words = list(WORD.finditer(text))
    if words:
        one, other = dice.choice(words), dice.choice(words)
        yield "word changed", f"{text[: one.start()]}{one[0]}s{text[one.end() :]}"
        yield "word deleted", f"{text[: one.start()]}{text[one.end() :].lstrip(' ')}"
        yield "word added", f"{text[: one.end()]} well{text[one.end() :]}"
        yield "negated", f"{text[: one.start()]}not {text[one.start() :]}"
        if one.end() < other.start() and one[0] != other[0]:
            middle = text[one.end() : other.start()]
            yield "words swapped", f"{text[: one.start()]}{other[0]}{middle}{one[0]}{text[other.end() :]}"
        yield "emphasis", f"{text[: one.start()]}*{one[0]}*{text[one.end() :]}"
    for at in [m.start() for m in re.finditer(r"(?<=[a-z ])\d(?!\d*[.)] )", text)][:2]:
        yield "digit", f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"
    for match in list(re.finditer(r"\]\(([^)]+)\)", text))[:1]:
        yield "link", f"{text[: match.start(1)]}other.md{text[match.end(1) :]}"
    for match in list(re.finditer(r"(?:\{[\w:-]+\}`)([^`]+)`", text))[:1]:
        yield "role", f"{text[: match.start(1)]}another{text[match.end(1) :]}"
    rows = list(re.finditer(r"^- [^\n]*\n(?=- )", text, re.MULTILINE))
    if rows:
        row = dice.choice(rows)
        yield "row dropped", text[: row.start()] + text[row.end() :]
        yield "row twice", text[: row.end()] + text[row.start() :]


def layouts(text: str) -> Iterator[tuple[str, str]]:
    """Give a page in other layouts: nothing that a reader of the site could notice."""
    yield "carriage returns", text.replace("\n", "\r\n")
    yield "byte order mark", "\ufeff" + text
    yield "decomposed", unicodedata.normalize("NFD", text)
    yield "trailing space", re.sub(r"(?<=[a-z.])$", " ", text, flags=re.MULTILINE)
    yield "bullets", re.sub(r"^- ", "* ", text, flags=re.MULTILINE)
    yield "end of file", text + "\n\n"
    yield "blank lines", re.sub(r"(?<=[a-z]\.)\n\n(?=[A-Z])", "\n\n\n", text)
    yield "wrapping", "\n".join(map(wrapped, text.split("\n")))


def wrapped(line: str) -> str:
    """Break a line of prose in its middle."""
    first, last = (
        line[: len(line) // 2].rpartition(" ")[0],
        line[len(line[: len(line) // 2].rpartition(" ")[0]) + 1 :],
    )
    plain = re.fullmatch(r"[A-Z][^|`{\[#:(]*", line) and re.match(r"[a-z]{2,}", last)
    return f"{first}\n{last}" if plain and len(line) > 40 else line


def items() -> tuple[Item, ...]:
    assert CORE is not None
    return CORE.items


def with_item(library: Library, old: Item, new: Item) -> Library:
    def page(one: Page) -> Page:
        some = (one.items, one.nested)
        made = (tuple(new if item is old else item for item in held) for held in some)
        held, nested = made
        return attrs.evolve(one, items=held, nested=nested)

    where = library.page_of[old.id]
    return attrs.evolve(library, pages=tuple(page(one) if one is where else one for one in library.pages))


def test_a_mutation_of_any_part_changes_the_fingerprint_of_its_item_and_of_the_library() -> None:
    assert CORE is not None
    dice, missed, tried = chance(), [], 0
    for item in items():
        was = item_fingerprint(item)
        for key, text in {"title": item.title, **item.parts}.items():
            for how, new in mutants(text, dice):
                if new == text:
                    continue
                tried += 1
                changed = item.with_texts({key: new})
                if item_fingerprint(changed) == was:
                    missed.append((item.id, key, how))
                elif tried % 40 == 0 and with_item(CORE, item, changed).content == CORE.content:
                    missed.append((item.id, key, f"{how}: library"))
    assert missed == []
    assert tried > 500


def test_protection_counts_of_an_item_and_of_each_part_and_so_does_every_option() -> None:
    assert CORE is not None
    for item in items():
        words = [word for word in Protection if word is not item.protection]
        seen = {item_fingerprint(attrs.evolve(item, protection=word)) for word in words}
        parts = [
            (*item.protected_parts, f"{key}: {word}")
            for key in ("title", *item.parts)
            for word in ("endorsed", "safety")
        ]
        seen |= {
            item_fingerprint(attrs.evolve(item, protected_parts=part))
            for part in parts
            if part != item.protected_parts
        }
        assert item_fingerprint(item) not in seen
        assert len(seen) >= len(words) + len(parts) - 1
    one = next(item for item in items() if not item.must_appear)
    assert with_item(CORE, one, attrs.evolve(one, protection=Protection.SAFETY)).content != CORE.content


def test_no_two_parts_of_an_item_can_be_swapped_unnoticed() -> None:
    for item in items():
        keys = list(item.parts)
        for one, other in itertools.pairwise(keys):
            texts = {one: item.parts[other], other: item.parts[one]}
            assert texts[one] == texts[other] or item_fingerprint(item.with_texts(texts)) != item_fingerprint(
                item
            )


def test_another_layout_of_any_page_changes_no_fingerprint_of_anything_on_it() -> None:
    assert CORE is not None
    wrong = []
    for page in CORE.pages:
        for how, text in layouts(page.text):
            read = read_page(text, page.path, Place(page.path), "core").page
            was, now = dict(page.prints), dict(read.prints)
            wrong += [(how, name) for name in sorted({*was, *now}) if was.get(name) != now.get(name)]
    assert wrong == []


def test_a_mutation_of_any_page_changes_what_a_copy_of_the_core_is_known_by() -> None:
    """The prose of pages counts too, and so do facts and sources; what a library is called does not."""
    assert CORE is not None
    dice = chance()
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        root = Path(shutil.copytree(content_root(), Path(name, "core")))
        same, _ = read_library_folder(root)
        assert same is not None
        assert same.content == CORE.content
        pages = [root / page.path for page in dice.sample(CORE.pages, min(6, len(CORE.pages)))]
        for path in (*pages, root / "facts.toml", root / "references.json"):
            text = path.read_text("utf-8")
            words = list(re.finditer(r"(?<=[a-z] )[a-z]{5,}(?= [a-z])", text))
            if not words:
                continue
            word = dice.choice(words)
            if "#" in text[text.rfind("\n", 0, word.start()) + 1 : word.start()] and path.suffix == ".toml":
                continue  # a comment
            path.write_text(f"{text[: word.start()]}{word[0]}x{text[word.end() :]}", "utf-8")
            changed, _ = read_library_folder(root, like=same)
            assert changed is not None
            assert changed.content != CORE.content, (path.name, word[0])
            path.write_text(text, "utf-8")
        for path in (*pages, root / "facts.toml"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        again, _ = read_library_folder(root)
        assert again is not None
        assert again.content == CORE.content
