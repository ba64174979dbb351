from __future__ import annotations

import csv
import io
import json

import jsonschema
import pytest

from guidance_kit.exporting import EXPORTERS, as_csv, as_json, as_markdown, as_schema
from guidance_kit.exporting.readable import readable

LOCAL = """\
```{adapt} core:agree#summary
:reason: Ours is faster.

Agree *roles* within two weeks. Ring {fact}`crisis-line`.
```
"""


def test_the_json_is_what_the_schema_says(folders):
    folders.local(LOCAL)
    jsonschema.Draft202012Validator(json.loads(as_schema())).validate(json.loads(as_json(folders.compose())))


@pytest.mark.parametrize(
    ("where", "value"),
    [("strength", "huge"), ("themes", []), ("felt-by", "nhs"), ("mood", "good")],
)
def test_the_schema_refuses_what_reading_refuses(folders, where, value):
    made = json.loads(as_json(folders.compose()))
    made["items"][0]["fields"][where] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, json.loads(as_schema()))


def test_the_schema_is_sound():
    jsonschema.Draft202012Validator.check_schema(json.loads(as_schema()))


def test_the_csv_has_a_row_a_part_in_words(folders):
    folders.local(LOCAL)
    rows = list(csv.DictReader(io.StringIO(as_csv(folders.compose()))))
    row = next(row for row in rows if (row["item"], row["part"]) == ("core:agree", "summary"))
    placeholder = "[to be completed locally: 24-hour crisis line]"
    assert row["words"] == f"Agree roles within two weeks. Ring {placeholder}."
    assert row["label"] == "Adapted to local context by NHS Northtown"


def test_no_cell_of_the_csv_is_a_formula(folders):
    folders.local('```{adapt} core:agree#title\n=HYPERLINK("x")\n```\n')
    rows = list(csv.reader(io.StringIO(as_csv(folders.compose()))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_markdown_holds_every_item_and_no_role(folders):
    text = as_markdown(folders.compose())
    assert "### Two homes" in text
    assert "- One, see Agree" in text
    assert "{solution}" not in text


@pytest.mark.parametrize("name", EXPORTERS)
def test_exporting_twice_gives_the_same_bytes(folders, name):
    assert EXPORTERS[name](folders.compose()) == EXPORTERS[name](folders.compose())


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Two *short* words", "Two short words"),
        ("**Bold** and _slanted_", "Bold and slanted"),
        ("snake_case_name stays", "snake_case_name stays"),
        ("A [link](https://x.example/a) here", "A link (https://x.example/a) here"),
        ("Cited {cite}`src-one`, and on", "Cited, and on"),
        ('![Map](map.png "Ours")', "Map (map.png, Ours)"),
        (
            "[a](<b c.md>), [Wiki](https://w.example/a_(_b_)).",
            "a (b c.md), Wiki (https://w.example/a_(_b_)).",
        ),
        (
            "[https://x.example](https://x.example) [a@x.example](mailto:a@x.example)",
            "https://x.example a@x.example",
        ),
        ("{doc}`The plan </plan>` and {doc}`/plan`", "The plan (/plan) and /plan"),
        ("[ring](tel:{fact}`crisis-line`)", "ring (tel:[to be completed locally: 24-hour crisis line])"),
        ("One line\nand the next", "One line and the next"),
        ("One.\n\n\n \nTwo.\n\n\n- three", "One.\n\nTwo.\n\n\u2022 three"),
        ("- one\n  more\n- two", "\u2022 one more\n\u2022 two"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("See {solution}`this one <agree>`", "See this one (Agree)"),
        ("See {solution}`agree`", "See Agree"),
        ("2 \\* 3", "2 * 3"),
        ("`{fact}` is code", "`{fact}` is code"),
        ("% no reader sees this\nOne.\n\n  % nor this\n- 5% more", "One.\n\n\u2022 5% more"),
        ("```text\n% seen\n```", "```text % seen\n```"),
    ],
)
def test_markdown_is_read_aloud_as_words(folders, markdown, words):
    assert readable(markdown, folders.compose()) == words
