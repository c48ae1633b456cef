"""The command rename: the plan, the question, what it writes, and undoing it."""

import json

import pytest

from journal_tui.cli import output
from journal_tui.errors import SaveError
from journal_tui.library.library import Library
from tests.cli.command_shell import Shell
from tests.cli.test_safe_output import PAYLOADS, is_safe

PLAN = """\
@colm is already used, on 2 days: the two are merged.

2026/2026-11-19.md
     1  Met @colmn and `@colmn`.
     →  Met @colm and `@colmn`.

1 line of 1 entry changes.
"""


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """Return a shell in a journal with a name in two spellings."""
    shell.write("Met @colm.\n", "2026-11-17")
    shell.write("Met @colm. #one-on-one\n", "2026-11-18")
    shell.write("Met @colmn and `@colmn`.\n", "2026-11-19")
    return shell


def test_the_plan(filled: Shell) -> None:
    assert filled.good("rename", "@colmn", "@colm", "--plan") == PLAN
    assert filled.written("2026-11-19") == "Met @colmn and `@colmn`.\n"
    assert json.loads(filled.good("rename", "@colmn", "@colm", "--plan", "--json")) == {
        "old": "@colmn",
        "new": "@colm",
        "merges": 2,
        "nested": [],
        "entries": [
            {
                "date": "2026-11-19",
                "path": "2026/2026-11-19.md",
                "lines": [
                    {
                        "line": 1,
                        "before": "Met @colmn and `@colmn`.",
                        "after": "Met @colm and `@colmn`.",
                    }
                ],
            }
        ],
        "skipped": [],
    }


def test_it_is_done_with_yes_and_undone(filled: Shell) -> None:
    done = "1 entry changed: @colmn is now @colm. To undo: journal rename --undo\n"
    assert filled.good("rename", "@colmn", "@colm", "--yes") == PLAN + done
    assert filled.written("2026-11-19") == "Met @colm and `@colmn`.\n"
    assert "look alike" not in filled.good("people")
    said = filled.good("rename", "--undo")
    assert said == "Undone: renaming @colmn to @colm. 1 entry changed back.\n"
    assert filled.written("2026-11-19") == "Met @colmn and `@colmn`.\n"
    assert filled.refused(1, "rename", "--undo") == "There is no renaming to undo."


def test_what_could_not_be_undone_is_undone_later(
    filled: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.good("rename", "@colmn", "@colm", "--yes")

    def fails(*_: object) -> object:
        raise SaveError("The disk is full: nothing was saved.")

    with monkeypatch.context() as changed:
        changed.setattr(Library, "replace_text", fails)
        code, out, err = filled("rename", "--undo")
        assert (code, err) == (1, "")
        assert out == (
            "Renaming @colmn to @colm is not fully undone. 0 entries changed back.\n"
            "1 entry left as it is:\n"
            "  2026/2026-11-19.md: The disk is full: nothing was saved\n"
            "To undo the rest, run it again: journal rename --undo\n"
        )
        code, out, _ = filled("rename", "@colm", "@col", "--yes")
        assert code == 1 and "No entry was changed." in out and "is now" not in out
    filled.good("rename", "--undo")
    filled.good("rename", "--undo")
    assert filled.written("2026-11-19") == "Met @colmn and `@colmn`.\n"


def test_without_a_terminal_nothing_is_done_without_yes(filled: Shell) -> None:
    code, out, err = filled("rename", "@colmn", "@colm", stdin=b"")
    assert (code, out) == (1, PLAN)
    advice = "There is no terminal to ask on. To rename without being asked, add --yes."
    assert err == f"{advice}\nNothing was changed.\n"
    assert filled.written("2026-11-19") == "Met @colmn and `@colmn`.\n"


@pytest.mark.parametrize(
    ("answer", "is_done"), [("y", True), ("YES ", True), ("", False), ("n", False)]
)
def test_a_terminal_asks(
    filled: Shell, monkeypatch: pytest.MonkeyPatch, answer: str, is_done: bool
) -> None:
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return answer

    monkeypatch.setattr("builtins.input", ask)
    monkeypatch.setattr(output, "is_interactive", lambda: True)
    code, out, err = filled("rename", "@colmn", "@colm")
    assert asked == ["Merge them? [y/N] "]
    assert (code, err) == ((0, "") if is_done else (1, "Nothing was changed.\n"))
    assert ("changed: @colmn is now @colm" in out) is is_done
    assert ("@colm and" in filled.written("2026-11-19")) is is_done


def test_nothing_to_change(filled: Shell) -> None:
    assert filled.good("rename", "#one-on-one", "#one-on-one") == "No line changes.\n"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["@colm"], "Give the old name and the new one"),
        ([], "a tag needs quotes"),
        (["a", "b", "c"], "Give the old name and the new one"),
        (["@zoe", "@ann"], "No entry mentions @zoe."),
        (["@col", "@ann"], "Did you mean @colm or @colmn?"),
        (["@colm", "ann"], "“ann” can't be a tag or a person."),
        (
            ["#one-on-one", "#one to one"],
            "has a space, which a tag or a person can't have. Write #one-to-one.",
        ),
        (["@colm", "#ann"], "Begin both names with the same sign"),
        (["#one-on-one", "#one-on-one/x"], "is nested in"),
        (["--undo", "@a"], "journal rename --undo"),
        (["@colm", "@ann", "--json"], "--json prints a plan"),
    ],
)
def test_a_wrong_command_line_is_explained(filled: Shell, words: list[str], part: str) -> None:
    assert part.casefold() in filled.refused(2, "rename", *words).casefold()


def test_an_empty_journal(shell: Shell) -> None:
    assert shell.refused(2, "rename", "@ann", "@jo") == "No entry mentions @ann."


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_what_it_prints_is_safe(shell: Shell, payload: str) -> None:
    text = f"@ann {payload} x\n".encode("utf-8", "surrogateescape")
    shell.write(text)
    for options in (["--plan"], ["--plan", "--json"], ["--yes"]):
        assert is_safe(shell("rename", "@ann", "@jo", *options))
    assert is_safe(shell("rename", f"@ann{payload}", f"@jo{payload}", "--plan"))
    assert is_safe(shell("rename", "--undo"))
