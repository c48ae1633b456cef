"""The command palette: names as they are, keys in any order, one answer."""

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from journal_tui.app.screens.help import HelpScreen
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.app.screens.palette import Palette
from journal_tui.app.settings.screen import SettingsScreen
from journal_tui.app.write.dialogs import PointDialog
from tests.app.app_fixture import Desk, painted, settle, write_screen

NAME = "a [/] [red]name[/red] [@click=app.bell]x"


@pytest.mark.parametrize("typed", ["", "find: a"])
async def test_the_name_of_a_search_is_not_markup(desk: Desk, typed: str) -> None:
    with (desk.root / "journal.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[queries]\n"{NAME}" = "[/] rice"\n')
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+p")
        await pilot.press(*typed)
        rows = pilot.app.screen.query_one(OptionList).options
        said = [str(row.prompt) for row in rows]
        assert f"Find: {NAME}"[:25] + "… [/] rice" in [row.rstrip() for row in said]


async def test_a_few_letters_find_a_command_and_enter_does_it(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+p", *"help", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape", "ctrl+p", *"qzqz")
        palette = pilot.app.screen
        assert isinstance(palette, Palette)
        assert palette.query_one(".none").display and not palette.query_one(OptionList).display
        await pilot.press("enter", "down", "pageup")
        assert pilot.app.screen is palette
        await pilot.press("escape")
        assert pilot.app.screen is write


def best(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one(OptionList).get_option_at_index(0).prompt)


async def test_a_whole_word_comes_before_a_part_of_one(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+p", *"late")
        assert best(pilot).startswith("Follow-ups"), "not the command about the latest import"


async def test_the_words_for_handing_over_find_it(desk: Desk) -> None:
    desk.put("- [ ] Call Zoe\n")
    async with desk.open() as (pilot, _):
        for place in ("Follow-ups", "Hand over"):
            for words in ("hand over", "delegate", "assign", "wait"):
                await pilot.press("ctrl+p", *words)
                assert best(pilot).startswith(place)
                await pilot.press("escape")
            await pilot.press("f7")
            await settle(pilot)


async def test_a_theme_is_chosen_among_all(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+p", *"theme", "enter")
        await settle(pilot)
        assert pilot.app.screen.query_one(OptionList).option_count == len(
            pilot.app.available_themes
        )
        shown = "\n".join(painted(pilot.app))
        assert "The app shows the selected theme; enter keeps it, esc goes back." in shown
        await pilot.press(*"nord", "enter")
        await settle(pilot)
        assert pilot.app.theme == "nord" and pilot.app.screen is write


async def test_no_command_saves_a_picture_of_the_entry(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+p", *"screenshot")
        assert not pilot.app.screen.query_one(OptionList).option_count


@pytest.mark.parametrize(
    "keys",
    [
        ["ctrl+p", "pageup"],
        ["ctrl+p", "pagedown", "enter", "enter"],
        ["ctrl+p", "ctrl+p", "escape", "ctrl+p", "escape"],
        ["ctrl+p", "escape", "ctrl+p", "down", "escape", "escape"],
        ["ctrl+p", "t", "h", "e", "m", "e", "enter", "enter", "enter"],
        ["ctrl+n", "ctrl+p", "enter", "escape", "escape"],
        ["ctrl+p", "enter", "ctrl+p", "enter", "ctrl+p"],
    ],
)
@pytest.mark.one_in(2)
async def test_keys_that_come_at_once_end_nothing(desk: Desk, keys: list[str]) -> None:
    async with desk.open() as (pilot, write):
        for key in keys:
            pilot.app.simulate_key(key)
        await settle(pilot)
        for _ in range(4):
            await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write and pilot.app.return_code is None


async def test_two_clicks_beside_it_close_it_once(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+l", "ctrl+p")
        find = pilot.app.screen_stack[1]
        for _ in range(2):
            for kind in (events.MouseDown, events.MouseUp):
                where = {"x": 0, "y": 23, "screen_x": 0, "screen_y": 23}
                keys = {"shift": False, "meta": False, "ctrl": False}
                pilot.app.post_message(kind(None, delta_x=0, delta_y=0, button=1, **where, **keys))
        await settle(pilot)
        assert pilot.app.screen is find
        await pilot.press("escape")
        assert pilot.app.screen is write


async def test_a_click_where_the_window_no_longer_is_does_no_harm(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+p")
        palette = pilot.app.screen
        box = palette.query_one(OptionList).parent
        assert isinstance(box, Widget)
        box.post_message(events.Click(box, 1, 1, 0, 0, 1, False, False, False, 300, 200))
        await settle(pilot)
        assert pilot.app.screen is palette and pilot.app.return_code is None


async def test_a_dialog_has_no_palette(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+n", "ctrl+p")
        assert isinstance(pilot.app.screen, PointDialog)


FOUND = {
    "follow-up": "Tick follow-up", "todo": "Tick follow-up", "task": "Tick follow-up",
    "html": "Review", "document": "Review", "export": "Save this text elsewhere …", "print": "Save this text elsewhere …",
    "settings": "Settings", "preferences": "Settings", "undo": "Undo", "week": "Date",
    "history": "Earlier versions", "backup": "Earlier versions", "lesson": "Learning point",
    "search": "Find", "recover": "Trash", "exit": "Quit", "yesterday": "Previous day",
    "people": "People and tags", "colleague": "People and tags", "person": "People and tags",
    "end of the day": "End of the day", "headings": "Headings: learning", "words": "Find",
    "due": "Follow-ups", "midnight": "Settings", "day ends": "Settings", "meeting": "Notes", "dark": "Theme", "shortcuts": "Help", "encoding": "Make this entry editable",
}  # fmt: skip


EVERYDAY = ("follow-up", "todo", "task", "export", "settings", "undo", "week", "print", "day ends")
# From the page, to each screen that has a list of commands.
SCREENS = {
    "find": ["ctrl+l"], "follow-ups": ["f7"], "people": ["!people"], "person": ["!people", "enter"],
    "settings": ["!settings"],
}  # fmt: skip


@pytest.mark.parametrize("way", SCREENS)
@pytest.mark.one_in(2)
async def test_everyday_words_find_something_on_every_screen(desk: Desk, way: str) -> None:
    desk.put("Walked the depot with @colm.\n")
    async with desk.open() as (pilot, write):
        for key in SCREENS[way]:
            if key.startswith("!"):
                await pilot.app.run_action(key[1:], write if key == "!people" else pilot.app)
            else:
                await pilot.press(key)
            await settle(pilot)
        screen = pilot.app.screen
        await pilot.press("ctrl+p")
        palette = pilot.app.screen
        assert isinstance(palette, Palette) and palette is not screen
        listed = [str(row.prompt)[:26].strip() for row in palette.query_one(OptionList).options]
        assert len(listed) == len(set(listed)), "each once"
        for word in EVERYDAY:
            palette.query_one(Input).value = word
            await pilot.pause()
            assert palette.query_one(OptionList).option_count, word
        palette.query_one(Input).value = "calendar"
        await pilot.pause()
        assert "On the page: Pick a day" in "\n".join(painted(pilot.app))
        await pilot.press("enter")
        await settle(pilot)
        assert [type(it).__name__ for it in pilot.app.screen_stack[-2:]] == [
            "WriteScreen", "ReviewScreen",
        ]  # fmt: skip


async def test_a_command_of_the_page_follows_settings_that_change_reading(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.app.run_action("settings", pilot.app)
        await settle(pilot)
        await pilot.press("ctrl+p", *"scale", "enter")
        await settle(pilot)
        line = pilot.app.screen.query_one(Input)
        line.value = "1-5"
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("ctrl+p", *"learning point", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PointDialog)
        assert write_screen(pilot) is not write and write_screen(pilot).journal.scale.high == 5


async def test_a_setting_is_found_by_what_it_does(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.app.run_action("settings", pilot.app)
        await settle(pilot)
        await pilot.press("slash", *"midnight", "enter")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, SettingsScreen) and screen.list.highlighted
        setting = screen.rows[screen.list.highlighted].setting
        assert setting and setting.name == "day-ends"
        await pilot.press("ctrl+p", *"day ends", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LineDialog) and "04:00" in "\n".join(painted(pilot.app))


async def test_people_come_first_for_words_about_people(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+p")
        palette = pilot.app.screen
        for word in ("person", "people", "colleague", "tag", "everything about"):
            palette.query_one(Input).value = word
            await pilot.pause()
            top = str(palette.query_one(OptionList).options[0].prompt)
            assert top.startswith("People and tags"), word


async def test_a_setting_is_found_on_the_page_and_selected(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+p")
        listed = [str(row.prompt) for row in pilot.app.screen.query_one(OptionList).options]
        assert not [row for row in listed if row.startswith("End of the day")]
        await pilot.press(*"end of the day", "enter")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, SettingsScreen) and screen.list.highlighted
        setting = screen.rows[screen.list.highlighted].setting
        assert setting and setting.name == "day-ends"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_everyday_words_find_commands_and_lines_have_their_keys(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with desk.open(size=size) as (pilot, _):
        await pilot.press("ctrl+p")
        palette = pilot.app.screen
        line = palette.query_one(Input)
        for word, title in FOUND.items():
            line.value = word
            await pilot.pause()
            rows = [str(row.prompt) for row in palette.query_one(OptionList).options]
            assert any(row.startswith(title[:26]) for row in rows[:4]), (word, rows)
        line.value = "todo"
        await pilot.pause()
        top = str(palette.query_one(OptionList).options[0].prompt)
        assert top.startswith("Follow-ups") and top.rstrip().endswith("f7")
        help = "List the follow-ups of all entries"
        assert str(palette.query_one(".about", Static).content) == help
        assert any(help in row for row in painted(pilot.app))


async def test_a_key_from_the_settings_is_beside_its_command(desk: Desk) -> None:
    desk.settings('[keys]\ntick = "f7"\ntrash = "f11"\n')
    async with desk.open() as (pilot, write):
        keys = {command.title: command.key for command in pilot.app.palette_commands(write)}
        assert (keys["Tick follow-up"], keys["Trash"], keys["Links in this entry"]) == (
            "f7", "f11", "",
        )  # fmt: skip


async def test_undo_is_a_command_and_is_seen(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        before = write.editor.text
        await pilot.press("a", "f2", "ctrl+p", *"undo", "enter")
        await settle(pilot)
        assert write.editor.text == before and write.read_view is None
        await pilot.press("ctrl+p", *"redo", "enter")
        await settle(pilot)
        assert write.editor.text != before


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_the_frame_ends_below_the_keys(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size=size) as (pilot, _):
        await pilot.press("ctrl+p")
        for _ in range(12):
            await settle(pilot)
            frame = pilot.app.screen.query_one(".frame")
            keys = pilot.app.screen.query_one(".keys")
            assert frame.region.bottom == keys.region.bottom + 1 < size[1]
            await pilot.press("down")
        await pilot.press(*"todo")
        await settle(pilot)
        assert frame.region.bottom == keys.region.bottom + 1


async def titles(pilot: Pilot[None]) -> list[str]:
    """Open the palette, and return the beginnings of its lines."""
    await pilot.press("ctrl+p")
    await settle(pilot)
    return [str(row.prompt)[:26].strip() for row in pilot.app.screen.query_one(OptionList).options]


async def test_what_was_chosen_most_comes_first_and_only_names_are_kept(desk: Desk) -> None:
    with (desk.root / "journal.toml").open("a", encoding="utf-8") as file:
        file.write('\n[queries]\nsecret = "rice"\n')
    async with desk.open() as (pilot, _):
        first = await titles(pilot)
        assert first[:3] == ["Save", "Find", "Learning point"], (
            "the most useful, not the first in ABC"
        )
        await pilot.press(*"trash", "enter")
        await settle(pilot)
        await pilot.press("escape")
        for _ in range(2):
            await pilot.press("ctrl+p", *"calendar", "enter")
            await settle(pilot)
            await pilot.press("escape")
        await pilot.press("ctrl+p", *"secret", "enter")
        await settle(pilot)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert (await titles(pilot))[:3] == ["Calendar", "Trash", "Save"]
        await pilot.press("escape")
    kept = desk.state / "commands"
    assert kept.read_text("utf-8") == "2 calendar\n1 trash\n"
    assert kept.stat().st_mode & 0o077 == 0
    async with desk.open() as (pilot, _):
        assert (await titles(pilot))[:2] == ["Calendar", "Trash"]
        await pilot.press(*"re")
        await settle(pilot)
        rows = [str(row.prompt) for row in pilot.app.screen.query_one(OptionList).options]
        assert rows[0].startswith("Read ") or rows[0].startswith("Redo ")


async def test_a_theme_is_seen_while_it_is_selected(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        before = pilot.app.theme
        await pilot.press("ctrl+p", *"theme", "enter")
        await settle(pilot)
        assert pilot.app.theme == before
        await pilot.press("down")
        await settle(pilot)
        assert pilot.app.theme != before
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.theme == before and pilot.app.screen is write
        assert not (desk.places.config / "settings.toml").exists()
