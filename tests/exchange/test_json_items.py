"""Large JSON is read one item at a time."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.exchange.files import CHUNK, Refused
from journal_tui.exchange.json_items import members

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def found(data: bytes) -> list[tuple[str, Any]]:
    return list(members(io.BytesIO(data), "file.json", ("entries",)))


@given(st.dictionaries(st.sampled_from(["entries", "x", ""]), _JSON), st.booleans())
def test_the_members_are_those_of_the_whole(value: dict[str, Any], spaced: bool) -> None:
    wanted: list[tuple[str, Any]] = []
    for key, one in value.items():
        many = key == "entries" and isinstance(one, list)
        wanted += [(key, item) for item in one] if many else [(key, one)]
    assert found(json.dumps(value, indent=2 if spaced else None).encode()) == wanted


def test_an_item_may_be_larger_than_what_is_read_at_once() -> None:
    value = {"entries": [{"text": "x" * (3 * CHUNK)}, 12345]}
    assert found(json.dumps(value).encode()) == [("entries", it) for it in value["entries"]]


@pytest.mark.parametrize(
    "text", ['{"entries": [1, 2', '{"a"', "{", "", "no", '{"a": 1 "b": 2}', "[1 2]"]
)
def test_what_is_not_whole_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="cut off"):
        found(text.encode())


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(Refused):
        found(b'{"entries": [' + b"[" * 200_000 + b"]" * 200_000 + b"]}")
