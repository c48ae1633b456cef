"""What the index keeps of an entry: its record, and the terms by which it is found."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from journal_tui.entry.words import fold, words
from journal_tui.index.postings import escape

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry

Record = dict[str, Any]


def record(path: str, entry: "Entry") -> Record:
    """The entry as plain JSON values: everything that `show --json` says but the counted day."""
    rating = entry.rating
    return {
        "path": path,
        "date": entry.day.isoformat(),
        "title": entry.title,
        "number": entry.number,
        "rating": rating.value if rating else None,
        "remark": rating.remark if rating else "",
        "learning": [[point.text, point.line] for point in entry.points],
        "feedback": [[point.text, point.line] for point in entry.feedback],
        "tasks": [
            [task.text, task.line, task.done, task.due.isoformat() if task.due else None]
            for task in entry.tasks
        ],
        "tags": list(entry.tags),
        "people": list(entry.people),
        "words": entry.words,
        "problems": [[problem.line, problem.text] for problem in entry.problems],
    }


def unreadable(path: str, day: date, sentence: str) -> Record:
    """The record of a file that is there but cannot be read: its problem, and nothing else."""
    return {
        "path": path,
        "date": day.isoformat(),
        "title": "",
        "number": None,
        "rating": None,
        "remark": "",
        "learning": [],
        "feedback": [],
        "tasks": [],
        "tags": [],
        "people": [],
        "words": 0,
        "problems": [[0, sentence]],
    }


def mention_terms(tags: Iterable[str], people: Iterable[str]) -> frozenset[str]:
    """Tags and people as folded terms with their signs."""
    return frozenset(["#" + fold(tag) for tag in tags] + ["@" + fold(name) for name in people])


def text_terms(entry: "Entry") -> set[str]:
    """The escaped terms of the whole text."""
    mentioned = mention_terms(entry.tags, entry.people)
    return _escaped_words(entry.text) | set(map(escape, mentioned))


def learning_terms(entry: "Entry") -> set[str]:
    """The escaped terms of the learning points alone."""
    from journal_tui.entry.mentions import mentions

    found: set[str] = set()
    for point in entry.points:
        found |= _escaped_words(point.text)
        found |= set(map(escape, mention_terms(*mentions(point.text))))
    return found


def _escaped_words(text: str) -> set[str]:
    # ASCII words hold letters and digits alone: nothing to escape.
    distinct = set(words(text))
    return distinct if "".join(distinct).isascii() else set(map(escape, distinct))
