"""Words as search folds them."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.words import fold, word_spans, words

texts = st.text(st.characters(exclude_categories=()), max_size=80)


@given(texts)
def test_folding_and_finding_twice_is_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    found = words(text)
    assert words(" ".join(found)) == found
    for word in found:
        assert words(word) == [word]
        assert fold(word) == word
        assert not any(c.isspace() or c.isupper() for c in word)


def test_every_character_folds_to_what_folds_to_itself() -> None:
    for code in range(sys.maxunicode + 1):
        folded = fold(chr(code))
        assert fold(folded) == folded, hex(code)
        assert words(" ".join(words(chr(code)))) == words(chr(code)), hex(code)


@given(texts)
def test_spans_are_the_words(text: str) -> None:
    spans = list(word_spans(text))
    assert [word for _, _, found in spans for word in found] == words(text)
    position = 0
    for start, end, found in spans:
        assert position <= start < end <= len(text)
        assert words(text[start:end]) == found
        position = end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Åse's two-fold WORD_count", ["ase", "s", "two", "fold", "word", "count"]),
        ("Straße ﬁn İstanbul", ["strasse", "fin", "istanbul"]),
        ("日本語 text", ["日", "本", "語", "text"]),
        ("cafe\u0301 café", ["cafe", "cafe"]),
        ("3,5 x²", ["3", "5", "x2"]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found
