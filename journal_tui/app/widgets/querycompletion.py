"""What the word of a search that is being typed may become: a field, its value, a tag, a person."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

Fields = Mapping[str, Sequence[str]]
"""The fields of the language, each with the values that it may have ((): any)."""

_TOKEN = re.compile(r'[^\s()"]*\Z')
_FIELD = re.compile(r"([A-Za-z]+):(?:.*,)?([^,]*)\Z")
_LEAST = 2


class Completing(NamedTuple):
    """The characters [start, end) of a line and what may stand there instead."""

    start: int
    end: int
    candidates: tuple[str, ...]


def completing(
    line: str, column: int, fields: Fields, mentions: Callable[[str], Sequence[str]]
) -> Completing | None:
    """What the word that ends at the column may become; None when there is nothing to offer.

    `mentions` gives the #tags or @people that begin so. A word that is complete as it stands is
    not offered, and a plain word only where it begins the name of a field.
    """
    before = line[:column]
    if line[column : column + 1].strip(" )") or before.count('"') % 2:
        return None
    found = _TOKEN.search(before)
    word = found.group().lstrip("-") if found else ""
    start = column - len(word)
    names: Sequence[str]
    if word[:1] in ("#", "@"):
        names = mentions(word)
    elif field := _FIELD.match(word):
        begun = field[2].casefold()
        start = column - len(field[2])
        known = fields.get(field[1].casefold(), ())
        names = [name for name in map(str.casefold, known) if name.startswith(begun)]
        word = field[2]
    elif len(word) >= _LEAST and word.isalpha():
        names = [f"{name}:" for name in fields if name.startswith(word.casefold())]
    else:
        return None
    candidates = tuple(name for name in names if name != word)
    return Completing(start, column, candidates) if candidates else None
