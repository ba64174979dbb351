"""Labels, and the panel that shows the national and the local wording, as ``edition.json`` tells them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeGuard

from docutils import nodes

from guidance_kit.sphinx_ext import words
from guidance_kit.sphinx_ext.edition import EditionFile
from guidance_kit.sphinx_ext.nodes import (
    guidance_change,
    guidance_panel,
    guidance_summary,
    strong,
    text,
)

_SHOWN = ("context", "meaning")
Told = Mapping[str, Any]


def mark(edition: EditionFile, item: str, block: nodes.Element, about: nodes.Node) -> None:
    """Put the labels of an item and its parts into its block, with a panel wherever the wording differs.

    ``about`` is the node after the first part.
    """
    told = edition.items.get(item)
    if not told:
        return
    parts = edition.parts(item)
    standing = {child["part"]: child for child in block.children if _is_part(child)}
    for key in standing.keys() & parts.keys():
        standing[key].insert(1, _label(parts[key]))
        standing[key].extend(_panels(parts[key]))
    for key, part in parts.items():
        if key not in standing:  # the title and the first part
            block.insert(block.index(about), _panels(part))
    block.insert(block.index(about), _panels_of_replaced(told))
    block.insert(1, _label(told))


def _is_part(node: nodes.Node) -> TypeGuard[nodes.Element]:
    return isinstance(node, nodes.Element) and bool(node.get("part"))


def _label(told: Told) -> nodes.paragraph:
    return text(str(told["label"]), "guidance-label", f"guidance-label-{told['words']}")


def _panels(part: Told) -> list[nodes.Node]:
    if part.get("words") not in _SHOWN:
        return []
    said = f"{words.say(words.COMPARE)}: {part['title']}"
    panel = guidance_panel("", guidance_summary("", said), classes=["guidance-panel"])
    for heading, wording in ((words.NATIONAL, part.get("national")), (words.LOCAL, part.get("local"))):
        if wording:
            panel += strong(words.say(heading), "guidance-panel-name")
            panel += _wording(wording)
    if part.get("diff"):
        panel += strong(words.say(words.CHANGE), "guidance-panel-name")
        panel += _changes(part["diff"])
    panel += [text(line) for line in _reasons(part)]
    return [panel]


def _panels_of_replaced(told: Told) -> list[nodes.Node]:
    if not told.get("replaces") or not told.get("reason"):
        return []
    panel = guidance_panel("", guidance_summary("", words.say(words.REPLACED)), classes=["guidance-panel"])
    panel += text(words.say(words.REASON, reason=told["reason"]))
    return [panel]


def _reasons(part: Told) -> Iterator[str]:
    if part.get("reason"):
        yield words.say(words.REASON, reason=part["reason"])
    by, on = part.get("approved_by"), part.get("approved_on")
    if by:
        yield (
            words.say(words.APPROVED_ON, by=by, on=words.date(str(on)))
            if on
            else words.say(words.APPROVED, by=by)
        )
    if part.get("review_by"):
        yield words.say(words.REVIEW, date=words.date(str(part["review_by"])))


def _wording(wording: str) -> nodes.block_quote:
    lines = [line for line in wording.split("\n") if line.strip()]
    return nodes.block_quote("", *(text(line.strip()) for line in lines), classes=["guidance-wording"])


def _changes(diff: Iterable[Iterable[str]]) -> nodes.block_quote:
    """Return the wording with what went and what came, in marks and in words."""
    paragraphs = [nodes.paragraph()]
    for change, said in diff:
        for at, line in enumerate(said.split("\n")):
            if at:
                paragraphs.append(nodes.paragraph())
            paragraphs[-1] += _changed(change, line)
    return nodes.block_quote(
        "", *(one for one in paragraphs if one.astext().strip()), classes=["guidance-wording"]
    )


def _changed(change: str, said: str) -> list[nodes.Node]:
    if change not in ("del", "ins") or not said.strip():
        return [nodes.Text(said)]
    start, end = (
        (words.DELETED, words.END_DELETED) if change == "del" else (words.INSERTED, words.END_INSERTED)
    )
    before = said[: len(said) - len(said.lstrip())]
    after = said[len(said.rstrip()) :]
    marked = guidance_change(
        "",
        "",
        _hidden(f"[{words.say(start)} "),
        nodes.Text(said.strip()),
        _hidden(f" {words.say(end)}]"),
        change=change,
    )
    return [nodes.Text(before), marked, nodes.Text(after)]


def _hidden(said: str) -> nodes.inline:
    return nodes.inline("", said, classes=["guidance-hidden"])
