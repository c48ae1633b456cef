"""Words as search folds them."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.tokenizer import fold, occurrences, word_spans, words
from tests.extent import Sample

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


def test_every_character_folds_to_what_folds_to_itself(sample: Sample) -> None:
    # The alphabets that people write in most, and every 37th of all others.
    few = [*range(0x3100), *range(0x3100, sys.maxunicode + 1, 37)]
    for code in sample(few, [*range(sys.maxunicode + 1)]):
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


HIDDEN = st.sampled_from("\u00ad\u200b\u200c\u200d\u200e\u202e\u2060\u2066\ufe0f\ufeff")


@given(st.lists(st.tuples(st.sampled_from("abøłæ é日_-. 7"), HIDDEN | st.just("")), max_size=20))
def test_hidden_characters_change_no_word(pieces: list[tuple[str, str]]) -> None:
    seen = "".join(letter for letter, _ in pieces)
    assert words("".join(letter + hidden for letter, hidden in pieces)) == words(seen)


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("von Daten\u00adschutz und", "datenschutz", "Daten\u00adschutz"),
        ("aus Łódź", "lodz", "Łódź"),
        ("Straße", "strasse", "Straße"),
        ("die\u200b日本", "日", "日"),
    ],
)
def test_a_span_covers_the_word_as_it_is_written(text: str, asked: str, found: str) -> None:
    spans = [text[start:end] for start, end, folded in word_spans(text) if folded == [asked]]
    assert spans == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Åse's two-fold WORD_count", ["ase", "s", "two", "fold", "word", "count"]),
        ("Straße ﬁn İstanbul", ["strasse", "fin", "istanbul"]),
        ("日本語 text", ["日", "本", "語", "text"]),
        ("cafe\u0301 café", ["cafe", "cafe"]),
        ("3,5 x²", ["3", "5", "x2"]),
        # Letters that do not decompose, in either case.
        ("Søren came from Łódź", ["soren", "came", "from", "lodz"]),
        ("Ærø, Œuvre, STRASSE, ẞ", ["aero", "oeuvre", "strasse", "ss"]),
        ("Đorđe Þór Guðrún Ħal Ŧe Ŋo", ["dorde", "thor", "gudrun", "hal", "te", "ngo"]),
        ("Işık ılık ſo ĸ ȷ Ɓ ǿ", ["isik", "ilik", "so", "k", "j", "b", "o"]),
        # Characters that are not seen: hyphens, joiners, marks of direction, variation selectors.
        ("Daten\u00adschutz", ["datenschutz"]),
        ("a\u200bb\u200cc\u200dd\u2060e\ufefff g\u200eh\u2066i", ["abcdef", "ghi"]),
        ("\u00ad \ufeffplan\u200b-\u200bb", ["plan", "b"]),
        ("e\u00ad\u0301 日\u200b本\u00ad語", ["e", "日", "本", "語"]),
        ("m\ufe0f ك\u0640تاب كتاب", ["m", "كتاب", "كتاب"]),
        # Apostrophes, as typed and as typeset.
        ("don't don’t donʼt Hawaiʻi", ["don", "t", "don", "t", "don", "t", "hawai", "i"]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("line", "wanted", "found"),
    [
        ("Café CAFÉ cafe", "café", ["Café", "CAFÉ", "cafe"]),
        ("Cafe\u0301 au lait", "CAFE", ["Cafe\u0301"]),
        ("Straße STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("abc", "", []),
        ("\ufb01sh", "i", ["\ufb01"]),
    ],
)
def test_occurrences(line: str, wanted: str, found: list[str]) -> None:
    assert [line[start:end] for start, end in occurrences(line, wanted)] == found
