"""The notes of a day: listed in the header and beside the page, opened, walked through and made."""

import os

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from journal_tui.app.app import JournalApp
from journal_tui.app.write.day_files import NotesList
from journal_tui.app.write.day_header import DayHeader
from journal_tui.app.write.note_dialogs import NewNoteDialog, NotesDialog, keys_of_kinds
from journal_tui.app.write.screen import WriteScreen
from journal_tui.entry.note_kinds import BUILT_IN, NoteKind, NoteRequest
from journal_tui.session import SaveState
from tests.app.app_fixture import Desk, painted, settle, told


def header(write: WriteScreen) -> str:
    return str(write.query_one(DayHeader).content)


def screen(pilot: Pilot[None]) -> str:
    return "\n".join(painted(pilot.app))


@pytest.fixture
def noted(desk: Desk) -> Desk:
    """A journal with an entry of today and two notes of it."""
    desk.put("# A day\n\nWords.\n")
    desk.put("# Lab visit\n\nAll well.\n", rest="-lab-visit")
    desk.put("# One-to-one – Ann\n\nShe is content.\n", rest="-one-to-one-ann")
    return desk


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (140, "   Lab visit · One-to-one – Ann f8"),
        (80, "   Lab visit · One-to-one – Ann f8"),
        (75, "   Lab visit +1 f8"),
        (60, "   2 notes f8"),
        (40, "   2 notes f8"),
    ],
)
async def test_the_header_lists_the_notes_that_there_is_room_for(
    noted: Desk, columns: int, shown: str
) -> None:
    async with noted.open(size=(columns, 24)) as (pilot, _):
        assert shown in painted(pilot.app)[0]
        assert "Fri 20 Nov 2026 today" in painted(pilot.app)[0]


async def test_the_open_note_is_always_in_the_header(noted: Desk) -> None:
    async with noted.open(size=(72, 24)) as (pilot, write):
        write.go(noted.today, f"2026/{noted.today}-one-to-one-ann.md")
        await settle(pilot)
        assert "   One-to-one – Ann +1 f8" in painted(pilot.app)[0]
        await pilot.press("alt+left")
        await settle(pilot)
        assert "f8" not in header(write)
        await pilot.press("alt+right")
        await settle(pilot)
        assert "Lab visit" in header(write)


async def test_the_side_lists_the_entry_and_its_notes_and_opens_them(noted: Desk) -> None:
    async with noted.open(size=(100, 40)) as (pilot, write):
        listed = write.query_one(NotesList)
        assert listed.display
        rows = screen(pilot)
        assert "▸ A day" in rows and "  Lab visit" in rows and "  One-to-one – Ann" in rows
        listed.focus()
        await pilot.press("down", "down", "enter")
        await settle(pilot)
        assert write.session.path.endswith("-one-to-one-ann.md") and write.editor.has_focus
        assert "▸ One-to-one – Ann" in screen(pilot) and "▸ A day" not in screen(pilot)
        await pilot.click(listed, offset=(4, 1))
        await settle(pilot)
        assert write.session.path == f"2026/{noted.today}.md"
        write.action_previous_day()
        await settle(pilot)
        assert not listed.display


async def test_a_click_on_a_title_in_the_header_opens_the_note(noted: Desk) -> None:
    async with noted.open(size=(100, 24)) as (pilot, write):
        await pilot.click(DayHeader, offset=(painted(pilot.app)[0].index("One-to-one") + 2, 0))
        await settle(pilot)
        assert write.session.path.endswith("-one-to-one-ann.md")
        await pilot.click(DayHeader, offset=(painted(pilot.app)[0].index("Lab visit") + 2, 0))
        await settle(pilot)
        assert write.session.path.endswith("-lab-visit.md")


async def test_a_title_that_is_changed_changes_in_the_lists(noted: Desk) -> None:
    async with noted.open(size=(140, 40)) as (pilot, _):
        await pilot.press("f8", "2", "ctrl+home", "end", *" in May", "ctrl+s")
        await settle(pilot)
        assert "Lab visit in May" in painted(pilot.app)[0]
        assert "▸ Lab visit in May" in screen(pilot)


async def test_the_key_walks_through_the_files(noted: Desk) -> None:
    async with noted.open() as (pilot, write):
        seen = []
        for _ in range(3):
            await pilot.press("f8", "enter")
            await settle(pilot)
            seen.append(write.session.path.removeprefix(f"2026/{noted.today}"))
        assert seen == ["-lab-visit.md", "-one-to-one-ann.md", ".md"]
        await pilot.press("f8", "f8", "f8", "f8", "enter")
        await settle(pilot)
        assert write.session.path.endswith("-lab-visit.md")


async def test_forty_notes_are_all_reached(desk: Desk) -> None:
    for number in range(40):
        desk.put(f"# Note {number:02}\n", rest=f"-n{number:02}")
    async with desk.open(size=(100, 24)) as (pilot, write):
        assert "   Note 00 · Note 01 · Note 02 +37 f8" in header(write)
        assert write.query_one(NotesList).size.height == 6
        await pilot.press("f8", "up", "up", "up", "up", "up", "up", "up", "up", "enter")
        await settle(pilot)
        assert write.session.path.endswith("-n39.md")
        assert "▸ Note 39" in screen(pilot)
        await pilot.press("f8", "m")
        assert isinstance(pilot.app.screen, NewNoteDialog)


async def test_a_note_is_made_from_the_template_of_its_kind(desk: Desk) -> None:
    desk.put("# A day\n")
    async with desk.open() as (pilot, write):
        await pilot.press("f8")
        assert isinstance(pilot.app.screen, NotesDialog)
        for name in ("New note, with", "Meeting", "One-to-one", "Service review", "Incident"):
            assert name in screen(pilot)
        await pilot.press("o")
        await settle(pilot)
        assert f"Makes 2026/{desk.today}-one-to-one.md" in screen(pilot)
        await pilot.press(*"the Boss")
        await settle(pilot)
        assert f"Makes 2026/{desk.today}-one-to-one-the-boss.md" in screen(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert write.session.state is SaveState.NEW
        assert write.editor.text.startswith("# One-to-one – the Boss\n\n\n\n## What is on")
        assert "One-to-one – the Boss" in header(write)
        file = desk.file(rest="-one-to-one-the-boss")
        assert not file.exists()
        await pilot.press(*"Good.", "ctrl+s")
        assert "# One-to-one – the Boss\n\nGood.\n\n## What" in file.read_text("utf-8")


async def test_a_note_about_a_customer_is_completed_from_those_known(desk: Desk) -> None:
    toml = desk.root / "journal.toml"
    toml.write_text(toml.read_text() + '[customers.harbour]\nname = "Harbour Office"\n')
    desk.put("# Visit\n\n#customer/lab\n\n## Frustrations\n\n- Slow\n", rest="-service-review")
    async with desk.open() as (pilot, write):
        await pilot.press("f8", "s")
        await settle(pilot)
        assert "Which customer?" in screen(pilot) and "Known: Harbour Office, lab." in screen(pilot)
        await pilot.press(*"La")
        await settle(pilot)
        assert f"A new customer: makes 2026/{desk.today}-service-review-la.md" in screen(pilot)
        await pilot.press("tab")
        await settle(pilot)
        assert f"Makes 2026/{desk.today}-service-review-lab.md " in screen(pilot)
        await pilot.press("enter")
        await settle(pilot)
        text = write.editor.text
        assert text.startswith("# Service review – Lab\n\nMet: \n\n#customer/lab\n\n## How they")
        await pilot.press(*"Helen", "ctrl+s")
        file = desk.file(rest="-service-review-lab")
        assert "\n\nMet: Helen\n\n#customer/lab\n" in file.read_text("utf-8")


async def test_a_customer_who_cannot_be_named_makes_no_note(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("f8", "s", *"?!")
        await settle(pilot)
        assert "A customer’s name needs a letter or a digit" in screen(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, NewNoteDialog)
        await pilot.press("backspace", "backspace", "tab", "enter")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, NewNoteDialog)


async def test_the_note_that_is_there_is_opened(noted: Desk) -> None:
    async with noted.open() as (pilot, write):
        await pilot.press("f8", "o", *"Ann")
        await settle(pilot)
        assert "-one-to-one-ann.md, which already exists" in screen(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "She is content." in write.editor.text
        await pilot.press(*"Yes. ", "f8", "o", *"Ann", "enter")
        await settle(pilot)
        assert "She is content." in write.editor.text and "Yes. " in write.editor.text


async def test_no_key_makes_a_note_without_a_title(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("f8", "n", "enter")
        assert isinstance(pilot.app.screen, NewNoteDialog)
        await pilot.press(*"?!")
        await settle(pilot)
        wrong = pilot.app.screen.query_one(".meaning", Static)
        assert wrong.has_class("-wrong") and "needs a letter or a digit" in str(wrong.content)


async def test_a_long_title_with_control_characters(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("f8", "n")
        pilot.app.screen.query_one("SingleLineInput").value = "a\x1b[31mb\u202e" + "x" * 300  # type: ignore[attr-defined]
        await pilot.press("enter")
        await settle(pilot)
        assert write.editor.text == f"# a[31mb{'x' * 300}\n\n\n"
        await pilot.press("z", "ctrl+s")
        await settle(pilot)
        (file,) = (desk.root / "2026").iterdir()
        assert len(file.name) < 80 and len(painted(pilot.app)[0]) == 80


async def test_a_template_that_is_missing_makes_no_note(desk: Desk) -> None:
    toml = desk.root / "journal.toml"
    toml.write_text(toml.read_text() + '\n[notes.visit]\nname = "Visit"\nfile = "t/visit.md"\n')
    async with desk.open() as (pilot, write):
        await pilot.press("f8", "v", "enter")
        await settle(pilot)
        assert "t/visit.md" in told(pilot) and "template of “Visit”" in told(pilot)
        assert write.session.path == f"2026/{desk.today}.md"
        await pilot.press("x")
        assert "x" in write.editor.text


async def test_nothing_is_made_in_a_sample(desk: Desk) -> None:
    toml = desk.root / "journal.toml"
    toml.write_text("sample = true\n" + toml.read_text())
    desk.put("# A day\n")
    async with desk.open() as (pilot, write):
        await pilot.press("f8", "m")
        await settle(pilot)
        assert (
            "Nothing is written to this sample." in painted(pilot.app)[2]
            and pilot.app.screen is write
        )


async def test_a_period_has_one_note(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+g", *"last week", "enter", "f8")
        await settle(pilot)
        assert "Week 46 of 2026 has only this note" in told(pilot)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write to any folder")
async def test_a_note_in_a_folder_that_is_write_protected(noted: Desk) -> None:
    folder = noted.root / "2026"
    folder.chmod(0o500)
    try:
        async with noted.open() as (pilot, write):
            await pilot.press("f8", "m", "enter", *"Words")
            await settle(pilot)
            assert "do not have permission to write in" in told(pilot)
            assert not write.save()
            [draft] = noted.drafts()
            assert draft.startswith("# Meeting\n\nWords\n")
    finally:
        folder.chmod(0o700)


async def test_the_app_opens_on_a_new_note(desk: Desk) -> None:
    app = JournalApp(desk.journal(), desk.today, note=NoteRequest("Ann", BUILT_IN[1]))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(*"Calm.", "ctrl+s")
        await settle(pilot)
        text = desk.file(rest="-one-to-one-ann").read_text("utf-8")
        assert text.startswith("# One-to-one – Ann\n\nCalm.\n\n## What is on")


def test_each_kind_has_a_letter_of_its_own() -> None:
    assert keys_of_kinds(BUILT_IN) == ["m", "o", "s", "a", "i"]
    same = [NoteKind(str(n), "ab", "") for n in range(3)]
    assert keys_of_kinds(same) == ["a", "b", ""]
    assert keys_of_kinds([NoteKind("n", "N", "")]) == [""]


async def test_a_kind_without_a_letter_can_be_chosen(desk: Desk) -> None:
    toml = desk.root / "journal.toml"
    toml.write_text(toml.read_text() + '\n[notes.n]\nname = "N"\n')
    async with desk.open() as (pilot, write):
        await pilot.press("f8", "down", "enter")
        assert isinstance(pilot.app.screen, NewNoteDialog)
        await pilot.press("enter")
        await settle(pilot)
        assert write.session.path == f"2026/{desk.today}-n.md"
        assert write.editor.text == "# N\n\n\n"
        assert not pilot.app.screen.query(OptionList)
