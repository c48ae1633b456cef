"""What comes back in the app: a learning point with its cue, and an expectation to check."""

from datetime import date, timedelta

import pytest
from textual.pilot import Pilot

from journal_tui.app.write.brief_list import BriefList
from journal_tui.app.write.screen import WriteScreen
from journal_tui.brief import BriefLine
from journal_tui.errors import IndexBusy
from tests.app.app_fixture import Desk, messages, painted, settle

TODAY = date(2026, 11, 20)
POINT_DAY = TODAY - timedelta(21)
POINT = "# T\n\nProse.\n\n## Learning points\n\n- Ask @colm for the name of the owner\n"
EXPECTED_DAY = date(2026, 9, 1)
EXPECTED = "# T\n\n- expect: fewer calls check:2026-11-19\n"


async def opened(pilot: Pilot[None], write: WriteScreen, kind: str) -> None:
    """Open the brief's line of a kind."""
    await settle(pilot)
    brief = write.query_one(BriefList)
    brief.focus()
    for line in brief.lines:
        if line.kind == kind:
            await pilot.press("enter")
            break
        await pilot.press("down")
    await settle(pilot)


def screen(pilot: Pilot[None]) -> str:
    return "\n".join(painted(pilot.app))


def sentences(pilot: Pilot[None]) -> list[str]:
    return [message.message for message in messages(pilot.app)]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_a_point_returns_with_its_cue_only(desk: Desk, size: tuple[int, int]) -> None:
    desk.put(POINT, POINT_DAY)
    async with desk.open(size=size) as (pilot, write):
        await settle(pilot)
        assert "@colm …" in screen(pilot)
        assert "name of the owner" not in screen(pilot)
        await opened(pilot, write, "point")
        assert "Do you remember it?" in screen(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert "for the name of the owner" in " ".join(screen(pilot).split())
        await pilot.press("s")
        await settle(pilot)
        assert desk.file(POINT_DAY).read_text() == f"{POINT}  - still true {TODAY}\n"
        assert any("still true" in said for said in sentences(pilot))
        assert "Do you remember" not in screen(pilot)


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        (("x",), f"  - no longer true {TODAY}\n"),
        (("a", "enter"), f"  - acted on {TODAY}\n"),
        (("a", *"the list", "enter"), f"  - acted on {TODAY} – the list\n"),
        (("a", "escape"), ""),
        (("escape",), ""),
        (("l",), ""),
    ],
)
@pytest.mark.one_in(2)
async def test_each_answer(desk: Desk, keys: tuple[str, ...], written: str) -> None:
    desk.put(POINT, POINT_DAY)
    async with desk.open() as (pilot, write):
        await opened(pilot, write, "point")
        await pilot.press("s")
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        assert desk.file(POINT_DAY).read_text() == POINT + written
        is_answered = bool(written) or keys == ("l",)
        assert desk.journal().point_returns.is_answered(TODAY) == is_answered
        assert ("Do you remember" in screen(pilot)) == (not is_answered)


async def test_its_day_can_be_opened(desk: Desk) -> None:
    desk.put(POINT, POINT_DAY)
    async with desk.open() as (pilot, write):
        await opened(pilot, write, "point")
        await pilot.press("s", "o")
        await settle(pilot)
        assert write.session.day == POINT_DAY


async def test_a_point_that_was_edited_is_left_alone(desk: Desk) -> None:
    desk.put(POINT, POINT_DAY)
    async with desk.open() as (pilot, write):
        await opened(pilot, write, "point")
        await pilot.press("s")
        desk.file(POINT_DAY).write_text(POINT.replace("name", "address"))
        await pilot.press("s")
        await settle(pilot)
        assert "still true" not in desk.file(POINT_DAY).read_text()
        assert any("edited since it was shown" in said for said in sentences(pilot))


async def test_after_five_without_an_answer_none_returns_until_asked_for(desk: Desk) -> None:
    desk.put(POINT, POINT_DAY)
    returns = desk.journal().point_returns
    for days in range(6, 0, -1):
        returns.note_shown(TODAY - timedelta(days))
    async with desk.open() as (pilot, write):
        await settle(pilot)
        assert "Do you remember" not in screen(pilot)
        write.action_point_again()
        await settle(pilot)
        await pilot.press("s", "s")
        await settle(pilot)
        assert "still true" in desk.file(POINT_DAY).read_text()
    assert desk.journal().point_returns.ignored == 0


async def test_without_a_point_it_is_said_when_they_return(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        write.action_point_again()
        await settle(pilot)
        assert any("three weeks" in said for said in sentences(pilot))


async def test_an_expectation_is_answered(desk: Desk) -> None:
    desk.put(EXPECTED, EXPECTED_DAY)
    async with desk.open() as (pilot, write):
        await opened(pilot, write, "check")
        assert "You expected on" in screen(pilot) and "What happened?" in screen(pilot)
        await pilot.press(*"half as many", "enter")
        await settle(pilot)
        assert desk.file(EXPECTED_DAY).read_text() == (
            f"{EXPECTED}  - happened {TODAY}: half as many\n"
        )
        assert "check" not in [line.kind for line in write.query_one(BriefList).lines]


async def test_an_expectation_that_was_answered_elsewhere(desk: Desk) -> None:
    desk.put(EXPECTED, EXPECTED_DAY)
    async with desk.open() as (pilot, write):
        await settle(pilot)
        desk.file(EXPECTED_DAY).write_text(f"{EXPECTED}  - happened: yes\n")
        await opened(pilot, write, "check")
        await pilot.press("x", "enter")
        await settle(pilot)
        assert any("edited or answered" in said for said in sentences(pilot))
        assert desk.file(EXPECTED_DAY).read_text() == f"{EXPECTED}  - happened: yes\n"


async def test_a_day_by_chance_is_another_one(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        write.action_random_day()
        await settle(pilot)
        assert any("no other day" in said for said in sentences(pilot))
        desk.put("# Then\n", EXPECTED_DAY)
        desk.journal().refresh()
        write.action_random_day()
        await settle(pilot)
        assert write.session.day == EXPECTED_DAY


@pytest.mark.parametrize("focus", ["brief", "text"])
async def test_an_answer_is_undone_directly_after_it(desk: Desk, focus: str) -> None:
    desk.put(POINT, POINT_DAY)
    async with desk.open() as (pilot, write):
        await opened(pilot, write, "point")
        await pilot.press("s", "x")
        await settle(pilot)
        assert desk.file(POINT_DAY).read_text() == f"{POINT}  - no longer true {TODAY}\n"
        assert any("To undo it, press ctrl+z." in said for said in sentences(pilot))
        if focus == "text":
            write.editor.focus()
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert desk.file(POINT_DAY).read_text() == POINT
        assert not desk.journal().point_returns.is_answered(TODAY)
        assert "Do you remember" in screen(pilot)
        assert any("Undone: the answer in the entry of" in said for said in sentences(pilot))
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert desk.file(POINT_DAY).read_text() == POINT


async def test_what_happened_is_undone_directly_after_it(desk: Desk) -> None:
    desk.put(EXPECTED, EXPECTED_DAY)
    async with desk.open() as (pilot, write):
        await opened(pilot, write, "check")
        await pilot.press(*"fewer", "enter")
        await settle(pilot)
        assert "fewer" in desk.file(EXPECTED_DAY).read_text().replace("fewer calls", "")
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert desk.file(EXPECTED_DAY).read_text() == EXPECTED


async def test_after_more_writing_the_text_is_undone_and_not_the_answer(desk: Desk) -> None:
    desk.put(POINT, POINT_DAY)
    async with desk.open() as (pilot, write):
        await opened(pilot, write, "point")
        await pilot.press("s", "s")
        await settle(pilot)
        before = write.editor.text
        write.editor.focus()
        await pilot.press("a")
        await settle(pilot)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert write.editor.text == before
        assert "still true" in desk.file(POINT_DAY).read_text()


async def test_an_answer_in_an_entry_that_changed_is_found_or_left(desk: Desk) -> None:
    desk.put(POINT, POINT_DAY)
    async with desk.open() as (pilot, write):
        await opened(pilot, write, "point")
        await pilot.press("s", "s")
        await settle(pilot)
        answered = desk.file(POINT_DAY).read_text()
        desk.file(POINT_DAY).write_text(answered.replace("Prose.", "More prose."))
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert desk.file(POINT_DAY).read_text() == POINT.replace("Prose.", "More prose.")
        await opened(pilot, write, "point")
        await pilot.press("s", "s")
        await settle(pilot)
        edited = desk.file(POINT_DAY).read_text().replace("still true", "still so")
        desk.file(POINT_DAY).write_text(edited)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert desk.file(POINT_DAY).read_text() == edited
        assert any("nothing was undone" in said for said in sentences(pilot))


async def test_a_look_up_that_fails_says_only_why(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(EXPECTED, EXPECTED_DAY)
    async with desk.open() as (pilot, write):
        await settle(pilot)
        line = BriefLine("check", "To check", "fewer calls", path=f"2026/{EXPECTED_DAY}.md", line=3)

        def refuse(*_: object, **__: object) -> None:
            raise IndexBusy("Another journal process is updating the index.")

        for name in ("random_day", "returning_point", "due_expectations"):
            monkeypatch.setattr(write.journal, name, refuse)
        for run in (
            write.action_random_day,
            write.action_point_again,
            lambda: write.open_brief_line(line),
        ):
            pilot.app.clear_notifications()
            run()
            await settle(pilot)
            assert sentences(pilot) == ["Another journal process is updating the index."]
