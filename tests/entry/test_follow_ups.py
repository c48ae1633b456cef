"""The list of follow-ups: groups, order within them, and finding one again in its entry."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.entry import Entry
from journal_tui.entry.follow_ups import GROUPS, FollowUp, find_again, group_of, grouped
from journal_tui.errors import EntryError

# A Wednesday.
TODAY = date(2014, 10, 8)


def one(
    state: str = "open", due: date | None = None, day: date = TODAY, said: str = "a", **more: date
) -> FollowUp:
    """Return a follow-up of an entry."""
    return FollowUp(f"{day}.md", day, "", 1, said, state, due, **more)


@pytest.mark.parametrize(
    ("state", "due", "group"),
    [
        ("open", date(2014, 10, 7), "Late"),
        ("open", date(1, 1, 1), "Late"),
        ("open", TODAY, "This week"),
        ("open", date(2014, 10, 12), "This week"),
        ("open", date(2014, 10, 13), "Later"),
        ("open", date(9999, 12, 31), "Later"),
        ("open", None, "Without a date"),
        ("waiting", None, "Waiting"),
        ("waiting", date(2014, 10, 9), "Waiting"),
        ("waiting", date(2014, 10, 7), "Late"),
        ("done", date(2014, 10, 7), "Done lately"),
        ("dropped", None, "Done lately"),
    ],
)
def test_a_follow_up_has_one_group(state: str, due: date | None, group: str) -> None:
    assert group_of(one(state, due), TODAY) == group


@pytest.mark.parametrize("today", [date.min, date.max, date(9999, 12, 27)])
def test_the_ends_of_the_calendar_have_groups(today: date) -> None:
    dues = (date.min, date.max, None)
    assert sum(len(group.follow_ups) for group in grouped([one(due=d) for d in dues], today)) == 3


def test_each_group_begins_with_what_matters_most() -> None:
    days = [date(2014, 9, 1) + timedelta(n) for n in (5, 1, 9)]
    for state, more, expected in (
        ("open", {}, [9, 5, 1]),
        ("waiting", {}, [1, 5, 9]),
        ("done", {}, [9, 5, 1]),
    ):
        (group,) = grouped([one(state, day=day, **more) for day in days], TODAY)
        assert [(f.day - date(2014, 9, 1)).days for f in group.follow_ups] == expected, state
    (group,) = grouped([one(due=day) for day in days], TODAY)
    assert [f.due for f in group.follow_ups] == sorted(days)
    since = [one("waiting", day=days[0], since=date(2014, 10, 1)), one("waiting", day=days[2])]
    assert grouped(since, TODAY)[0].follow_ups[0].day == days[2]


FOLLOW_UPS = st.builds(
    one,
    st.sampled_from(["open", "waiting", "done", "dropped"]),
    st.none() | st.dates(),
    st.dates(),
)


@given(st.lists(FOLLOW_UPS, unique_by=lambda one: one.path), st.dates())
def test_nothing_is_lost_or_listed_twice(follow_ups: list[FollowUp], today: date) -> None:
    groups = grouped(follow_ups, today)
    listed = [one for group in groups for one in group.follow_ups]
    assert len(listed) == len(follow_ups) and set(listed) == set(follow_ups)
    titles = [group.title for group in groups]
    assert titles == [title for title in GROUPS if title in titles]
    assert all(group.follow_ups for group in groups)
    assert grouped(reversed(follow_ups), today) == groups


def entry(text: str) -> Entry:
    """Return an entry of today."""
    return Entry(TODAY, text)


def test_a_follow_up_is_found_again_on_its_line_or_where_it_moved() -> None:
    listed = one(said="a")
    assert find_again(entry("- [ ] a\n- [ ] b\n"), listed).line == 1
    assert find_again(entry("# Title\n\n- [ ] b\n- [ ] a\n"), listed).line == 4
    assert find_again(entry("- [ ] a\n- [ ] a\n"), listed).line == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- [ ] b\n", "has been edited in its entry"),
        ("", "has been edited in its entry"),
        ("- [ ] a due:2014-10-13\n", "has been edited in its entry"),
        ("- [ ] a waiting:@ann\n", "has been edited in its entry"),
        ("- [x] a\n", "is done already"),
        ("- [-] a\n", "is dropped already"),
        ("- [ ] b\n- [ ] a\n- [ ] a\n", "2 follow-ups of 2014-10-08 are alike"),
        ("- a\n", "has been edited in its entry"),
    ],
)
def test_another_line_is_never_taken(text: str, sentence: str) -> None:
    with pytest.raises(EntryError, match=sentence):
        find_again(entry(text), one(said="a"))
