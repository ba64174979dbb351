"""What a release must declare, each refusal shown by one small change of a small core."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guidance_kit.checking.release import Step, check_release, honest_step, next_version, reasons
from guidance_kit.model.library import Library
from guidance_kit.reading.folders import read_library_folder

SMALL = Path(__file__).parent.parent / "releases" / "small-core"
LATER = '\n[[release]]\nversion = "{version}"\ndate = "2027-02-01"\n'


def read(folder: Path) -> Library:
    library, problems = read_library_folder(folder)
    assert library is not None, problems
    return library


def released(version: str) -> Library:
    return read(SMALL / version)


class Draft:
    """A copy of a release that a test changes as a maintainer would, on the way to the next one."""

    def __init__(self, root: Path, version: str = "2.0.0", to: str = "3.0.0") -> None:
        self.root = Path(shutil.copytree(SMALL / version, root))
        self.to = to
        self.edit("library.toml", f'"{version}"', f'"{to}"')
        if to != version:
            self.append("changes.toml", LATER.format(version=to))

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new), "utf-8")

    def append(self, name: str, text: str) -> None:
        with (self.root / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def declare(self, what: str, kind: str = "substantive") -> None:
        entry = f'\n[[change]]\nrelease = "{self.to}"\nwhat = "{what}"\nkind = "{kind}"\nwhy = "A test."\n'
        self.append("changes.toml", entry)

    def record(self, table: str, keys: str) -> None:
        self.append("changes.toml", f'\n[[{table}]]\nrelease = "{self.to}"\n{keys}\nwhy = "A test."\n')

    def drop(self, item: str, folder: str = "solutions") -> None:
        (self.root / folder / f"{item}.md").unlink()

    def codes(self, against: str = "2.0.0") -> list[str]:
        return [one.code for one in self.problems(against)]

    def problems(self, against: str = "2.0.0"):
        return check_release(read(self.root), released(against))


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return Draft(tmp_path / "draft")


@pytest.mark.parametrize("pair", [("1.0.0", "1.1.0"), ("1.1.0", "2.0.0"), ("1.0.0", "2.0.0")])
def test_each_release_of_the_small_core_declares_all_it_did(pair):
    assert check_release(released(pair[1]), released(pair[0])) == ()


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0", "2.0.0"])
def test_a_first_release_need_not_say_what_is_new(version):
    assert check_release(released(version), None) == ()


def test_the_same_state_under_a_higher_version_is_no_problem(draft):
    assert draft.codes() == []


# a change without an entry


def test_a_changed_part_without_an_entry_is_told_at_its_line(draft):
    draft.edit("challenges/access.md", "Terms are short", "Terms are very short")
    (problem,) = draft.problems()
    assert problem.code == "undeclared-change"
    assert problem.message == (
        '"core:access#why-it-persists" changed, and changes.toml does not say so for 3.0.0.'
    )
    assert 'what = "core:access#why-it-persists", kind = "editorial"' in problem.hint
    assert problem.place.path.endswith("challenges/access.md")
    assert problem.place.line == 17


@pytest.mark.parametrize(
    ("name", "old", "new", "target"),
    [
        ("challenges/access.md", "} Students wait", "} Many students wait", "core:access#title"),
        ("challenges/access.md", ":felt-by: nhs, he", ":felt-by: nhs", "core:access#options"),
        ("facts.toml", "at any time, day or night", "by day", "fact:crisis-line"),
        (
            "solutions/waiting-well.md",
            "## First",
            "## Limits\n\nFew.\n\n## First",
            "core:waiting-well#limits",
        ),
    ],
)
def test_a_title_option_fact_or_new_part_needs_an_entry_too(draft, name, old, new, target):
    draft.edit(name, old, new)
    (problem,) = draft.problems()
    assert (problem.code, f'"{target}"' in problem.message) == ("undeclared-change", True)
    draft.declare(target)
    assert draft.codes() == []


def test_a_new_item_needs_one_entry_for_all_of_it(draft):
    text = (draft.root / "solutions" / "referral.md").read_text().replace(":id: referral", ":id: second")
    draft.append("solutions/second.md", text)
    (problem,) = draft.problems()
    assert problem.message == '"core:second" is new, and changes.toml does not say so for 3.0.0.'
    draft.declare("core:second")
    assert draft.codes() == []


def test_an_entry_for_an_item_that_was_there_does_not_cover_its_parts(draft):
    draft.edit("challenges/access.md", "Terms are short", "Terms are very short")
    draft.declare("core:access")
    assert draft.codes() == ["undeclared-change"]


def test_the_prose_of_a_page_may_be_declared_and_need_not_be_where_it_is_only_tidied(draft):
    draft.edit("index.md", "It is no guidance.", "This is no guidance.")
    assert draft.codes() == []
    draft.declare("page:index")
    assert draft.codes() == []


def test_the_prose_of_a_page_that_tells_readers_something_else_needs_an_entry(draft):
    draft.edit("index.md", "It is no guidance.", "It is no guidance. In danger do not call 999.")
    (problem,) = draft.problems()
    assert (problem.code, '"page:index" changed' in problem.message) == ("undeclared-change", True)
    assert Path(problem.place.path).name == "index.md"
    draft.declare("page:index")
    assert draft.codes() == []


def test_a_contents_list_that_changed_is_no_change_of_the_page(draft):
    text = (draft.root / "solutions/index.md").read_text("utf-8")
    entries = [line for line in text.split("\n") if line and not line.startswith(("#", "`", ":"))][-2:]
    draft.edit("solutions/index.md", "\n".join(entries), "\n".join(reversed(entries)))
    assert draft.codes() == []


def test_a_part_of_an_item_that_moved_is_compared_with_where_it_came_from(draft):
    draft.edit("challenges/access.md", ":id: access", ":id: waits")
    draft.edit("challenges/access.md", "Terms are short", "Terms are very short")
    for name in ("named-contacts", "referral", "waiting-well"):
        path = f"solutions/{name}.md"
        draft.edit(path, ":addresses: access", ":addresses: waits")
        draft.declare(f"core:{name}#options", "editorial")
    draft.record("moved", 'old = "core:access"\nnew = "core:waits"')
    (problem,) = draft.problems()
    assert (problem.code, "core:waits#why-it-persists" in problem.message) == ("undeclared-change", True)


# an entry without a change


def test_an_entry_without_a_change_is_told_at_the_entry(draft):
    draft.declare("core:access#summary")
    (problem,) = draft.problems()
    assert problem.code == "unfounded-change"
    assert problem.message == '"core:access#summary" is the same as in 2.0.0.'
    lines = (draft.root / "changes.toml").read_text().split("\n")
    assert lines[problem.place.line - 1 : problem.place.line + 2][0] == "[[change]]"
    assert lines[problem.place.line + 1] == 'what = "core:access#summary"'


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("core:acces#summary", 'Did you mean "core:access#summary"?'),
        ("core:two-homes#summary", 'Write what = "core:two-addresses#summary"'),
        ("page:nowhere", ""),
        ("fact:hub-hours", ""),
    ],
)
def test_an_entry_for_what_is_not_there_names_what_is(draft, what, words):
    draft.declare(what)
    (problem,) = draft.problems()
    assert (problem.code, words in problem.hint) == ("unfounded-change", True)


# what an editorial change may not touch


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("within four weeks", "within two weeks", 'a number ("four" became "two")'),
        ("at 9am", "at 9pm", 'a number ("9am" became "9pm")'),
        ("in 12 of 20", "in 12 of 30", 'a number ("20" became "30")'),
        ("by 2026-03-01", "by 2026-03-02", 'a date ("2026-03-01" became "2026-03-02")'),
        ("by March", "by June", 'a date ("March" became "June")'),
        ("two weeks", "two days", 'a unit ("weeks" became "days")'),
        ("five working days", "five days", 'a unit ("working" is gone)'),
        ("Do call", "Do not call", 'a negation ("not" is new)'),
        ("It is safe", "It isn't safe", 'a negation ("isn\'t" is new)'),
        ("They must ring", "They should ring", 'how binding it is ("must" became "should")'),
        ("They may ring", "They ring", 'how binding it is ("may" is gone)'),
        ("within a while", "after a while", 'a limit ("within" became "after")'),
        ("[a](https://a.example)", "[a](https://b.example)", 'a link ("https://a.example" became'),
        ("See https://a.example.", "See https://b.example.", 'a link ("https://a.example" became'),
        ("{solution}`referral`", "{solution}`named-contacts`", 'a link ("referral" became "named-contacts")'),
        ("Ring 0808 157 0100", "Ring 0808 157 0101", 'a telephone number ("0808 157 0100" became'),
        ("Ring {fact}`crisis-line`", "Ring the line", 'a local fact ("crisis-line" is gone)'),
        ("So. {cite}`made-up-report`", "So.", 'a source ("made-up-report" is gone)'),
        ("- a\n- b", "- a\n- b\n- c", 'the length of a list ("2 items" became "3 items")'),
        ("| a |\n|---|\n| b |", "| a |\n|---|\n| b |\n| c |", 'the length of a list ("2 items" became'),
        ("```{note}\nTwo.\n```", "```{note}\nFour.\n```", 'a number ("Two" became "Four")'),
        ("Two or four", "Four or two", "a number ("),
    ],
)
def test_a_change_called_editorial_says_what_it_alters(tmp_path, old, new, words):
    (problem,) = _said(tmp_path, old, new)
    assert problem.code == "not-editorial"
    assert problem.message.startswith(
        'The change of "core:access#why-it-persists" is called editorial, and it alters '
    )
    assert words in problem.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("They organize it", "They organise it"),
        ("A *long* word", "A long word"),
        ("within two weeks", "within **2** weeks"),
        ("They cannot ring", "They can't ring"),
        ("about 10,000 people", "around 10000 people"),
        ("10% of them", "10 per cent of them"),
        ("Ring 0808 157 0100", "Ring 0808 1570100 now"),
        ("{solution}`the form <referral>`", "{guidance:solution}`our form <core:referral>`"),
        ("- a\n- b", "1. a\n2. b"),
    ],
)
def test_a_change_that_only_tidies_is_editorial(tmp_path, old, new):
    assert _said(tmp_path, old, new) == ()


def _said(tmp_path: Path, old: str, new: str):
    """Check a change of one part from one text to another, called editorial."""
    before, after = Draft(tmp_path / "old", to="2.0.0"), Draft(tmp_path / "new", to="2.1.0")
    for one, text in ((before, old), (after, new)):
        (one.root / "history.json").unlink()
        one.edit("challenges/access.md", "Terms are short and lists are long.", text)
    after.declare("core:access#why-it-persists", "editorial")
    return check_release(read(after.root), read(before.root))


@pytest.mark.parametrize(
    ("name", "old", "new", "target", "words"),
    [
        ("challenges/access.md", ":felt-by: nhs, he", ":felt-by: nhs", "core:access#options", '"felt-by"'),
        ("challenges/access.md", "} Students wait", "} Students must wait", "core:access#title", "binding"),
        ("facts.toml", 'type     = "phone"', 'type     = "text"', "fact:crisis-line", 'its field "type"'),
        (
            "solutions/waiting-well.md",
            "## First",
            "## Limits\n\nFew.\n\n## First",
            "core:waiting-well#limits",
            "new",
        ),
        ("index.md", "It is no guidance.", "It is guidance.", "page:index", "a negation"),
    ],
)
def test_options_titles_facts_and_pages_are_looked_at_too(draft, name, old, new, target, words):
    draft.edit(name, old, new)
    draft.declare(target, "editorial")
    (problem,) = [one for one in draft.problems() if one.code == "not-editorial"]
    assert words in problem.message


# ids


def test_an_item_that_vanished_is_told_with_what_may_be_said(draft):
    draft.drop("waiting-well")
    (problem,) = draft.problems()
    assert problem.code == "id-vanished"
    assert problem.message == (
        '"core:waiting-well" was in 2.0.0 and is gone, and nothing says what became of it.'
    )
    assert problem.place.path.endswith("changes.toml")
    draft.record("withdrawn", 'what = "core:waiting-well"')
    assert draft.codes() == []


def test_an_item_under_another_id_is_recognised(draft):
    draft.edit("solutions/waiting-well.md", ":id: waiting-well", ":id: while-waiting")
    found = {one.code: one for one in draft.problems()}
    assert set(found) == {"id-vanished", "undeclared-change"}
    assert 'Its text stands in "core:while-waiting" now.' in found["id-vanished"].hint


@pytest.mark.parametrize(
    ("name", "text", "target"),
    [
        (
            "solutions/named-contacts.md",
            "## What it takes\n\nAn hour a week on each side.\n\n",
            "core:named-contacts#what-it-takes",
        ),
        (
            "challenges/access.md",
            "## Why it persists\n\nTerms are short and lists are long.\n\n",
            "core:access#why-it-persists",
        ),
    ],
)
def test_a_part_that_vanished_needs_a_record(draft, name, text, target):
    draft.edit(name, text, "")
    (problem,) = draft.problems()
    assert (problem.code, f'"{target}"' in problem.message) == ("id-vanished", True)
    draft.record("withdrawn", f'what = "{target}"')
    assert draft.codes() == []


def test_a_fact_that_vanished_needs_a_record(draft):
    text = (draft.root / "facts.toml").read_text()
    (draft.root / "facts.toml").write_text(text[: text.index('[[fact]]\nid       = "referral-email"')])
    (problem,) = draft.problems()
    assert (problem.code, '"fact:referral-email"' in problem.message) == ("id-vanished", True)


ENTRY = """[[change]]
release = "1.1.0"
what    = "core:medicines"
kind    = "safety"
why     = "Students ran out of medicine in the holidays."

"""


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("", "and changes.toml says so no longer."),
        (ENTRY.replace("safety", "editorial"), "and changes.toml calls it less grave now."),
    ],
)
def test_what_an_earlier_release_declared_stays_declared(draft, new, words):
    draft.edit("changes.toml", ENTRY, new)
    (one,) = draft.problems()
    assert (one.code, Path(one.place.path).name) == ("undeclared-change", "changes.toml")
    assert one.message == f'Release 1.1.0 declared a change of "core:medicines" (safety), {words}'


def test_what_an_earlier_release_declared_may_be_called_graver_later(draft):
    draft.edit(
        "changes.toml",
        'what    = "core:access#summary"\nkind    = "substantive"',
        'what    = "core:access#summary"\nkind    = "safety"',
    )
    assert draft.codes() == []


def test_a_record_of_an_earlier_release_stays(draft):
    draft.edit("changes.toml", 'what    = "core:small-provider-hub"', 'what    = "core:elsewhere"')
    (problem,) = draft.problems()
    assert problem.code == "id-vanished"
    assert "changes.toml says so no longer" in problem.message


@pytest.mark.parametrize("slug", ["small-provider-hub", "agreement", "joint-meetings", "two-homes"])
def test_an_id_that_was_given_up_is_never_used_again(draft, slug):
    draft.edit("solutions/waiting-well.md", ":id: waiting-well", f":id: {slug}")
    draft.record("withdrawn", 'what = "core:waiting-well"')
    draft.declare(f"core:{slug}")
    (problem,) = draft.problems()
    assert problem.code == "id-reused"
    assert problem.place.path.endswith("waiting-well.md")


def test_a_part_whose_words_moved_away_stays_empty(draft):
    draft.edit("solutions/referral.md", "## First steps", "## Limits\n\nFew.\n\n## First steps")
    draft.declare("core:referral#limits")
    (problem,) = draft.problems()
    assert problem.code == "id-reused"
    assert problem.hint.startswith("Put these words in another part")


def test_an_id_that_some_release_had_is_not_used_again_even_without_a_record(draft, tmp_path):
    middle = Draft(tmp_path / "middle", to="2.1.0")
    for one in (draft, middle):
        (one.root / "changes.toml").write_text("")
        one.drop("waiting-well")
    draft.edit("solutions/referral.md", ":id: referral", ":id: waiting-well")
    found = [
        one.message for one in check_release(read(draft.root), read(middle.root)) if one.code == "id-reused"
    ]
    assert '"core:waiting-well" was given up in an earlier release' in found[0]


def test_a_withdrawn_item_that_is_still_there_is_told(draft):
    draft.record("withdrawn", 'what = "core:waiting-well"')
    (problem,) = draft.problems()
    assert problem.message == 'changes.toml says that "core:waiting-well" is given up, and it is still there.'


@pytest.mark.parametrize(
    ("table", "keys", "code", "words"),
    [
        ("moved", 'old = "core:waiting-well"\nnew = "core:nowhere"', "unknown-target", '"core:nowhere"'),
        ("split", 'old = "core:waiting-well"\ninto = ["core:refferal"]', "unknown-target", '"core:refferal"'),
        ("merged", 'old = ["core:waiting-well"]\nnew = "core:nowhere"', "unknown-target", '"core:nowhere"'),
        (
            "withdrawn",
            'what = "core:never-was"',
            "unfounded-change",
            'There was no "core:never-was" in 2.0.0.',
        ),
        (
            "moved",
            'old = "core:waiting-well"\nnew = "core:referral"',
            "unfounded-change",
            "there in 2.0.0 already",
        ),
    ],
)
def test_a_record_is_of_something_that_was_and_is(draft, table, keys, code, words):
    draft.drop("waiting-well")
    draft.record(table, keys)
    assert any(one.code == code and words in one.message for one in draft.problems())


# protection


@pytest.mark.parametrize(
    ("name", "old", "new", "target"),
    [
        ("solutions/medicines.md", ":protection: safety", ":protection: endorsed", "core:medicines"),
        ("solutions/medicines.md", ":protection: safety\n", "", "core:medicines"),
        ("solutions/named-contacts.md", ":protection: required\n", "", "core:named-contacts"),
        (
            "challenges/out-of-hours.md",
            ":protected-parts: summary: safety\n",
            "",
            "core:out-of-hours#summary",
        ),
    ],
)
def test_a_protection_is_never_loosened(draft, name, old, new, target):
    draft.edit(name, old, new)
    draft.declare(f"{target.partition('#')[0]}#options")
    (problem,) = draft.problems()
    assert problem.code == "loosened-protection"
    assert problem.message.startswith(f'"{target}" was ')
    assert problem.place.path.endswith(name)


def test_what_comes_of_protected_wording_is_protected(draft):
    draft.edit("solutions/medicines.md", ":id: medicines", ":id: prescriptions")
    draft.edit("solutions/medicines.md", ":protection: safety\n", "")
    draft.declare("core:prescriptions")
    draft.record("split", 'old = "core:medicines"\ninto = ["core:prescriptions", "core:referral"]')
    assert draft.codes() == ["loosened-protection"]


# versions


def test_nothing_changed_needs_no_other_version(tmp_path):
    assert Draft(tmp_path / "same", to="2.0.0").codes() == []


def test_a_change_under_the_same_version_is_refused(tmp_path):
    draft = Draft(tmp_path / "same", to="2.0.0")
    draft.edit("challenges/access.md", "Terms are short", "Terms are very short")
    draft.declare("core:access#why-it-persists", "editorial")
    (problem,) = draft.problems()
    assert (problem.code, problem.hint) == ("version-step", "The smallest honest version is 2.0.1.")


@pytest.mark.parametrize("to", ["1.9.0", "2.0.1", "2.0.5"])
def test_a_step_that_is_too_small_is_told_with_the_smallest_honest_one(tmp_path, to):
    draft = Draft(tmp_path / "small", to=to)
    draft.edit("challenges/access.md", "Terms are short", "Terms are four weeks")
    draft.declare("core:access#why-it-persists")
    (problem,) = draft.problems()
    assert problem.code == "version-step"
    assert '"core:access#why-it-persists" changed.' in problem.message
    assert problem.hint == "The smallest honest version is 2.1.0."
    assert problem.place.path.endswith("library.toml")


@pytest.mark.parametrize("to", ["2.1.0", "2.7", "3.0.0", "10.0"])
def test_a_step_that_is_large_enough_is_let_be(tmp_path, to):
    draft = Draft(tmp_path / "large", to=to)
    draft.edit("challenges/access.md", "Terms are short", "Terms are four weeks")
    draft.declare("core:access#why-it-persists")
    assert draft.codes() == []


@pytest.mark.parametrize(
    ("version", "code"), [("", "missing-key"), ("2.0rc1", "bad-value"), ("two", "bad-value")]
)
def test_a_version_is_numbers_and_dots(draft, version, code):
    draft.edit("library.toml", '"3.0.0"', f'"{version}"')
    assert code in draft.codes()


@pytest.mark.parametrize(
    ("name", "old", "new", "step", "words"),
    [
        ("index.md", "It is no guidance.", "It is test data.", "patch", "Pages, sources or files"),
        ("challenges/access.md", "Terms are short", "Terms are four", "minor", "changed."),
        ("facts.toml", 'type     = "phone"', 'type     = "text"', "major", "is of type text"),
        (
            "challenges/access.md",
            ":id: access",
            ":id: access\n:protection: required",
            "major",
            "must now appear",
        ),
        (
            "challenges/access.md",
            ":id: access",
            ":id: access\n:protection: endorsed",
            "major",
            "is now fixed",
        ),
        (
            "challenges/access.md",
            ":id: access",
            ":id: access\n:protected-parts: summary: safety",
            "major",
            "#summary",
        ),
        ("solutions/waiting-well.md", ":id: waiting-well", ":id: while-waiting", "major", "is gone"),
    ],
)
def test_the_honest_step_follows_from_what_changed(draft, name, old, new, step, words):
    draft.edit(name, old, new)
    pair = (read(draft.root), released("2.0.0"))
    assert honest_step(*pair) is Step(step)
    assert any(words in said for how, said in reasons(*pair) if how == step)


def test_the_honest_step_of_a_move_is_minor_and_of_tidying_a_patch(tmp_path):
    assert honest_step(released("1.1.0"), released("1.0.0")) is Step.MINOR
    draft = Draft(tmp_path / "tidy", to="2.0.1")
    draft.edit("challenges/access.md", "Terms are short", "*Terms* are short")
    draft.declare("core:access#why-it-persists", "editorial")
    assert honest_step(read(draft.root), released("2.0.0")) is Step.PATCH
    assert honest_step(released("2.0.0"), released("2.0.0")) is Step.NONE
    assert honest_step(released("2.0.0"), None) is Step.NONE


@pytest.mark.parametrize(
    ("version", "step", "new"),
    [
        ("1.4.2", "none", "1.4.2"),
        ("1.4.2", "patch", "1.4.3"),
        ("1.4.2", "minor", "1.5.0"),
        ("1.4.2", "major", "2.0.0"),
        ("1.4", "patch", "1.4.1"),
        ("1.4", "minor", "1.5"),
        ("0.9", "major", "1.0"),
        ("1.4.2.9", "patch", "1.4.3.0"),
    ],
)
def test_the_next_version_counts_as_people_do(version, step, new):
    assert next_version(version, Step(step)) == new


# the whole


def test_what_is_compared_with_must_be_a_release(draft, tmp_path):
    forged = Draft(tmp_path / "forged", to="2.0.0")
    forged.edit("challenges/access.md", "Terms are short", "Terms are very short")
    found = check_release(read(draft.root), read(forged.root))
    assert "base-not-genuine" in {one.code for one in found}


def test_all_problems_are_told_at_once_in_order(draft):
    draft.edit("challenges/access.md", "Terms are short", "Terms are four")
    draft.edit("solutions/medicines.md", ":protection: safety\n", "")
    draft.drop("waiting-well")
    draft.declare("core:referral#summary")
    draft.edit("library.toml", '"3.0.0"', '"2.0.0.1"')
    draft.edit("changes.toml", '"3.0.0"', '"2.0.0.1"')
    found = draft.problems()
    assert {one.code for one in found} == {
        "undeclared-change", "loosened-protection", "id-vanished", "unfounded-change", "version-step",
    }  # fmt: skip
    assert [one.place for one in found] == sorted(one.place for one in found)
