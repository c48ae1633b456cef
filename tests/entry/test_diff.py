"""How two texts differ: the numbers, the signs, and the lines around a change."""

from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.diff import comparison, count_changes

TEXTS = st.lists(st.sampled_from(["", "a", "b", "- c", "− d", "+ e"]), max_size=12).map("\n".join)


def test_the_signs_and_the_lines_around() -> None:
    before = "".join(f"{number}\n" for number in range(1, 21))
    after = before.replace("10\n", "ten\n- item\n").replace("20\n", "")
    assert count_changes(before, after) == (2, 2)
    assert comparison(before, after, "then", "now").split("\n") == [
        "− then", "+ now",
        "Line 8", "  8", "  9", "− 10", "+ ten", "+ - item", "  11", "  12",
        "Line 19", "  18", "  19", "− 20",
    ]  # fmt: skip


def test_line_endings_do_not_count_as_a_difference() -> None:
    assert comparison("\ufeffa\r\nb", "a\nb\n", "then", "now") == ""
    assert count_changes("\ufeffa\r\nb", "a\nb\n") == (0, 0)
    assert count_changes("", "a\n") == (1, 0)


@given(TEXTS, TEXTS)
def test_the_comparison_holds_every_change_and_no_more(before: str, after: str) -> None:
    added, removed = count_changes(before, after)
    lines = comparison(before, after, "then", "now").split("\n")[2:]
    assert len([line for line in lines if line.startswith("+ ")]) == added
    assert len([line for line in lines if line.startswith("− ")]) == removed
    kept = [line[2:] for line in lines if line.startswith(("  ", "− "))]
    rest = iter(before.split("\n"))
    assert all(line in rest for line in kept)
    # No line of the text is shown twice.
    assert len(kept) <= len(before.split("\n"))


@given(TEXTS)
def test_no_text_differs_from_itself(text: str) -> None:
    assert comparison(text, text, "then", "now") == ""
