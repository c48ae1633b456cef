"""The facts of a brief come from the index: few records are read, and counts are right."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from journal_tui.errors import QueryError
from journal_tui.index.table_storage import Table, TableFiles
from journal_tui.journal import Journal
from journal_tui.lookups.follow_ups import due_by, longest_waiting, of_record, waits_since
from tests.lookups.written_journal import write_journal

# A Friday, before it is time to close the week.
NOW = datetime(2026, 11, 20, 11, 0)
TODAY = NOW.date()
Make = Callable[..., Journal]
WORKDAYS = 'start = 2024-01-01\ncount = "workdays"\n'


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a journal from a journal.toml and texts by day or path; today is Friday 20 November 2026."""

    def make(files: dict[str, str], toml: str = WORKDAYS) -> Journal:
        return write_journal(tmp_path, files, toml, NOW)

    return make


def rows(journal: Journal, day: date = TODAY) -> list[tuple[str, str, str]]:
    return [(line.kind, line.lead, line.text) for line in journal.brief(day)]


def test_an_empty_journal_has_no_brief(make: Make) -> None:
    journal = make({})
    assert journal.brief(TODAY) == []
    assert journal.brief(date.min) == journal.brief(date.max) == []
    assert journal.brief_about("@ann") == []


def test_what_is_due_comes_from_all_years_and_not_before_its_day(make: Make) -> None:
    journal = make(
        {
            "1999-01-01": "- [ ] Oldest due:1999-01-05\n- [ ] Last due:9999-12-31\n",
            "2025-03-01": "- [ ] Old due:2025-03-05\n- [x] Done due:2025-03-05\n- [-] Dropped due:2025-03-05\n",
            "2026-11-13": "- [ ] Today due:2026-11-20\n- [ ] Tomorrow due:2026-11-21\n- [ ] Some day\n",
            "2026-11-20": "- [ ] Yesterday due:2026-11-19\n- [/] Begun due:2026-11-19\n",
        }
    )
    due = [(line.lead, line.text, line.due) for line in journal.brief(TODAY) if line.kind == "due"]
    assert due == [
        ("Due today", "Today", TODAY),
        ("Due yesterday", "Yesterday", date(2026, 11, 19)),
        ("Due yesterday; 2 more", "Begun", date(2026, 11, 19)),
    ]
    # An earlier day isn't pressed for what is due today.
    assert not [line for line in journal.brief(date(2026, 11, 19)) if line.kind == "due"]


def test_what_is_due_and_waits_is_as_all_entries_say(make: Make) -> None:
    random, files = Random(5), dict[str, str]()
    names = ["2026-W41", "2026-W46", "2026-11", "2026"]
    for back in range(0, 400, 3):
        day = (TODAY - timedelta(back)).isoformat()
        names += [day, f"{day}-note"] if back % 2 else [day]
    for number, name in enumerate(names):
        tasks = [
            f"- [{random.choice('  /x-')}] Task {number}.{line}"
            + random.choice(["", " waiting:@ann", " waiting:@bo since:2026-10-30"])
            + random.choice(["", f" due:{TODAY + timedelta(random.randint(-9, 3))}"])
            for line in range(random.randint(0, 4))
        ]
        files[name] = "\n".join(["Prose.", "", *tasks])
    journal = make(files)
    everything = [task for day, record in journal.index.newest() for task in of_record(day, record)]
    opened = [task for task in everything if not task.is_closed]
    for day in (TODAY - timedelta(9), TODAY - timedelta(4), TODAY, date.max):
        due = [(it.due, it.day) for it in opened if it.due and it.due <= day]
        due.sort(reverse=True)
        for most in (0, 1, 3, 1_000):
            found, count = due_by(journal.index, day, most)
            assert [(task.due, task.day) for task in found] == due[:most]
            assert set(found) <= set(opened) and count == len(due)
    assert journal.follow_ups.late() == sum(task.is_late(TODAY) for task in everything) > 0
    waiting = sorted((task for task in everything if task.state == "waiting"), key=waits_since)
    for most in (0, 1, 2, 40, 1_000):
        assert longest_waiting(journal.index, most) == waiting[:most]


def test_of_what_is_due_or_waits_only_what_is_shown_is_read(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "- [ ] Ask due:2020-01-01\n- [ ] Get waiting:@ann since:{}-01-01\n"
    files = {
        f"{year}-{month:02d}-15": text.format(year)
        for year in range(2006, 2027)
        for month in (2, 9)
    }
    journal = make(files, "[customers.lab]\nevery = 9\n")
    read: list[str] = []
    load = TableFiles.load

    def loaded(self: TableFiles, name: str) -> Table:
        read.append(name)
        return load(self, name)

    monkeypatch.setattr(TableFiles, "load", loaded)
    fresh = Journal(journal.root, journal.places, journal.clock)
    lines = fresh.brief(TODAY)
    assert [line.kind for line in lines][:5] == ["due", "due", "due", "visit", "waiting"]
    assert lines[2].lead.endswith("39 more")
    others = {name for name in read if ".stamps" not in name}
    # What is due last and what waits longest, the last day, and a month and a year ago.
    assert others == {"2026", "2025", "2006"}


def test_what_waits_for_someone_the_longest_first(make: Make) -> None:
    journal = make(
        {
            "2026-11-02": "TODO\n\n- [ ] The figures waiting:@ann\n- WAITING The lift\n- [x] Got waiting:@ann\n",
            "2026-11-12": "- [ ] The keys waiting:@bo since:2026-10-31\n- [ ] Not waiting\n",
        }
    )
    waiting = [line for line in journal.brief(TODAY) if line.kind == "waiting"]
    assert [(line.lead, line.text, line.line) for line in waiting] == [
        ("Waiting for @bo, 20 days", "The keys", 1),
        ("Waiting for @ann, 18 days", "The figures", 3),
    ]


def test_what_was_last_and_a_month_and_a_year_ago(make: Make) -> None:
    text = "# Title\n\n{} and it rained the whole day. More.\n\nEnjoyment: 7\n"
    journal = make(
        {
            "2026-11-18": text.format("Last"),
            "2026-10-20": text.format("A month ago"),
            "2025-11-21": text.format("Next day a year ago"),
            "2025-11-17": text.format("Too far from it"),
            "2020-11-20": text.format("Six years ago"),
            "2020-11-19": text.format("Not this day"),
            "2026-11-20": text.format("Today"),
        }
    )
    assert rows(journal) == [
        ("last", "Wednesday", "Last and it rained the whole day."),
        ("earlier", "A month ago", "A month ago and it rained the whole day."),
        ("earlier", "A year ago", "Next day a year ago and it rained the whole day."),
        ("week", "This week", "2 of 5 workdays written"),
        ("earlier", "6 years ago", "Six years ago and it rained the whole day."),
    ]
    last = journal.brief(TODAY)[0]
    assert (last.day, last.path, last.line, last.rating) == (
        date(2026, 11, 18), "2026/2026-11-18.md", 3, 7.0,
    )  # fmt: skip


def test_what_cannot_be_read_is_left_out(make: Make) -> None:
    journal = make(
        {"2026-11-19": "x", "2025-11-20": "x", "2020-11-20": "# T\n\nThen we met them all.\n"}
    )
    for name in ("2026-11-19", "2025-11-20"):
        path = journal.root / name[:4] / f"{name}.md"
        path.unlink()
        path.mkdir()
    # What was read before is in the index until the next refresh.
    assert "Then we met them all." in [line.text for line in journal.brief(TODAY)]
    journal.refresh()
    assert [line.text for line in journal.brief(TODAY)] == ["Then we met them all."]


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("# Title\n\n## Learning points\n\n- Ask first\n\nEnjoyment: 5 – wet\n", "Ask first", 5),
        ("# Title\n\nEnjoyment: 5 – wet and cold\n", "wet and cold", 3),
        ("# A title by itself\n", "A title by itself", 1),
        ("---\ntags: [a]\n---\r\n# T\r\n\r\n- First item of a list of them\r\n- Second\r\n",
         "First item of a list of them", 6),
    ],
)  # fmt: skip
def test_the_headline_of_a_day_without_prose(make: Make, text: str, said: str, line: int) -> None:
    (last, *_) = make({"2026-11-19": text}).brief(TODAY)
    assert (last.kind, last.text, last.line) == ("last", said, line)


def test_a_point_returns_after_weeks_and_months(make: Make) -> None:
    point = "# T\n\n## Learning points\n\n- {}\n"
    journal = make(
        {
            "2026-10-30": point.format("Three weeks"),
            "2026-08-22": point.format("Three months, a day off"),
            "2026-11-15": point.format("Too new"),
            "2026-07-01": point.format("Not due"),
        }
    )
    shown = {
        line.text
        for day in range(18, 21)
        for line in journal.brief(date(2026, 11, day))
        if line.kind == "point"
    }
    assert shown == {"Three weeks", "Three months, a day off"}


@pytest.mark.parametrize(
    ("toml", "day", "words"),
    [
        (WORKDAYS, date(2026, 11, 20), ("This week", "2 of 4 workdays written")),
        # The day itself counts once it is written.
        (WORKDAYS, date(2026, 11, 18), ("This week", "2 of 3 workdays written")),
        (WORKDAYS, date(2026, 11, 22), ("This week", "2 of 5 workdays written")),
        (WORKDAYS, date(2026, 11, 16), ("Last week", "1 of 5 workdays written")),
        ('start = 2026-11-10\ncount = "calendar"\n', date(2026, 11, 16), ("Last week", "2 of 6 days written")),
        ('start = 2026-11-10\ncount = "entries"\n', date(2026, 11, 20), ("This week", "2 days written")),
        ('count = "none"\n', date(2026, 11, 16), ("Last week", "2 days written")),
        ("", date(2026, 11, 20), ("This week", "2 days written")),
        ('start = 2026-11-17\ncount = "workdays"\n', date(2026, 11, 20), ("This week", "2 of 3 workdays written")),
    ],
)  # fmt: skip
def test_the_week_counts_as_the_journal_does(
    make: Make, toml: str, day: date, words: tuple[str, str]
) -> None:
    days = ("2026-11-13", "2026-11-14", "2026-11-17", "2026-11-18")
    files = dict.fromkeys(days, "# T\n\nIt rained all day, and nobody minded.\n")
    found = [line for line in make(files, toml).brief(day) if line.kind == "week"]
    assert [(line.lead, line.text) for line in found] == [words]
    journal = make(files, toml)
    assert {hit.day for hit in journal.find(found[0].query, "entries")} == {
        date.fromisoformat(it) for it in days if date.fromisoformat(it).isocalendar()[1] == int(found[0].query[-2:])
    }  # fmt: skip


def test_about_a_person_it_is_that_person(make: Make) -> None:
    journal = make(
        {
            "2026-03-02": "Saw @ann. She left early because of the lift, again.\n\n## Learning points\n\n- Ask @ann first\n",
            "2026-11-18": "@anna came. Then @Ann came as well, with the plans. Others left.\n\n- [ ] Send @ann the plan due:2026-11-19\n- [ ] Ring @anna\n- [ ] The figures waiting:@ann\n",
        }
    )
    lines = journal.brief_about("@ann")
    assert [(line.kind, line.lead, line.text) for line in lines] == [
        ("mentioned", "On 2 days", "from 2 March 2026 to 18 November 2026"),
        ("said", "2 days ago", "Then @Ann came as well, with the plans."),
        ("said", "8 months ago", "Saw @ann. She left early because of the lift, again."),
        ("due", "Due yesterday", "Send @ann the plan"),
        ("waiting", "Waiting for @ann, 2 days", "The figures"),
        ("point", "Learned 8 months ago", "Ask @ann first"),
    ]
    # If there is no such name, the names that begin with it are meant.
    assert [line.kind for line in journal.brief_about("@an")] == [
        "said", "said", "due", "open", "waiting", "point",
    ]  # fmt: skip


def test_about_a_tag_with_those_nested_in_it(make: Make) -> None:
    journal = make(
        {
            "2026-11-17": "The scanner was moved to the depot. It is. #site\n",
            "2026-11-18": "# T\n\nThey let us in at the side door, at last.\n\n#site/lab #other\n",
            "2026-11-19": "#sites are something else.\n",
        }
    )
    assert [(line.kind, line.text) for line in journal.brief_about("#site")] == [
        ("mentioned", "from 17 November 2026 to 18 November 2026"),
        ("said", "They let us in at the side door, at last."),
        ("said", "The scanner was moved to the depot. It is. #site"),
    ]


def test_about_words_and_what_cannot_be_read(make: Make) -> None:
    journal = make({"2026-11-17": "First this. Then the old scanner was moved away. Last.\n"})
    (line,) = journal.brief_about("scanner old")
    assert (line.kind, line.text) == ("said", "Then the old scanner was moved away.")
    assert journal.brief_about("nothing") == []
    with pytest.raises(QueryError):
        journal.brief_about("rating:nonsense")


def test_a_brief_reads_few_records(make: Make, read_days: set[date]) -> None:
    files = {
        f"{year}-{month:02d}-15": "Saw @ann about it.\n\n- [ ] Ask due:2027-01-01\n- [ ] Late due:2020-01-01\n"
        for year in range(2016, 2027)
        for month in range(1, 12)
    }
    journal = make(files)
    read_days.clear()
    assert journal.brief_about("@ann")
    assert len(read_days) < 60
