"""How new entries are named in a folder without settings: as the files that are there."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.changes import add_prose
from journal_tui.journal import Journal
from journal_tui.library.file_reader import dated_stamp
from journal_tui.library.folder_pattern import MAX_NAMES, pattern_of
from journal_tui.library.naming import YEARS, file_pattern
from journal_tui.library.scan import Scan
from journal_tui.library.survey import survey
from journal_tui.settings import Places
from tests.library.test_survey import FOLDERS, put, put_days

NOW = datetime(2026, 11, 29, 18, 0)
TODAY = NOW.date()
DAILY, LOGSEQ, FLAT = "daily/%Y-%m-%d.md", "journals/%Y_%m_%d.md", "%Y-%m-%d.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "notes"
    root.mkdir()
    return root


def opened(root: Path) -> Journal:
    """Open a folder as another process would."""
    places = Places(*(root.parent / name for name in ("config", "cache", "state")))
    return Journal(root, places, lambda: NOW)


@pytest.mark.parametrize("make", FOLDERS)
def test_new_entries_are_named_as_would_be_proposed(
    make: Callable[[Path], None], folder: Path
) -> None:
    make(folder)
    proposed = file_pattern(survey(folder).file)
    journal = opened(folder)
    assert journal.entries.new_path(TODAY) == proposed.path(TODAY)
    journal.change(TODAY, lambda entry: add_prose(entry, "Words."))
    assert "Words." in (folder / proposed.path(TODAY)).read_text("utf-8")
    assert opened(folder).path_of(TODAY) == proposed.path(TODAY)
    assert not (folder / "journal.toml").exists()


@pytest.mark.parametrize("make", FOLDERS)
def test_the_proposal_changes_nothing_about_the_files_of_a_day(
    make: Callable[[Path], None], folder: Path
) -> None:
    make(folder)
    file = file_pattern(survey(folder).file).without_title
    before = opened(folder)
    paths = [line.split("\t")[0] for year in before.entries.scan().years.values() for line in year]
    roles = {path: before.entries.role(path) for path in paths}
    (folder / "journal.toml").write_text(f'file = "{file}"\n')
    after = opened(folder)
    assert {path: after.entries.role(path) for path in paths} == roles


def test_a_day_that_has_a_file_is_written_to_it(folder: Path) -> None:
    put_days(folder, DAILY)
    put(folder, f"old/{TODAY:%Y_%m_%d}.md", "Morning.\n")
    journal = opened(folder)
    journal.change(TODAY, lambda entry: add_prose(entry, "Evening."))
    assert journal.path_of(TODAY) == f"old/{TODAY:%Y_%m_%d}.md"
    assert not (folder / f"daily/{TODAY}.md").exists()


def test_a_note_of_a_day_without_an_entry_stays_a_note(folder: Path) -> None:
    put_days(folder, LOGSEQ)
    journal = opened(folder)
    note = journal.entries.new_path(TODAY, "Board meeting")
    put(folder, note, "What the board said.\n")
    assert note == f"journals/{TODAY:%Y_%m_%d}-board-meeting.md"
    assert opened(folder).path_of(TODAY) is None


def test_notes_alone_do_not_name_entries(folder: Path) -> None:
    put_days(folder, "%Y/%Y-%m-%d-review.md")
    assert opened(folder).entries.new_path(TODAY) == f"2026/{TODAY}.md"
    assert opened(folder).path_of(date(2024, 1, 1)) is None


def test_the_settings_win(folder: Path) -> None:
    put_days(folder, DAILY)
    put(folder, "journal.toml", 'layout = "years"\n')
    assert opened(folder).entries.new_path(TODAY) == f"2026/{TODAY}.md"
    put(folder, "journal.toml", 'file = "{yyyy}{mm}{dd}.txt"\n')
    assert opened(folder).entries.new_path(TODAY) == f"{TODAY:%Y%m%d}.txt"


def found(*paths: tuple[date, str]) -> Scan:
    """Return what a scan would find."""
    years: dict[str, list[str]] = {}
    for day, path in paths:
        years.setdefault(str(day.year), []).append(dated_stamp(f"{path}\t1\t1", day.isoformat()))
    return Scan(years, [], {})


def named(form: str, first: date, count: int) -> list[tuple[date, str]]:
    days = [first + timedelta(number) for number in range(count)]
    return [(day, day.strftime(form)) for day in days]


def test_no_entries_propose_nothing() -> None:
    assert pattern_of(found()) == ""
    assert pattern_of(found((date(2024, 1, 1), "x/2024-W01.md"))) == ""


def test_the_latest_names_count_after_a_change_of_habit() -> None:
    old = named(FLAT, date(2010, 1, 1), 4_000)
    new = named(LOGSEQ, date(2021, 1, 1), MAX_NAMES // 2 + 1)
    assert pattern_of(found(*old, *new)) == "journals/{yyyy}_{mm}_{dd}.md"
    assert pattern_of(found(*old, *new[:-2])) == "{yyyy}-{mm}-{dd}.md"


def test_one_file_changes_nothing() -> None:
    usual = named(DAILY, date(2024, 1, 1), 20)
    for path in (
        "2024-03-03.md",
        "x/2024_03_03.md",
        "daily/Mar 3, 2024.md",
        "daily/2024-03-03 A.md",
    ):
        assert pattern_of(found(*usual, (date(2024, 3, 3), path))) == "daily/{yyyy}-{mm}-{dd}.md"


def test_of_two_patterns_of_the_same_number_the_usual_one_is_followed() -> None:
    for other in ("2024-01-02.MD", "2024_01_02.md", "2024-01-02.txt", "20240102.md"):
        twins = [(date(2024, 1, 1), "2024-01-01.md"), (date(2024, 1, 2), other)]
        assert pattern_of(found(*twins)) == pattern_of(found(*reversed(twins)))
        assert pattern_of(found(*twins)) == "{yyyy}-{mm}-{dd}.md"


@given(
    st.integers(1, 12),
    st.integers(1, 12),
    st.sampled_from([(DAILY, LOGSEQ), (FLAT, DAILY), (LOGSEQ, FLAT)]),
)
def test_following_the_names_never_changes_the_pattern(
    first: int, second: int, forms: tuple[str, str]
) -> None:
    there = named(forms[0], date(2024, 1, 1), first) + named(forms[1], date(2024, 2, 1), second)
    pattern = pattern_of(found(*there))
    for number in range(40):
        day = date(2024, 6, 1) + timedelta(number)
        there.append((day, file_pattern(pattern).path(day)))
        assert pattern_of(found(*there)) == pattern


def test_an_index_follows_a_change_of_the_names(folder: Path) -> None:
    put_days(folder, FLAT, "Own.\n", [TODAY - timedelta(number) for number in range(3)])
    put(folder, f"{TODAY - timedelta(1):%Y_%m_%d}-x.md", "More.\n")
    opened(folder).refresh()
    put_days(folder, LOGSEQ, "Own.\n", [date(2026, 1, 1) + timedelta(n) for n in range(20)])
    journal, other = opened(folder), opened(folder)
    journal.refresh()
    refreshed = [(day, record["path"]) for day, record in journal.index.newest()]
    other.index.rebuild()
    assert refreshed == [(day, record["path"]) for day, record in other.index.newest()]


def test_a_folder_that_cannot_be_listed_has_the_usual_names(folder: Path) -> None:
    journal = opened(folder / "gone")
    assert journal.entries.pattern.source == YEARS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("## Gelernt\n\n- eins\n", "items under “Gelernt” aren't read"),
        ("## Rückmeldung\n\n- lob\n", "items under “Rückmeldung” aren't read"),
        ("Stimmung: 7/10\n", "ratings such as “Stimmung: 7/10” aren't read"),
        ("Enjoyment: 4/5\n", "ratings such as “Enjoyment: 4/5” aren't read"),
        (
            "## Gelernt\n\n- eins\n\nStimmung: 7/10\n",
            "items under “Gelernt” and ratings such as “Stimmung: 7/10” aren't read",
        ),
        ("## Learning points\n\n- one\n\n- [ ] Call\n\nEnjoyment: 7/10\n", ""),
        ("## Aufgaben\n\n- [ ] Anna fragen\n", ""),
        ("Prosa.\n", ""),
    ],
)
def test_what_only_settings_would_have_read_is_said(folder: Path, text: str, said: str) -> None:
    put_days(folder, DAILY, text)
    sentence = opened(folder).entries.unread_conventions()
    assert said in sentence and bool(sentence) == bool(said)
    if said:
        assert sentence.endswith(f"run: journal new {folder}")
        put(folder, "journal.toml", "")
        assert opened(folder).entries.unread_conventions() == ""


def test_that_new_entries_lie_in_a_published_folder_is_said(folder: Path) -> None:
    put_days(folder, "_posts/%Y-%m-%d-a-title.md", "Prose.\n")
    assert "new entries go to _posts/" in opened(folder).entries.unread_conventions()
