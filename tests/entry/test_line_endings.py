"""Lines that were not edited keep their bytes, whatever ends them."""

from hypothesis import example, given
from hypothesis import strategies as st

from journal_tui.entry.line_endings import LoadedText
from journal_tui.entry.line_map import plain_newlines

ENDINGS = ["\n", "\r\n", "\r"]
TEXTS = st.text(alphabet=st.sampled_from(list("ab \n\r\ufeff\x0b\x0c\x1c\x85\u2028\u2029é")))


@given(st.text() | TEXTS)
@example("\ufeff")
@example("a\r\r\n\n")
def test_unedited_is_identical(text: str) -> None:
    loaded = LoadedText(text)
    assert loaded.original(loaded.shown) == text
    assert "\r" not in loaded.shown


@given(st.text(alphabet=st.sampled_from(list("ab\n\x0b\u2028"))), st.data())
def test_only_the_edited_line_differs(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    endings = [data.draw(st.sampled_from(ENDINGS)) for _ in lines[1:]] + [""]
    # A lone \r and then \n are one ending, so that there can't be an empty line between them.
    for row in range(1, len(lines)):
        if endings[row - 1] == "\r" and not lines[row] and endings[row] == "\n":
            endings[row] = "\r"
    original = "".join(map("".join, zip(lines, endings, strict=True)))
    row = data.draw(st.integers(0, len(lines) - 1))
    edited = [*lines[:row], lines[row] + "new", *lines[row + 1 :]]
    expected = "".join(map("".join, zip(edited, endings, strict=True)))
    assert LoadedText(original).original("\n".join(edited)) == expected


@given(TEXTS, TEXTS)
@example("a\r\nb\n", "a\nc\nb\n")
@example("a\rb\n", "a\n\n")
@example("", "\ufeff\ufeff")
def test_what_is_saved_shows_what_was_edited(text: str, edited: str) -> None:
    edited = plain_newlines(edited)
    assert LoadedText(LoadedText(text).original(edited)).shown == edited


def test_new_lines_get_the_dominant_ending() -> None:
    loaded = LoadedText("a\r\nb\r\nc\n")
    assert loaded.shown == "a\nb\nc\n"
    assert loaded.original("a\nnew\nb\nc\n") == "a\r\nnew\r\nb\r\nc\n"
    assert loaded.original("a\nb\nc\nd\n") == "a\r\nb\r\nc\nd\r\n"


def test_edits_at_both_ends_leave_the_middle_alone() -> None:
    loaded = LoadedText("a\r\nb\nc\rd\r\ne")
    assert loaded.original("A\nb\nc\nd\nE") == "A\r\nb\nc\rd\r\nE"


def test_split_and_join_change_no_other_ending() -> None:
    loaded = LoadedText("ab\r\nc\nd\n")
    assert loaded.original("a\nb\nc\nd\n") == "a\nb\r\nc\nd\n"
    assert loaded.original("abc\nd\n") == "abc\nd\n"


def test_a_long_text_that_was_rewritten_has_all_its_lines() -> None:
    old = [f"old {number}" for number in range(3_000)]
    new = [f"new {number}" for number in range(3_000)]
    loaded = LoadedText("first\n" + "\r\n".join([*old, "last"]))
    edited = "\n".join(["first", *new, "last"])
    assert loaded.original(edited) == "first\n" + "\r\n".join([*new, "last"])


def test_a_byte_order_mark_is_kept_from_the_editor() -> None:
    loaded = LoadedText("\ufeff# a\n")
    assert loaded.shown == "# a\n"
    assert loaded.original("# b\n") == "\ufeff# b\n"
