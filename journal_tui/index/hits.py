"""One row of an answer; what an entry says where it matches is looked up when it is shown."""

import re
from datetime import date

from journal_tui.entry.words import FOREIGN, words
from journal_tui.index.passages import File, Passage
from journal_tui.query.grammar import Query
from journal_tui.query.highlight import pattern
from journal_tui.query.matchers import ENTRY, PROSE, Mention, Words
from journal_tui.query.positions import positions


class Hit:
    """A learning point, a piece of feedback, a follow-up, a title, remark or prose, or an entry.

    `kind` says which. Of prose and entries `text` and `line` (from 1) are those of the line that
    holds most of what was asked for; the file is read when one of them is.
    """

    __slots__ = ("_line", "_passage", "_query", "_text", "file", "kind")

    def __init__(self, passage: Passage, query: Query | None) -> None:
        self.file: File = passage.facts
        self.kind = passage.kind
        self._query, self._passage = query, passage
        self._text, self._line = passage.text, passage.line

    def __repr__(self) -> str:
        return f"Hit({self.path}, {self.kind})"

    @property
    def day(self) -> date:
        """The day of the entry."""
        return self.file.day

    @property
    def path(self) -> str:
        """The path of the file, below the journal."""
        return self.file.path

    @property
    def rating(self) -> float | None:
        """How the day was."""
        return self.file.rating

    @property
    def number(self) -> int | None:
        """The day's number."""
        return self.file.number

    @property
    def words(self) -> list[str]:
        """The folded words of all that matched, of which `text` may be one line."""
        return self._passage.words

    @property
    def mentions(self) -> frozenset[str]:
        """The tags and people that it mentions, folded, with their signs."""
        return self._passage.mentions

    @property
    def text(self) -> str:
        """The point, or the line."""
        self._look()
        return self._text

    @property
    def line(self) -> int:
        """Where it stands, from 1."""
        self._look()
        return self._line

    def as_entry(self) -> "Hit":
        """The same place as a row that stands for its whole file."""
        self.kind = ENTRY
        return self

    def _look(self) -> None:
        if self._line:
            return
        wanted = self._query.wanted if self._query else []
        if wanted:
            self._line, self._text = _line(self._looked_at(), wanted)
        if not wanted or not self._line:
            record = self.file.record
            what = "remark" if record["remark"] else "title"
            self._text = record[what]
            self._line = max(record["rating_line" if what == "remark" else "title_line"], 1)

    def _looked_at(self) -> str:
        """The text that the line is looked for in, each line in its place; of prose that alone."""
        text = self.file.text
        if self.kind == PROSE:
            pieces, position = [], 0
            for start, end in self.file.record["prose"]:
                pieces += ["".join(c for c in text[position:start] if c in "\r\n"), text[start:end]]
                position = end
            text = "".join(pieces)
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _line(text: str, wanted: list[Words | Mention]) -> tuple[int, str]:
    """The first line that holds most of what is asked for: its number and its text; 0 for none."""
    if len(wanted) == 1 and isinstance(wanted[0], Words) and (at := _place(text, wanted[0])) >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        line = text[start : end if end >= 0 else len(text)]
        return 1 + text.count("\n", 0, at), " ".join(line.split())
    best, number, shown = 0, 0, ""
    parts = list(dict.fromkeys(part for leaf in wanted for part in _parts(leaf)))
    for index, line in _likely(text, parts):
        count = _weight(line, wanted)
        if count > best:
            best, number, shown = count, index, line
            if count == 2 * len(wanted):
                break
    return number, " ".join(shown.split())


def _parts(leaf: Words | Mention) -> tuple[str, ...]:
    return leaf.words if isinstance(leaf, Words) else (leaf.name,)


def _place(text: str, leaf: Words) -> int:
    """Where a text of plain letters holds the words in one line; -1 where it is not that simple."""
    if FOREIGN.search(text):
        return -1
    lowered = text.lower()
    for found in re.finditer(pattern(leaf), lowered):
        if "\n" not in found.group():
            return found.start()
    return -1


def _likely(text: str, parts: list[str]) -> "list[tuple[int, str]]":
    """The lines that may hold one of the parts, with their numbers."""
    lines = text.split("\n")
    if FOREIGN.search(text):
        return [
            (number, line)
            for number, line in enumerate(lines, 1)
            if FOREIGN.search(line) or any(part in line.lower() for part in parts)
        ]
    lowered = text.lower().split("\n")
    return [
        (number, lines[number - 1])
        for number, line in enumerate(lowered, 1)
        if any(part in line for part in parts)
    ]


def _mentions_in(line: str, wanted: list[Words | Mention]) -> frozenset[str]:
    if not any(isinstance(leaf, Mention) for leaf in wanted):
        return frozenset()
    from journal_tui.entry.mentions import mentions
    from journal_tui.index.records import mention_terms

    return mention_terms(*mentions(line))


def _weight(line: str, wanted: list[Words | Mention]) -> int:
    """2 for each term that the line holds, 1 for one of which it holds a part, as of a long phrase."""
    listed = words(line)
    there, named = set(listed), _mentions_in(line, wanted)
    terms = [leaf for leaf in wanted if isinstance(leaf, Words)]
    count = 0
    for term, places in zip(terms, positions(terms, listed), strict=True):
        if places:
            count += 2
        elif len(term.words) > 1 and not there.isdisjoint(term.words):
            count += 1
    for leaf in wanted:
        if isinstance(leaf, Mention):
            count += 2 * any(mention.startswith(leaf.name) for mention in named)
    return count
