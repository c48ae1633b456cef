"""The improvement register: its rows, and what is read from a table that a spreadsheet saved again."""

import csv
import re
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.customers.loop import CustomerNote, loops
from journal_tui.customers.register import (
    COLUMNS,
    FIELDS,
    Improvement,
    cell_name,
    improvements,
    read_register,
    register_csv,
    register_markdown,
)
from journal_tui.customers.visit_reader import read_visit
from journal_tui.entry.entry import Entry
from journal_tui.errors import UsageError
from journal_tui.period import parse_period

TEXT = """\
# Service review

#customer/lab

## Frustrations with applications and services

- "Nobody tells us how long" #estimates
  - [x] Tickets carry an estimate @priya due:2026-10-01 done:2026-09-24
- =HYPERLINK("x")
  - [ ] +1 for a door due:2026-12-11
  - [-] A wall dropped:2026-10-02 – too dear

## What we will improve

- [ ] A list waiting:@ann
"""
HEAD = "#customer/lab\n\n## What we will improve\n"
LATER = "# Visit\n\n#customer/depot\n\n## Frustrations\n\n- Slow\n  - [ ] Cable; thick, black due:2026-11-05\n"


def rows(texts: dict[str, str] | None = None) -> list[Improvement]:
    notes = []
    for day, text in (texts or {"2026-09-12": TEXT, "2026-10-13": LATER}).items():
        entry = Entry(date.fromisoformat(day), text)
        visit = read_visit(entry, "service-review")
        notes.append(CustomerNote(entry.day, f"{day}-service-review.md", visit))
    return improvements(loops(notes))


NUMBERS = [row.number for row in rows()]


def table(edit: Callable[[list[dict[str, str]]], None] | None = None) -> list[dict[str, str]]:
    """The rows of the register by their columns, edited."""
    found = list(csv.DictReader(StringIO(register_csv(rows(), str))))
    if edit:
        edit(found)
    return found


def saved(
    found: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS, delimiter: str = ","
) -> bytes:
    """The bytes of a register as a spreadsheet saves it."""
    out = StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue().encode()


def changes(data: bytes) -> list[str]:
    reading = read_register(data, rows())
    assert reading.faults == ()
    return [f"{change.improvement.number}: {change}" for change in reading.changes]


def faults(data: bytes) -> list[str]:
    reading = read_register(data, rows())
    assert reading.changes == ()
    return [f"{fault.cell}: {fault.why}" for fault in reading.faults]


def test_the_fields_are_those_of_itil() -> None:
    assert len(FIELDS) == 11 and COLUMNS[:11] == FIELDS
    found = table()
    assert [row["number"] for row in found] == NUMBERS
    assert all(re.fullmatch("202609(12)-[b-z]{4}", number) for number in NUMBERS[:4])
    first = found[0]
    assert first["date raised"] == "2026-09-12" and first["raised by"] == "lab"
    assert first["description"].startswith("Tickets carry an estimate")
    assert first["justification"] == '"Nobody tells us how long" #estimates'
    assert (first["actioned by"], first["required by"]) == ("priya", "2026-10-01")
    assert (first["state"], first["closed on"]) == ("done", "2026-09-24")
    # What isn't written is empty.
    assert {first[name] for name in ("size", "timescale", "priority", "measure")} == {""}
    assert found[2]["state"] == "dropped" and found[2]["reason"] == "too dear"
    assert found[3]["justification"] == "" and found[3]["state"] == "waiting"


def test_a_number_stays_while_a_promise_is_settled_and_others_are_added() -> None:
    def numbers(*items: str) -> list[str]:
        return [row.number for row in rows({"2026-09-12": "\n".join([HEAD, *items, ""])})]

    [number] = numbers("- [ ] A cable")
    for settled in (
        "- [x] A cable done:2026-10-01",
        "- [-] A cable dropped:2026-10-02 – far too dear",
        "- [-] A cable – dear",
        "- [ ] A cable @ann due:2026-12-01 #network",
        "- [/] a cable waiting:@bob",
        "- [ ] A cable\n  - told 2026-11-01",
    ):
        assert numbers(settled) == [number], settled
    assert numbers("- [ ] Before it", "- [ ] A cable")[1] == number
    # Two with the same words on a day have different numbers.
    assert numbers("- [ ] A cable", "- [x] A cable") == [number, f"{number}-2"]
    assert numbers("- [ ] Another cable") != [number]


def test_a_register_of_before_is_read_after_others_were_added_and_settled() -> None:
    def listed(*items: str) -> list[Improvement]:
        return rows({"2026-09-12": "\n".join([HEAD, *items, ""])})

    found = list(
        csv.DictReader(StringIO(register_csv(listed("- [ ] A cable", "- [ ] A door"), str)))
    )
    found[1]["state"] = "done"
    now = listed("- [ ] New", "- [-] A cable – dear", "- [ ] A door")
    reading = read_register(saved(found), now)
    assert reading.faults == ()
    # What the old register says of the cable is in the plan, too, and is shown before anything changes.
    assert [(it.improvement.made.promise.text, str(it)) for it in reading.changes] == [
        ("A cable – dear", "dropped → open, without a reason"),
        ("A door", "open → done"),
    ]


def test_no_cell_is_a_formula() -> None:
    text = register_csv(rows(), str)
    for row in csv.reader(StringIO(text)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert changes(text.encode()) == []


def test_markdown_has_the_same_rows() -> None:
    text = register_markdown(rows(), str)
    assert text.count("\n") == 2 + 5 and text.startswith("| number | date raised | size |")
    assert f"| {NUMBERS[4]} | 2026-10-13 |" in text


def test_a_period_has_the_promises_made_in_it_with_the_same_numbers() -> None:
    today = date(2026, 11, 20)
    entry = Entry(date(2026, 9, 12), TEXT)
    later = Entry(date(2026, 10, 13), LATER)
    notes = [
        CustomerNote(it.day, "x.md", read_visit(it, "service-review")) for it in (entry, later)
    ]
    found = loops(notes)
    october = improvements(found, parse_period("2026-10", today))
    assert [one.number for one in october] == [NUMBERS[4]]
    assert len(improvements(found, parse_period("2026-09", today))) == 4
    assert improvements(found, parse_period("2026-08", today)) == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "form", ["{2}/{1}/{0}", "{1}/{2}/{0}", "{2}.{1}.{0}", "{0}/{1}/{2}", "{2}-{1}-{0}"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_a_spreadsheet_saved_again_changes_nothing(
    delimiter: str, form: str, encoding: str
) -> None:
    found = table()
    for row in found:
        for column in ("date raised", "required by", "closed on"):
            if row[column]:
                row[column] = form.format(*row[column].split("-"))
    data = saved(found, tuple(reversed(COLUMNS)), delimiter).decode().encode(encoding)
    assert changes(data) == []


def test_days_and_states_are_read_back() -> None:
    def edit(found: list[dict[str, str]]) -> None:
        found[0] |= {"state": "Open", "closed on": "", "required by": "2027-01-15"}
        found[1] |= {"required by": ""}
        found[2] |= {"reason": "far too dear"}
        found[3] |= {"state": "completed", "closed on": "2026-11-02"}
        found[4] |= {"state": "rejected", "reason": "no money"}

    assert changes(saved(table(edit))) == [
        f"{NUMBERS[0]}: due 2026-10-01 → 2027-01-15, done on 2026-09-24 → open",
        f"{NUMBERS[1]}: due 2026-12-11 → without a date",
        f"{NUMBERS[2]}: reason: far too dear",
        f"{NUMBERS[3]}: waiting → done on 2026-11-02",
        f"{NUMBERS[4]}: open → dropped, reason: no money",
    ]


def test_a_state_alone_opens_what_was_done() -> None:
    def edit(found: list[dict[str, str]]) -> None:
        found[0]["state"] = "open"
        found[2]["state"] = "in progress"

    assert changes(saved(table(edit))) == [
        f"{NUMBERS[0]}: done on 2026-09-24 → open",
        f"{NUMBERS[2]}: dropped on 2026-10-02 → open, without a reason",
    ]


def test_the_days_on_which_promises_were_made_say_which_number_is_the_month() -> None:
    def edit(month_first: bool) -> Callable[[list[dict[str, str]]], None]:
        def change(found: list[dict[str, str]]) -> None:
            for row in found:
                year, month, day = row["date raised"].split("-")
                row["date raised"] = (
                    f"{month}/{day}/{year}" if month_first else f"{day}/{month}/{year}"
                )
            found[1]["required by"] = "01/10/2026"

        return change

    assert changes(saved(table(edit(False))))[0].endswith("due 2026-12-11 → 2026-10-01")
    assert changes(saved(table(edit(True))))[0].endswith("due 2026-12-11 → 2026-01-10")
    # Without them, nobody knows.
    only = tuple(name for name in COLUMNS if name != "date raised")
    found = table()
    found[1]["required by"] = "01/10/2026"
    assert faults(saved(found, only)) == [
        "J3: required by “01/10/2026” may be two days; write it like 2026-10-01"
    ]


@pytest.mark.parametrize(
    ("row", "column", "value", "cell", "why"),
    [
        (1, "required by", "soon", "K3", "“soon” isn’t a date; write it like 2026-10-01"),
        (1, "required by", "2026-02-30", "K3", "“2026-02-30” isn’t a date"),
        (1, "required by", "\x1b[31m", "K3", "“␛[31m” isn’t a date"),
        (0, "required by", "2026-12-01", "K2", "can’t change, because the state is done"),
        (1, "state", "perhaps", "L3", "“perhaps” isn’t open, waiting, done or dropped"),
        (0, "state", "", "L2", "is empty; write open, waiting, done or dropped"),
        (1, "state", "waiting", "L3", "set whom it waits for"),
        (3, "state", "open", "L5", "is waiting; change whom"),
        (1, "closed on", "2026-11-01", "M3", "has a day, but the state is open"),
        (0, "closed on", "2026-09-01", "M2", "is before it was raised on 2026-09-12"),
        (0, "closed on", "", "M2", "is empty; to open it again, set the state to open"),
        (1, "reason", "no money", "N3", "is only for dropped promises, but the state is open"),
        (1, "description", "Another door", "E3", f"isn’t the text of {NUMBERS[1]}"),
        (1, "number", NUMBERS[0], "A3", "is also in row 2"),
        (1, "number", "7", "A3", "“7” isn’t the number of a promise"),
        (1, "number", "", "A3", "is empty; write a new promise into an entry"),
        (1, "date raised", "2026-09-13", "B3", "isn’t 2026-09-12, which is the day of the entry"),
        (1, "date raised", "", "B3", "is empty"),
    ],
)  # fmt: skip
def test_the_cell_that_cannot_be_read_is_named(
    row: int, column: str, value: str, cell: str, why: str
) -> None:
    found = table()
    found[row] = {**found[row], column: value}
    if (row, column, value) == (1, "number", NUMBERS[0]):
        found[row]["description"] = found[0]["description"]
        found[row] = {**found[0]}
    [said] = faults(saved(found))
    assert said.startswith(f"{cell}: {column} ") and why in said


def test_other_columns_are_left_and_named() -> None:
    found = table()
    found[0] |= {"priority": "1", "actioned by": "tomas", "raised by": "somebody"}
    found[1] |= {"priority": "2"}
    reading = read_register(saved(found), rows())
    assert reading.changes == () and reading.faults == ()
    assert reading.ignored == ("priority", "actioned by")


def test_columns_and_rows_may_be_missing_or_added() -> None:
    found = table()
    found[4] = {**found[4], "state": "done"}
    data = saved([{}, *found[2:], {}], ("state", "number"))
    assert changes(data) == [f"{NUMBERS[4]}: open → done"]
    data = f"sep=;\r\nState ;NUMBER;mine\r\ndone;{NUMBERS[4]};x\r\n".encode()
    assert changes(data) == [f"{NUMBERS[4]}: open → done"]


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"a,b\n1,2\n", b"number;x;y", b"\xff\xfe", b"state\ndone\n"]
)
def test_what_is_not_a_register_is_refused(data: bytes) -> None:
    if data == b"number;x;y":
        assert changes(data) == []
        return
    with pytest.raises(
        UsageError, match="This isn’t a register: its first row has no column “number”"
    ):
        read_register(data, rows())


def test_another_encoding_is_refused() -> None:
    with pytest.raises(UsageError, match="isn’t UTF-8 text"):
        read_register("number,state\n1,é\n".encode("latin-1"), rows())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        reading = read_register(b"number,state,required by\n" + data, rows())
    except UsageError:
        return
    known = {row.number for row in rows()}
    assert all(change.improvement.number in known for change in reading.changes)


@given(
    st.lists(st.tuples(st.integers(0, 4), st.dates(date(2026, 10, 14), date(2030, 1, 1)))),
    st.sampled_from([",", ";", "\t"]),
    st.permutations(COLUMNS),
    st.booleans(),
)
def test_every_due_date_comes_back(
    edits: list[tuple[int, date]], delimiter: str, columns: list[str], day_first: bool
) -> None:
    """What is read is what was written, in any order of columns and either order of days."""
    wanted: dict[str, date] = {}
    found = table()
    for at, due in edits:
        if found[at]["state"] in ("open", "waiting"):
            found[at]["required by"] = due.isoformat()
            wanted[found[at]["number"]] = due
    for row in found:
        for column in ("date raised", "required by", "closed on"):
            if row[column]:
                year, month, day = row[column].split("-")
                row[column] = f"{day}/{month}/{year}" if day_first else f"{month}/{day}/{year}"
    reading = read_register(saved(found, tuple(columns), delimiter), rows())
    due_before = {row.number: row.made.promise.due for row in rows()}
    assert reading.faults == ()
    assert {change.improvement.number: change.due for change in reading.changes} == {
        number: due for number, due in wanted.items() if due != due_before[number]
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["[ ]", "[x]", "[-]", "[/]", "TODO"]),
            st.text(max_size=40),
            st.sampled_from(
                [
                    "",
                    " due:2026-12-01",
                    " done:2026-01-01",
                    " dropped:2026-10-01 – dear",
                    " @ann",
                    ' re:"x"',
                ]
            ),
        ),
        max_size=6,
    ),
    st.sampled_from(["", "=", "'=", "''-", "@", "\t+"]),
)
def test_whatever_is_promised_comes_back_unchanged(
    promises: list[tuple[str, str, str]], sign: str
) -> None:
    items = "".join(
        f"- {box} {sign}{' '.join(words.split())}{marks}\n" for box, words, marks in promises
    )
    found = rows({"2026-09-12": f"#customer/lab\n\n## What we will improve\n\n{items}"})
    reading = read_register(register_csv(found, str).encode(), found)
    assert (reading.changes, reading.faults, reading.ignored) == ((), (), ())


def test_cells_are_named_as_spreadsheets_do() -> None:
    assert [cell_name(0, 0), cell_name(6, 25), cell_name(9, 26), cell_name(1, 701)] == [
        "A1", "Z7", "AA10", "ZZ2",
    ]  # fmt: skip
