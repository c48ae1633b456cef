"""Pastes for which a terminal has no brackets, told from what is typed."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

if sys.platform == "win32":
    pytest.skip("the driver is that of Linux and macOS", allow_module_level=True)

from journal_tui.app.terminal import PASTE_BEGIN, PASTE_END, UnmarkedPastes


class Clock:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    "text",
    ["x", "- one\rtwo", "a few words\r", "x" * 100, "\r\r\r\r", "one\rtwo\x13three\rfour", "- one\r- two\r"],
)  # fmt: skip
def test_what_may_be_typed_stays_keys(text: str) -> None:
    assert UnmarkedPastes(Clock()).mark(text) == text


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        ("- one\r- two\r- three", "- one\n- two\n- three"),
        ("one\r\n\r\ntwo\r", "one\n\ntwo\n"),
        ("one line and another one that makes it long\r- x", "one line and another one that makes it long\n- x"),
        ("a table whose cells are parted by tabs\tand so on", "a table whose cells are parted by tabs\tand so on"),
    ],
)  # fmt: skip
def test_what_comes_at_once_in_lines_was_pasted(text: str, pasted: str) -> None:
    bracketed = f"{PASTE_BEGIN}{pasted}{PASTE_END}"
    assert UnmarkedPastes(Clock()).mark(text) == bracketed
    # A key of the terminal may follow at once.
    assert UnmarkedPastes(Clock()).mark(f"{text}\x1b[A") == f"{bracketed}\x1b[A"


def test_the_rest_of_a_paste_may_come_a_little_later() -> None:
    clock = Clock()
    pastes = UnmarkedPastes(clock)
    assert pastes.mark("1\r2\r3\r").startswith(PASTE_BEGIN)
    clock.now += 0.05
    assert pastes.mark("- four\r") == f"{PASTE_BEGIN}- four\n{PASTE_END}"
    clock.now += 0.5
    assert pastes.mark("- five\r") == "- five\r"


@given(st.text(st.characters(exclude_characters="\x1b")))
def test_nothing_is_lost(text: str) -> None:
    marked = UnmarkedPastes(Clock()).mark(text)
    kept = marked.removeprefix(PASTE_BEGIN).replace(PASTE_END, "", 1)
    assert with_newlines(kept) == with_newlines(text)


def with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
