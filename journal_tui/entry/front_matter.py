"""Read front matter: YAML that anyone may have written, with every scalar as a string."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from ruamel.yaml.events import ScalarEvent

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

KEYS_OF_TAGS = ("tags", "tag", "keywords")
"""The keys of front matter whose words are tags."""
KEYS_OF_CUSTOMERS = ("customer", "customers")
"""The keys of front matter that name the customers who were visited."""

_STARTS = {"ScalarEvent", "MappingStartEvent", "SequenceStartEvent"}
_NOTHING = ("", "~", "null")
# The words of one string, and an item of a list without the blanks around it.
_WORD, _ITEM = re.compile(r"[^,\s]+"), re.compile(r"\S(?:.*\S)?", re.DOTALL)
LIMIT = 64 * 1024
DEPTH = 8


class FrontMatterError(ValueError):
    """Front matter can't be read; the message says why."""


class Scalar(NamedTuple):
    """Where a value of one line is in the source: its line from 0, and its span without quotes."""

    line: int
    start: int
    end: int


class FrontMatter(NamedTuple):
    """What front matter says: its values by their keys in lower case, the last of duplicate keys.

    `scalars` has the places of the values that are text, `repeated` the duplicate keys with the
    lines, from 0, on which they are given again.
    """

    values: dict[str, Value]
    scalars: dict[str, Scalar]
    repeated: tuple[tuple[str, int], ...] = ()


def read(source: str) -> FrontMatter:
    """Read the mapping in the YAML between the `---` lines, with scalars as they were written.

    Raise FrontMatterError for broken YAML, aliases, nesting deeper than 8, more than 64 kB, or
    anything that isn't a mapping.
    """
    if not source.strip():
        return FrontMatter({}, {})
    if len(source) > LIMIT:
        raise FrontMatterError("the front matter is larger than 64 kB")
    stack: list[tuple[list[Value], bool]] = [([], False)]
    places: list[Scalar | None] = []
    try:
        for event in _events(source):
            name = type(event).__name__
            if len(stack) == 2 and name in _STARTS:
                places.append(_scalar(event, source) if name == "ScalarEvent" else None)
            if name == "AliasEvent":
                raise FrontMatterError("the front matter uses a YAML alias, which is not supported")
            if name == "ScalarEvent":
                stack[-1][0].append(event.value)
            elif name in ("MappingStartEvent", "SequenceStartEvent"):
                if len(stack) > DEPTH:
                    raise FrontMatterError(f"the front matter is nested deeper than {DEPTH}")
                stack.append(([], name == "MappingStartEvent"))
            elif name in ("MappingEndEvent", "SequenceEndEvent"):
                items, is_mapping = stack.pop()
                stack[-1][0].append(_mapping(items) if is_mapping else items)
    except FrontMatterError:
        raise
    except Exception as error:  # ruamel raises many kinds on hostile input, ValueError among them
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f" near line {line + 2}" if isinstance(line, int) else ""
        raise FrontMatterError(f"the front matter isn't valid YAML{where}") from None
    documents = stack[0][0]
    if not documents or documents == [""]:
        return FrontMatter({}, {})
    if not isinstance(documents[0], dict):
        raise FrontMatterError("the front matter is not a list of `name: value` lines")
    return _found(documents[0], source, places)


def _events(source: str) -> Iterator[Any]:
    """Yield the events of YAML, in which every scalar is a string."""
    # Imported here because it is slow to import, and few entries have front matter.
    from ruamel.yaml import YAML

    yield from YAML(typ="base", pure=True).parse(source)


def words_of(source: str, keys: Container[str]) -> list[tuple[int, int, str]]:
    """Return the words that `strings` finds in the values of these keys, with their spans.

    A word that isn't in the source as it is, such as one with an escape, is left out. Raise
    FrontMatterError as `read` does.
    """
    read(source)

    found: list[tuple[int, int, str]] = []
    # The mappings and sequences around an event; the first one is the front matter itself.
    around: list[str] = []
    key, is_key = "", False
    for event in _events(source):
        name = type(event).__name__
        if name in _STARTS and len(around) == 1:
            is_key = not is_key
        if name == "ScalarEvent":
            is_item = around[1:] == ["SequenceStartEvent"]
            if is_key and len(around) == 1:
                key = event.value.strip().lower()
            elif key in keys and (len(around) == 1 or is_item) and (at := _scalar(event, source)):
                pattern = _ITEM if is_item else _WORD
                spans = (word.span() for word in pattern.finditer(source, at.start, at.end))
                found += ((start, end, source[start:end]) for start, end in spans)
        elif name in _STARTS:
            around.append(name)
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            around.pop()
        elif name == "DocumentEndEvent":
            break
    return found


def _found(values: dict[str, Value], source: str, places: Sequence[Scalar | None]) -> FrontMatter:
    """Return the values with their places; `places` has those of key, value, key, value …"""
    scalars: dict[str, Scalar] = {}
    seen: set[str] = set()
    repeated = []
    for key, value in zip(places[::2], places[1::2], strict=False):
        if key is None:
            continue
        name = source[key.start : key.end].strip().lower()
        if name in seen:
            repeated.append((name, key.line))
        seen.add(name)
        scalars.pop(name, None)
        if value:
            scalars[name] = value
    return FrontMatter(values, scalars, tuple(repeated))


def _scalar(event: ScalarEvent, source: str) -> Scalar | None:
    """Return the place of a scalar that the source has as it is, or None for any other."""
    start, end = event.start_mark.index, event.end_mark.index
    if event.style in ("'", '"'):
        start, end = start + 1, end - 1
    is_same = source[start:end] == event.value
    return Scalar(event.start_mark.line, start, end) if is_same else None


def _mapping(items: list[Value]) -> dict[str, Value]:
    pairs = zip(items[::2], items[1::2], strict=False)
    return {key.strip().lower(): value for key, value in pairs if isinstance(key, str)}


def strings(value: Value | None) -> list[str]:
    """Return the strings of a list, or the words of one string such as `a, b`, without YAML's nulls."""
    if isinstance(value, str):
        value = list(value.replace(",", " ").split())
    if isinstance(value, list):
        found = [item.strip() for item in value if isinstance(item, str)]
        return [item for item in found if item.lower() not in _NOTHING]
    return []


def names(value: Value | None) -> list[str]:
    """Return the strings of a list, or the parts between the commas of one string, such as `a b, c`."""
    if isinstance(value, str):
        value = list(value.split(","))
    return strings(value) if isinstance(value, list) else []


def word(value: Value | None) -> str:
    """Return a scalar in lower case with hyphens for blanks, or "" for anything else."""
    return "-".join(value.casefold().split()) if isinstance(value, str) else ""
