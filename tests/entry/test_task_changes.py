"""Changes of one follow-up: each is the smallest edit of its line, and changes nothing else."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry import task_changes
from journal_tui.entry.edit import TextEdit, apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.model import Task
from journal_tui.entry.vocabulary import Vocabulary
from journal_tui.errors import EntryError
from tests.entry.invariants import DAY, assert_consistent, read

LATER = date(2014, 10, 20)
FRIDAY = date(2014, 11, 28)
Change = Callable[[Entry, Task], list[TextEdit]]


def changed(text: str, change: Change) -> str:
    """Return a text after a change of its first follow-up."""
    entry = read(text)
    return apply(text, change(entry, entry.tasks[0]))


@pytest.mark.parametrize(
    ("before", "same_day", "later"),
    [
        ("- [ ] a", "- [x] a", "- [x] a done:2014-10-20"),
        ("- [/] a\r\n", "- [x] a\r\n", "- [x] a done:2014-10-20\r\n"),
        ("- [ ] a  \nb", "- [x] a  \nb", "- [x] a  \nb done:2014-10-20"),
        ("- [ ] a ^abc1\n", "- [x] a ^abc1\n", "- [x] a done:2014-10-20 ^abc1\n"),
        ("1. [ ] a\n   - b\n", "1. [x] a\n   - b\n", "1. [x] a done:2014-10-20\n   - b\n"),
        ("> * [ ] a\n", "> * [x] a\n", "> * [x] a done:2014-10-20\n"),
        ("- TODO a\n", "- DONE a\n", "- DONE a done:2014-10-20\n"),
        ("- WAITING a\n", "- DONE a\n", "- DONE a done:2014-10-20\n"),
        ("- [-] a\n", "- [x] a\n", "- [x] a done:2014-10-20\n"),
        ("- [-] a ❌ 2014-10-10\n", "- [x] a\n", "- [x] a done:2014-10-20\n"),
        ("- [ ] a\n- [ ] b\n", "- [x] a\n- [ ] b\n", "- [x] a done:2014-10-20\n- [ ] b\n"),
        ("- [ ] a\n\n  more\n", "- [x] a\n\n  more\n", "- [x] a done:2014-10-20\n\n  more\n"),
        ("- [x] a\n", "- [x] a\n", "- [x] a\n"),
    ],
)
def test_a_follow_up_is_done(before: str, same_day: str, later: str) -> None:
    assert changed(before, lambda e, t: task_changes.close(e, t, DAY)) == same_day
    assert changed(before, lambda e, t: task_changes.close(e, t, LATER)) == later


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [x] a", "- [ ] a"),
        ("- [x] a done:2014-10-20\n", "- [ ] a\n"),
        ("- [x] done:2014-10-20 a\n", "- [ ] a\n"),
        ("- [x] a ✅ 2014-10-20 b\n", "- [ ] a b\n"),
        ("- [-] a dropped:2014-10-20 – why\n", "- [ ] a\n"),
        ("- [-] a – b dropped:2014-10-20 – why not – so ^id\n  - c\n", "- [ ] a – b ^id\n  - c\n"),
        (
            "- [-] a due:friday dropped:2014-10-20 – why\r\n\r\n  b\r\n",
            "- [ ] a due:friday\r\n\r\n  b\r\n",
        ),
        # These words may be the follow-up's own.
        ("- [-] a – why\n", "- [ ] a – why\n"),
        ("- [-] dropped:2014-10-20 a – why\n", "- [ ] a – why\n"),
        ("- [x] a done:2014-10-20 – why\n", "- [ ] a – why\n"),
        ("- DONE a [completion:: 2014-10-20]\n", "- TODO a\n"),
        ("- [X] a (done:2014-10-20)\n", "- [ ] a\n"),
        ("- [ ] a\n", "- [ ] a\n"),
    ],
)
def test_a_follow_up_is_open_again(before: str, after: str) -> None:
    assert changed(before, task_changes.reopen) == after


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        ("- [ ] a\n- [X] b\n- c", 1, "- [x] a done:2014-10-20\n- [X] b\n- c"),
        ("- [ ] a\n- [X] b\n- c", 2, "- [ ] a\n- [ ] b\n- c"),
        ("- [x] a done:2014-10-09\n", 1, "- [ ] a\n"),
        ("- [-] a dropped:2014-10-09 – why\n", 1, "- [ ] a\n"),
        ("- [ ] a due:friday\n", 1, "- [x] a due:friday done:2014-10-20\n"),
    ],
)
def test_the_follow_up_of_a_line_is_ticked_or_opened_as_the_list_does_it(
    before: str, line: int, after: str
) -> None:
    entry = read(before)
    assert apply(before, task_changes.toggle(entry, line, LATER)) == after
    task = next(one for one in entry.tasks if one.line == line)
    listed = (
        task_changes.reopen(entry, task)
        if task.is_closed
        else task_changes.close(entry, task, LATER)
    )
    assert apply(before, listed) == after


@pytest.mark.parametrize("line", [0, 3, 9])
def test_a_line_without_a_follow_up_cannot_be_ticked(line: int) -> None:
    with pytest.raises(EntryError, match="no follow-up"):
        task_changes.toggle(read("- [ ] a\n- [X] b\n- c"), line, DAY)


@pytest.mark.parametrize(
    ("before", "reason", "after"),
    [
        ("- [ ] a\n", "no longer  needed", "- [-] a dropped:2014-10-06 – no longer needed\n"),
        ("- [ ] a due:2014-10-13\n", "b", "- [-] a due:2014-10-13 dropped:2014-10-06 – b\n"),
        ("- [ ] a\n", "", "- [-] a\n"),
        ("- [x] a done:2014-10-06\n", "b", "- [-] a dropped:2014-10-06 – b\n"),
        ("- TODO a\n", "b", "- CANCELLED a dropped:2014-10-06 – b\n"),
        ("- [ ] a – b\n  - c\n", "d", "- [-] a – b dropped:2014-10-06 – d\n  - c\n"),
        ("- [ ] a\n", "b – not c", "- [-] a dropped:2014-10-06 – b – not c\n"),
    ],
)
def test_a_follow_up_is_dropped_with_a_reason(before: str, reason: str, after: str) -> None:
    assert changed(before, lambda e, t: task_changes.drop(e, t, reason, DAY)) == after
    (first, *_) = read(after).tasks
    assert first.state == "dropped" and first.reason == " ".join(reason.split())


@pytest.mark.parametrize("today", [DAY, LATER])
@pytest.mark.parametrize("text", ["- [ ] a\n", "- [ ] a – b ^x\n  - c\n", "- TODO a\n\n  b\n"])
def test_opening_again_takes_back_what_dropping_wrote(text: str, today: date) -> None:
    dropped = changed(text, lambda e, t: task_changes.drop(e, t, "no longer – so", today))
    assert dropped != text and changed(dropped, task_changes.reopen) == text


def test_the_day_of_dropping_is_written_before_the_reason() -> None:
    after = changed("- [ ] a\n", lambda e, t: task_changes.drop(e, t, "b", LATER))
    assert after == "- [-] a dropped:2014-10-20 – b\n"


@pytest.mark.parametrize(
    "reason", ["due:friday", "`", "ok\0", "see – waiting:@ann", "(due 3 March)"]
)
def test_a_reason_changes_nothing_else(reason: str) -> None:
    try:
        after = changed("- [ ] a `b\n", lambda e, t: task_changes.drop(e, t, reason, DAY))
    except EntryError:
        return
    assert read(after).tasks[0].due is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [ ] a\n", "- [ ] a due:2014-11-28\n"),
        ("- [ ] a due:2014-10-13 b\n", "- [ ] a due:2014-11-28 b\n"),
        ("- [ ] a due:friday\n", "- [ ] a due:2014-11-28\n"),
        ("- [ ] a 📅 2014-10-13\n", "- [ ] a 📅 2014-11-28\n"),
        ("- [ ] a [due:: 2014-10-13]\n", "- [ ] a [due:: 2014-11-28]\n"),
        ("- [ ] a (due 3 March)\n", "- [ ] a due:2014-11-28\n"),
        ("- [ ] a DEADLINE: <2014-10-13 Mon>\n", "- [ ] a due:2014-11-28\n"),
        ("- [ ] a due:2014-10-13 15:00\n", "- [ ] a due:2014-11-28 15:00\n"),
        ("- [ ] a due:2014-10-13\n  more\n", "- [ ] a due:2014-11-28\n  more\n"),
        ("- [ ] a\n\n  due:friday\n", "- [ ] a\n\n  due:2014-11-28\n"),
        ("- [ ] a due:2014-10-13 due:2014-10-14\n", "- [ ] a due:2014-10-13 due:2014-11-28\n"),
        (
            "- [ ] a\n  - [ ] b due:2014-10-13\n",
            "- [ ] a due:2014-11-28\n  - [ ] b due:2014-10-13\n",
        ),
        ("- [ ] a due:mnoday\n", "- [ ] a due:2014-11-28\n"),
        ("- [ ] a due:mnoday, b\n", "- [ ] a due:2014-11-28, b\n"),
        ("- [ ] a due:31 feb\n", "- [ ] a due:2014-11-28\n"),
        ("- [ ] a due:feb 31 at the depot\n", "- [ ] a due:2014-11-28 at the depot\n"),
        ("- [ ] a due:31 feb 15:00 b\n", "- [ ] a due:2014-11-28 15:00 b\n"),
        ("- [ ] a due:31 feb due:2014-10-13\n", "- [ ] a due:2014-11-28\n"),
        ("- [ ] a due:31 feb due:2014-11-28\n", "- [ ] a due:2014-11-28\n"),
        ("- [ ] a due:2014-10-13 b due:mnoday c\n", "- [ ] a due:2014-11-28 b c\n"),
        ("- [ ] a due:31 feb due:mnoday\n", "- [ ] a due:2014-11-28\n"),
        ("- [ ] a 📅 2014-02-30\n", "- [ ] a 📅 2014-11-28\n"),
        ("- [ ] a [due:: 2014-02-30] b\n", "- [ ] a [due:: 2014-11-28] b\n"),
        ("- [ ] a [due:: mnoday] b\n", "- [ ] a due:2014-11-28 b\n"),
        ("- [ ] a (due 31 feb)\n", "- [ ] a due:2014-11-28\n"),
        ("- [ ] a due:[[2014-02-30]] b\n", "- [ ] a due:[[2014-11-28]] b\n"),
        # These words are perhaps not meant as a date.
        ("- [ ] see what is due: invoices\n", "- [ ] see what is due: invoices due:2014-11-28\n"),
        ("- [ ] a (due 31.2x, if we can)\n", "- [ ] a (due 31.2x, if we can) due:2014-11-28\n"),
        ("- [ ] a due friday\n", "- [ ] a due friday due:2014-11-28\n"),
        ("- [ ] a ^id\n", "- [ ] a due:2014-11-28 ^id\n"),
        ("- [ ] a due:2014-11-28\n", "- [ ] a due:2014-11-28\n"),
        ("- [ ] a ```\n", "- [ ] a ``` due:2014-11-28\n"),
    ],
)
def test_a_due_date_is_set_in_its_own_form(before: str, after: str) -> None:
    assert changed(before, lambda e, t: task_changes.set_due(e, t, FRIDAY)) == after
    assert read(after).tasks[0].due == FRIDAY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [ ] a due:2014-10-13\n", "- [ ] a\n"),
        ("- [ ] due:friday a\n", "- [ ] a\n"),
        ("- [ ] a 📅 2014-10-13 b\n", "- [ ] a b\n"),
        ("- [ ] a due:2014-10-13 due:2014-10-14\n", "- [ ] a\n"),
        ("- [ ] a due:2014-10-13 15:00\n", "- [ ] a 15:00\n"),
        ("- [ ] a\n", "- [ ] a\n"),
        ("- [ ] a due:31 feb b\n", "- [ ] a b\n"),
        ("- [ ] a due:2014-10-13 due:mnoday\n", "- [ ] a\n"),
        ("- [ ] due: invoices\n", "- [ ] due: invoices\n"),
    ],
)
def test_a_due_date_is_removed(before: str, after: str) -> None:
    assert changed(before, lambda e, t: task_changes.set_due(e, t, None)) == after


@pytest.mark.parametrize(
    ("before", "people", "same_day", "later"),
    [
        ("- [ ] a\n", "@ann", "- [ ] a waiting:@ann\n", "- [ ] a waiting:@ann since:2014-10-20\n"),
        (
            "- [ ] a waiting:@bob b\n", "@ann,@o'brien", "- [ ] a waiting:@ann,@o'brien b\n",
            "- [ ] a waiting:@ann,@o'brien since:2014-10-20 b\n",
        ),
        (
            "- [ ] a waiting:@bob since:2014-10-10\n", "@ann", "- [ ] a waiting:@ann\n",
            "- [ ] a waiting:@ann since:2014-10-20\n",
        ),
        ("- [ ] a [waiting:: @bob]\n", "@ann", "- [ ] a [waiting:: @ann]\n", "- [ ] a [waiting:: @ann] since:2014-10-20\n"),
        ("- WAITING a\n", "@ann", "- WAITING a waiting:@ann\n", "- WAITING a waiting:@ann since:2014-10-20\n"),
        ("- [ ] a waiting:@bob since:2014-10-10\n", "", "- [ ] a\n", "- [ ] a\n"),
        ("- [ ] a waiting:@bob waiting:@zoe\n", "", "- [ ] a\n", "- [ ] a\n"),
        ("- WAITING a\n", "", "- TODO a\n", "- TODO a\n"),
        ("- [ ] a waiting:@ann\n", "@ann", "- [ ] a waiting:@ann\n", "- [ ] a waiting:@ann\n"),
        ("- [ ] a waiting:@Ann,@bob\n", "@bob,@ann", "- [ ] a waiting:@Ann,@bob\n", "- [ ] a waiting:@Ann,@bob\n"),
        ("- [ ] a waiting:@ann,@bob\n", "@ann", "- [ ] a waiting:@ann\n", "- [ ] a waiting:@ann since:2014-10-20\n"),
    ],
)  # fmt: skip
def test_a_follow_up_waits_for_someone(before: str, people: str, same_day: str, later: str) -> None:
    assert changed(before, lambda e, t: task_changes.set_waiting(e, t, people, DAY)) == same_day
    assert changed(before, lambda e, t: task_changes.set_waiting(e, t, people, LATER)) == later


@pytest.mark.parametrize(
    ("words", "people"),
    [("ann", "@ann"), ("@ann, bob", "@ann,@bob"), (" ", ""), ("@jean-luc", "@jean-luc")],
)
def test_people_are_named_with_or_without_a_sign(words: str, people: str) -> None:
    assert task_changes.people_of(words) == people


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("Ann Smith", "Try @Ann-Smith."), ("@7", "can't be written as a person"), ("a(b", "can't")],
)
def test_what_is_no_name_is_refused(words: str, sentence: str) -> None:
    with pytest.raises(EntryError, match=sentence):
        task_changes.people_of(words)


@pytest.mark.parametrize(
    "change",
    [
        lambda e, t: task_changes.set_due(e, t, FRIDAY),
        lambda e, t: task_changes.set_waiting(e, t, "@ann", DAY),
    ],
)
def test_a_closed_follow_up_is_opened_first(change: Change) -> None:
    with pytest.raises(EntryError, match="Open it again first"):
        changed("- [x] a\n", change)


def test_an_item_without_a_box_gets_one() -> None:
    vocabulary = Vocabulary({"follow-up": ["Next steps"]})
    entry = Entry(DAY, "## Next steps\n\n- a\n- b\n", vocabulary)
    after = apply(entry.text, task_changes.close(entry, entry.tasks[1], DAY))
    assert after == "## Next steps\n\n- a\n- [x] b\n"


def test_a_follow_up_within_a_learning_point_is_changed() -> None:
    before = "## Learning points\n\n- a\n  - [ ] b\n"
    after = changed(before, lambda e, t: task_changes.close(e, t, LATER))
    assert after == "## Learning points\n\n- a\n  - [x] b done:2014-10-20\n"


LINES = st.sampled_from(
    [
        "- [ ] a", "- [x] b done:2014-10-09", "- [ ] c due:friday", "  - [ ] d waiting:@ann", "- e", "> - [ ] f",
        "- [ ] o due:31 feb 15:00", "- [ ] p due:mnoday, due:friday", "- [ ] q due: invoices",
        "", "text", "```", "## Learning points", "Enjoyment: 7", "- TODO g due:2014-10-13 h", "  more due:monday",
        "- [-] i – why", "- [-] r dropped:2014-10-20 – why", "\t- [ ] j 📅 2014-10-13 ^id", "- [ ] `k", "- [ ] l — m  ", "<!--", "1. [ ] n since:2014-10-01",
    ]
)  # fmt: skip
CHANGES: list[Change] = [
    lambda e, t: task_changes.close(e, t, DAY),
    lambda e, t: task_changes.close(e, t, LATER),
    task_changes.reopen,
    lambda e, t: task_changes.drop(e, t, "why not", LATER),
    lambda e, t: task_changes.set_due(e, t, FRIDAY),
    lambda e, t: task_changes.set_due(e, t, None),
    lambda e, t: task_changes.set_waiting(e, t, "@zoe", LATER),
    lambda e, t: task_changes.set_waiting(e, t, "", LATER),
]


@given(
    st.lists(LINES, max_size=9),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(CHANGES),
    st.data(),
)
def test_a_change_leaves_everything_else_as_it_is(
    lines: list[str], ending: str, change: Change, data: st.DataObject
) -> None:
    entry = read(ending.join(lines))
    if not entry.tasks:
        return
    task = data.draw(st.sampled_from(entry.tasks))
    try:
        edits = change(entry, task)
    except EntryError:
        return
    after = read(apply(entry.text, edits))
    assert_consistent(after)
    assert len(after.tasks) == len(entry.tasks)
    kept = [(t.text, t.state, t.due, t.waiting) for t in entry.tasks if t.line != task.line]
    assert kept == [(t.text, t.state, t.due, t.waiting) for t in after.tasks if t.line != task.line]
    around = [p.start <= task.start < p.end for p in entry.points]
    assert [p.line for p in entry.points] == [p.line for p in after.points]
    for was, now, is_around in zip(entry.points, after.points, around, strict=True):
        assert is_around or was.text == now.text
    assert entry.rating == after.rating
    before_lines, after_lines = (one.text.split(ending) for one in (entry, after))
    assert len(before_lines) == len(after_lines)
    assert all(task.start <= edit.start <= edit.end <= task.end for edit in edits)
    # Doing it again changes nothing more, or is refused.
    again = next(one for one in after.tasks if one.line == task.line)
    try:
        assert change(after, again) == []
    except EntryError:
        pass
