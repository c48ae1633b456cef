"""A list marker that is typed although Enter has written it."""

import pytest

from journal_tui.app.editor.lists import LineEdit, drop_retyped_marker
from tests.app.app_fixture import Desk, settle


@pytest.mark.parametrize(
    ("line", "prefix", "edit"),
    [
        ("- - ", "- ", LineEdit(0, 2, "")),
        ("2. 2. ", "2. ", LineEdit(0, 3, "")),
        ("- [ ] - ", "- [ ] ", LineEdit(0, 6, "")),
        ("-   - ", "- ", LineEdit(0, 2, "")),
        ("  - - ", "  - ", LineEdit(2, 4, "")),
        ("> - - ", "> - ", LineEdit(2, 4, "")),
        (">   - > - ", ">   - ", LineEdit(0, 6, "")),
        ("- -", "- ", None),
        ("- x ", "- ", None),
        ("- 2014. ", "- ", None),
        ("2. - ", "2. ", None),
        ("> > ", "> ", None),
        ("- ", "- ", None),
    ],
)
def test_a_marker_that_is_typed_again(line: str, prefix: str, edit: LineEdit | None) -> None:
    assert drop_retyped_marker(line, len(line), prefix) == edit


async def test_who_writes_each_marker_gets_one(desk: Desk) -> None:
    desk.put("# A day\n\n")
    async with desk.open() as (pilot, write):
        editor = write.editor
        editor.move_cursor(editor.document.end)
        await pilot.press(*"- one", "enter", *"- two", "enter", *"  - three", "enter", *"four - ")
        await settle(pilot)
        assert editor.text.endswith("- one\n- two\n  - three\n  - four - ")
        await pilot.press("enter", "enter", *"- five - ")
        await settle(pilot)
        assert editor.text.endswith("- five - ")
        # What was removed can be brought back.
        await pilot.press("enter", *"- ")
        assert editor.text.endswith("\n- ")
        await pilot.press("ctrl+z")
        assert editor.text.endswith("\n- - ")
