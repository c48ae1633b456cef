"""Prompts on the page: they are seen, and never in the text, the draft or the file."""

from datetime import timedelta

from journal_tui.entry.template import LEARNED, WRITE
from tests.app.app_fixture import Desk, painted, settle


async def test_an_unwritten_page_shows_them_and_typing_replaces_them(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        text = write.editor.text
        rows = [row.strip() for row in painted(pilot.app)]
        assert WRITE in rows and f"- {LEARNED}" in rows and "Enjoyment: 0 to 10, and why" in rows
        assert write.editor.text == text and WRITE not in text and not write.session.is_dirty
        assert write.editor.virtual_size.height <= len(text.split("\n"))
        await pilot.press("H", "i")
        rows = [row.strip() for row in painted(pilot.app)]
        assert "Hi" in rows and WRITE not in "\n".join(rows) and f"- {LEARNED}" in rows
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert desk.file().read_text() == text.replace("\n\n\n\n", "\n\nHi\n\n")
        await pilot.press("ctrl+z")
        assert WRITE in [row.strip() for row in painted(pilot.app)]
        assert all(WRITE not in draft for draft in desk.drafts())


async def test_the_cursor_goes_to_the_end_of_the_text_not_of_the_prompt(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("end")
        assert write.editor.cursor_location == (2, 0)
        await pilot.click(write.editor, offset=(12, 9))
        assert write.editor.cursor_location == (8, len("Enjoyment: "))
        await pilot.press("8")
        assert write.editor.document.get_line(8) == "Enjoyment: 8"


async def test_other_pages_have_them_only_where_something_waits(desk: Desk) -> None:
    desk.put("# T\n\nText.\n\n- \n", desk.today - timedelta(1))
    async with desk.open(desk.today - timedelta(1)) as (pilot, _):
        rows = "\n".join(painted(pilot.app))
        assert WRITE not in rows and LEARNED not in rows


async def test_a_page_that_may_not_be_changed_has_none(desk: Desk) -> None:
    desk.put(b"# T\n\n\n\n\xff\xfe\x00\x00\n")
    async with desk.open() as (pilot, write):
        assert write.session.read_only_reason
        assert WRITE not in "\n".join(painted(pilot.app))


async def test_without_colours_they_are_dim_or_italic(desk: Desk) -> None:
    desk.settings('theme = "ansi-dark"\n')
    async with desk.open() as (_, write):
        span = write.editor.get_line(2).spans[-1].style
        assert not isinstance(span, str) and span.italic and span.dim


async def test_what_is_typed_between_a_heading_and_its_empty_item_goes_into_the_item(
    desk: Desk,
) -> None:
    async with desk.open() as (pilot, write):
        write.editor.move_cursor((5, 0))
        assert write.editor.document.get_line(4) == "## Learning points"
        await pilot.press(*"Ask", "space", *"first")
        await settle(pilot)
        assert write.editor.document.get_line(5) == ""
        assert write.editor.document.get_line(6) == "- Ask first"
        assert [point.text for point in write.entry.points] == ["Ask first"]
        await pilot.press("up", *"x")
        assert write.editor.document.get_line(5) == "x", "the item is no longer empty"
