"""Journal: days and their numbers, where an entry lies, changes, and which folder is meant."""

import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from time import sleep

import pytest

from journal_tui.all_settings import PAGE, SETTINGS, Setting, filled_in, not_filled_in
from journal_tui.entry.changes import add_points, add_prose, rate
from journal_tui.entry.note_kinds import NoteRequest
from journal_tui.errors import EntryError, NoJournal, SaveError, UsageError, WhenError
from journal_tui.index.index import Index
from journal_tui.journal import Journal, create, find_root
from journal_tui.library import config
from journal_tui.library.library import Library
from journal_tui.period.calendar_period import CalendarPeriod
from journal_tui.settings import Places

NOW = datetime(2014, 10, 6, 18, 0)
TODAY = NOW.date()
Make = Callable[..., Journal]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a journal from a journal.toml and files; a Monday in October 2014."""

    def make(toml: str = "", **files: str) -> Journal:
        root = tmp_path / "journal"
        root.mkdir(exist_ok=True)
        (root / "journal.toml").write_text(toml, "utf-8")
        for name, text in files.items():
            path = root / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
        journal = Journal(root, places, lambda: NOW)
        journal.refresh()
        return journal

    return make


def test_day_in_words(make: Make) -> None:
    journal = make()
    assert journal.day("yesterday") == date(2014, 10, 5)
    assert journal.day("2014-10-01") == date(2014, 10, 1)
    with pytest.raises(WhenError):
        journal.day("gobbledygook")


def test_day_by_the_number_in_a_title(make: Make) -> None:
    files = {"2014/2014-10-06": "# Day 168 – Monday\n", "2013/2013-02-01": "Day 7\n"}
    journal = make(**files)
    for words in ("day 168", " Day  168", "DAY 168"):
        assert journal.day(words) == TODAY
    assert journal.day("day 7") == date(2013, 2, 1)
    for words in ("day 169", "day 0", "day 99999999999999999999"):
        with pytest.raises(WhenError, match="There is no entry for day"):
            journal.day(words)
    with pytest.raises(WhenError, match="isn't a date"):
        journal.day("day ١٦٨")


def test_a_long_day_number_is_the_one_that_was_typed(make: Make) -> None:
    journal = make(**{"2014/2014-10-06": "# Day 168\n"})
    assert journal.day("day 00000000000168") == TODAY
    with pytest.raises(WhenError, match=r"^There is no entry for day 1234567890\.$"):
        journal.day("day 1234567890")
    with pytest.raises(WhenError, match=f"^There is no entry for day {'9' * 39}…"):
        journal.day("day " + "9" * 10_000)


def test_day_by_a_number_in_another_language(make: Make) -> None:
    journal = make('[sections]\nday = ["Arbeitstag"]\n', **{"2014/2014-10-06": "# Arbeitstag 3\n"})
    assert journal.day("arbeitstag 3") == journal.day("day 3") == TODAY


@pytest.mark.parametrize(
    ("count", "number", "day"),
    [
        ("calendar", 6, date(2014, 10, 6)),
        ("workdays", 4, date(2014, 10, 6)),
        ("entries", 3, date(2014, 10, 6)),
        ("entries", 2, date(2014, 10, 5)),
    ],
)
def test_day_by_a_number_that_is_counted(make: Make, count: str, number: int, day: date) -> None:
    files = {f"2014/2014-10-0{n}": "Prose\n" for n in (1, 5, 6)} | {"2014/2014-09-30": "Before\n"}
    journal = make(f'start = 2014-10-01\ncount = "{count}"\n', **files)
    assert journal.day(f"day {number}") == day
    assert journal.number(day) == number
    for missing in ("day 0", "day 99999999999"):
        with pytest.raises(WhenError):
            journal.day(missing)


def numbers(journal: Journal) -> list[int | None]:
    """The numbers of Friday 3 October to Tuesday 7 October 2014."""
    return [journal.number(date(2014, 10, day)) for day in range(3, 8)]


def test_number_by_each_way_of_counting(make: Make) -> None:
    start = "start = 2014-10-04\n"
    files = {"2014/2014-10-04": "x\n", "2014/2014-10-04-note": "x\n", "2014/2014-10-02": "x\n"}
    assert numbers(make(start + 'count = "calendar"\n', **files)) == [None, 1, 2, 3, 4]
    assert numbers(make(start + 'count = "workdays"\n', **files)) == [None, None, None, 1, 2]
    assert numbers(make(start + 'count = "entries"\n', **files)) == [None, 1, 2, 2, 2]
    assert numbers(make(start + 'count = "none"\n', **files)) == [None] * 5
    assert numbers(make('count = "calendar"\n', **files)) == [None] * 5
    assert numbers(make("start = 2014-10-06\n")) == [None, None, None, 1, 2]


def test_number_over_years(make: Make) -> None:
    journal = make('start = 2014-01-01\ncount = "workdays"\n')
    assert journal.number(date(2014, 12, 31)) == 261
    assert journal.number(date(2034, 1, 2)) == 261 + sum(
        date.fromordinal(n).weekday() < 5
        for n in range(date(2015, 1, 1).toordinal(), date(2034, 1, 2).toordinal() + 1)
    )


@pytest.mark.parametrize(
    "name",
    [
        "2014/2014-10-06",
        "2014-10-06",
        "2014/2014-10-06 Monday",
        "2014-10-06 Monday",
        "Daily notes/2014-10-06",
        "Daily notes/2014/10 October/2014-10-06 Monday",
    ],
)
def test_an_entry_is_found_wherever_it_lies(make: Make, name: str) -> None:
    journal = make(**{name: "Prose.\n", "2014/2014-10-05": "x\n"})
    assert journal.path_of(TODAY) == f"{name}.md"
    opened = journal.open(TODAY)
    assert (opened.path, opened.entry.text) == (f"{name}.md", "Prose.\n")
    journal.change(TODAY, lambda entry: rate(entry, 9))
    assert (journal.root / f"{name}.md").read_text("utf-8") == "Prose.\n\nEnjoyment: 9/10\n"
    assert len(list(journal.root.rglob("2014-10-06*"))) == 1


@pytest.mark.parametrize(
    "name", ["2014/2014-10-06-service-review", "Deep/2014-10-06-service-review", "2014-10-07"]
)
def test_a_note_is_not_the_days_entry(make: Make, name: str) -> None:
    journal = make(**{name: "Prose.\n"})
    assert journal.path_of(TODAY) is None
    assert journal.open(TODAY).loaded is None


def test_the_days_own_name_comes_first(make: Make) -> None:
    journal = make(**{"2014/2014-10-06": "a", "2014/2014-10-06 Monday": "b", "2014-10-06-x": "c"})
    assert journal.path_of(TODAY) == "2014/2014-10-06.md"


@pytest.mark.parametrize(
    ("toml", "files", "path"),
    [
        ("", {}, "2014/2014-10-06.md"),
        ("", {"2014/2014-10-01": "x"}, "2014/2014-10-06.md"),
        ("", {"2014-10-01": "x"}, "2014-10-06.md"),
        ("", {"2014-10-01 Wednesday": "x"}, "2014-10-06 Monday.md"),
        ("", {"journals/2014_10_01": "x"}, "journals/2014_10_06.md"),
        ('layout = "years"', {"2014-10-01": "x"}, "2014/2014-10-06.md"),
        ('layout = "flat"', {"2014/2014-10-01": "x"}, "2014-10-06.md"),
    ],
)
def test_where_a_new_entry_goes(make: Make, toml: str, files: dict[str, str], path: str) -> None:
    journal = make(toml, **files)
    journal.change(TODAY, lambda entry: add_prose(entry, "Words."))
    assert "Words." in (journal.root / path).read_text("utf-8")
    assert journal.path_of(TODAY) == path


def test_change_of_a_new_day_leaves_no_gap(make: Make) -> None:
    journal = make("start = 2014-10-01\n")
    saved = journal.change(TODAY, lambda entry: rate(entry, 9, "fine"))
    assert saved.text == (
        "# Day 6 – Monday 6 October 2014\n\n## Learning points\n\n- \n\nEnjoyment: 9/10 – fine\n"
    )
    assert journal.open(TODAY).entry.text == saved.text
    assert journal.ratings(TODAY, TODAY) == {TODAY: 9}


def test_several_points_are_one_save(make: Make) -> None:
    journal = make(**{"2014/2014-10-06": "Prose.\n"})
    saved = journal.change(TODAY, lambda entry: add_points(entry, ["One", "Two"]))
    assert saved.text == "Prose.\n\n## Learning points\n\n- One\n- Two\n"
    assert [hit.text for hit in journal.find("two")] == ["Two"]


def test_when_one_point_is_refused_none_is_added(make: Make) -> None:
    journal = make(**{"2014/2014-10-06": "Prose.\n"})
    with pytest.raises(EntryError):
        journal.change(TODAY, lambda entry: add_points(entry, ["One", "Enjoyment: 9/10"]))
    assert journal.open(TODAY).entry.text == "Prose.\n"


def test_a_template_without_a_place_for_the_cursor(make: Make) -> None:
    journal = make("[templates]\nday = '''\nHead\n\n\n\nTail\n'''\n")
    assert journal.change(TODAY, lambda entry: []).text == "Head\n\n\n\nTail\n"


@pytest.mark.parametrize(
    "setting", [it for it in SETTINGS if it.kind == PAGE], ids=lambda it: it.key
)
def test_just_what_a_template_is_said_to_fill_in_is_filled_in(make: Make, setting: Setting) -> None:
    names = re.findall(r"\{[a-z-]+\}", filled_in(setting))
    page = " ".join(names)
    assert {"{learning}", "{feedback}", "{follow-up}", "{rating}", "{iso}"} < set(names)
    assert not not_filled_in(setting, page)
    assert not_filled_in(setting, f"{page} {{x}}") == "Nothing is filled in for {x}."
    journal = make(f"start = 2014-10-06\n[templates]\n{setting.key} = '{page} {{x}}'\n")
    if setting.key == "day":
        text, _ = journal.template(TODAY)
    elif setting.key == "note":
        text, _ = journal.template(TODAY, NoteRequest("the visit"))
    else:
        words = {"week": "2014-W41", "month": "2014-10", "quarter": "2014-Q4", "year": "2014"}
        period = journal.day_or_period(words[setting.key])
        assert isinstance(period, CalendarPeriod)
        text, _ = journal.period_template(period)
    assert re.findall(r"\{[^}]*\}", text) == ["{x}"] and "Feedback" in text


def test_locks_lie_in_a_folder_of_their_own(make: Make) -> None:
    journal = make()
    journal.change(TODAY, lambda entry: add_points(entry, ["one"]))
    locks = [file.relative_to(journal.state) for file in journal.state.rglob("*.lock")]
    assert locks and {file.parent.name for file in locks} == {"locks"}


def test_a_text_that_would_be_too_large_to_open(make: Make) -> None:
    journal = make(**{"2014/2014-10-06": "Prose.\n"})
    opened = journal.open(TODAY)
    with pytest.raises(SaveError, match="too long for one entry"):
        journal.save(opened, "ë" * 4_500_000)
    assert journal.open(TODAY).entry.text == "Prose.\n"
    assert journal.save(opened, "x" * 8_000_000).text


def test_notes(make: Make) -> None:
    journal = make()
    opened = journal.open(TODAY, note=NoteRequest("Service review: Harbour"))
    assert opened.path == "2014/2014-10-06-service-review-harbour.md"
    assert opened.entry.text == "# Service review: Harbour\n\n\n"
    journal.update_index(opened, journal.save(opened, "# Service review: Harbour\n\nFine.\n"))
    assert [hit.path for hit in journal.find("harbour")] == [opened.path]


def test_describe(make: Make) -> None:
    journal = make(**{"2014/2014-10-06": "# Title\n\nEnjoyment: 7.5 – rain\n", "2014-10-05": "A\n"})
    assert journal.describe(TODAY) == "7.5/10 – rain"
    assert journal.describe(date(2014, 10, 5)) == "A"
    assert journal.describe(date(2014, 10, 4)) == ""


def test_create_and_find(tmp_path: Path) -> None:
    place = tmp_path / "diary"
    assert create(place, TODAY, "Mine", "calendar") == place
    read = config.read(place)
    assert (read.name, read.start, read.counting) == ("Mine", TODAY, "calendar")
    with pytest.raises(NoJournal, match="is already a journal"):
        create(place, TODAY)
    (place / "2014").mkdir()
    assert find_root(None, place / "2014", None, "") == place
    assert find_root(None, tmp_path, None, str(place)) == place


def test_the_order_in_which_a_journal_is_looked_for(tmp_path: Path) -> None:
    a, b, c, d = (create(tmp_path / name, TODAY) for name in "abcd")
    assert find_root(str(a), b, str(c), str(d)) == a
    assert find_root(None, b, str(c), str(d)) == c
    assert find_root(None, b, "", str(d)) == b
    assert find_root(None, tmp_path, None, str(d)) == d
    inner = create(tmp_path / "b" / "entries", TODAY)
    assert find_root(None, b, None, "") == b
    assert find_root(None, inner, None, "") == inner
    with pytest.raises(NoJournal, match="There is no journal here"):
        find_root(None, tmp_path, None, "")
    with pytest.raises(UsageError, match="needs a folder"):
        find_root("", b, str(c), str(d))


def test_a_default_counts_even_where_nothing_else_is(tmp_path: Path) -> None:
    with pytest.raises(NoJournal, match=r"settings.toml: there is no folder"):
        find_root(None, tmp_path, None, str(tmp_path / "gone"))


def test_two_journals_of_one_name_share_nothing(tmp_path: Path) -> None:
    places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
    one, two = (Journal(tmp_path / name / "journal", places) for name in ("a", "b"))
    assert one.state != two.state
    assert one.index.folder != two.index.folder
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert Journal(tmp_path / "link" / "journal", places).state == one.state


@pytest.mark.parametrize(
    ("toml", "number", "day"),
    [
        ('start = 2014-10-06\ncount = "calendar"', 8, date(2014, 10, 13)),
        ('start = 2014-10-06\ncount = "workdays"', 5, date(2014, 10, 10)),
        ('start = 2014-10-06\ncount = "workdays"', 6, date(2014, 10, 13)),
        ('start = 2014-10-04\ncount = "workdays"', 1, date(2014, 10, 6)),
        ('start = 2014-10-06\ncount = "workdays"', 168, date(2015, 5, 27)),
    ],
)
def test_a_day_that_is_not_written_is_counted(
    make: Make, toml: str, number: int, day: date
) -> None:
    journal = make(toml)
    assert journal.day(f"day {number}") == day
    assert journal.number(day) == number


def test_the_parts_that_the_module_names_are_there_and_made_once(make: Make) -> None:
    from journal_tui import journal as module

    named = re.findall(r"`([a-z_]+)`", (module.__doc__ or "").partition("\n- ")[2])
    assert len(named) > 12
    journal = make()
    parts = {name: getattr(journal, name) for name in named}
    seen_at_one_time = {"search", "history", "follow_ups", "subjects"}
    for name in parts.keys() - seen_at_one_time:
        assert getattr(journal, name) is parts[name], name


def test_the_parts_work_on_one_journal(make: Make) -> None:
    journal = make(**{"2014/2014-10-06": "## Learning points\n\n- Ask @colm #trust\n"})
    path = journal.path_of(TODAY)
    assert path == "2014/2014-10-06.md"
    assert [hit.text for hit in journal.search.points()] == ["Ask @colm #trust"]
    [tag] = journal.mentions.all("#")
    assert (tag.spelled, tag.days, journal.mentions.complete("@co")) == ("trust", 1, ["@colm"])
    journal.change(TODAY, lambda entry: add_prose(entry, "Words."))
    assert journal.history.versions(path)[0].load()[0].startswith("Words.\n")
    journal.trash.delete(path, NOW)
    assert journal.path_of(TODAY) is None
    [item] = journal.trash.items()
    assert (item.path, item.day, item.draft) == (path, TODAY, None)
    assert "Words." in item.text()
    journal.trash.restore(item, NOW)
    assert journal.path_of(TODAY) == path and journal.trash.items() == []
    log = journal.drafts.log(TODAY, path, None, "")
    log.record("typed")
    log.close()
    [draft] = journal.drafts.left_behind()
    journal.drafts.discard(draft)
    [item] = journal.trash.items()
    assert (item.path, item.day, item.text(), item.draft is None) == (path, TODAY, "typed", False)


def test_one_lock_of_an_entry_says_that_it_is_open_elsewhere(make: Make) -> None:
    journal = make()
    first, second = journal.edit_lock("2014-10-06.md"), journal.edit_lock("2014-10-06.md")
    assert (first.since, second.since) == (None, NOW)
    first.release()
    assert journal.edit_lock("2014-10-06.md").since is None


def test_a_private_copy_goes_when_the_other_program_ends(make: Make) -> None:
    journal = make()
    text = "caf\udce9\n"
    with journal.private_copy("2014-10-06.md", text) as copy:
        assert copy.file.name == "2014-10-06.md" and copy.read() == b"caf\xe9\n"
        copy.file.write_text("changed")
        assert copy.read() == b"changed"
        copy.file.unlink()
        with pytest.raises(FileNotFoundError):
            copy.read()
    assert not copy.file.parent.exists()
    with pytest.raises(UnicodeEncodeError), journal.private_copy("x.md", "\ud800"):
        pass
    assert not list((journal.state / "editing").iterdir())


def test_all_threads_have_one_index(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is refreshed and another that is asked would show old answers."""
    filled = make()
    journal = Journal(filled.root, filled.places, lambda: NOW)
    construct = Index.__init__

    def construct_slowly(self: Index, folder: Path, library: Library) -> None:
        sleep(0.02)
        construct(self, folder, library)

    monkeypatch.setattr(Index, "__init__", construct_slowly)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: journal.index, range(8)))
    assert len({id(index) for index in found}) == 1


def test_each_item_of_a_long_list_costs_the_same(make: Make) -> None:
    """A day with thousands of points is written to in a time in proportion to them.

    Calls are counted because time isn't reliable.
    """
    sizes = (200, 400, 800)
    journal = make(**{f"2014/2014-10-{n:02}": _list_of(size) for n, size in enumerate(sizes, 1)})
    # What is imported, compiled or cached at first isn't counted.
    journal.change(TODAY, lambda entry: add_points(entry, ["Warm up"]))
    counts = []
    for number, size in enumerate(sizes, 1):
        day = date(2014, 10, number)
        edits = lambda entry: add_points(entry, ["Ask early"])  # noqa: E731
        counts.append(_count_calls(lambda day=day, edits=edits: journal.change(day, edits)))
        assert len(journal.open(day).entry.points) == size + 1
    first, second = counts[1] - counts[0], counts[2] - counts[1]
    assert first > 200 * 20
    assert second == pytest.approx(2 * first, rel=0.05)


def _list_of(size: int) -> str:
    items = "".join(f"- Point {n} of @ann about #plan{n % 7}, 1,000 times\n" for n in range(size))
    return f"# Monday\n\nProse.\n\n## Learning points\n\n{items}\nEnjoyment: 7/10\n"


def _count_calls(work: Callable[[], object]) -> int:
    """Return how many functions are called, those in C included."""
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
