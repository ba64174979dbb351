"""What Sphinx writes becomes problems, other warnings and progress."""

import pytest

from guidance_kit.problems import Place, Problem
from guidance_kit.publishing.messages import Status, Warned, Warnings


def read(text: str) -> Warnings:
    warnings = Warnings(Place)
    warnings.write(text)
    return warnings


def test_a_warning_of_ours_is_a_problem() -> None:
    found = read('a/local/x.md:12: WARNING: There is no challenge "y". [guidance.unknown-link]\n')
    assert found.problems == [
        Problem("unknown-link", 'There is no challenge "y".', "", Place("a/local/x.md", 12))
    ]
    assert found.others == []


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        (
            "/x/y.md:3: WARNING: 'myst' cross-reference target not found: 'z' [myst.xref_missing]\n",
            Warned("'myst' cross-reference target not found: 'z'", "myst.xref_missing", Place("/x/y.md", 3)),
        ),
        ("/x/y.md: WARNING: document isn't included [toc.not_included]\n",
         Warned("document isn't included", "toc.not_included", Place("/x/y.md"))),
        ("/x/y.md:: ERROR: two\nlines\n", Warned("two\nlines", "", Place("/x/y.md"))),
        ("WARNING: no place at all\n", Warned("no place at all")),
        ("C:\\x\\y.md:3: WARNING: on Windows\n", Warned("on Windows", "", Place("C:\\x\\y.md", 3))),
        ("\x1b[91mWARNING: in red\x1b[39;49;00m\n", Warned("in red")),
        ("/x.md:1: WARNING: ours but unknown [guidance.no-such-code]\n",
         Warned("ours but unknown", "guidance.no-such-code", Place("/x.md", 1))),
    ],
)  # fmt: skip
def test_any_other_warning_is_kept_as_it_is(text: str, warned: Warned) -> None:
    found = read(text)
    assert found.others == [warned]
    assert found.problems == []


def test_a_page_that_could_not_be_written_is_noticed() -> None:
    assert read("WARNING: error writing file /x.html: No space left on device\n").unwritten


def test_progress_is_a_step_and_a_percentage() -> None:
    told: list[tuple[str, int]] = []
    status = Status(lambda step, done: told.append((step, done)))
    status.write("building [html]: all source files\n")
    status.write("\x1b[01mreading sources... \x1b[39;49;00m[ 50%] \x1b[35mindex\x1b[39;49;00m\r")
    assert told == [("Reading sources", 50)]
