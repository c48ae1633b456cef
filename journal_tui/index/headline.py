"""Find what an entry says first: the sentence that stands for it where there is room for one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.line_map import plain_newlines
from journal_tui.entry.sentences import first_sentence

if TYPE_CHECKING:
    from journal_tui.index.analyzer import Record


class Headline(NamedTuple):
    """A text of an entry with its line, from 1."""

    text: str
    line: int


def headline(record: "Record", read: Callable[[], str]) -> Headline | None:
    """Return the first sentence of the prose, or else the first learning point, remark or title.

    `read()` returns the text of the file, "" if that is gone; it is called only if there is prose.
    """
    text = read() if record["prose"] else ""
    for start, end in record["prose"]:
        said, line = first_sentence(text[start:end])
        if said:
            return Headline(said, plain_newlines(text[:start]).count("\n") + line + 1)
    for said, line in record["learning"]:
        return Headline(said, line)
    if said := record["remark"]:
        return Headline(said, max(record["rating_line"], 1))
    if said := record["title"]:
        return Headline(said, max(record["title_line"], 1))
    return None
