"""A review of days: its numbers have their days, and it says what can't be said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.app.review.rows import groups
from journal_tui.entry.model import TEN, Scale
from journal_tui.period import Period
from journal_tui.review import overview
from journal_tui.review.coverage import Counting
from journal_tui.review.review import NOT_WRITTEN, RATED, UNRATED, Gap, exact_queries
from journal_tui.review.written_day import WrittenDay
from tests.review.review_fixtures import TODAY, WORKDAYS, day, rated, reviewed


def iso(days: tuple[date, ...]) -> list[str]:
    return [it.isoformat() for it in days]


def test_coverage_counts_workdays_and_names_the_others() -> None:
    found = reviewed([day("2026-11-02"), day("2026-11-07"), day("2026-11-10")])
    # Monday 2 to Thursday 19 November: today isn't written.
    assert found.coverage.words == "2 of 14 workdays"
    assert iso(found.covered.days) == ["2026-11-02", "2026-11-10"]
    assert iso(found.extra.days) == ["2026-11-07"]
    assert len(found.missing) == 12
    # A search by date would find the Saturday, too.
    assert found.covered.query == ""


def test_coverage_without_counting_is_a_number_of_days() -> None:
    found = reviewed([day("2026-11-07"), day("2026-11-10")], counting=Counting("entries", TODAY))
    assert (found.coverage.words, found.missing) == ("2 days", ())
    assert found.covered.query == "date:2026-11"


def test_three_states_of_a_day() -> None:
    found = reviewed([day("2026-11-02", 0.0), day("2026-11-03")])
    cells = list(found.cells(date(2026, 11, 1), date(2026, 11, 4)))
    assert [cell.state for cell in cells] == [NOT_WRITTEN, RATED, UNRATED, NOT_WRITTEN]
    assert [cell.counts for cell in cells] == [False, True, True, True]
    assert cells[1].rating == 0
    assert len(list(found.cells())) == 30
    assert not found.cell(date(2026, 11, 21)).has_come


def test_the_median_takes_five_ratings() -> None:
    few = reviewed(rated([7, 8, None, 6, 5])).enjoyment
    assert (few.median, few.band) == (None, None)
    enough = reviewed(rated([7, 8, None, 6, 5, 9])).enjoyment
    assert (enough.median, str(enough.band)) == (7, "6 to 8")
    assert iso(enough.unrated.days) == ["2026-11-04"]
    assert enough.unrated.query == "date:2026-11 -rating:0+"
    out = [it.day.day for it in enough.rated if enough.stands_out(it)]
    assert out == [6, 7]


def test_the_distribution_has_every_rated_day_once() -> None:
    found = reviewed(rated([0, 6.5, 7, 7.4, 10, 10]), others=[7] * 14).enjoyment
    counts = {
        share.step.label: share.figure.number for share in found.shares if share.figure.number
    }
    assert counts == {"0": 1, "7": 3, "10": 2}
    assert [share.usual for share in found.shares] == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert found.shares[7].figure.query == "date:2026-11 rating:>=6.5 rating:<7.5"
    assert found.shares[10].figure.query == "date:2026-11 rating:10"
    alone = reviewed(rated([1, 2]), others=[7] * 13).enjoyment
    assert {share.usual for share in alone.shares} == {None}


def test_best_and_worst_days() -> None:
    days = [
        day("2026-11-02", 9),
        day("2026-11-03", 9, "sun"),
        day("2026-11-04", 5),
        day("2026-11-05", 2, "rain"),
        day("2026-11-06", 9),
        day("2026-11-09", 10),
        day("2026-11-10", 4),
    ]
    found = reviewed(days).enjoyment
    # The median is 9, so only one day is above it.
    assert [it.day.day for it in found.best] == [9]
    assert [it.day.day for it in found.worst] == [5, 10, 4]
    # A remark comes first, then the newest.
    found = reviewed(
        [*days, day("2026-11-11", 1), day("2026-11-12", 1), day("2026-11-13", 1)]
    ).enjoyment
    assert [it.day.day for it in found.best] == [9, 3, 6]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([None], "Without ratings, no day is the best or the worst."),
        ([7], "One rated day alone is neither the best nor the worst."),
        ([7.5] * 6, "All 6 ratings are 7.5, so none is the best or the worst."),
    ],
)
def test_why_there_is_no_best_day(values: list[float | None], sentence: str) -> None:
    found = reviewed(rated(values)).enjoyment
    assert (found.best, found.worst, found.why_no_extremes) == ((), (), sentence)


def test_learning_points_by_tag_and_person() -> None:
    found = reviewed(
        [
            day("2026-11-02", points=[("Ask @ann #hiring", ("#hiring", "@ann")), ("Rest", ())]),
            day("2026-11-03", points=[("Wait #Hiring", ("#Hiring",))]),
        ]
    )
    assert (found.points.number, iso(found.points.days)) == (3, ["2026-11-02", "2026-11-03"])
    themes = [(theme.name, theme.figure.number, theme.figure.query) for theme in found.themes]
    assert themes == [
        ("#Hiring", 2, "date:2026-11 in:learning #hiring"),
        ("@ann", 1, "date:2026-11 in:learning @ann"),
        ("", 1, ""),
    ]


def test_a_search_that_would_find_other_names_is_left_out() -> None:
    assert exact_queries(["@ann", "@anna", "#b", "#a b"]) == {
        "@ann": "",
        "@anna": "@anna",
        "#b": "#b",
        "#a b": "",
    }
    assert exact_queries([]) == {}


def test_follow_ups_by_their_state() -> None:
    tasks = [
        ("a", "open", "2026-11-19"),
        ("b", "waiting", ""),
        ("c", "done", ""),
        ("d", "dropped", ""),
        ("e", "done", "2026-11-01"),
    ]
    earlier = day("2026-10-01", tasks=[("x", "done", "")]).follow_ups
    found = reviewed([day("2026-11-02", tasks=tasks)], closed_earlier=earlier).follow_ups
    numbers = [
        f.number
        for f in (found.made, found.done, found.dropped, found.open, found.waiting, found.late)
    ]
    assert numbers == [5, 2, 1, 2, 1, 1]
    assert found.open.query == "date:2026-11 is:open"
    assert (found.earlier.number, iso(found.earlier.days)) == (1, ["2026-10-01"])


def test_names_and_kinds() -> None:
    found = reviewed(
        [
            day("2026-11-02", names=("#lab", "@ann"), kinds=("one-to-one",)),
            day("2026-11-03", names=("@Ann",), kinds=()),
        ]
    )
    assert [(it.name, it.figure.number) for it in found.people] == [("@Ann", 2)]
    assert [(it.name, it.figure.query) for it in found.tags] == [("#lab", "date:2026-11 #lab")]
    assert [(it.name, it.figure.query) for it in found.kinds] == [
        ("one-to-one", "date:2026-11 kind:one-to-one")
    ]


def test_a_note_of_a_period_is_no_written_day() -> None:
    note = WrittenDay(date(2026, 11, 2), "2026-W45.md", title="Week", words=50, period="2026-W45")
    found = reviewed([note, day("2026-11-02", 7)])
    assert (list(found.written), found.notes) == ([date(2026, 11, 2)], (note,))
    assert (found.words.number, found.words.query) == (100, "date:2026-11 -kind:period")


def test_gaps_are_days_that_count_between_written_ones() -> None:
    found = reviewed([day("2026-11-02"), day("2026-11-10"), day("2026-11-11")])
    # 12 to 19 November has six workdays, and today may still be written.
    assert found.gaps == (
        Gap(date(2026, 11, 3), date(2026, 11, 9), 5),
        Gap(date(2026, 11, 12), date(2026, 11, 20), 6),
    )
    assert reviewed([day("2026-11-04"), day("2026-11-09"), day("2026-11-16")]).gaps == ()


def test_before_the_first_entry_there_is_no_gap() -> None:
    found = reviewed([day("2026-11-18")], counting=Counting("workdays", date(2020, 1, 1)))
    assert found.gaps == ()
    assert reviewed([day("2026-11-18")], "2024").gaps == ()


def test_eighty_years_in_bins_without_leaving_out_the_empty_ones() -> None:
    days = [day("1950-03-01", 5), day("1950-03-02", 9), day("2026-11-02", 3), day("2026-11-03")]
    found = reviewed(days, Period(date(1946, 1, 1), date(2027, 1, 1)))
    years = found.bins("year")
    assert len(years) == 81
    filled = [(it.span.name, it.median, it.rated, it.written) for it in years if it.written]
    assert filled == [("1950", 7, 2, 2), ("2026", 3, 1, 2)]
    assert len(found.bins("week")) == 81 * 52 + 15
    assert max(map(len, overview.strip(found))) <= 65


@given(st.lists(st.one_of(st.none(), st.floats(0, 10).map(lambda it: round(it, 1))), max_size=40))
def test_no_day_is_lost(values: list[float | None]) -> None:
    found = reviewed(rated(values, "2026-10-01"), "2026-10-01..2026-11-20")
    enjoyment = found.enjoyment
    assert len(enjoyment.rated) + enjoyment.unrated.number == len(values)
    assert sum(share.figure.number for share in enjoyment.shares) == len(enjoyment.rated)
    assert sum(it.rated for it in found.bins("week")) == len(enjoyment.rated)
    assert sum(cell.state != NOT_WRITTEN for cell in found.cells()) == len(values)
    assert not {it.day for it in enjoyment.best} & {it.day for it in enjoyment.worst}
    for section in overview.sections(found):
        assert section.lines and all(line.text for line in section.lines)


@pytest.mark.parametrize("scale", [TEN, Scale(1, 5), Scale(0, 100)])
def test_the_strip_has_a_character_for_each_day(scale: Scale) -> None:
    values = [scale.low, scale.high, None, (scale.low + scale.high) / 2]
    found = reviewed(rated(values), scale=scale)
    assert overview.strip(found)[1] == "2026-11   ▁█·▅"
    assert overview.legend(scale).startswith(f"▁ is {scale.low}, █ is {scale.high}")


def test_the_strip_of_years_is_by_week() -> None:
    found = reviewed(rated([5] * 500, "2025-01-01"), "2025..2026")
    rows = overview.strip(found)
    assert [row[:4] for row in rows[:2]] == ["2025", "2026"]
    assert rows[-1].endswith("the median of a week.")


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("2031", "There is nothing to look back on: 2031 hasn't begun."),
        (
            "1990",
            "Nothing was written in this time: 1990. The journal's entries are from 2 November 2026 to 3 November 2026.",
        ),
    ],
)
def test_an_empty_period_says_why(period: str, sentence: str) -> None:
    found = reviewed(rated([7, 8]), period)
    assert found.is_empty and overview.emptiness(found) == sentence
    assert overview.strip(found) == []


def test_an_empty_journal_says_so() -> None:
    assert overview.emptiness(reviewed([])) == "Nothing has been written in this journal yet."
    assert (
        overview.emptiness(reviewed([], "all")) == "Nothing has been written in this journal yet."
    )
    one = overview.emptiness(reviewed(rated([7]), "1990"))
    assert one.endswith("The journal's only entry is that of 2 November 2026.")


def test_before_the_count_begins() -> None:
    days = [day("2026-10-05", 6)]
    found = reviewed(days, "2026-10", counting=WORKDAYS)
    lines = [line.text for line in overview.sections(found)[0].lines]
    assert lines[0] == "Workdays are counted from 2 November 2026 on, and 1 other day."


def test_the_words_of_a_review() -> None:
    days = [
        day("2026-11-02", 9, "good", [("Ask first #hiring", ("#hiring",))]),
        day("2026-11-03", 3, "", [("Wait #hiring", ("#hiring",)), ("Sleep", ())]),
        *(day((date(2026, 11, 4) + timedelta(n)).isoformat(), 7) for n in range(3)),
        day("2026-11-09", tasks=[("Send\x1b it", "open", "2026-11-10"), ("b", "done", "")]),
    ]
    found = {
        section.key: [line.text for line in section.lines]
        for section in overview.sections(reviewed(days), 1)
    }
    assert found["written"] == [
        "6 of 14 workdays written.",
        "600 words.",
        "No entry from 10 to 20 November 2026 (8 workdays).",
    ]
    assert found["enjoyment"][:3] == [
        "5 of 6 written days rated; the median is 7/10.",
        "A rating is only exact to about 1 point, so days from 6 to 8 are about the same as the median.",
        "No other day is rated yet.",
    ]
    assert found["best"] == ["2026-11-02  9/10  good"]
    assert found["worst"] == ["2026-11-03  3/10  Wait #hiring"]
    assert found["points"] == [
        "3 learning points on 2 days.",
        "#hiring (2)",
        "2026-11-03  Wait #hiring",
        "and 1 more",
        "Without a tag or a person (1)",
        "2026-11-03  Sleep",
    ]
    assert found["follow-ups"] == [
        "2 written",
        "1 done",
        "1 open",
        "1 open and late",
        "2026-11-09  Send\u241b it (due 2026-11-10)",
    ]


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026-12", "None of these workdays has passed yet."),
        ("2026-12-03", "This workday hasn't passed yet."),
        ("2026-12-05..2026-12-06", "None of these days is a workday."),
    ],
)
def test_days_to_come_are_not_said_to_be_no_workdays(period: str, said: str) -> None:
    found = reviewed([day("2026-12-03"), day("2026-12-05")], period)
    assert found.coverage.possible == 0
    assert (
        overview.sections(found)[0].lines[0].text.partition(", and ")[0].rstrip(".") + "." == said
    )
    assert groups(found)[0].rows[0].text == said.rstrip(".")


def test_a_kind_whose_search_would_find_another_opens_its_days() -> None:
    days = [
        day("2026-11-02", kinds=("visit",)),
        day("2026-11-03", kinds=("visit-lab", "visitors")),
    ]
    kinds = {tally.name: tally.figure for tally in reviewed(days).kinds}
    assert (kinds["visit"].number, kinds["visit"].query) == (1, "")
    assert kinds["visit-lab"].query == "date:2026-11 kind:visit-lab"
    assert kinds["visitors"].query == "date:2026-11 kind:visitors"
