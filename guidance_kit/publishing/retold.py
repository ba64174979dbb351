"""What Sphinx warns of and we have told already, or can tell with what to do: not in Sphinx's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from guidance_kit.problems import Problem
from guidance_kit.publishing.messages import Warned
from guidance_kit.reading.locks import NATIONAL

_IN_NO_LIST, _NO_DIRECTIVE = "toc.not_included", "myst.directive_unknown"
_NAMED = re.compile(r'the page "([^"]+)"')
_LIST = (
    "Readers find this page by a link or the search alone. Add it to the {toctree} of a page that they find."
)


def retold(warnings: Iterable[Warned], problems: Sequence[Problem]) -> Iterator[Warned]:
    """Give the warnings as a person is told them, beside the problems of the edition."""
    hidden = [one for one in problems if one.code == "pages-hidden"]
    spoilt = any(one.code == "base-not-genuine" for one in problems)
    told = {one.place for one in problems}
    for one in warnings:
        path = PurePath(one.place.path)
        if one.kind == _IN_NO_LIST:
            if spoilt and NATIONAL in path.parts:  # a page that is not national, of which that is told
                continue
            page = path.with_suffix("").as_posix()
            known = next((each for each in hidden if _is_about(each, one, page)), None)
            said = f"{known.message} {known.hint}" if known else _LIST
            yield Warned(said, "pages-hidden", known.place if known else one.place)
        elif one.kind != _NO_DIRECTIVE or one.place not in told:
            yield one


def _is_about(hidden: Problem, one: Warned, page: str) -> bool:
    """Return whether a problem tells of the page that a warning is about."""
    named = _NAMED.search(hidden.message)
    if named is None:
        return hidden.place.path == one.place.path
    return page.endswith(f"/{named[1]}")
