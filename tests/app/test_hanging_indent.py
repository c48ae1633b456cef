"""The rows of a list item that is wrapped begin below its words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Offset

from journal_tui.app.editor.document import EntryDocument, EntryNavigator, EntryWrap, ShownDocument
from tests.app.app_fixture import Desk, painted, settle

WORDS = "one two three four five six seven eight nine ten eleven twelve "
# Each way in which a line may begin, and the cells by which its rows are indented.
BEGINNINGS = {
    "- ": 2,
    "* ": 2,
    "10. ": 4,
    "  - [ ] ": 8,
    "- [x] ": 6,
    "• ": 2,
    "– ": 2,
    "\t- ": 6,
    "": 0,
    "> - ": 0,
    "# ": 0,
    "-": 0,
}
TEXT = "".join(f"{beginning}{WORDS * 2}\n" for beginning in BEGINNINGS)
LINES = st.lists(
    st.sampled_from(["- ", "  ", "[ ] ", "1. ", "> ", "word ", "words ", "漢字", "é", "\t", "\x1b", "a" * 20]),
    max_size=12,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
@pytest.mark.parametrize("line", range(len(BEGINNINGS)))
@pytest.mark.one_in(9)
async def test_wrapped_items_hang(desk: Desk, size: tuple[int, int], line: int) -> None:
    desk.put(TEXT)
    indent = list(BEGINNINGS.values())[line]
    async with desk.open(size=size) as (pilot, write):
        editor, wrap = write.editor, write.editor.wrapped_document
        editor.move_cursor((line, 0))
        editor.scroll_cursor_visible(center=True, animate=False)
        await settle(pilot)
        region, scrolled = editor.content_region, int(editor.scroll_y)
        # The last column is the scrollbar's.
        rows = [text[region.x : region.right - 1] for text in painted(pilot.app)[region.y :]]
        own = [rows[y - scrolled] for y in wrap.rows_of(line)]
        assert len(own) > 1
        words = own[0][indent:] + "".join(row[indent:] for row in own[1:])
        assert words.split()[-len(WORDS.split()) :] == WORDS.split()
        assert all(row[:indent].strip() == "" != row[indent] for row in own[1:])
        assert all(row[indent] != " " for row in own[1:])
        # A click in the blank before a row is one on its first word.
        inside = region.offset - editor.region.offset
        second = wrap.rows_of(line)[1] - scrolled
        await pilot.click(editor, offset=inside + Offset(min(1, indent), second))
        first = wrap.get_offsets(line)[0]
        assert editor.cursor_location == (line, first)
        await pilot.click(editor, offset=inside + Offset(indent + 3, second))
        assert editor.cursor_location == (line, first + 3)
        await pilot.press("home")
        assert editor.cursor_location == (line, first)
        assert wrap.location_to_offset(editor.cursor_location).x == indent
        await pilot.press("end", "home", "left")
        assert editor.cursor_location == (line, first - 1)


async def test_home_and_end_go_to_the_ends_of_the_row_and_then_of_the_line(desk: Desk) -> None:
    desk.put(TEXT)
    async with desk.open(size=(60, 20)) as (pilot, write):
        editor = write.editor
        first = editor.wrapped_document.get_offsets(0)[0]
        end = len(editor.document.get_line(0))
        editor.move_cursor((0, 5))
        for key, column in (
            ("end", first - 1),
            ("end", end),
            ("end", end),
            ("home", editor.wrapped_document.get_offsets(0)[-1]),
            ("home", 0),
            ("home", 0),
            ("shift+end", first - 1),
            ("shift+end", end),
        ):
            await pilot.press(key)
            assert editor.cursor_location == (0, column)
        assert editor.selection.start == (0, 0)


async def test_cursor_keeps_its_place_from_row_to_row(desk: Desk) -> None:
    desk.put(TEXT)
    async with desk.open(size=(60, 20)) as (pilot, write):
        editor, wrap = write.editor, write.editor.wrapped_document
        editor.move_cursor((0, 8))
        for key, way in (("down", 1), ("up", -1)):
            for _ in range(wrap.rows_of(10).start):
                before = wrap.location_to_offset(editor.cursor_location)
                await pilot.press(key)
                after = wrap.location_to_offset(editor.cursor_location)
                assert (after.x, after.y) == (8, before.y + way)
        # After find in text, too, which remembers no place.
        assert editor.find_next("twelve")
        x, y = wrap.location_to_offset(editor.cursor_location)
        assert x > 8
        await pilot.press("up")
        above = wrap.location_to_offset(editor.cursor_location)
        assert (above.x, above.y) == (x, y - 1)


async def test_selection_of_an_indented_row_begins_at_its_words(desk: Desk) -> None:
    desk.put(TEXT)
    async with desk.open(size=(60, 20)) as (pilot, write):
        editor, wrap = write.editor, write.editor.wrapped_document
        region = editor.content_region
        inside = region.offset - editor.region.offset
        row = wrap.rows_of(0)[1]
        editor.move_cursor((0, 0))
        await settle(pilot)
        await pilot.mouse_down(editor, offset=inside + Offset(2, row))
        await pilot.hover(editor, offset=inside + Offset(12, row))
        await pilot.mouse_up(editor, offset=inside + Offset(12, row))
        assert editor.selected_text == editor.document.get_line(0)[wrap.get_offsets(0)[0] :][:10]


async def test_a_change_above_and_another_width_wrap_as_opening_does(desk: Desk) -> None:
    desk.put(TEXT)
    async with desk.open(size=(80, 24)) as (pilot, write):
        editor = write.editor
        editor.move_cursor((0, 0))
        await pilot.press("x", "backspace", "enter", "delete", "delete")
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        wrap = editor.wrapped_document
        fresh = EntryWrap(ShownDocument(EntryDocument(editor.text)), editor.wrap_width)
        for line in range(editor.document.line_count):
            assert wrap.get_offsets(line) == fresh.get_offsets(line)
            assert wrap.indent_of(line, 1) == fresh.indent_of(line, 1)


@given(lines=st.lists(LINES, min_size=1, max_size=5), width=st.integers(4, 40))
def test_each_place_is_found_where_it_is_shown(lines: list[str], width: int) -> None:
    document = ShownDocument(EntryDocument("\n".join(lines)))
    wrap = EntryWrap(document, width)
    for line in range(document.line_count):
        text = document.get_line(line)
        breaks = [0, *wrap.get_offsets(line), len(text)]
        assert all(a < b for a, b in pairwise(breaks[:-1]))
        for column in range(len(text) + 1):
            x, y = wrap.location_to_offset((line, column))
            assert 0 <= x <= width or "\t" in text
            assert y in wrap.rows_of(line)
            found = wrap.offset_to_location(Offset(x, y))
            assert found[0] == line and wrap.location_to_offset(found) == (x, y)


@given(lines=st.lists(LINES, min_size=1, max_size=5), width=st.integers(4, 40))
def test_down_and_up_go_through_every_row(lines: list[str], width: int) -> None:
    wrap = EntryWrap(ShownDocument(EntryDocument("\n".join(lines))), width)
    navigator = EntryNavigator(wrap)
    at = (0, 0)
    for y in range(wrap.height):
        assert wrap.location_to_offset(at).y == y
        at = navigator.get_location_below(at)
    assert at == (len(lines) - 1, len(lines[-1]))
    for y in reversed(range(wrap.height)):
        assert wrap.location_to_offset(at).y == y
        at = navigator.get_location_above(at)
    assert at == (0, 0)
