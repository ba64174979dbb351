"""``guidance-kit release-check``, on the small core, in a process of its own."""

import json
import shutil
from pathlib import Path

import pytest
from tested import PACKAGES

SMALL = Path(__file__).parent.parent / "releases" / "small-core"


@pytest.fixture
def core(tmp_path: Path) -> Path:
    """Give the next release of the small core, on its way, beside all that were released."""
    shutil.copytree(SMALL, tmp_path / "released")
    root = Path(shutil.copytree(SMALL / "2.0.0", tmp_path / "core"))
    edit(root / "library.toml", '"2.0.0"', '"2.1.0"')
    with (root / "changes.toml").open("a") as file:
        file.write('\n[[release]]\nversion = "2.1.0"\ndate = "2027-05-03"\nsummary = "Shorter."\n')
    return root


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def declare(core: Path, kind: str = "substantive") -> None:
    edit(core / "challenges" / "access.md", "within two weeks", "within one week")
    with (core / "changes.toml").open("a") as file:
        file.write(
            '\n[[change]]\nrelease = "2.1.0"\nwhat = "core:access#summary"\n'
            f'kind = "{kind}"\nwhy = "Two weeks were too long."\n'
        )


def test_a_good_release_is_told_with_what_editions_will_see(run, core: Path) -> None:
    declare(core)
    ran = run("release-check", "core", "--against", "released/2.0.0")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "core 2.1.0, compared with 2.0.0.\n"
        "The smallest honest version is 2.1.0, a minor step:\n"
        '  "core:access#summary" changed.\n'
        "What editions will see: 1 item changed, 0 new, 0 withdrawn, 0 moved.\n"
        "core: nothing to do.\n"
    )


def test_facts_and_pages_are_counted_with_what_is_for_safety(run, core: Path) -> None:
    declare(core, "safety")
    edit(core / "facts.toml", '"24-hour crisis line"', '"Line for danger"')
    edit(core / "index.md", "# Small core\n", "# Small core\n\nRead this first.\n")
    with (core / "changes.toml").open("a") as file:
        for what in ("fact:crisis-line", "page:index"):
            file.write(
                f'\n[[change]]\nrelease = "2.1.0"\nwhat = "{what}"\nkind = "safety"\nwhy = "In danger."\n'
            )
    ran = run("release-check", "core", "--against", "released/2.0.0")
    assert (
        "What editions will see: 1 item changed, 0 new, 0 withdrawn, 0 moved, 1 local fact changed or gone, "
        "1 page changed; 3 of these for safety.\n"
    ) in ran.out


def test_a_refused_release_ends_with_one_and_writes_nothing(run, core: Path) -> None:
    declare(core, "editorial")
    before = (core / "history.json").read_bytes()
    ran = run("release-check", "core", "--against", "released/2.0.0", "--write")
    assert ran.code == 1
    assert 'it alters a number ("two" became "one") and a unit ("weeks" became "week")' not in ran.out
    assert 'it alters a number ("two" became "one").' in ran.out
    assert "[not-editorial]" in ran.out
    assert "core: 1 error." in ran.out
    assert (core / "history.json").read_bytes() == before


def test_writing_adds_the_state_to_the_history_and_can_be_done_again(run, core: Path) -> None:
    declare(core)
    ran = run("release-check", "core", "--against", "released/2.0.0", "--write")
    assert (ran.code, ran.err) == (0, "")
    assert "Wrote the fingerprints of 2.1.0: core/history.json" in ran.out
    text = (core / "history.json").read_text()
    states = [one["version"] for one in json.loads(text)["releases"]]
    assert states == ["1.0.0", "1.1.0", "2.0.0", "2.1.0"]
    assert run("release-check", "core", "--against", "released/2.0.0", "--write").code == 0
    assert (core / "history.json").read_text() == text
    assert list(core.glob(".*")) == []


def test_the_result_is_had_as_json(run, core: Path) -> None:
    edit(core / "solutions" / "medicines.md", ":protection: safety\n", "")
    ran = run("release-check", "core", "--against", "released/1.1.0", "--json")
    value = json.loads(ran.out)
    assert ran.code == 1
    assert (value["version"], value["against"]) == ("2.1.0", "1.1.0")
    assert (value["honest"], value["step"], value["first"]) == ("2.0.0", "major", False)
    assert {"step": "major", "words": '"core:agreement" is split.'} in value["reasons"]
    assert {"undeclared-change", "loosened-protection"} == {one["code"] for one in value["problems"]}
    assert value["editions"]["withdrawn"] == 1
    assert value["written"] == ""


def test_an_earlier_release_must_be_given(run, core: Path) -> None:
    ran = run("release-check", "core")
    assert (ran.code, ran.out) == (1, "")
    assert "core was released before, as 2.0.0, and that release is not given." in ran.err
    assert "guidance-kit release-check core --against FOLDER" in ran.err


def test_a_first_release_is_told_to_be_the_first(run, tmp_path: Path) -> None:
    root = Path(shutil.copytree(SMALL / "1.0.0", tmp_path / "first"))
    (root / "history.json").unlink()
    for _ in range(2):  # what is written does not make it a second release
        ran = run("release-check", "first", "--write")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("core 1.0.0: the first release, so there is nothing to compare it with.\n")
    assert (root / "history.json").read_bytes() == (SMALL / "1.0.0" / "history.json").read_bytes()


def test_another_library_is_no_earlier_release(run, core: Path, library: Path) -> None:
    ran = run("release-check", "core", "--against", library)
    assert ran.code == 1
    assert 'This is the library "small", and no release of "core".' in ran.err


@pytest.mark.parametrize("name", ["nowhere", "released"])
def test_a_folder_that_is_no_library_is_told(run, core: Path, name: str) -> None:
    for args in ((name,), ("core", "--against", name)):
        ran = run("release-check", *args)
        assert ran.code == 1
        assert "library of guidance" in ran.err
        assert "[missing-base]" in ran.err


def test_faults_in_the_library_are_told_too(run, core: Path) -> None:
    declare(core)
    edit(core / "challenges" / "access.md", "Terms are", "See {solution}`refferal`. Terms are")
    ran = run("release-check", "core", "--against", "released/2.0.0")
    assert ran.code == 1
    assert "[unknown-link]" in ran.out
    assert "[undeclared-change]" in ran.out


@pytest.mark.skipif(
    not (PACKAGES / "content").is_dir(), reason="an installed wheel has no content/ beside it"
)
def test_the_core_in_a_checkout_has_the_version_of_the_package(run) -> None:
    from guidance_kit.version import __version__

    ran = run("release-check", "content", "--json", cwd=PACKAGES)
    value = json.loads(ran.out)
    assert value["version"] == __version__
    assert not any(one["code"] == "missing-key" for one in value["problems"])


def test_the_help_ends_with_an_example(run) -> None:
    ran = run("release-check", "--help")
    assert ran.code == 0
    assert "Say what a release of LIBRARY would do to editions" in ran.out
    assert (
        "guidance-kit release-check content --against ../core-1.4.0 --write" in ran.out.split("Example:")[1]
    )
