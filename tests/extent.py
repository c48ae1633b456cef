"""How much the tests try: the type of the fixture `sample`, and the examples of a generated test."""

from typing import Protocol, TypeVar

import pytest
from hypothesis import settings

Extent = TypeVar("Extent")
FEW, MANY = 40, 100
"""How many examples a generated test has unless it says otherwise: usually, and with --thorough."""


class Sample(Protocol):
    """Chooses between a small extent, as a number or a list of cases, and a large one."""

    def __call__(self, few: Extent, many: Extent) -> Extent: ...


def examples(count: int) -> int:
    """Return `count` with --thorough, and otherwise a share of it, FEW of MANY."""
    assert settings.default
    return count * settings.default.max_examples // MANY


def is_thorough(config: pytest.Config) -> bool:
    """Return whether exhaustive tests are run in full."""
    return bool(config.getoption("--thorough") or config.getoption("--campaign"))
