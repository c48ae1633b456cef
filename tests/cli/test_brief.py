"""The command brief: what matters today, or about a person, a tag or words."""

import json

import pytest

from journal_tui.cli.brief import KEYS
from tests.cli.command_shell import Shell
from tests.cli.test_safe_output import PAYLOADS, is_safe


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """Three days, one of them a year ago."""
    shell.write("# T\n\nThe lift broke down on the way to the depot. @colm\n", "2025-11-20")
    shell.write(
        "# T\n\n- [ ] Send @colm the list due:2026-11-18\n\n## Learning points\n\n- Ask @colm first\n\nEnjoyment: 7\n",
        "2026-11-17",
    )
    shell.write(
        "# T\n\nNobody came to the meeting, so I went home.\n\nEnjoyment: 3 – wet\n", "2026-11-19"
    )
    return shell


def test_today(filled: Shell) -> None:
    assert (
        filled.good("brief")
        == """\
Close the week  2 days written, 1 learning point  (journal find date:2026-W47)
Due 2 days ago  Send @colm the list  (2026-11-17)
Yesterday       Nobody came to the meeting, so I went home.  (2026-11-19, 3/10)
A year ago      The lift broke down on the way to the depot.  (2025-11-20)
This week       2 of 4 workdays written  (journal find date:2026-W47)
"""
    )


def test_another_day(filled: Shell) -> None:
    assert filled.good("brief", "--on", "thursday").splitlines() == [
        "Tuesday         Ask @colm first  (2026-11-17, 7/10)",
        "A year earlier  The lift broke down on the way to the depot.  (2025-11-20)",
        "This week       2 of 4 workdays written  (journal find date:2026-W47)",
    ]


def test_about_a_person(filled: Shell) -> None:
    assert filled.good("brief", "@colm").splitlines() == [
        "On 2 days           from 20 November 2025 to 17 November 2026  (journal find @colm)",
        "1 year ago          The lift broke down on the way to the depot. @colm  (2025-11-20)",
        "Due 2 days ago      Send @colm the list  (2026-11-17)",
        "Learned 3 days ago  Ask @colm first  (2026-11-17, 7/10)",
    ]


def test_json(filled: Shell) -> None:
    lines = json.loads(filled.good("brief", "--json"))
    assert [list(line) for line in lines] == [list(KEYS)] * 5
    assert (lines[0]["kind"], lines[0]["find"]) == ("close", "date:2026-W47")
    assert lines[1] == {
        "kind": "due",
        "lead": "Due 2 days ago",
        "text": "Send @colm the list",
        "date": "2026-11-17",
        "path": "2026/2026-11-17.md",
        "line": 3,
        "rating": None,
        "due": "2026-11-18",
        "find": None,
    }
    assert lines[4]["find"] == "date:2026-W47"
    assert lines[4]["path"] is None
    assert json.loads(filled("brief", "@nobody", "--json").out) == []


def test_an_empty_journal(shell: Shell) -> None:
    assert shell.good("brief") == "Nothing is due, and nothing was written earlier.\n"
    assert shell.good("brief", "--json") == "[]\n"
    # What is due is looked up only for today, so nothing is said of it.
    assert shell.good("brief", "--on", "2001-01-01") == "Nothing was written before this day.\n"
    assert shell("brief", "@ann") == (1, "", "Nothing in the journal is about “@ann”.\n")


def test_what_cannot_be_a_brief(filled: Shell) -> None:
    assert "--on is for the brief of a day" in filled.refused(2, "brief", "@colm", "--on", "today")
    assert "not of Week 46 of 2026" in filled.refused(2, "brief", "--on", "last week")
    filled.refused(2, "brief", "rating:nonsense")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_an_entry_controls_the_terminal(shell: Shell, payload: str) -> None:
    text = (
        f"# T\n\nIt was the whole day long {payload} there.\n\n- [ ] {payload} it due:2026-11-19\n"
    )
    shell.write(text.encode("utf-8", "surrogateescape"), "2026-11-19")
    for words in ((), ("day",), ("--json",)):
        assert is_safe(shell("brief", *words))
