"""Front matter: YAML read with every scalar as a string, and never trusted."""

from __future__ import annotations

from typing import TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

LIMIT = 64 * 1024
DEPTH = 8


class FrontMatterError(ValueError):
    """Front matter that cannot be read; the sentence says why."""


def read(source: str) -> dict[str, Value]:
    """The mapping that the YAML between the `---` lines holds, scalars as they were written.

    Raises FrontMatterError for broken YAML, aliases, nesting deeper than 8, more than 64 kB or
    anything that is not a mapping. Keys are lower-cased; of duplicate keys the last counts.
    """
    if not source.strip():
        return {}
    if len(source) > LIMIT:
        raise FrontMatterError("the front matter is larger than 64 kB")
    from ruamel.yaml import YAML

    stack: list[tuple[list[Value], bool]] = [([], False)]
    try:
        for event in YAML(typ="base", pure=True).parse(source):
            name = type(event).__name__
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
        return {}
    if not isinstance(documents[0], dict):
        raise FrontMatterError("the front matter is not a list of `name: value` lines")
    return documents[0]


def _mapping(items: list[Value]) -> dict[str, Value]:
    pairs = zip(items[::2], items[1::2], strict=False)
    return {key.strip().lower(): value for key, value in pairs if isinstance(key, str)}


def strings(value: Value | None) -> list[str]:
    """A list of words from `[a, b]`, a list of lines, or `a, b` in one string."""
    if isinstance(value, str):
        return [word for word in value.replace(",", " ").split() if word]
    if isinstance(value, list):
        return [item.strip() for item in value if isinstance(item, str) and item.strip()]
    return []


def word(value: Value | None) -> str:
    """A scalar as one word, lower case, blanks as hyphens; "" for anything else."""
    return "-".join(value.casefold().split()) if isinstance(value, str) else ""
