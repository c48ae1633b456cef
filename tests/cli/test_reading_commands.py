"""show, find, where, check and the overview: what they print."""

import pytest

from tests.cli.command_shell import Shell

DAY = """# Day 11 – Monday 16 November 2026

Saw the depot with @colm. #depot

- [ ] Send the list due:2026-11-18

## Learning points

- Ask for the name of the owner
- Old machines have old friends

Enjoyment: 9/10 – good day
"""


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """A journal with two days and a note."""
    shell.write(DAY, "2026-11-16")
    shell.write("# Day 12\n\nOld depot, new machines.\n", "2026-11-17")
    note = shell.root / "2026" / "2026-11-16-service-review.md"
    note.write_text("# Service review\n\nThe owner came.\n", "utf-8")
    return shell


def test_show_prints_the_entry_and_then_its_notes(filled: Shell) -> None:
    review = "\n―― 2026/2026-11-16-service-review.md\n\n# Service review\n\nThe owner came.\n"
    assert filled.good("show", "2026-11-16") == DAY + review
    assert filled.good("show", "-3") == "# Day 12\n\nOld depot, new machines.\n"


@pytest.mark.parametrize("words", [["16", "nov"], ["monday"], ["day", "11"], ["Day", "11"]])
def test_show_takes_a_day_in_words(filled: Shell, words: list[str]) -> None:
    assert filled.good("show", *words).startswith(DAY)
    assert filled.good(*words, stdin=b"").startswith(DAY)


def test_a_day_with_a_note_alone(filled: Shell) -> None:
    filled.path("2026-11-16").unlink()
    assert filled.good("show", "monday").endswith("# Service review\n\nThe owner came.\n")


def test_show_of_an_unwritten_day(filled: Shell) -> None:
    assert filled("show") == (1, "", "There is no entry for Friday 20 November 2026.\n")
    assert filled("show", "--json") == (1, "", "There is no entry for Friday 20 November 2026.\n")


def test_find_prints_points_and_entries_newest_first(filled: Shell) -> None:
    assert filled.good("find", "old") == (
        "2026-11-17 day 12          Old depot, new machines.\n"
        "2026-11-16 day 11   9/10 • Old machines have old friends\n"
    )
    assert filled.good("find", "owner", "--in", "learning") == (
        "2026-11-16 day 11   9/10 • Ask for the name of the owner\n"
    )
    assert filled.good("find", "owner", "--in", "entries") == (
        "2026-11-16 day 11   9/10   - Ask for the name of the owner\n2026-11-16 day 11   9/10   The owner came.\n"
    )
    assert (
        filled.good("find", "#depot")
        == "2026-11-16 day 11   9/10   Saw the depot with @colm. #depot\n"
    )
    assert filled.good("find", '"old friends"').count("\n") == 1
    assert filled.good("find", "old", "friends").count("\n") == 1


def test_find_says_when_there_is_more(filled: Shell) -> None:
    code, out, err = filled("find", "old", "-n", "1")
    assert (code, out.count("\n")) == (0, 1)
    assert err == "Showing the newest 1; use -n 0 for all.\n"
    assert filled.good("find", "old", "-n", "2").count("\n") == 2
    assert filled.good("find", "old", "-n", "0").count("\n") == 2


def test_find_shows_fifty_rows_by_default(filled: Shell) -> None:
    filled.write("## Learning points\n\n" + "- a grain of rice\n" * 60, "2026-11-18")
    code, out, err = filled("find", "rice")
    assert (code, out.count("\n")) == (0, 50)
    assert "newest 50" in err
    assert filled.good("find", "rice", "-n", "0").count("\n") == 60


def test_find_without_a_hit(filled: Shell) -> None:
    code, out, err = filled("find", "zebra")
    assert (code, out) == (1, "")
    assert err.startswith("Nothing found for “zebra”.")
    assert filled("find", "zebra", "--json") == (1, "[]\n", "")


@pytest.mark.parametrize("words", ["", '""', "…", "#", "x" * 3_000])
def test_find_without_a_word(filled: Shell, words: str) -> None:
    assert filled.refused(2, "find", words)


def test_find_sees_what_was_just_changed_elsewhere(filled: Shell) -> None:
    assert filled("find", "zebra").code == 1
    filled.write("A zebra.\n", "2026-11-17")
    assert "A zebra." in filled.good("find", "zebra")
    filled.path("2026-11-17").unlink()
    assert filled("find", "zebra").code == 1


def test_where(filled: Shell) -> None:
    lines = dict(line.split(maxsplit=1) for line in filled.good("where").splitlines())
    assert list(lines) == ["journal", "settings", "index", "drafts"]
    assert lines["journal"] == str(filled.root)
    assert lines["settings"].endswith("settings.toml")


def test_check(filled: Shell) -> None:
    assert filled.good("check") == "3 entries read, no problems found.\n"
    assert filled.good("check", "--rebuild") == "3 entries read, no problems found.\n"
    filled.write("Enjoyment: 11/10\n", "2026-11-18")
    filled.write("x\n", "2026-02-30")
    (filled.root / "2026-11-17.md").write_text("Again.\n", "utf-8")
    code, out, err = filled("check")
    assert (code, err) == (1, "")
    name, rating, twice, advice, verdict, left_out, reason = out.splitlines()
    assert name.startswith("2026/2026-02-30.md: its name has no valid date")
    assert rating.startswith("2026/2026-11-18.md:1: ")
    assert "rating 11 is not between 0 and 10" in rating
    assert (
        twice
        == "2026-11-17: more than one file for this day's entry: 2026-11-17.md, 2026/2026-11-17.md"
    )
    assert advice.startswith("1 date with more than one file: all of them are read, but")
    assert verdict == "5 entries read, 3 problems found."
    assert left_out == "Left out:"
    assert reason == "  1 file with a date that cannot be read: 2026/2026-02-30.md"


def test_check_of_one_entry(shell: Shell) -> None:
    shell.good("add", "Words")
    assert shell.good("check") == "1 entry read, no problems found.\n"


def test_overview(filled: Shell) -> None:
    assert filled.good(stdin=b"") == (
        f"Work  ·  {filled.root}\n"
        "2 days from 2026-11-16 to 2026-11-17, 2 learning points\n"
        "Enjoyment over the last 30 days: 9.0 on average, 1 day rated\n"
        "Today, Friday 20 November 2026, has no entry yet.\n"
        "\n"
        "Latest entries\n"
        "  2026-11-17          Day 12\n"
        "  2026-11-16    9/10  Day 11 – Monday 16 November 2026\n"
        "  2026-11-16          Service review\n"
        "\n"
        "Latest learning points\n"
        "  2026-11-16  Ask for the name of the owner\n"
        "  2026-11-16  Old machines have old friends\n"
        "\n"
        "1 open follow-up, by due date:\n"
        "  2026-11-18  Send the list\n"
        "\n"
        "In a terminal, journal opens today's page. See also: journal find WORDS, journal --help.\n"
    )


def test_overview_of_an_empty_journal(shell: Shell) -> None:
    said = shell.good(stdin=b"")
    assert "Nothing written yet." in said
    assert said.count("\n") == 3


def test_overview_is_one_screen(shell: Shell) -> None:
    points = "".join(f"- Point {n} {'long ' * 60}\n" for n in range(9))
    tasks = "".join(f"- [ ] Task {n} {'long ' * 60}\n" for n in range(9))
    for day in range(1, 21):
        text = f"# Title {'long ' * 60}\n\n{tasks}\n## Learning points\n\n{points}\nEnjoyment: 7\n"
        shell.write(text, f"2026-11-{day:02}")
    (shell.root / "journal.toml").write_text(f'name = "{"Work " * 30}"\n')
    first, *lines = shell.good(stdin=b"").splitlines()
    # The name gives way, the folder does not: how long it is depends on the machine.
    name, cut, folder = first.partition("…")
    assert name and ("Work " * 30).startswith(name)
    assert cut + folder == f"…  ·  {shell.root}"
    assert len(lines) == 23
    assert max(map(len, lines)) <= 100
    assert "180 open follow-ups, by due date:" in lines
