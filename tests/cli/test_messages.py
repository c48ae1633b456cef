"""Messages: whole words on a terminal, commands that can be copied, and what was probably meant."""

import os
import shlex
from pathlib import Path

import pytest

from journal_tui.cli.commands import COMMANDS, overview_of_commands
from tests.cli.command_shell import Shell, on_a_terminal, process

on_posix = pytest.mark.skipif(os.name != "posix", reason="needs terminals")
LONG = "There is no entry here, but a much longer line than any terminal of this width could show"


@on_posix
@pytest.mark.parametrize("columns", [40, 60, 80])
def test_a_message_is_broken_between_words_on_a_terminal(root: Path, columns: int) -> None:
    code, seen = on_a_terminal(["show", "gobbledygook"], root, columns)
    lines = seen.splitlines()
    piped = process("show", "gobbledygook", cwd=root).stderr.decode()
    assert code == 2 and piped.count("\n") == 1 and len(piped) > 80
    assert " ".join(lines) == piped.rstrip("\n")
    assert len(lines) > 1 and max(map(len, lines)) <= columns


@on_posix
def test_each_stream_is_broken_only_if_it_is_a_terminal(shell: Shell) -> None:
    shell.good("todo", LONG)
    code, seen = on_a_terminal(["todo"], shell.root, piped="stderr")
    assert code == 0
    assert [line[:22] for line in seen.splitlines()] == [
        "\x1b[1mWithout a date\x1b[0m",
        " " * 20 + LONG[:2],
        " " * 20 + "te",
        "To tick one: journal t",
    ]
    assert on_a_terminal(["todo"], shell.root, piped="stdout") == (0, "")
    _, seen = on_a_terminal(["show", "gobbledygook"], shell.root, piped="stdout")
    assert seen.count("\n") > 1
    out = process("todo", cwd=shell.root).stdout.decode()
    assert out.count("\n") == 2 and LONG in out


@on_posix
def test_a_path_in_a_message_is_not_broken(tmp_path: Path) -> None:
    folder = tmp_path / "a folder with blanks" / ("x" * 60)
    folder.mkdir(parents=True)
    (folder / "journal.toml").write_text("", "utf-8")
    code, seen = on_a_terminal(["new", str(folder)], tmp_path, 60, HOME=str(tmp_path))
    assert code == 2
    assert f"'{folder}'" in seen
    code, seen = on_a_terminal(["--journal", str(folder), "where"], tmp_path, 60)
    assert f"journal   {folder}\n" in seen


@pytest.mark.parametrize("name", ["a folder", "it's", "$HOME", "plain"])
def test_a_printed_command_can_be_copied(shell: Shell, name: str) -> None:
    folder = shell.root / name
    said = shell.good("new", str(folder))
    again = shell.refused(2, "new", str(folder))
    command = again.partition("Open it with: ")[2]
    assert shlex.split(command) == ["journal", "--journal", str(folder)]
    first = said.partition("Open it with: ")[2].partition("\n")[0]
    assert not first or shlex.split(first) == shlex.split(command)


def test_the_overview_ends_with_what_is_used_most() -> None:
    lines = overview_of_commands().splitlines()
    last = lines[-23:]
    common = [command for command in COMMANDS.values() if command.is_common]
    assert [command.name for command in common] == ["", "learn", "todo", "find"]
    assert lines[-len(common) :] == [f"  {command.examples[0]}" for command in common]
    for name in ("learn", "rate", "todo", "show", "find", "help"):
        assert any(line.startswith(f"  {COMMANDS[name].call} ") for line in last)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["rate", "4", "rain", "--on", "last", "friday"], '--on "last friday"'),
        (["learn", "x", "--on=last", "friday"], '--on "last friday"'),
        (["rate", "4", "--on", "last", "friday", "rain"], '--on "last friday"'),
        (["add", "x", "--on", "a", "week", "ago"], '--on "a week ago"'),
        (["add", "x", "--on", "day", "168"], '--on "day 168"'),
        (["todo", "x", "--due", "end", "of", "the", "month"], '--due "end of the month"'),
        (["todo", "x", "--due", "next", "friday", "--on", "monday"], '--due "next friday"'),
        (["add", "x", "--on", "30", "february", "2026"], '--on "30 february 2026"'),
    ],
)
def test_a_date_of_several_words_is_said_to_need_quotes(
    shell: Shell, words: list[str], meant: str
) -> None:
    said = shell.refused(2, *words)
    assert said == f"Put quotes around the date: {meant}. See: journal {words[0]} --help"
    assert not shell.path().exists()


def test_other_words_after_an_option(shell: Shell) -> None:
    said = shell.refused(2, "history", "friday", "--note", "Service", "review")
    assert said.startswith('Put quotes around the words: --note "Service review". See: ')
    # They are taken as they are if they can't belong to the option.
    after = shell.good("rate", "4", "--on", "friday", "long", "but", "good")
    assert shell.good("rate", "4", "long", "but", "good", "--on", "friday") == after
    note = shell.good("note", "Lab visit", "--on", "friday", "Loud.")
    assert shell.good("note", "Lab visit", "--on", "friday") != note
    assert shell.good("note", "Walk", "--customer", "Kelby", "Met: all of them")
    said = shell.refused(2, "learn", "x", "--on", "friday", "--off")
    assert said.startswith("Unrecognized arguments: --off. ")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["rating:"], '"rating:>=8"'),
        (["rain", "-rating:"], '"rating:>=8"'),
        (["words:", "rain"], '"words:>=300"'),
        (["day:"], '"day:>=168"'),
    ],
)
def test_a_sign_that_a_shell_took_is_said_to_need_quotes(
    shell: Shell, words: list[str], meant: str
) -> None:
    said = shell.refused(2, "find", "--", *words)
    assert said.endswith(f"In a shell, > and < need quotes around them: journal find {meant}.")
    assert "needs something after it, such as " in said


def test_other_fields_without_a_value_say_nothing_of_a_shell(shell: Shell) -> None:
    assert "shell" not in shell.refused(2, "find", "since:")
    assert "shell" not in shell.refused(2, "find", "rating:banana")


def test_a_repeated_learning_point_is_not_added_again(shell: Shell) -> None:
    shell.good("learn", "Rain makes the depot late")
    before = shell.written()
    said = shell.good("learn", "rain  makes the depot LATE")
    day = "Friday 20 November 2026"
    assert said == f"{day} already has this learning point, so nothing was added.\n"
    assert shell.written() == before
    assert shell.good("history").count("\n") == 1
    # However its accents are made, it is the same.
    shell.good("learn", "Ask at the caf\u00e9")
    assert "already has" in shell.good("learn", "Ask at the cafe\u0301")
    # Another day may have learned it, too.
    assert "added" in shell.good("learn", "Rain makes the depot late", "--on", "yesterday")


def test_of_several_learning_points_the_new_ones_are_added(shell: Shell) -> None:
    shell.good("learn", "one")
    said = shell.good("learn", "-", stdin=b"one\ntwo\nTwo\nthree\n")
    assert said.startswith(
        "2 learning points added to Friday 20 November 2026; 2 were there already.\n"
    )
    assert shell.written().count("\n- ") == 3
    said = shell.good("learn", "-", stdin=b"three\nfour\n")
    assert "1 learning point added" in said and "; 1 was there already." in said
    said = shell.good("learn", "-", stdin=b"three\nfour\n")
    assert "already has these learning points" in said


def test_a_follow_up_with_a_word_of_logseq_is_no_repeat_of_one_without(shell: Shell) -> None:
    shell.good("todo", "Ask Colm")
    assert shell.good("todo", "Ask Colm :LOGBOOK: of the lift").startswith("Follow-up added")
    assert shell.written().count("\n- [ ] Ask Colm") == 2


def test_a_repeated_follow_up_is_not_added_again(shell: Shell) -> None:
    shell.good("todo", "Ask Colm", "--due", "friday")
    before = shell.written()
    said = shell.good("todo", "ask colm", "--due", "friday")
    assert said == "Friday 20 November 2026 already has this follow-up, so nothing was added.\n"
    assert shell.written() == before
    # With another date, or once the first is done, it is another follow-up.
    assert "added" in shell.good("todo", "Ask Colm", "--due", "+9")
    shell.good("todo", "Call Zoe")
    shell.good("todo", "--done", "Call Zoe")
    assert "added" in shell.good("todo", "Call Zoe")


def test_help_of_rate_is_true_for_any_scale(shell: Shell) -> None:
    config = shell.root / "journal.toml"
    config.write_text(config.read_text("utf-8") + 'scale = "1-5"\n', "utf-8")
    assert "scale that journal.toml" in " ".join(shell.good("rate", "--help").split())
    for example in COMMANDS["rate"].examples:
        assert "/5" in shell.good(*shlex.split(example)[1:])


def test_examples_of_a_search_for_ratings_are_on_the_scale(shell: Shell) -> None:
    config = shell.root / "journal.toml"
    config.write_text(config.read_text("utf-8") + 'scale = "1-5"\n', "utf-8")
    assert shell.refused(2, "find", "rating:").endswith(
        'such as rating:4+. In a shell, > and < need quotes around them: journal find "rating:>=4".'
    )
    assert "Write rating:4+, rating:..3 or rating:3..4." in shell.refused(2, "find", "rating:x")
    # Only ratings have a scale.
    assert "Write day:8+, day:..5 or day:6..8." in shell.refused(2, "find", "day:x")


def test_an_empty_journal_suggests_a_rating_of_its_scale(shell: Shell) -> None:
    assert "journal rate 8 " in shell.good()
    config = shell.root / "journal.toml"
    config.write_text(config.read_text("utf-8") + 'scale = "1-5"\n', "utf-8")
    assert "journal rate 4 " in shell.good()


@on_posix
def test_an_entry_is_shown_without_broken_words(shell: Shell) -> None:
    text = f"# A day\n\n{LONG}\n\n- [ ] {LONG}\n  1. {LONG}\n"
    shell.write(text)
    code, seen = on_a_terminal(["show", "2026-11-20"], shell.root, 60)
    assert code == 0
    assert seen == (
        "# A day\n\n"
        "There is no entry here, but a much longer line than any\n"
        "terminal of this width could show\n\n"
        "- [ ] There is no entry here, but a much longer line than\n"
        "      any terminal of this width could show\n"
        "  1. There is no entry here, but a much longer line than any\n"
        "     terminal of this width could show\n"
    )
    assert process("show", "2026-11-20", cwd=shell.root).stdout.decode() == text


@on_posix
@pytest.mark.parametrize("name", [name for name in COMMANDS if name])
@pytest.mark.one_in(3)
def test_help_breaks_no_word_in_a_narrow_window(root: Path, name: str) -> None:
    code, narrow = on_a_terminal([name, "--help"], root, 60)
    # The usage is argparse's, and keeps what excludes each other together.
    after_usage = narrow.partition("\n\n")[2]
    assert code == 0 and max(map(len, after_usage.splitlines())) <= 60
    wide = process(name, "--help", cwd=root).stdout.decode()
    assert set(narrow.split()) == set(wide.split())


@on_posix
def test_what_is_for_programs_is_never_broken(shell: Shell) -> None:
    shell.good("learn", LONG)
    for form in ("--csv", "--markdown", "--paths", "--json"):
        words = ["find", "entry", form]
        _, seen = on_a_terminal(words, shell.root, 40, NO_COLOR="1")
        assert seen == process(*words, cwd=shell.root).stdout.decode()
