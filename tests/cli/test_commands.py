"""Every command, on a real edition, in a process of its own."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from tested import PACKAGES

from guidance_kit.cli.commands import guidance_kit

NEW = (
    "--title",
    "Southtown",
    "--id",
    "southtown",
    "--publisher",
    "ICB",
    "--contact",
    "",
    "--organisation",
    "nhs-icb",
)


def test_new_makes_an_edition_that_builds_at_once(run, library: Path, tmp_path: Path) -> None:
    ran = run("new", "southtown", *NEW, "--based-on", "small")
    assert (ran.code, ran.err) == (0, "")
    assert "Build it: guidance-kit build southtown" in ran.out
    assert library.is_dir()
    assert 'based_on  = "../small"' in (tmp_path / "southtown" / "edition.toml").read_text()
    ran = run("build", "southtown")
    assert ran.code == 0
    assert "southtown/_build/html/index.html" in ran.out
    assert (tmp_path / "southtown" / "_build" / "html" / "index.html").is_file()
    again = run("new", "southtown", *NEW, "--based-on", "small")
    assert (again.code, "Nothing was written" in again.out) == (0, True)
    ran = run("new", "southtown", "--title", "Another")  # nobody is asked for what will not be used
    assert (ran.code, ran.out, "[would-overwrite]" in ran.err) == (1, "", True)


def test_new_takes_a_folder_called_core_only_if_it_is_asked_to(run, library: Path, tmp_path: Path) -> None:
    library.rename(tmp_path / "core")
    for name, options in (("southtown", ()), ("asked", ("--based-on", "core"))):
        ran = run("new", name, *NEW, *options)
        assert ran.code == 0, ran.said
        wanted = "../core" if options else "core"
        assert f'based_on  = "{wanted}"' in (tmp_path / name / "edition.toml").read_text()


def test_check_of_a_folder_that_lost_its_manifest_says_where_that_is(run, edition: Path) -> None:
    there = edition / "edition.toml"
    there.rename(edition / "edition.toml.txt")
    assert "call it edition.toml" in run("check", edition).said
    (edition / "edition.toml.txt").rename(there)
    assert f"The edition is in the folder above: {edition}" in run("check", edition / "local").said


def test_each_fault_is_told_once_and_in_good_words(run, edition: Path) -> None:
    there = edition / "edition.toml"
    text = there.read_text()
    there.write_text(text.replace("0808 157 0100", "ring us"))
    assert "[fact-missing]" not in run("check", edition).said
    there.write_text(f'{text}\n[choose]\nstart_from = "zero"\n')
    assert 'is "zero", which is not allowed. Allowed: everything, nothing. [' in run("check", edition).said
    there.write_text(text)
    local = edition / "local" / "a.md"
    local.write_text("```{adapt} small:two-homes#summary\n:resaon: Ours.\n\nOurs.\n```\n")
    assert 'An adaptation has no field "resaon".' in run("check", edition).said
    local.write_text("```{local-note} small:two-homes\n:id: a\n\nOurs.\n```\n")
    assert "two or more lower-case letters" in run("check", edition).said


def test_new_without_answers_says_which_options_to_give(run) -> None:
    ran = run("new", "southtown")
    assert ran.code == 64
    assert "Give them as options" in ran.err


def test_build_is_quiet_and_plain_when_nobody_watches(run, edition: Path) -> None:
    ran = run("build", edition)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"Built: 9 pages, {edition}/_build/html/index.html\n"
    assert "\x1b" not in ran.said


def test_build_works_where_one_stands(run, edition: Path) -> None:
    ran = run("build", "--builder", "text", "--jobs", "auto", cwd=edition)
    assert (ran.code, ran.out) == (0, "Built: 9 pages, _build/text\n")


def test_build_mentions_what_is_still_open(run, edition: Path) -> None:
    (edition / "edition.toml").write_text(
        (edition / "edition.toml").read_text().replace("crisis-line", "# crisis-line")
    )
    ran = run("build", edition)
    assert ran.code == 0
    assert "1 decision waiting before a release: see guidance-kit check (fact-missing)." in ran.err
    page = (edition / "_build" / "html" / "index.html").read_text()
    assert "[to be completed locally: 24-hour crisis line]" in page


def test_build_with_an_error_ends_with_one_and_says_where(run, edition: Path) -> None:
    manifest = edition / "edition.toml"
    manifest.write_text(manifest.read_text() + '\n[[leave_out]]\nitem = "small:quoka"\n')
    ran = run("build", edition)
    assert ran.code == 1
    assert f'{manifest}:16: There is no item "small:quoka"' in ran.err
    assert 'Did you mean "small:quokka"?' in ran.err
    assert ran.out.startswith("Built a draft with errors: 9 pages")


@pytest.mark.parametrize("where", ["local/notes", "national", "attic", ".guidance", "edition.lock"])
def test_nothing_is_written_among_the_files_of_an_edition(run, kept: Path, where: str) -> None:
    file = kept / where / "mine.md"
    for args in (
        ("export", kept, "--to", "csv", "--output", file, "--force"),
        ("review", kept, "--html", file),
        ("new", file, *NEW, "--based-on", "small"),
    ):
        ran = run(*args)
        assert ran.code == 1
        assert "[would-overwrite]" in ran.err
        assert not file.exists()


def test_strict_makes_a_warning_an_end_with_one(run, edition: Path) -> None:
    (edition / "local" / "a.md").write_text(
        "```{local-note} small:two-homes\n:id: one\n\nRing 0808 157 0100.\n```\n"
    )
    assert run("build", edition).code == 0
    ran = run("build", edition, "--strict")
    assert ran.code == 1
    assert "[fact-repeated]" in ran.err


def test_strict_warns_of_pages_that_have_not_changed_too(run, edition: Path) -> None:
    (edition / "local/pages").mkdir()
    (edition / "local/pages/where.md").write_text("# Where\n\n{unknown}`role`\n")
    assert run("build", edition).code == 0
    assert "where.md:3" not in run("build", edition).err
    for _ in range(2):
        ran = run("build", edition, "--strict")
        assert ran.code == 1
        assert "where.md:3" in ran.err


def test_check_ends_with_zero_one_or_two(run, kept: Path) -> None:
    sound = (kept / "edition.toml").read_text()
    ran = run("check", kept)
    assert (ran.code, ran.out) == (0, f"{kept}: nothing to do.\n")
    (kept / "edition.toml").write_text(sound.replace("crisis-line", "# crisis-line"))
    assert run("check", kept).code == 2
    assert run("check", kept, "--release").code == 1
    (kept / "edition.toml").write_text(sound.replace("[facts]", "[facst]"))
    ran = run("check", kept)
    assert ran.code == 1
    assert "1 error" in ran.out


def test_check_takes_a_library_a_name_a_page_or_a_manifest(
    run, kept: Path, library: Path, tmp_path: Path
) -> None:
    assert run("check", library).code == 0
    assert run("check", kept / "edition.toml").code == 0
    page = library / "challenges" / "two-homes.md"
    assert run("check", page).code == 0
    page.write_text(page.read_text().replace(":strength: strong", ":strength: stong"))
    ran = run("check", page)
    assert ran.code == 1
    assert f'{page}:5: "stong" is not a word' in ran.out
    other = run("check", library / "criteria.md")
    assert other.code == 0
    alone = tmp_path / "alone.md"
    alone.write_text(":::{term} Triage\n:id: triage\n:::\n")
    ran = run("check", alone)
    assert ran.code == 1
    assert ran.out.count("[missing-part]") == 2


def test_check_of_nothing_that_can_be_checked(run, tmp_path: Path) -> None:
    assert "guidance-kit new" in run("check", tmp_path).out
    ran = run("check", "no/such/place")
    assert (ran.code, "There is no such file or folder" in ran.out) == (1, True)
    ran = run("check", "cor")
    assert (ran.code, 'Did you mean "core"?' in ran.out) == (1, True)


def test_check_speaks_to_machines(run, kept: Path) -> None:
    manifest = kept / "edition.toml"
    manifest.write_text(manifest.read_text() + '\n[[leave_out]]\nitem = "small:quoka"\n')
    ran = run("check", kept, "--format", "json")
    (found,) = json.loads(ran.out)
    assert set(found) == {"severity", "code", "path", "line", "message", "hint"}
    assert (found["severity"], found["code"], found["line"]) == ("error", "unknown-target", 16)
    ran = run("check", kept, "--format", "github")
    assert ran.out.startswith(f"::error file={manifest},line=16,title=unknown-target::There is no item")
    manifest.write_text(manifest.read_text()[: manifest.read_text().index("\n[[leave_out]]")])
    assert run("check", kept, "--format", "json").out == "[]\n"
    assert run("check", kept, "--format", "github").out == ""


def test_what_stops_a_release_is_an_error_of_the_workflow_that_checks_one(run, kept: Path) -> None:
    manifest = kept / "edition.toml"
    manifest.write_text(manifest.read_text().replace("[facts]", "[unused]", 1).split("[unused]")[0])
    assert run("check", kept, "--format", "github").out.startswith("::warning file=")
    ran = run("check", kept, "--release", "--format", "github")
    assert (ran.code, ran.out[:13]) == (1, "::error file=")


def test_show_lists_the_items_with_their_labels(run, edition: Path) -> None:
    (edition / "edition.toml").write_text(
        (edition / "edition.toml").read_text()
        + '\n[[leave_out]]\nitem = "small:quokka"\nreason = "None here."\n'
    )
    ran = run("show", edition)
    assert ran.code == 0
    assert (
        "\nChallenges\n  two-homes: Students have two homes\n      National wording with local details\n"
        in ran.out
    )
    assert "\nLeft out\n  quokka: Quokkatitle of the item\n      None here.\n" in ran.out


def test_show_of_one_item(run, edition: Path) -> None:
    (edition / "local" / "a.md").write_text(
        "```{adapt} small:two-homes#summary\n\nTheir *own* words.\n```\n\n"
        "```{local-note} small:two-homes#summary Here\n:id: one\n\nAsk us.\n```\n"
    )
    ran = run("show", edition, "two-homes")
    assert ran.code == 0
    assert (
        "Summary [Adapted to local context by NHS Northtown, with a local note]\n\n  Their own words.\n"
        in ran.out
    )
    assert "Local note (by NHS Northtown): Here\n\n    Ask us.\n" in ran.out
    assert "  Ring 0808 157 0100. The [to be completed locally: Student support team] knows" in ran.out
    assert "guidance-kit fact" in ran.out
    assert run("show", edition, "small:two-homes").out == ran.out
    assert run("show", "two-homes", cwd=edition).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fact", "crisis-line", "0808 157 0109"), 'It was "0808 157 0100".\n    edition.toml:'),
        (("adapt", "two-homes", "title", "--reason", "Ours."), "Wrote small:two-homes#title, ready"),
        (("note", "--text", "Ring us.", "two-homes"), "beside small:two-homes.\n    local/notes/"),
        (("leave-out", "quokka", "--reason", "None here."), "Left out small:quokka"),
        (("where", "crisis-line"), "24-hour crisis line: "),
        (("review",), "Nothing waits"),
        (("accept", "--all-editorial"), "only tidied. Nothing was written"),
        (("diff", "two-homes"), "Every word is national."),
    ],
)
def test_who_stands_in_an_edition_need_not_name_it(
    run, kept: Path, words: tuple[str, ...], said: str
) -> None:
    ran = run(*words, cwd=kept)
    assert (ran.code, ran.err) == (0, "")
    assert said in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fact",), "Missing argument 'FACT'."),
        (("show", "nosuch"), 'There is no item "nosuch" in this edition.'),
        (("status", "nosuch"), 'nosuch: There is no folder "nosuch".'),
        (("note", "--frob"), "No such option '--frob'"),
    ],
)
def test_what_is_missing_there_is_told_as_that(run, kept: Path, words: tuple[str, ...], said: str) -> None:
    ran = run(*words, cwd=kept)
    assert ran.code in (1, 64)
    assert said in ran.err


def test_elsewhere_it_is_the_folder_that_is_missing(run, kept: Path) -> None:
    ran = run("adapt", "two-homes", "title", cwd=kept.parent)
    assert (ran.code, 'There is no folder "two-homes".' in ran.err) == (1, True)


def test_show_of_an_item_that_is_not_there(run, edition: Path) -> None:
    ran = run("show", edition, "two-home")
    assert (ran.code, 'Did you mean "two-homes"?' in ran.err) == (1, True)
    run("leave-out", edition, "quokka", "--reason", "None here.")
    ran = run("show", edition, "quokka")
    assert (ran.code, "is left out of this edition. None here." in ran.err) == (1, True)


def test_show_names_what_was_not_chosen_and_how_to_take_it(run, edition: Path) -> None:
    manifest = edition / "edition.toml"
    manifest.write_text(
        manifest.read_text() + '[choose]\nstart_from = "nothing"\n[[take]]\nitem = "small:quokka"\n'
    )
    ran = run("show", edition)
    assert re.search(r"Not chosen: \d+ national items\n +.*two-homes", ran.out)
    ran = run("show", edition, "two-homes")
    assert (ran.code, '[[take]] with item = "small:two-homes"' in ran.err) == (1, True)


def test_facts_lists_what_to_fill_in(run, edition: Path) -> None:
    ran = run("facts", edition)
    assert ran.code == 0
    assert "crisis-line: 0808 157 0100\n    24-hour crisis line (required, telephone number)\n" in ran.out
    assert "Used twice, first at" in ran.out
    assert "student-team: MISSING" in ran.out
    assert f'Write: guidance-kit fact {edition} student-team "Student Wellbeing Service"' in ran.out
    (edition / "edition.toml").write_text(
        (edition / "edition.toml").read_text().replace("crisis-line", "# crisis-line")
    )
    ran = run("facts", cwd=edition)
    assert (ran.code, "a release still needs: crisis-line." in ran.out) == (2, True)


def test_where_names_every_place(run, edition: Path, library: Path) -> None:
    (edition / "local" / "a.md").write_text(
        "```{local-note} small:liaison\n:id: one\n\nOr ring\n{fact}`crisis-line`.\n```\n"
    )
    ran = run("where", edition, "crisis-line")
    assert ran.code == 0
    small = edition / ".." / "small"
    assert ran.out.splitlines() == [
        "24-hour crisis line: 0808 157 0100",
        f"{small}/index.md:3",
        f"{small}/challenges/two-homes.md:12",
        f"{edition}/local/a.md:5",
    ]
    assert library.is_dir()
    ran = run("where", edition, "crisis")
    assert (ran.code, 'Did you mean "crisis-line"?' in ran.err) == (1, True)


def test_a_folder_with_a_space_is_quoted_wherever_a_command_is_named(run, kept: Path) -> None:
    root = kept.rename(kept.with_name("North town"))
    for args in (
        ("facts",),
        ("show", "..."),
        ("status",),
        ("where", "..."),
        ("fact", "...", "1"),
        ("upgrade",),
    ):
        said = run(args[0], root, *args[1:]).said
        assert not re.search(rf"guidance-kit \S+ {re.escape(str(root))}", said), (args, said)
    said = run("facts", root).out
    assert f'Write: guidance-kit fact "{root}" student-team "Student Wellbeing Service"' in said


def test_an_edition_based_on_another_knows_where_facts_of_that_one_are_used(run, kept: Path) -> None:
    child = kept.with_name("child")
    child.mkdir()
    (child / "edition.toml").write_text(
        '[edition]\nid = "child"\ntitle = "A child"\nbased_on = "../northtown"\n'
    )
    assert run("upgrade", child).code == 0
    assert run("fact", kept, "crisis-line", "0808 157 0777", "--item", "two-homes").code == 0
    assert run("upgrade", child).code == 0
    for command in (("facts", child), ("where", child, "crisis-line"), ("facts", kept)):
        assert "In small:two-homes alone: 0808 157 0777" in run(*command).out
    assert (
        'stands: "0808 157 0777" in small:two-homes.' in run("fact", kept, "crisis-line", "0808 157 0778").out
    )
    assert (
        'stands: "0808 157 0777" in small:two-homes.'
        in run("fact", child, "crisis-line", "0808 157 0779").out
    )
    assert "stands:" not in run("fact", child, "crisis-line", "0808 157 0777").out
    assert "Used twice, first at" in run("facts", child).out
    assert "two-homes.md:12" in run("where", child, "crisis-line").out
    (child / "local").mkdir()
    (child / "local" / "homes.md").write_text("```{adapt} small:two-homes#summary\n\nOurs.\n```\n")
    said = run("suggest", child).out
    assert said.startswith("organisation,item#part,text before ours,whose text,our text,")
    assert ",national," in said


def test_edits_say_what_was_done_and_what_to_do_next(run, edition: Path) -> None:
    ran = run("adapt", edition, "two-homes", "summary", "--kind", "meaning", "--reason", "Ours differ")
    assert ran.code == 0
    assert f"{edition}/local/adaptations/two-homes-summary.md:1" in ran.out
    ran = run("note", edition, "liaison", "--title", "Here", "--text", "Every Tuesday.")
    assert (ran.code, "Wrote the note liaison-note" in ran.out) == (0, True)
    ran = run("fact", edition, "student-team", "--", "-the- team-")
    assert (ran.code, 'student-team is now "-the- team-"' in ran.out) == (0, True)
    ran = run("leave-out", edition, "quokka", "--reason", "None here.")
    assert ran.code == 0
    assert f"The file as it was: {edition}/attic/edition-2.toml" in ran.out
    ran = run("leave-out", edition, "quoka")
    assert (ran.code, ran.out) == (1, "")
    assert run("build", edition).code == 0


@pytest.mark.parametrize("form", ["json", "csv", "markdown", "schema"])
def test_export_prints_or_writes(run, edition: Path, tmp_path: Path, form: str) -> None:
    printed = run("export", edition, "--to", form)
    assert (printed.code, printed.err) == (0, "")
    file = tmp_path / "out"
    assert run("export", edition, "--to", form, "--output", file).code == 0
    assert file.read_bytes().decode() == printed.out
    if form in ("json", "schema"):
        assert json.loads(printed.out)
    if form == "csv":
        assert next(csv.reader(io.StringIO(printed.out, newline="")))[:2] == ["item", "kind"]
    assert run("export", edition, "--to", form, "--output", file).code == 0
    file.write_text("mine")
    ran = run("export", edition, "--to", form, "--output", file)
    assert (ran.code, file.read_text()) == (1, "mine")
    assert run("export", edition, "--to", form, "--output", file, "--force").code == 0


def test_export_of_an_edition_with_errors_writes_nothing(run, edition: Path, tmp_path: Path) -> None:
    (edition / "local" / "a.md").write_text("```{adapt} small:nothing#summary\n\nx\n```\n")
    ran = run("export", edition, "--to", "json", "--output", tmp_path / "out")
    assert (ran.code, ran.out) == (1, "")
    assert not (tmp_path / "out").exists()


def test_preview_without_its_extra_says_what_to_install(run, edition: Path, tmp_path: Path) -> None:
    hide = tmp_path / "hide"
    hide.mkdir()
    (hide / "sitecustomize.py").write_text(
        "import importlib.util as u\n"
        "find = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'sphinx_autobuild' else find(name, *a)\n"
    )
    ran = run("preview", edition, env={"PYTHONPATH": f"{hide}:{PACKAGES}"})
    assert ran.code == 1
    assert 'pip install "guidance-kit[live]"' in ran.err
    assert "[missing-extra]" in ran.err


# help and wrong usage

NAMES = [name for name, command in guidance_kit.commands.items() if not command.hidden]


def test_the_commands_are_those_that_were_promised() -> None:
    assert set(NAMES) == set(
        (  # noqa: SIM905
            "new build check show facts where adapt note leave-out fact export preview "
            "status upgrade review accept diff report suggest flatten package release-check"
        ).split()
    )


@pytest.mark.parametrize("name", [*guidance_kit.commands, ""])
def test_help_is_a_sentence_and_ends_with_an_example(name: str) -> None:
    from click.testing import CliRunner

    done = CliRunner().invoke(guidance_kit, [*name.split(), "--help"], prog_name="guidance-kit")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    about = lines[2].strip()
    assert re.match(r"[A-Z][a-z]+,? .*", about), about
    assert "Example:" in lines
    example = lines[lines.index("Example:") + 1 :]
    assert any(line.strip().startswith(f"guidance-kit {name}".strip()) for line in example)
    assert all(line.startswith("  ") or not line for line in example)
    words = guidance_kit.commands[name].help if name else guidance_kit.help
    assert str(words).split("\n\n")[0].rstrip().endswith(".")


def test_every_option_says_what_it_does() -> None:
    for command in guidance_kit.commands.values():
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert getattr(parameter, "help", ""), (
                    command.name,
                    parameter.name,
                )


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["bild"], 'There is no command "bild". Did you mean "build"?'),
        (["build", "--bilder", "x"], "--builder"),
        (["build", ".", "--jobs", "many"], "give 1 or more, or auto"),
        (["check", ".", "--format", "xml"], "'xml' is not one of"),
        (["fact", "."], "Missing argument 'FACT'"),
        (["export", "."], "Missing option '--to'"),
        (["--nothing"], "--nothing"),
        (["build", "a", "b"], "unexpected extra argument"),
    ],
)
def test_wrong_usage_ends_with_64(run, args: list[str], says: str) -> None:
    ran = run(*args)
    assert ran.code == 64
    assert says in ran.err
    assert "--help" in ran.err
    assert ran.out == ""


def test_version(run) -> None:
    from guidance_kit import __version__

    ran = run("--version")
    assert (ran.code, ran.out) == (0, f"guidance-kit {__version__}\n")
