"""Bounds of work that hold on any machine: less than a minute of CPU time, or a number of calls."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def within_a_minute() -> Iterator[None]:
    """Assert that the work in a `with` block takes less than a minute of CPU time.

    Work that looks at each piece once takes well below a second, and work that looks at all pieces for
    each piece takes hours, so a minute tells them apart on the slowest machine.
    """
    start = time.process_time()
    yield
    assert time.process_time() - start < 60


def count_calls(work: Callable[[], object]) -> int:
    """Return how many calls of functions `work` makes; the match of a pattern is one call."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
