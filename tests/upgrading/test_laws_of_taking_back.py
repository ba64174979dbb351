"""Reversibility: what is deleted again is as if it had never been written, whatever was recorded of it meanwhile."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from composing.small_worlds import Op, World, core_files, edition_files, local_block, worlds, write
from desk import DAY, MEMORY
from hypothesis import assume, given
from hypothesis import strategies as st
from small_releases import law

from guidance_kit.reading.decisions import REVIEWED
from guidance_kit.upgrading import Opened, open_edition, upgrade

pytestmark = pytest.mark.long

LATER = DAY + dt.timedelta(days=1)


def files_of(ops: Sequence[tuple[int, Op]], start_from: str) -> dict[str, str]:
    """Return the files of an edition: each block in one of its own, which bears its number."""
    world = World((), tuple(op for _, op in ops), start_from)
    kept = {path: text for path, text in edition_files(world).items() if not path.startswith("local/ours-")}
    return kept | {f"local/op-{at}.md": f"# Ours\n\n{text}" for at, op in ops if (text := local_block(op))}


def write_work(root: Path, files: dict[str, str]) -> None:
    """Write an edition's own work, and take away what is no part of it; what the tool keeps there stays."""
    for path in (root / "local").rglob("*.md"):
        if path.relative_to(root).as_posix() not in files:
            path.unlink()
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def opened(root: Path) -> Opened:
    found, problems = open_edition(root, LATER)
    assert found is not None, problems
    return found


def seen(root: Path) -> dict[str, object]:
    """Return all that readers see of an edition, and in what state the work of its people is."""
    one = opened(root)
    edition = one.edition
    return {
        "pages": [(page.path, page.text, page.origins) for page in edition.pages],
        "labels": [
            (state.item, state.label, state.page, state.stale, [(p.label, p.stale, p.missing) for p in state.parts])
            for state in edition.composed
        ],
        "out": [(left.item, left.reason) for left in edition.left_out],
        "not chosen": edition.not_chosen,
        "waiting": edition.waiting,
        "values": dict(edition.values),
        "given": edition.given,
        "redirects": dict(edition.redirects),
        "states": [(each.artefact, each.state, each.stale) for each in one.standings],
    }  # fmt: skip


def records(root: Path) -> set[str]:
    """Return the names of the records of what people looked at."""
    return {path.name for path in (root / REVIEWED).glob("*.toml")}


RECORDED: list[bool] = []  # whether something was recorded of each that was deleted again


@law(20)
@given(worlds(), st.booleans(), st.booleans())
def each_is_taken_back(
    world: World,
    recorded: bool,  # noqa: FBT001 - drawn
    upgraded: bool,  # noqa: FBT001 - drawn
) -> None:
    """With ``recorded`` a record is written of each; with ``upgraded`` an upgrade comes after it is gone, too."""
    assume(world.ops)
    work = list(enumerate(world.ops))
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        write(core_files(world), Path(name) / "core")
        for at, op in work:
            root = Path(name) / f"edition-{at}"
            root.mkdir()
            others = files_of([one for one in work if one[0] != at], world.start_from)
            write_work(root, others)
            upgrade(root, DAY)
            before, known = seen(root), records(root)
            write_work(root, files_of(work, world.start_from))
            if recorded:
                upgrade(root, LATER)
                RECORDED.append(records(root) > known)
            during = seen(root)
            write_work(root, others)
            if upgraded:
                upgrade(root, LATER)
            assert seen(root) == before, (op, during)


def test_reversibility_each_operation_written_and_deleted_again_leaves_what_readers_saw() -> None:
    RECORDED.clear()
    each_is_taken_back()
    assert RECORDED.count(True) > 10, "records are written of some of them, so the law is about those too"
