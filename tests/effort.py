"""What a piece of work may take, whatever the machine: an end within a minute, or a count of calls."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def within_a_minute() -> Iterator[None]:
    """The work inside takes less than a minute of CPU time.

    It takes well below a second where each piece is looked at once, and hours where each is looked
    at again for every other one: a minute tells these apart on the slowest machine.
    """
    start = time.process_time()
    yield
    assert time.process_time() - start < 60


def count_calls(work: Callable[[], object]) -> int:
    """Return how many functions `work` calls, which is the same each time; patterns count as one."""
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
