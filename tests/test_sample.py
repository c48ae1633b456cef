"""The sample journal is the first thing one sees: it is what the README says it is."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from journal_tui.customers.loop import CustomerNote, loops
from journal_tui.customers.visit_reader import read_visit
from journal_tui.entry.entry import Entry
from journal_tui.library.naming import parse

FOLDER = Path(__file__).parents[1] / "entries"
FILES = sorted(FOLDER.glob("*/*.md"))


def entry_of(path: Path) -> Entry:
    parsed = parse(path.name)
    assert parsed is not None
    return Entry(parsed.day, path.read_text("utf-8"))


DAYS = [entry_of(path) for path in FILES if len(path.stem) == 10]
NOTES = [entry_of(path) for path in FILES if len(path.stem) > 10]


def prose_words(entry: Entry) -> int:
    body = entry.text.partition("\n")[2]
    return len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", body))


def test_there_are_enough_days_and_reviews() -> None:
    assert len(DAYS) >= 150
    assert len(NOTES) >= 8
    span = max(day.day for day in DAYS) - min(day.day for day in DAYS)
    assert 500 <= span.days <= 600
    customers = {tag for note in NOTES for tag in note.tags if tag.startswith("customer/")}
    assert customers == {"customer/lab", "customer/depot", "customer/schools", "customer/harbour"}


@pytest.mark.parametrize("entry", DAYS, ids=lambda entry: str(entry.day))
def test_each_day_is_canonical(entry: Entry) -> None:
    assert entry.day.weekday() < 5
    assert entry.number is not None
    assert 60 <= prose_words(entry) <= 250
    assert 2 <= len(entry.points) <= 5
    assert entry.problems == ()
    assert entry.text.endswith("\n")
    assert not entry.text.endswith("\n\n")
    if entry.rating:
        assert entry.rating.remark


def test_no_two_days_are_alike() -> None:
    paragraphs = Counter(
        line
        for entry in DAYS
        for line in entry.text.splitlines()
        if len(line) > 25 and line[0] != "#"
    )
    assert [line for line, count in paragraphs.items() if count > 1] == []


def test_ratings_use_the_whole_scale_and_some_days_have_none() -> None:
    values = [entry.rating.value for entry in DAYS if entry.rating]
    assert min(values) <= 1
    assert max(values) >= 9.5
    assert {2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0} <= set(values)
    assert 3 <= len(DAYS) - len(values) <= 20


def test_tags_and_people_are_used_again_and_again() -> None:
    tags = Counter(tag for entry in DAYS + NOTES for tag in entry.tags)
    people = Counter(name for entry in DAYS + NOTES for name in entry.people)
    assert [tag for tag, count in tags.items() if count < 2] == []
    assert [name for name, count in people.items() if count < 2] == []
    assert all(tag == tag.lower() for tag in tags)


def test_follow_ups_are_open_and_done() -> None:
    tasks = [(entry.day, task) for entry in DAYS + NOTES for task in entry.tasks]
    done = sum(task.is_closed for _, task in tasks)
    assert done >= 50
    assert len(tasks) - done >= 20
    assert all(task.due is None or task.due >= day for day, task in tasks)
    assert any(task.due and task.due > date(2026, 11, 20) for _, task in tasks)


def test_the_customers_show_the_whole_loop() -> None:
    """Checked by hand against the fourteen notes; the numbers are those of the items in them."""
    read = [
        CustomerNote(entry.day, path.name, read_visit(entry, path.stem[11:]))
        for path, entry in zip((path for path in FILES if len(path.stem) > 10), NOTES, strict=True)
    ]
    assert all(note.visit.is_visit and not note.visit.problems for note in read)
    found = loops(read)
    stages = Counter(loop.stage for loop in found if loop.is_feedback)
    assert stages == {
        "said": 26, "promised": 9, "done": 3, "told": 15, "confirmed": 7, "reopened": 6, "refused": 1,
    }  # fmt: skip
    assert sum(stages.values()) == sum(len(note.feedback) for note in NOTES)
    [refused] = [loop for loop in found if loop.stage == "refused"]
    reason = "a dozen calls a quarter, and the on-call phone is quicker"
    assert [made.promise.reason for made in refused.promises] == [reason]
    never_told = [loop.text for loop in found if loop.stage == "done" and loop.is_feedback]
    assert any("Tickets are closed while the bench" in text for text in never_told)
    # What was said three times was reopened twice, and the third time it was put right.
    nights = [loop for loop in found if "oncall" in loop.themes]
    assert [loop.stage for loop in nights] == ["reopened", "reopened", "told"]
    assert {loop.customers for loop in found} == {("lab",), ("depot",), ("schools",), ("harbour",)}
    last = max(note.day for note in read)
    marks = (day for loop in found for day in (loop.told, loop.confirmed, loop.closed))
    assert all(day <= date(2026, 11, 20) for day in marks if day) and last <= date(2026, 11, 20)
