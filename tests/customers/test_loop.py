"""What becomes of what customers say: stages, promises in other notes, and what is said again."""

from datetime import date

import pytest

from journal_tui.customers.loop import CustomerNote, Loop, loops
from journal_tui.customers.visit_reader import read_visit
from journal_tui.entry.entry import Entry


def note(day: str, text: str, name: str = "service-review-lab") -> CustomerNote:
    entry = Entry(date.fromisoformat(day), text)
    return CustomerNote(entry.day, f"{day}-{name}.md", read_visit(entry, name))


def only(under: str) -> Loop:
    """The loop of one frustration, with lines under it."""
    lines = "".join(f"  {line}\n" for line in under.splitlines())
    [loop] = loops([note("2026-09-17", f"## Frustrations\n\n- Slow #network\n{lines}")])
    return loop


@pytest.mark.parametrize(
    ("under", "stage", "is_told"),
    [
        ("", "said", False),
        ("- [ ] a cable", "promised", False),
        ("- [/] a cable waiting:@ann", "promised", False),
        ("- [x] a cable", "done", False),
        ("- [x] a cable\n- [ ] another", "promised", False),
        ("- [x] a cable\n- [-] another – dear", "done", False),
        ("- [-] a cable – dear", "refused", False),
        ("- [-] a cable – dear\n- told 2026-10-01", "refused", True),
        ("- [x] a cable done:2026-10-01\n- told 2026-10-01", "told", True),
        # What was said before it was done was only what was meant.
        ("- [x] a cable done:2026-10-02\n- told 2026-10-01", "done", False),
        ("- [x] a cable done:2026-10-02\n- told 2026-10-01\n- told 2026-11-01", "told", True),
        ("- [x] a cable\n- told 2026-10-01", "told", True),
        ("- [x] a cable\n- told", "told", True),
        ("- [ ] a cable\n- told 2026-10-01", "promised", False),
        ("- told 2026-10-01", "told", True),
        ("- [x] a cable done:2026-10-01\n- confirmed 2026-11-01", "confirmed", True),
        ("- [x] a cable done:2026-10-01\n- told 2026-10-01\n- confirmed 2026-11-01", "confirmed", True),
        ("- [x] a cable done:2026-12-01\n- confirmed 2026-11-01", "done", False),
        ("- [x] a cable done:2026-10-01\n  - told 2026-10-05", "told", True),
    ],
)  # fmt: skip
def test_the_stage_is_the_furthest_that_is_written(under: str, stage: str, is_told: bool) -> None:
    found = only(under)
    assert (found.stage, found.reached, found.is_told) == (stage, stage, is_told)
    assert found.awaits_telling == (stage in ("done", "refused") and not is_told)


def test_the_days_of_a_loop() -> None:
    found = only(
        "- [x] a done:2026-09-20\n- [x] b done:2026-10-02\n- told 2026-10-01\n- told 2026-10-09\n- told 2026-10-05\n- confirmed 2026-11-01"
    )
    assert (found.closed, found.told, found.confirmed) == (
        date(2026, 10, 2),
        date(2026, 10, 5),
        date(2026, 11, 1),
    )


def test_a_promise_elsewhere_names_its_feedback() -> None:
    first = note("2026-05-01", '## Feedback\n\n- Slow #network\n- "Comes late"\n')
    second = note("2026-09-17", "## Feedback\n\n- Slow again #network\n- Loud\n")
    later = note(
        "2026-10-01",
        "## What we will improve\n\n- [x] Cable re:#network\n- [ ] Earlier re:“comes LATE”\n- [ ] Tea\n- [ ] Lost re:#never\n",
    )
    by_text = {loop.text: loop for loop in loops([later, second, first])}
    # The latest visit before counts.
    assert [made.promise.text for made in by_text["Slow again #network"].promises] == ["Cable"]
    assert by_text["Slow #network"].promises == ()
    assert [made.promise.text for made in by_text['"Comes late"'].promises] == ["Earlier"]
    assert by_text['"Comes late"'].stage == "promised"
    assert by_text["Tea"].section == by_text["Lost"].section == "improvements"
    assert by_text["Tea"].stage == "promised" and not by_text["Tea"].is_feedback


def test_a_promise_names_the_feedback_of_its_own_note_first_and_of_its_own_customer_only() -> None:
    other = note("2026-08-01", "## Feedback\n\n- Slow #network\n", "service-review-depot")
    first = note(
        "2026-09-17",
        "## Feedback\n\n- Slow #network\n\n## What we will improve\n\n- [ ] Cable re:network\n",
    )
    earlier, own = loops([other, first])
    assert earlier.promises == () and len(own.promises) == 1
    day_entry = note("2026-09-20", "- [x] Cable #customer/depot re:#network done:2026-09-20\n", "")
    [depot, lab] = loops([other, first, day_entry])
    assert (depot.customers, depot.stage) == (("depot",), "done")
    assert lab.stage == "promised"


AGAIN = "## Frustrations\n\n- It drops #network\n"


@pytest.mark.parametrize(
    ("under", "again", "stage"),
    [
        ("  - [x] Cable done:2026-09-20\n", AGAIN, "reopened"),
        ("  - [x] Cable done:2026-09-20\n  - confirmed 2026-09-25\n", AGAIN, "reopened"),
        ("  - [x] Cable done:2026-10-01\n", AGAIN, "done"),
        ("  - [x] Cable\n", AGAIN, "done"),
        ("  - [x] Cable\n  - told 2026-09-25\n", AGAIN, "reopened"),
        ("  - [ ] Cable\n", AGAIN, "promised"),
        ("  - [-] Cable – dear\n", AGAIN, "refused"),
        ("  - [x] Cable done:2026-09-20\n", "## What they value\n\n- The cable #network\n", "done"),
        ("  - [x] Cable done:2026-09-20\n", "## What we will improve\n\n- [ ] More #network\n", "done"),
        ("  - [x] Cable done:2026-09-20\n", "## Frustrations\n\n- The link drops whenever the wind blows hard\n", "reopened"),
        ("  - [x] Cable done:2026-09-20\n", "## Frustrations\n\n- The wind is cold\n", "done"),
    ],
)  # fmt: skip
def test_what_is_said_again_after_it_was_done_is_reopened(
    under: str, again: str, stage: str
) -> None:
    text = f"## Frustrations\n\n- The link drops when the wind blows #network\n{under}"
    first, later = loops([note("2026-09-17", text), note("2026-10-01", again)])[:2]
    assert first.stage == stage
    if stage == "reopened":
        assert (first.again, later.earlier) == (later.place, first.place)
        assert first.reached != "reopened"
    else:
        assert first.again is None and later.earlier is None


def test_another_customer_reopens_nothing() -> None:
    first = note(
        "2026-09-17", "## Frustrations\n\n- Slow #network\n  - [x] Cable done:2026-09-20\n"
    )
    other = note("2026-10-01", AGAIN, "service-review-depot")
    assert [loop.stage for loop in loops([first, other])] == ["done", "said"]


@pytest.mark.parametrize(
    ("first", "later", "is_reopened"),
    [
        ("The link drops when the wind blows", "wind blows and the link dropped again", True),
        ("The link drops", "The link drops", False),  # Too few words to compare.
        ("The link drops when the wind blows", "The printer jams when the link is down", False),
    ],
)
def test_saying_most_of_the_same_words_again_reopens(
    first: str, later: str, is_reopened: bool
) -> None:
    done = note("2026-09-17", f"## Feedback\n\n- {first}\n  - [x] Cable done:2026-09-20\n")
    again = note("2026-10-01", f"## Feedback\n\n- {later}\n")
    stages = [loop.stage for loop in loops([done, again])]
    assert stages == ["reopened" if is_reopened else "done", "said"]
