"""People and tags: the list, everything about one, and renaming after a plan."""

from datetime import date
from typing import cast

import pytest
from textual.events import Key
from textual.pilot import Pilot

from journal_tui.app.find.screen import FindScreen
from journal_tui.app.people.name_list import latest_years, trend, year_range
from journal_tui.app.people.plan_screen import PlanRow, PlanScreen
from journal_tui.app.people.screen import PeopleScreen
from journal_tui.app.people.subject_screen import PAGE, SubjectScreen
from journal_tui.app.screens.help import HelpScreen
from journal_tui.app.write.screen import WriteScreen
from journal_tui.journal import Journal
from journal_tui.renames import Renames
from tests.app.app_fixture import Desk, messages, painted, settle, told, write_screen

# A Monday; the desk's today is Friday 20 November 2026.
DAY = date(2026, 11, 9)
TEXT = """\
# Monday

Saw @colm and @Colm, and `@colm`. #job/lab

- [ ] Send @colm the list due:2026-11-10
- [ ] Plan waiting:@colm
- [x] Ask @colm done:2026-11-19

## Learning points

- Ask @colm first #job

Enjoyment: 7/10 – thanks to @colmn
"""


@pytest.fixture
def written(desk: Desk) -> Desk:
    desk.put(TEXT, DAY)
    desk.put("Met @zoe.\n\nEnjoyment: 4/10\n", date(2025, 3, 3))
    return desk


def people(pilot: Pilot[None]) -> PeopleScreen:
    return cast(PeopleScreen, pilot.app.screen)


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(line.rstrip() for line in painted(pilot.app))


def chosen(pilot: Pilot[None]) -> str:
    row = people(pilot).list.chosen
    return row.shown if row else ""


async def test_a_name_without_its_sign_is_counted_apart_and_found(written: Desk) -> None:
    written.put("Colm was here. Rain.\n", date(2026, 11, 10))
    written.put("Colm again.\n", date(2026, 11, 11))
    async with written.open(size=(80, 24)) as (pilot, write):
        await pilot.app.run_action("people", write)
        await settle(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, SubjectScreen)
        text = " ".join(shown(pilot).split())
        assert "@colm 1 day," in text
        assert "Also 2 days with “Colm” without @: ctrl+l" in text
        await press(pilot, "ctrl+l")
        find = pilot.app.screen
        assert isinstance(find, FindScreen) and find.finder.words == '"Colm" -@colm'
        assert find.finder.summary.count_in_words == "2 days · newest first"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, SubjectScreen), "where one was"
        await press(pilot, "ctrl+l")
        await press(pilot, "enter")
        assert pilot.app.screen is write and write.session.day == date(2026, 11, 11)


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def open_people(pilot: Pilot[None]) -> None:
    await pilot.app.run_action("people", pilot.app.screen)
    await settle(pilot)
    assert isinstance(pilot.app.screen, PeopleScreen)


async def test_the_list_says_how_often_and_since_when(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await open_people(pilot)
        text = shown(pilot)
        assert " People 3   Tags 2   most used first" in text
        assert "@zoe" in text and "3 Mar 2025" in text and "Mon 9 Nov" in text
        assert "≈ @colm" in text or "Looks like" in text
        assert [row.shown for row in people(pilot).list.values] == ["@colm", "@colmn", "@zoe"]
        await press(pilot, "ctrl+o", "down")
        assert "by name" in shown(pilot) and chosen(pilot) == "@colmn"
        await press(pilot, "tab")
        assert " Tags 2" in shown(pilot)
        assert [row.shown for row in people(pilot).list.values] == ["#job", "#job/lab"]
        assert "People" in shown(pilot).splitlines()[-1]
        await press(pilot, "tab", "f1")
        assert (
            isinstance(pilot.app.screen, HelpScreen) and pilot.app.screen.topic == "people-and-tags"
        )


async def test_the_filter_narrows_the_list(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await open_people(pilot)
        await press(pilot, "slash", *"@ZÖ")
        assert chosen(pilot) == "@zoe"
        await press(pilot, "x")
        assert "No name contains that." in shown(pilot)
        await press(pilot, "backspace", "enter")
        assert isinstance(pilot.app.screen, SubjectScreen)
        await press(pilot, "escape", "escape")
        assert chosen(pilot) == "@zoe" and not people(pilot).has_class("-filtered")
        await press(pilot, "escape")
        assert pilot.app.screen is write


@pytest.mark.parametrize("typed", ["zoe", "ro", "x", "jk"])
async def test_letters_filter_the_list_and_are_never_commands(written: Desk, typed: str) -> None:
    files = {path: path.read_bytes() for path in written.root.rglob("*.md")}
    async with written.open() as (pilot, _):
        await open_people(pilot)
        # As a terminal gives them in one piece.
        for letter in typed:
            pilot.app.post_message(Key(letter, letter))
        await settle(pilot)
        screen = people(pilot)
        assert screen.filter.value == typed and screen.is_filtered
        assert [row.shown for row in screen.list.values] == (["@zoe"] if typed == "zoe" else [])
        await press(pilot, "enter")
        if typed == "zoe":
            assert isinstance(pilot.app.screen, SubjectScreen)
            await press(pilot, *typed)
            assert isinstance(pilot.app.screen, SubjectScreen)
        else:
            assert people(pilot)
    assert {path: path.read_bytes() for path in written.root.rglob("*.md")} == files


async def test_the_first_line_says_what_the_bars_are(written: Desk) -> None:
    async with written.open(size=(80, 24)) as (pilot, _):
        await open_people(pilot)
        assert "▃█ days a year, 2025–2026" in shown(pilot).splitlines()[0]
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert "▃█ days, 2025–2026" in shown(pilot).splitlines()[0]


def test_the_bars_of_all_rows_are_of_the_same_years() -> None:
    years = range(2022, 2027)
    assert trend({2022: 8, 2023: 0, 2024: 4}, years) == "█·▄··"
    assert trend({2025: 1, 2026: 100}, years) == "   ▁█"
    assert trend({}, years) == "·····"
    assert trend({2000 + number: number for number in range(12)}, range(2002, 2012)) == "▁▂▃▄▄▅▆▇▇█"
    assert list(latest_years(1990, 2026, 3)) == [2024, 2025, 2026]
    assert (year_range(years), year_range([2026])) == ("2022–2026", "2026")


async def test_escape_leads_back_to_the_list_until_one_types(written: Desk) -> None:
    async with written.open(size=(80, 24)) as (pilot, write):
        await open_people(pilot)
        await press(pilot, *"zoe", "enter", "down", "enter")
        assert pilot.app.screen is write and "esc Back" in shown(pilot).splitlines()[-1]
        await press(pilot, "escape")
        about = pilot.app.screen
        assert isinstance(about, SubjectScreen) and "@zoe" in shown(pilot).splitlines()[0]
        assert about.list.chosen and about.list.chosen.line == write.editor.cursor_location[0] + 1
        await press(pilot, "enter", "x", "escape")
        assert pilot.app.screen is write and "esc Back" not in shown(pilot)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 40)])
async def test_everything_about_one(written: Desk, size: tuple[int, int]) -> None:
    async with written.open(size=size) as (pilot, write):
        await open_people(pilot)
        await press(pilot, "enter")
        screen = cast(SubjectScreen, pilot.app.screen)
        text = " ".join(shown(pilot).split())
        assert "@colm 1 day, Mon 9 Nov" in text
        for part in (
            "Yours, about @colm 1",
            "@colm owes you 1",
            "Done lately 1",
            "Too few for a median",
        ):
            assert part in text.replace("│", "").replace("▕", "").replace("  ", " "), part
        first = screen.list.chosen
        assert first and first.text == "Send @colm the list"
        await press(pilot, "tab")
        second = screen.list.chosen
        assert second and second.text == "Plan"
        await press(pilot, "shift+tab", "enter")
        assert pilot.app.screen is write and write.session.day == DAY
        assert write.editor.cursor_location[0] == 4


async def test_by_date_has_every_part_and_leads_to_its_line(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await open_people(pilot)
        await press(pilot, "enter", "end")
        screen = cast(SubjectScreen, pilot.app.screen)
        said = [one.text for one in screen.list.values][3:]
        assert said == [
            "Saw @colm and @Colm, and `@colm`.", "Send @colm the list", "Plan waiting:@colm",
            "Ask @colm done:2026-11-19", "Ask @colm first #job",
        ]  # fmt: skip
        assert "learning point · the day was rated 7/10" in shown(pilot)
        await press(pilot, "enter")
        assert write.editor.cursor_location[0] == 10


async def test_the_cursor_begins_at_the_name_in_the_text(written: Desk) -> None:
    async with written.open(DAY) as (pilot, write):
        write.editor.move_cursor((2, 36))
        await open_people(pilot)
        assert people(pilot).sign == "#" and chosen(pilot) == "#job/lab"
        await press(pilot, "escape")
        write.editor.move_cursor((12, 30))
        await open_people(pilot)
        assert chosen(pilot) == "@colmn"


async def test_an_empty_journal_teaches(desk: Desk) -> None:
    async with desk.open(size=(60, 20)) as (pilot, _):
        await open_people(pilot)
        assert "No entry mentions anyone yet." in shown(pilot)
        await press(pilot, "tab")
        assert "No entry has a tag yet." in shown(pilot)
        for key in ("enter", "f2", "ctrl+o", "down", "end"):
            await press(pilot, key)
        await press(pilot, "ctrl+z")
        assert "There is no renaming to undo." in told(pilot)


async def test_a_renaming_shows_its_lines_first_and_is_undone(written: Desk) -> None:
    async with written.open(DAY) as (pilot, write):
        before = write.editor.text
        await open_people(pilot)
        await press(pilot, "down")
        assert chosen(pilot) == "@colmn"
        await press(pilot, "f2", *"colm")
        assert "→ @colm, used on 1 day: the two will be merged" in shown(pilot)
        await press(pilot, "enter")
        plan = pilot.app.screen
        assert isinstance(plan, PlanScreen)
        text = shown(pilot)
        assert "Merge @colmn into @colm" in text and "the two are merged" in text
        assert "- Enjoyment: 7/10 – thanks to @colmn" in text
        assert "+ Enjoyment: 7/10 – thanks to @colm" in text
        assert written.file(DAY).read_text("utf-8") == TEXT
        await press(pilot, "enter")
        assert "1 entry changed: @colmn is now @colm. Press ctrl+z to undo it." in told(pilot)
        assert chosen(pilot) == "@colm"
        assert written.file(DAY).read_text("utf-8") == TEXT.replace("@colmn", "@colm")
        await press(pilot, "ctrl+z")
        assert "@colmn became @colm on 20 Nov 2026 18:05, in 1 entry." in shown(pilot)
        await press(pilot, "u")
        assert "Undone: 1 entry changed back to @colmn." in told(pilot)
        assert written.file(DAY).read_text("utf-8") == TEXT
        await press(pilot, "escape")
        assert write.editor.text == before and not write.session.is_dirty


async def test_what_is_on_the_page_is_saved_first_and_shows_the_new_name(written: Desk) -> None:
    async with written.open(DAY) as (pilot, write):
        await press(pilot, "ctrl+end", *"@zoe", "space")
        await open_people(pilot)
        await press(pilot, "home", "enter", "f2", *"@Zoë", "enter", "enter")
        assert isinstance(pilot.app.screen, SubjectScreen)
        assert "@Zoë" in shown(pilot).splitlines()[0]
        await press(pilot, "escape", "escape")
        assert write.editor.text.endswith("@Zoë ")
        assert written.file(date(2025, 3, 3)).read_text("utf-8").startswith("Met @Zoë.")


async def test_a_plan_can_be_left(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await open_people(pilot)
        await press(pilot, "f2", *"colm", "enter")
        assert "no line changes" in shown(pilot) or "- Saw @colm and @Colm" in shown(pilot)
        await press(pilot, "escape", "f2", "x", "y", "enter", "escape")
        assert isinstance(pilot.app.screen, PeopleScreen)
        assert written.file(DAY).read_text("utf-8") == TEXT
        await press(pilot, "f2", *"#x", "enter")
        assert "Begin both names with the same sign" in " ".join(
            shown(pilot).replace("│", " ").split()
        )


async def test_an_entry_that_changed_since_the_plan_is_named(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await open_people(pilot)
        await press(pilot, "f2", *"jo", "enter")
        written.put(TEXT + "\nMore @colm.\n", DAY)
        await press(pilot, "enter")
        assert "No entry changed." in told(pilot)
        assert "2026/2026-11-09.md: it has changed since" in told(pilot)
        assert written.file(DAY).read_text("utf-8") == TEXT + "\nMore @colm.\n"


async def test_a_new_name_with_a_space_is_refused_with_the_one_to_write(written: Desk) -> None:
    async with written.open(DAY) as (pilot, _):
        await open_people(pilot)
        await press(pilot, "f2", *"anna lena")
        dialog = pilot.app.screen
        said = " ".join(shown(pilot).replace("│", " ").split())
        assert "can't have. Write @anna-lena." in said
        await press(pilot, "enter")
        assert pilot.app.screen is dialog
    assert written.file(DAY).read_text("utf-8") == TEXT


async def test_escape_stops_a_long_renaming_and_undo_knows_it(
    written: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with written.open() as (pilot, _):
        written.put("@colm\n", date(2026, 11, 10))
        await open_people(pilot)
        await press(pilot, "f2", *"jo", "enter")
        plan = cast(PlanScreen, pilot.app.screen)
        replace = type(written.journal().entries).replace_text

        def slow(*arguments: object) -> object:
            plan.action_cancel()
            return replace(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(type(written.journal().entries), "replace_text", slow)
        await press(pilot, "enter")
        assert "Stopped: 1 entry changed, 1 not yet. To finish, rename it again." in told(pilot)
        await press(pilot, "escape")
        monkeypatch.undo()
        await open_people(pilot)
        assert "stopped halfway: 1 of 2 entries has the new name." in told(pilot)
        await press(pilot, "ctrl+z", "u")
        assert written.file(DAY).read_text("utf-8") == TEXT
        assert written.file(date(2026, 11, 10)).read_text("utf-8") == "@colm\n"


async def test_a_sample_says_why_nothing_is_renamed(written: Desk) -> None:
    (written.root / "journal.toml").write_text('name = "x"\nsample = true\n')
    async with written.open() as (pilot, _):
        await open_people(pilot)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, PeopleScreen)
        assert "This is a sample" in told(pilot)


async def test_an_entry_in_another_encoding_is_listed_as_one_that_cannot_change(
    written: Desk,
) -> None:
    written.put("caf\xe9 @colm\n".encode("latin-1"), date(2026, 11, 11))
    async with written.open(size=(140, 40)) as (pilot, _):
        await open_people(pilot)
        await press(pilot, "f2", *"jo", "enter")
        text = shown(pilot)
        assert "Can't be changed  1" in text and "2026/2026-11-11.md" in text


async def test_one_on_every_day_is_read_page_by_page(desk: Desk) -> None:
    count = PAGE + 60
    for number in range(count):
        desk.put("With @ann.\n", date.fromordinal(DAY.toordinal() - number))
    async with desk.open() as (pilot, _):
        await open_people(pilot)
        await press(pilot, "enter")
        screen = cast(SubjectScreen, pilot.app.screen)
        assert len(screen.list.values) == PAGE
        for _ in range(3):
            await press(pilot, "end")
        rows = screen.list.values
        assert len(rows) == count
        assert [row.day for row in rows] == sorted((row.day for row in rows), reverse=True)


async def test_a_name_that_is_gone_says_so(written: Desk) -> None:
    async with written.open() as (pilot, _):
        renames = Renames(cast(Journal, pilot.app.screen.journal))  # type: ignore[attr-defined]
        screen = SubjectScreen(renames, "@nobody", lambda: None)
        await pilot.app.push_screen(screen)
        await settle(pilot)
        assert "No entry mentions @nobody." in shown(pilot)
        await press(pilot, "f2", "enter", "escape")
        assert isinstance(pilot.app.screen, WriteScreen) and pilot.app.screen is write_screen(pilot)


async def test_nothing_is_told_when_nothing_happens(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await open_people(pilot)
        assert messages(pilot.app) == []


@pytest.mark.parametrize("at", [0, 5, 39, 40, 79, 200, 394])
@pytest.mark.parametrize("room", [10, 40, 80])
def test_a_row_of_a_plan_shows_its_change(at: int, room: int) -> None:
    text = "." * at + "@ann" + "." * (400 - at)
    shown = PlanRow(1, "-", text, at).around_change(room)
    assert len(shown) <= room and "@ann" in shown


async def test_the_cursor_stays_where_it_was_moved_when_the_index_is_up_to_date(
    written: Desk,
) -> None:
    async with written.open() as (pilot, write):
        pilot.app.push_screen(PeopleScreen(Renames(write.journal), term="#job"))
        await settle(pilot)
        assert chosen(pilot) == "#job"
        await press(pilot, "down")
        assert (moved_to := chosen(pilot)) != "#job"
        people(pilot).reload_list()
        await settle(pilot)
        assert chosen(pilot) == moved_to
        await press(pilot, "tab")
        people(pilot).reload_list()
        await settle(pilot)
        assert people(pilot).sign == "@"


async def test_a_name_that_the_index_has_later_is_selected_then(written: Desk) -> None:
    async with written.open() as (pilot, write):
        pilot.app.push_screen(PeopleScreen(Renames(write.journal), term="#new"))
        await settle(pilot)
        assert chosen(pilot) == "#job"
        written.put("Rain. #new\n", date(2026, 11, 10))
        write.journal.refresh()
        people(pilot).reload_list()
        await settle(pilot)
        assert chosen(pilot) == "#new"
