"""Fingerprints are blind to layout and sensitive to meaning, over generated texts and over the real core."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance_kit.model.fingerprint import fingerprint, item_fingerprint, part_fingerprint
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.libraries import content_root

law = settings(max_examples=120, deadline=None, derandomize=True, database=None)

WORDS = "must not wait two four weeks caf\u00e9 students never 2019 \u00a340".split()  # noqa: SIM905 - reads better
words = st.lists(st.sampled_from(WORDS), min_size=2, max_size=7).map(" ".join)
marked = st.one_of(
    words,
    words.map(lambda w: f"*{w}*"),
    words.map(lambda w: f"**{w}**"),
    words.map(lambda w: f"[{w}](page.md)"),
    st.just("{fact}`crisis-line`"),
    st.just("{cite}`one`"),
    words.map(lambda w: f"`{w}`"),
)
sentences = st.lists(marked, min_size=1, max_size=3).map(lambda some: f"So {' and '.join(some)}.")
rows = st.lists(sentences, min_size=1, max_size=3)
blocks = st.one_of(
    sentences,
    rows.map(lambda some: "\n".join(f"- {row}" for row in some)),
    rows.map(lambda some: "\n".join(f"{at}. {row}" for at, row in enumerate(some, 1))),
    sentences.map(lambda s: f":::{{note}} A title\n:class: tip\n\n{s}\n:::"),
    words.map(lambda w: f"| a | b |\n| --- | --- |\n| {w} | c |"),
    words.map(lambda w: f"> {w}"),
    words.map(lambda w: f"### {w}"),
)
texts = st.lists(blocks, min_size=1, max_size=4).map("\n\n".join)


def rewrap(text: str) -> str:
    """Break plain sentences elsewhere."""
    return "\n\n".join(
        block.replace(" ", "\n", 1) if re.match(r"So [^`\[|]*$", block) else block
        for block in text.split("\n\n")
    )


LAYOUTS: dict[str, Callable[[str], str]] = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "trailing space": lambda text: re.sub(r"(?<=\w)$", "   ", text, flags=re.MULTILINE),
    "blank lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "bullets": lambda text: re.sub(r"^- ", "* ", text, flags=re.MULTILINE),
    "padding": lambda text: text.replace(" | ", "   |  "),
    "no-break space": lambda text: text.replace("four weeks", "four\u00a0weeks"),
    "underscores": lambda text: re.sub(r"(?<!\*)\*([^*\n]+)\*(?!\*)", r"_\1_", text),
    "wrapping": rewrap,
    "end of file": lambda text: text + "\n\n",
}


@law
@given(texts)
def test_layout_does_not_count(text: str) -> None:
    wanted = fingerprint(text)
    assert {name: fingerprint(change(text)) for name, change in LAYOUTS.items()} == dict.fromkeys(
        LAYOUTS, wanted
    )


TOKEN = re.compile(r"\w+|[^\w\s]")


def mutants(text: str, chance: random.Random, count: int) -> Iterator[tuple[str, str]]:
    """Give changed texts, each with the name of what was done: what a reader could notice."""
    # The numbers of a list count from its first, whatever the others say.
    markers = {at for m in re.finditer(r"^\s*\d+(?=[.)]\s)", text, re.MULTILINE) for at in range(*m.span())}
    tokens = [m for m in TOKEN.finditer(text) if re.match(r"\w", m[0]) and m.start() not in markers]
    for _ in range(count):
        one = chance.choice(tokens)
        before, after = text[: one.start()], text[one.end() :]
        yield "changed", f"{before}{one[0]}x{after}"
        yield "negated", f"{before}not {one[0]}{after}"
        if re.fullmatch(r"\d+", one[0]):
            yield "digit", f"{before}{int(one[0]) + 1}{after}"
        other = chance.choice(tokens)
        if other.start() > one.end() and other[0] != one[0]:
            middle = text[one.end() : other.start()]
            yield "swapped", f"{before}{other[0]}{middle}{one[0]}{text[other.end() :]}"
    for match in re.finditer(r"\]\(([^)]+)\)", text):
        yield "link", f"{text[: match.start(1)]}other.md{text[match.end(1) :]}"
    for match in re.finditer(r"(?<![*\w])\*(\w[^*\n]*)\*(?!\*)", text):
        yield "emphasis", f"{text[: match.start()]}{match[1]}{text[match.end() :]}"
    for match in re.finditer(r"^- .*\n(?=- )", text, re.MULTILINE):
        yield "row dropped", text[: match.start()] + text[match.end() :]
        yield "row nested", f"{text[: match.end()]}  {text[match.end() :]}"


@law
@given(texts, st.randoms(use_true_random=False))
def test_everything_a_reader_could_notice_counts(text: str, chance: random.Random) -> None:
    was = fingerprint(text)
    assert [
        (how, new) for how, new in mutants(text, chance, 3) if new != text and fingerprint(new) == was
    ] == []


def core_parts() -> list[tuple[str, str, str]]:
    library, _ = read_library_folder(content_root())
    items = library.items if library else ()
    return [
        (item.id, key, text) for item in items for key, text in {"title": item.title, **item.parts}.items()
    ]


@pytest.mark.skipif(not core_parts(), reason="there is no core here")
def test_every_mutant_of_the_real_core_is_noticed_and_no_layout_is() -> None:
    chance = random.Random(1)  # noqa: S311 - the same mutants each time
    missed: list[tuple[str, str, str]] = []
    for item, key, text in core_parts():
        was = part_fingerprint(key, text)
        for how, new in mutants(text, chance, 8):
            if new != text and part_fingerprint(key, new) == was:
                missed.append((item, key, how))
        for name in ("crlf", "byte order mark", "decomposed", "end of file"):
            if part_fingerprint(key, LAYOUTS[name](text)) != was and not (
                key == "title" and name == "end of file"
            ):
                missed.append((item, key, name))  # noqa: PERF401 - two conditions read best as a loop
    assert missed == []


def test_an_item_is_its_kind_its_options_and_its_parts() -> None:
    library, _ = read_library_folder(content_root())
    assert library is not None
    challenge = library.of_kind("challenge")[0]
    was = item_fingerprint(challenge)
    others = [challenge.with_texts({key: text + " more"}) for key, text in challenge.parts.items()]
    assert was not in {item_fingerprint(other) for other in others}
    assert was != item_fingerprint(challenge.with_texts({"title": "Another"}))
