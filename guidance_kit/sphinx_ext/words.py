"""Our own words, translated through our own catalogue; a project's words are in the project's."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

from sphinx.locale import get_translation

from guidance_kit.model.dates import MONTHS, date_in_words
from guidance_kit.model.fields import options_of, parts_of
from guidance_kit.model.item import Item

CATALOGUE = "guidance_kit"
LOCALE = Path(__file__).parent / "locale"

_translate = get_translation(CATALOGUE)

#: Every sentence and word of ours that is not said by a kind.
NOT_HERE = "(an item that is not in this edition)"
MISSING_FACT = "[to be completed locally: {label}]"
NOTE = "Local note: {title}"
NOTE_BY = "Local note (by {by}): {title}"
NOTE_PLAIN = "Local note"
NOT_NATIONAL = "Local note - not part of the national wording."
NOTE_PLAIN_BY = "Local note (by {by})"
RATED = "{item} ({verdict})"
COMPARE = "Compare with the national wording"
SOURCE_NOTE = "Note: {note}"
REPLACED = "Why it replaces a national item"
NATIONAL = "National wording"
NATIONAL_INSTEAD = "Wording of the national guidance"
LOCAL = "Local wording"
CHANGE = "What was changed"
REASON = "Reason: {reason}"
APPROVED = "Approved by {by}"
APPROVED_ON = "Approved by {by} on {on}"
REVIEW = "To be reviewed by {date}"
ENDORSED = "Endorsed in exactly these words by {by}."
ENDORSED_ON = "Endorsed in exactly these words by {by} on {on}."
REVIEWED_NOW = "Under review: the national text changed."
REVIEWED_ON = "Under review: the national text changed on {date}."
REVIEWED_IN = "Under review: the national text changed in {version}."
REVIEWED_SAFETY = "Under review: the national text changed for safety."
REVIEWED_SAFETY_ON = "Under review: the national text changed for safety on {date}."
REVIEWED_SAFETY_IN = "Under review: the national text changed for safety in {version}."
REVIEWED_AGAIN = "Under review: the local words are to be looked at again beside the national text."
REVIEWED_TEXT = "Under review: the text that the local words were written beside changed."
KEPT_OWN = "{by} has words of its own there."
WAITS = "Under review by {by}, as the national text changed."
SEE_CHANGE = "See what changed"
NATIONAL_CHANGE = "What changed in the national text"
NATIONAL_NOW = "National wording now"
NATIONAL_WAS = "National wording that the local wording was written beside"
NATIONAL_WAS_NOTE = "National wording that the local note was written beside"
#: The same where nobody knows whose the older words are, or where they are not those of whose words are now.
TEXT_CHANGE = "What changed in the text"
WORDING_WAS = "Wording that the local wording was written beside"
WORDING_WAS_NOTE = "Wording that the local note was written beside"
HELD = "Local wording, which is not shown in its place for now"
LOCAL_CHANGE = "How the local wording differs from the national wording now"
#: The same where the text beneath the local one is that of an earlier edition.
COMPARE_OF = "Compare with the wording of {by}"
REPLACED_OF = "Why it replaces an item of {by}"
WORDING_OF = "Wording of {by}"
WORDING_NOW_OF = "Wording of {by} now"
WORDING_WAS_OF = "Wording of {by} that the local wording was written beside"
WORDING_WAS_NOTE_OF = "Wording of {by} that the local note was written beside"
CHANGE_OF = "What changed in the text of {by}"
LOCAL_CHANGE_OF = "How the local wording differs from the wording of {by} now"
REVIEWED_NOW_OF = "Under review: the text of {by} changed."
REVIEWED_ON_OF = "Under review: the text of {by} changed on {date}."
REVIEWED_IN_OF = "Under review: the text of {by} changed in {version}."
REVIEWED_SAFETY_OF = "Under review: the text of {by} changed for safety."
REVIEWED_SAFETY_ON_OF = "Under review: the text of {by} changed for safety on {date}."
REVIEWED_SAFETY_IN_OF = "Under review: the text of {by} changed for safety in {version}."
REVIEWED_AGAIN_OF = "Under review: the local words are to be looked at again beside the text of {by}."
_OF = {
    COMPARE: COMPARE_OF,
    REPLACED: REPLACED_OF,
    NATIONAL: WORDING_OF,
    NATIONAL_NOW: WORDING_NOW_OF,
    NATIONAL_WAS: WORDING_WAS_OF,
    NATIONAL_WAS_NOTE: WORDING_WAS_NOTE_OF,
    NATIONAL_CHANGE: CHANGE_OF,
    LOCAL_CHANGE: LOCAL_CHANGE_OF,
    REVIEWED_NOW: REVIEWED_NOW_OF,
    REVIEWED_ON: REVIEWED_ON_OF,
    REVIEWED_IN: REVIEWED_IN_OF,
    REVIEWED_SAFETY: REVIEWED_SAFETY_OF,
    REVIEWED_SAFETY_ON: REVIEWED_SAFETY_ON_OF,
    REVIEWED_SAFETY_IN: REVIEWED_SAFETY_IN_OF,
    REVIEWED_AGAIN: REVIEWED_AGAIN_OF,
}
DELETED = "deleted:"
INSERTED = "inserted:"
END_DELETED = "end of deletion"
END_INSERTED = "end of insertion"
TITLE = "Title"
NOTHING = "None."
BY = "{rows} by {columns}"
LOCAL_PAGE = "Local page ({by})"
LOCAL_PAGE_INSTEAD = "Local page in place of the national one ({by})"
LOCAL_PAGE_INSTEAD_OF = "Local page in place of the page of {other} ({by})"

OWN = (
    NOT_HERE,
    MISSING_FACT,
    NOTE,
    NOTE_BY,
    NOTE_PLAIN,
    NOT_NATIONAL,
    NOTE_PLAIN_BY,
    RATED,
    COMPARE,
    SOURCE_NOTE,
    REPLACED,
    NATIONAL,
    NATIONAL_INSTEAD,
    LOCAL,
    CHANGE,
    REASON,
    APPROVED,
    APPROVED_ON,
    REVIEW,
    ENDORSED,
    ENDORSED_ON,
    REVIEWED_NOW,
    REVIEWED_ON,
    REVIEWED_IN,
    REVIEWED_SAFETY,
    REVIEWED_SAFETY_ON,
    REVIEWED_SAFETY_IN,
    REVIEWED_AGAIN,
    REVIEWED_TEXT,
    KEPT_OWN,
    WAITS,
    SEE_CHANGE,
    NATIONAL_CHANGE,
    NATIONAL_NOW,
    NATIONAL_WAS,
    NATIONAL_WAS_NOTE,
    TEXT_CHANGE,
    WORDING_WAS,
    WORDING_WAS_NOTE,
    HELD,
    LOCAL_CHANGE,
    *_OF.values(),
    DELETED,
    INSERTED,
    END_DELETED,
    END_INSERTED,
    TITLE,
    NOTHING,
    BY,
    LOCAL_PAGE,
    LOCAL_PAGE_INSTEAD,
    LOCAL_PAGE_INSTEAD_OF,
    *MONTHS,
)


def say(words: str, **filled: str) -> str:
    """Return words of ours in the project's language, with their places filled."""
    said = translated(words) if words else ""
    return said.format(**filled) if filled else said


def say_of(by: str, words: str, **filled: str) -> str:
    """Return words of ours about the text beneath a local one: the national, or an earlier edition's."""
    return say(_OF.get(words, words), by=by, **filled) if by else say(words, **filled)


def date(text: str) -> str:
    """Return a date, as far as it is known, in the words of the project's language."""
    return date_in_words(text, translated)


@functools.cache
def translated(words: str) -> str:
    """Return words of ours in the project's language; forgotten when a build begins."""
    return str(_translate(words))


def judged(kind: type[Item]) -> str:
    """Return what is said of the relation between a thing and those that were judged against it."""
    return f"{kind.plural} judged against it"


def catalogue(kinds: Mapping[str, type[Item]]) -> str:
    """Return the template of our catalogue (``.pot``): our own words, and those that the kinds say."""
    words = dict.fromkeys((*OWN, *(word for kind in kinds.values() for word in _words_of(kind))))
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    return "\n".join((head, *(f'msgid "{_escaped(word)}"\nmsgstr ""\n' for word in words)))


def _words_of(kind: type[Item]) -> Iterator[str]:
    yield kind.label
    yield kind.plural
    for spec in (*options_of(kind), *parts_of(kind)):
        yield from filter(None, (spec.label, spec.about.says, spec.about.says_back))
        yield from (word.label for word in spec.words)
        if spec.about.rates:
            yield judged(kind)
            yield from (word.label for word in spec.about.rates[1])


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace('"', '\\"')
