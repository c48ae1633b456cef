"""Customers at a glance: counts with their change, visits, open promises, days between, and what returns."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from journal_tui.customers import words
from journal_tui.customers.customer import Customer
from journal_tui.customers.loop import CustomerNote, loops
from journal_tui.customers.overview import (
    ORDERS,
    VISIT,
    CustomerRow,
    Overview,
    PeriodCount,
    in_order,
    make_overview,
    make_page,
)
from journal_tui.period import Period
from tests.customers.test_loop import note

TODAY = date(2026, 11, 30)
YEAR, BEFORE = (
    Period(date(2026, 1, 1), date(2027, 1, 1)),
    Period(date(2025, 1, 1), date(2026, 1, 1)),
)
DEPOT, LAB = Customer("depot", "Kelby Depot", 90), Customer("lab", "Laboratory", 60)
NOTES = [
    note("2025-05-01", "@ann\n\n## Feedback\n\n- Slow #network\n- Loud\n"),
    note(
        "2026-05-01",
        "@ann and @bob\n\n## Frustrations\n\n- Slow again #network\n  - [x] Cable done:2026-05-11\n  - told 2026-05-15\n"
        "- Drops #network/mast\n  - [ ] Mast @priya due:2026-06-01\n\n## What they value\n\n- Kind #network\n",
    ),
    note("2026-09-01", "@ann\n\n## Frustrations\n\n- Still slow #network\n  - [x] Wire done:2026-09-04\n"),
    note("2026-09-02", "## Frustrations\n\n- Nobody told us how long the printers take #network\n", "service-review-depot"),
    note("2026-10-02", "## Dealings with us\n\n- How long the printers take, nobody told us\n", "service-review-depot"),
    note("2026-12-24", "# Planned\n", "service-review-depot"),
    note("2026-11-02", "## Feedback\n\n- Dear #price #customer/lab\n", ""),
]  # fmt: skip


def overview(
    notes: list[CustomerNote] = NOTES, days: Period = YEAR, before: Period | None = BEFORE
) -> Overview:
    return make_overview([DEPOT, LAB], notes, loops(notes), days, before, TODAY)


def test_what_was_said_is_counted_by_theme_with_the_change() -> None:
    lab, depot = overview().rows
    assert lab.themes == {
        "network": PeriodCount(2, 1),
        "network/mast": PeriodCount(1, 0),
        "price": PeriodCount(1, 0),
        "": PeriodCount(0, 1),
    }
    assert (lab.said, lab.valued) == (PeriodCount(4, 2), 1)
    assert depot.themes == {"network": PeriodCount(1, 0), "": PeriodCount(1, 0)}
    found = overview()
    assert found.themes == ["network", "network/mast", "price", ""]
    assert found.totals["network"] == PeriodCount(3, 1)
    assert found.totals["network"].change == 2
    assert overview(before=None).totals["network"].change is None


def test_who_was_not_visited_for_long() -> None:
    lab, depot = overview().rows
    # A visit in the future is none yet, and feedback in a day entry isn't a visit.
    assert (depot.last_visit, depot.days, depot.is_due) == (date(2026, 10, 2), 59, False)
    assert (lab.last_visit, lab.days, lab.is_due) == (date(2026, 9, 1), 90, True)
    assert [place.day.month for place in lab.visits] == [5, 9]
    # That of the year before counts, and the planned one doesn't.
    assert (lab.visits_in_all, depot.visits_in_all) == (3, 2)
    never = make_overview([Customer("x", "", 30), Customer("y")], [], [], YEAR, None, TODAY)
    assert [(row.days, row.is_due) for row in never.rows] == [(None, True), (None, None)]


def test_a_customer_that_is_first_seen_in_the_period_is_new() -> None:
    def new(days: Period, before: Period | None) -> dict[str, bool]:
        return {it.customer.key: it.is_new for it in overview(days=days, before=before).rows}

    # The first visit to the depot is after the year before.
    assert new(YEAR, BEFORE) == {"lab": False, "depot": True}
    assert new(BEFORE, Period(date(2024, 1, 1), date(2025, 1, 1))) == {"lab": True, "depot": False}
    # Of all days, there is nothing before.
    assert new(YEAR, None) == {"lab": False, "depot": False}
    lab, depot = overview().rows
    themes = overview().themes
    assert words.themes_of(lab, themes) == (
        "4 said, 2 more than in the period before:"
        " #network 2 (+1), #network/mast 1 (+1), #price 1 (+1), without a tag 0 (−1)"
    )
    assert words.themes_of(depot, themes) == (
        "2 said by a customer who is new in this period: #network 1, without a tag 1"
    )


def row(
    key: str, days: int | None, every: int | None, untold: int = 0, said: int = 0
) -> CustomerRow:
    """A customer not visited for some days, with an interval, things not told, and things said."""
    is_due = None if every is None else days is None or days > every
    loop = overview().untold[0]
    return CustomerRow(
        Customer(key, "", every), {}, PeriodCount(said, None), 0, [], 0, None, days, is_due, [], [loop] * untold, []
    )  # fmt: skip


def test_the_most_overdue_visit_comes_first() -> None:
    rows = [
        row("in-time", 80, 90, untold=1),
        row("no-interval", 200, None, said=3),
        row("late", 95, 90),
        row("later", 40, 10, untold=2),
        row("never", None, 400, said=1),
        row("unvisited", None, None),
    ]
    keys = {order: [it.customer.key for it in in_order(rows, order)] for order in ORDERS}
    assert keys[VISIT] == ["never", "later", "late", "unvisited", "no-interval", "in-time"]
    assert keys["untold"][:2] == ["later", "in-time"]
    assert keys["said"][:2] == ["no-interval", "never"]
    assert keys["name"] == sorted(it.customer.key for it in rows)
    assert [it.customer.key for it in overview().rows] == ["lab", "depot"]


def test_what_is_not_told_and_said_again_of_all_customers() -> None:
    found = overview(
        [
            *NOTES,
            note("2026-09-03", "## Feedback\n\n- Dark\n  - [-] A lamp – dear\n", "service-review"),
        ]
    )
    # The last is of a visit without a customer, which is in no row.
    assert [loop.text for loop in found.untold] == ["Still slow #network", "Dark"]
    assert [loop.text for loop in found.reopened] == ["Slow again #network"]
    assert (found.late, found.names) == (1, {"lab": "Laboratory", "depot": "Kelby Depot"})
    assert words.in_short(found) == (
        "Today: 1 visit is late, 2 not yet told, 1 reopened (done, but said again). "
        "In the period: 1 theme on several visits."
    )
    visits = [note("2026-11-01", "- a\n", f"service-review-{key}") for key in ("lab", "depot")]
    quiet = overview(visits)
    assert words.in_short(quiet) == (
        "Today: no visit is late, and customers know all that was done."
    ), "nothing is counted of which there is none"
    assert [(name, [loop.text for loop in listed]) for name, listed in words.by_customer(found.untold, found.names)] == [
        ("Laboratory", ["Still slow #network"]), (words.WITHOUT_CUSTOMER, ["Dark"]),
    ]  # fmt: skip


def test_visits_of_the_period_and_of_all_times_are_told_apart() -> None:
    lab = overview().rows[0]
    assert words.visited(lab) == (
        "3 visits (2 in the period), last 2026-09-01, not visited for 90 days; a visit is late (every 60 days)"
    )
    earlier = overview(days=BEFORE, before=None).rows[0]
    assert words.visited(earlier).startswith("3 visits (1 in the period), last")


def test_a_planned_visit_is_none_yet() -> None:
    planned = note("2026-11-30", "## Frustrations\n\n- \n", "service-review-depot")
    _, depot = overview([*NOTES, planned]).rows
    assert (depot.days, depot.visits_in_all) == (59, 2)
    made = note("2026-11-30", "## Frustrations\n\n- Slow\n", "service-review-depot")
    _, depot = overview([*NOTES, made]).rows
    assert (depot.days, depot.visits_in_all) == (0, 3)


def test_promises_and_what_the_customer_does_not_know() -> None:
    lab = overview().rows[0]
    [promise] = lab.promises
    assert (promise.made.promise.owner, promise.age) == ("priya", 213)
    assert promise.is_late(TODAY) and not promise.is_late(date(2026, 6, 1))
    assert [loop.text for loop in lab.reopened] == ["Slow again #network"]
    assert [loop.text for loop in lab.untold] == ["Still slow #network"]


def test_a_promise_in_the_note_of_a_planned_visit_has_no_age_yet() -> None:
    [lab] = overview([note("2026-12-05", "## Frustrations\n\n- Slow\n  - [ ] Mast\n")]).rows[1:]
    [promise] = lab.promises
    assert words.promised(promise, TODAY) == "Mast – for 0 days"


def test_the_median_days_are_those_of_what_was_done_in_the_period() -> None:
    found = overview()
    assert (found.to_done, found.done, found.to_told, found.told) == (6.5, 2, 4, 1)
    earlier = overview(days=BEFORE, before=None)
    assert (earlier.to_done, earlier.to_told) == (None, None)


def test_what_was_refused_counts_neither_as_done_nor_as_told_of_what_was_done() -> None:
    refused = "## Frustrations\n\n- Slow\n  - [-] A cable dropped:2026-05-21 – too dear\n  - told 2026-06-01\n"
    found = overview([note("2026-05-01", refused)])
    assert (found.to_done, found.done, found.to_told, found.told) == (None, 0, None, 0)
    assert found.untold == []


def test_the_median_days_are_in_words() -> None:
    def said(first: str, days: Period) -> str:
        return words.how_long(
            overview([note("2026-05-01", f"## Frustrations\n\n- A\n{first}")], days)
        )

    may = Period(date(2026, 5, 1), date(2026, 6, 1))
    june = Period(date(2026, 6, 1), date(2026, 7, 1))
    told = "  - [x] B done:2026-05-11\n  - told 2026-06-01\n"
    both = "Typically 10 days from said to done (the median of 1), and 21 days from done to told (the median of 1)."
    assert said(told, YEAR) == both
    assert said(told, may) == (
        "Typically 10 days from said to done (the median of 1). "
        "Nothing in this period has a day on which it was told."
    )
    assert said(told, june) == (
        "Typically 21 days from done to told (the median of 1). "
        "Nothing in this period has a day on which it was done."
    )
    assert said("", YEAR) == "Nothing in this period has a day on which it was done."


def test_what_returns_is_pointed_out_and_never_merged() -> None:
    found = overview()
    assert [(it.theme, it.customers, len(it.loops)) for it in found.repeats] == [
        ("network", ["lab", "depot"], 3)
    ]
    [(one, other)] = found.alike
    assert (one.themes, other.themes) == (("network",), ())
    assert found.totals[""] == PeriodCount(1, 1)


def test_the_page_of_a_customer() -> None:
    lab = overview().rows[0]
    page = make_page(lab, NOTES, loops(NOTES))
    assert [(it.name, it.visits, it.last.isoformat()) for it in page.people] == [
        ("ann", 3, "2026-09-01"),
        ("bob", 1, "2026-05-01"),
    ]
    assert [visit.place.day.isoformat() for visit in page.visits] == [
        "2025-05-01", "2026-05-01", "2026-09-01", "2026-11-02",
    ]  # fmt: skip
    assert [loop.text for loop in page.visits[1].loops] == [
        "Slow again #network", "Drops #network/mast", "Kind #network",
    ]  # fmt: skip


@given(st.lists(st.sampled_from(NOTES), unique=True))
def test_every_count_is_that_of_the_loops(notes: list[CustomerNote]) -> None:
    found = overview(notes)
    said = [loop for loop in loops(notes) if YEAR.contains(loop.place.day) and loop.is_feedback]
    said = [loop for loop in said if loop.section != "values"]
    assert sum(row.said.now for row in found.rows) == len(said)
    assert sum(count.now for count in found.totals.values()) == sum(
        max(1, len(loop.themes)) for loop in said
    )
    for theme, total in found.totals.items():
        rows = [row.themes[theme] for row in found.rows if theme in row.themes]
        assert sum(count.now for count in rows) == total.now


def test_what_was_said_again_agrees_with_its_number() -> None:
    assert words.said_again(1) == "1 said again after it was done"
    assert words.said_again(1_000) == "1,000 said again after they were done"
