"""What a journal answers, found the long way: every file read as an Entry, every passage looked at.

Nothing here comes from `query` or `index`: it is what these are compared with.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from journal_tui.entry.entry import Entry
from journal_tui.entry.mentions import mentions
from journal_tui.entry.prose import prose_spans
from journal_tui.entry.words import fold, words
from journal_tui.library.library import Library
from journal_tui.library.naming import by_importance, parse_name

POINTS = ("learning", "feedback", "follow-up")
Row = tuple[str, str, str]


class File(NamedTuple):
    """What is known of a file; `rating` and `number` are those of its day."""

    path: str
    day: date
    rating: float | None
    number: int | None
    length: int
    has: frozenset[str]
    kind: str


class Plain(NamedTuple):
    """One passage. `said` holds its folded words between blanks, with bars between stretches."""

    file: File
    kind: str
    text: str
    said: str
    mentions: frozenset[str]
    states: frozenset[str]


class Plainly:
    """All passages of a journal in the order of rows, of each file the entry as a whole last."""

    def __init__(
        self,
        library: Library,
        paths: list[str],
        today: date,
        count: Callable[[date], int | None] = lambda day: None,
    ) -> None:
        self.passages: list[Plain] = []
        self.files: list[tuple[int, int]] = []
        self._known: dict[object, int] = {}
        days: dict[date, list[str]] = {}
        for path in paths:
            parsed = parse_name(path.rpartition("/")[2])
            assert parsed
            days.setdefault(parsed[0], []).append(path)
        for day in sorted(days, reverse=True):
            listed = sorted(days[day], key=by_importance)
            texts = [library.load(path).text for path in listed]
            entries = [Entry(day, text, library.vocabulary) for text in texts]
            rated = [entry.rating.value for entry in entries if entry.rating]
            for path, entry in zip(listed, entries, strict=True):
                number = count(day) if entry.number is None else entry.number
                file = _file(path, entry, rated[0] if rated else None, number)
                first = len(self.passages)
                self.passages += _passages(file, entry, today)
                self.files.append((first, len(self.passages)))

    def those(self, key: object, holds: Callable[[Plain], bool]) -> int:
        """The passages that a condition holds for, as the bits of a number; kept by its key."""
        if key not in self._known:
            bits = ["1" if holds(passage) else "0" for passage in reversed(self.passages)]
            self._known[key] = int("".join(bits), 2) if bits else 0
        return self._known[key]

    def all(self) -> int:
        """Every passage."""
        return (1 << len(self.passages)) - 1

    def rows(self, found: int, rows: str, wanted: bool, scoped: bool) -> list[Row]:
        """The rows that passages come to: (path, kind, text), the text of entry and prose being "".

        `wanted`: there are words or mentions to look for. `scoped`: the query says itself which
        parts it is about.
        """
        listed: list[Row] = []
        holds = [bit == "1" for bit in reversed(f"{found:0{max(len(self.passages), 1)}b}")]
        for first, end in self.files:
            here = [self.passages[place] for place in range(first, end) if holds[place]]
            if not here:
                continue
            whole = [passage for passage in here if passage.kind == "entry"]
            parts = [passage for passage in here if passage.kind != "entry"]
            if rows == "entries":
                if scoped or whole:
                    listed.append((here[0].file.path, "entry", ""))
                continue
            if scoped:
                chosen = parts
            elif rows == "learning":
                chosen = [passage for passage in parts if passage.kind == "learning"]
            elif wanted:
                chosen = [passage for passage in parts if passage.kind in POINTS] or whole
            else:
                chosen = whole
            listed += [(passage.file.path, passage.kind, passage.text) for passage in chosen]
        return listed


def _file(path: str, entry: Entry, rating: float | None, number: int | None) -> File:
    rest = path.rpartition("/")[2][10 : -len(".md")]
    there = {
        "learning": entry.points,
        "feedback": entry.feedback,
        "follow-ups": entry.tasks,
        "rating": entry.rating,
        "remark": entry.rating and entry.rating.remark,
        "tags": entry.tags,
        "people": entry.people,
        "problems": entry.problems,
    }
    has = frozenset(what for what, found in there.items() if found)
    kind = fold(entry.kind or "-".join(rest.strip(" -_").split()))
    return File(path, entry.day, rating, number, entry.words, has, kind)


def _passages(file: File, entry: Entry, today: date) -> Iterator[Plain]:
    named = _named(entry.tags, entry.people)

    def plain(kind: str, text: str) -> Plain:
        # What looks like a mention and is none in the entry as a whole is none here.
        return Plain(file, kind, text, _said(text), _named(*mentions(text)) & named, frozenset())

    for point in entry.points:
        yield plain("learning", point.text)
    for point in entry.feedback:
        yield plain("feedback", point.text)
    for task in entry.tasks:
        is_late = not task.done and task.due is not None and task.due < today
        states = ["done" if task.done else "open", *["late"] * is_late]
        yield plain("follow-up", task.text)._replace(states=frozenset(states))
    if entry.title:
        yield plain("title", entry.title)
    if entry.rating and entry.rating.remark:
        yield plain("remark", entry.rating.remark)
    if spans := prose_spans(entry):
        stretches = [plain("prose", entry.text[start:end]) for start, end in spans]
        mentioned = frozenset[str]().union(*(stretch.mentions for stretch in stretches))
        said = "|".join(stretch.said for stretch in stretches)
        yield Plain(file, "prose", "", said, mentioned, frozenset())
    yield Plain(file, "entry", "", _said(entry.text), named, frozenset())


def _said(text: str) -> str:
    return f" {' '.join(words(text))} "


def _named(
    tags: "list[str] | tuple[str, ...]", people: "list[str] | tuple[str, ...]"
) -> frozenset[str]:
    return frozenset([f"#{fold(tag)}" for tag in tags] + [f"@{fold(name)}" for name in people])
