"""The notes of weeks, months, quarters and years: read, found, opened and written, apart from the days."""

import json
from datetime import date

import pytest

from journal_tui.journal import Journal
from journal_tui.period import parse_name
from journal_tui.settings import places
from tests.cli.command_shell import NOW, Shell

DAY = (
    "# Day 20\n\nA day about @colm.\n\n## Learning points\n\n- Ask early #plan\n\nEnjoyment: 6/10\n"
)
WEEK = (
    "# The week\n\nOf otters and @ann.\n\n- [ ] Count them due:2024-02-02\n\n"
    "## Learning points\n\n- Otters wait for nobody #otter\n\nEnjoyment: 9/10 – splendid\n"
)


def put(shell: Shell, path: str, text: str) -> None:
    file = shell.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    file.chmod(0o600)


@pytest.fixture
def notes(shell: Shell) -> Shell:
    """A journal with two days, and a note of each kind that begins on the first of them or before."""
    put(shell, "2024/2024-01-01.md", DAY)
    put(shell, "2024/2024-01-30.md", DAY)
    for path in ("weekly/2024-W05.md", "2024/2024-01.md", "2024/2024_Q1.md", "2024.md"):
        put(shell, path, WEEK)
    return shell


def test_a_note_is_read_like_any_entry(notes: Shell) -> None:
    assert notes.good("check") == "6 entries read, no problems found.\n"
    out = notes.good("find", "otters", "in:learning")
    assert [line.split()[0] for line in out.splitlines()] == [
        "2024-W05",
        "2024-01",
        "2024-Q1",
        "2024",
    ]
    rows = json.loads(notes.good("find", "otters", "kind:week", "--json"))
    assert [(row["period"], row["date"], row["day"], row["rating"]) for row in rows] == [
        ("2024-W05", "2024-01-29", None, 9)
    ]
    assert rows[0]["path"] == "weekly/2024-W05.md"
    assert "(2024-W05, 9/10)" in notes.good("find", "otters", "kind:week", "--markdown")
    assert "  due 2024-02-02    Count them  (written in 2024-W05)\n" in notes.good("todo")
    assert "@ann" in notes.good("people")
    said = notes.good("tags")
    assert "   no days  in period notes           #" in said and "0 days" not in said
    assert "2 days" in said


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind:week", ["2024-W05"]),
        ("kind:month", ["2024-01"]),
        ("kind:quarter", ["2024-Q1"]),
        ("kind:year", ["2024"]),
        ("kind:period", ["2024-W05", "2024-01", "2024-Q1", "2024"]),
        ("-kind:period", ["2024-01-30", "2024-01-01"]),
        ("rating:>8", ["2024-W05", "2024-01", "2024-Q1", "2024"]),
        ("rating:6", ["2024-01-30", "2024-01-01"]),
        ("day:20", ["2024-01-30", "2024-01-01"]),
        # For dates, a period is its first day.
        ("since:2024-01-29", ["2024-01-30", "2024-W05"]),
        ("date:2024-W05", ["2024-01-30", "2024-W05"]),
        ("date:2024-01-01", ["2024-01-01", "2024-01", "2024-Q1", "2024"]),
        ("since:2024-02", []),
        # But it isn't a day of the week.
        ("on:monday", ["2024-01-01"]),
    ],
)
def test_notes_are_found_by_kind_and_date(notes: Shell, query: str, found: list[str]) -> None:
    code, out, _ = notes("find", "--in", "entries", "--", query)
    assert [line.split()[0] for line in out.splitlines()] == found
    assert code == (0 if found else 1)


def test_notes_are_not_counted_as_days(notes: Shell) -> None:
    out = notes.good()
    assert out.splitlines()[1] == "2 days from 2024-01-01 to 2024-01-30, 6 learning points"
    assert "--by-day" not in out
    put(notes, "journal.toml", 'start = 2024-01-01\ncount = "entries"\n')
    put(notes, "2024/2024-01-30.md", "# Tuesday\n")
    assert json.loads(notes.good("show", "2024-01-30", "--json"))["day"] == 2
    journal = Journal(notes.root, places(), lambda: NOW)
    journal.refresh()
    assert journal.latest_ratings(9) == [6]
    assert journal.ratings(date(2024, 1, 1), date(2024, 12, 31)) == {
        date(2024, 1, 1): 6,
        date(2024, 1, 30): None,
    }
    assert journal.previous_entry(date(2024, 1, 30)) == date(2024, 1, 1)
    assert journal.next_entry(date(2024, 1, 1)) == date(2024, 1, 30)
    assert journal.describe(date(2024, 1, 29)) == ""
    assert [line.kind for line in journal.brief(date(2024, 2, 5))] == ["last", "week"]
    assert [p.name for p in journal.period_notes(date(2024, 1, 1), date(2024, 1, 31))] == [
        "2024",
        "2024-Q1",
        "2024-01",
        "2024-W05",
    ]


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("2024-W05", "weekly/2024-W05.md"),
        ("week 5 2024", "weekly/2024-W05.md"),
        ("2024-01", "2024/2024-01.md"),
        ("january 2024", "2024/2024-01.md"),
        ("q1 2024", "2024/2024_Q1.md"),
        ("2024", "2024.md"),
    ],
)
def test_a_note_is_shown_by_its_period_in_words(notes: Shell, words: str, path: str) -> None:
    assert json.loads(notes.good("show", *words.split(), "--json"))["path"] == path
    assert notes.good(*words.split()) == WEEK


def test_last_week_is_a_note(shell: Shell) -> None:
    put(shell, "2026-W46.md", WEEK)
    assert shell.good("last", "week") == WEEK
    code, _, error = shell("show", "this", "week")
    assert (code, error) == (1, "There is no entry for Week 47 of 2026.\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("2024-W54", "There is no week 54"),
        ("2024-13", "There is no month 13"),
        ("2024-01-01..2024-01-05", "has no note: only a day, a week"),
        ("1450", "has no note"),
        ("nonsense", "“nonsense” isn't a date. Try one of: today"),
    ],
)
def test_what_is_no_period_is_refused(shell: Shell, words: str, sentence: str) -> None:
    code, out, error = shell("show", words)
    assert (code, out) == (2, "")
    assert sentence in error


def test_the_commands_write_to_a_note(notes: Shell) -> None:
    assert notes.good("learn", "Rest", "--on", "2024-W05").startswith(
        "Learning point added to Week 5 of 2024."
    )
    assert "- Rest\n" in (notes.root / "weekly/2024-W05.md").read_text("utf-8")
    assert notes.good("rate", "4", "--on", "2024-W05").startswith("Rated Week 5 of 2024")
    assert not list(notes.root.rglob("2024-01-29*"))
    # A new one is beside the others of its kind, and named like them.
    notes.good("add", "A quiet week.", "--on", "2024-W06")
    text = (notes.root / "weekly/2024-W06.md").read_text("utf-8")
    assert text.startswith("# Week 6 of 2024\n\nA quiet week.\n\n## Learning points\n")
    notes.good("todo", "Plan", "--on", "2025-Q2")
    assert (notes.root / "2025/2025_Q2.md").exists()
    notes.good("todo", "--done", "Plan")
    assert "[x] Plan" in (notes.root / "2025/2025_Q2.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("toml", "path"),
    [
        ("", "2024/2024-W06.md"),
        ('layout = "flat"\n', "2024-W06.md"),
        ('file = "journals/{yyyy}_{mm}_{dd}.md"\n', "journals/2024-W06.md"),
        ('file = "{yyyy}/{mm}/{dd}.txt"\n', "2024/2024-W06.txt"),
    ],
)
def test_where_the_first_note_of_its_kind_goes(shell: Shell, toml: str, path: str) -> None:
    put(shell, "journal.toml", toml)
    shell.good("add", "Quiet.", "--on", "2024-W06")
    assert (shell.root / path).exists()
    assert shell.good("find", "quiet", "kind:week")


def test_the_template_of_a_week_is_the_journals_own(shell: Shell) -> None:
    put(shell, "journal.toml", '[templates]\nweek = "# {iso}: {date}\\n\\n{cursor}\\n"\n')
    shell.good("add", "Quiet.", "--on", "2024-W05")
    assert (shell.root / "2024/2024-W05.md").read_text("utf-8") == (
        "# 2024-W05: Monday 29 January 2024 to Sunday 4 February 2024\n\nQuiet.\n"
    )


def test_history_trash_and_conflict_copies_of_a_note(notes: Shell) -> None:
    notes.good("add", "One more thing.", "--on", "2024-W05")
    assert len(notes.good("history", "2024-W05").splitlines()) == 2
    notes.good("restore", "2024-W05", "2")
    assert (notes.root / "weekly/2024-W05.md").read_text("utf-8") == WEEK
    put(
        notes, "weekly/2024-W05.sync-conflict-20240201-101010-ABCDEFG.md", WEEK + "\nA line more.\n"
    )
    assert "copy of weekly/2024-W05.md" in notes("conflicts")[1]
    notes.good("conflicts", "--take", "1")
    assert "A line more." in (notes.root / "weekly/2024-W05.md").read_text("utf-8")
    assert notes.good("delete", "2024-W05").startswith("weekly/2024-W05.md is in the trash")
    assert notes("show", "2024-W05")[0] == 1
    # The deleted note isn't taken for the entry of its first day.
    assert "no earlier versions of Monday 29" in notes("history", "2024-01-29")[2]
    assert len(notes.good("history", "2024-W05").splitlines()) == 4
    numbers = [
        line.split()[0] for line in notes.good("trash").splitlines() if "2024-W05.md" in line
    ]
    notes.good("trash", "--restore", numbers[-1])
    assert (notes.root / "weekly/2024-W05.md").exists()


@pytest.mark.parametrize("command", ["history", "delete", "convert"])
def test_a_period_has_no_further_notes(notes: Shell, command: str) -> None:
    said = notes.refused(2, command, "2024-W05", "--note", "Visit")
    assert said == "--note is for the notes of a day, not of Week 5 of 2024."


def test_invalid_periods_and_two_notes_of_one_period_are_reported(notes: Shell) -> None:
    put(notes, "2024/2024-W54.md", WEEK)
    put(notes, "2024/2024-13.md", WEEK)
    put(notes, "2024/2024-W05.md", WEEK)
    code, out, _ = notes("check")
    assert code == 1
    assert "2024/2024-W54.md: its name has no valid week, month or quarter; rename it" in out
    assert "2024/2024-13.md: its name has no valid week, month or quarter; rename it" in out
    assert "2024-W05: more than one file for this period's note: " in out


@pytest.mark.parametrize(
    "title",
    [
        " (Kopie)",
        " copy",
        " - Copy",
        " - Copy (2)",
        " copy 2",
        " (another copy)",
        " copie",
        " cópia",
        " のコピー",
        " 副本",
    ],
)
@pytest.mark.parametrize("name", ["2024-W11", "2024-02", "2024-Q3", "2024-01-09"])
def test_a_copy_of_another_program_is_reported(notes: Shell, name: str, title: str) -> None:
    put(notes, f"2024/{name}.md", WEEK)
    put(notes, f"2024/{name}{title}.md", WEEK)
    put(notes, "2024/2024-03 Copy machines.md", WEEK)
    put(notes, "2024/2024-03.md", WEEK)
    code, out, _ = notes("check")
    assert code == 1
    found = [line for line in out.splitlines() if "more than one file for this" in line]
    assert len(found) == 1 and found[0].startswith(f"{name}: ")
    assert f"2024/{name}.md" in found[0] and f"2024/{name}{title}.md" in found[0]


def test_the_folder_of_a_year_is_not_its_note(shell: Shell) -> None:
    put(shell, "2024/2024-01-01.md", DAY)
    assert shell("show", "2024")[0] == 1
    put(shell, "2024/2024.md", WEEK)
    assert shell.good("show", "2024") == WEEK
    assert shell.good("show", "2024-01-01") == DAY


def test_a_notes_title_after_its_date(shell: Shell) -> None:
    put(shell, "2024-W05 Planning.md", WEEK)
    assert shell.good("show", "2024-W05") == WEEK
    assert shell.good("find", "kind:planning", "kind:week")
    put(shell, "2024-W05.md", DAY)
    assert shell.good("show", "2024-W05").startswith(DAY)


def test_a_new_journal_is_not_counted_from_a_year(shell: Shell) -> None:
    folder = shell.root / "other"
    put(shell, "other/2020.md", WEEK)
    put(shell, "other/2024-01-09.md", DAY)
    shell.good("new", str(folder))
    assert "start = 2024-01-09" in (folder / "journal.toml").read_text("utf-8")


def test_learned_before_leaves_summaries_out(notes: Shell) -> None:
    out = notes.good("learn", "Otters wait for nobody", "--on", "2024-03-01")
    assert "Learned before?" not in out


def test_names_give_the_same_period_back() -> None:
    for name in ("2024-W05", "2024-12", "2024-Q4", "2024"):
        period = parse_name(name)
        assert period and period.name == name
        for count in (-1, 1, 5):
            moved = period.step(count)
            assert moved and moved.step(-count) == period
