"""The editor as text: changes by the program, undo, cursor, scroll, newlines, fences, finding."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.widgets.text_area import Selection

from journal_tui.app.editor.document import EntryDocument
from journal_tui.app.editor.editor import Editor
from journal_tui.app.editor.edits import LocationMap, line_edits, offset_after
from journal_tui.app.editor.find_bar import FindBar, NeedleInput
from journal_tui.entry.edit import TextEdit, apply
from journal_tui.entry.line_endings import LoadedText
from journal_tui.entry.markdown_lines import block_kinds


class EditorApp(App[None]):
    """One editor and nothing else."""

    def __init__(self, text: str = "", **options: object) -> None:
        super().__init__()
        self.editor = Editor(text, **options)  # type: ignore[arg-type]
        self.editor.cursor_blink = False

    def compose(self) -> ComposeResult:
        yield self.editor

    def on_mount(self) -> None:
        self.editor.focus()


LONG = "\n".join(f"line {n}" for n in range(200))


async def test_an_edit_by_the_program_is_one_step_and_keeps_the_cursor() -> None:
    text = "# Day\n\n## Learning points\n\n- a\n\nEnjoyment: 5/10\n\nlast words"
    async with EditorApp(text).run_test(size=(80, 24)) as pilot:
        editor = pilot.app.query_one(Editor)
        editor.move_cursor((8, 4))
        await pilot.press("x")
        typed = editor.text
        edits = [
            TextEdit(typed.index("\n\nEnjoyment"), typed.index("\n\nEnjoyment"), "\n- b"),
            TextEdit(typed.index("5/10"), typed.index("5/10") + 4, "9/10 – good"),
        ]
        assert editor.apply_edits(edits)
        assert editor.text == apply(typed, edits)
        assert editor.cursor_location == (9, 5)
        assert not editor.apply_edits([TextEdit(0, 1, "#")])
        await pilot.press("y")
        editor.undo()
        assert editor.text == apply(typed, edits)
        editor.undo()
        assert (editor.text, editor.cursor_location) == (typed, (8, 5))
        editor.undo()
        assert editor.text == text
        for _ in range(3):
            editor.redo()
        assert editor.text == apply(typed, edits).replace("lastx", "lastxy")


@pytest.mark.parametrize("cursor", [(150, 3), (0, 0), (199, 0)])
async def test_the_scroll_stays_with_its_lines(cursor: tuple[int, int]) -> None:
    async with EditorApp(LONG).run_test(size=(60, 20)) as pilot:
        editor = pilot.app.query_one(Editor)
        # The first layout brings the cursor into view.
        await pilot.pause()
        editor.move_cursor(cursor)
        await pilot.pause()
        editor.scroll_to(y=60, animate=False, force=True, immediate=True)
        await pilot.pause()
        assert editor.scroll_offset.y == 60
        editor.apply_edits(
            [TextEdit(0, 0, "new\nlines\n"), TextEdit(len(LONG), len(LONG), "\nend")]
        )
        await pilot.pause()
        assert editor.scroll_offset.y == 62
        assert editor.cursor_location == (cursor[0] + 2, cursor[1])


async def test_text_inserted_at_the_cursor_goes_after_it() -> None:
    async with EditorApp("prose").run_test() as pilot:
        editor = pilot.app.query_one(Editor)
        editor.move_cursor((0, 5))
        editor.apply_edits([TextEdit(5, 5, "\n\n- point")])
        assert (editor.text, editor.cursor_location) == ("prose\n\n- point", (0, 5))


async def test_taking_in_a_change_from_elsewhere() -> None:
    async with EditorApp(LONG).run_test(size=(60, 20)) as pilot:
        editor = pilot.app.query_one(Editor)
        editor.move_cursor((100, 4))
        await pilot.pause()
        screen_row = editor.cursor_screen_offset.y
        lines = LONG.split("\n")
        outside = "\n".join(
            ["first", *lines[:100], "line 100, longer", *lines[101:150], *lines[160:]]
        )
        assert editor.replace_text(outside.replace("\n", "\r\n"))
        await pilot.pause()
        assert (editor.text, editor.cursor_location) == (outside, (101, 4))
        assert editor.cursor_screen_offset.y == screen_row
        assert not editor.replace_text(outside)
        editor.undo()
        assert (editor.text, editor.cursor_location) == (LONG, (100, 4))


LINES = st.lists(st.sampled_from(["", "a", "b", "ab", "long line"]), max_size=7).map("\n".join)


@given(LINES, LINES, st.integers(0, 6))
def test_changed_lines_are_the_change(old: str, new: str, row: int) -> None:
    assert apply(old, line_edits(old, new)) == new
    assert apply(old, line_edits(old, new, row % (old.count("\n") + 1))) == new


@given(LINES, LINES, LINES, LINES, st.integers(0, 3))
def test_the_cursor_stays_within_its_words_whatever_comes_around_them(
    above: str, below: str, new_above: str, new_below: str, column: int
) -> None:
    old, new = f"{above}\nrig\n{below}", f"{new_above}\nrig\n{new_below}"
    row = above.count("\n") + 1
    offset = LocationMap(old.split("\n")).offset((row, column))
    at = offset_after(offset, line_edits(old, new, row), column == 0)
    assert LocationMap(new.split("\n")).location(at) == (new_above.count("\n") + 1, column)


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        # What comes below the last line leaves the cursor at the end of it.
        ("one\nrig|", "one\nrig\n\nother\n", (1, 3)),
        ("rig|", "rig\nother\n", (0, 3)),
        # The line itself was changed elsewhere.
        ("one\nrig|\ntwo", "one\nrig, seen\ntwo", (1, 3)),
        ("one\nrig|\ntwo", "new\nnewer\nseen: rig\nlast", (2, 9)),
        # Of several equal lines the one between the same lines.
        ("a\n- \nb\n- |\nc", "- \na\n- \nb\nmore\n- \nc", (5, 2)),
    ],
)
async def test_the_cursor_stays_in_its_own_line(old: str, new: str, at: tuple[int, int]) -> None:
    before = old[: old.index("|")]
    async with EditorApp(old.replace("|", "")).run_test(size=(60, 20)) as pilot:
        editor = pilot.app.query_one(Editor)
        editor.move_cursor((before.count("\n"), len(before.rpartition("\n")[2])))
        editor.replace_text(new)
        assert editor.cursor_location == at


@given(LINES)
def test_places_and_offsets_convert_into_each_other(text: str) -> None:
    places = LocationMap(text.split("\n"))
    for offset in range(len(text) + 1):
        row, column = places.location(offset)
        assert places.offset((row, column)) == offset
        assert text.split("\n")[row][column:] == text[offset:].split("\n")[0]


def test_a_place_moves_with_its_text() -> None:
    edits = [TextEdit(2, 4, "xyz"), TextEdit(6, 6, "new\n"), TextEdit(8, 8, "!")]
    assert [offset_after(offset, edits) for offset in (0, 2, 3, 4, 5, 6, 7, 8, 9)] == [
        *(0, 2, 3, 5, 6, 11, 12, 13, 15)
    ]


async def test_another_text_starts_without_undo_and_at_its_cursor() -> None:
    async with EditorApp("one").run_test(size=(60, 20)) as pilot:
        editor = pilot.app.query_one(Editor)
        await pilot.press("x")
        editor.show_text(LONG, cursor=(120, 99))
        await pilot.pause()
        assert editor.cursor_location == (120, len("line 120"))
        assert 0 <= 120 - editor.scroll_offset.y < 20
        editor.undo()
        assert editor.text == LONG


async def test_more_than_fifty_steps_can_be_undone() -> None:
    async with EditorApp("").run_test() as pilot:
        editor = pilot.app.query_one(Editor)
        for number in range(300):
            editor.apply_edits([TextEdit(0, 0, f"{number}\n")])
        for _ in range(300):
            editor.undo()
        assert editor.text == ""


ODD = "a\u2028b\x85c\x0bd\x0ce\x1cf\x1dg\x1eh\u2029i"


async def test_only_newlines_end_a_line_and_the_bytes_come_back() -> None:
    original = f"one\r\n{ODD}\rtwo\nthree\r\n"
    loaded = LoadedText(original)
    async with EditorApp().run_test() as pilot:
        editor = pilot.app.query_one(Editor)
        editor.show_text(loaded.shown, cursor=(2, 3))
        assert editor.document.line_count == 5
        assert loaded.original(editor.text) == original
        await pilot.press("!")
        assert loaded.original(editor.text) == original.replace("two", "two!")
        editor.undo()
        assert loaded.original(editor.text) == original
        editor.select_all()
        assert editor.selected_text == loaded.shown
        editor.insert("x\r\ny\rz\u2028", (0, 0))
        assert editor.text.startswith("x\ny\nz\u2028one\n")
        editor.undo()
        assert editor.text == loaded.shown


PIECES = st.lists(
    st.sampled_from(["a", "```", "---", "- x", "  ```", "~~~", "", "\n", "`", "-", "> ```"]),
    max_size=6,
).map("\n".join)


@given(PIECES, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9), PIECES), max_size=6))
def test_after_any_edits_the_blocks_match_the_text(
    text: str, edits: Sequence[tuple[int, int, str]]
) -> None:
    document = EntryDocument(text)
    for at, length, insert in edits:
        places = LocationMap(document.lines)
        start = min(at, len(document.text))
        end = min(start + length, len(document.text))
        expected = document.text[:start] + insert + document.text[end:]
        document.replace_range(places.location(start), places.location(end), insert)
        assert document.text == expected
        assert document.lines == expected.split("\n")
        assert document.blocks.kinds == block_kinds(document.lines)


async def test_a_fence_far_above_changes_what_is_below() -> None:
    async with EditorApp(f"\n{LONG}\n# heading").run_test(size=(60, 20)) as pilot:
        editor = pilot.app.query_one(Editor)
        assert editor.get_line(201).spans[0].style.bold  # type: ignore[union-attr]
        editor.insert("```", (0, 0))
        assert editor.kind_of(201) == "code"
        assert not editor.get_line(201).spans[0].style.bold  # type: ignore[union-attr]
        editor.undo()
        assert editor.kind_of(201) == "text"


async def test_find_goes_round_both_ways() -> None:
    text = "fire\nwater FIRE\nearth\nfïre"
    async with EditorApp(text).run_test() as pilot:
        editor = pilot.app.query_one(Editor)
        seen = []
        for backwards in (False, False, False, False, True, True):
            assert editor.find_next("fire", backwards)
            seen.append(editor.selection.start)
        assert seen == [(0, 0), (1, 6), (3, 0), (0, 0), (3, 0), (1, 6)]
        assert editor.count_matches() == 3
        assert not editor.find_next("air")
        assert editor.selection == Selection((1, 6), (1, 10))
        assert not editor.find_next("")


async def test_the_find_bar() -> None:
    async with EditorApp(f"{LONG}\nfire one fire").run_test(size=(60, 20)) as pilot:
        editor = pilot.app.query_one(Editor)
        await pilot.press("ctrl+f", *"fire")
        await pilot.pause()
        assert editor.selection == Selection((200, 0), (200, 4))
        assert 0 <= 200 - editor.scroll_offset.y < 20
        await pilot.press("enter")
        assert editor.selection.start == (200, 9)
        await pilot.press("up")
        assert editor.selection.start == (200, 0)
        assert pilot.app.query_one(FindBar).region.bottom == 20
        pilot.app.query_one(NeedleInput).insert_text_at_cursor("\x1b]0;x\x07")
        assert "\x1b" not in pilot.app.query_one(NeedleInput).value
        await pilot.press("escape")
        assert editor.has_focus
        assert editor.text == f"{LONG}\nfire one fire"
        assert not pilot.app.query_one(FindBar).display


@pytest.mark.parametrize("text", ["x" * 30_000, "- point\n" * 6_000, "ab\t日本 " * 5_000])
async def test_a_large_text_is_drawn_and_edited_like_any_other(text: str) -> None:
    async with EditorApp(text).run_test(size=(60, 20)) as pilot:
        editor = pilot.app.query_one(Editor)
        editor.action_text_end()
        await pilot.press("X", "enter", "Y", "up", "end", "home")
        await pilot.press("ctrl+right", "end", "down", "backspace")
        await pilot.pause()
        row, column = editor.cursor_location
        assert editor.text.startswith(text) and "X" in editor.text
        assert len(editor.document.get_line(row)) >= column
        wrap = editor.wrapped_document
        assert [wrap.line_at_row(y) for y in range(wrap.height)] == [
            (line, section)
            for line in range(editor.document.line_count)
            for section in range(len(wrap.get_offsets(line)) + 1)
        ]
        shown = [strip.text for strip in editor.render_lines(editor.size.region)]
        assert any("X" in row for row in shown)


def test_a_large_text_says_that_it_is_one() -> None:
    document = EntryDocument("a\n" * 5_001)
    assert document.is_large and document.kind_of(0) == "text"
    document.replace_range((0, 0), (10, 0), "")
    assert not document.is_large and document.blocks.kinds == ["text"] * 4_992
    document.replace_range((0, 0), (0, 0), "x" * 250_000)
    assert document.is_large
