"""How much the tests try: the type of the fixture `sample`."""

from typing import Protocol, TypeVar

Extent = TypeVar("Extent")


class Sample(Protocol):
    """Chooses between a small extent, as a number or a list of cases, and a large one."""

    def __call__(self, few: Extent, many: Extent) -> Extent: ...
