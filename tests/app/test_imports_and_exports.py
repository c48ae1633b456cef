"""Import and export in the app: from the file's name over the plan to what was written."""

from datetime import date
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from journal_tui.app.screens.export_dialog import ExportDialog, parse_target
from journal_tui.app.screens.import_dialog import ImportDialog, ImportList, typed_path
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.write.screen import WriteScreen
from journal_tui.errors import UsageError
from journal_tui.exports import DAY_ONE, MARKDOWN
from tests.app.app_fixture import Desk, messages, painted, settle
from tests.exchange.sources import post, wxr

BLOG = wxr(
    post(1, "2026-11-09", "Monday", "Went out."), post(2, "2026-11-10", "Tuesday", "Came back.")
)


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(line.rstrip() for line in painted(pilot.app))


async def until(pilot: Pilot[None], words: str) -> str:
    """Wait until the screen has some words, which a thread makes; return all of it."""
    for _ in range(500):
        await settle(pilot)
        if words in (said := shown(pilot)):
            return said
        await pilot.pause(0.01)
    raise AssertionError(f"{words!r} isn't in:\n{said}")


async def told(pilot: Pilot[None], words: str) -> None:
    """Wait until a message has some words."""
    for _ in range(500):
        await settle(pilot)
        if any(words in one.message for one in messages(pilot.app)):
            return
        await pilot.pause(0.01)
    raise AssertionError(messages(pilot.app))


async def ask(pilot: Pilot[None], path: Path) -> ImportDialog:
    """Open the dialog, and ask for the plan of a file."""
    await pilot.app.run_action("import", pilot.app.screen)
    await settle(pilot)
    dialog = cast(ImportDialog, pilot.app.screen)
    dialog.query_one(SingleLineInput).value = str(path)
    await pilot.press("enter")
    return dialog


async def test_a_plan_is_shown_and_imported_with_enter(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "blog.xml").write_bytes(BLOG)
    async with desk.open() as (pilot, _):
        await ask(pilot, tmp_path / "blog.xml")
        said = await until(pilot, "2 new entries.")
        assert "2026-11-09 Monday" in said
        assert not desk.file(date(2026, 11, 9)).exists()
        await pilot.press("enter")
        await told(pilot, "2 entries imported.")
        assert isinstance(pilot.app.screen, WriteScreen)
        assert "Went out." in desk.file(date(2026, 11, 9)).read_text()
        await ask(pilot, tmp_path / "blog.xml")
        await until(pilot, "Nothing new; 2 are here already.")
        await pilot.press("enter", "escape", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, WriteScreen)
        await pilot.app.run_action("undo_import", pilot.app.screen)
        await until(pilot, "brought 2 entries")
        await pilot.press("u")
        await told(pilot, "2 imported entries moved to the trash.")
        assert not desk.file(date(2026, 11, 9)).exists()
        await pilot.app.run_action("undo_import", pilot.app.screen)
        await told(pilot, "no import to undo")


async def test_days_that_have_an_entry_are_treated_as_chosen(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "blog.xml").write_bytes(BLOG)
    desk.put("# Mine\n", date(2026, 11, 9))
    async with desk.open() as (pilot, _):
        await ask(pilot, tmp_path / "blog.xml")
        await until(pilot, "gets a note")
        await pilot.press("s")
        await until(pilot, "is added to it")
        await pilot.press("s")
        await until(pilot, "Days that have an entry are left")
        await pilot.press("s")
        await until(pilot, "gets a note")


async def test_what_has_no_day_gets_the_one_that_is_typed(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("A title\n\nSome words of a day.\n")
    async with desk.open() as (pilot, _):
        dialog = await ask(pilot, tmp_path / "page.txt")
        await until(pilot, "Unclear")
        await pilot.press("enter", "d", *"last friday", "enter")
        assert " to " not in (await until(pilot, "1 new entry.")).partition("1 new entry.")[2][:40]
        assert [row.sign for row in dialog.query_one(ImportList).values] == ["2026-11-13"]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "is empty"), (b"\x00\x01\x02" * 50, "isn't text"), (None, "no file or folder")],
)
async def test_what_cannot_be_imported_is_said(
    desk: Desk, tmp_path: Path, data: bytes | None, said: str
) -> None:
    if data is not None:
        (tmp_path / "x").write_bytes(data)
    async with desk.open() as (pilot, _):
        dialog = await ask(pilot, tmp_path / "x")
        await until(pilot, said)
        assert dialog.query_one(".notes", Static).has_class("-wrong")
        assert dialog.query_one(SingleLineInput).has_focus


async def test_a_sample_is_not_imported_into(desk: Desk) -> None:
    (desk.root / "journal.toml").write_text("sample = true\n")
    async with desk.open() as (pilot, _):
        await pilot.app.run_action("import", pilot.app.screen)
        await settle(pilot)
        await told(pilot, "sample to look around")


async def test_entries_are_written_and_a_file_is_replaced_only_if_agreed(
    desk: Desk, tmp_path: Path
) -> None:
    desk.put("# One\n", date(2026, 11, 9))
    desk.put("# Two #depot\n", date(2026, 11, 10))
    file = tmp_path / "out.md"
    async with desk.open() as (pilot, _):
        await pilot.app.run_action("export", pilot.app.screen)
        await settle(pilot)
        dialog = cast(ExportDialog, pilot.app.screen)
        place, query = dialog.query(SingleLineInput)
        place.value = str(tmp_path / "out.doc")
        await until(pilot, "End the name with")
        place.value, query.value = str(file), "#depot"
        await until(pilot, "one Markdown document")
        await pilot.press("enter")
        await told(pilot, "1 entry written to")
        assert "## Two" in file.read_text()
        assert "One" not in file.read_text()
        file.write_text("mine")
        await pilot.app.run_action("export", pilot.app.screen)
        await settle(pilot)
        pilot.app.screen.query(SingleLineInput)[0].value = str(file)
        await pilot.press("enter")
        await until(pilot, "Replace this file?")
        await pilot.press("k")
        await settle(pilot)
        assert file.read_text() == "mine"
        await pilot.press("enter")
        await until(pilot, "Replace this file?")
        await pilot.press("r")
        await told(pilot, "2 entries written to")
        assert "## One" in file.read_text()


@pytest.mark.parametrize(
    "words",
    [
        "/a/My Days.zip",
        " '/a/My Days.zip' ",
        '"/a/My Days.zip"',
        "/a/My\\ Days.zip",
        "file:///a/My Days.zip",
        "file:///a/My%20Days.zip",
        "file://localhost/a/My%20Days.zip",
    ],
)
def test_a_dropped_file_is_found(words: str) -> None:
    assert typed_path(words) == "/a/My Days.zip"


def test_every_sign_that_a_terminal_escapes_is_read(tmp_path: Path) -> None:
    assert typed_path("/a/Ann\\'s\\ days\\ \\(2\\)\\&more.zip") == "/a/Ann's days (2)&more.zip"
    assert typed_path("/a/export\\(2\\).zip") == "/a/export(2).zip"
    assert typed_path("'/a/Ann'\\''s days.zip'") == "/a/Ann's days.zip"
    assert typed_path("'/a/it's here'") == "/a/it's here"
    there = tmp_path / "a\\ b"
    there.touch()
    assert typed_path(str(there)) == str(there)


def test_the_ending_of_a_name_says_the_form() -> None:
    assert parse_target("/a/copy") == (Path("/a/copy"), MARKDOWN)
    assert parse_target("/a/x.ZIP") == (Path("/a/x.ZIP"), DAY_ONE)
    with pytest.raises(UsageError, match="End the name"):
        parse_target("/a/x.pdf")
