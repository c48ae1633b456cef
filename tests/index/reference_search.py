"""A slow reference search, which parses every file as an Entry and looks at every passage.

It uses neither the parser of `query` nor the search of `index`, whose results are compared with it. What
became of feedback is taken from `customers`, which has a reference of its own in `tests/customers`.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from journal_tui.customers.loop import CustomerNote, loops
from journal_tui.customers.overview import is_untold
from journal_tui.customers.visit_reader import read_visit
from journal_tui.entry.entry import Entry
from journal_tui.entry.mentions import mentions
from journal_tui.entry.spellings import runs
from journal_tui.entry.tokenizer import fold, fold_name, words
from journal_tui.index.analyzer import record
from journal_tui.library.library import Library
from journal_tui.library.naming import DAY_FIRST, parse

LENGTHS = ("day", "week", "month", "quarter", "year")
POINTS = ("learning", "feedback", "follow-up")
Row = tuple[str, str, str]


class File(NamedTuple):
    """What is known of a file; `rating` and `number` belong to its day, or `rating` to its period."""

    path: str
    day: date
    rating: float | None
    number: int | None
    length: int
    has: frozenset[str]
    kinds: frozenset[str]
    period: str
    entry: Entry


class Plain(NamedTuple):
    """One passage; `said` has its folded words between spaces, and bars where no phrase continues.

    The bars are between stretches of prose, and before each other spelling, which come after the words.
    """

    file: File
    part: str
    text: str
    said: str
    mentions: frozenset[str]
    states: frozenset[str]


class ReferenceSearch:
    """All passages of a journal in the order of rows; the whole entry comes last of each file."""

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
        days: dict[tuple[date, int], list[str]] = {}
        for path in paths:
            day, period = library.day_of(path), library.period_of(path)
            assert day
            length = LENGTHS.index(period.kind if period else "day")
            days.setdefault((day, -length), []).append(path)
        for day, length in sorted(days, reverse=True):
            listed = sorted(days[day, length], key=library.importance_key)
            texts = [library.load(path).text for path in listed]
            entries = [Entry(day, text, library.vocabulary) for text in texts]
            rated = [entry.rating.value for entry in entries if entry.rating]
            for path, entry in zip(listed, entries, strict=True):
                number = count(day) if entry.number is None else entry.number
                number = None if length else number
                file = _file(path, entry, rated[0] if rated else None, number)
                first = len(self.passages)
                self.passages += _passages(file, entry, today)
                self.files.append((first, len(self.passages)))
        self._add_stages()

    def _add_stages(self) -> None:
        """Add to each passage of feedback what became of it, which only all files together tell."""
        notes = []
        for first, end in self.files:
            file = self.passages[first].file if end > first else None
            if file and not file.period:
                kind = next(iter(file.kinds), "")
                notes.append(CustomerNote(file.day, file.path, read_visit(file.entry, kind)))
        stages: dict[tuple[str, str], frozenset[str]] = {}
        for loop in loops(notes):
            if loop.is_feedback:
                found = {loop.stage} | ({"not-told"} if is_untold(loop) else set())
                stages[loop.place.path, str(loop.place.line)] = frozenset(found)
        for number, passage in enumerate(self.passages):
            if passage.part == "feedback":
                [line] = passage.states
                said = stages.get((passage.file.path, line), frozenset())
                self.passages[number] = passage._replace(states=said)

    def those(self, key: object, holds: Callable[[Plain], bool]) -> int:
        """Return the passages that meet a condition, as the bits of a number; cached by its key."""
        if key not in self._known:
            bits = ["1" if holds(passage) else "0" for passage in reversed(self.passages)]
            self._known[key] = int("".join(bits), 2) if bits else 0
        return self._known[key]

    def all(self) -> int:
        """Return all passages, as the bits of a number."""
        return (1 << len(self.passages)) - 1

    def rows(self, found: int, rows: str, wanted: bool, scoped: bool) -> list[Row]:
        """Return the rows (path, part, text) of passages; the text of entries and prose is "".

        `wanted` is true if the query has words or mentions that must occur, `scoped` if it names
        parts itself.
        """
        listed: list[Row] = []
        holds = [bit == "1" for bit in reversed(f"{found:0{max(len(self.passages), 1)}b}")]
        for first, end in self.files:
            here = [self.passages[place] for place in range(first, end) if holds[place]]
            if not here:
                continue
            whole = [passage for passage in here if passage.part == "entry"]
            parts = [passage for passage in here if passage.part != "entry"]
            if rows == "entries":
                if scoped or whole:
                    listed.append((here[0].file.path, "entry", ""))
                continue
            if scoped:
                chosen = parts
            elif rows == "learning":
                chosen = [passage for passage in parts if passage.part == "learning"]
            elif wanted:
                chosen = [passage for passage in parts if passage.part in POINTS] or whole
            else:
                chosen = whole
            listed += [(passage.file.path, passage.part, passage.text) for passage in chosen]
        return listed


def _file(path: str, entry: Entry, rating: float | None, number: int | None) -> File:
    name = parse(path, DAY_FIRST)
    rest = name.rest if name else ""
    there = {
        "learning": entry.points,
        "feedback": entry.feedback,
        "follow-ups": entry.tasks,
        "rating": entry.rating,
        "remark": entry.rating and entry.rating.remark,
        "tags": entry.tags,
        "people": entry.people,
        "problems": entry.problems or record(path, entry)["problems"],
    }
    has = frozenset(what for what, found in there.items() if found)
    title = "" if rest.strip(" -_").casefold() == f"{entry.day:%A}".casefold() else rest
    kinds = {fold(entry.kind or "-".join(title.strip(" -_").split()))} - {""}
    period = name.period if name else None
    kinds |= {period.kind, "period"} if period else set()
    said = period.name if period else ""
    return File(path, entry.day, rating, number, entry.words, has, frozenset(kinds), said, entry)


def _passages(file: File, entry: Entry, today: date) -> Iterator[Plain]:
    named = _named(entry.tags, entry.people)

    def plain(kind: str, text: str) -> Plain:
        # A mention in a part counts only if the whole entry has it, too.
        return Plain(file, kind, text, _said(text), _named(*mentions(text)) & named, frozenset())

    for point in entry.points:
        yield plain("learning", point.text)
    for point in entry.feedback:
        # The line takes the place of the states until all files are read.
        yield plain("feedback", point.text)._replace(states=frozenset([str(point.line)]))
    for task in entry.tasks:
        is_late = not task.is_closed and task.due is not None and task.due < today
        people = [f"@{fold_name(name[1:])}" for name in task.waiting.split(",") if name]
        states = [task.state, *["open"] * (not task.is_closed), *["late"] * is_late, *people]
        yield plain("follow-up", task.text)._replace(states=frozenset(states))
    if entry.title:
        yield plain("title", entry.title)
    if entry.rating and entry.rating.remark:
        yield plain("remark", entry.rating.remark)
    if spans := entry.prose_spans:
        stretches = [plain("prose", entry.text[start:end]) for start, end in spans]
        mentioned = frozenset[str]().union(*(stretch.mentions for stretch in stretches))
        said = "|".join(stretch.said for stretch in stretches)
        yield Plain(file, "prose", "", said, mentioned, frozenset())
    yield Plain(file, "entry", "", _said(entry.text), named, frozenset())


def _said(text: str) -> str:
    spellings = "".join(f"| {' '.join(run)} " for run in runs(text))
    return f" {' '.join(words(text))} {spellings}"


def _named(
    tags: "list[str] | tuple[str, ...]", people: "list[str] | tuple[str, ...]"
) -> frozenset[str]:
    return frozenset([f"#{fold(tag)}" for tag in tags] + [f"@{fold(name)}" for name in people])
