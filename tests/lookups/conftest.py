"""The journals on real files that the tests of the index have."""

from tests.index.conftest import filled, place, places

__all__ = ["filled", "place", "places"]
