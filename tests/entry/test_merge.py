"""Merging: both sides' changes where they did not touch the same lines, never a guess."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.merge import merge

texts = st.one_of(
    st.lists(st.sampled_from(["a\n", "b\n", "\n", "c\r\n", "d\r", "e", "\u2028"]), max_size=12).map("".join),
    st.text(max_size=40),
)  # fmt: skip


@given(texts, texts)
def test_one_sided_changes_win(base: str, new: str) -> None:
    assert merge(base, new, base) == new
    assert merge(base, base, new) == new
    assert merge(base, new, new) == new


@given(texts, texts, texts)
def test_the_sides_are_equals_and_nothing_is_invented(base: str, mine: str, theirs: str) -> None:
    merged = merge(base, mine, theirs)
    assert merge(base, theirs, mine) == merged
    if merged is not None:
        sides = {*mine.splitlines(), *theirs.splitlines()}
        assert set(merged.splitlines()) <= sides | {
            a + b for a in mine.splitlines() for b in theirs.splitlines()
        }


@given(st.lists(st.sampled_from(["x\n", "\n"]), min_size=1, max_size=6), st.integers(0, 9), st.integers(0, 9))  # fmt: skip
def test_disjoint_changes_are_both_there(between: list[str], first: int, second: int) -> None:
    unique = [f"line {number}\n" for number in range(10)]
    base = "".join(unique)
    low, high = sorted((first, second))
    if high - low < 2:
        return
    mine = "".join([*unique[:low], "mine\n", *between, *unique[low + 1 :]])
    theirs = "".join([*unique[:high], "theirs\n", *unique[high + 1 :]])
    expected = "".join(
        [
            *unique[:low],
            "mine\n",
            *between,
            *unique[low + 1 : high],
            "theirs\n",
            *unique[high + 1 :],
        ]
    )
    assert merge(base, mine, theirs) == expected


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"),
        ("a\nb\nc\n", "b\nc\n", "a\nb\nc\nd\n", "b\nc\nd\n"),
        ("a\nb\nc\n", "a\nX\nc\n", "a\nY\nc\n", None),
        ("a\nb\nc\n", "a\nc\n", "a\nY\nc\n", None),
        ("a\nb\nc\n", "a\nX\nc\n", "a\nX\nc\nd\n", "a\nX\nc\nd\n"),
        ("a\n", "a\nmine\n", "a\ntheirs\n", None),
        ("", "mine", "theirs", None),
        ("a\nb", "a\nb\nc", "A\nb", None),
        ("a\r\nb\r\nc\r\n", "A\r\nb\r\nc\r\n", "a\r\nb\r\nC\r\n", "A\r\nb\r\nC\r\n"),
    ],
)
def test_merges(base: str, mine: str, theirs: str, merged: str | None) -> None:
    assert merge(base, mine, theirs) == merged


def test_long_texts_of_equal_lines_take_no_time() -> None:
    base = "\n" * 200_000
    start = time.process_time()
    assert merge(base, "mine\n" + base, base + "theirs\n") == "mine\n" + base + "theirs\n"
    assert merge(base, "mine\n" + base + "mine\n", base[2:]) != ""
    assert time.process_time() - start < 5
