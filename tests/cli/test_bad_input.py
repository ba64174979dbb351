"""Whatever the input: a message that says what to do, exit 1, no traceback, nothing half written."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tested import PACKAGES

ROOT = Path(__file__).parents[2]
TERM = ":::{{term}} Triage\n:id: {id}\n\n## In the NHS\n\nOne.\n\n## In higher education\n\nTwo.\n:::\n"


#: What a build keeps for the next one.
_LISTS = (".guidance-kit.json", ".guidance-tree.json", ".guidance-record.json")


def no_remains(root: Path) -> None:
    """Fail if a temporary file is left anywhere."""
    left = [path.name for path in root.rglob("*")]
    assert [name for name in left if name.endswith(".tmp") or name.startswith(".guidance-")] == [
        name for name in left if name in _LISTS
    ]


def says(run, edition: Path, *words: str, command: str = "check") -> None:
    ran = run(command, edition)
    assert ran.code == 1, ran.said
    for word in words:
        assert word in ran.said
    built = run("build", edition)
    assert built.code == 1, built.said
    for word in words:
        assert word in built.err
    no_remains(edition)


def local(edition: Path, text: str | bytes, name: str = "a.md") -> Path:
    path = edition / "local" / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TERM.format(id="a1\n:colour: red"), ["a.md:3:", 'no field "colour"', "[unknown-field]"]),
        (":::{term} Triage\n\nx\n:::\n", ["[missing-field]", "[missing-part]"]),
        (":::{term}\n:id: aa\n:::\n", ["has no title"]),
        (TERM.format(id="Not An Id"), ["a.md:2:", "[bad-id]"]),
        (TERM.format(id="aa") * 2, ["a.md:12:", "already used at", "a.md:1", "[duplicate-id]"]),
        (TERM.format(id="aa")[:-4], ["never closed", "[unterminated-block]"]),
        ("```{adapt} small:two-homes#summary\n\nNew words\n", ["never closed", "[unterminated-block]"]),
        (
            "```{adapt} small:two-homes#summary\n:reson: x\n\nNew words\n```\n",
            ["a.md:2:", 'Did you mean "reason"?'],
        ),
        (
            "```{adapt} small:two-homes#summary\n:kind: contex\n\nNew\n```\n",
            ['Did you mean "context"?', "[bad-word]"],
        ),
        ("```{adapt} small:two-homes#sumary\n\nNew words\n```\n", ['Did you mean "summary"?']),
        ("```{adapt} small:two-homes#summary\n```\n", ["has no text"]),
        ("```{adapt}\n\nNew words\n```\n", ["does not say what it is about"]),
        ("```{local-note} small:two-homes\n\nx\n```\n", ['"id"', "[missing-field]"]),
        (TERM.format(id="core:aa"), ["not an id of this edition", "[wrong-space]"]),
        ("<<<<<<< mine\nx\n>>>>>>> theirs\n", ["unfinished merge", "a.md:1:", "a.md:3:"]),
        ("# x\n".encode("utf-16"), ["UTF-16", "Save it again"]),
        (b"# x\n\n\xff\xfe bad\n", ["a.md:3:", "not UTF-8"]),
        (b"# x\n\nab\0cd\n", ["a.md:3:", "NUL"]),
        (b"x" * 4_100_000, ["too large"]),
    ],
)
def test_a_page_with_a_mistake(run, edition: Path, text: str | bytes, words: list[str]) -> None:
    local(edition, text)
    says(run, edition, *words)


def test_a_word_that_is_not_allowed_names_the_nearest(run, edition: Path, library: Path) -> None:
    page = library / "challenges" / "two-homes.md"
    page.write_text(page.read_text().replace(":felt-by: nhs, he", ":felt-by: nsh, he"))
    says(run, edition, "two-homes.md:4:", 'Did you mean "nhs"?', "[bad-word]")


def test_twenty_mistakes_are_told_at_once(run, edition: Path) -> None:
    local(edition, "".join(f"```{{adapt}} small:nothing-{n}#summary\n\nx\n```\n\n" for n in range(20)))
    ran = run("check", edition)
    assert ran.code == 1
    assert ran.out.count("[unknown-target]") == 20
    assert "20 errors" in ran.out


def test_one_id_in_two_files_names_both(run, edition: Path) -> None:
    local(edition, TERM.format(id="aa"), "a.md")
    local(edition, TERM.format(id="aa"), "b.md")
    says(run, edition, "b.md:1:", "a.md:1", "[duplicate-id]")


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("\n\n", "\n\n\n"), ("", "\ufeff")])
def test_line_endings_and_marks_of_other_systems_are_no_mistake(
    run, edition: Path, change: tuple[str, str]
) -> None:
    text = "```{adapt} small:two-homes#summary\n:reason: x\n\nNew words\tand a tab.\n```\n"
    text = change[1] + text if not change[0] else text.replace(*change)
    local(edition, text)
    manifest = edition / "edition.toml"
    manifest.write_bytes(manifest.read_bytes().replace(b"\n", b"\r\n"))
    ran = run("build", edition)
    assert (ran.code, ran.err) == (0, "")
    assert "New words" in (edition / "_build" / "html" / "challenges" / "two-homes.html").read_text()


@pytest.mark.long
def test_a_block_of_a_megabyte_is_built(run, edition: Path) -> None:
    words = "A sentence of some words. " * 40 + "\n\n"
    local(edition, "```{adapt} small:two-homes#summary\n\n" + words * 1000 + "The end.\n```\n")
    started = time.monotonic()
    ran = run("build", edition)
    assert (ran.code, ran.err) == (0, "")
    assert time.monotonic() - started < 60
    assert "The end." in (edition / "_build" / "html" / "challenges" / "two-homes.html").read_text()


@pytest.mark.long
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"NHS Northtown"', "\u201cNHS Northtown\u201d", ["edition.toml:6:", "curly quotes"]),
        ('"0808 157 0100"', "0808 157 0100", ["edition.toml:12:", "needs quotes"]),
        ('"0808 157 0100"', "08081570100", ["edition.toml:12:", "needs quotes"]),
        ('"0808 157 0100"', "8081570100", ["edition.toml:12:", "needs quotes"]),
        ('"0808 157 0100"', '"ring us"', ["edition.toml:12:", "not a telephone number"]),
        ('"0808 157 0100"', '"<script>alert(1)</script>"', ["edition.toml:12:", "[bad-fact]"]),
        ("crisis-line =", "crisis-lin =", ['Did you mean "crisis-line"?']),
        ("[facts]", "[fact]", ["[unknown-key]"]),
        ("publisher", "publsher", ['Did you mean "publisher"?']),
        ('"northtown"', '"North Town"', ["[bad-id]"]),
        ('"northtown"', "12", ["needs quotes"]),
        ('id        = "northtown"', "", ['"id"', "[missing-key]"]),
        ('"../small"', '"../smal"', ["[missing-base]"]),
        ('"../small"', '"/no/such/place"', ["[missing-base]"]),
    ],
)
def test_a_manifest_with_a_mistake(run, edition: Path, old: str, new: str, words: list[str]) -> None:
    manifest = edition / "edition.toml"
    assert old in manifest.read_text()
    manifest.write_text(manifest.read_text().replace(old, new, 1))
    says(run, edition, *words)


@pytest.mark.long
@pytest.mark.parametrize(
    "value", ["{fact}`crisis-line`", "[x](javascript:alert(1))", "**bold** `code` ``", "&amp; $x$"]
)
def test_a_value_is_shown_as_it_was_typed(run, edition: Path, value: str) -> None:
    ran = run("fact", edition, "student-team", value)
    assert ran.code == 0
    ran = run("build", edition)
    assert (ran.code, ran.err) == (0, "")
    import html

    page = (edition / "_build" / "html" / "challenges" / "two-homes.html").read_text()
    assert html.escape(value) in page or html.escape(value, quote=False) in page
    assert 'href="javascript' not in page


def test_a_manifest_saved_as_utf_16(run, edition: Path) -> None:
    manifest = edition / "edition.toml"
    manifest.write_bytes(manifest.read_text().encode("utf-16"))
    says(run, edition, "UTF-16")


# paths that lead out


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        "![a picture](../../../secret.png)",
        "![a picture](/../../secret.png)",
        "```{include} ../../../secret.txt\n```",
        "```{literalinclude} ../../../secret.txt\n```",
        "```{figure} ../../../secret.png\n```",
        "```{image} ../../../secret.png\n```",
        "{download}`x <../../../secret.txt>`",
        "```{csv-table}\n:file: ../../../secret.txt\n```",
        "```{raw} html\n:file: ../../../secret.txt\n```",
    ],
)
def test_a_path_that_leads_out_is_refused(run, edition: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "secret.txt").write_text("topsecretword\n")
    shutil.copy(ROOT / "tests" / "cli" / "small" / "pictures" / "narwhal.png", tmp_path / "secret.png")
    fenced = "`" * 5
    local(edition, f"{fenced}{{local-note}} small:two-homes\n:id: one\n\n{text}\n{fenced}\n")
    line = 4 + text[: text.index("secret")].count("\n")
    says(run, edition, f"a.md:{line}:", "[path-escape]")
    assert run("check", edition).out.count("[path-escape]") == 1
    built = edition / "_build"
    held = [path for path in built.rglob("*") if path.is_file() and b"topsecretword" in path.read_bytes()]
    assert held == []
    assert list(built.rglob("secret*")) == []


def test_a_link_in_the_file_system_that_leads_out_is_refused(run, edition: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md").write_text("topsecretword\n")
    (edition / "local" / "pages").mkdir()
    (edition / "local" / "pages" / "x.md").symlink_to(tmp_path / "elsewhere.md")
    says(run, edition, "x.md", "[path-escape]")


@pytest.mark.long
@pytest.mark.parametrize("name", ["../outside", "..", "a/../../b", "/etc"])
def test_an_id_or_section_that_is_a_path_is_no_name(run, edition: Path, name: str) -> None:
    manifest = edition / "edition.toml"
    sound = manifest.read_text()
    manifest.write_text(sound.replace('"northtown"', f'"{name}"'))
    says(run, edition, "[bad-id]")
    manifest.write_text(sound + f'\n[[arrange]]\nsection = "{name}"\n')
    says(run, edition, "There is no section")
    manifest.write_text(sound)
    ran = run("leave-out", edition, name)
    assert ran.code == 1
    assert run("adapt", edition, name, "summary").code == 1
    ran = run("note", edition, "two-homes", "--id", name)
    assert (ran.code, "[bad-id]" in ran.err) == (1, True)
    assert list((edition / "local").iterdir()) == []
    options = ("--title", "x", "--publisher", "x", "--contact", "", "--organisation", "college")
    ran = run("new", edition.parent / "other", "--id", name, *options)
    assert (ran.code, "[bad-id]" in ran.err) == (1, True)
    assert not (edition.parent / "other").exists()


# the disk


@pytest.fixture
def tiny(edition: Path) -> Iterator[Path]:
    """The edition's build folder on a disk of 64 KB."""
    target = edition / "_build"
    target.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(target)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield target
    subprocess.run(["umount", "-l", str(target)], check=True)


@pytest.mark.long
def test_a_full_disk_is_told_and_leaves_nothing_half_written(run, edition: Path, tiny: Path) -> None:
    for size in ("64k", "160k", "400k"):
        subprocess.run(["mount", "-o", f"remount,size={size}", str(tiny)], check=True)
        ran = run("build", edition)
        assert ran.code == 1, size
        assert "no space left on device" in ran.err.casefold()
        assert "Nothing was built" in ran.err
        no_remains(tiny / "source")
    subprocess.run(["mount", "-o", "remount,size=64m", str(tiny)], check=True)
    ran = run("build", edition)
    assert (ran.code, ran.err) == (0, "")
    no_remains(edition)
    for page in (tiny / "html").rglob("*.html"):
        assert page.read_text().rstrip().endswith("</html>")


def fill(path: Path) -> None:
    """Write until the disk is full."""
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 1024)


def test_edits_on_a_full_disk_change_nothing(run, edition: Path) -> None:
    full = edition.parent / "full"
    full.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(full)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        root = full / "northtown"
        shutil.copytree(edition, root)
        manifest = root / "edition.toml"
        manifest.write_text(manifest.read_text().replace("../small", str(edition.parent / "small")))
        before = manifest.read_bytes()
        fill(full / "filler")
        for command in (
            ["fact", root, "student-team", "Us"],
            ["leave-out", root, "quokka"],
            ["adapt", root, "two-homes", "summary"],
            ["note", root, "two-homes"],
        ):
            ran = run(*command)
            assert ran.code == 1
            assert "no space left on device" in ran.err
        assert manifest.read_bytes() == before
        no_remains(root)
        assert list((root / "local").rglob("*.md")) == []
    finally:
        subprocess.run(["umount", "-l", str(full)], check=True)


@pytest.fixture
def sealed(edition: Path, library: Path, tmp_path: Path) -> Iterator[Path]:
    """The edition in a folder that may be read and not written, by root too, and the library."""
    if os.geteuid() != 0:
        for folder in (edition, edition / "local", library):
            folder.chmod(0o555)
        yield edition
        for folder in (edition, edition / "local", library):
            folder.chmod(0o755)
        return
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("root may write anywhere, and no read-only disk can be mounted here")
    try:
        for folder in (edition, library):
            shutil.copytree(folder, disk / folder.name)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        yield disk / edition.name
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.long
def test_a_folder_that_may_not_be_written(run, sealed: Path) -> None:
    new = ("--id", "xx", "--title", "x", "--publisher", "x", "--contact", "", "--organisation", "college")
    for command in (
        ["build", sealed],
        ["build", sealed, "--output", sealed / "site"],
        ["fact", sealed, "student-team", "Us"],
        ["leave-out", sealed, "quokka"],
        ["adapt", sealed, "two-homes", "summary"],
        ["note", sealed, "two-homes"],
        ["new", sealed.parent / "small" / "deeper", *new, "--based-on", sealed.parent / "small"],
        ["export", sealed, "--to", "json", "--output", sealed / "x.json"],
    ):
        ran = run(*command)
        assert ran.code == 1, ran.said
        assert "read-only file system" in ran.err or "permission denied" in ran.err
        assert "[unreadable]" in ran.err
    assert run("check", sealed).code == 2  # it keeps no copy of the national text
    assert {path.name for path in sealed.iterdir()} == {"edition.toml", "local"}
    assert list((sealed / "local").iterdir()) == []


def test_a_file_that_may_not_be_read(run, kept: Path) -> None:
    page = local(kept, "x\n")
    page.unlink()
    page.symlink_to(kept / "local" / "nowhere.md")
    ran = run("check", kept)
    assert ran.code in (0, 1)
    page.unlink()
    page.mkdir()
    assert run("check", kept).code == 0


# stopping


def start(edition: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "guidance_kit", "build", str(edition), *more],
        env={**os.environ, "PYTHONPATH": str(PACKAGES)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def many_pages(library: Path) -> None:
    model = (library / "challenges" / "two-homes.md").read_text()
    names = [f"item-{n}" for n in range(60)]
    for name in names:
        (library / "challenges" / f"{name}.md").write_text(model.replace("two-homes", name))
    index = library / "challenges" / "index.md"
    index.write_text(index.read_text().replace("two-homes\n", "two-homes\n" + "\n".join(names) + "\n", 1))


@pytest.mark.long
@pytest.mark.parametrize(
    ("after", "jobs"),
    [
        ("_build/source/edition.json", "1"),
        ("_build/html/.guidance-kit.json", "2"),
        ("_build/html/challenges/item-20.html", "1"),
        ("_build/html/challenges/item-20.html", "2"),
    ],
)
def test_ctrl_c_leaves_nothing_half_written(run, edition: Path, library: Path, jobs: str, after: str) -> None:
    many_pages(library)
    process = start(edition, "--jobs", jobs)
    deadline = time.monotonic() + 120
    while not (edition / after).exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    # a shell says 130 for both: the second is what the system makes of it while Python itself ends
    assert process.returncode in (130, -signal.SIGINT), (out, err)
    assert err.strip() == "Stopped. Nothing is half written: run the same command again at any time."
    assert out == ""
    no_remains(edition)
    ran = run("build", edition)
    assert (ran.code, ran.err) == (0, "")
    fresh = run("build", edition, "--output", edition.parent / "fresh")
    assert fresh.code == 0
    for path in (edition.parent / "fresh").rglob("*.html"):
        same = edition / "_build" / "html" / path.relative_to(edition.parent / "fresh")
        assert same.read_bytes() == path.read_bytes(), same


@pytest.mark.long
def test_a_build_that_is_killed_is_made_whole_by_the_next(run, edition: Path, library: Path) -> None:
    many_pages(library)
    process = start(edition)
    while not (edition / "_build/html/challenges/item-20.html").exists() and process.poll() is None:
        time.sleep(0.005)
    process.kill()
    process.communicate(timeout=60)
    ran = run("build", edition)
    assert (ran.code, ran.err) == (0, "")
    for page in (edition / "_build" / "html").rglob("*.html"):
        assert page.read_text().rstrip().endswith("</html>")


def interrupt(process: subprocess.Popen[bytes]) -> None:
    """Press Ctrl-C, as a person does, until it is heard.

    Python loses one that comes in the instant before it waits for an answer, and only then. Standard input stays
    open all the while, so that an end of answers is not what stops the command.
    """
    for _ in range(30):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=1)
            return


def test_questions_can_be_stopped(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "guidance_kit", "new", str(tmp_path / "x")],
        env={**os.environ, "PYTHONPATH": str(PACKAGES)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.read(5)
    interrupt(process)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert not (tmp_path / "x").exists()


# terminals and pipes


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}]
)
def test_any_terminal_can_show_any_words(run, edition: Path, env: dict[str, str]) -> None:
    (edition / "local" / "a.md").write_text(
        "```{adapt} small:two-homes#summary\n\nŵ \u201cquoted\u201d \U0001f600 \u4e2d\n```\n", "utf-8"
    )
    ran = run("show", edition, "two-homes", env=env)
    assert ran.code == 0
    assert "?" in ran.out
    assert run("build", edition, env=env).code == 0


def test_a_pipe_that_is_closed_ends_quietly(edition: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "guidance_kit", "show", str(edition)],
        env={**os.environ, "PYTHONPATH": str(PACKAGES)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(timeout=30) == 141
    assert process.stderr is not None
    assert process.stderr.read() == b""


def test_a_fault_of_ours_is_one_line(run, edition: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / "sitecustomize.py").write_text(
        "import guidance_kit.api as api\n"
        "def broken(folder):\n    raise KeyError('this is broken')\n"
        "api.read_edition = broken\n"
    )
    path = f"{odd}:{PACKAGES}"
    ran = run("show", edition, env={"PYTHONPATH": path})
    assert ran.code == 70
    assert ran.err.count("\n") == 1
    assert "Please report it" in ran.err
    assert "guidance-kit show" in ran.err


def test_help_loads_no_sphinx_and_is_quick() -> None:
    code = (
        "import sys, guidance_kit.cli.commands as m\n"
        "m.main(['--help'])\n"
        "m.main(['build', '--help'])\n"
        "assert not {'sphinx', 'docutils', 'tomlkit'} & set(sys.modules), sorted(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(PACKAGES)}, check=True,
                   capture_output=True)  # fmt: skip
    python = min(_timed("-c", "pass") for _ in range(5))
    assert min(_timed("-m", "guidance_kit", "--help") for _ in range(5)) < 12 * python  # measured 4


def _timed(*words: str) -> float:
    started = time.perf_counter()
    command = [sys.executable, *words]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(PACKAGES)}, capture_output=True, check=True)
    return time.perf_counter() - started
