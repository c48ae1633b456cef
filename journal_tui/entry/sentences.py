"""Find the sentences of a text, roughly, and the first one of an entry."""

import re
from collections.abc import Iterator

from journal_tui.entry.line_map import plain_newlines

# A full stop after one of these doesn't end a sentence.
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "no",
        "vs",
        "etc",
        "e.g",
        "i.e",
        "cf",
        "approx",
        "ca",
        "bzw",
        "z.b",
        "d.h",
        "usw",
        "nr",
        "str",
    ]
)
# A line that begins with a letter or one of these has no sign of a list or a quote.
_NO_SIGNS = frozenset("@\"'“‘„(")
_LONGEST_WORD = 20
# A sentence with fewer characters says too little by itself: "Backlog 84."
_SHORT = 30
# With fewer words, such as "It is. #vendors", a text says too little by itself.
_FEWEST_WORDS = 4
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s)")


def first_sentence(text: str) -> tuple[str, int]:
    """Return the first sentence of a text, without signs of lists and quotes, and its line from 0.

    It may end in a later line of the same paragraph; the next sentences are added to a very short one.
    Return "" for a text of signs only.
    """
    paragraph: list[str] = []
    at = 0
    # `splitlines` would also end a line at a form feed and other characters that end none here.
    for number, line in enumerate(plain_newlines(text).split("\n")):
        plain, is_item = _read(line)
        if paragraph and (not plain or is_item):
            break
        if plain and any(c.isalnum() for c in plain):
            if not paragraph:
                at = number
            paragraph.append(plain)
    found = ""
    for sentence in sentences(" ".join(paragraph)):
        found = f"{found} {sentence}".lstrip()
        if len(found) >= _SHORT:
            break
    return found, at


def without_signs(line: str) -> str:
    """Return a line without the signs of a quote and a list at its beginning."""
    return _read(line)[0]


def _read(line: str) -> tuple[str, bool]:
    """Return a line without its signs, and whether it begins an item of a list."""
    begin, is_item = line.lstrip()[:1], False
    if begin and not (begin.isalpha() or begin in _NO_SIGNS):
        # Imported late because compiling its patterns takes longer than the rest of a brief.
        from journal_tui.entry.markdown_lines import list_item, quote_signs

        line = line[len(quote_signs(line)) :]
        item = list_item(line)
        line, is_item = (line[len(item.prefix) :], True) if item else (line, False)
    return " ".join(line.split()), is_item


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a line of text, roughly; an abbreviation does not end one."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if found.group()[0] == "." and not _ends_sentence(text, found.start(), found.end()):
            continue
        if sentence := text[start : found.end()].strip():
            yield sentence
        start = found.end()
    if rest := text[start:].strip():
        yield rest


def _ends_sentence(text: str, stop: int, end: int) -> bool:
    word = text[text.rfind(" ", max(0, stop - _LONGEST_WORD), stop) + 1 : stop]
    word = word.lstrip("(\"'“‘*_").casefold()
    following = text[end : end + _LONGEST_WORD].lstrip()[:1]
    is_initial = len(word) == 1 and word.isalpha() and word != "i"
    is_date = word.isdigit() and len(word) < 3 and not following.isupper()
    return not (word in _ABBREVIATIONS or is_initial or is_date or following.islower())


def says_something(text: str) -> bool:
    """Return whether a text has a few words besides tags and people."""
    words = [word for word in text.split() if word[0] not in "#@" and any(map(str.isalnum, word))]
    return len(words) >= _FEWEST_WORDS
