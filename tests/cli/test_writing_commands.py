"""add, learn, rate and todo: what they write, and what they say."""

import pytest

from journal_tui import settings
from journal_tui.cli.context import journal_in
from tests.cli.command_shell import TODAY, Shell

EMPTY = "# Day 15 – Friday 20 November 2026\n\n{}## Learning points\n\n{}\n\nEnjoyment: {}\n"


def test_add_makes_the_day_from_the_template(shell: Shell) -> None:
    assert shell.good("add", "Saw the depot.") == "Added to Friday 20 November 2026.\n"
    assert shell.written() == EMPTY.format("Saw the depot.\n\n", "- ", "")
    assert shell.path().stat().st_mode & 0o777 == 0o600


def test_add_appends_after_the_prose(shell: Shell) -> None:
    shell.good("add", "One", "and", "more.")
    shell.good("add", "-", stdin=b"Two\nlines.\n")
    shell.good("add", stdin="\ufeffÄnd three.\r\n".encode())
    assert "One and more.\n\nTwo\nlines.\n\nÄnd three.\n\n## Learning" in shell.written()


def test_a_new_entry_waits_for_no_other_entry_unless_these_are_counted(shell: Shell) -> None:
    shell.write("# Old\n", "2014-10-06")
    shell.good("add", "One.")
    assert journal_in(shell.root).index.years() == ["2026"]
    config = shell.root / "journal.toml"
    config.write_text('start = 2014-10-01\ncount = "entries"\n', "utf-8")
    shell.good("add", "--on", "2026-11-19", "The second of three.")
    assert shell.written("2026-11-19").startswith("# Day 2 – ")


def test_learn_adds_points_in_order(shell: Shell) -> None:
    said = shell.good("learn", "Ask for the name of the owner")
    assert said == "Learning point added to Friday 20 November 2026.\n"
    said = shell.good("learn", "-", stdin=b"- one\n\n  * two\n3. three\n-\n")
    assert said == "3 learning points added to Friday 20 November 2026.\n"
    points = "- Ask for the name of the owner\n- one\n- two\n- three"
    assert shell.written() == EMPTY.format("", points, "")


def test_learn_from_a_pipe_is_all_or_nothing(shell: Shell) -> None:
    shell.good("add", "Before.")
    before = shell.written()
    said = shell.refused(1, "learn", stdin=b"fine\nEnjoyment: 9/10\n")
    assert "would be misread" in said
    assert "fine" not in said
    assert shell.written() == before


def test_a_number_belongs_to_a_point_that_was_typed(shell: Shell) -> None:
    shell.good("learn", "2 people know more than one")
    shell.good("learn", "- dashes are no part of it")
    assert "- 2 people know more than one\n- dashes are no part of it\n" in shell.written()


def test_dashes_and_numbers_within_a_point_stay(shell: Shell) -> None:
    shell.good("learn", "People first - always")
    shell.good(
        "learn", "-", stdin=b"Tea * coffee\nAs in chapter 3. of the book\n1. Ask - then act\n"
    )
    points = [
        "People first - always",
        "Tea * coffee",
        "As in chapter 3. of the book",
        "Ask - then act",
    ]
    assert "".join(f"- {point}\n" for point in points) in shell.written()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["9", "good", "day"], "9/10 – good day"),
        (["7.5"], "7.5/10"),
        (["7,5", "half"], "7.5/10 – half"),
        (["8/10", "–", "fine"], "8/10 – fine"),
        (["9", "out", "of", "10,", "rain"], "9/10 – rain"),
        (["0"], "0/10"),
        (["8", "2 meetings"], "8/10 – 2 meetings"),
    ],
)
def test_rate(shell: Shell, words: list[str], line: str) -> None:
    assert shell.good("rate", *words) == f"Rated Friday 20 November 2026: {line}\n"
    assert shell.written() == EMPTY.format("", "- ", line)


def test_rate_again_keeps_the_remark_and_says_so(shell: Shell) -> None:
    shell.good("rate", "9", "good day")
    assert shell.good("rate", "8") == "Rated Friday 20 November 2026: 8/10 – good day\n"
    assert shell.good("rate", "7", "-", stdin=b"rain\n").endswith(": 7/10 – rain\n")
    assert shell.written().count("Enjoyment") == 1


@pytest.mark.parametrize("value", ["11", "-1", "x", "9h", "", "5/7", "90%", "lots"])
def test_lines_that_are_not_ratings(shell: Shell, value: str) -> None:
    assert "Give a number from 0 to 10" in shell.refused(2, "rate", value)
    assert not shell.path().exists()


@pytest.mark.parametrize(
    ("when", "day", "until"),
    [
        ("friday", "2026-11-20", "Friday 20 November 2026"),
        ("monday", "2026-11-23", "Monday 23 November 2026"),
        ("next friday", "2026-11-27", "Friday 27 November 2026"),
        ("on thursday", "2026-11-26", "Thursday 26 November 2026"),
        ("+7", "2026-11-27", "Friday 27 November 2026"),
        ("3 mar", "2027-03-03", "Wednesday 3 March 2027"),
        ("29 feb", "2028-02-29", "Tuesday 29 February 2028"),
        ("tomorrow", "2026-11-21", "Saturday 21 November 2026"),
        ("2026-11-01", "2026-11-01", "Sunday 1 November 2026"),
        ("last friday", "2026-11-13", "Friday 13 November 2026"),
        ("end of the month", "2026-11-30", "Monday 30 November 2026"),
        ("2026-W50", "2026-12-13", "Sunday 13 December 2026"),
        ("october", "2027-10-31", "Sunday 31 October 2027"),
        ("in 2 weeks", "2026-12-04", "Friday 4 December 2026"),
        ("the 3rd", "2026-12-03", "Thursday 3 December 2026"),
        ("2026-11-30 14:00", "2026-11-30", "Monday 30 November 2026"),
    ],
)
def test_todo_is_due_ahead(shell: Shell, when: str, day: str, until: str) -> None:
    said = shell.good("todo", "Send Colm the list", "--due", when)
    assert said == f"Follow-up added to Friday 20 November 2026, due {until}.\n"
    assert f"- [ ] Send Colm the list due:{day}\n" in shell.written()


def test_todo_lists_what_is_open_by_date(shell: Shell) -> None:
    assert shell.good("todo").startswith("There are no open follow-ups. Add one with: ")
    shell.good("todo", "Some day")
    shell.good("todo", "-", "--due", "monday", stdin=b"Soon\n")
    shell.good("todo", "Long ago", "--due", "2026-11-02", "--on", "yesterday")
    shell.write("- [x] Done due:2026-11-01\n", "2026-11-10")
    listed = (
        "Late (1)\n"
        "  due 2026-11-02    Long ago  (written 2026-11-19)\n"
        "\n"
        "Later (1)\n"
        "  due 2026-11-23    Soon  (written 2026-11-20)\n"
        "\n"
        "Without a date (1)\n"
        "                    Some day  (written 2026-11-20)\n"
        "\n"
        "Done lately (1)\n"
        "  done 2026-11-10   Done  (written 2026-11-10)\n"
    )
    assert shell.good("todo") == listed
    assert shell.good("todo", stdin=b"") == listed


def test_todo_of_nothing_with_a_date_is_asked_wrongly(shell: Shell) -> None:
    assert "Say what to follow up" in shell.refused(2, "todo", "--due", "friday")
    assert "Say what to do" in shell.refused(2, "todo", " ")


@pytest.mark.parametrize("command", ["add", "learn", "todo"])
def test_on_another_day(shell: Shell, command: str) -> None:
    said = shell.good(command, "Words", "--on", "last friday")
    assert "to Friday 13 November 2026" in said
    assert "# Day 10 – Friday 13 November 2026" in shell.written("2026-11-13")
    assert "Words" in shell.written("2026-11-13")
    assert not shell.path().exists()


@pytest.mark.parametrize(
    "words", [["rate", "6", "--on", "-3"], ["--journal", ".", "rate", "6", "--on=-3"]]
)
def test_on_so_many_days_ago(shell: Shell, words: list[str]) -> None:
    shell.good(*words)
    assert shell.written("2026-11-17").endswith("Enjoyment: 6/10\n")


@pytest.mark.parametrize("command", ["add", "learn", "rate", "todo"])
def test_an_invalid_day_writes_nothing(shell: Shell, command: str) -> None:
    said = shell.refused(2, command, "5", "--on", "someday")
    assert said.startswith("“someday” isn't a date. Try one of: ")
    assert [path.name for path in shell.root.iterdir()] == ["journal.toml"]


@pytest.mark.parametrize("command", ["add", "learn"])
@pytest.mark.parametrize("stdin", [b"", b" \n\t\n"])
def test_nothing_on_standard_input(shell: Shell, command: str, stdin: bytes) -> None:
    assert "Say what" in shell.refused(2, command, stdin=stdin)
    assert "Say what" in shell.refused(2, command, "-", stdin=stdin)
    assert "Say what" in shell.refused(2, command, "")
    assert not shell.path().exists()


@pytest.mark.parametrize("command", ["add", "learn"])
def test_a_command_without_text_at_a_terminal_is_refused(shell: Shell, command: str) -> None:
    assert "or give it on standard input" in shell.refused(2, command)


@pytest.mark.parametrize("stdin", [b"Zo\xeb", b"a\0b"])
def test_bytes_that_are_not_text_are_not_written(shell: Shell, stdin: bytes) -> None:
    assert "nothing was written" in shell.refused(2, "add", stdin=stdin)
    assert not shell.path().exists()


def test_too_much_for_one_entry(shell: Shell) -> None:
    shell.good("add", "Before.")
    before = shell.written()
    assert "too long for one entry" in shell.refused(2, "add", "-", stdin=b"word " * 2_000_000)
    assert shell.written() == before


def test_an_entry_in_another_place_is_found_and_changed(shell: Shell) -> None:
    (shell.root / "Daily").mkdir()
    place = shell.root / "Daily" / f"{TODAY} Friday.md"
    place.write_text("Prose.\n", "utf-8")
    shell.good("learn", "Look before you write")
    assert "- Look before you write" in place.read_text("utf-8")
    assert not shell.path().exists()


def test_a_follow_up_is_ticked_by_its_words(shell: Shell) -> None:
    shell.good("todo", "Send Colm the list", "--due", "friday", "--on", "2026-11-17")
    shell.good("todo", "Send Priya the list")
    shell.good("todo", "the list")
    assert "2 open" in shell.refused(2, "todo", "--done", "send")
    assert "No open follow-up contains that" in shell.refused(1, "todo", "--done", "nobody")
    assert "cannot be used with" in shell.refused(2, "todo", "--done", "Colm", "--due", "friday")
    assert "Say which" in shell.refused(2, "todo", "--done", stdin=b"")
    assert (
        shell.good("todo", "--done", "colm  the")
        == "Done: Send Colm the list (written 2026-11-17)\n"
    )
    ticked = "- [x] Send Colm the list due:2026-11-20 done:2026-11-20\n"
    assert ticked in shell.written("2026-11-17")
    assert "Done: the list" in shell.good("todo", "--done", "The list")
    listed = shell.good("todo")
    assert "Priya" in listed.partition("Done lately (2)\n")[0]


def test_a_follow_up_of_a_note_is_ticked_there(shell: Shell) -> None:
    note = shell.path().with_name("2026-11-20-visit.md")
    note.parent.mkdir(exist_ok=True)
    note.write_text("# Visit\n\n- [ ] Ring the customer\n")
    shell.good("todo", "--done", "ring")
    assert note.read_text() == "# Visit\n\n- [x] Ring the customer\n"
    assert not shell.path().exists()


def test_more_than_an_entry_holds_is_refused_at_once(shell: Shell) -> None:
    for command in ("add", "learn"):
        assert "8 MB" in shell.refused(2, command, "-", stdin=b"y\n" * 4_500_000)
    assert not shell.path().exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Enjoyment level: 5\n", "Enjoyment level: 8/10\n"),
        ("Enjoyment (1-10): 5 – wet\n", "Enjoyment (1-10): 8 – wet\n"),
        ("[enjoyment:: 5]\n", "[enjoyment:: 8]\n"),
        ("A day [enjoyment:: 5/10] of rain\n", "A day [enjoyment:: 8/10] of rain\n"),
        ("enjoyment:: 5\n", "enjoyment:: 8\n"),
        ("> Enjoyment: 5/10 – wet\n", "> Enjoyment: 8/10 – wet\n"),
        ("> [!note] Enjoyment: 5/10\n", "> [!note] Enjoyment: 8/10\n"),
        ("| Enjoyment | 5/10 | wet |\n| Mood | low |\n", "| Enjoyment | 8/10 | wet |\n| Mood | low |\n"),
        ("| Enjoyment | |\n", "| Enjoyment | 8/10 |\n"),
        ("• Enjoyment: 5, wet\n", "• Enjoyment: 8/10, wet\n"),
        ("Enjoyment: ★★★★★☆☆☆☆☆ wet\n", "Enjoyment: 8/10 wet\n"),
        ("Enjoyment (5/10): wet\n", "Enjoyment (8/10): wet\n"),
        ("Enjoyment: 4/5 – wet\n", "Enjoyment: 8/10 – wet\n"),
        ("Enjoyment: 5-6/10\n", "Enjoyment: 8/10\n"),
        ("---\nrating: 5 # low\n---\n\nRain.\n", "---\nrating: 8 # low\n---\n\nRain.\n"),
        ("---\nenjoyment: '5/10 – wet'\n---\n", "---\nenjoyment: '8/10 – wet'\n---\n"),
    ],
    ids=repr,
)  # fmt: skip
def test_rate_changes_the_rating_that_is_there(shell: Shell, before: str, after: str) -> None:
    shell.write(before)
    shell.good("rate", "8")
    assert shell.written() == after


def test_a_remark_in_front_matter_is_quoted_where_yaml_needs_it(shell: Shell) -> None:
    shell.write("---\nrating: 5\n---\n")
    shell.good("rate", "8", "wet: very")
    assert shell.written() == '---\nrating: "8/10 – wet: very"\n---\n'


def test_a_journal_with_a_scale_of_its_own(shell: Shell) -> None:
    settings = shell.root / "journal.toml"
    settings.write_text('scale = "1-5"\n', "utf-8")
    shell.write("# A\n\nEnjoyment: 4/5 – fine\n", "2026-11-17")
    shell.write("# B\n\nEnjoyment: ★★★\n", "2026-11-18")
    shell.write("# C\n\nEnjoyment: 8/10\n", "2026-11-19")
    assert (
        shell.good("rate", "4.5", "sun").splitlines()[0]
        == "Rated Friday 20 November 2026: 4.5/5 – sun"
    )
    assert "Enjoyment: 4.5/5 – sun\n" in shell.written()
    assert "4/5" in shell.good("find", "rating:>=4", "until:2026-11-17")
    assert shell.good("find", "rating:3/5", "--json").count("2026-11-18") >= 1
    assert "Give a number from 1 to 5, such as 3.75." in shell.refused(2, "rate", "great")
    assert "not between 1 and 5" in shell.refused(2, "rate", "0")
    said = shell("check").out
    assert "2026-11-19.md:3: a rating is out of 5, not out of 10; write 4/5" in said
    settings.write_text('scale = "5"\n', "utf-8")
    assert "`scale` should be" in shell.refused(1, "today")


def test_check_says_what_is_not_read(shell: Shell) -> None:
    shell.write("# A\n\nEnjoyment: 4/5\n\n## Next steps\n\n- call Ann\n- call Bob\n")
    said = shell("check").out
    assert ":3: a rating is out of 10, not out of 5; write 8/10" in said
    assert ":5: 2 items without a box under “Next steps” aren't read as follow-ups" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "Words"), "Added to Friday 20 November 2026 in the journal “Work”.\n"),
        (
            ("learn", "Ask"),
            "Learning point added to Friday 20 November 2026 in the journal “Work”.\n",
        ),
        (("rate", "8"), "Rated Friday 20 November 2026 in the journal “Work”: 8/10\n"),
        (
            ("todo", "Ask Ann", "--due", "2026-11-27"),
            "Follow-up added to Friday 20 November 2026 in the journal “Work”, due Friday 27 November 2026.\n",
        ),
    ],
)
def test_from_another_folder_the_journal_is_named(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    places = settings.places()
    settings.remember(places.config, "journal", str(shell.root))
    monkeypatch.chdir("/")
    assert shell.good(*words) == said
    assert shell.good("--journal", str(shell.root), *words).count("in the journal “Work”") == 1
    (shell.root / "2026" / "deep").mkdir()
    for below in (shell.root, shell.root / "2026" / "deep"):
        monkeypatch.chdir(below)
        assert "in the journal" not in shell.good(*words)


def test_a_ticked_follow_up_says_its_journal(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.good("todo", "Ask Ann")
    monkeypatch.chdir("/")
    said = shell.good("--journal", str(shell.root), "todo", "--done", "Ann")
    assert said == "Done: Ask Ann (written 2026-11-20 in the journal “Work”)\n"
