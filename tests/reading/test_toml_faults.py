"""What is wrong with a TOML file, told to somebody who has never heard of TOML."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance_kit.reading.files import read_toml


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            '[facts]\nteam = "T"\n\nline = "1"\nteam = "U"\n',
            5,
            '"team" is given twice: line 2 gives it too.',
        ),
        ('a = "1"\nb = "2"\na = 3\n', 3, '"a" is given twice: line 1 gives it too.'),
        ('[a]\nx = "1"\n[facts]\nx = "1"\n[facts] # again\ny = "1"\n', 5, "[facts] is given twice."),
        ('[[t]]\na = "1"\n[t]\n', 3, "[t] is given twice."),
        ('[t]\na = "1"\n[[t]]\n', 3, "[[t]] is given twice."),
        ('x = "1\ny = "2"\n', 1, "The quote at the end of this line is missing."),
        ("x = '1\n", 1, "The quote at the end of this line is missing."),
        ('\n\nx = """1\n\n', 3, "A text in quotes begins in this file and never ends."),
        ('x = "a\\q"\n', 1, "This value has a backslash, which stands for something else here."),
        ('x = "a "b" c"\n', 1, "Something stands behind the value of this line."),
        ('\nx = ["a", "b"\n', 2, 'A list begins with "[" and never ends.'),
        ('[facts\nx = "1"\n', 1, 'This line begins with "[" and has no "]".'),
        ('crisis line = "1"\n', 1, 'This line is not of the form name = "value".'),
        ('= "1"\n', 1, "This line begins with something that no name begins with."),
        ("x =\n", 1, "This line gives no value."),
        ("x = 0808 1\n", 1, 'The value of "x" needs quotes.'),
    ],
)
def test_a_fault_is_told_in_plain_words_at_its_line(tmp_path: Path, text: str, line: int, words: str):
    file = tmp_path / "edition.toml"
    file.write_text(text, "utf-8")
    _, (one,) = read_toml(file)
    assert (one.code, one.place.line, one.message) == ("manifest-syntax", line, words)
    assert one.hint
