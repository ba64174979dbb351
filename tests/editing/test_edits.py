"""Edits write what a person goes on with, once, and never over a person's work."""

import errno
import os
from pathlib import Path

import pytest

from guidance_kit import load_edition
from guidance_kit.editing import (
    NewEdition,
    NewNote,
    Organisation,
    new_edition,
    write_adaptation,
    write_fact,
    write_note,
    write_omission,
)
from guidance_kit.editing.done import Done, Result
from guidance_kit.model.vocabulary import AdaptKind
from guidance_kit.reading.overlays import read_overlay_folder


def done(result: Result) -> Done:
    made, problems = result
    assert problems == ()
    assert made is not None
    return made


def refused(result: Result) -> str:
    made, problems = result
    assert made is None
    (problem,) = problems
    return f"{problem.code}: {problem.message} {problem.hint}"


def everything(root: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(root)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


# adapt


def test_work_on_an_item_that_the_edition_does_not_carry_is_said_to_be_seen_nowhere(edition: Path) -> None:
    done(write_omission(edition, "two-homes", "Nobody has two."))
    said = done(write_adaptation(edition, "two-homes", "summary")).then
    assert said.startswith("This edition leaves two-homes out, so no page shows this: see [[leave_out]] at ")
    assert "leaves two-homes out" in done(write_note(edition, "two-homes", note=NewNote(text="Here."))).then
    assert "no page" not in done(write_note(edition, "liaison", note=NewNote(text="Here."))).then
    manifest = edition / "edition.toml"
    manifest.write_text(f'{manifest.read_text()}\n[choose]\nstart_from = "nothing"\n')
    said = done(write_note(edition, "quokka", note=NewNote(text="Here."))).then
    assert 'has not taken quokka, so no page shows this: add [[take]] with item = "small:quokka".' in said
    manifest.write_text(f'{manifest.read_text()}\n[[take]]\nitem = "quokka"\n')
    assert "no page" not in done(write_note(edition, "quokka", "summary", NewNote(text="Here."))).then


def test_an_adaptation_begins_with_the_national_text(edition: Path) -> None:
    made = done(write_adaptation(edition, "two-homes", "what-it-looks-like", reason="Ours\nis another"))
    text = Path(made.place.path).read_text()
    assert text.startswith(
        "```{adapt} small:two-homes#what-it-looks-like\n:kind: context\n:reason: Ours is another\n"
    )
    assert "Ring {fact}`crisis-line`. The {fact}`student-team` knows who to ask.\n```\n" in text


def test_a_written_adaptation_changes_nothing_until_it_is_edited(edition: Path) -> None:
    before = load_edition(edition).pages
    made = done(write_adaptation(edition, "two-homes#summary"))
    after = load_edition(edition)
    assert [page.text for page in after.pages] == [page.text for page in before]
    assert [problem.code for problem in after.problems] == ["no-op-adaptation"]
    path = Path(made.place.path)
    path.write_text(path.read_text().replace("registered in one place", "known in one place"))
    assert "known in one place" in load_edition(edition).page_by_name["challenges/two-homes"].text


def test_a_part_may_be_named_by_its_heading(edition: Path) -> None:
    made = done(write_adaptation(edition, "liaison", "First Steps", kind=AdaptKind.MEANING))
    assert "#first-steps\n:kind: meaning" in Path(made.place.path).read_text()


def test_adapting_twice_is_adapting_once(edition: Path) -> None:
    first = done(write_adaptation(edition, "two-homes", "summary"))
    before = everything(edition)
    second = done(write_adaptation(edition, "small:two-homes", "Summary"))
    assert not second.changed
    assert second.place == first.place
    assert everything(edition) == before


def test_an_adaptation_that_a_person_began_elsewhere_is_found(edition: Path) -> None:
    (edition / "local" / "mine.md").write_text("\n```{adapt} small:two-homes#summary\n```\n")
    made = done(write_adaptation(edition, "two-homes", "summary"))
    assert not made.changed
    assert (made.place.path, made.place.line) == (str(edition / "local" / "mine.md"), 2)


def test_a_file_of_that_name_is_left_as_it_is(edition: Path) -> None:
    folder = edition / "local" / "adaptations"
    folder.mkdir()
    (folder / "two-homes-summary.md").write_text("my own notes\n")
    made = done(write_adaptation(edition, "two-homes", "summary"))
    assert made.place.path.endswith("two-homes-summary-2.md")
    assert (folder / "two-homes-summary.md").read_text() == "my own notes\n"


def test_national_text_with_fences_is_fenced_longer(edition: Path, library: Path) -> None:
    page = library / "challenges" / "two-homes.md"
    page.write_text(
        page.read_text().replace("- Who holds", "````text\n```{adapt} x#y\n```\n````\n\n- Who holds")
    )
    made = done(write_adaptation(edition, "two-homes", "questions"))
    assert Path(made.place.path).read_text().startswith("`````{adapt}")
    overlay, problems = read_overlay_folder(edition)
    assert problems == ()
    assert overlay is not None
    assert "```{adapt} x#y" in overlay.adaptations[0].text


def test_a_part_the_national_item_lacks_waits_for_words(edition: Path) -> None:
    done(write_adaptation(edition, "two-homes", "why-it-persists"))
    assert [problem.code for problem in read_overlay_folder(edition)[1]] == ["empty-adaptation"]


@pytest.mark.parametrize(
    ("item", "part", "says"),
    [
        ("two-home", "summary", 'Did you mean "two-homes"?'),
        ("two-homes", "sumary", 'Did you mean "summary"?'),
        ("two-homes", "", "It has: title, summary"),
    ],
)
def test_an_unknown_target_names_the_nearest(edition: Path, item: str, part: str, says: str) -> None:
    before = everything(edition)
    words = refused(write_adaptation(edition, item, part))
    assert words.startswith("unknown-target")
    assert says in words
    assert everything(edition) == before


@pytest.mark.parametrize("word", ["safety", "endorsed", "required", "open"])
def test_what_is_protected_is_refused_before_anything_is_written(
    edition: Path, library: Path, word: str
) -> None:
    page = library / "challenges" / "two-homes.md"
    page.write_text(page.read_text().replace(":id: two-homes\n", f":id: two-homes\n:protection: {word}\n"))
    before = everything(edition)
    if word in ("safety", "endorsed"):
        words = refused(write_adaptation(edition, "two-homes", "summary"))
        assert words.startswith("fixed-wording")
        assert f"guidance-kit note {edition} " in words
    if word in ("safety", "required"):
        assert refused(write_omission(edition, "two-homes", "Ours.")).startswith("required-item")
    assert everything(edition) == before
    if word in ("required", "open"):
        done(write_adaptation(edition, "two-homes", "summary"))
    if word in ("endorsed", "open"):
        done(write_omission(edition, "two-homes", "Ours."))


def test_an_item_of_the_editions_own_is_edited_where_it_stands(edition: Path) -> None:
    (edition / "local" / "own.md").write_text(
        ":::{criterion} Ours\n:id: ours\n:sources: smith-2020\n\nOne.\n\n## What would show it\n\nTwo.\n:::\n"
    )
    assert "own.md:1" in refused(write_adaptation(edition, "ours", "summary"))


# note


def test_a_note_stands_beside_a_part(edition: Path) -> None:
    done(write_note(edition, "two-homes", "summary", NewNote(title="In Northtown", text="Ask the team.")))
    page = load_edition(edition).page_by_name["challenges/two-homes"].text
    assert "{local-note} In Northtown\n:id: northtown:two-homes-summary-note" in page


def test_a_note_without_text_is_an_error_until_it_has_some(edition: Path) -> None:
    made = done(write_note(edition, "two-homes"))
    assert [problem.code for problem in read_overlay_folder(edition)[1]] == ["empty-adaptation"]
    path = Path(made.place.path)
    path.write_text(path.read_text().replace("\n\n```", "\n\nOur words.\n```"))
    assert load_edition(edition).by_id["small:two-homes"].notes[0].text == "Our words."


def test_the_same_note_is_written_once(edition: Path) -> None:
    first = done(write_note(edition, "two-homes", "summary"))
    before = everything(edition)
    second = done(write_note(edition, "two-homes", "summary"))
    assert (second.changed, second.place) == (False, first.place)
    assert everything(edition) == before


def test_a_second_note_has_an_id_of_its_own(edition: Path) -> None:
    done(write_note(edition, "two-homes", "summary", NewNote(text="One.")))
    done(write_note(edition, "two-homes", "summary", NewNote(id="another", text="Two.")))
    assert load_edition(edition).problems == ()


def test_a_note_id_that_stands_elsewhere_is_refused(edition: Path) -> None:
    done(write_note(edition, "two-homes", "summary", NewNote(id="one", text="x")))
    assert refused(write_note(edition, "liaison", "", NewNote(id="one"))).startswith("duplicate-id")
    assert refused(write_note(edition, "liaison", "", NewNote(id="Not An Id"))).startswith("bad-id")


def test_no_note_stands_beside_a_part_without_text(edition: Path) -> None:
    assert "no text" in refused(write_note(edition, "two-homes", "why-it-persists"))


# leave out


def test_an_omission_keeps_the_comments_and_the_old_file(edition: Path) -> None:
    old = (edition / "edition.toml").read_text()
    made = done(write_omission(edition, "quokka", "None lives here."))
    assert Path(made.kept).read_text() == old
    assert made.kept.endswith("attic/edition-1.toml")
    new = (edition / "edition.toml").read_text()
    assert new.startswith(old.rstrip("\n"))
    assert load_edition(edition).left_out[0].reason == "None lives here."
    assert new.split("\n")[made.place.line - 1] == "[[leave_out]]"


def test_leaving_out_twice_is_leaving_out_once(edition: Path) -> None:
    done(write_omission(edition, "quokka", "None lives here."))
    before = everything(edition)
    assert not done(write_omission(edition, "small:quokka", "None lives here.")).changed
    assert not done(write_omission(edition, "quokka")).changed
    assert everything(edition) == before


def test_a_reason_that_somebody_gave_is_not_replaced(edition: Path) -> None:
    done(write_omission(edition, "quokka", "None lives here."))
    assert refused(write_omission(edition, "quokka", "Another.")).startswith("would-overwrite")


def test_a_missing_reason_is_added(edition: Path) -> None:
    done(write_omission(edition, "quokka"))
    done(write_omission(edition, "quokka", "Now we know."))
    assert [(one.item, one.reason) for one in load_edition(edition).left_out] == [
        ("small:quokka", "Now we know.")
    ]


# facts


def test_a_value_is_replaced_and_the_old_file_kept(edition: Path) -> None:
    made = done(write_fact(edition, "crisis-line", " 0808 157 0999 "))
    assert 'It was "0808 157 0100"' in made.message
    assert '"0808 157 0999"  # checked by telephone' in (edition / "edition.toml").read_text()
    assert "0100" in Path(made.kept).read_text()
    assert not done(write_fact(edition, "crisis-line", "0808 157 0999")).changed


def test_old_copies_are_never_written_over(edition: Path) -> None:
    for number in range(3):
        done(write_fact(edition, "crisis-line", f"0808 157 000{number}"))
    done(write_fact(edition, "crisis-line", "0808 157 0000"))
    kept = sorted(path.name for path in (edition / "attic").iterdir())
    assert kept == ["edition-1.toml", "edition-2.toml", "edition-3.toml", "edition-4.toml"]


@pytest.mark.parametrize(
    ("fact", "value", "says"),
    [
        ("crisis-line", "ring us", "is not a telephone number"),
        ("crisis-line", "", "is empty"),
        ("student-team", "<script>alert(1)</script>", "holds HTML"),
        ("student-team", "a\nb", "line break"),
        ("crisis-lin", "111", 'Did you mean "crisis-line"?'),
    ],
)
def test_a_value_that_is_not_right_is_not_written(edition: Path, fact: str, value: str, says: str) -> None:
    before = everything(edition)
    assert says in refused(write_fact(edition, fact, value))
    assert everything(edition) == before


def test_a_value_for_one_item(edition: Path) -> None:
    done(write_fact(edition, "crisis-line", "111", item="two-homes"))
    composed = load_edition(edition)
    assert "local-fact}`111`" in composed.page_by_name["challenges/two-homes"].text
    assert "local-fact}`0808 157 0100`" in composed.page_by_name["index"].text


# what the disk does


def test_a_full_disk_changes_nothing(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = everything(edition)
    monkeypatch.setattr(os, "fsync", full)
    for edit in (
        lambda: write_fact(edition, "crisis-line", "111 222"),
        lambda: write_omission(edition, "quokka"),
        lambda: write_note(edition, "two-homes"),
        lambda: write_adaptation(edition, "two-homes", "summary"),
    ):
        assert "no space left on device" in refused(edit())
        assert everything(edition) == before


def test_a_link_out_of_the_edition_is_not_followed(edition: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (edition / "local").rmdir()
    (edition / "local").symlink_to(tmp_path / "elsewhere")
    assert refused(write_adaptation(edition, "two-homes", "summary")).startswith("path-escape")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_manifest_that_is_a_link_elsewhere_is_not_written(edition: Path, tmp_path: Path) -> None:
    (edition / "edition.toml").rename(tmp_path / "shared.toml")
    (edition / "edition.toml").symlink_to(tmp_path / "shared.toml")
    before = (tmp_path / "shared.toml").read_bytes()
    assert refused(write_omission(edition, "quokka")).startswith("path-escape")
    assert (tmp_path / "shared.toml").read_bytes() == before


def test_a_folder_that_is_no_edition_says_how_to_start_one(tmp_path: Path) -> None:
    assert "guidance-kit new" in refused(write_omission(tmp_path, "x"))


# new


ASKED = NewEdition(
    id="southtown",
    title='Southtown "together"',
    publisher="University of Southtown",
    contact="help@southtown.example",
    organisation=Organisation.UNIVERSITY,
    based_on="../small",
)


def test_a_new_edition_is_sound_at_once(library: Path) -> None:
    root = library.parent / "southtown"
    made = done(new_edition(root, ASKED))
    assert made.changed
    edition = load_edition(root)
    assert edition.title == 'Southtown "together"'
    assert edition.problems == ()
    assert [page.text for page in edition.pages] == [page.text for page in edition.base.pages]


def test_a_new_edition_lists_its_own_facts_first(library: Path) -> None:
    root = library.parent / "southtown"
    done(new_edition(root, ASKED))
    text = (root / "edition.toml").read_text()
    assert text.index('# student-team = ""') < text.index('# crisis-line = ""')
    done(write_fact(root, "crisis-line", "0808 157 0100"))
    assert '\ncrisis-line = "0808 157 0100"\n' in (root / "edition.toml").read_text()


def test_starting_twice_is_starting_once(library: Path) -> None:
    root = library.parent / "southtown"
    done(new_edition(root, ASKED))
    before = everything(root)
    assert not done(new_edition(root, ASKED)).changed
    assert everything(root) == before


def test_another_edition_is_never_overwritten(edition: Path) -> None:
    before = everything(edition)
    assert refused(new_edition(edition, ASKED)).startswith("would-overwrite")
    assert everything(edition) == before


def test_files_beside_a_new_edition_stay(library: Path) -> None:
    root = library.parent / "southtown"
    root.mkdir()
    (root / "README.md").write_text("mine\n")
    done(new_edition(root, ASKED))
    assert (root / "README.md").read_text() == "mine\n"


def test_places_and_names_that_cannot_be(library: Path, tmp_path: Path) -> None:
    import attrs

    assert refused(new_edition(library, ASKED)).startswith("would-overwrite")
    (tmp_path / "file").write_text("x")
    assert refused(new_edition(tmp_path / "file", ASKED)).startswith("would-overwrite")
    where = tmp_path / "new"
    assert refused(new_edition(where, attrs.evolve(ASKED, id="Not an id"))).startswith("bad-id")
    assert refused(new_edition(where, attrs.evolve(ASKED, title=" "))).startswith("missing-title")
    assert refused(new_edition(where, attrs.evolve(ASKED, based_on="cor"))).startswith("missing-base")
    assert not where.exists()
