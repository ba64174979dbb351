"""Whether an item came with a release, or was there before."""

import pytest

from guidance_kit.model.changes import Changes, Moved, Release
from guidance_kit.model.history import History, Released, is_new

STATES = (Released("1.0", "a", {"core:a#title": "x"}), Released("1.1", "b", {"core:b#title": "x"}))
CHANGES = Changes(
    releases=tuple(Release(version) for version in ("0.9", "1.0", "1.1", "1.2")),
    moved=(Moved("1.1", "core:a", "core:b"), Moved("1.2", "core:b", "core:d")),
)


@pytest.mark.parametrize(
    ("item", "release", "new"),
    [
        ("core:c", "1.1", True),
        ("core:c", "1.2", True),
        ("core:a", "1.1", False),
        ("core:b", "1.1", False),  # it was there as core:a
        ("core:d", "1.2", False),
        ("core:d", "1.1", False),
        ("core:c", "1.0", False),  # the state before is not known
        ("core:c", "0.9", False),  # there is none before
        ("core:c", "9.9", False),  # nobody knows that release
        ("core:c#summary", "1.1", False),
        ("fact:c", "1.1", False),
        ("page:c", "1.1", False),
    ],
)
def test_an_item_is_new_in_the_release_that_brought_it(item: str, release: str, *, new: bool) -> None:
    assert is_new(CHANGES, History(STATES), item, release) is new
