"""The improvement register: every promise as a row of a table, and an edited table read back.

The first eleven columns are the fields of ITIL's register; what entries don't say is left empty.
Three more have the state of the promise, the day on which it was done or dropped, and why it was
dropped. Of an edited table, only these three and the due date are read back.
"""

import csv
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from typing import NamedTuple

from journal_tui.customers.loop import Loop, MadePromise
from journal_tui.customers.visit import Promise
from journal_tui.entry.mentions import PERSON, TAG
from journal_tui.entry.model import CLOSED, DONE, DROPPED, OPEN, WAITING
from journal_tui.entry.sanitize import escaped_markdown, one_line
from journal_tui.entry.tokenizer import words
from journal_tui.errors import UsageError
from journal_tui.period import Period

NUMBER, RAISED, DESCRIPTION, REQUIRED, STATE, CLOSED_ON, REASON = (
    "number", "date raised", "description", "required by", "state", "closed on", "reason",
)  # fmt: skip
FIELDS = (
    NUMBER, RAISED, "size", "timescale", DESCRIPTION, "priority", "measure", "justification",
    "raised by", "actioned by", REQUIRED,
)  # fmt: skip
"""The eleven fields of ITIL's register, in its order."""
COLUMNS = (*FIELDS, STATE, CLOSED_ON, REASON)
_FORMULA_SIGNS = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
_STATES = {
    OPEN: OPEN, "under way": OPEN, "in progress": OPEN, "started": OPEN, "new": OPEN,
    WAITING: WAITING, "on hold": WAITING,
    DONE: DONE, "closed": DONE, "complete": DONE, "completed": DONE, "finished": DONE,
    DROPPED: DROPPED, "refused": DROPPED, "rejected": DROPPED, "cancelled": DROPPED, "canceled": DROPPED,
}  # fmt: skip
_CONSONANTS = "bcdfghjkmnpqrstvwxyz"
_DELIMITERS = (",", ";", "\t", "|")
_BY_YEAR = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T]0{1,2}:00(?::00)?)?")
_BY_SIGN = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DAY_FIRST, _MONTH_FIRST = "day first", "month first"


class Improvement(NamedTuple):
    """A row of the register: a promise with its number, its customers, and the feedback that it answers."""

    number: str
    made: MadePromise
    customers: tuple[str, ...]
    justification: str

    def cells(self, name_of: Callable[[str], str]) -> dict[str, str]:
        """Return the texts of the row by column; `name_of` returns the name of the customer with a key."""
        promise = self.made.promise
        return {
            NUMBER: self.number,
            RAISED: self.made.place.day.isoformat(),
            DESCRIPTION: one_line(promise.without_reason),
            "justification": one_line(self.justification),
            "raised by": ", ".join(one_line(name_of(it)) for it in self.customers),
            "actioned by": one_line(promise.owner.lstrip("@")),
            REQUIRED: promise.due.isoformat() if promise.due else "",
            STATE: promise.state,
            CLOSED_ON: promise.closed.isoformat() if promise.closed else "",
            REASON: one_line(promise.reason),
        }


class Change(NamedTuple):
    """A promise that an edited register changes, with its new due date, state, closing day and reason."""

    improvement: Improvement
    due: date | None
    state: str
    closed: date | None
    reason: str

    def __str__(self) -> str:
        """Format it to be read: due 2026-12-11 → 2027-01-15, open → done on 2026-12-01."""
        was = self.improvement.made.promise
        found: list[str] = []
        if self.due != was.due:
            found.append(f"due {was.due or 'without a date'} → {self.due or 'without a date'}")
        if self.state != was.state or self.closed != was.closed:
            on = f" on {self.closed}" if self.closed else ""
            before = f" on {was.closed}" if was.closed else ""
            found.append(f"{was.state}{before} → {self.state}{on}")
        if self.reason != one_line(was.reason):
            found.append(f"reason: {self.reason}" if self.reason else "without a reason")
        return ", ".join(found)


class Fault(NamedTuple):
    """A cell that can't be read, such as K7, and the end of a sentence about why."""

    cell: str
    why: str


class RegisterReading(NamedTuple):
    """What was read from a register: the changes, the faults, and the columns that are not read back."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    ignored: tuple[str, ...] = ()


def improvements(loops: Iterable[Loop], period: Period | None = None) -> list[Improvement]:
    """Return the promises of a period, or all, in the order in which they were made.

    The number is made of the day and the words of the promise, without its marks, people, tags and reason:
    20260528-kqrt. It stays the same while other promises are added, closed or moved.
    """
    found: dict[tuple[date, str, int], tuple[MadePromise, tuple[str, ...], str]] = {}
    for loop in loops:
        for made in loop.promises:
            said = loop.text if loop.is_feedback else ""
            place = made.place
            found.setdefault((place.day, place.path, place.line), (made, loop.customers, said))
    numbers: dict[str, int] = {}
    rows: list[Improvement] = []
    for key in sorted(found):
        made, customers, said = found[key]
        number = f"{made.place.day:%Y%m%d}-{_code(made.promise)}"
        numbers[number] = count = numbers.get(number, 0) + 1
        rows.append(
            Improvement(f"{number}-{count}" if count > 1 else number, made, customers, said)
        )
    return [row for row in rows if period is None or period.contains(row.made.place.day)]


def _code(promise: Promise) -> str:
    """Return four consonants, made of a promise's words, that no spreadsheet takes for a number or a date."""
    plain = PERSON.sub(" ", TAG.sub(" ", promise.without_reason))
    check = zlib.crc32(" ".join(words(plain)).encode("utf-8", "surrogatepass"))
    return "".join(_CONSONANTS[check // 20**place % 20] for place in range(4))


def register_csv(rows: Iterable[Improvement], name_of: Callable[[str], str]) -> str:
    """Return the register as CSV, in which no cell is a formula (OWASP, "CSV Injection")."""
    table = StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = row.cells(name_of)
        writer.writerow([_defused(cells.get(column, "")) for column in COLUMNS])
    return table.getvalue()


def register_markdown(rows: Iterable[Improvement], name_of: Callable[[str], str]) -> str:
    """Return the register as a table in Markdown."""
    lines = [f"| {' | '.join(COLUMNS)} |", f"|{' --- |' * len(COLUMNS)}"]
    for row in rows:
        cells = row.cells(name_of)
        lines.append(
            f"| {' | '.join(escaped_markdown(cells.get(column, '')) for column in COLUMNS)} |"
        )
    return "\n".join(lines) + "\n"


def _defused(text: str) -> str:
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA_SIGNS) else text


def _restored(text: str) -> str:
    """Return the text of a cell without the apostrophe that `_defused` puts before a formula."""
    text = " ".join(text.split())
    is_defused = text.startswith("'") and text.lstrip("'").startswith(_FORMULA_SIGNS)
    return text[1:] if is_defused else text


def read_register(data: bytes, rows: Sequence[Improvement]) -> RegisterReading:
    """Return what an edited register changes in the promises of the whole journal.

    Columns may be in any order, separated by commas, semicolons or tabs. Raise UsageError if it isn't
    a register.
    """
    return _Reader(_table(_decoded(data)), rows).reading()


def _decoded(data: bytes) -> str:
    encodings = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    encoding = encodings.get(data[:2], "utf-8-sig")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UsageError(
            "The register isn’t UTF-8 text. Save it from the spreadsheet as “CSV UTF-8”."
        ) from None


def _table(text: str) -> list[list[str]]:
    """Return the rows of a table, read with the separator that gives the first row the most known columns."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith("sep="):
        text = text.partition("\n")[2]
    best: list[list[str]] = []
    known = 0
    for delimiter in _DELIMITERS:
        try:
            table = list(csv.reader(StringIO(text), delimiter=delimiter))
        except csv.Error:
            continue
        count = len(_columns(table[0])) if table else 0
        if count > known:
            best, known = table, count
    if NUMBER not in (_columns(best[0]) if best else {}):
        raise UsageError(
            f"This isn’t a register: its first row has no column “{NUMBER}”. Make one with: "
            "journal customers --register -o FILE."
        )
    return best


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Return the position of each known column in the first row of a table."""
    names = [" ".join(_restored(name).casefold().replace("_", " ").split()) for name in head]
    return {name: names.index(name) for name in COLUMNS if name in names}


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell in a spreadsheet, such as B3; `row` and `column` count from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


class _Unreadable(Exception):
    """A cell that can't be read: its column, and the end of a sentence about why."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column, self.why = column, why


class _Reader:
    """Read the rows of one table."""

    def __init__(self, table: list[list[str]], rows: Sequence[Improvement]) -> None:
        self.table = table
        self.columns = _columns(table[0])
        self.by_number = {row.number: row for row in rows}
        self.ignored: dict[str, None] = {}
        self.order = self._order()

    def reading(self) -> RegisterReading:
        """Return the changes, and the cells that can't be read."""
        changes: dict[str, Change] = {}
        faults: list[Fault] = []
        seen: dict[str, int] = {}
        for at in range(1, len(self.table)):
            if not any(map(str.strip, self.table[at])):
                continue
            try:
                row = self._row(at)
                if row.number in seen:
                    raise _Unreadable(NUMBER, f"is also in row {seen[row.number] + 1}")
                seen[row.number] = at
                change = self._change(at, row)
            except _Unreadable as fault:
                name = cell_name(at, self.columns.get(fault.column, 0))
                faults.append(Fault(name, f"{fault.column} {fault.why}"))
                continue
            if change:
                changes[row.number] = change
        return RegisterReading(tuple(changes.values()), tuple(faults), tuple(self.ignored))

    def _cell(self, at: int, column: str) -> str | None:
        """Return the text of a cell, or None if the table doesn't have the column."""
        place = self.columns.get(column)
        if place is None:
            return None
        row = self.table[at]
        return _restored(row[place]) if place < len(row) else ""

    def _row(self, at: int) -> Improvement:
        """Return the promise that a row is about, and note the columns that were changed in vain."""
        number = self._cell(at, NUMBER) or ""
        if not number:
            raise _Unreadable(NUMBER, "is empty; write a new promise into an entry instead")
        row = self.by_number.get(number)
        if row is None:
            shown = one_line(number)[:60]
            raise _Unreadable(
                NUMBER,
                f"“{shown}” isn’t the number of a promise; if its words were changed, make a new register",
            )
        cells = row.cells(str)
        said = self._cell(at, DESCRIPTION)
        if said is not None and said != " ".join(cells[DESCRIPTION].split()):
            raise _Unreadable(
                DESCRIPTION,
                f"isn’t the text of {number}; edit it in the entry, and make a new register",
            )
        # “raised by” has the names of customers, which aren't known here.
        for column in FIELDS:
            has_changed = (self._cell(at, column) or "") != cells.get(column, "")
            if column not in (NUMBER, RAISED, DESCRIPTION, REQUIRED, "raised by") and has_changed:
                self.ignored[column] = None
        return row

    def _change(self, at: int, row: Improvement) -> Change | None:
        was = row.made.promise
        self._day(at, RAISED, row.made.place.day)
        due = self._day(at, REQUIRED, was.due)
        said = self._cell(at, STATE)
        state = was.state if said is None else _STATES.get(said.casefold(), "")
        if said == "":
            raise _Unreadable(STATE, "is empty; write open, waiting, done or dropped")
        if not state:
            raise _Unreadable(
                STATE, f"“{one_line(said or '')[:60]}” isn’t open, waiting, done or dropped"
            )
        if state == WAITING and was.state != WAITING:
            raise _Unreadable(
                STATE, "can’t become waiting here; set whom it waits for in the entry"
            )
        if state == OPEN and was.state == WAITING:
            raise _Unreadable(STATE, "is waiting; change whom it waits for in the entry")
        closed = self._day(at, CLOSED_ON, was.closed)
        said_reason = self._cell(at, REASON)
        reason = one_line(was.reason) if said_reason is None else said_reason
        is_closed = state in CLOSED
        if not is_closed and was.state in CLOSED and closed == was.closed:
            # A promise that is opened again needs no closing day and no reason.
            closed = None
            reason = "" if reason == one_line(was.reason) else reason
        if closed and not is_closed:
            raise _Unreadable(CLOSED_ON, f"has a day, but the state is {state}")
        if closed and closed != was.closed and closed < row.made.place.day:
            raise _Unreadable(CLOSED_ON, f"is before it was raised on {row.made.place.day}")
        if was.closed and not closed and state == was.state:
            raise _Unreadable(CLOSED_ON, "is empty; to open it again, set the state to open")
        if reason and state != DROPPED and reason != one_line(was.reason):
            raise _Unreadable(REASON, f"is only for dropped promises, but the state is {state}")
        if due != was.due and is_closed:
            raise _Unreadable(REQUIRED, f"can’t change, because the state is {state}")
        found = Change(row, due, state, closed, reason)
        return found if str(found) else None

    def _day(self, at: int, column: str, known: date | None) -> date | None:
        """Return the day in a cell, None if it is empty; the known day if the table lacks the column."""
        said = self._cell(at, column)
        if said is None:
            return known
        if not said:
            if column == RAISED:
                raise _Unreadable(column, "is empty")
            return None
        day = known if known in _days(said, self.order) else self._read(said, column)
        if column == RAISED and day != known:
            raise _Unreadable(column, f"isn’t {known}, which is the day of the entry")
        return day

    def _read(self, said: str, column: str) -> date:
        days = _days(said, self.order)
        if len(days) == 1:
            return days[0]
        shown = one_line(said)[:60]
        if days:
            raise _Unreadable(column, f"“{shown}” may be two days; write it like {days[0]}")
        raise _Unreadable(column, f"“{shown}” isn’t a date; write it like 2026-10-01")

    def _order(self) -> str:
        """Return whether days or months come first in dates, by the days that are known; "" if unclear.

        The day on which a promise was raised can't change, so it shows how the spreadsheet writes days.
        """
        orders = {_DAY_FIRST, _MONTH_FIRST}
        for at in range(1, len(self.table)):
            row = self.by_number.get(self._cell(at, NUMBER) or "")
            said = self._cell(at, RAISED)
            if row and said:
                known = row.made.place.day
                orders = {it for it in orders if known in _days(said, it)} or orders
            for column in (REQUIRED, CLOSED_ON):
                if (said := self._cell(at, column)) and len(_days(said)) == 1:
                    orders = {it for it in orders if _days(said, it)} or orders
        return orders.pop() if len(orders) == 1 else ""


def _days(said: str, order: str = "") -> list[date]:
    """Return the days that a date in numbers may mean; without an `order`, either may come first."""
    if found := _BY_YEAR.fullmatch(said):
        return _valid(((int(found[1]), int(found[2]), int(found[3])),))
    found = _BY_SIGN.fullmatch(said)
    if not found:
        return []
    first, sign, second = int(found[1]), found[2], int(found[3])
    year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
    meant: Mapping[str, tuple[int, int, int]] = {
        _DAY_FIRST: (year, second, first),
        _MONTH_FIRST: (year, first, second),
    }
    if sign == ".":
        order = _DAY_FIRST
    return _valid([meant[order]] if order else [*meant.values()])


def _valid(numbers: Iterable[tuple[int, int, int]]) -> list[date]:
    def days() -> Iterator[date]:
        for year, month, day in numbers:
            try:
                yield date(year, month, day)
            except ValueError:
                continue

    return list(dict.fromkeys(days()))
