"""Analyse an entry for the index: make its record, the terms that find it, and its words in order.

A fact is a term that begins with "=", which no word does: `=any` marks every file, and each field of
a search has facts such as `=rating:00000007.5` or `=kind:service-review`.
"""

import zlib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.entry.line_map import LINE_END
from journal_tui.entry.model import CLOSED
from journal_tui.entry.spellings import BREAK, runs
from journal_tui.entry.tokenizer import fold, mention_terms, words
from journal_tui.index.postings import ANY, escape
from journal_tui.library.naming import period_of, title_of
from journal_tui.query.fields import (
    DUE,
    ENTRY,
    FEEDBACK,
    FIELDS,
    FOLLOW_UP,
    LEARNING,
    PROSE,
    REMARK,
    TITLE,
    WAITING,
    Field,
)

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry
    from journal_tui.entry.model import Problem

Record = dict[str, Any]

# The parts whose words are kept in order; each also has its own postings.
TEXT_PARTS = (ENTRY, LEARNING, FEEDBACK, FOLLOW_UP, TITLE, REMARK)
# The prose has postings for its mentions only, because its words are in the entry's postings.
INDEXED_PARTS = (*TEXT_PARTS, PROSE)
# The prefixes of the agenda's terms, besides DUE and WAITING, which are in `query.fields`.
CHECK, CUSTOMER, VISIT = "check", "customer:", "visit:"
_EMPTY_RECORD: Record = {
    "path": "", "date": "", "title": "", "title_line": 1, "number": None, "kind": "", "rating": None, "remark": "",
    "rating_line": 0, "learning": [], "feedback": [], "tasks": [], "expectations": [], "customers": {},
    "tags": [], "people": [],
    "words": 0, "prose": [], "problems": [], "period": "",
}  # fmt: skip


class Terms(NamedTuple):
    """The terms of one file (escaped): `found` has the distinct ones of each part.

    `passages` has the words of each passage of a part in order, then its other spellings, with BREAK
    before each of these. `prose` has ranges [first, last) of the whole entry's words: one for each
    stretch of prose, and one for the other spellings of the prose.
    """

    found: dict[str, list[str]]
    passages: dict[str, list[list[str]]]
    prose: list[tuple[int, int]]


def record(path: str, entry: "Entry") -> Record:
    """Return the record of an entry, as plain JSON values.

    `title_line` and `rating_line` count from 1, `prose` holds spans of characters. `period` is the
    name of a period note's period, whose first day is its `date`. `journal show --json` has other keys.
    """
    rating, period = entry.rating, period_of(path)
    kind = kind_of(path, entry)
    customers, problems = _customers(entry, kind, is_period=period is not None)
    return {
        "path": path,
        "date": entry.day.isoformat(),
        "title": entry.title,
        "title_line": _title_line(entry),
        "number": None if period else entry.number,
        "kind": kind,
        "rating": rating.value if rating else None,
        "remark": rating.remark if rating else "",
        "rating_line": rating.line if rating else 0,
        "learning": [[point.text, point.line] for point in entry.points],
        "feedback": [[point.text, point.line] for point in entry.feedback],
        "tasks": [
            [task.text, task.line, task.state, _iso(task.due), task.waiting, _iso(task.since)]
            for task in entry.tasks
        ],
        "expectations": [
            [one.text, one.line, _iso(one.check), bool(one.answer)] for one in entry.expectations
        ],
        "customers": customers,
        "tags": list(entry.tags),
        "people": list(entry.people),
        "words": entry.words,
        "prose": [list(span) for span in entry.prose_spans],
        "problems": [[problem.line, problem.text] for problem in problems],
        "period": period.name if period else "",
    }


def kind_of(path: str, entry: "Entry") -> str:
    """Return the kind of a note, folded: from its front matter, else from the title in its file name."""
    return fold(entry.kind) or fold("-".join(title_of(path, entry.day).split()))


def _customers(
    entry: "Entry", kind: str, *, is_period: bool
) -> tuple[dict[str, Any], list["Problem"]]:
    """Return the values of a visit to customers, and all problems of the entry, the visit's included.

    The value `named` lists all customers. A period note sums up its days, so it has no values.
    """
    from journal_tui.customers.visit import as_values, keys_of, may_name_customers

    problems = list(entry.problems)
    if is_period or not may_name_customers(entry, kind):
        return {}, problems
    from journal_tui.customers.visit_reader import read_visit

    visit = read_visit(entry, kind)
    values = as_values(visit)
    if values:
        values["named"] = list(dict.fromkeys(keys_of(visit)))
    return values, sorted([*problems, *visit.problems])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def unreadable(path: str, day: date, sentence: str) -> Record:
    """Return the record of a file that exists but can't be read: its problem; the rest is empty."""
    period = period_of(path)
    stored = {"path": path, "date": day.isoformat(), "problems": [[0, sentence]]}
    return whole_record(stored | ({"period": period.name} if period else {}))


def whole_record(stored: Record) -> Record:
    """Return a record with all keys; a stored one lacks those whose value is None."""
    return stored if len(stored) == len(_EMPTY_RECORD) else {**_EMPTY_RECORD, **stored}


def _title_line(entry: "Entry") -> int:
    """Return the line of the title, from 1: the line of its heading, else the first that isn't blank."""
    outline = entry.outline
    if outline.title_at >= 0:
        place = outline.title_at
    else:
        body = entry.text[outline.body :]
        place = len(entry.text) - len(body.lstrip())
    return 1 + len(LINE_END.findall(entry.text, 0, place))


def mentioned(text: str, named: frozenset[str]) -> frozenset[str]:
    """Return which of an entry's mentions (`named`) are in a part of its text.

    Read by itself, a part may seem to mention more, as "#b](x)" does without the "[a;" before it.
    """
    if not named or ("#" not in text and "@" not in text):
        return frozenset()
    from journal_tui.entry.mentions import mentions

    return mention_terms(*mentions(text)) & named


def terms_of(entry: "Entry", record: Record) -> Terms:
    """Return the terms that an entry is found by."""
    texts: dict[str, list[str]] = {
        LEARNING: [text for text, _ in record["learning"]],
        FEEDBACK: [text for text, _ in record["feedback"]],
        FOLLOW_UP: [text for text, *_ in record["tasks"]],
        TITLE: [record["title"]] if record["title"] else [],
        REMARK: [record["remark"]] if record["remark"] else [],
    }
    passages = {
        part: [escaped_words(text) + _after_breaks(runs(text)) for text in listed]
        for part, listed in texts.items()
    }
    whole, prose = _entry_words(entry, record)
    passages[ENTRY] = [whole]
    found = {
        part: {word for words in listed for word in words if word}
        for part, listed in passages.items()
    }
    texts[PROSE] = [entry.text[start:end] for start, end in record["prose"]]
    found[PROSE] = set()
    named = mention_terms(entry.tags, entry.people)
    for part, listed in texts.items():
        for text in listed if named else ():
            found[part] |= set(map(escape, mentioned(text, named)))
        # A title that is only punctuation has no words, but must be found as a title.
        if listed:
            found[part].add(ANY)
    found[ENTRY].update([ANY, *map(escape, named)])
    for part, terms in found.items():
        terms |= field_terms(record, part)
    # Lists, because sets take ten times the memory, and a year's files are in memory together.
    return Terms({part: list(terms) for part, terms in found.items()}, passages, prose)


def facts_only(record: Record) -> Terms:
    """Return the terms of a file that can't be read, which are facts only."""
    return Terms({ENTRY: [ANY, *field_terms(record, ENTRY)]}, {ENTRY: [[]]}, [])


def _entry_words(entry: "Entry", record: Record) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the words and other spellings of the text, and the ranges of its prose among them."""
    text = entry.text
    everything: list[str] = []
    prose: list[tuple[int, int]] = []
    prose_texts: list[str] = []
    other_texts: list[str] = []
    position = 0
    # Prose consists of whole lines, which no word crosses, so the pieces together have all words.
    for start, end in record["prose"]:
        other_texts.append(text[position:start])
        everything += escaped_words(other_texts[-1])
        first = len(everything)
        prose_texts.append(text[start:end])
        everything += escaped_words(prose_texts[-1])
        prose.append((first, len(everything)))
        position = end
    other_texts.append(text[position:])
    everything += escaped_words(other_texts[-1])
    prose_runs = runs("\n".join(prose_texts))
    if spellings := _after_breaks(prose_runs):
        prose.append((len(everything), len(everything) + len(spellings)))
        everything += spellings
    # Each spelling once, as in `searchable_words`, so that the ranking may count either of the two.
    written = [run for run in runs("\n".join(other_texts)) if run not in prose_runs]
    return everything + _after_breaks(written), prose


def escaped_words(text: str) -> list[str]:
    """Return the folded words of a text in their order, escaped."""
    # ASCII words hold only letters and digits: nothing to escape.
    return [word if word.isascii() else _escaped(word) for word in words(text)]


_escaped = lru_cache(maxsize=20_000)(escape)


def _after_breaks(found: list[tuple[str, ...]]) -> list[str]:
    """Return the words of runs, escaped, with BREAK before each run."""
    return [word for run in found for word in (BREAK, *map(_escaped, run))]


def term(field: str, value: str) -> str:
    """Return the term of a field's value, such as `=rating:00000007.5`, or the prefix of such terms."""
    return f"={field}:{escape(value)}"


def field_terms(record: Record, part: str) -> set[str]:
    """Return the terms that the fields of a search keep in the postings of a part."""
    return {
        term(field.name, value)
        for field in FIELDS.values()
        if field.part == part
        for value in field.terms(record)
    }


def agenda_terms(record: Record) -> Iterator[str]:
    """Yield a term (escaped) for each thing of a record that comes up again.

    `due2014-10-13` is an open follow-up, `waiting2014-10-06` one that has waited for someone since
    then, `check2014-10-13` an expectation without an answer, `visit:lab` a visit to a customer, and
    `customer:lab` anything about one.
    """
    for _, _, state, due, _, since in record["tasks"]:
        if due and state not in CLOSED:
            yield f"{DUE}{due}"
        if state == WAITING:
            yield f"{WAITING}{since or record['date']}"
    for _, _, check, is_answered in record["expectations"]:
        if check and not is_answered:
            yield f"{CHECK}{check}"
    customers = record["customers"]
    if customers.get("visit"):
        yield from (VISIT + escape(key) for key in customers["customers"])
    yield from (CUSTOMER + escape(key) for key in customers.get("named", ()))


def rules() -> str:
    """Return a checksum of the keys of a record and of the fields that keep terms."""
    keeping = [
        (field.name, field.part)
        for field in FIELDS.values()
        if type(field).terms is not Field.terms
    ]
    return f"{zlib.crc32(repr((sorted(_EMPTY_RECORD), sorted(keeping))).encode()):08x}"
