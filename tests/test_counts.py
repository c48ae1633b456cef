"""A number with its noun, and words as a list."""

import pytest

from journal_tui.counts import counted, join_words


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (1, "day", "1 day"),
        (0, "day", "0 days"),
        (2, "entry", "2 entries"),
        (1, "entry", "1 entry"),
        (3, "conflict copy", "3 conflict copies"),
        (1204, "word", "1,204 words"),
    ],
)
def test_counted(number: int, noun: str, said: str) -> None:
    assert counted(number, noun) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_listed(words: list[str], said: str) -> None:
    assert join_words(words) == said
    assert join_words(words, "or") == said.replace(" and ", " or ")
