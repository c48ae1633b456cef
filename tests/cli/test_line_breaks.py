"""Lines for a terminal: broken at blanks, with nothing lost, and quotations kept together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.cli.line_breaks import break_lines, cells, line_spans

WORDS = st.lists(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Z", "Cc", "Cf", "Cn"])
        | st.just("\ue000"),
        min_size=1,
        max_size=12,
    ),
    min_size=1,
    max_size=30,
)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 13, ["one two three"]),
        ("one two three", 12, ["one two", "three"]),
        ("one two three", 3, ["one", "two", "three"]),
        ("There is no “old machine” here.", 20, ["There is no", "“old machine” here."]),
        ('Write: journal find "old machines".', 24, ["Write: journal find", '"old machines".']),
        ("Run: cd '/tmp/a folder' now", 20, ["Run: cd", "'/tmp/a folder' now"]),
        ("It isn't one; they aren't.", 15, ["It isn't one;", "they aren't."]),
        ("“longer than all that fits”", 14, ["“longer than", "all that fits”"]),
        ("at /a/very/long/path there", 12, ["at", "/a/very/long/path there"]),
        ("Open '/with a blank/in it' now", 12, ["Open", "'/with a blank/in it'", "now"]),
        ("  indented text", 12, ["  indented", "  text"]),
        ("日本語 日本語", 8, ["日本語", "日本語"]),
        ("", 10, [""]),
        # Characters for private use are text, wherever they are.
        (
            "one\ue000two “three\ue000 four” \ue000 five",
            8,
            ["one\ue000two", "“three\ue000", "four” \ue000", "five"],
        ),
    ],
)
def test_a_text_is_broken_at_blanks(text: str, width: int, lines: list[str]) -> None:
    assert break_lines(text, width) == lines


def test_lines_after_the_first_are_indented_as_far_as_the_lead() -> None:
    assert break_lines("2026-11-20  Ask Colm for it", 24, 12) == [
        "2026-11-20  Ask Colm for",
        " " * 12 + "it",
    ]
    # In a narrow window, the words need the room.
    assert break_lines("2026-11-20  Ask Colm for it", 14, 12) == [
        "2026-11-20",
        "Ask Colm for",
        "it",
    ]
    # What follows the lead isn't moved away from it, since it would be too long there, too.
    assert break_lines("journal   /a/very/long/path/of/it", 24, 10) == [
        "journal   /a/very/long/path/of/it"
    ]


def test_a_line_continues_after_a_word_that_the_terminal_has_broken() -> None:
    assert break_lines("x" * 25 + " is long", 20) == ["x" * 25 + " is long"]
    assert break_lines("x" * 35 + " is long", 20) == ["x" * 35 + " is", "long"]


@pytest.mark.parametrize("width", [0, 1])
def test_in_a_window_without_room_each_word_has_its_line(width: int) -> None:
    assert break_lines("one two", width) == ["one", "two"]


@pytest.mark.parametrize("width", [3, 9, 14, 40])
def test_what_is_whole_is_broken_only_if_it_does_not_fit(width: int) -> None:
    text = "Run cd '/a b/c' or so"
    whole = (4, 15)
    lines = [text[start:end] for start, end in line_spans(text, width, whole=[whole])]
    assert " ".join(lines) == text
    assert any("cd '/a b/c'" in line for line in lines) == (width >= whole[1] - whole[0])


@given(WORDS, st.integers(1, 60), st.booleans())
def test_no_word_is_broken_lost_or_too_far_right(
    words: list[str], width: int, is_sentence: bool
) -> None:
    text = " ".join(words) + "." * is_sentence
    lines = break_lines(text, width)
    assert " ".join(lines) == text
    for line in lines:
        assert cells(line) <= width or any(
            cells(word) > width or "/" in word for word in line.split(" ")
        )


@given(WORDS, st.integers(1, 60), st.integers(0, 20))
def test_the_spans_are_in_order_and_only_blanks_are_left_out(
    words: list[str], width: int, hanging: int
) -> None:
    text = "  ".join(words)
    last = 0
    for start, end in line_spans(text, width, hanging):
        assert start >= last and not text[last:start].strip()
        last = end
    assert last == len(text)
