"""What the index keeps of an entry: its record, and the terms by which it is found."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from journal_tui.entry.lines import LINE_END
from journal_tui.entry.prose import prose_spans
from journal_tui.entry.words import fold

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry

Record = dict[str, Any]


def record(path: str, entry: "Entry") -> Record:
    """The entry as plain JSON values: what `show --json` says but the counted day, and what search
    needs: `title_line` and `rating_line` count from 1, `prose` holds spans of characters.
    """
    rating = entry.rating
    return {
        "path": path,
        "date": entry.day.isoformat(),
        "title": entry.title,
        "title_line": _title_line(entry),
        "number": entry.number,
        "kind": fold(entry.kind) or _slug(path),
        "rating": rating.value if rating else None,
        "remark": rating.remark if rating else "",
        "rating_line": rating.line if rating else 0,
        "learning": [[point.text, point.line] for point in entry.points],
        "feedback": [[point.text, point.line] for point in entry.feedback],
        "tasks": [
            [task.text, task.line, task.done, task.due.isoformat() if task.due else None]
            for task in entry.tasks
        ],
        "tags": list(entry.tags),
        "people": list(entry.people),
        "words": entry.words,
        "prose": [list(span) for span in prose_spans(entry)],
        "problems": [[problem.line, problem.text] for problem in entry.problems],
    }


def _title_line(entry: "Entry") -> int:
    """The line of the title: that of its heading, else the first with something in it."""
    outline = entry.outline
    if outline.title_at >= 0:
        place = outline.title_at
    else:
        body = entry.text[outline.body :]
        place = len(entry.text) - len(body.lstrip())
    return 1 + len(LINE_END.findall(entry.text, 0, place))


def _slug(path: str) -> str:
    """What a note's name says behind its day: `service-review`; "" for a day entry."""
    return fold("-".join(path.rpartition("/")[2][10:-3].strip(" -_").split()))


def unreadable(path: str, day: date, sentence: str) -> Record:
    """The record of a file that is there but cannot be read: its problem, and nothing else."""
    return {
        "path": path,
        "date": day.isoformat(),
        "title": "",
        "title_line": 1,
        "number": None,
        "kind": "",
        "rating": None,
        "remark": "",
        "rating_line": 0,
        "learning": [],
        "feedback": [],
        "tasks": [],
        "tags": [],
        "people": [],
        "words": 0,
        "prose": [],
        "problems": [[0, sentence]],
    }


def mention_terms(tags: Iterable[str], people: Iterable[str]) -> frozenset[str]:
    """Tags and people as folded terms with their signs."""
    return frozenset(["#" + fold(tag) for tag in tags] + ["@" + fold(name) for name in people])


def day_rating(records: Sequence[Record]) -> float | None:
    """How the day of these files was: a note has the rating of its day's entry."""
    return next((r["rating"] for r in records if r["rating"] is not None), None)
