"""A review from the index: every number opens its days, and a change is seen."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from journal_tui.journal import Journal
from journal_tui.review.review import Figure, Review
from tests.lookups.written_journal import write_journal

NOW = datetime(2026, 11, 20, 18, 0)
TODAY = NOW.date()
Make = Callable[..., Journal]
WORKDAYS = 'start = 2025-06-02\ncount = "workdays"\n'
FILES = {
    "2025-11-20": "# Old\n\n- [x] Long ago done:2026-11-03\n- [x] Before done:2025-12-01\n\nEnjoyment: 2\n",
    "2026-11-02": "# A\n\n@ann and #hiring.\n\n## Learning points\n\n- Ask @ann first\n- Wait\n\nEnjoyment: 0 – rain\n",
    "2026-11-03": "# B\n\n@anna came. #hiring\n\n- [ ] Send due:2026-11-04\n- [/] Wait waiting:@ann\n\nEnjoyment: 7.4\n",
    "2026-11-03-visit": "# Visit\n\nEnjoyment: 3\n\n- [-] Never\n",
    "2026-11-04": "# C\n\nNothing.\n",
    "2026-11-07": "# D\n\n## Learning points\n\n- Rest #hiring\n\nEnjoyment: 7\n",
    "2026-W45": "# Week\n\n## Learning points\n\n- Kept\n\nEnjoyment: 10\n\n- [x] Of the week\n",
}


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a journal from texts by name and a journal.toml; today is Friday 20 November 2026."""

    def make(files: dict[str, str] = FILES, toml: str = WORKDAYS) -> Journal:
        return write_journal(tmp_path, files, toml, NOW)

    return make


def figures(found: Review) -> list[Figure]:
    enjoyment, follow_ups = found.enjoyment, found.follow_ups
    return [
        found.covered,
        found.words,
        found.points,
        enjoyment.unrated,
        *(share.figure for share in enjoyment.shares),
        *(theme.figure for theme in found.themes),
        follow_ups.made,
        follow_ups.done,
        follow_ups.dropped,
        follow_ups.open,
        follow_ups.waiting,
        follow_ups.late,
        *(tally.figure for tally in (*found.people, *found.tags, *found.kinds)),
    ]


@pytest.mark.parametrize(
    "words", ["month", "2026", "all", "2026-11-03", "2026-W45", "2025..2026-10"]
)
def test_every_search_finds_the_days_of_its_number(make: Make, words: str) -> None:
    journal = make()
    found = journal.review(journal.span(words))
    assert not found.is_empty
    searched = [figure for figure in figures(found) if figure.query]
    assert searched
    for figure in searched:
        days = {hit.day for hit in journal.find(figure.query)}
        assert days == set(figure.days), figure.query
    for figure in figures(found):
        assert bool(figure.number) == bool(figure.days)


def test_what_a_month_says(make: Make) -> None:
    journal = make()
    found = journal.review(journal.span("month"))
    assert found.coverage.words == "3 of 14 workdays"
    assert list(found.written) == [date(2026, 11, n) for n in (2, 3, 4, 7)]
    # The rating of the day is that of its entry, and the week's isn't a day's.
    assert [day.rating for day in found.enjoyment.rated] == [0, 7.4, 7]
    assert [day.line for day in found.enjoyment.rated] == [10, 8, 7]
    assert found.enjoyment.rated[0].remark == "rain"
    assert [note.period for note in found.notes] == ["2026-W45"]
    assert found.points.number == 3
    made, earlier = found.follow_ups.made, found.follow_ups.closed_earlier
    assert (made.number, found.follow_ups.dropped.number) == (4, 1)
    assert [task.text for task in earlier] == ["Long ago"]
    assert [tally.name for tally in found.people] == ["@ann", "@anna"]
    assert found.enjoyment.usual.number == 1
    assert (found.first_ever, found.last_ever) == (date(2025, 11, 20), date(2026, 11, 7))


def test_a_change_is_seen(make: Make) -> None:
    journal = make()
    span = journal.span("month")
    assert journal.review(span).words.number == journal.review(span).words.number
    path = journal.root / "2026/2026-11-04.md"
    path.write_text("# C\n\nNothing, twice over.\n\nEnjoyment: 5\n", "utf-8")
    journal.refresh()
    after = journal.review(span)
    assert after.written[date(2026, 11, 4)].rating == 5
    assert [share.figure.number for share in after.enjoyment.shares if share.figure.number] == [
        1,
        1,
        2,
    ]
    path.unlink()
    journal.refresh()
    assert date(2026, 11, 4) not in journal.review(span).written


def test_the_ratings_of_other_days_are_those_of_all_years(make: Make) -> None:
    files = {f"{year}-03-01": f"Enjoyment: {year % 10}\n" for year in range(1990, 2010)}
    journal = make({**files, "2026-11-02": "Enjoyment: 7\n"})
    found = journal.review(journal.span("month"))
    assert (found.enjoyment.usual.number, found.enjoyment.usual.median) == (20, 4.5)


@pytest.mark.parametrize("words", ["month", "all", "1950", "2031", "1900..1980", "day", "week"])
def test_an_empty_journal(make: Make, words: str) -> None:
    journal = make({})
    found = journal.review(journal.span(words))
    assert found.is_empty and found.words.number == 0 and found.gaps == ()


def test_only_a_note_of_a_week(make: Make) -> None:
    journal = make({"2026-W45": "# Week\n\nEnjoyment: 10\n"})
    found = journal.review(journal.span("month"))
    assert not found.is_empty and not found.written
    assert found.first_ever is None


def test_all_days_of_a_journal_that_is_not_written_any_more_end_with_its_last(make: Make) -> None:
    journal = make({"1660-01-01": "Up.\n", "1669-05-31": "Eyes.\n"})
    found = journal.review(journal.span("all"))
    assert (found.days.start, found.days.last) == (date(1660, 1, 1), date(1669, 5, 31))
    assert journal.good_days(journal.span("all")).days == found.days
    now = make({"2026-10-01": "Here.\n"})
    assert now.review(now.span("all")).days.last == TODAY


def test_another_scale(make: Make) -> None:
    journal = make({"2026-11-02": "Enjoyment: 4/5\n"}, WORKDAYS + 'scale = "1-5"\n')
    found = journal.review(journal.span("month"))
    assert [share.step.label for share in found.enjoyment.shares] == ["1", "2", "3", "4", "5"]
    assert [day.rating for day in found.enjoyment.rated] == [4]


def test_a_file_that_cannot_be_read_is_a_day_without_facts(make: Make) -> None:
    journal = make()
    (journal.root / "2026/2026-11-05.md").write_bytes(b"\x7fELF\0\0\xff")
    journal.refresh()
    found = journal.review(journal.span("month"))
    assert found.written[date(2026, 11, 5)].rating is None


def test_all_days_have_the_notes_of_periods_that_begin_before_the_first_and_after_the_last(
    make: Make,
) -> None:
    note = "# Note\n\n- [ ] Still to do\n- [x] Done done:2026-11-03\n"
    files = {"2026": note, "2026-11-04": "# Day\n\n- [ ] Today\n", "2027": note}
    journal = make(files)
    for words in ("all", "..2027", "2026.."):
        found = journal.review(journal.span(words))
        assert [one.period for one in found.notes] == ["2026", "2027"], words
        made, done = found.follow_ups.made, found.follow_ups.done
        assert (made.number, done.number, found.follow_ups.closed_earlier) == (5, 2, ())
        assert {hit.day for hit in journal.find(made.query)} == set(made.days)
        assert (list(found.written), found.coverage.first) == (
            [date(2026, 11, 4)],
            found.days.start,
        )


def test_the_days_written_so_far_are_not_opened_by_a_search_that_finds_days_to_come(
    make: Make,
) -> None:
    journal = make({"2026-11-19": "# Today\n", "2026-11-24": "# A visit is planned\n"})
    found = journal.review(journal.span("month"))
    assert found.covered == Figure(1, (date(2026, 11, 19),), "")


def test_good_days_exclude_the_notes_of_periods_that_begin_before_the_first_day(make: Make) -> None:
    days = {f"2026-11-{n:02}": f"# Day\n\nEnjoyment: {n % 5}\n" for n in range(2, 20)}
    journal = make({**days, "2026": "# Year\n\nEnjoyment: 9\n"})
    found = journal.good_days(journal.span("all"))
    assert {hit.day for hit in journal.find(found.rated.query)} == set(found.rated.days)
