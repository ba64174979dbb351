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

    ``about`` is the node after the first part. Where the national text changed beneath local words, a notice
    stands above them.
    """
    told = edition.items.get(item)
    if not told:
        return
    parts = edition.parts(item)
    anchor = str(next(iter(block["ids"]), ""))
    standing = {child["part"]: child for child in block.children if _is_part(child)}
    for key in standing.keys() & parts.keys():
        part = parts[key]
        label = _label(part, part.get("whose", ""))
        standing[key].insert(1, [label, *_endorsed(part), *_notice(part, anchor)])
        standing[key].extend(_panels(part, anchor))
    lead = [part for key, part in parts.items() if key not in standing]  # the title and the first part
    for part in lead:
        block.insert(block.index(about), _panels(part, anchor))
    block.insert(block.index(about), _panels_of_replaced(told, anchor))
    leading = (n for part in lead for n in (*_endorsed(part, str(part["title"])), *_notice(part, anchor)))
    block.insert(1, [_label(told), *_endorsed(told), *_waits(told), *_notice(told, anchor), *leading])


def _is_part(node: nodes.Node) -> TypeGuard[nodes.Element]:
    return isinstance(node, nodes.Element) and bool(node.get("part"))


def _label(told: Told, said: str = "") -> nodes.paragraph:
    return text(said or str(told["label"]), "guidance-label", f"guidance-label-{told['words']}")


def _endorsed(told: Told, of: str = "") -> Iterator[nodes.Node]:
    """Give who stands behind exactly these words; ``of`` names the part, where it is not above it."""
    for one in told.get("endorsed", ()):
        by, on = one.get("by"), one.get("on")
        if by:
            dated = words.say(words.ENDORSED_ON, by=by, on=words.date(str(on))) if on else ""
            said = dated or words.say(words.ENDORSED, by=by)
            yield text(f"{of}: {said}" if of else said, "guidance-endorsed")


def _notice(told: Told, anchor: str) -> list[nodes.Node]:
    """Return the notice that the national text changed, with a link to what is known of the change."""
    stale = told.get("stale")
    if not stale:
        return []
    kept = words.say(words.KEPT_OWN, by=str(stale["by"])) if stale.get("kept") else ""
    pieces: list[nodes.Node] = [nodes.strong("", f"{_changed_on(stale)} {kept}".rstrip())]
    pieces += _why(stale)
    if anchor and (_has_panel(told) if told.get("key") else told.get("national")):
        shown = words.COMPARE if stale.get("lost") else words.SEE_CHANGE
        said = words.say_of(str(stale.get("by", "")), shown)
        link = nodes.reference("", said, refid=_panel_id(anchor, told), internal=True)
        pieces += [nodes.Text(" "), link]
    kind = "safety" if stale.get("kind") == "safety" else "changed"
    return [
        nodes.paragraph("", "", *pieces, classes=["guidance-review", f"guidance-review-{kind}"]),
        *_over(stale),
    ]


def _why(told: Told) -> list[nodes.Node]:
    """Return what is said of why a text changed, as a sentence."""
    why = str(told.get("why") or "")
    return [nodes.Text(f" {why}" if why.endswith((".", "!", "?")) else f" {why}.")] if why else []


def _over(stale: Told) -> Iterator[nodes.Node]:
    """Give the national words in whose place an earlier edition has its own: for safety they come first."""
    if stale.get("over"):
        yield strong(words.say(words.NATIONAL_NOW), "guidance-panel-name")
        yield _wording(str(stale["over"]))
        yield strong(words.say(words.WORDING_OF, by=str(stale["by"])), "guidance-panel-name")


def _waits(told: Told) -> Iterator[nodes.Node]:
    """Give the notice that an earlier edition has not looked at a change beneath its words here."""
    waits = told.get("waits")
    if waits:
        said = nodes.strong("", words.say(words.WAITS, by=str(waits["by"])))
        classes = ["guidance-review", "guidance-review-changed"]
        yield nodes.paragraph("", "", said, *_why(waits), classes=classes)


def _changed_on(stale: Told) -> str:
    """Return when the text beneath changed, as far as it is known."""
    safety, by = stale.get("kind") == "safety", "" if stale.get("kept") else str(stale.get("by", ""))
    if stale.get("lost") and not safety:
        return words.say_of(by, words.REVIEWED_AGAIN)
    if stale.get("on"):
        said = words.REVIEWED_SAFETY_ON if safety else words.REVIEWED_ON
        return words.say_of(by, said, date=words.date(str(stale["on"])))
    if stale.get("version"):
        said = words.REVIEWED_SAFETY_IN if safety else words.REVIEWED_IN
        return words.say_of(by, said, version=str(stale["version"]))
    if "then" in stale and stale["then"] is None:
        return words.say(words.REVIEWED_TEXT)
    return words.say_of(by, words.REVIEWED_SAFETY if safety else words.REVIEWED_NOW)


def _panel_id(anchor: str, part: Told) -> str:
    return f"{anchor}--{part.get('key') or 'replaced'}--review"


def _led_to(name: str) -> nodes.target:
    """Return where a link leads: inside the panel, since a browser opens only what holds that place."""
    return nodes.target("", "", ids=[name])


def _has_panel(part: Told) -> bool:
    stale = part.get("stale") or {}
    return part.get("words") in _SHOWN or bool(stale.get("was") or part.get("held") or part.get("core"))


def _panels(part: Told, anchor: str) -> list[nodes.Node]:
    if not _has_panel(part):
        return []
    compared, by = part.get("words") in _SHOWN, str(part.get("text_of", ""))
    lost = (part.get("stale") or {}).get("lost")
    what = words.say_of(by, words.COMPARE) if compared or lost else _change(part)
    if part.get("core") and not (compared or part.get("stale")):
        what = words.say(words.COMPARE)
    said = f"{what}: {part['title']}"
    panel = guidance_panel("", guidance_summary("", said), classes=["guidance-panel"])
    if part.get("stale") and anchor:
        panel += _led_to(_panel_id(anchor, part))
    for heading, shown in _sides(part):
        panel += strong(heading, "guidance-panel-name")
        panel += shown
    panel += [text(line) for line in _reasons(part)]
    return [panel]


def _sides(part: Told) -> Iterator[tuple[str, nodes.Node]]:
    """Give each wording and each change with its heading, as far as there is one."""
    stale, by = part.get("stale") or {}, str(part.get("text_of", ""))
    if part.get("core"):
        yield words.say(words.NATIONAL_INSTEAD), _wording(part["core"])
    for heading, wording in (
        (words.say_of(by, words.NATIONAL_NOW if stale else words.NATIONAL), part.get("national")),
        (_beside(part), stale.get("was")),
    ):
        if wording:
            yield heading, _wording(wording)
    if part.get("change"):
        yield _change(part), _changes(part["change"])
    for heading, wording in ((words.LOCAL, part.get("local")), (words.HELD, part.get("held"))):
        if wording:
            yield words.say(heading), _wording(wording)
    if part.get("diff"):
        yield words.say_of(by, words.LOCAL_CHANGE if stale else words.CHANGE), _changes(part["diff"])


def _then(part: Told) -> str | None:
    """Return whose words the local ones were written beside: empty for the core's, None if nobody knows."""
    then = (part.get("stale") or {}).get("then", part.get("text_of", ""))
    return None if then is None else str(then)


def _beside(part: Told) -> str:
    """Return the heading of the words that the local ones were written beside."""
    then, instead = _then(part), part.get("local") or part.get("held")
    if then is None:
        return words.say(words.WORDING_WAS if instead else words.WORDING_WAS_NOTE)
    return words.say_of(then, words.NATIONAL_WAS if instead else words.NATIONAL_WAS_NOTE)


def _change(part: Told) -> str:
    """Return the heading of what changed beneath the local words."""
    by, then = str(part.get("text_of", "")), _then(part)
    return words.say_of(by, words.NATIONAL_CHANGE) if then == by else words.say(words.TEXT_CHANGE)


def _panels_of_replaced(told: Told, anchor: str) -> list[nodes.Node]:
    if not told.get("replaces") or not (told.get("reason") or told.get("national")):
        return []
    stale = told.get("stale") or {}
    by = "" if stale.get("kept") else str(stale.get("by", ""))  # then these are the national words
    beneath = words.COMPARE if stale.get("lost") else words.NATIONAL_CHANGE
    said = words.say_of(str(told.get("replaces_of", "")), words.REPLACED)
    said = words.say_of(by, beneath) if told.get("national") else said
    panel = guidance_panel("", guidance_summary("", said), classes=["guidance-panel"])
    if told.get("reason"):
        panel += text(words.say(words.REASON, reason=told["reason"]))
    if told.get("national"):
        if anchor:
            panel += _led_to(_panel_id(anchor, told))
        panel += strong(words.say_of(by, words.NATIONAL_NOW), "guidance-panel-name")
        panel += _wording(str(told["national"]))
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
