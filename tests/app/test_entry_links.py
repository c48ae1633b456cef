"""Links between entries: followed while writing and while reading, and the way back."""

from datetime import date

import pytest
from textual.pilot import Pilot

from journal_tui.app.screens.dialog import ChoiceDialog
from journal_tui.app.write.screen import WriteScreen
from tests.app.app_fixture import Desk, painted, settle, told

THEN = date(2026, 4, 23)


def screen(pilot: Pilot[None]) -> str:
    return "\n".join(painted(pilot.app))


def path(desk: Desk, rest: str = "", day: date | None = None) -> str:
    return f"2026/{day or desk.today}{rest}.md"


@pytest.fixture
def linked(desk: Desk) -> Desk:
    """A journal whose entry of today links to that of an earlier day and to two notes."""
    desk.put("# A day\n\nAs on [[2026-04-23|that day]], see [the visit](2026-11-20-visit.md).\n")
    desk.put("# Then\n\nBack to [[2026-11-20]] or [[the visit]].\n", THEN)
    desk.put("# The visit\n\nWords.\n", rest="-visit")
    return desk


async def follow(pilot: Pilot[None], write: WriteScreen) -> None:
    write.action_links()
    await settle(pilot)


async def test_the_link_at_the_cursor_is_followed_and_one_comes_back(linked: Desk) -> None:
    async with linked.open() as (pilot, write):
        write.editor.move_cursor((2, 10))
        await follow(pilot, write)
        assert write.session.day == THEN and write.editor.has_focus
        write.editor.move_cursor((2, 30))
        await follow(pilot, write)
        assert write.session.path == path(linked, "-visit")
        write.action_link_back()
        await settle(pilot)
        assert write.session.day == THEN and write.editor.cursor_location == (2, 30)
        write.action_link_back()
        await settle(pilot)
        assert write.session.path == path(linked)
        assert write.editor.cursor_location == (2, 10)
        write.action_link_back()
        await settle(pilot)
        assert "haven't followed a link yet" in told(pilot)


async def test_away_from_a_link_one_chooses(linked: Desk) -> None:
    async with linked.open() as (pilot, write):
        write.editor.move_cursor((0, 0))
        await follow(pilot, write)
        assert "1  [[2026-04-23]]" in screen(pilot) and "2  2026-11-20-visit.md" in screen(pilot)
        await pilot.press("2")
        await settle(pilot)
        assert write.session.path == path(linked, "-visit")


async def test_what_was_typed_is_saved_before_a_link_is_followed(linked: Desk) -> None:
    async with linked.open() as (pilot, write):
        await pilot.press("ctrl+end", *"[[the visit]]")
        await follow(pilot, write)
        assert write.session.path == path(linked, "-visit")
        assert "[[the visit]]" in linked.file().read_text("utf-8")


async def test_enter_and_backspace_while_reading(linked: Desk) -> None:
    async with linked.open() as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        assert "that day" in screen(pilot) and "[[" not in screen(pilot)
        await pilot.press("enter", "1")
        await settle(pilot)
        assert write.session.day == THEN and write.read_view and write.read_view.has_focus
        assert "Back to 2026-11-20 or the visit." in screen(pilot)
        await pilot.press("backspace")
        await settle(pilot)
        assert write.session.path == path(linked) and write.read_view
        assert "As on that day" in screen(pilot)


async def test_a_click_on_a_link_between_entries_follows_it_at_once(linked: Desk) -> None:
    async with linked.open() as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        assert write.read_view
        await pilot.click(write.read_view.query("MarkdownParagraph").first(), offset=(8, 0))
        await settle(pilot)
        assert write.session.day == THEN and write.read_view


async def test_one_link_is_followed_without_a_question(desk: Desk) -> None:
    desk.put("# A day\n\nSee [[Then]].\n")
    desk.put("# Then\n", THEN)
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert write.session.day == THEN


async def test_a_day_without_an_entry_is_offered(desk: Desk) -> None:
    desk.put("# A day\n\n[[2026-03-03]] and [[2026-Q1]]\n")
    async with desk.open() as (pilot, write):
        write.editor.move_cursor((2, 4))
        await follow(pilot, write)
        assert "There is no entry for Tuesday 3 March 2026." in screen(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert write.session.path == path(desk)
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("enter", "1")
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        assert write.session.day == date(2026, 3, 3) and write.editor.has_focus
        assert not write.read_view and not desk.file(date(2026, 3, 3)).exists()
        write.action_link_back()
        await settle(pilot)
        write.editor.move_cursor((2, 20))
        await follow(pilot, write)
        assert "There is no entry for" in screen(pilot)
        await pilot.press("w", *"Words", "ctrl+s")
        await settle(pilot)
        assert "Words" in (desk.root / "2026" / "2026-Q1.md").read_text("utf-8")


async def test_a_title_that_is_not_clear_is_chosen(desk: Desk) -> None:
    desk.put("[[Twin]]\n")
    for day in (3, 4):
        desk.put("# Twin\n", date(2026, 11, day), "-twin")
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+home")
        await follow(pilot, write)
        assert isinstance(pilot.app.screen, ChoiceDialog)
        assert "1  Wednesday 4 November 2026 – Twin" in screen(pilot)
        await pilot.press("2")
        await settle(pilot)
        assert write.session.path == path(desk, "-twin", date(2026, 11, 3))


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("[x](../../outside.md)", "../../outside.md leads out of the journal"),
        ("[x](../../../../etc/passwd)", "leads out of the journal"),
        ("[[No such note]]", "No entry has the title “No such note”."),
        ("[[a\x1b[31m]]", "This entry has no links"),
        ("[[2026-11-20]]", "This link leads to this entry."),
    ],
)
async def test_links_that_lead_nowhere_say_so(desk: Desk, link: str, said: str) -> None:
    desk.put(f"{link}\n")
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+home")
        await follow(pilot, write)
        assert said in told(pilot)
        assert write.session.path == path(desk) and pilot.app.screen is write


async def test_in_a_sample_nothing_is_offered_to_write(linked: Desk) -> None:
    toml = linked.root / "journal.toml"
    toml.write_text("sample = true\n" + toml.read_text())
    linked.put("[[2026-03-03]]\n")
    async with linked.open(linked.today) as (pilot, write):
        await pilot.press("ctrl+home")
        await follow(pilot, write)
        assert told(pilot).endswith("There is no entry for Tuesday 3 March 2026.")
        assert pilot.app.screen is write


async def test_a_linked_entry_that_is_gone_is_reported(linked: Desk) -> None:
    async with linked.open() as (pilot, write):
        linked.file(THEN).unlink()
        write.editor.move_cursor((2, 10))
        await follow(pilot, write)
        assert "There is no entry for Thursday 23 April 2026." in screen(pilot)
