"""Stems: what a text is about, whatever the form of its words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.tokenizer import STOP_WORDS, beginning, stem, stems, words

ENTRIES = Path(__file__).parents[2] / "entries"
texts = st.text(st.characters(exclude_categories=()), max_size=80)


@pytest.mark.parametrize(
    "forms",
    [
        "ask asks asked asking",
        "owner owners",
        "hope hoping hoped",
        "nobody nobodies",
        "meet meetings",
    ],
)
def test_the_forms_of_a_word_are_one(forms: str) -> None:
    assert len(set(map(stem, forms.split()))) == 1


def test_empty_passages_are_left_out() -> None:
    assert stems("It isn't 14 of the forty-two; we've a B, x & 3.5") == []
    assert stems("Don't chair the MEETING tired") == ["chair", "meet", "tire"]


def test_words_of_other_scripts_stay_as_they_are() -> None:
    assert stems("Åse fragte nach Blättern") == ["ase", "fragt", "nach", "blattern"]
    assert stems("会议 спросить") == ["会", "议", "спросить"]
    assert stems("q3 über2") == ["q3", "uber2"]


def test_stop_words_are_as_words_fold() -> None:
    assert all(words(word) == [word] for word in STOP_WORDS)


def test_every_word_of_the_sample_is_found_by_how_its_stem_begins() -> None:
    said = {word for path in ENTRIES.glob("*/*.md") for word in words(path.read_text("utf-8"))}
    assert len(said) > 2_000
    missed = [word for word in said if not word.startswith(beginning(stem(word)))]
    assert set(missed) <= {"dying", "lying", "tying", "skies"}


@given(texts)
def test_any_text_has_stems(text: str) -> None:
    assert "" not in stems(text)
    for topic in stems(text):
        assert not topic.isdigit()
