"""What a row of an answer is and tells, and what is found where."""

from datetime import date, datetime, timedelta
from operator import eq, ge, gt, le, lt

import pytest

from journal_tui.index.search import Search
from journal_tui.journal import Journal
from journal_tui.settings import Places
from tests.index.index_fixture import TODAY, Place, asked, found

FULL = """# Depot day

The depot is full.
Rain on the old depot.

- [ ] sweep the depot due:2014-01-01
- [x] ask the depot

## Learning points

- depots are cold
- ask twice

## Feedback

- the depot was clean

Enjoyment: 7/10 – depot air
"""


@pytest.fixture
def full(place: Place) -> Place:
    """One day with everything, and the days around it."""
    place.put("2014/2014-10-06.md", FULL)
    place.put("2014/2014-10-06-visit.md", "# Visit\n\n## Learning points\n\n- ask the depot\n")
    place.put("2014/2014-10-07.md", "no rating\n\na depot\n")
    place.put("2013/2013-01-01.md", "# Other\n\n## Learning points\n\n- nothing\n")
    place.index().refresh()
    return place


def rows(place: Place, query: str, which: str = "mixed") -> list[tuple[str, str, str, int]]:
    """Day of the month, kind, text and line of each row."""
    return [
        (h.path[14:-3], h.part, h.text, h.line) for h in asked(place.index(), place, query, which)
    ]


POINTS = [
    ("6", "learning", "depots are cold", 11),
    ("6", "feedback", "the depot was clean", 16),
    ("6", "follow-up", "sweep the depot", 6),
    ("6", "follow-up", "ask the depot", 7),
]
VISIT = ("6-visit", "learning", "ask the depot", 5)
PARTS = [
    ("6", "title", "Depot day", 1),
    ("6", "remark", "depot air", 18),
    ("6", "prose", "The depot is full.", 3),
]


def test_mixed_rows_are_points_or_else_the_entry(full: Place) -> None:
    assert rows(full, "depot") == [("7", "entry", "a depot", 3), *POINTS, VISIT]
    assert rows(full, "old") == [("6", "entry", "Rain on the old depot.", 4)]
    assert rows(full, "rain cold") == [("6", "entry", "Rain on the old depot.", 4)]
    # Without a word to look for, the entries.
    assert [row[:2] for row in rows(full, "rating:7")] == [("6", "entry"), ("6-visit", "entry")]


def test_rows_of_learning_points_alone(full: Place) -> None:
    assert rows(full, "depot", "learning") == [POINTS[0], VISIT]
    assert [row[2] for row in rows(full, "rating:7", "learning")] == [
        "depots are cold",
        "ask twice",
        "ask the depot",
    ]


def test_rows_of_entries(full: Place) -> None:
    kinds = [row[:2] for row in rows(full, "depot", "entries")]
    assert kinds == [("7", "entry"), ("6", "entry"), ("6-visit", "entry")]
    # The row of an entry is known by its part that matched.
    assert rows(full, "in:remark depot", "entries") == [("6", "entry", "depot air", 18)]


def test_a_query_may_say_which_parts_are_rows(full: Place) -> None:
    everything = [*POINTS, *PARTS, VISIT]
    for which in ("mixed", "learning"):
        said = rows(full, "depot in:learning,feedback,follow-ups,title,remark,prose", which)
        assert said == [("7", "prose", "a depot", 3), *everything]
        assert rows(full, "is:late", which) == [POINTS[2]]
        assert rows(full, "is:open OR is:done", which) == POINTS[2:]
        assert rows(full, "depot -in:prose,follow-ups", which) == [*POINTS[:2], *PARTS[:2], VISIT]
    assert rows(full, "is:open")[0][2] == "sweep the depot"
    assert rows(full, "in:title depot -is:open") == PARTS[:1]


def test_a_note_has_the_rating_of_its_day(place: Place) -> None:
    place.put("2014/2014-10-06.md", "# Day\n\nEnjoyment: 7/10\n")
    place.put("2014/2014-10-06-visit.md", "# Visit\n\n## Learning points\n\n- ask twice\n")
    place.put("2014/2014-10-07.md", "## Learning points\n\n- ask once\n")
    index = place.index()
    index.refresh()
    hits = asked(index, place, "ask", "learning")
    told = [(hit.text, hit.rating) for hit in hits]
    assert told == [("ask once", None), ("ask twice", 7.0)]
    points = Search(index, place.library, lambda day: None, TODAY).points()
    assert [(hit.text, hit.rating) for hit in points] == told


def test_the_rating_of_the_day_entry_counts_before_that_of_a_note(place: Place) -> None:
    place.put("2014/2014-10-06-visit.md", "visit\n\nEnjoyment: 3/10\n")
    place.put("2014/2014-10-06.md", "day\n\nEnjoyment: 7/10\n")
    place.put("2014/2014-10-07-b.md", "b\n\nEnjoyment: 2/10\n")
    place.put("2014/2014-10-07-a.md", "a\n")
    index = place.index()
    index.refresh()
    assert found(index, place, "rating:7") == ["2014/2014-10-06.md", "2014/2014-10-06-visit.md"]
    assert found(index, place, "rating:3") == []
    assert found(index, place, "rating:2") == ["2014/2014-10-07-a.md", "2014/2014-10-07-b.md"]
    assert found(index, place, "-rating:7") == found(index, place, "rating:2")


def test_days_are_numbered_by_their_title_or_else_counted(place: Place) -> None:
    (place.root / "journal.toml").write_text("start = 2014-10-01\ncount = 'workdays'\n")
    place.put("2014-10-03.md", "# Counted\n")
    place.put("2014-10-04.md", "# Saturday\n")
    place.put("2014-10-06.md", "# Day 168 – Monday\n")
    place.put("2014-10-06-a.md", "# A note of that day\n")
    places = Places(place.folder / "config", place.folder / "index", place.folder / "state")
    journal = Journal(place.root, places, lambda: datetime(2014, 10, 7))
    journal.refresh()
    numbers = [(hit.path, hit.number) for hit in journal.find("words:>=0")]
    assert numbers == [
        ("2014-10-06.md", 168),
        ("2014-10-06-a.md", 4),
        ("2014-10-04.md", None),
        ("2014-10-03.md", 3),
    ]
    assert [hit.path for hit in journal.find("day:168")] == ["2014-10-06.md"]
    assert [hit.path for hit in journal.find("day:3..4")] == ["2014-10-06-a.md", "2014-10-03.md"]
    assert [hit.path for hit in journal.find("-day:1..999")] == ["2014-10-04.md"]
    assert len(list(journal.find('date:"day 168"'))) == 2


@pytest.mark.parametrize(
    ("text", "query", "line", "said"),
    [
        ("one\ntwo plan\nplan two b", "plan", 2, "two plan"),
        ("one\ntwo plan\nplan two b", "two b", 3, "plan two b"),
        ("one\ntwo plan\nplan two b", "b plan missing OR one", 3, "plan two b"),
        ("one two\n  three   four", '"two three"', 1, "one two"),
        ("plans\nplan", '"plan"', 2, "plan"),
        ("plans\nport a\nreport", "*ort", 2, "port a"),
        ("plan #plan\n#plan plan", "#plan -x", 1, "plan #plan"),
        ("# T\n\nx #tag", "#tag", 3, "x #tag"),
        ("---\ntags: plan\n---\n# T\n", "#plan", 4, "T"),
        ("été\nÅse", "ase", 2, "Åse"),
        ("x\n漢字", "字", 2, "漢字"),
        ("# T\n\nx\n\nEnjoyment: 7 – dry", "-missing", 3, "x"),
        (
            "# T\n\nRain again. We saw the depot and the old machines. Home.",
            "-missing",
            3,
            "Rain again. We saw the depot and the old machines.",
        ),
        ("# T\n\n## Learning points\n\n- Ask\n\nEnjoyment: 7 – dry", "-missing", 5, "Ask"),
        ("# T\n\nEnjoyment: 7 – dry", "-missing", 3, "dry"),
        ("# T\n", "-missing", 1, "T"),
        ("a\r\nb plan\r\n", "plan", 2, "b plan"),
        ("a\rb plan\rc", "plan", 2, "b plan"),
        # Of prose a line of prose is shown, though the title says the same.
        ("# plan\n\n- [ ] plan\n\na\nplan b", "plan in:prose", 6, "plan b"),
        ("# plan\r\n\r\na\r\nplan b\r\n", "plan in:prose", 4, "plan b"),
        ("# plan\r\ra\rplan b", "plan in:prose", 4, "plan b"),
    ],
)
def test_the_line_that_is_shown(place: Place, text: str, query: str, line: int, said: str) -> None:
    place.put("2014-10-06.md", text)
    place.index().refresh()
    (hit,) = [hit for hit in asked(place.index(), place, query) if hit.part in ("entry", "prose")]
    assert (hit.line, hit.text) == (line, said)


def test_a_note_is_shown_by_its_title(place: Place) -> None:
    place.put("2014-10-06.md", "# Monday\n\nSaw the depot and its old machines.\n")
    place.put("2014-10-06-review.md", "# Service review\n\nIn the glass office.\n")
    place.put("2014-W41.md", "# Week 41\n\nA week of rain, and of two reviews.\n")
    place.index().refresh()
    shown = {
        hit.path: (hit.line, hit.text) for hit in asked(place.index(), place, "words:>0", "entries")
    }
    assert shown == {
        "2014-10-06.md": (3, "Saw the depot and its old machines."),
        "2014-10-06-review.md": (1, "Service review"),
        "2014-W41.md": (3, "A week of rain, and of two reviews."),
    }


def test_points_in_the_order_of_their_files_and_days(full: Place) -> None:
    points = Search(full.index(), full.library, lambda day: None, TODAY).points()
    texts = [hit.text for hit in points]
    assert texts == ["depots are cold", "ask twice", "ask the depot", "nothing"]


def test_a_part_without_words_still_counts(place: Place) -> None:
    place.put("2014-10-06.md", "# !!!\n\n## Learning points\n\n- ???\n")
    place.put("2014-10-07.md", "x\n")
    index = place.index()
    index.refresh()
    assert found(index, place, "in:title -x") == ["2014-10-06.md"]
    assert [hit.text for hit in asked(index, place, "in:learning")] == ["???"]
    assert [hit.text for hit in asked(index, place, "in:learning -plan")] == ["???"]


def test_letters_inside_words_find_no_day_without_them(place: Place) -> None:
    """Two words, on forty and on twenty days, are together as many as the sixty days."""
    days = [date(2014, 1, 1) + timedelta(number) for number in range(60)]
    for number, day in enumerate(days):
        text = "report export" if number < 20 else "report" if number < 40 else "nothing"
        place.put(f"2014/{day}.md", text)
    index = place.index()
    index.refresh()
    assert len(found(index, place, "*port")) == 40


def test_letters_inside_words_do_not_match_all_days(place: Place) -> None:
    """The days after a word are written with letters, and so are characters beyond ASCII."""
    place.put("2014-01-10.md", "bob kid\n")
    place.put("2014-01-11.md", "иск\n")
    index = place.index()
    index.refresh()
    assert "Aa" in index.segment("2014").postings().slice_of("") and "&" in index.segment(
        "2014"
    ).postings().slice_of("")
    assert found(index, place, "*aa") == found(index, place, "*43") == []
    assert found(index, place, "*id") == ["2014-01-10.md"]
    assert found(index, place, "*и") == ["2014-01-11.md"]


@pytest.mark.parametrize(
    ("field", "text", "values"),
    [
        ("rating", "Enjoyment: {}/10", [0, 0.5, 5, 7.25, 9, 9.5, 10]),
        ("day", "# Day {}", [0, 1, 9, 10, 99, 100, 101, 9_999_999]),
        ("words", "{}", [0, 1, 9, 10, 11, 100]),
    ],
)
def test_numbers_at_their_bounds(place: Place, field: str, text: str, values: list[float]) -> None:
    paths = {f"2014-10-{day:02d}.md": value for day, value in enumerate(values, 1)}
    for path, value in paths.items():
        place.put(path, "word " * int(value) if field == "words" else text.format(value))
    index = place.index()
    index.refresh()
    bounds = {*values, *(value + 0.5 for value in values), 10.25, 11, 12.5}
    for bound in sorted(bound for bound in bounds if bound < 9_999_999):
        for sign, holds in {">": gt, ">=": ge, "<": lt, "<=": le, "=": eq}.items():
            wanted = {path for path, value in paths.items() if holds(value, bound)}
            assert set(found(index, place, f"{field}:{sign}{bound}")) == wanted, (sign, bound)
            assert set(found(index, place, f"-{field}:{sign}{bound}")) == paths.keys() - wanted
        for more in (0, 0.5, 1, 2):
            inside = {path for path, value in paths.items() if bound <= value <= bound + more}
            assert set(found(index, place, f"{field}:{bound}..{bound + more}")) == inside


def test_kinds_do_not_run_into_each_other(place: Place) -> None:
    for rest in ("-visit", "-visitors", "-visit-autumn", "-vis", ""):
        place.put(f"2014-10-06{rest}.md", "x")
    index = place.index()
    index.refresh()
    visits = {"2014-10-06-visit.md", "2014-10-06-visit-autumn.md"}
    assert set(found(index, place, "kind:visit")) == visits
    assert set(found(index, place, "kind:vis")) == {"2014-10-06-vis.md"}
    assert set(found(index, place, "-kind:visit")) == {*place.paths()} - visits


def test_a_part_mentions_what_its_entry_mentions(place: Place) -> None:
    """What is cut off a link looks like a tag, and is none in the entry."""
    place.put("2014-10-06.md", "Learning points: [one; #late](x); two #plan\n")
    index = place.index()
    index.refresh()
    assert found(index, place, "#late") == found(index, place, "#late in:learning") == []
    assert [hit.text for hit in asked(index, place, "#plan")] == ["two #plan"]
    assert len(asked(index, place, "in:learning -#late")) == 3


def test_a_phrase_may_run_over_the_lines_of_a_point(place: Place) -> None:
    """A point says what its nested items say, without the boxes and dates between."""
    place.put("2014-10-06.md", "## Learning points\n\n- ask\n  - [x] the depot\n")
    index = place.index()
    index.refresh()
    assert [hit.part for hit in asked(index, place, '"ask the depot"')] == ["learning"]
    assert [hit.part for hit in asked(index, place, '"ask x the"')] == ["entry"]
    assert asked(index, place, '"ask the depot"', "entries") == []


@pytest.mark.parametrize("day", [date.min, date(1, 12, 31), date(9999, 1, 1), date.max])
def test_the_ends_of_the_calendar(place: Place, day: date) -> None:
    path = f"{day.isoformat()}.md"
    place.put(path, "plan")
    place.put("2014-10-06.md", "plan")
    index = place.index()
    index.refresh()
    assert found(index, place, f"plan date:{day.isoformat()}") == [path]
    both = found(index, place, "plan")
    assert sorted(both) == sorted([path, "2014-10-06.md"])
    assert found(index, place, f"plan since:0001-01-01 until:{date.max.isoformat()}") == both
    kept = both if day > TODAY else both[:1]
    assert found(index, place, "plan since:2014") == kept
