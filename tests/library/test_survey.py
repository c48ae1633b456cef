"""What is seen in a folder that isn't a journal yet, and that `journal check` agrees with it."""

import errno
import os
import time
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from journal_tui.errors import NoJournal
from journal_tui.journal import Journal, create, look_at
from journal_tui.library import config
from journal_tui.library.survey import Survey, survey
from journal_tui.settings import Places

TODAY = date(2026, 11, 20)
DAYS = [date(2023, 12, 1) + timedelta(days) for days in range(60)]
TEXT = "# Tag 168\n\nProsa.\n\n## Gelernt\n\n- eins\n\n## Aufgaben\n\n- [ ] Anna fragen\n"


def put(root: Path, path: str, text: str = TEXT) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def put_days(root: Path, form: str, text: str = TEXT, days: list[date] = DAYS) -> None:
    """Write an entry for each day, whose path is `form` with the fields of strftime."""
    for day in days:
        put(root, day.strftime(form), text)


def obsidian(root: Path) -> None:
    put_days(root, "Daily/%Y-%m-%d.md", "---\ntags: [day]\n---\n" + TEXT)
    put(root, ".obsidian/workspace.json", "{}")
    put(root, ".obsidian/2024-01-01.md")
    put(root, "Projects/Depot.md")
    put(root, "Weekly/2024-W05.md")
    put(root, "Attachments/scan.png")


def logseq(root: Path) -> None:
    put_days(root, "journals/%Y_%m_%d.md", "- ## Gelernt\n\t- eins\n- TODO x\n")
    put(root, "pages/Depot.md")
    put(root, "logseq/config.edn", "{}")
    put(root, "logseq/bak/journals/2024_01_01/2024-01-01.md")


def jekyll(root: Path) -> None:
    put_days(root, "_posts/%Y-%m-%d-a-post-about-%A.md")
    put(root, "_config.yml", "title: x")
    put(root, "index.html", "x")
    put(root, "_site/2024/01/01/index.html")


def day_first(root: Path) -> None:
    put_days(root, "%d-%m-%Y.md")
    put(root, "31-02-2024.md")


def in_folders(root: Path) -> None:
    put_days(root, "%Y/%m/%d.md")


def with_month_names(root: Path) -> None:
    put_days(root, "%Y/%m-%B/%Y-%m-%d.md")


def with_german_months(root: Path) -> None:
    names = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    for day in DAYS:
        put(root, day.strftime(f"%Y/%m {names.split()[day.month - 1]}/%Y-%m-%d.md"))


def in_words(root: Path) -> None:
    for day in DAYS:
        put(root, day.strftime(f"{day.day} %B %Y.md"))


def in_german(root: Path) -> None:
    for day in DAYS:
        put(root, f"{day.day}. {'Dezember' if day.month == 12 else 'Januar'} {day.year}.md")


def weekdays(root: Path) -> None:
    put_days(root, "%Y-%m-%d-%A.md")


def compact(root: Path) -> None:
    put_days(root, "log/%Y%m%d.txt")


def mixed(root: Path) -> None:
    put_days(root, "%Y/%Y-%m-%d.md")
    put_days(root, "old/%Y_%m_%d.md", days=[day - timedelta(1_000) for day in DAYS[:20]])
    put_days(root, "notes/%Y-%m-%d Depot.md", days=DAYS[:10])
    put(root, "2024-02-30.md")
    put(root, "Meeting 2024-01-05.md")
    put(root, "Visit on March 5, 2024.md")
    put(root, "24-01-05.md")
    put(root, "2024-01-06.org")
    put(root, "2024-01-06.sync-conflict-20240107-101010-ABC.md")
    put(root, "Ideas.md")
    put(root, "photo.jpg")
    (root / "elsewhere").symlink_to("/")


FOLDERS: dict[Callable[[Path], None], tuple[int, str]] = {
    obsidian: (61, "Daily/{yyyy}-{mm}-{dd}.md"),
    logseq: (60, "journals/{yyyy}_{mm}_{dd}.md"),
    jekyll: (60, "_posts/{yyyy}-{mm}-{dd}-{title}.md"),
    day_first: (60, "{dd}-{mm}-{yyyy}.md"),
    in_folders: (60, "{yyyy}/{mm}/{dd}.md"),
    with_month_names: (60, "{yyyy}/{mm}-{month}/{yyyy}-{mm}-{dd}.md"),
    in_words: (60, "{d} {month} {yyyy}.md"),
    in_german: (60, "{yyyy}-{mm}-{dd}.md"),
    with_german_months: (60, "{yyyy}/{yyyy}-{mm}-{dd}.md"),
    weekdays: (60, "{yyyy}-{mm}-{dd}-{weekday}.md"),
    compact: (60, "log/{yyyy}{mm}{dd}.txt"),
    mixed: (90, "{yyyy}/{yyyy}-{mm}-{dd}.md"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "notes"
    root.mkdir()
    return root


@pytest.fixture
def open_journal(tmp_path: Path) -> Callable[[Path], Journal]:
    places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
    return lambda root: Journal(root, places)


@pytest.mark.parametrize("make", FOLDERS, ids=lambda make: make.__name__)
def test_the_journal_reads_what_the_survey_said(
    make: Callable[[Path], None], folder: Path, open_journal: Callable[[Path], Journal]
) -> None:
    make(folder)
    entries, file = FOLDERS[make]
    before = {path: path.lstat().st_mtime_ns for path in folder.rglob("*")}
    seen = survey(folder)
    assert {path: path.lstat().st_mtime_ns for path in folder.rglob("*")} == before
    assert (seen.entries, seen.file) == (entries, file)
    create(folder, TODAY, seen=seen)
    journal = open_journal(folder)
    read = journal.refresh()
    assert read.files == seen.entries
    assert dict(journal.entries.scan().left_out) == dict(seen.left_out)
    # A new entry has a name of the folder's own, and is found again.
    opened = journal.open(date(2026, 11, 19))
    journal.save(opened, "Neu.\n")
    assert journal.refresh().files == seen.entries + 1
    again = journal.open(date(2026, 11, 19))
    assert (again.path, again.entry.text) == (opened.path, "Neu.\n")
    # A day that has a file is written to that file.
    path = journal.path_of(date(2024, 1, 5))
    assert path is not None
    assert (folder / path).is_file()


@pytest.mark.parametrize(
    ("make", "lines"),
    [
        (
            obsidian,
            [
                "60 entries, named Daily/YYYY-MM-DD.md, from 2023 to 2024, and 1 note of a week, a month, a quarter or a year.",
                "In the 60 entries:",
                "  learning points under “Gelernt” (60)",
                "  follow-ups under “Aufgaben” (60)",
                "  front matter in 60",
                "What is read in the 60 entries:",
                "  60 learning points in 60 entries",
                "  60 open follow-ups",
                "  no ratings; one is a line such as Enjoyment: 7/10",
                "New entries will be named Daily/YYYY-MM-DD.md.",
                "Learning points will be written under “Gelernt”.",
                "Follow-ups will be written under “Aufgaben”.",
            ],
        ),
        (
            mixed,
            [
                "90 entries, from 2021 to 2024.",
                "  60 entries named YYYY/YYYY-MM-DD.md",
                "  20 entries named old/YYYY_MM_DD.md",
                "  10 entries named notes/YYYY-MM-DD title.md",
                "6 files with a date were not read:",
                "  1 file with a date that cannot be read: 2024-02-30.md",
                "  1 dated file in another format than Markdown or plain text: 2024-01-06.org",
                "  1 file without a date in the name: Ideas.md",
                "  1 linked folder: elsewhere/",
            ],
        ),
    ],
)
def test_the_findings_in_words(
    make: Callable[[Path], None], lines: list[str], folder: Path
) -> None:
    make(folder)
    said = survey(folder).describe()
    assert [line for line in lines if line not in said] == []


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Enjoyment 7 out of 10, long but honest\n", (0, 0, 0, 1)),
        ("Fine.\n\nLearning points\n\n- a\n- b\n", (2, 0, 0, 0)),
        ("- What have I learned?\n\t- a\n\t- b\n", (2, 0, 0, 0)),
        ("Learning points: one; two; three.\n", (3, 0, 0, 0)),
        ("- TODO a\n- DONE b\n- [/] c\n- [-] d\n", (0, 2, 2, 0)),
        ("## Action items\n\n- a\n- b\n", (0, 0, 0, 0)),
        ("## Aufgaben\n\n- a\n- b\n", (0, 0, 0, 0)),
        ("## Gelernt\n\n- a\n\nStimmung: 4/5\n", (1, 0, 0, 1)),
        ("---\nmood: 4/5\n---\nProse.\n", (0, 0, 0, 1)),
        ("Prose.\n", (0, 0, 0, 0)),
    ],
)
def test_what_is_counted_is_what_the_journal_reads(
    text: str,
    counts: tuple[int, int, int, int],
    folder: Path,
    open_journal: Callable[[Path], Journal],
) -> None:
    days = DAYS[:12]
    put_days(folder, "%Y-%m-%d.md", text, days)
    seen = survey(folder)
    read = seen.read
    expected = tuple(count * len(days) for count in counts)
    assert (read.points, read.open, read.closed, read.rated) == expected
    create(folder, TODAY, seen=seen)
    journal = open_journal(folder)
    journal.refresh()
    entries = [journal.open(day).entry for day in days]
    done = [task.is_closed for entry in entries for task in entry.tasks]
    assert expected == (
        sum(len(entry.points) for entry in entries),
        done.count(False),
        done.count(True),
        len(list(journal.find("has:rating", "entries"))),
    )
    assert read.problems == sum(len(entry.outline.problems) for entry in entries)


def test_a_heading_whose_items_need_boxes_says_so(folder: Path) -> None:
    put_days(folder, "%Y-%m-%d.md", "## Action items\n\n- a\n", DAYS[:12])
    said = survey(folder).describe()
    assert "  follow-ups under “Action items” (12, without boxes, so not read)" in said
    assert "  no follow-ups; each needs a box, as in - [ ] Call Ann" in said
    assert "  12 problems, listed by journal check" in said


def test_headings_that_may_mean_learning_points_are_named(folder: Path) -> None:
    put_days(folder, "%Y-%m-%d.md", "Prose.\n", DAYS)
    put_days(folder, "%Y-%m-%d.md", "## Some things I learned here\n\n- a\n", DAYS[:2])
    line = "  not read unless journal.toml names them: “Some things I learned here” (2)"
    assert line in survey(folder).describe()
    put_days(folder, "%Y-%m-%d.md", "## Some things I learned here\n\n- a\n", DAYS[2:6])
    line = "  learning points under “Some things I learned here” (6)"
    assert line in survey(folder).describe()


def test_days_with_several_files_are_counted(folder: Path) -> None:
    put_days(folder, "%Y-%m-%d.md")
    put_days(folder, "%Y-%m-%d-note.md")
    assert survey(folder).shared_days == 0
    put_days(folder, "de/%Y-%m-%d.md", days=DAYS[:7])
    put_days(folder, "ja/%Y-%m-%d.md", days=DAYS[:5])
    line = "  7 days have more than one file, and all of them are read"
    assert line in survey(folder).describe()


@pytest.mark.parametrize("below", ["_posts", "blog/_posts/en", "content/daily", "Public"])
def test_a_folder_that_seems_to_be_published_is_named(folder: Path, below: str) -> None:
    put_days(folder, f"{below}/%Y-%m-%d-a-post-about-%A.md", "---\ntitle: x\n---\nx\n")
    seen = survey(folder)
    said = "\n".join(seen.describe())
    new = f"{below}/YYYY-MM-DD.md, and notes {below}/YYYY-MM-DD-title.md."
    assert f"New entries will be named {new}\n" in said
    assert ", a folder that seems to be published." in said
    assert "Front matter isn't added to them" in said
    create(folder, TODAY, seen=seen)
    places = Places(folder / "config", folder / "cache", folder / "state")
    journal = Journal(folder, places)
    assert journal.entries.new_path(TODAY) == f"{below}/2026-11-20.md"
    assert journal.entries.new_path(TODAY, "Two words") == f"{below}/2026-11-20-two-words.md"


def test_other_folders_do_not_seem_to_be_published(folder: Path) -> None:
    put_days(folder, "journal/%Y-%m-%d.md")
    assert "published" not in "\n".join(survey(folder).describe())


def test_the_most_used_headings_are_shown_and_the_others_counted(folder: Path) -> None:
    names = ["Bread", "3 wins today", "5 people", "Weather", "Sleep", "Zebras", "Ants", "May I"]
    for number, name in enumerate(names):
        for day in DAYS[number:]:
            path = folder / f"{day}.md"
            before = path.read_text("utf-8") if path.exists() else f"# Day {day.day} – {day:%a}\n"
            path.write_text(f"{before}\n## {name}\n\nx\n", "utf-8")
    shown = ", ".join(f"“{name}” ({60 - number})" for number, name in enumerate(names[:6]))
    line = f"  other headings on many days: {shown} and 2 more"
    assert line in survey(folder).describe()


def test_a_rating_that_is_only_in_the_front_matter_is_read_there(
    folder: Path, open_journal: Callable[[Path], Journal]
) -> None:
    put_days(folder, "%Y-%m-%d.md", "---\nmood: 4/5\n---\n# Tag\n\nProsa.\n")
    seen = survey(folder)
    said = seen.describe()
    assert "  ratings such as “mood: 4/5” in 60, only in the front matter, out of 5" in said
    assert "Ratings will be written as “Mood: …”." in said
    assert not any("cannot be read" in line for line in said)
    create(folder, TODAY, seen=seen)
    journal = open_journal(folder)
    journal.refresh()
    assert [hit.rating for hit in journal.find("has:rating", "entries")] == [4] * 60
    put(folder, "2023-12-01.md", "---\nmood: 4/5\n---\n# Tag\n\nMood: 3/5\n")
    assert not any("only in the front matter" in line for line in survey(folder).describe())


def test_a_folder_of_period_notes_alone(folder: Path) -> None:
    put(folder, "2023/2023.md")
    put(folder, "weekly/2024-W05.md")
    seen = survey(folder)
    assert (seen.entries, seen.periods, seen.first, seen.file) == (2, 2, None, "")
    assert seen.describe() == [
        "2 notes of weeks, months, quarters or years, and no entries of days."
    ]
    create(folder, TODAY)
    # Days aren't counted from the first day of a year that has a note.
    assert config.read(folder).start == TODAY


def test_what_is_proposed_is_in_journal_toml(folder: Path) -> None:
    put_days(folder, "journals/%Y_%m_%d.md", TEXT + "\n## Wetter\n\nRegen\n\nStimmung: 4/5\n")
    create(folder, TODAY)
    text = (folder / "journal.toml").read_text("utf-8")
    assert tomllib.loads(text)["scale"] == "1-5"
    read = config.read(folder)
    assert read.scale == (1, 5)
    assert read.start == DAYS[0]
    assert read.names == {
        "learning": ("Gelernt",),
        "follow-up": ("Aufgaben",),
        "rating": ("Stimmung",),
    }
    assert '# On many days, but of unknown meaning: ["Wetter"]\n' in text


@pytest.mark.parametrize(
    "heading",
    [
        'Ge"l\\ernt',
        "Wetter\x7f",
        "Wetter\x00",
        "Wetter\u202e",
        "Wetter # x",
        "'''",
        '"""',
        "é\u0308",
    ],
)
def test_any_heading_leaves_journal_toml_valid(heading: str, folder: Path) -> None:
    put_days(folder, "%Y-%m-%d.md", f"## {heading}\n\nRegen\n")
    create(folder, TODAY)
    assert config.read(folder).layout == "flat"


def test_bytes_that_are_not_utf_8(folder: Path) -> None:
    below = os.fsencode(folder) + b"/t\xe4glich"
    os.mkdir(below)
    for day in DAYS:
        with open(below + f"/{day}.md".encode(), "wb") as file:
            file.write(b"## Gel\xe4rnt\n\n- x\n")
    create(folder, TODAY)
    assert config.read(folder).file in (None, "{yyyy}-{mm}-{dd}.md")
    assert survey_again(folder).entries == len(DAYS)


def survey_again(folder: Path) -> Survey:
    """Look at a folder that has become a journal, as `look_at` doesn't."""
    return survey(folder)


def test_an_empty_folder_has_nothing_to_say(folder: Path) -> None:
    assert survey(folder).is_empty
    put(folder, ".DS_Store")
    seen = survey(folder)
    assert seen.is_empty
    assert seen.describe() == []
    assert (seen.first, seen.file) == (None, "")


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("Meeting 2024-01-05.md", "rename the files so that each begins with its date"),
        ("Visit on 5 March 2024.md", "rename the files so that each begins with its date"),
        ("2024-01-05.org", "save the files as Markdown or plain text"),
        ("2024-01-05.docx", "save the files as Markdown or plain text"),
        ("05-04-2024.md", 'put file = "{dd}-{mm}-{yyyy}.md" in its journal.toml'),
        ("05-04-2024.md", "New entries are then named so, too."),
        ("Ideas.md", "An entry is a file whose name begins with its date"),
        ("photo.jpg", "An entry is a file whose name begins with its date"),
    ],
)
def test_a_folder_without_entries_says_what_to_do(name: str, advice: str, folder: Path) -> None:
    put(folder, name)
    said = survey(folder).describe()
    assert said[0] == "No entries were found among 1 file."
    assert any(name in line for line in said)
    assert any(advice in line for line in said)


@pytest.mark.parametrize(
    ("paths", "pattern"),
    [
        (["2014-10-06.md", "2014-10-07.md"], "{yyyy}-{mm}-{dd}.md"),
        (["2014/2014-10-06.md", "2015/2015-01-07.md"], "{yyyy}/{yyyy}-{mm}-{dd}.md"),
        (["2014/2014-10/06.txt"], "{yyyy}/{yyyy}-{mm}/{dd}.txt"),
        (["Daily 2014/2014-10-06.md"], "Daily {yyyy}/{yyyy}-{mm}-{dd}.md"),
        (["2014-10-06 Montag.md"], "{yyyy}-{mm}-{dd}.md"),
        (["25.10.2014.md", "06.10.2014.md"], "{dd}.{mm}.{yyyy}.md"),
        (["10-25-2014.md", "10-06-2014.md"], "{mm}-{dd}-{yyyy}.md"),
        (["20141006.md", "2014-10-07.md", "20141008.md"], "{yyyy}{mm}{dd}.md"),
        (["2014/10-October/06.md"], "{yyyy}/{mm}-{month}/{dd}.md"),
        (["2014/10 OCTOBER/06.md"], "{yyyy}/{yyyy}-{mm}-{dd}.md"),
        (["2014/Oktober/06.md"], "{yyyy}/{yyyy}-{mm}-{dd}.md"),
        (["2014/October/06.md"], "{yyyy}/{month}/{dd}.md"),
        (["6 October 2014.md", "10 November 2014.md"], "{d} {month} {yyyy}.md"),
        (["06 October 2014.md", "10 November 2014.md"], "{dd} {month} {yyyy}.md"),
        (["Oct 6th, 2014.md", "Nov 10th, 2014.md"], "{mon} {dth}, {yyyy}.md"),
        (["Monday, October 6, 2014.md"], "{weekday}, {month} {d}, {yyyy}.md"),
        (["Mon 2014-10-06.md"], "{yyyy}-{mm}-{dd}.md"),
        (["6 octobre 2014.md"], "{yyyy}-{mm}-{dd}.md"),
        (["2014/6 October.md"], "{yyyy}/{yyyy}-{mm}-{dd}.md"),
        (["2014-W41-1.md"], "{yyyy}-{mm}-{dd}.md"),
        (["README.md"], ""),
        ([], ""),
    ],
)
def test_the_pattern_of_most_names_is_proposed(
    folder: Path, paths: list[str], pattern: str
) -> None:
    for path in paths:
        put(folder, path)
    assert survey(folder).file == pattern


def test_notes_beside_the_days_do_not_name_them(folder: Path) -> None:
    put_days(folder, "%Y-%m-%d.md")
    put_days(folder, "%Y-%m-%d-depot.md")
    put_days(folder, "%Y-%m-%d-office.md")
    assert survey(folder).file == "{yyyy}-{mm}-{dd}.md"


def test_entries_of_several_projects_are_begun_above_them(folder: Path) -> None:
    for project in ("depot", "office", "line"):
        put_days(folder, f"{project}/%Y-%m-%d.md")
    seen = survey(folder)
    assert seen.file == "{yyyy}-{mm}-{dd}.md"
    assert "named …/YYYY-MM-DD.md" in seen.describe()[0]


def test_a_sample_is_spread_over_the_years(folder: Path) -> None:
    days = [date(2010, 1, 1) + timedelta(n) for n in range(2_000)]
    put_days(folder, "%Y-%m-%d.md", "## Gelernt\n\n- eins\n", days[:1_000])
    put_days(folder, "%Y-%m-%d.md", "## Gelerntes\n\n- eins\n", days[1_000:])
    seen = survey(folder)
    assert "In a sample of 300 entries:" in seen.describe()
    assert [(h.text, h.texts) for h in seen.conventions.headings] == [
        ("Gelernt", 150),
        ("Gelerntes", 150),
    ]


def test_what_cannot_be_opened_is_passed_over(folder: Path) -> None:
    put_days(folder, "%Y-%m-%d.md")
    os.mkfifo(folder / "2020-01-01.md")
    (folder / "2020-01-02.md").symlink_to("nowhere")
    (folder / "2020-01-03.md").mkdir()
    with open(folder / "2020-01-04.md", "wb") as file:
        file.truncate(2_000_000_000)
    seen = survey(folder)
    assert seen.entries == len(DAYS) + 1
    assert seen.conventions.texts == len(DAYS)


def test_the_time_is_limited_and_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(50):
        put_days(folder, f"{number}/%Y-%m-%d.md", days=DAYS[:2])
    clock = iter(range(1_000_000))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    told: list[str] = []
    seen = survey(folder, told.append)
    assert 0 < seen.entries < 100
    assert "Not all of it was looked at, since that would take too long." in seen.describe()
    assert told[0] == "1 folder"


def test_it_can_be_ended(folder: Path) -> None:
    put_days(folder, "%Y-%m-%d.md")
    seen = survey(folder, stop=lambda: True)
    assert not seen.is_complete


def test_a_journal_is_not_looked_at_again(folder: Path) -> None:
    put(folder, "journal.toml", "")
    with pytest.raises(NoJournal, match="is already a journal"):
        look_at(folder)


def test_a_folder_that_is_not_there_or_cannot_be_listed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert look_at(folder / "new") is None
    put(folder, "file")
    with pytest.raises(NoJournal, match="is a file; a journal needs a folder"):
        look_at(folder / "file")

    def refuse(path: str) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(NoJournal, match="cannot be listed: Permission denied"):
        look_at(folder)


PAGE = "# Depot\n\n- [ ] call Ann\n- [x] done\n\n## Learning points\n\n- one\n- two\n"


@pytest.mark.parametrize(
    ("path", "is_counted"),
    [
        ("pages/Depot.md", True),
        ("pages/Depot.TXT", True),
        ("Depot 2024.md", True),
        ("Visit 2024-01-09.md", True),
        ("2024-02-30.md", True),
        ("05-03-2024.md", True),
        ("24-01-05.md", True),
        ("2024-01-06/notes.md", True),
        ("000123 scan.md", True),
        ("pages/Depot.org", False),
        (".hidden.md", False),
        (".obsidian/page.md", False),
        ("node_modules/readme.md", False),
        ("2023-12-01.sync-conflict-20240107-101010-ABC.md", False),
    ],
)
def test_what_is_in_files_that_are_not_entries_is_said(
    folder: Path, open_journal: Callable[[Path], Journal], path: str, is_counted: bool
) -> None:
    put(folder, "2023-12-01.md", PAGE)
    put(folder, path, PAGE)
    said = (
        "Not read, in 1 text file that isn't an entry: "
        "2 learning points, 1 open follow-up, 1 follow-up done or dropped."
    )
    assert (said in survey(folder).describe()) == is_counted
    assert open_journal(folder).entries.describe_unread() == (said if is_counted else "")


def test_only_what_there_is_time_for_is_read_of_the_other_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        put(folder, f"pages/{number} {'x' * 3}.md", PAGE)
    monkeypatch.setattr("journal_tui.library.survey.UNREAD_SECONDS", -1.0)
    seen = survey(folder)
    assert (seen.unread_files, seen.unread.texts) == (20, 0)
    monkeypatch.undo()
    assert survey(folder).unread.texts == 20


def test_the_words_of_the_folder_are_used_for_the_other_files(folder: Path) -> None:
    logseq(folder)
    put(folder, "pages/Depot.md", "## Gelernt\n\n- eins\n")
    assert survey(folder).unread.points == 1


def test_every_file_of_a_dated_folder_is_named(folder: Path) -> None:
    for name in ("a", "b", "c", "d", "e"):
        put(folder, f"2024-01-06/{name}.md")
    assert len(survey(folder).left_out["folder"].examples) == 5
