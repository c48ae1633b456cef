"""The line that is being written stays in view when the page becomes narrower or lower."""

import pytest
from textual.pilot import Pilot

from journal_tui.app.write.screen import WriteScreen
from tests.app.app_fixture import Desk, painted, settle

PROSE = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
TEXT = "# A day\n\n" + f"{PROSE * 3}\n\n" * 8 + "- the last line\n"


async def resize(pilot: Pilot[None], size: tuple[int, int]) -> None:
    await pilot.resize_terminal(*size)
    await settle(pilot)
    await settle(pilot)


def is_cursor_in_view(write: WriteScreen) -> bool:
    editor = write.editor
    y = editor.wrapped_document.location_to_offset(editor.cursor_location).y
    return 0 <= y - editor.scroll_y < editor.content_size.height


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 26), (120, 30), (140, 40)])
async def test_a_day_is_opened_with_the_cursor_in_view(desk: Desk, size: tuple[int, int]) -> None:
    for lines in (6, 9, 13, 16):
        desk.put("\n".join(TEXT.split("\n")[:lines]) + "\n\n- [ ] a\n\n## Learning points\n\n- b\n")
        async with desk.open(size=size) as (pilot, write):
            await settle(pilot)
            assert is_cursor_in_view(write)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 26)])
async def test_the_cursor_stays_in_view(desk: Desk, size: tuple[int, int]) -> None:
    desk.put(TEXT)
    async with desk.open(size=(140, 40)) as (pilot, write):
        write.editor.move_cursor((12, 60))
        await settle(pilot)
        assert is_cursor_in_view(write)
        await resize(pilot, size)
        assert is_cursor_in_view(write)
        await resize(pilot, (140, 40))
        assert is_cursor_in_view(write)


async def test_what_is_looked_at_elsewhere_stays_where_it_is(desk: Desk) -> None:
    desk.put(TEXT)
    async with desk.open(size=(80, 24)) as (pilot, write):
        write.editor.move_cursor((0, 0))
        await settle(pilot)
        write.editor.scroll_end(animate=False)
        await settle(pilot)
        assert not is_cursor_in_view(write)
        await resize(pilot, (80, 20))
        assert not is_cursor_in_view(write) and write.editor.scroll_y


@pytest.mark.parametrize(
    ("before", "after"), [((60, 20), (80, 24)), ((80, 24), (60, 20)), ((72, 22), (62, 22))]
)
async def test_as_many_rows_of_another_width_are_painted_again(
    desk: Desk, before: tuple[int, int], after: tuple[int, int]
) -> None:
    line = "A rather long line, so that it wraps at sixty but also at eighty columns, and is seen"
    async with desk.open(size=before) as (pilot, write):
        write.editor.insert(line)
        await settle(pilot)
        await resize(pilot, after)
        assert line in " ".join(" ".join(painted(pilot.app)).split())
