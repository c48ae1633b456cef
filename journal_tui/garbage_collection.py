"""Python's garbage collection, held off while many objects are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def less_garbage_collection(objects: int = 100_000) -> Iterator[None]:
    """In a `with` block, collect garbage only after this many new objects.

    Reading entries makes many objects but no cycles, so this saves a quarter of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], objects), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
