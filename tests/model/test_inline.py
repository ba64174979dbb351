"""Roles are found in running text and nowhere in code."""

import pytest

from guidance_kit.model.inline import replace_roles, roles_in


def found(text: str) -> list[tuple[str, str]]:
    return [(role.name, role.content) for role in roles_in(text)]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("call {fact}`crisis-line` now", [("fact", "crisis-line")]),
        ("{guidance:term}`words <liaison>`", [("guidance:term", "words <liaison>")]),
        ("`{fact}` and {fact}`a`", [("fact", "a")]),
        ("`` {fact}`a` ``", []),
        ("```\n{fact}`a`\n```\n{fact}`b`", [("fact", "b")]),
        ("- ```\n  {fact}`a`\n  ```\n\n{fact}`b`", [("fact", "b")]),
        ("> ```\n> {fact}`a`\n> ```\n\n{fact}`b`", [("fact", "b")]),
        ("- one\n  ```\n  {fact}`a`\n\n{fact}`b`", [("fact", "b")]),
        ("    ```\n\n{fact}`b`", [("fact", "b")]),
        ("1. ```sh\r\n   {fact}`a`\r\n   ```\r\n2. {fact}`b`", [("fact", "b")]),
        (
            "- :::{note} T {fact}`a`\n  {fact}`b`\n  ```\n  {fact}`c`\n  ```\n  :::",
            [("fact", "a"), ("fact", "b")],
        ),
        ("\\{fact}`a` {fact}`b`", [("fact", "b")]),
        ("\\\\{fact}`a`", [("fact", "a")]),
        ("<!-- {fact}`a` --> {fact}`b`", [("fact", "b")]),
        ("1 < 2 <!-- {fact}`a`", [("fact", "a")]),
        ("```{note}\n{fact}`a`\n```", [("fact", "a")]),
        ("```{code-block} md\n{fact}`a`\n```\n", []),
        (":::{note}\n{fact}`a`\n:::", [("fact", "a")]),
        ("```{note}\nx\n```\n{fact}`a`\n```\n{fact}`b`\n```", [("fact", "a")]),
        (":::{note}\n```\n{fact}`a`\n:::\n{fact}`b`", [("fact", "b")]),
        ("````{note}\n```\n{fact}`a`\n```\n{fact}`b`\n````\n{fact}`c`", [("fact", "b"), ("fact", "c")]),
        ("\\`{fact}`a`", [("fact", "a")]),
        (":::{term} a {fact}`b`\n{fact}`c`\n:::\n{fact}`d`", [("fact", "b"), ("fact", "c"), ("fact", "d")]),
        ("~~~{note} a `b`\nx\n~~~\n{fact}`a`", [("fact", "a")]),
        ("{fact}`not\n\nclosed`", []),
        ("{fact}``a`b``", [("fact", "a`b")]),
        ("| {fact}`a` | {fact}`b` |", [("fact", "a"), ("fact", "b")]),
    ],
)
def test_roles_in_text(text: str, roles: list[tuple[str, str]]) -> None:
    assert found(text) == roles


def test_replacing_is_done_once_and_splices_only_the_role() -> None:
    text = "a {fact}`x` b {other}`y` c"
    assert (
        replace_roles(text, lambda role: "{fact}`x`!" if role.name == "fact" else None)
        == "a {fact}`x`! b {other}`y` c"
    )


def test_a_role_tells_words_from_target() -> None:
    (role,) = roles_in("{challenge}`these words <core:two-homes>`")
    assert (role.words, role.target) == ("these words", "core:two-homes")
