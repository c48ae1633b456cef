"""Bring front matter together field by field, as spans of lines: no YAML is read or written."""

import re
from typing import TypeAlias

_FRONT = re.compile(
    r"(\ufeff?---[ \t]*(?:\r\n|\r|\n))((?:[^\r\n]*(?:\r\n|\r|\n))*?)(---[ \t]*(?:\r\n|\r|\n)|---[ \t]*\Z)"
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)")
_KEY = re.compile(r"""([^\s#'"\-\[\]{}:][^:\r\n]*):(?=[ \t\r\n])""")
# The lines around the fields, under names that no field can have.
_OPEN, _CLOSE = " open", " close"
Fields: TypeAlias = "dict[str, str]"


def split(text: str) -> tuple[Fields, str] | None:
    """The fields of the front matter, each with its lines, and the text behind it.

    No fields for a text without front matter; None where a field stands twice.
    """
    found = _FRONT.match(text)
    if not found:
        return {}, text
    fields = {_OPEN: found[1]}
    name = ""
    for line in _LINE.findall(found[2]):
        if key := _KEY.match(line):
            name = key[1].strip().lower()
            if name in fields:
                return None
        fields[name] = fields.get(name, "") + line
    fields[_CLOSE] = found[3]
    return fields, text[found.end() :]


def merge(base: Fields, mine: Fields, theirs: Fields) -> str | None:
    """The front matter with both sides' fields; None where both changed one field differently."""
    names = list(mine) if list(theirs) == list(base) else list(theirs)
    names += [name for name in (*mine, *theirs) if name not in names]
    merged: Fields = {}
    for name in dict.fromkeys(names):
        was, left, right = base.get(name), mine.get(name), theirs.get(name)
        if left != right and was not in (left, right):
            return None
        text = left if right == was else right
        if text is not None:
            merged[name] = text
    if not merged:
        return ""
    opening, closing = merged.pop(_OPEN, None), merged.pop(_CLOSE, None)
    if opening is None or closing is None:
        return None
    return opening + merged.pop("", "") + "".join(merged.values()) + closing
