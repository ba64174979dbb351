"""Any commands in any order: whatever people and releases do, no local work is lost and no safety change hidden."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from composing.small_worlds import LABELS, edition_files, local_block
from composing.small_worlds import World as Words
from desk import DAY, LOCAL, MEMORY, Desk
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from naive_upgrader import arriving, heirs
from small_cores import Core, released
from small_releases import cores, edits, law, sentences
from test_laws_of_accepting import decision, offered

from guidance_kit.checking import check_edition
from guidance_kit.model.lock import How
from guidance_kit.model.vocabulary import Protection
from guidance_kit.problems import worst
from guidance_kit.reading.decisions import REVIEWED
from guidance_kit.upgrading import accept, accept_editorial, plan_upgrade, undo_upgrade
from guidance_kit.upgrading.reviewing import compared

pytestmark = pytest.mark.long

RELEASED: list[bool] = []  # whether each check for a release let the edition pass
Unread = frozenset[tuple[str, int]]


class Edition(RuleBasedStateMachine):
    """An edition, the people who work on it, and the core whose releases come."""

    @initialize(core=cores())
    def start(self, core: Core) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        self.desk, self.cores, self.count = Desk(Path(self.folder.name)), [core], 0
        self.words: dict[str, str] = {}  # what the people wrote, by the file it is in
        self.unread: Unread = frozenset()
        self.before: list[Unread] = []  # what was unread before each upgrade that can be undone
        self.read: set[tuple[str, int]] = set()
        self.desk.publish(core)
        manifest = edition_files(Words(()))["edition.toml"]
        self.desk.root.mkdir()
        number = '[facts]\ncrisis-line = "0808 157 0100"\n'
        (self.desk.root / "edition.toml").write_text(manifest + number, "utf-8")
        self.desk.up()
        shutil.rmtree(self.desk.root / ".guidance")  # an edition that keeps no text is no subject here

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    # What the people do by hand.

    @property
    def composed(self) -> Core:
        """The release that the edition is composed from."""
        version = self.desk.opened().lock.base.version
        return self.cores[int(version.partition(".")[0]) - 1]

    def wrote(self, name: str, text: str, marker: str) -> None:
        path = self.desk.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        self.words[name] = marker

    def marker(self) -> str:
        self.count += 1
        return f"mark{self.count}q"

    @rule(data=st.data(), words=sentences, what=st.sampled_from(("adapt", "adapt", "note", "add")))
    def write(self, data: st.DataObject, words: str, what: str) -> None:
        guide = data.draw(st.sampled_from(self.composed.guides))
        key = data.draw(st.sampled_from(("title", *LABELS[guide.kind])))
        mark = self.marker()
        op = {
            "op": what,
            "item": f"core:{guide.slug}",
            "part": key,
            "text": f"Ours {mark} {words}",
            "kind": "context",
        }
        op |= {"id": f"note-{mark}", "before": False, "reason": "Ours."} if what == "note" else {}
        if what == "add":
            parts = dict.fromkeys(LABELS[guide.kind], f"Ours {mark} {words}.")
            instead = data.draw(st.sampled_from(("", f"core:{guide.slug}")))
            op |= {"kind": guide.kind, "slug": mark, "title": words, "parts": parts, "instead_of": instead}
        self.wrote(f"local/{mark}.md", f"# Ours\n\n{local_block(op)}", mark)

    @rule(data=st.data())
    def leave_out(self, data: st.DataObject) -> None:
        guide, mark = data.draw(st.sampled_from(self.composed.guides)), self.marker()
        path = self.desk.root / "edition.toml"
        row = f'\n[[leave_out]]  # seen by {mark}c\nitem = "core:{guide.slug}"\nreason = "Since {mark}."\n'
        path.write_text(path.read_text("utf-8") + row, "utf-8")
        self.words |= {f"edition.toml {mark}": mark, f"edition.toml {mark}c": f"{mark}c"}

    @rule(words=sentences)
    def write_page(self, words: str) -> None:
        mark = self.marker()
        national = (self.desk.root / "national/index.md").read_text("utf-8")
        contents = national[national.index("```{toctree}") :]  # without it readers would find no other page
        self.wrote("local/pages/index.md", f"# Ours\n\n{mark} {words}\n\n{contents}", mark)

    @precondition(lambda self: self.files)
    @rule(data=st.data(), words=sentences)
    def edit(self, data: st.DataObject, words: str) -> None:
        name, mark = data.draw(st.sampled_from(self.files)), self.marker()
        path = self.desk.root / name
        text = path.read_text("utf-8").replace(self.words[name], mark)
        text = re.sub(rf"(?<=Ours {mark}) .*", f" {words}", text)
        self.wrote(name, re.sub(r":id: note-\w+", f":id: note-{mark}", text), mark)

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.files))
        (self.desk.root / name).unlink()
        del self.words[name]

    @property
    def files(self) -> list[str]:
        """The files of the people that still hold what they wrote there."""
        root = self.desk.root
        return [
            n
            for n, mark in sorted(self.words.items())
            if (root / n).is_file() and mark in (root / n).read_text()
        ]

    # What the maintainers of the core do, and the commands.

    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        last = self.cores[-1]
        work = [
            {"op": "x", "item": one.artefact.item or "core:aa", "part": one.artefact.part}
            for one in self.desk.opened().standings
        ]
        some = data.draw(st.lists(edits(last, work), min_size=1, max_size=3))
        self.cores.append(released(last, some))
        self.desk.publish(self.cores[-1])

    @rule()
    def upgrade(self) -> None:
        old, new = self.composed, self.cores[-1]
        local, decisions = self.desk.files(*LOCAL), self.decisions()
        plan, problems = plan_upgrade(self.desk.root, DAY)
        assert plan is not None, problems
        assert self.desk.files(*LOCAL) == local
        idle = plan.idle
        self.desk.up()
        assert self.desk.files(*LOCAL) == local
        assert self.decisions().items() >= decisions.items()
        if not idle:
            self.before.append(self.unread)
            kept = {(name, release) for target, release in self.unread for name in heirs(target, new)}
            self.unread = frozenset(kept | set(arriving(old, new)))

    @rule()
    def undo(self) -> None:
        local, decisions = self.desk.files(*LOCAL), self.decisions()
        done, _ = undo_upgrade(self.desk.root)
        assert self.desk.files(*LOCAL) == local
        assert self.decisions().items() <= decisions.items()
        if done:
            self.unread = self.before.pop()

    @rule(data=st.data())
    def decide(self, data: st.DataObject) -> None:
        waiting = compared(self.desk.opened())
        if not waiting:
            return
        one = data.draw(st.sampled_from(waiting))
        how = data.draw(st.sampled_from(offered(one)))
        note(f"{one.called} {one.state} {how}")
        done, problems = accept(self.desk.root, one.called, decision(how))
        told = {problem.code for problem in problems}
        assert done is not None or told <= {"unknown-target", "bad-value"}, (one, how, problems)
        if done is not None and how is not How.DEFERRED:
            about = {entry for entry in self.unread if one.target in (entry[0], entry[0].partition("#")[0])}
            self.read |= about

    @rule()
    def decide_on_what_was_tidied(self) -> None:
        done, problems = accept_editorial(self.desk.root, decision(How.KEPT_MINE))
        assert done is not None, problems

    def decisions(self) -> dict[str, bytes]:
        return {name: data for name, data in self.desk.files(REVIEWED).items() if name.endswith(".toml")}

    # What holds after every command.

    @invariant()
    def no_local_word_is_lost(self) -> None:
        if hasattr(self, "desk"):
            held = b"\n".join(self.desk.files(*LOCAL).values()).decode()
            assert [mark for mark in self.words.values() if not re.search(rf"{mark}\b", held)] == []

    @invariant()
    def what_passes_for_a_release_hides_nothing(self) -> None:
        if not hasattr(self, "desk"):
            return
        opened = self.desk.opened()
        passes = not worst([*opened.problems, *check_edition(opened.edition, DAY)], release=True)
        RELEASED.append(passes)
        core = self.composed
        for guide in core.guides:
            state = opened.edition.by_id.get(f"core:{guide.slug}")
            must = Protection(guide.protection).required or "safety" in {
                w for k, w in guide.protections.items() if k in guide.texts
            }
            assert state is not None or not must
            for part in state.parts if state else ():
                word = Protection(guide.protection).joined(
                    Protection(guide.protections.get(part.key, "open"))
                )
                assert not word.fixed or part.unfilled == guide.texts[part.key]
        if passes:
            assert not any("{fact}`crisis-line`" in page.text for page in opened.edition.pages)
            same = {one.artefact.target for one in opened.standings if one.state == "converged"}
            assert {entry for entry in self.unread - self.read if entry[0] not in same} == set()


def test_whatever_people_and_releases_do_nothing_is_lost_or_hidden() -> None:
    RELEASED.clear()
    settings = law(60)
    with contextlib.suppress(TypeError):
        settings = type(settings)(settings, stateful_step_count=15)
    run_state_machine_as_test(Edition, settings=settings)
    assert RELEASED.count(True) > 20, (
        "some editions pass for a release, so the invariants are about something"
    )
