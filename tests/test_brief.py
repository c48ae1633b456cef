"""The brief: a few lines that are chosen fairly, quote what was written, and open it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.brief import (
    MAX_LINES,
    BriefLine,
    BriefPassage,
    DayFacts,
    SubjectFacts,
    about,
    of_day,
)
from journal_tui.entry.follow_ups import FollowUp
from journal_tui.review.coverage import Coverage
from journal_tui.review.returning_points import ReturningPoint

TODAY = date(2026, 11, 20)


def task(text: str, due: date | None = None, day: date = TODAY, person: str = "") -> FollowUp:
    state = "waiting" if person else "open"
    return FollowUp(f"{day}.md", day, "", 5, text, state, due, person)


def said(text: str, day: date, rating: float | None = None, line: int = 3) -> BriefPassage:
    return BriefPassage(text, day, f"{day}.md", line, rating)


def back(days: int) -> date:
    return TODAY - timedelta(days)


def leads(lines: list[BriefLine]) -> list[tuple[str, str]]:
    return [(line.lead, line.text) for line in lines]


def test_a_whole_day() -> None:
    facts = DayFacts(
        TODAY,
        TODAY,
        due=[task("Send Colm the list", back(0)), task("Ask about the lift", back(2))],
        due_count=5,
        waiting=[task("The figures", day=back(12), person="@ann")],
        last=said("Saw the depot.", back(1), 9.0),
        anniversaries=[
            said("Eight meetings.", date(2026, 10, 20), 3.5),
            said("Mail came back.", date(2025, 11, 20), 4.0),
        ],
        point=ReturningPoint("Ask for the name", back(21), f"{back(21)}.md", 3),
        coverage=Coverage(date(2026, 11, 16), 3, 4, "workday"),
    )
    lines = of_day(facts)
    assert leads(lines) == [
        ("Due today; 4 more", "Send Colm the list"),
        ("Waiting for @ann, 12 days", "The figures"),
        ("Yesterday", "Saw the depot."),
        ("A month ago", "Eight meetings."),
        ("A year ago", "Mail came back."),
        ("Learned 3 weeks ago", "Ask for the name"),
        ("This week", "3 of 4 workdays written"),
    ]
    assert lines[2] == BriefLine(
        "last", "Yesterday", "Saw the depot.", back(1), "2026-11-19.md", 3, 9.0
    )
    assert lines[-1].query == "date:2026-W47"


def test_what_is_due_and_waits_for_someone_is_shown_once() -> None:
    both = task("The figures", back(2), back(12), "@ann")
    facts = DayFacts(TODAY, TODAY, due=[both], due_count=1, waiting=[both])
    assert leads(of_day(facts)) == [("Due 2 days ago", "The figures")]


def test_room_that_others_leave_is_for_more_follow_ups_and_years() -> None:
    due = [task(f"Task {n}", back(n)) for n in range(3)]
    years = [said(f"Year {n}", date(2026 - n, 11, 20)) for n in range(1, 4)]
    lines = of_day(DayFacts(TODAY, TODAY, due=due, due_count=3, anniversaries=years))
    assert [line.lead for line in lines] == [
        "Due today", "Due yesterday", "Due 2 days ago", "A year ago", "2 years ago", "3 years ago",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("due", "lead"),
    [
        (TODAY, "Due today"),
        (back(1), "Due yesterday"),
        (back(14), "Due 14 days ago"),
        (back(15), "Due since 5 November 2026"),
        (date(1999, 1, 1), "Due since 1 January 1999"),
    ],
)
def test_how_late_something_is(due: date, lead: str) -> None:
    facts = DayFacts(TODAY, TODAY, due=[task("It", due)], due_count=1)
    assert leads(of_day(facts)) == [(lead, "It")]


@pytest.mark.parametrize(
    ("last", "lead"),
    [
        (back(1), "Yesterday"),
        (back(2), "Wednesday"),
        (back(6), "Saturday"),
        (back(7), "Friday 13 November 2026"),
    ],
)
def test_what_the_last_written_day_is_called(last: date, lead: str) -> None:
    assert leads(of_day(DayFacts(TODAY, TODAY, last=said("It.", last)))) == [(lead, "It.")]


def test_from_a_day_that_is_not_today_nothing_is_said_as_of_today() -> None:
    page = back(14)
    before = page - timedelta(1)
    facts = DayFacts(
        page,
        TODAY,
        last=said("It.", before),
        anniversaries=[said("A.", date(2026, 10, 6)), said("B.", date(2025, 11, 6)), said("C.", date(2024, 11, 6))],
        point=ReturningPoint("Ask.", page - timedelta(21), "a.md", 3),
        coverage=Coverage(date(2026, 11, 2), 1, 1, "workday"),
    )  # fmt: skip
    lead = [line.lead for line in of_day(facts)]
    assert lead == [
        "Thursday 5 November 2026",
        "A month earlier",
        "A year earlier",
        "Learned 3 weeks earlier",
        "That week",
        "2 years earlier",
    ]
    week = DayFacts(page, TODAY, coverage=Coverage(date(2026, 10, 26), 1, 5, "workday"))
    assert leads(of_day(week)) == [("The week before", "1 of 5 workdays written")]
    for days, lead in (
        (0, "Today"),
        (1, "Yesterday"),
        (2, "Wednesday"),
        (-1, "Saturday 21 November 2026"),
    ):
        facts = DayFacts(back(-7), TODAY, last=said("It.", back(days)))
        assert of_day(facts)[0].lead == lead
    last_week = DayFacts(back(5), TODAY, coverage=Coverage(date(2026, 11, 9), 1, 5, "workday"))
    assert of_day(last_week)[0].lead == "Last week"


def test_a_day_that_is_the_last_and_a_month_ago_is_shown_once() -> None:
    month = date(2026, 10, 20)
    facts = DayFacts(TODAY, TODAY, last=said("It.", month), anniversaries=[said("It.", month)])
    assert len(of_day(facts)) == 1


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        (Coverage(date(2026, 11, 16), 1, 1, "workday"), ("This week", "1 of 1 workday written")),
        (Coverage(date(2026, 11, 9), 4, 5, "workday"), ("Last week", "4 of 5 workdays written")),
        (Coverage(date(2026, 11, 16), 2, 4), ("This week", "2 of 4 days written")),
        (Coverage(date(2026, 11, 16), 2, None), ("This week", "2 days written")),
    ],
)
def test_coverage(coverage: Coverage, words: tuple[str, str]) -> None:
    assert leads(of_day(DayFacts(TODAY, TODAY, coverage=coverage))) == [words]


def test_an_unwritten_week_is_no_reproach() -> None:
    none = Coverage(date(2026, 11, 16), 0, 4, "workday")
    assert of_day(DayFacts(TODAY, TODAY, coverage=none)) == []


def test_about_a_person() -> None:
    facts = SubjectFacts(
        "@ann",
        TODAY,
        3,
        date(2026, 3, 2),
        back(1),
        [said("She found it.", back(1)), said("She asked twice.", back(30))],
        [task("Send her the plan", back(3)), task("Ask about Easter", TODAY + timedelta(7))],
        [task("The figures", day=back(12), person="@ann")],
        points=[said("Ask her first", back(50))],
    )
    assert leads(about(facts)) == [
        ("On 3 days", "from 2 March 2026 to 19 November 2026"),
        ("Yesterday", "She found it."),
        ("4 weeks ago", "She asked twice."),
        ("Due 3 days ago", "Send her the plan"),
        ("Due 27 November 2026", "Ask about Easter"),
        ("Waiting for @ann, 12 days", "The figures"),
        ("Learned 7 weeks ago", "Ask her first"),
    ]


def test_what_is_open_and_not_shown_can_be_listed() -> None:
    many = [task(f"Task {n}") for n in range(20)]
    lines = about(SubjectFacts("#a OR #b", TODAY, open=many, points=[said("It", back(9))]))
    assert len(lines) == MAX_LINES
    assert [line.kind for line in lines[-3:]] == ["open", "more", "point"]
    assert lines[-2].query == "(#a OR #b) is:open"


DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
TEXT = st.text("ab .!?@#\n-", max_size=40)
TASKS = st.lists(
    st.builds(
        FollowUp,
        st.just("a.md"),
        DAYS,
        st.just(""),
        st.integers(1, 9),
        TEXT,
        st.just("open"),
        DAYS,
        TEXT,
    ),
    max_size=9,
)
PASSAGES = st.lists(
    st.builds(BriefPassage, TEXT, DAYS, st.just("b.md"), st.integers(1, 9), st.none()), max_size=9
)


@given(DAYS, TASKS, st.integers(0, 9), TASKS, PASSAGES, PASSAGES, PASSAGES, PASSAGES)
def test_a_brief_is_short_and_each_line_opens_something(
    day: date,
    due: list[FollowUp],
    more: int,
    waiting: list[FollowUp],
    last: list[BriefPassage],
    anniversaries: list[BriefPassage],
    points: list[BriefPassage],
    checks: list[BriefPassage],
) -> None:
    coverage = Coverage(day - timedelta(day.weekday()), 1, 5, "workday")
    due = [task for task in due if task.due and task.due <= day]
    point = ReturningPoint(*points[0]) if points else None
    facts = DayFacts(
        day, day, due, len(due) + more, waiting, last[0] if last else None, anniversaries, point, coverage, checks
    )  # fmt: skip
    lines = of_day(facts)
    assert 1 <= len(lines) <= MAX_LINES
    assert all((line.path and line.line) or line.query for line in lines)
    kinds = [line.kind for line in lines]
    order = ["due", "waiting", "check", "last", "earlier", "point", "week"]
    in_order = [kind for kind in kinds if kind != "earlier"]
    assert in_order == sorted(in_order, key=order.index)
    # No kind is left out because there is much of another.
    places = {(task.path, task.line) for task in due}
    others = [task for task in waiting if (task.path, task.line) not in places]
    for kind, found in (
        ("due", due),
        ("waiting", others),
        ("check", checks),
        ("last", last),
        ("point", points),
        ("week", [coverage]),
    ):
        assert (kind in kinds) == bool(found)
    if kinds.count("due") < len(due) + more and due:
        assert (
            f"; {len(due) + more - kinds.count('due')} more" in lines[kinds.count("due") - 1].lead
        )


@given(PASSAGES, TASKS, TASKS, st.booleans(), PASSAGES)
def test_a_brief_about_something_is_short_as_well(
    said: list[BriefPassage],
    tasks: list[FollowUp],
    waiting: list[FollowUp],
    more: bool,
    points: list[BriefPassage],
) -> None:
    more = more and bool(tasks)
    lines = about(SubjectFacts("@a", TODAY, 0, None, None, said, tasks, waiting, more, points))
    assert len(lines) <= MAX_LINES
    assert bool(lines) == bool(said or tasks or waiting or points)
    shown = sum(line.kind in ("open", "due", "waiting") for line in lines)
    is_cut = more or shown < len(tasks) + len(waiting)
    assert any(line.kind == "more" for line in lines) == is_cut
