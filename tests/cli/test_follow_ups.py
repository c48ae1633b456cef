"""`journal todo` with follow-ups that there are: the groups, the filters, and each change."""

import json

import pytest

from tests.cli.command_shell import Shell

TEXT = """\
- [ ] Call Zoe due:2026-11-10
- [ ] Send the list due:2026-11-20
- [ ] Book the room due:9999-12-31
- [ ] Tidy the depot
- [ ] Budget waiting:@ann
- [ ] Badge waiting:@bob since:2026-10-01 due:2026-12-24
- [x] Ask Colm done:2026-11-19
- [-] Paint it dropped:2026-11-18 – too dear
"""
LISTED = """\
Late (1)
  due 2026-11-10    Call Zoe  (written 2026-11-09)

This week (1)
  due 2026-11-20    Send the list  (written 2026-11-09)

Later (1)
  due 9999-12-31    Book the room  (written 2026-11-09)

Without a date (1)
                    Tidy the depot  (written 2026-11-09)

Waiting (2)
  since 2026-10-01  Badge  (waiting for @bob for 7 weeks; due 2026-12-24; written 2026-11-09)
  since 2026-11-09  Budget  (waiting for @ann for 11 days; written 2026-11-09)

Done lately (2)
  done 2026-11-19   Ask Colm  (written 2026-11-09)
       2026-11-18   Paint it – too dear  (dropped; written 2026-11-09)
"""


@pytest.fixture
def listed(shell: Shell) -> Shell:
    """Return a shell in a journal with a follow-up for each group."""
    shell.write(TEXT, "2026-11-09")
    return shell


def test_the_list_has_groups(listed: Shell) -> None:
    assert listed.good("todo") == LISTED


def test_the_list_as_json(listed: Shell) -> None:
    rows = json.loads(listed.good("todo", "--json"))
    assert [row["group"] for row in rows] == [
        "late", "this-week", "later", "undated", "waiting", "waiting", "closed", "closed",
    ]  # fmt: skip
    assert rows[4] == {
        "date": "2026-11-09",
        "path": "2026/2026-11-09.md",
        "line": 6,
        "text": "Badge",
        "state": "waiting",
        "due": "2026-12-24",
        "waiting": ["@bob"],
        "since": "2026-10-01",
        "group": "waiting",
    }
    assert rows[7]["text"] == "Paint it – too dear" and rows[7]["state"] == "dropped"


def test_the_list_is_filtered(listed: Shell) -> None:
    assert "Budget" in listed.good("todo", "--waiting", "ann")
    assert listed.good("todo", "--waiting", "@ann").count("\n") == 2
    assert listed("todo", "--waiting", "@an") == (1, "No open follow-up matches that.\n", "")
    assert listed.good("todo", "--find", "depot OR room").count("written") == 2
    assert listed.good("todo", "--find", "b", "--waiting", "bob").count("written") == 1
    assert listed("todo", "--find", "nonsense") == (1, "No open follow-up matches that.\n", "")
    assert listed("todo", "--find", "nonsense", "--json") == (1, "[]\n", "")
    assert "isn't a number" in listed.refused(2, "todo", "--find", "rating:x")


@pytest.mark.parametrize(
    ("words", "said", "line"),
    [
        (["--done", "zoe"], "Done: Call Zoe", "- [x] Call Zoe due:2026-11-10 done:2026-11-20"),
        (["--drop", "tidy"], "Dropped: Tidy the depot", "- [-] Tidy the depot dropped:2026-11-20"),
        (
            ["--drop", "tidy", "--reason", "it burnt down"],
            "Dropped: Tidy the depot",
            "- [-] Tidy the depot dropped:2026-11-20 – it burnt down",
        ),
        (["--reopen", "colm"], "Open again: Ask Colm", "- [ ] Ask Colm"),
        (
            ["--change", "zoe", "--due", "next friday"],
            "Due Friday 27 November 2026: Call Zoe",
            "- [ ] Call Zoe due:2026-11-27",
        ),
        (["--change", "zoe", "--due", "none"], "Without a due date: Call Zoe", "- [ ] Call Zoe"),
        (
            ["--change", "zoe", "--due", "+9", "--waiting", "ann,@bob"],
            "Due Sunday 29 November 2026, waiting for @ann,@bob: Call Zoe",
            "- [ ] Call Zoe due:2026-11-29 waiting:@ann,@bob since:2026-11-20",
        ),
        (
            ["--change", "badge", "--waiting", "none"],
            "No longer waiting: Badge",
            "- [ ] Badge due:2026-12-24",
        ),
    ],
)
def test_one_is_changed_by_its_words(listed: Shell, words: list[str], said: str, line: str) -> None:
    before = listed.written("2026-11-09").splitlines()
    assert listed.good("todo", *words) == f"{said} (written 2026-11-09)\n"
    after = listed.written("2026-11-09").splitlines()
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [line]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Ring Bo due:tomorow", "“tomorow” isn't a date; try due:tomorrow.\n"),
        ("Ring Bo waiting:ann", "waiting:ann isn't a person; write waiting:@ann.\n"),
        ("Ring Bo today", ""),
    ],
)
def test_what_is_not_understood_of_a_new_follow_up_is_said(
    shell: Shell, words: str, sentence: str
) -> None:
    shell.write("- [ ] Send it due:fryday\n")
    code, out, err = shell("todo", words)
    assert (code, err) == (0, sentence)
    assert out.startswith("Follow-up added to ") and words in shell.written()


@pytest.mark.parametrize(
    ("words", "line", "said"),
    [
        ("Ring Bo due:friday", "- [ ] Ring Bo due:2026-11-20", "Friday 20 November 2026"),
        ("Ring (due tomorrow) Bo", "- [ ] Ring due:2026-11-21 Bo", "Saturday 21 November 2026"),
        ("Ring Bo due:2026-12-01", "- [ ] Ring Bo due:2026-12-01", "Tuesday 1 December 2026"),
    ],
)
def test_a_due_date_in_words_is_written_as_a_date_and_confirmed(
    shell: Shell, words: str, line: str, said: str
) -> None:
    assert shell.good("todo", words).endswith(f", due {said}.\n")
    assert line in shell.written().splitlines()


@pytest.mark.parametrize("words", ["due:friday", "- [ ]", "waiting:@ann due:2026-12-01", "…"])
def test_a_follow_up_without_words_is_refused(shell: Shell, words: str) -> None:
    shell.write("# T\n")
    code, out, err = shell("todo", words)
    assert (code, out) == (1, "")
    assert err == "journal: A follow-up needs some words that say what to do.\n"
    assert shell.written() == "# T\n"


@pytest.mark.parametrize(
    ("words", "said", "line"),
    [
        (["--due", "friday"], "Due Friday 20 November 2026", "due:2026-11-20"),
        (["--due", "none"], "Without a due date", ""),
        (
            ["--due", "friday", "--waiting", "ann"],
            "Due Friday 20 November 2026, waiting for @ann",
            "due:2026-11-20 waiting:@ann",
        ),
    ],
)
@pytest.mark.parametrize("unreadable", ["due:31 feb", "due:tomorow", "(due 32.1.)"])
def test_a_due_word_that_cannot_be_read_is_replaced(
    shell: Shell, words: list[str], said: str, line: str, unreadable: str
) -> None:
    shell.write(f"- [ ] Book the room {unreadable}\n")
    done = shell.good("todo", "--change", "book", *words)
    assert done == f"{said}: Book the room (written 2026-11-20)\n"
    assert shell.written("2026-11-20") == f"- [ ] Book the room {line}".rstrip() + "\n"
    assert "Book" not in shell.good("check")


@pytest.mark.parametrize(
    ("code", "words", "sentence"),
    [
        (2, ["--done", "o"], "open follow-ups contain that. Give more of the one you mean"),
        (1, ["--done", "colm"], "No open follow-up contains that"),
        (1, ["--reopen", "zoe"], "No follow-up that was closed lately contains that"),
        (2, ["--done", "zoe", "--due", "friday"], "--done cannot be used with --due"),
        (2, ["--drop", "zoe", "--waiting", "ann"], "--drop cannot be used with --waiting"),
        (2, ["--change", "zoe"], "Say what to change"),
        (2, ["zoe", "--reason", "x"], "--reason is for --drop"),
        (2, ["zoe", "--find", "x"], "--find and --json are for the list"),
        (2, ["--done", "--drop", "zoe"], "not allowed with"),
        (2, ["--change", "zoe", "--due", "gobbledygook", "--waiting", "ann"], "isn't a date"),
        (1, ["--change", "zoe", "--due", "friday", "--waiting", "Ann Smith"], "Try @Ann-Smith"),
        (2, ["--drop"], "Say which follow-up is meant: journal todo --drop"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    listed: Shell, code: int, words: list[str], sentence: str
) -> None:
    result = listed("todo", *words, stdin=b"")
    assert (result.code, result.out) == (code, "")
    assert sentence in result.err
    assert listed.written("2026-11-09") == TEXT


def test_a_new_one_may_wait_for_someone(shell: Shell) -> None:
    shell.good("todo", "Sign the form", "--waiting", "ann", "--due", "friday")
    assert "- [ ] Sign the form waiting:@ann due:2026-11-20\n" in shell.written()
    assert "Try @Ann-Smith" in shell.refused(1, "todo", "Sign", "--waiting", "Ann Smith")


def test_thousands_are_listed(shell: Shell) -> None:
    shell.write("".join(f"- [ ] Task {n} due:9999-12-31\n" for n in range(3_000)), "2026-11-09")
    assert shell.good("todo").startswith("Later (3,000)\n")
