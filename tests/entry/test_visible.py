"""No control character of an entry reaches the terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.visible import one_line, visible

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.text(st.characters(exclude_categories=())))
def test_one_character_for_one_and_none_that_a_terminal_obeys(text: str) -> None:
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
