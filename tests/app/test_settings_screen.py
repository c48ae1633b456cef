"""The settings in the app: every one is shown with its file, changed there, and undone."""

import errno
import os
from datetime import time
from pathlib import Path

import pytest
from textual.events import AppFocus, Key
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from journal_tui.all_settings import SETTINGS
from journal_tui.app.screens.dialog import ChoiceDialog
from journal_tui.app.screens.help import HelpScreen
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.app.screens.palette import Palette
from journal_tui.app.settings.dialogs import PageArea, TemplateDialog
from journal_tui.app.settings.screen import SettingsScreen
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.write.screen import WriteScreen
from journal_tui.errors import SaveError
from tests.app.app_fixture import Desk, messages, painted, settle, told, write_screen

SIZES = [(60, 20), (80, 24), (140, 40)]


async def settings_of(pilot: Pilot[None]) -> SettingsScreen:
    """Open the settings by the palette, as a person does."""
    await pilot.press("ctrl+p", *"settings", "enter")
    await settle(pilot)
    assert isinstance(pilot.app.screen, SettingsScreen)
    return pilot.app.screen


async def choose(pilot: Pilot[None], name: str) -> None:
    """Put the cursor on a setting, or on a table of keys, and press enter."""
    screen = pilot.app.screen
    assert isinstance(screen, SettingsScreen)
    rows = screen.rows
    at = next(
        i for i, row in enumerate(rows) if name in (row.table, row.setting and row.setting.name)
    )
    screen.query_one(OptionList).highlighted = at
    await pilot.pause()
    await pilot.press("enter")
    await settle(pilot)


async def put(pilot: Pilot[None], words: str) -> None:
    """Write a line in the place of the one in the dialog, and press enter."""
    pilot.app.screen.query_one(SingleLineInput).value = words
    await pilot.pause()
    await pilot.press("enter")
    await settle(pilot)


def shown(screen: SettingsScreen, name: str) -> str:
    """The row of a setting, as it is in the list."""
    options = screen.query_one(OptionList).options
    at = next(i for i, row in enumerate(screen.rows) if row.setting and row.setting.name == name)
    return " ".join(str(options[at].prompt).split())


def toml(desk: Desk) -> Path:
    return desk.root / "journal.toml"


def own(desk: Desk) -> Path:
    return desk.places.config / "settings.toml"


def said(pilot: Pilot[None]) -> list[str]:
    return [note.message for note in messages(pilot.app)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_setting_is_listed_and_says_what_it_is_and_where(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with desk.open(size=size) as (pilot, _):
        screen = await settings_of(pilot)
        assert {row.setting for row in screen.rows if row.setting} == set(SETTINGS)
        lines = painted(pilot.app)
        assert any(
            line.strip().startswith("Yours, on this computer: settings.toml") for line in lines
        )
        assert "Change" in lines[-1] and "Undo" in lines[-1] and "Back" in lines[-1]
        options = screen.query_one(OptionList)
        for at, row in enumerate(screen.rows):
            if row.setting is None:
                continue
            options.highlighted = at
            await pilot.pause()
            about = str(screen.query_one(".about", Static).content)
            file = own(desk) if row.setting.is_personal else toml(desk)
            assert row.setting.help in about and row.setting.effect in about
            assert f"{row.setting.name}, in {file}" in about
            assert all(len(line) <= size[0] for line in painted(pilot.app))


async def test_a_theme_is_shown_while_it_is_selected_and_written_when_chosen(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        app = pilot.app
        before = app.theme
        screen = await settings_of(pilot)
        assert shown(screen, "theme") == f"Theme {before} (default)"
        await choose(pilot, "theme")
        assert isinstance(app.screen, Palette) and app.theme == before
        await pilot.press(*"nord")
        await settle(pilot)
        assert app.theme == "nord" and not own(desk).exists()
        await pilot.press("escape")
        await settle(pilot)
        assert app.theme == before and not own(desk).exists() and app.screen is screen
        await choose(pilot, "theme")
        await pilot.press(*"nord", "enter")
        await settle(pilot)
        assert app.theme == "nord" and own(desk).read_text("utf-8") == 'theme = "nord"\n'
        assert shown(screen, "theme") == "Theme nord"
        assert said(pilot) == ["Theme: nord. Written to settings.toml."]
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert app.theme == before and not own(desk).exists()
        assert said(pilot)[-1].startswith("Undone: Theme is")


async def test_a_key_is_set_by_pressing_it_and_works_at_once(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        screen = await settings_of(pilot)
        await choose(pilot, "keys")
        await pilot.press(*"calendar", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LineDialog)
        await pilot.press("f6", "enter")
        await settle(pilot)
        meaning = pilot.app.screen.query_one(".meaning", Static)
        assert "F6 cannot be used for calendar" in str(meaning.content), "it is the text's"
        await pilot.press("ctrl+s", "enter")
        assert "is the key of save and of calendar" in str(meaning.content)
        await pilot.press("f11", "enter")
        await settle(pilot)
        assert own(desk).read_text("utf-8") == '[keys]\ncalendar = "f11"\n'
        assert any("1 key changed: calendar" in line for line in painted(pilot.app))
        await pilot.press("escape", "f11")
        await settle(pilot)
        assert type(pilot.app.screen).__name__ == "ReviewScreen"
        await pilot.press("escape")
        await settings_of(pilot)
        await choose(pilot, "keys")
        await pilot.press(*"calendar", "enter")
        await settle(pilot)
        await put(pilot, "")
        assert own(desk).read_text("utf-8") == "[keys]\n"
        await pilot.press("escape", "f11")
        await settle(pilot)
        assert pilot.app.screen is write and screen is not write


async def test_a_bad_value_stays_in_its_dialog_which_says_what_to_write(desk: Desk) -> None:
    before = toml(desk).read_bytes()
    async with desk.open() as (pilot, _):
        screen = await settings_of(pilot)
        await choose(pilot, "day-ends")
        await put(pilot, "25:00")
        assert isinstance(pilot.app.screen, LineDialog)
        meaning = pilot.app.screen.query_one(".meaning", Static)
        said = "“25:00” can't be used. Write a time from 00:00 to 12:00, such as 04:00."
        assert str(meaning.content) == said and meaning.has_class("-wrong")
        assert toml(desk).read_bytes() == before
        await put(pilot, "4")
        assert 'day-ends = "04:00"\n# day-ends' in toml(desk).read_text("utf-8")
        assert shown(screen, "day-ends") == "End of the day 04:00"
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert toml(desk).read_bytes() == before


async def test_the_counting_shows_at_once_on_an_unwritten_page(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        assert write.editor.text.startswith("# Day 15 – Friday")
        await settings_of(pilot)
        await choose(pilot, "count")
        assert isinstance(pilot.app.screen, ChoiceDialog)
        await pilot.press("c")
        await settle(pilot)
        assert write.editor.text.startswith("# Day 19 – Friday")
        await choose(pilot, "start")
        await put(pilot, "yesterday")
        assert "start = 2026-11-19" in toml(desk).read_text("utf-8")
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write and write.editor.text.startswith("# Day 2 – Friday")
        assert not desk.file().exists(), "a page without words isn't written"


async def test_a_days_end_changes_today_at_once(desk: Desk) -> None:
    desk.now = desk.now.replace(hour=0, minute=30)
    async with desk.open() as (pilot, write):
        await settings_of(pilot)
        await choose(pilot, "day-ends")
        await put(pilot, "04:00")
        assert "It is now Thursday 19 November 2026." in told(pilot)
        await pilot.press("escape", "ctrl+t")
        await settle(pilot)
        assert write.session.day.isoformat() == "2026-11-19"


async def come_back(pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Come back from another window, a while after the last key."""
    monkeypatch.setattr("journal_tui.app.app.IDLE_SECONDS", 0.0)
    pilot.app.post_message(AppFocus())
    await settle(pilot)


async def test_settings_that_were_changed_elsewhere_are_used(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("# A day\n\n## Merksätze\n\n- Rice is nice\n\nEnjoyment: 4\n")
    said = "The settings were changed elsewhere. The changes are in effect now."
    async with desk.open() as (pilot, write):
        await come_back(pilot, monkeypatch)
        assert not messages(pilot.app), "nothing has changed"
        desk.settings('theme = "nord"\neditor = "nano"\n[keys]\ncalendar = "f11"\n')
        await come_back(pilot, monkeypatch)
        assert pilot.app.theme == "nord" and write.external_editor == "nano"
        assert [note.message for note in messages(pilot.app)] == [said]
        pilot.app.clear_notifications()
        await pilot.press("f11")
        await settle(pilot)
        assert type(pilot.app.screen).__name__ == "ReviewScreen"
        known = toml(desk).read_text("utf-8")
        toml(desk).write_text('day-ends = "04:00"\n' + known, "utf-8")
        await come_back(pilot, monkeypatch)
        assert not messages(pilot.app), "not over another screen"
        await pilot.press("escape")
        await come_back(pilot, monkeypatch)
        assert write.journal.config.day_ends == time(4) and write_screen(pilot) is write
        assert [note.message for note in messages(pilot.app)] == [said]
        headings = '[sections]\nlearning = "Merksätze"\n'
        toml(desk).write_text(known.replace("[sections]\n", headings), "utf-8")
        await pilot.press("ctrl+end", *"x")
        await come_back(pilot, monkeypatch)
        page = write_screen(pilot)
        assert page is not write and page.editor.text.endswith("4\nx")
        assert [point.text for point in page.entry.points] == ["Rice is nice"]


async def test_a_heading_of_notes_that_was_set_elsewhere_is_searched(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("# A day\n\n## Grumbles\n\n- The lifts\n")
    async with desk.open() as (pilot, _):
        heading = '\n[notes.visit.sections]\n"Grumbles" = "feedback"\n'
        toml(desk).write_text(toml(desk).read_text("utf-8") + heading, "utf-8")
        await come_back(pilot, monkeypatch)
        assert list(write_screen(pilot).journal.find("in:feedback lifts"))


async def test_broken_settings_are_reported_once_and_not_used(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk.open() as (pilot, write):
        toml(desk).write_text("name = \n", "utf-8")
        await come_back(pilot, monkeypatch)
        assert len(messages(pilot.app)) == 1 and "isn't valid" not in write.editor.text
        assert "is not valid TOML" in messages(pilot.app)[0].message
        pilot.app.clear_notifications()
        await come_back(pilot, monkeypatch)
        assert not messages(pilot.app) and write.journal.config.name == "Desk"


async def test_what_is_changed_here_is_not_said_to_be_changed_elsewhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+p", *"theme", "enter")
        await settle(pilot)
        await pilot.press(*"nord", "enter")
        await settle(pilot)
        write_screen(pilot).journal.saved_searches.save("rice", "rice")
        await come_back(pilot, monkeypatch)
        assert pilot.app.theme == "nord" and not messages(pilot.app)


async def test_a_switch_is_yes_or_no(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        screen = await settings_of(pilot)
        assert shown(screen, "links") == "Linked entry files no (default)"
        await choose(pilot, "links")
        await pilot.press("y")
        await settle(pilot)
        assert shown(screen, "links") == "Linked entry files yes"
        about = str(screen.query_one(".about", Static).content)
        assert "Default: no." in about
        assert "links = true" in own(desk).read_text("utf-8")


async def test_what_was_typed_is_saved_and_stays_when_the_template_changes(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press(*"hello")
        await settings_of(pilot)
        assert "hello" in desk.file().read_text("utf-8")
        await choose(pilot, "templates.day")
        dialog = pilot.app.screen
        assert isinstance(dialog, TemplateDialog)
        area = dialog.query_one(PageArea)
        assert "{cursor}" in area.text, "it begins with the default"
        area.text = "# {date}\n\n{cursor}\n\nWhat went {well}?\n"
        await pilot.pause()
        assert "Nothing is filled in for {well}." in str(
            dialog.query_one(".meaning", Static).content
        )
        await pilot.press("escape")
        assert pilot.app.screen is dialog, "what was typed isn't lost by one key"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert 'day = """\n# {date}\n' in toml(desk).read_text("utf-8")
        await pilot.press("escape", "alt+left")
        await settle(pilot)
        assert write.editor.text == "# Thursday 19 November 2026\n\n\n\nWhat went {well}?\n"
        await pilot.press("alt+right")
        await settle(pilot)
        assert "hello" in write.editor.text and "well" not in write.editor.text


async def test_after_a_change_of_headings_entries_are_read_again(desk: Desk) -> None:
    desk.put("# A day\n\n## Merksätze\n\n- Rice is nice\n")
    async with desk.open() as (pilot, write):
        assert not write.entry.points
        await settings_of(pilot)
        await choose(pilot, "sections.learning")
        await put(pilot, "Merksätze, Gelernt")
        assert 'learning = ["Merksätze", "Gelernt"]' in toml(desk).read_text("utf-8")
        screen = pilot.app.screen
        assert "Default: Learning points." in str(screen.query_one(".about", Static).content)
        await pilot.press("escape")
        await settle(pilot)
        page = write_screen(pilot)
        assert isinstance(page, WriteScreen) and pilot.app.screen is page and page is not write
        assert [point.text for point in page.entry.points] == ["Rice is nice"]
        journal = page.journal
        assert [hit.text for hit in journal.find("rice", "learning")] == ["Rice is nice"]
        await settings_of(pilot)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert 'learning = ["Mer' not in toml(desk).read_text("utf-8"), "it is undone later, too"
        await pilot.press("escape")
        await settle(pilot)
        assert not write_screen(pilot).entry.points
        await pilot.press("ctrl+end", "x", "ctrl+s")
        await settle(pilot)
        assert desk.file().read_text("utf-8").endswith("- Rice is nice\nx")
        assert not said(pilot) or "window" not in " ".join(said(pilot))


async def test_a_broken_file_of_ones_own_is_said_and_the_others_can_be_changed(desk: Desk) -> None:
    desk.settings("theme = \n")
    async with desk.open() as (pilot, _):
        screen = await settings_of(pilot)
        fault = screen.query_one(".fault", Static)
        assert "is not valid TOML" in str(fault.content) and fault.display
        await choose(pilot, "theme")
        assert pilot.app.screen is screen and "is not valid TOML" in said(pilot)[-1]
        await choose(pilot, "name")
        await put(pilot, "Work")
        assert 'name = "Work"' in toml(desk).read_text("utf-8")
        assert own(desk).read_text("utf-8") == "theme = \n"


async def test_a_config_folder_that_cannot_be_written_is_said(desk: Desk) -> None:
    desk.places.config.write_text("a file in the way", "utf-8")
    async with desk.open() as (pilot, _):
        screen = await settings_of(pilot)
        before = pilot.app.theme
        await choose(pilot, "theme")
        if pilot.app.screen is not screen:
            await pilot.press(*"nord", "enter")
            await settle(pilot)
        assert any("settings.toml" in sentence for sentence in said(pilot))
        assert pilot.app.theme == before, "what isn't written isn't shown as if it were"


async def test_a_theme_that_there_is_not_can_be_replaced(desk: Desk) -> None:
    desk.settings('theme = "norb" # mine\n')
    async with desk.open() as (pilot, _):
        assert any("no theme called “norb”" in sentence for sentence in said(pilot))
        screen = await settings_of(pilot)
        assert shown(screen, "theme") == "Theme norb"
        await choose(pilot, "theme")
        await pilot.press(*"dracula", "enter")
        await settle(pilot)
        assert own(desk).read_text("utf-8") == 'theme = "dracula" # mine\n'
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert own(desk).read_text("utf-8") == 'theme = "norb" # mine\n'
        assert pilot.app.theme == "textual-dark" and shown(screen, "theme") == "Theme norb"


async def test_a_theme_that_cannot_be_written_is_not_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.settings('theme = "dracula"\n')
    async with desk.open() as (pilot, _):
        screen = await settings_of(pilot)
        await choose(pilot, "theme")

        def fail(*_: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(os, "replace", fail)
        await pilot.press(*"nord", "enter")
        await settle(pilot)
        monkeypatch.undo()
        assert pilot.app.theme == "dracula" and shown(screen, "theme") == "Theme dracula"
        assert any("cannot be written: Permission denied" in sentence for sentence in said(pilot))
        assert [path.name for path in desk.places.config.iterdir()] == ["settings.toml"]


async def test_the_default_removes_the_line_and_undo_brings_it_back(desk: Desk) -> None:
    desk.settings('# Mine\ntheme = "nord" # dark\neditor = "true"\n')
    source = own(desk).read_text("utf-8")
    async with desk.open() as (pilot, _):
        screen = await settings_of(pilot)
        screen.query_one(OptionList).highlighted = 1
        await pilot.press("d")
        await settle(pilot)
        assert own(desk).read_text("utf-8") == '# Mine\neditor = "true"\n'
        assert pilot.app.theme == "textual-dark"
        await pilot.press("d")
        await settle(pilot)
        own(desk).write_text('# Mine\neditor = "false"\n', "utf-8")
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert own(desk).read_text("utf-8") == '# Mine\neditor = "false"\ntheme = "nord"\n'
        assert pilot.app.theme == "nord"
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert said(pilot)[-1] == "There is no change to undo."
        assert source


async def test_a_sample_is_shown_but_not_written_to(desk: Desk) -> None:
    toml(desk).write_text(f"sample = true\n{toml(desk).read_text('utf-8')}", "utf-8")
    before = toml(desk).read_bytes()
    async with desk.open() as (pilot, _):
        screen = await settings_of(pilot)
        assert any(
            row.title.endswith("(a sample: nothing is written to it)") for row in screen.rows
        )
        await choose(pilot, "name")
        await put(pilot, "Work")
        assert toml(desk).read_bytes() == before
        assert any("This is a sample" in sentence for sentence in said(pilot))


async def test_f1_is_about_settings(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await settings_of(pilot)
        await pilot.press("f1")
        assert isinstance(pilot.app.screen, HelpScreen) and pilot.app.screen.topic == "settings"


async def test_another_journal_has_its_own_settings(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "second")
    other.places = desk.places
    toml(desk).write_text(f'day-ends = "04:00"\n{toml(desk).read_text("utf-8")}', "utf-8")
    async with desk.open() as (pilot, _):
        screen = await settings_of(pilot)
        assert shown(screen, "day-ends") == "End of the day 04:00"
    async with other.open() as (pilot, _):
        screen = await settings_of(pilot)
        assert shown(screen, "day-ends") == "End of the day 00:00 (default)"
        await choose(pilot, "name")
        await put(pilot, "Second")
        assert 'name = "Second"' in toml(other).read_text("utf-8")
        assert 'name = "Desk"' in toml(desk).read_text("utf-8")


async def test_one_who_reads_still_reads_after_a_change_of_headings(desk: Desk) -> None:
    desk.put("# A day\n\n## Merksätze\n\n- Rice is nice\n")
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        await settings_of(pilot)
        await choose(pilot, "sections.learning")
        await put(pilot, "Merksätze")
        await pilot.press("escape")
        await settle(pilot)
        page = write_screen(pilot)
        assert page is not write and page.read_view is not None
        await pilot.press("e", "x")
        assert "x" in page.editor.text


async def test_settings_open_although_the_page_cannot_be_saved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press(*"hello")

        def fail(*_: object, **__: object) -> None:
            raise SaveError("The disk is full.")

        monkeypatch.setattr(write.journal.entries, "save", fail)
        screen = await settings_of(pilot)
        await choose(pilot, "sections.learning")
        await put(pilot, "Lessons")
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write and screen is not write
        assert "hello" in write.editor.text
        assert any(
            "To use the changed settings, save this page" in sentence for sentence in said(pilot)
        )


async def test_a_theme_that_is_chosen_from_the_palette_is_in_the_list(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        screen = await settings_of(pilot)
        await pilot.press("ctrl+p", *"theme", "enter")
        await settle(pilot)
        await pilot.press(*"nord", "enter")
        await settle(pilot)
        assert pilot.app.screen is screen and shown(screen, "theme") == "Theme nord"


async def test_letters_that_arrive_together_with_the_slash_find_a_setting(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        screen = await settings_of(pilot)
        for character in "/end of the d":
            key = {"/": "slash", " ": "space"}.get(character, character)
            pilot.app.post_message(Key(key, character))
        await settle(pilot)
        assert pilot.app.screen.query_one(SingleLineInput).value == "end of the d"
        await pilot.press("enter")
        await settle(pilot)
        row = screen.rows[screen.list.highlighted or 0]
        assert row.setting and row.setting.name == "day-ends"


@pytest.mark.parametrize("size", SIZES)
async def test_the_theme_that_is_used_is_in_view(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size=size) as (pilot, _):
        pilot.app.theme = "textual-light"
        await settings_of(pilot)
        await choose(pilot, "theme")
        assert isinstance(pilot.app.screen, Palette)
        themes = pilot.app.screen.query_one(OptionList)
        assert themes.highlighted is not None
        assert "textual-light" in "\n".join(painted(pilot.app))


async def test_the_question_of_a_switch_says_what_is_so_now(desk: Desk) -> None:
    async with desk.open(size=(80, 24)) as (pilot, _):
        await settings_of(pilot)
        await choose(pilot, "returning-points")
        said = "\n".join(painted(pilot.app))
        assert " y  yes (as it is now)" in said and " n  no " in said
        await pilot.press("n")
        await settle(pilot)
        assert "returning-points = false" in toml(desk).read_text("utf-8")


async def test_the_pattern_of_names_is_shown_by_todays_name(desk: Desk) -> None:
    async with desk.open(size=(80, 24)) as (pilot, _):
        await settings_of(pilot)
        await choose(pilot, "file")
        line = pilot.app.screen.query_one(SingleLineInput)
        line.value = "{yyyy}_{mm}_{dd}.md"
        await settle(pilot)
        assert "today's entry would be 2026_11_20.md" in "\n".join(painted(pilot.app))
