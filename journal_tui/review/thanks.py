"""Find the sentences in which a person is thanked by name; the name must follow the word of thanks."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from journal_tui.entry.markdown_lines import is_fence, list_item, quote_signs
from journal_tui.entry.mentions import mentions
from journal_tui.entry.sentences import sentences

QUERY = "thank"
"""The search for the entries that may have a sentence of thanks."""

# "Thank @ann" is something to do, "thanked by @ann" thanks someone else, and "no thanks" thanks nobody.
_THANKED = re.compile(
    r"(?<!\bno )(?<!\bnot )(?<!\bnever )(?<!n['’]t )\b(?:thanked|thanks|thank you)\b(?!\s+(?:by|from)\b)",
    re.IGNORECASE,
)
_MAX_CHARACTERS = 80
"""The most characters between the word of thanks and a name that belongs to it."""


class Thanks(NamedTuple):
    """A sentence of an entry in which people are thanked; `period` is that of a note, or ""."""

    text: str
    people: tuple[str, ...]
    day: date
    path: str
    period: str = ""


def thanks_in(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the sentences of an entry's text in which people are thanked, with these people."""
    for paragraph in _paragraphs(text):
        if "thank" not in paragraph.casefold():
            continue
        for sentence in sentences(paragraph):
            found: list[str] = []
            for match in _THANKED.finditer(sentence):
                # A name isn't cut in two.
                end = sentence.find(" ", match.end() + _MAX_CHARACTERS)
                found += mentions(sentence[match.end() : None if end < 0 else end])[1]
            if found:
                yield sentence, tuple(dict.fromkeys("@" + name for name in found))


def _paragraphs(text: str) -> Iterator[str]:
    """Yield each paragraph and each item of a list on one line, without open follow-ups and code."""
    lines: list[str] = []
    is_code = is_open = False
    for line in [*text.splitlines(), ""]:
        item = list_item(line)
        said = line[len(item.prefix if item else quote_signs(line)) :]
        is_end = is_fence(line) or not said.strip()
        if item or is_end or said.lstrip().startswith("#"):
            if lines:
                yield " ".join(lines)
            lines, is_open = [], bool(item and item.box and not item.is_closed)
        if is_fence(line):
            is_code = not is_code
        elif not (is_code or is_open or is_end):
            lines.append(" ".join(said.split()))
