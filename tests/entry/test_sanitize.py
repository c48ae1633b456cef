"""No control character of an entry reaches the terminal."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.entry import Entry
from journal_tui.entry.sanitize import one_line, visible

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.text(st.characters(exclude_categories=())))
def test_each_character_is_replaced_by_one_that_is_safe_to_print(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    for before, after in zip(text, shown, strict=True):
        assert after in "\t\n" or unicodedata.category(after) not in ("Cc", "Cs", "Zl", "Zp")
        assert after not in BIDI
        assert before == after or unicodedata.category(before) in ("Cc", "Cs", "Cf", "Zl", "Zp")
    assert visible(shown) == shown
    shown.encode()
    assert not set("\n\t\r") & set(one_line(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "␛[31m"),
        ("a\r\nb\tc", "a␍\nb\tc"),
        ("\x00\x7f", "␀␡"),
        ("\x9b2J\x85", "\ufffd2J\ufffd"),
        ("\u202eabc", "\ufffdabc"),
        ("\ud800é", "\ufffdé"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_every_control_character() -> None:
    for code in (*range(0x20), *range(0x7F, 0xA0), *map(ord, BIDI), 0x2028, 0x2029):
        assert (visible(chr(code)) == chr(code)) == (chr(code) in "\t\n")


@given(st.text(st.sampled_from("ab \n\r\x00\x1b\x7f\x85\u202e\u2066\u200f\u2028é\ufeff\t")))
def test_a_line_that_hides_or_reorders_text_is_reported_once(text: str) -> None:
    lines = re.split(r"\r\n|\r|\n", text)
    marked = [
        n for n, line in enumerate(lines, 1) if set(line) & set("\x00\x1b\x7f\x85\u202e\u2066")
    ]
    problems = Entry(date(2014, 10, 6), text).problems
    assert [problem.line for problem in problems if "control" in problem.text] == marked


def test_the_character_is_named() -> None:
    for text in (
        "one \u202e two",
        "- [ ] one \u202e two",
        "---\na: \u202e\n---\n",
        "```\n\u202e\n```",
    ):
        said = "a control character (U+202E), which can hide or reorder text; remove it"
        assert said in [problem.text for problem in Entry(date(2014, 10, 6), text).problems]


def test_many_such_lines_are_counted() -> None:
    texts = [p.text for p in Entry(date(2014, 10, 6), "\x1b[1mx\n\n" * 1_000).problems]
    assert len(texts) == 21
    assert texts[-1] == "control characters on 980 more lines; remove them"
