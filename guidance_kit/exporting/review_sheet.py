"""A page to read or print for a meeting: what changed in the national text, what is ours, and what to decide.

One HTML file without scripts, pictures or links to anything else. What was deleted and inserted is marked
with lines, with ``del`` and ``ins``, and in words for people who listen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import attrs

from guidance_kit.exporting.changes import DELETED, SAME, Change, changes
from guidance_kit.exporting.sheet_style import STYLE
from guidance_kit.model.lock import What

#: The mark by which a page of ours is known again.
MADE = '<meta name="generator" content="guidance-kit review">'
#: What a meeting can decide, as the printed form offers it, by the option of ``accept`` that records it.
CHOICES = {
    "--keep-mine": "Keep our wording",
    "--take-national": "Take the national wording",
    "--use-merged": "Use the merged wording",
    "--edited": "Edit our wording (write it on a separate page)",
    "--rewrite": "Write it for what it became",
    "--as-local": "Keep it as an item of our own",
    "--attic": "Put our words in the attic",
    "--seen": "We have read it",
    "--take-item": "Take the new item",
    "--leave-out": "Leave the new item out (write the reason below)",
    "--defer": "Decide later, by the date below",
}
#: The same where other words are truer, by the kind of local work.
_OF: Mapping[str, Mapping[str, str]] = {
    What.NOTE: {"--keep-mine": "Keep our note", "--take-national": "Take our note out"},
    What.LEAVE_OUT: {"--keep-mine": "Keep it left out", "--take-national": "Take the item again"},
    What.REPLACE: {"--keep-mine": "Keep our item", "--take-national": "Take the national item"},
    What.FACT: {
        "--keep-mine": "Keep our value",
        "--take-national": "Take our value out",
        "--edited": "Change our value (write it on a separate page)",
    },
    What.PAGE: {"--keep-mine": "Keep our page", "--take-national": "Take the national page"},
}
#: The local work that stands in the place of national words, and not beside them.
_INSTEAD = (What.ADAPT, What.REPLACE, What.PAGE)
_USUAL = ("--keep-mine", "--take-national", "--use-merged", "--edited", "--defer")
_GAP = " "


@attrs.frozen(kw_only=True)
class Entry:
    """One thing to decide. Texts are plain words as a person reads them; what is empty is not shown.

    ``state`` says how it stands and ``next`` what to do; ``kind``, ``version`` and ``why`` are what the
    release says of its change. ``was`` is the national text that ``yours`` was written beside, ``now`` the
    national text today; ``offer`` a merge of both changes, which ``conflict`` says there cannot be.
    ``reason`` and ``by`` are those recorded with the local words. ``whose`` says what the text beneath is
    called: in an edition based on another one it may be that one's; ``whose_then`` what the text then is
    called; ``instead`` are words of an earlier edition in the place of national ones, ``whose_instead`` what
    they are called. ``what`` is the kind of local work; ``choices`` are the ways to decide, and ``open`` says
    whether that waits for somebody.
    """

    heading: str
    target: str
    state: str
    next: str = ""
    kind: str = ""
    version: str = ""
    why: str = ""
    was: str = ""
    now: str = ""
    instead: str = ""
    yours: str = ""
    offer: str = ""
    conflict: bool = False
    reason: str = ""
    by: str = ""
    whose: str = "the national text"
    whose_then: str = "the national text"
    whose_instead: str = ""
    what: What = What.ADAPT
    choices: tuple[str, ...] = _USUAL
    open: bool = True


def sheet(title: str, entries: Sequence[Entry]) -> str:
    """Return the page as HTML."""
    body = [f"<h1>{escape(title)}</h1>", *_opening(entries)]
    body += [_entry(number, one) for number, one in enumerate(entries, 1)]
    return _PAGE.format(made=MADE, title=escape(title), style=STYLE, body="\n".join(body))


def _opening(entries: Sequence[Entry]) -> list[str]:
    if not entries:
        return ["<p>Nothing waits for a decision.</p>"]
    number = sum(one.open for one in entries)
    count = {0: "Nothing here waits", 1: "One thing waits"}.get(number, f"{number} things wait")
    about = "What there is to decide" if number else "What is shown here"
    rows = "".join(
        f'<tr><th scope="row"><a href="#entry-{at}">{at}. {escape(one.heading)}</a></th>'
        f"<td>{escape(_kind(one) or '-')}</td><td>{escape(one.state)}</td></tr>"
        for at, one in enumerate(entries, 1)
    )
    return [
        f"<p>{count} for a decision. Words that went are struck through; words that came are underlined.</p>",
        _contents(
            about,
            f"<table><caption>{about}</caption><thead><tr>"
            '<th scope="col">What</th><th scope="col">Kind of change</th><th scope="col">How it stands</th>'
            f"</tr></thead><tbody>{rows}</tbody></table>",
        ),
    ]


def _entry(number: int, one: Entry) -> str:
    name = f"entry-{number}"
    pieces = [
        f'<section class="entry" id="{name}" aria-labelledby="{name}-name">',
        f'<h2 id="{name}-name">{number}. {escape(one.heading)}</h2>',
        _about(one),
        *_texts(one),
        _decision(number, one),
        "</section>",
    ]
    return "\n".join(piece for piece in pieces if piece)


def _about(one: Entry) -> str:
    change = ", ".join(part for part in (_kind(one), f"in {one.version}" if one.version else "") if part)
    rows = (
        ("Target", f"<code>{escape(one.target)}</code>"),
        ("How it stands", escape(one.state)),
        ("National change", escape(change)),
        ("Why it changed", _lines(one.why)),
        ("What to do next", _lines(one.next)),
        ("Reason recorded for our wording", _lines(one.reason)),
        ("Last decided by", escape(one.by)),
    )
    told = "".join(
        f'<tr><th scope="row">{label}</th><td>{words}</td></tr>' for label, words in rows if words.strip()
    )
    caption = f"About: {escape(one.heading)}"
    return f'<table class="about"><caption>{caption}</caption><tbody>{told}</tbody></table>'


def _kind(one: Entry) -> str:
    return f"{one.kind[:1].upper()}{one.kind[1:]}"


def _texts(one: Entry) -> list[str]:
    """Return each text under a heading, and what lies between them."""
    whose, then, instead = (escape(name) for name in (one.whose, one.whose_then, one.whose_instead))
    found = [
        _text(f"{then[:1].upper()}{then[1:]} then", _plain(one.was)),
        _text(f"{whose[:1].upper()}{whose[1:]} now", _plain(one.now)),
        _text(f"{instead[:1].upper()}{instead[1:]} now", _plain(one.instead)),
        _text(f"What changed in {whose}", _marked(one.was, one.now) if one.was and one.now else ""),
        _text("Our words", _plain(one.yours)),
        _text(
            f"How our words differ from {whose} now",
            _marked(one.now, one.yours) if one.now and one.yours and one.what in _INSTEAD else "",
        ),
        _text("A merge of both, by whole paragraphs: an offer", _plain(one.offer)),
    ]
    if one.conflict:
        found.append(
            "<p><strong>Both texts changed the same paragraph or list, so no merge is offered.</strong></p>"
        )
    return [text for text in found if text]


def _text(heading: str, words: str) -> str:
    return f'<h3>{heading}</h3>\n<div class="words">{words}</div>' if words else ""


def _plain(text: str) -> str:
    return _paragraphs([(SAME, text.strip())]) if text.strip() else ""


def _marked(old: str, new: str) -> str:
    if old.strip() == new.strip():
        return "<p>Nothing: the words are the same.</p>"
    return _paragraphs(changes(old.strip(), new.strip()))


def _paragraphs(pieces: Iterable[Change]) -> str:
    """Return pieces of a text with a paragraph a line, each mark within one."""
    lines = [""]
    before = ""
    for kind, words in pieces:
        for at, line in enumerate(words.split("\n")):
            if at:
                lines.append("")
            gap = _GAP if before == DELETED != kind and at == 0 and lines[-1].endswith("</del>") else ""
            lines[-1] += gap + _piece(kind, line)
        before = kind
    return "".join(f"<p>{line}</p>" for line in lines if line.strip())


def _piece(kind: str, words: str) -> str:
    said = words.strip()
    if kind == SAME or not said:
        return escape(words)
    tag, start, end = (
        ("del", "deleted", "end of deletion") if kind == DELETED else ("ins", "inserted", "end of insertion")
    )
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    first, last = (f'<span class="heard">{words}</span>' for words in (f"[{start}: ", f" {end}]"))
    return f"{before}<{tag}>{first}{escape(said)}{last}</{tag}>{after}"


def _decision(number: int, one: Entry) -> str:
    """Return the box in which a meeting writes what it decided."""
    barred = {"--use-merged": not one.offer, "--defer": one.kind == "safety"}  # safety cannot wait
    said = {**CHOICES, **_OF.get(one.what, {})}
    choices = [said[name] for name in one.choices if not barred.get(name)]
    if not choices:
        return ""
    later = "--defer" in one.choices and not barred["--defer"]
    rows = ("Why", "Who decided", "Date", *(("If later: by which date",) if later else ()))
    boxes = "".join(f'<li><span class="box" aria-hidden="true"></span>{words}</li>' for words in choices)
    lines = "".join(
        f'<tr><th scope="row">{words}</th><td><span class="heard">to be written by hand</span></td></tr>'
        for words in rows
    )
    return (
        f'<section class="decision" aria-labelledby="entry-{number}-decision">'
        f'<h3 id="entry-{number}-decision">Our decision</h3><p>Tick one.</p><ul class="choices">{boxes}</ul>'
        f"<table><caption>Who decided, when and why</caption><tbody>{lines}</tbody></table></section>"
    )


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.strip().split("\n")) if text.strip() else ""


def _contents(name: str, table: str) -> str:
    return f'<nav aria-label="{name}"><div class="region" tabindex="0">{table}</div></nav>'


_PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{made}
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
