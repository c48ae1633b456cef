"""The note of a closed period: what is written is read again, and what a person wrote stays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.entry import Entry
from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.vocabulary import english
from journal_tui.period import CalendarPeriod, parse_name
from journal_tui.review.closing import (
    Closing,
    ClosingFacts,
    KeptPoint,
    PeriodNote,
    SettledPromise,
    closed_promises,
    complete_note,
    format_closing,
    missing_parts,
    plain,
    points_to_keep,
    read_closing,
    settled_since,
)
from journal_tui.review.closing_time import week_due, which_week
from journal_tui.review.written_day import LearningPoint, WrittenDay

PATH = "2026/2026-W47.md"
MONDAY = date(2026, 11, 16)
ASK = KeptPoint("Ask @colm for the owner #vendors", "2026-11-17", "2026/2026-11-17.md")
COUNT = KeptPoint("Count everything that rings", "2026-11-18", "2026/2026-11-18-incident.md")
SENT = SettledPromise("Send the list", "2026-11-16", "2026/2026-11-16.md", "done 2026-11-20")
CLOSING = Closing(("The alarms ring a person now.",), (ASK, COUNT), (SENT,))
NOTE = """\
# Week 47 of 2026

What moved: The alarms ring a person now.

## Kept points

- [2026-11-17](2026-11-17.md): “Ask @colm for the owner #vendors”
- [2026-11-18](2026-11-18-incident.md): “Count everything that rings”

## Settled promises

- [2026-11-16](2026-11-16.md): Send the list → done 2026-11-20
"""


def period(name: str) -> CalendarPeriod:
    found = parse_name(name)
    assert found
    return found


def complete(text: str, closing: Closing) -> str:
    return complete_note(text, closing, PATH, english())


def test_the_canonical_form() -> None:
    assert "# Week 47 of 2026\n\n" + format_closing(CLOSING, PATH) == NOTE
    assert read_closing(NOTE, PATH) == CLOSING
    assert complete("# Week 47 of 2026\n", CLOSING) == NOTE
    assert format_closing(Closing(), PATH) == ""
    assert read_closing("", PATH).is_empty and not CLOSING.is_empty


# Words with all that could be read as something else.
words = (
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "-",
                    "[",
                    "]",
                    "#",
                    ">",
                    "|",
                    "```",
                    "~~~",
                    "”",
                    "“",
                    "→",
                    "Enjoyment:",
                    "9/10",
                    "expect:",
                    "check:2027-03-01",
                    "due:2026-12-01",
                    "Learning",
                    "points:",
                    "one;",
                    "two",
                    "*",
                    "_",
                    "\\",
                    "<!--",
                    "-->",
                    "%%",
                    "$$",
                    "[a](b)",
                    "[[c]]",
                    "#tag",
                    "@ann",
                    "&amp;",
                    "'",
                    "::",
                    "[rating::",
                    "3]",
                    "1.",
                    "===",
                    "---",
                    "##",
                    "Kept",
                    "points",
                    "What",
                    "moved:",
                    "😀",
                    "é",
                    "א",
                ]
            ),
            st.text(min_size=1, max_size=9),
        ),
        min_size=1,
        max_size=6,
    )
    .map(" ".join)
    .map(plain)
    .filter(bool)
)
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
paths = st.one_of(
    days.map(lambda day: f"{day.year}/{day}.md"),
    st.sampled_from(["2026-11-17.md", "a (b)/2026-11-17 c#d%20?.md", "x/y/z.md", "März/ä [1].md"]),
)
names = st.one_of(days.map(str), st.sampled_from(["2026-W47", "2026-11", "2026-Q4", "2026"]))
kept = st.builds(KeptPoint, words, names, paths)
settled = st.builds(
    SettledPromise,
    words.map(lambda text: text.replace("→", "->")),
    names,
    paths,
    st.sampled_from(["done", "done 2026-11-20", "dropped 2026-11-20", "due 2026-12-01", "waiting for @ann"]),
)  # fmt: skip
closings = st.builds(
    Closing,
    st.lists(words, max_size=2).map(tuple),
    st.lists(kept, max_size=4).map(tuple),
    st.lists(settled, max_size=4).map(tuple),
)
notes = st.sampled_from([PATH, "2026-W47.md", "weekly/a/2026-W47.md"])


@given(closings, notes)
def test_what_is_written_is_read_again(closing: Closing, path: str) -> None:
    assert read_closing(f"# Week\n\n{format_closing(closing, path)}", path) == closing


@given(closings, notes)
def test_nothing_in_it_is_counted_again(closing: Closing, path: str) -> None:
    entry = Entry(MONDAY, f"# Week\n\n{format_closing(closing, path)}")
    assert not entry.points and not entry.tasks and not entry.feedback
    assert entry.rating is None


texts = st.lists(
    st.one_of(
        st.sampled_from([
            "", "# Week 47", "Words of mine.", "## Kept points", "- mine", "## Settled", "What moved: It.",
            "## Learning points", "- ", "Enjoyment: 7/10", "```", "  - nested", "### More", "---",
        ]),
        words,
    ),
    max_size=12,
).map("\n".join)  # fmt: skip


@given(texts, closings, st.sampled_from(["\n", "\r\n"]))
def test_no_line_that_a_person_wrote_is_lost(text: str, closing: Closing, newline: str) -> None:
    text = text.replace("\n", newline)
    after = complete(text, closing)
    lines = iter(line.rstrip() for line in after.splitlines())
    assert all(line.rstrip() in lines for line in text.splitlines() if line.strip())
    if missing_parts(closing, read_closing(text, PATH)).is_empty:
        assert after == text


@given(closings, closings)
def test_what_is_missing_is_added_once(one: Closing, two: Closing) -> None:
    first = complete("# Week\n\nWords.\n\n## Learning points\n\n- \n", one)
    both = complete(first, two)
    found = read_closing(both, PATH)
    for part in (one, two):
        assert missing_parts(part, found).is_empty
    assert complete(both, two) == both and complete(both, one) == both


def test_it_comes_before_the_learning_points_of_the_note() -> None:
    text = "# Week 47 of 2026\n\nOur week.\n\n## Learning points\n\n- Otters wait\n"
    after = complete(text, CLOSING)
    assert after.index("Our week.") < after.index("What moved") < after.index("## Learning points")
    assert [point.text for point in Entry(MONDAY, after).points] == ["Otters wait"]
    assert complete(after, CLOSING) == after


def test_what_is_added_later_is_in_its_place() -> None:
    text = complete("# Week 47 of 2026\n", Closing((), (ASK,), (SENT,)))
    assert complete(text, Closing(CLOSING.moved, (COUNT,))) == NOTE
    other = complete(NOTE, Closing(("The desk has four.",)))
    assert read_closing(other, PATH).moved == (*CLOSING.moved, "The desk has four.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Rewritten by hand: without the link, without quotes, wrapped, with a wiki link.
        ("## Kept points\n\n- Ask earlier\n", Closing(kept=(KeptPoint("Ask earlier"),))),
        ("## kept:\n* [2026-11-17](2026-11-17.md) Ask\n  earlier\n", Closing(kept=(KeptPoint("Ask earlier", "2026-11-17", "2026/2026-11-17.md"),))),
        ("## Kept\n\n1. [[2026-11-17]]: “Ask”\n  - still true 2026-12-01\n", Closing(kept=(KeptPoint("Ask", "2026-11-17"),))),
        ("## What moved?\n\nThe depot\nis done.\n\nAnd the lab.\n", Closing(("The depot is done.", "And the lab."))),
        ("**What moved?** The depot.\n", Closing()),
        ("**What moved:** The depot.\n", Closing(("The depot.",))),
        # Something else altogether.
        ("# My week\n\nNothing of the kind.\n\n- a\n- b\n", Closing()),
        ("```\n## Kept points\n- a\n```\n", Closing()),
        ("## Kept points\n\nNone.\n\n- \n", Closing()),
        ("## Settled promises\n\n- Sent it\n", Closing()),
    ],
)  # fmt: skip
def test_a_note_edited_by_hand(text: str, found: Closing) -> None:
    assert read_closing(text, PATH) == found


def of_day(day: date, *texts: str) -> WrittenDay:
    path = f"{day.year}/{day}.md"
    points = tuple(LearningPoint(text, day, path, 5) for text in texts)
    return WrittenDay(day, path, points=points)


def listed(*days: WrittenDay) -> dict[date, WrittenDay]:
    return {day.day: day for day in days}


def texts_of(points: tuple[KeptPoint, ...]) -> list[str]:
    return [point.text for point in points]


def test_a_week_has_the_points_of_its_days() -> None:
    days = listed(
        of_day(MONDAY, "a", "b – still true 2026-11-21"), of_day(MONDAY + timedelta(7), "c")
    )
    found = points_to_keep(period("2026-W47"), days, {})
    assert found == (
        KeptPoint("a", "2026-11-16", "2026/2026-11-16.md"),
        KeptPoint("b", "2026-11-16", "2026/2026-11-16.md"),
    )


def test_a_month_grows_from_its_weeks_and_takes_all_of_those_that_were_skipped() -> None:
    days = listed(
        of_day(date(2026, 10, 30), "october"),
        of_day(date(2026, 11, 2), "first"),
        of_day(date(2026, 11, 3), "second"),
        of_day(date(2026, 11, 10), "third"),
        of_day(date(2026, 11, 30), "last"),
        of_day(date(2026, 12, 1), "december"),
    )
    second = KeptPoint("second", "2026-11-03", "2026/2026-11-03.md")
    own = LearningPoint("of the week", date(2026, 11, 2), "2026/2026-W45.md", 9, period="2026-W45")
    by_hand = KeptPoint("by hand")
    notes = {
        "2026-W45": PeriodNote("2026/2026-W45.md", Closing(kept=(second, by_hand)), (own,)),
        # Closed without a point: all are taken.
        "2026-W46": PeriodNote("2026/2026-W46.md", Closing(("It moved.",))),
    }
    found = points_to_keep(period("2026-11"), days, notes)
    assert texts_of(found) == ["second", "by hand", "of the week", "third", "last"]
    assert found[1] == KeptPoint("by hand", "2026-W45", "2026/2026-W45.md")
    # A year goes through quarters and months; a month that kept something speaks for its weeks.
    notes["2026-11"] = PeriodNote("2026/2026-11.md", Closing(kept=(second,)))
    assert texts_of(points_to_keep(period("2026"), days, notes)) == [
        "october",
        "second",
        "december",
    ]
    assert texts_of(points_to_keep(period("2026-Q4"), days, notes)) == [
        "october",
        "second",
        "december",
    ]


def test_a_week_of_two_months_gives_each_its_own_days() -> None:
    days = listed(of_day(date(2026, 9, 30), "september"), of_day(date(2026, 10, 1), "october"))
    kept = tuple(
        KeptPoint(text, str(day), f"2026/{day}.md")
        for text, day in (("september", date(2026, 9, 30)), ("october", date(2026, 10, 1)))
    )
    notes = {"2026-W40": PeriodNote("2026/2026-W40.md", Closing(kept=kept))}
    assert texts_of(points_to_keep(period("2026-09"), days, notes)) == ["september"]
    assert texts_of(points_to_keep(period("2026-10"), days, notes)) == ["october"]


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), words), max_size=12))
def test_a_year_that_was_never_closed_takes_every_point_once(
    points: list[tuple[date, str]],
) -> None:
    days = listed(*(of_day(day, text) for day, text in points))
    found = points_to_keep(period("2026"), days, {})
    expected = [(str(day), plain(point.text)) for day in sorted(days) for point in days[day].points]
    assert len(found) == len(set(found))
    assert [name for name, _ in expected] == [point.name for point in found]


@pytest.mark.parametrize(
    ("day", "is_afternoon", "last", "which"),
    [
        (MONDAY, False, 4, "last"),
        (MONDAY + timedelta(4), False, 4, ""),
        (MONDAY + timedelta(4), True, 4, "this"),
        (MONDAY + timedelta(5), True, 4, ""),
        (MONDAY + timedelta(6), False, 6, "this"),
        (MONDAY + timedelta(2), True, 4, ""),
    ],
)
def test_when_it_is_time(day: date, is_afternoon: bool, last: int, which: str) -> None:
    assert week_due(day, is_afternoon, MONDAY + timedelta(last)) == which


@pytest.mark.parametrize(
    ("day", "is_afternoon", "last", "which"),
    [
        (0, True, 4, "last"),
        (3, True, 4, "last"),
        (3, True, 3, "this"),
        (4, False, 4, "last"),
        (4, False, 3, "this"),
        (4, True, 4, "this"),
        (5, False, 4, "this"),
        (5, False, 6, "this"),
        (6, False, 6, "this"),
    ],
)
def test_the_week_is_the_last_one_until_this_one_is_nearly_over(
    day: int, is_afternoon: bool, last: int, which: str
) -> None:
    found = which_week(MONDAY + timedelta(day), is_afternoon, MONDAY + timedelta(last))
    assert found == which


def promise(said: str, state: str = "open", **more: object) -> FollowUp:
    values = {"due": None, **more}
    return FollowUp("2026/2026-11-16.md", MONDAY, "", 3, said, state, **values)  # type: ignore[arg-type]


def test_what_became_of_promises() -> None:
    friday = date(2026, 11, 20)
    before = [promise(said) for said in ("a", "b", "c", "d", "e", "f")]
    now = [
        promise("a", "done", since=friday),
        promise("b", due=date(2026, 12, 1)),
        promise("c waiting:@ann", "waiting", waiting="@ann"),
        promise("d dropped:2026-11-20 – no longer → needed", "dropped", since=friday),
        promise("e"),
    ]
    outcomes = {one.text[0]: one.outcome for one in settled_since(before, now)}
    assert outcomes == {
        "a": "done 2026-11-20",
        "b": "due 2026-12-01",
        "c": "waiting for @ann",
        "d": "dropped 2026-11-20",
    }
    assert closed_promises([promise("a"), promise("b", "done")])[0].outcome == "done"
    closing = Closing(settled=settled_since(before, now))
    assert read_closing(format_closing(closing, PATH), PATH) == closing


def test_the_points_of_a_note_are_listed_with_those_of_the_days() -> None:
    moved = ASK._replace(path="elsewhere/2026-11-17.md")
    known = Closing(kept=(moved, KeptPoint("By hand")))
    facts = ClosingFacts(period("2026-W47"), PATH, True, known, points=(ASK, COUNT))
    assert facts.all_points == (KeptPoint("By hand"), ASK, COUNT)
    assert facts.keeps(ASK) and not facts.keeps(COUNT) and facts.most == 3
