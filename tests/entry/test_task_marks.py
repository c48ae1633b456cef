"""The marks of a follow-up: whom it waits for, since when, when it was closed, and why."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.task_marks import marks_in, without_marks
from tests.entry.invariants import DAY, read

MONDAY = date(2014, 9, 29)


@pytest.mark.parametrize(
    ("item", "state", "waiting", "since", "shown"),
    [
        ("[ ] Ask Colm", "open", "", None, "Ask Colm"),
        ("[ ] Plan waiting:@ann", "waiting", "@ann", None, "Plan"),
        ("[ ] Plan waiting:@ann since:2014-10-01", "waiting", "@ann", date(2014, 10, 1), "Plan"),
        ("[ ] waiting:@ann Plan it", "waiting", "@ann", None, "Plan it"),
        ("[ ] Plan waiting:@ann, by friday", "waiting", "@ann", None, "Plan, by friday"),
        ("[ ] Plan (waiting:@o'brien) soon", "waiting", "@o'brien", None, "Plan soon"),
        ("[ ] Plan [waiting:: @jean-luc]", "waiting", "@jean-luc", None, "Plan"),
        ("[ ] Plan waiting:@ann,@bob", "waiting", "@ann,@bob", None, "Plan"),
        ("[ ] Plan waiting:@ann waiting:@bob", "waiting", "@ann,@bob", None, "Plan"),
        ("[ ] Plan Waiting:@ann since:yesterday", "waiting", "@ann", date(2014, 10, 5), "Plan"),
        ("[ ] Plan waiting:@ann due:2014-10-13", "waiting", "@ann", None, "Plan"),
        ("[/] Plan waiting:@ann", "waiting", "@ann", None, "Plan"),
        ("WAITING Plan since:2014-10-01", "waiting", "", date(2014, 10, 1), "Plan"),
        ("[ ] waiting:@ann", "waiting", "@ann", None, "waiting:@ann"),
        ("[ ] Moved since:2014-10-01", "open", "", None, "Moved since:2014-10-01"),
        ("[ ] Explain `waiting:@ann`", "open", "", None, "Explain `waiting:@ann`"),
        ("[ ] Read awaiting:@ann", "open", "", None, "Read awaiting:@ann"),
        ("[x] Plan done:2014-10-10", "done", "", date(2014, 10, 10), "Plan"),
        ("[x] Plan waiting:@ann done:2014-10-10", "done", "", date(2014, 10, 10), "Plan"),
        ("[x] Plan ✅ 2014-10-10", "done", "", date(2014, 10, 10), "Plan"),
        ("[x] Plan [completion:: 2014-10-10]", "done", "", date(2014, 10, 10), "Plan"),
        ("[x] Plan @done(2014-10-10 11:30)", "done", "", date(2014, 10, 10), "Plan"),
        ("DONE Plan CLOSED: [2014-10-10 Fri 11:30]", "done", "", date(2014, 10, 10), "Plan"),
        ("[x] Plan done:2014-10-09 done:2014-10-10", "done", "", date(2014, 10, 10), "Plan"),
        ("[x] Plan done:2014-13-10", "done", "", None, "Plan"),
        ("[ ] Plan done:2014-10-10", "open", "", None, "Plan done:2014-10-10"),
        ("[-] Plan ❌ 2014-10-10", "dropped", "", date(2014, 10, 10), "Plan"),
        ("[-] Plan dropped:2014-10-10 – late", "dropped", "", date(2014, 10, 10), "Plan – late"),
    ],
)
def test_a_mark_is_read_and_left_out_where_it_is_shown(
    item: str, state: str, waiting: str, since: date | None, shown: str
) -> None:
    (task,) = read(f"- {item}\n").tasks
    assert (task.state, task.waiting, task.since) == (state, waiting, since)
    assert without_marks(task.text, task.state) == shown


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("[-] Call Zoe dropped:2014-10-05 – she left ^a1b2", "she left"),
        ("[-] Call Zoe – she left", "she left"),
        ("[-] Call Zoe - she left", "she left"),
        ("[-] Call Zoe — north – she left", "she left"),
        ("[-] Call Zoe dropped:2014-10-10 – she left", "she left"),
        ("[-] Call – Zoe dropped:2014-10-10 – she left – for good", "she left – for good"),
        ("[-] Call Zoe – she left dropped:2014-10-10", "she left"),
        ("[-] Call Zoe", ""),
        ("[-] – she left", ""),
        ("[-] Call well-known Zoe", ""),
        ("[x] Call Zoe – she left", ""),
        ("[ ] Call Zoe – she left", ""),
        ("CANCELLED Call Zoe – she left", "she left"),
    ],
)
def test_a_dropped_follow_up_has_a_reason_after_a_dash(item: str, reason: str) -> None:
    assert [task.reason for task in read(f"- {item}\n").tasks] == [reason]


def test_what_is_nested_in_a_dropped_follow_up_is_no_reason() -> None:
    assert read("- [-] Call Zoe\n  - she left\n").tasks[0].reason == ""


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("[ ] Plan waiting:ann.", "waiting:ann isn't a person; write waiting:@ann"),
        (
            "[ ] Plan waiting:@ann since:mnoday",
            "“mnoday” isn't a date; write since:2014-10-06",
        ),
    ],
)
def test_a_mark_that_is_not_read_is_reported(item: str, sentence: str) -> None:
    entry = read(f"# Title\n\n- {item}\n")
    assert [tuple(problem) for problem in entry.problems] == [(3, sentence)]


def test_a_person_whom_a_follow_up_waits_for_is_mentioned() -> None:
    assert read("- [ ] Plan waiting:@ann,@bob\n").people == ("ann", "bob")


PIECES = st.sampled_from(
    ["waiting:", "since:", "done:", "@ann", ",", " ", "(", ")", "[", "]", "2014-10-06", "✅", "@done(",
     "é", "`", "monday", ":", "CLOSED: ", "\n", "x"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_marks_are_apart_and_in_order(text: str) -> None:
    position = 0
    for mark in marks_in(text):
        assert position <= mark.start <= mark.value_start <= mark.value_end <= mark.end <= len(text)
        assert text[mark.value_start : mark.value_end] == mark.value
        position = mark.end
    for state in ("open", "waiting", "done", "dropped"):
        shown = without_marks(text, state)
        assert shown == text or len(shown) < len(text)
    read(f"- [ ] {text}")


def test_many_marks_are_read_in_linear_time() -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        list(marks_in(text))
        without_marks(text, "waiting")
        return time.process_time() - start

    for piece in (
        "waiting:@ann,",
        "waiting: ",
        "since:x ",
        "(done:2014-10-06 ",
        "@done(2014-10-06",
        "[CLOSED: [2014-10-06 ",
    ):
        short, long = piece * 1_000, piece * 8_000
        seconds(short)
        assert min(seconds(long) for _ in range(3)) < 30 * max(
            0.002, min(seconds(short) for _ in range(3))
        )


def test_the_day_of_the_entry_counts_for_words() -> None:
    (task,) = read("- [ ] Plan waiting:@ann since:last-monday\n").tasks
    assert (DAY.weekday(), task.since) == (0, MONDAY)
