"""Faults as values: where, how grave, what to do, under a closed list of codes.

Reading, composing and checking return *all* the problems they find; only the edge of the
public interface (:mod:`guidance_kit.api`) raises :class:`GuidanceError` with them.
"""

from __future__ import annotations

import difflib
import re
import shlex
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import attrs


class Severity(StrEnum):
    """How grave a problem is, by what it means for a reader of the published edition."""

    ERROR = "error"  # a reader would be misled, or the text cannot be read
    BLOCKER = "blocker"  # a person has not yet looked: a warning that stops a release
    WARNING = "warning"  # merely untidy
    INFO = "info"  # news


@attrs.frozen
class Code:
    """One entry of the closed list of problem codes: its name, severity and one plain sentence."""

    name: str
    severity: Severity
    summary: str


_E, _B, _W, _I = Severity.ERROR, Severity.BLOCKER, Severity.WARNING, Severity.INFO

#: Every code that guidance_kit can give. ``docs/problems.md`` has a section for each; a test compares.
CODES: dict[str, Code] = {
    code.name: code
    for code in (
        # Reading files and folders.
        Code("not-found", _E, "A file or folder that was named is not there."),
        Code("unreadable", _E, "A file or folder cannot be read or written."),
        Code("would-overwrite", _E, "Something that a person made stands where a command would write."),
        Code("not-text", _E, "A file is not UTF-8 text."),
        Code("misnamed", _E, "A file or folder has a name, or stands in a place, by which nobody reads it."),
        Code("too-large", _E, "A page or block is too large to be read safely."),
        Code("path-escape", _E, "A path leads out of its own folder."),
        Code("manifest-syntax", _E, "A TOML file cannot be read."),
        Code("json-syntax", _E, "A JSON file cannot be read."),
        Code("unknown-key", _E, "A TOML file has a key that means nothing."),
        Code("missing-key", _E, "A TOML or JSON file lacks a key that is needed."),
        Code("bad-value", _E, "A value is not of the kind its key needs."),
        # Reading blocks.
        Code("unterminated-block", _E, "A block is opened and never closed."),
        Code("missing-title", _E, "A block has no title."),
        Code("missing-field", _E, "A block lacks a field its kind needs."),
        Code("unknown-field", _E, "A block has a field its kind does not know."),
        Code("duplicate-field", _E, "A block gives one field twice."),
        Code("bad-id", _E, "An id is not a lower-case word joined by hyphens."),
        Code("bad-word", _E, "A value is not one of the words its field allows."),
        Code("missing-part", _E, "A block lacks a part its kind needs."),
        Code("unknown-part", _E, "A heading names no part of the kind."),
        Code("duplicate-part", _E, "A block gives one part twice."),
        Code("bad-assessment", _E, "A line of an assessment cannot be read."),
        Code("duplicate-id", _E, "One id is used by two things."),
        Code("conflict-markers", _E, "A file holds the marks of an unfinished merge."),
        # links and sources
        Code("unknown-link", _E, "A link names an item that does not exist."),
        Code("wrong-kind", _E, "A link names an item of another kind."),
        Code("unknown-source", _E, "A source is cited that the references do not hold."),
        # editions and operations
        Code("missing-base", _E, "The guidance an edition is based on cannot be found."),
        Code(
            "unknown-target",
            _E,
            "A local change names an item, part or section that does not exist.",
        ),
        Code("unknown-fact", _E, "A fact is named that nobody declared."),
        Code("bad-fact", _E, "The value of a fact is not of its type."),
        Code("duplicate-operation", _E, "Two local changes say something about the same thing."),
        Code("wrong-space", _E, "A local item claims an id outside its own edition."),
        Code("page-holds-items", _E, "A local page would take the place of a national page with items."),
        Code("page-is-made", _E, "A local page has the name of one that is made for every edition."),
        Code("empty-adaptation", _E, "An adaptation has no text."),
        # protection, chains, and what an edition is composed from
        Code("unread-work", _E, "Local words that cannot be read would not be looked at beside a new text."),
        Code("fixed-wording", _E, "A local change would alter wording that is fixed."),
        Code("required-item", _E, "An item is left out that must appear."),
        Code("loosened-protection", _E, "A protection is given up that stood before."),
        Code("endorsement-mismatch", _E, "An endorsement covers other words than those that stand."),
        Code("unshaped-fact", _E, "Fixed wording has a fact whose value has no shape that can be checked."),
        Code("older-base", _E, "What is installed is older than what an edition is made from."),
        Code("fact-locked", _E, "A fact is given a value that an earlier edition has fixed."),
        Code("left-out-by-parent", _E, "A local change is about an item that an earlier edition leaves out."),
        Code("base-not-genuine", _E, "The national text in an edition is not that of any release."),
        Code("lock-edited", _E, "A record that the tool keeps was changed by hand."),
        Code("newer-tool", _E, "An edition was written by a newer version of the tool."),
        Code("edition-cycle", _E, "An edition is based on itself, by way of others."),
        Code("safety-unreviewed", _E, "A safety change touches local work, and nobody has looked."),
        # checks that stop a release
        Code("not-kept", _B, "An edition keeps no copy of the national text."),
        Code(
            "local-missing", _B, "The folder of local words is gone, and there are decisions on such words."
        ),
        Code("stale", _B, "National text changed beneath an adaptation or replacement."),
        Code("note-check", _B, "National text changed beside a local note or page."),
        Code("left-out-changed", _B, "An item that was left out has changed since."),
        Code("fact-check", _B, "A fact means something else than when it was given its value."),
        Code("fact-expired", _B, "The value of a fact is older than it may be."),
        Code("orphaned", _B, "A local change is about something that is no longer there."),
        Code("split-choice", _B, "The item or part of a local change became several, or several became it."),
        Code("safety-unread", _B, "A safety change of national text has not been read."),
        Code("newer-core-has-safety", _B, "A newer release has a safety change."),
        Code("new-items-waiting", _B, "New national items wait to be chosen or left out."),
        Code("base-unknown", _B, "What an edition is based on is not here, so what is newer is not known."),
        Code("parent-under-review", _B, "The edition this one is based on has not yet reviewed a change."),
        Code("parent-put-off", _W, "The edition this one is based on has put its review of a change off."),
        Code(
            "copy-unread",
            _B,
            "Nobody reads this copy, and it says something else.",
        ),
        Code("parent-unready", _B, "The edition this one is based on could not be released itself."),
        Code("base-draft", _B, "What an edition is made from is a draft and no release."),
        Code("other-base", _B, "based_on names another library than the edition is made from."),
        Code("fact-missing", _B, "A required local fact has no value."),
        Code("no-reason", _B, "A local change gives no reason."),
        Code("not-approved", _B, "A change of meaning names nobody who approved it."),
        Code("pages-hidden", _B, "A page is in no list by which readers would find it."),
        Code("dead-link", _B, "A link, a list or a picture names a page or file that is not there."),
        Code("review-overdue", _B, "A local change is past its review date."),
        Code("broken-link", _B, "A link leads to something this edition leaves out."),
        Code("assessment-incomplete", _B, "A case study is not assessed against every criterion."),
        # writing: evidence, language and access, on where a library or an edition asks for it
        Code("no-solution", _B, "A challenge has no solution, and does not say that none is known."),
        Code("uncited", _B, "A sentence claims something and cites no source."),
        Code("source-not-read", _B, "A source is cited and nobody says that it was read."),
        Code("source-uncited", _B, "An item lists a source that it does not cite."),
        Code("source-unlisted", _B, "An item cites a source that it does not list."),
        Code("missing-alt", _B, "A picture has no words for people who do not see it."),
        Code("as-of-old", _W, "A case study speaks for a time more than two years ago."),
        Code("over-budget", _W, "An item is longer than its kind should be."),
        Code("long-sentences", _W, "Sentences are too long."),
        Code("hard-to-read", _W, "A text asks for too many years of schooling."),
        Code("unexplained-abbreviation", _W, "An abbreviation is not explained."),
        Code("unlinked-term", _W, "A term of the glossary is used and not linked."),
        Code("vague-link", _W, "The words of a link do not say where it leads."),
        Code("heading-order", _W, "A heading skips a level, or is a second title."),
        Code("near-duplicate", _W, "Two texts say much the same."),
        Code("allowed", _I, "A rule of writing is silenced, with a reason."),
        # untidy
        Code("fact-hidden", _W, "A fact has a value but no page of this edition uses it."),
        Code("fact-repeated", _W, "Local prose repeats the value of a fact."),
        Code("untidy-text", _W, "Text has something that is better tidied."),
        Code("parent-behind", _W, "What this edition is based on has a newer release."),
        # releases of a library
        Code("undeclared-change", _E, "A changed text has no entry in changes.toml."),
        Code("unfounded-change", _E, "An entry in changes.toml has no change behind it."),
        Code("not-editorial", _E, "A change called editorial alters what readers are told."),
        Code("id-vanished", _E, "An id is gone and nothing says what became of it."),
        Code("id-reused", _E, "An id that was given up is used again."),
        Code("version-step", _E, "The version of a release is lower than its changes ask for."),
        # news
        Code("decided-twice", _W, "Two people decided on one thing, each otherwise."),
        Code("converged", _I, "National text now says what the adaptation says."),
        Code("no-op-adaptation", _I, "An adaptation says what the national text says."),
        Code("unused", _I, "Something is declared and not used."),
        # the Sphinx face
        Code("name-taken", _I, "Another extension has a directive's short name."),
        Code("not-nested", _W, "A block stands where a section cannot, and is shown as a group."),
        Code("unknown-view", _E, "A list or matrix asks for something that does not exist."),
        Code("build-failed", _E, "Sphinx could not build the edition."),
        Code("missing-extra", _E, "An optional package is needed for this."),
    )
}


@attrs.frozen(order=True)
class Place:
    """Where something was written: a path as it was given or found, and a line counted from 1 (0: none)."""

    path: str = ""
    line: int = 0

    @classmethod
    def within(cls, root: Path | None, path: str, line: int = 0) -> Place:
        """Return the place of a path that is told from a folder; alone, where the folder is not known."""
        return cls(str(root / path) if root else path, line)

    def __str__(self) -> str:
        """Return ``path:line``, or what of it is known."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def at(self, line: int) -> Place:
        """Return the same file at another line."""
        return Place(self.path, line)


NOWHERE = Place()


def _known(_problem: object, _attribute: object, code: str) -> None:
    if code not in CODES:
        message = f"not a problem code: {code}"
        raise ValueError(message)


@attrs.frozen
class Problem:
    """One fault: ``path:line: message [code]``, and what to do next."""

    code: str = attrs.field(validator=_known)
    message: str
    hint: str = ""
    place: Place = NOWHERE

    @property
    def severity(self) -> Severity:
        """How grave it is: a property of the code."""
        return CODES[self.code].severity

    def __str__(self) -> str:
        """Return the one line a person reads, with what to do next on a second."""
        where = f"{self.place}: " if self.place.path else ""
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{where}{self.message} [{self.code}]{hint}"


class GuidanceError(Exception):
    """Raised at the edge of the public interface, with every problem found.

    ``problems`` is a tuple of :class:`Problem`, sorted by place.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Hold the problems in order."""
        self.problems: tuple[Problem, ...] = in_order(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by place, then code and message, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.place, p.code, p.message)))


def worst(problems: Iterable[Problem], *, release: bool = False) -> bool:
    """Return whether any of the problems stops the work: errors, and for a release blockers too."""
    stops = {Severity.ERROR, Severity.BLOCKER} if release else {Severity.ERROR}
    return any(problem.severity in stops for problem in problems)


def allowed(word: str, words: Iterable[str], what: str = "Allowed") -> str:
    """Return every word that may stand where another does, and before them the nearest if there is one."""
    names = list(words)
    near = nearest(word, names)
    return f"{near if near.startswith('Did') else ''} {what}: {', '.join(names)}.".strip()


def with_article(noun: str) -> str:
    """Return a noun at the beginning of a sentence, with its article."""
    return f"{'An' if noun[:1].casefold() in 'aeiou' else 'A'} {noun}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``Did you mean "x"?`` for the nearest known name, or the list of names if none is near."""
    names = sorted(set(known))
    match = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    if match:
        return f'Did you mean "{match[0]}"?'
    if names and len(names) <= 12:  # noqa: PLR2004 - a longer list is no help
        return "Use one of: " + ", ".join(names) + "."
    return ""


def typed(path: object) -> str:
    """Return a path as it is typed in a command: in quotes if a shell would not take it for one plain word.

    The quotes are double ones, because the shell of Windows knows no others; but for what means something
    within them elsewhere.
    """
    words = str(path)
    if _PLAIN.fullmatch(words):
        return words
    return shlex.quote(words) if set(words) & set('"$`!') else f'"{words}"'


_PLAIN = re.compile(r"[\w./\\:~#@%+=,-]+")
