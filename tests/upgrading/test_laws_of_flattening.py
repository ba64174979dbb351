"""The laws of flattening: ``O2.(O1.C) = flatten(O2, O1).C``, and flattening is associative.

What holds always: the words of every item, a part at a time, as readers get them; which items there are and in
which order; what is left out; the values of facts; what is protected, and which facts are fixed. Pages are
equal byte for byte, with these exceptions:

* where either leaves out items or does not choose them, an item of its own whose section is one page may stand
  on that page or on one of its own, as the page is left without items in one of the two;
* an item of the parent's that the child placed in another section may stand on a page in the folder of that;
* a list of contents may hold a page of the parent's that the child's own first page lists no more, and the
  pages that no list names come in another order at the end of the first page's list;
* an item in the place of one that the parent had put in the place of another says so of that other.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from composing.small_worlds import Op
from hypothesis import HealthCheck, assume, given, settings
from small_layers import Layers, flat, layers, made, of_items, on_disk, opened, texts, up

from guidance_kit.model.vocabulary import Protection
from guidance_kit.upgrading import Opened
from guidance_kit.upgrading.flattening import Flattened

pytestmark = pytest.mark.long

law = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
OPEN = Protection.OPEN
LIST = re.compile(r"^```\{toctree\}\n.*?^```\n|^:instead-of: \S+\n", re.MULTILINE | re.DOTALL)


@contextmanager
def flattened(said: Layers) -> Iterator[tuple[Flattened, Opened, Opened]]:
    """Give what flattening told, the flat edition, and the child that it was made of."""
    with tempfile.TemporaryDirectory() as name:
        roots = on_disk(said, Path(name))
        told, result = flat(roots[-1], "flat")
        yield told, result, opened(roots[-1])


def left_out(one: Opened) -> set[str]:
    """Return the items of the core that readers do not find, wherever they were left out."""
    before = one.base.ancestry.left_out if one.base.ancestry else {}
    gone = {*before, *(left.item for left in one.edition.left_out), *one.edition.not_chosen}
    return {name for name in gone if name.startswith("core:")}


def protected(one: Opened) -> dict[str, dict[str, str]]:
    """Return the protection of each part of each item, with what the edition adds for those based on it."""
    added = one.edition.protections
    return {
        item.id: {
            key: str(
                item.protection_of(key)
                .joined(added.get(item.id, OPEN))
                .joined(added.get(f"{item.id}#{key}", OPEN))
            )
            for key in ("title", *item.parts)
        }
        for item in one.edition.library
    }


def moves_theirs(op: Op) -> bool:
    """Return whether an edition places an item of the one before it, which stands on another page then."""
    return op["op"] == "place" and not op["item"].startswith("core:")


def bare(pages: dict[str, str]) -> dict[str, str]:
    return {path: "\n".join(LIST.sub("", text).split()) for path, text in pages.items()}


@law
@given(layers())
def test_the_words_the_order_the_omissions_and_the_values_are_the_same(said: Layers) -> None:
    with flattened(said) as (_, result, child):
        assert of_items(result) == of_items(child)
        assert [item.id for item in result.edition.library] == [item.id for item in child.edition.library]
        assert left_out(result) == left_out(child)
        assert dict(result.edition.values) == dict(child.edition.values)
        assert protected(result) == protected(child)
        assert result.edition.locked.keys() == child.edition.locked.keys()
        given = {(one.fact, one.item): one.value for one in child.edition.given}
        there = {key: value for key, value in given.items() if not key[1] or key[1] in child.edition.by_id}
        assert {(one.fact, one.item): one.value for one in result.edition.given} == there


@law
@given(layers())
def test_the_pages_are_the_same_but_for_what_is_said_above(said: Layers) -> None:
    with flattened(said) as (told, result, child):
        places = [{state.item.id: state.page for state in one.edition.composed} for one in (result, child)]
        assume(places[0] == places[1])
        assert bare(texts(result)) == bare(texts(child))
        assert set(told.differing) == {
            path.removesuffix(".md") for path, text in texts(child).items() if texts(result)[path] != text
        }


@law
@given(layers())
def test_where_nothing_is_left_out_and_no_page_replaced_every_byte_is_the_same(said: Layers) -> None:
    free = tuple(
        tuple(
            op
            for op in ops
            if op["op"] not in ("leave-out", "page")
            and not (op["op"] == "add" and op["instead_of"])
            and not moves_theirs(op)
        )
        for ops in said.editions
    )
    with flattened(Layers(said.core, free)) as (told, result, child):
        assert told.differing == ()
        assert texts(result) == texts(child)


@law
@given(layers())
def test_a_flat_edition_has_nothing_open_and_nothing_that_an_upgrade_would_change(said: Layers) -> None:
    with flattened(said) as (_, result, _child):
        assert [one.state for one in result.standings if one.open] == []
        before = texts(result)
        up(result.root)
        assert texts(opened(result.root)) == before


@settings(law, max_examples=25)
@given(layers(3))
def test_flattening_is_associative_up_to_the_words_of_items(said: Layers) -> None:
    with tempfile.TemporaryDirectory() as name:
        _, uni, dept = on_disk(said, Path(name))
        upper, _ = flat(dept, "upper")  # dept and uni, based on northtown
        _, one = flat(upper.folder, "one")
        lower, _ = flat(uni, "lower")  # uni and northtown, based on the core
        again = Path(name) / "again"
        made(said.core.with_ops(said.editions[2]), again, "dept", lower.folder.name)
        for path in (dept / "edition.toml", *(dept / "local").rglob("*.md")):
            target = again / path.relative_to(dept)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes().replace(b"../uni", b"../lower"))
        for path in (again / "local").rglob("*.md"):
            if not (dept / path.relative_to(again)).exists():
                path.unlink()
        up(again)
        _, other = flat(again, "other")
        assert of_items(one) == of_items(other) == of_items(opened(dept))
        assert dict(one.edition.values) == dict(other.edition.values)
        assert left_out(one) == left_out(other)
