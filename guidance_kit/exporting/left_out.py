"""The page *What we left out and why*: every item that readers of an edition do not find.

Titles and reasons only: no word of a text that is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from guidance_kit.exporting.readable import escaped, readable
from guidance_kit.exporting.told import link, reason, theirs, titled
from guidance_kit.model.edition import Edition
from guidance_kit.model.layers import adder

TITLE = "What we left out and why"


def is_needed(edition: Edition) -> bool:
    """Return whether anything is left out, here or before."""
    before = edition.base.ancestry
    return bool(
        edition.left_out or edition.not_chosen or edition.waiting or (before is not None and before.left_out)
    )


def left_out(edition: Edition) -> str:
    """Return the page as Markdown; a section only where there is something to say."""
    lines = [f"# {TITLE}", "", _opening(edition), ""]
    new = "items" if edition.base.ancestry else "national items"
    for heading, rows in (
        ("Left out", _omitted(edition)),
        ("Replaced by an item of our own", _replaced(edition)),
        ("Not chosen", _not_chosen(edition)),
        (f"New {new} that we have not decided on yet", _waiting(edition)),
        ("Left out by an earlier edition", _before(edition)),
    ):
        found = list(rows)
        if found:
            lines += [f"## {heading}", "", *found, ""]
    return "\n".join(lines)


def omission(edition: Edition, item: str, why: str) -> str:
    """Return a line of a list: an item that this edition left out or replaced, and why."""
    new = edition.redirects.get(item, "")
    instead = f" In its place: {link(edition.by_id[new])}." if new in edition.by_id else ""
    return f"- {_named(edition, item)}. {reason(why)}{instead}"


def _named(edition: Edition, item: str) -> str:
    """Return the title of an item that is not here, and whose it is if it is not a national one."""
    by = adder(edition.base, item)
    return titled(edition, item) + (f" (an item of {escaped(by)})" if by else "")


def _opening(edition: Edition) -> str:
    before, base = edition.base.ancestry, f"{theirs(edition)} ({edition.base.title})"
    words = []
    if edition.left_out or edition.not_chosen or edition.waiting:
        words.append(f"{base[0].upper()}{base[1:]} has items that are not in this edition.")
    if before and before.left_out:
        that = "that one" if words else base
        words.append(f"Items that were left out of {that}, or before it, are not in this edition either.")
    return escaped(" ".join((*words, "This page names each of them, and says why.")))


def _omitted(edition: Edition) -> Iterator[str]:
    for left in edition.left_out:
        if edition.redirects.get(left.item, "") not in edition.by_id:
            yield omission(edition, left.item, left.reason)


def _replaced(edition: Edition) -> Iterator[str]:
    for left in edition.left_out:
        if edition.redirects.get(left.item, "") in edition.by_id:
            yield omission(edition, left.item, left.reason)


def _not_chosen(edition: Edition) -> Iterator[str]:
    if edition.not_chosen:
        named = "items" if edition.overlay.start_from == "nothing" else f"new items of {theirs(edition)}"
        yield f"This edition names the {named} that it takes. It did not take these; no reason is recorded."
        yield ""
    for name in edition.not_chosen:
        yield f"- {_named(edition, name)}"


def _waiting(edition: Edition) -> Iterator[str]:
    if edition.waiting:
        yield f"They came with a newer release of {theirs(edition)}."
        yield ""
    for name in edition.waiting:
        yield f"- {_named(edition, name)}"


def _before(edition: Edition) -> Iterator[str]:
    before = edition.base.ancestry
    for name, one in sorted(before.left_out.items()) if before else ():
        new = edition.redirects.get(name, "")
        instead = f" In its place: {link(edition.by_id[new])}." if new in edition.by_id else ""
        how = "Replaced" if before and name in before.redirects else "Left out"
        by = f"{how} by {escaped(one.by)}. " if one.by else ""
        yield f"- {escaped(readable(one.title, edition.base))}. {by}{reason(one.reason)}{instead}"
