"""Python's collector of cyclic garbage, kept from searching where there is none."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Do without the collector, and let it pass over all that was made meanwhile.

    An edition is some hundred thousand small values that live until the end, none of them in a circle. To
    look through them again and again took a fifth of the time of reading, and slowed Sphinx down as well.
    Who has done with them calls ``gc.unfreeze``.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()
