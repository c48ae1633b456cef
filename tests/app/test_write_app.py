"""The app around the page: actions and keys, settings, themes, the index, the first start."""

import re
import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES
from textual.widgets import TextArea

from journal_tui import journal as journals
from journal_tui import settings
from journal_tui.app.app import JournalApp
from journal_tui.app.commands import (
    KEYS_TAKEN_FROM_TEXT,
    WRITE_PLACES,
    commands,
    help_groups,
    key_faults,
    key_names,
    keymap_from_settings,
)
from journal_tui.app.editor.editor import Editor
from journal_tui.app.screens.help import HelpScreen, LaidOutText
from journal_tui.app.screens.palette import Palette
from journal_tui.app.screens.welcome import WelcomeScreen
from journal_tui.app.write.day_header import DayHeader
from journal_tui.app.write.screen import WriteScreen
from journal_tui.index.index import RefreshResult
from journal_tui.journal import Journal
from tests.app.app_fixture import Desk, painted, settle, told, write_screen

TEXT = (
    "# A day\n\n*one* **two** `code` [l](http://a.b) #tag @jo\n\n- [ ] a due:2026-11-27\n- [x] b\n\n"
    "> quote\n\n## Learning points\n\n- one\n\nEnjoyment: 5/10 – so\n"
)
THEMES = sorted(BUILTIN_THEMES)
# The default and a light one that lacks variables; the others with --thorough.
FEW_THEMES = ("textual-dark", "ansi-light")


def keys_of_actions() -> list[str]:
    return [
        key
        for action in commands(*WRITE_PLACES)
        for key in f"{action.keys},{action.reading_key}".split(",")
        if key
    ]


def test_no_key_that_terminals_cannot_tell_or_that_writing_needs() -> None:
    owned = {key for b in TextArea.BINDINGS for key in (b.key if isinstance(b, Binding) else b[0]).split(",")}  # fmt: skip
    owned -= set(KEYS_TAKEN_FROM_TEXT)
    for action in commands(*WRITE_PLACES):
        for key in filter(None, action.keys.split(",")):
            # Undo and redo are commands of the text area itself.
            assert key not in owned or action.id in ("undo", "redo"), action.id
            if action.id in ("undo", "redo"):
                continue
            assert not re.fullmatch(r"ctrl\+([imhjaekuwdxcvyz]|left_square_bracket)", key), key
            assert not re.fullmatch(r"alt\+([^a-z].*|[a-z]+_.*|comma|minus|slash|at)", key), key
            assert len(key) > 1, f"{key} would not reach {action.id} while one writes"
    keys = keys_of_actions()
    assert len(keys) == len(set(keys))


async def test_each_key_does_its_action(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def note(name: str) -> Callable[..., None]:
        return lambda self: done.append(name)

    names = [action.id for action in commands(*WRITE_PLACES)]
    for name in names:
        for owner in (WriteScreen, Editor, JournalApp):
            if hasattr(owner, f"action_{name}"):
                monkeypatch.setattr(owner, f"action_{name}", note(name))
    async with desk.open() as (pilot, _):
        for action in commands(*WRITE_PLACES):
            for key in filter(None, action.keys.split(",")):
                done.clear()
                await pilot.press(key)
                assert done == [action.id], key


async def test_the_palette_holds_every_action_and_does_it(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        offered = {c.title: c for c in pilot.app.palette_commands(write)}
        for action in commands(*WRITE_PLACES):
            if action.id not in ("command_palette", "quit"):
                assert offered[action.title].help == action.help
                assert callable(offered[action.title].callback)
        assert {"Quit", "Theme"} <= offered.keys()
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Palette)
        await pilot.press("escape")
        assert pilot.app.screen is write


async def test_the_help_holds_every_key(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        parts = [str(part.render()) for part in pilot.app.screen.query(LaidOutText)]
        # A description may be wrapped.
        text = " ".join("\n".join(parts).split())
        for action in commands(*WRITE_PLACES):
            help = f"{action.help[:1].lower()}{action.help[1:]}"
            assert f" {key_names(action)} {action.title} – {help} " in f" {text} "
        await pilot.press("escape")
        assert pilot.app.screen is write
    assert sum(len(keys) for _, keys in help_groups(*WRITE_PLACES)) >= len(commands(*WRITE_PLACES))


async def test_the_footer_fits_eighty_columns(desk: Desk) -> None:
    async with desk.open(size=(80, 24)) as (_, write):
        shown = [b for b in write.active_bindings.values() if b.binding.show]
        assert {b.binding.action for b in shown} == {
            a.id for a in commands(*WRITE_PLACES) if a.in_footer
        }
        keys = list(write.query("FooterKey"))
        assert len(keys) == len({b.binding.action for b in shown})
        assert all(key.region.right <= 80 and key.region.width >= 5 for key in keys)


@pytest.mark.parametrize(
    "name",
    [
        name if name in FEW_THEMES else pytest.param(name, marks=pytest.mark.thorough)
        for name in THEMES
    ],
)
async def test_every_theme_shows_every_screen(desk: Desk, name: str) -> None:
    desk.put(TEXT)
    async with desk.open(size=(140, 40)) as (pilot, write):
        pilot.app.theme = name
        await settle(pilot)
        for key in ("f2", "f2", "ctrl+l", "ctrl+r", "f9", "f8", "f1", "ctrl+p"):
            await pilot.press(key)
            await settle(pilot)
            if pilot.app.screen is not write:
                await pilot.press("escape")
                await settle(pilot)
        await pilot.press("x")
        assert write.editor.text != TEXT
        assert pilot.app.theme == name


async def test_from_theme_to_theme_while_a_dialog_is_open(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+r")
        for name in [*THEMES, *reversed(THEMES)]:
            pilot.app.theme = name
            await pilot.pause()
        assert pilot.app.return_code is None


async def test_without_colours_every_state_has_its_sign(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    desk.put(TEXT)
    async with desk.open(size=(140, 40)) as (pilot, write):
        assert pilot.app.no_color
        for keys in ([], ["f2"], ["f2", "ctrl+l", "o"], ["escape", "escape"], ["f9"]):
            await pilot.press(*keys)
            await settle(pilot)
            assert pilot.app.export_screenshot()
        shown = "".join(painted(pilot.app))
        assert any(f"20 {mark}" in shown for mark in "▁▂▃▄▅▆▇█"), "a written day"
        await pilot.press("escape")
        assert pilot.app.screen is write


@pytest.mark.parametrize(
    ("environment", "theme"),
    [("0;15", "textual-light"), ("15;0", "textual-dark"), ("", "textual-dark")],
)
async def test_the_first_theme_follows_the_terminal_and_is_not_remembered(
    desk: Desk, environment: str, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORFGBG", environment)
    async with desk.open() as (pilot, _):
        assert pilot.app.theme == theme
    assert settings.load(desk.places.config).theme == ""


async def test_the_theme_of_the_settings_is_taken(desk: Desk) -> None:
    desk.settings('theme = "ansi-light"\n')
    async with desk.open() as (pilot, _):
        assert pilot.app.theme == "ansi-light"


@pytest.mark.parametrize(
    "source",
    [
        "theme = ",
        "theme = 3\n",
        "keys = 1\n",
        '[keys]\nfind = "ctrl+k"\n',
        '[keys]\nfnd = "f7"\n',
        "\x00",
    ],
)
async def test_wrong_settings_are_reported_and_stop_nothing(desk: Desk, source: str) -> None:
    desk.settings(source)
    async with desk.open() as (pilot, write):
        assert "settings.toml" in told(pilot)
        await pilot.press("x", "ctrl+s")
        assert desk.file().exists() and write.editor.has_focus


async def test_an_unknown_theme_leaves_the_usual_one(desk: Desk) -> None:
    desk.settings('theme = "no such"\n')
    async with desk.open() as (pilot, _):
        assert pilot.app.theme == "textual-dark"


async def test_the_persons_own_keys(desk: Desk) -> None:
    desk.settings('[keys]\nrate = "insert, f12"\nquit = "f11"\nfind_in_text = "ctrl+underscore"\n')
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+r")
        assert pilot.app.screen is write
        await pilot.press("f12")
        assert pilot.app.screen is not write
        await pilot.press("escape", "f11")
        await pilot.pause()
        assert pilot.app.return_code == 0


async def test_the_key_of_the_list_of_commands_can_be_changed(desk: Desk) -> None:
    desk.settings('[keys]\ncommand_palette = "f11"\n')
    async with desk.open() as (pilot, write):
        for opened in ((), ("f3",)):
            await pilot.press(*opened)
            await settle(pilot)
            screen = pilot.app.screen
            await pilot.press("ctrl+p")
            assert pilot.app.screen is screen
            await pilot.press("f11")
            assert isinstance(pilot.app.screen, Palette)
            await pilot.press("escape")
        assert pilot.app.screen is not write


@pytest.mark.parametrize("key", ["ctrl+p", "ctrl+q"])
def test_a_key_that_works_everywhere_is_refused_in_find(key: str) -> None:
    assert "cannot be used for order in Find" in key_faults({"order": key}, "find-keys")[0]


@pytest.mark.parametrize(
    "key", ["F7", "notakey", "f77", "ctrl+ctrl+o", "ctrl+", "\x1b[31m", "ctrl+\u202e", "x" * 10_000]
)
def test_a_key_that_no_keyboard_has_is_named_and_not_used(key: str) -> None:
    (fault,) = key_faults({"rate": f"{key},f11"})
    assert fault.startswith(f"settings.toml: {key} cannot be used for rate ")
    assert keymap_from_settings({"rate": f"{key},f11"}) == {"rate": "f11"}
    assert keymap_from_settings({"rate": key}) == {}


@pytest.mark.parametrize(
    "key", ["f11", "shift+f11", "ctrl+slash", "ctrl+underscore", "alt+é", "alt+full_stop", "insert"]
)
def test_a_key_of_any_keyboard_can_be_used(key: str) -> None:
    assert key_faults({"rate": key}) == []
    assert keymap_from_settings({"rate": key}) == {"rate": key}


def test_keys_that_cannot_work_are_named() -> None:
    keys = {"find": "ctrl+k", "rate": "f11", "nothing": "f3", "save": "ctrl+h,ctrl+s", "today": "t"}
    faults = "\n".join(key_faults(keys))
    assert (
        "ctrl+k" in faults and "nothing" in faults and "ctrl+h" in faults and ": t cannot" in faults
    )
    assert "f11" not in faults
    assert keymap_from_settings(
        {"find_in_text": "f7", "rate": " f11 , f6", "nothing": "f9", "save": ""}
    ) == {
        "editor.find_in_text": "f7",
        "rate": "f11,f6",
    }


@pytest.mark.usefixtures("held_worker")
async def test_typing_goes_on_while_the_index_is_built(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, begun = threading.Event(), threading.Event()

    def slow(
        self: Journal,
        progress: Callable[[int, int], None],
        stop: Callable[[], bool],
        rest: Callable[[], None],
    ) -> RefreshResult:
        progress(1_000, 3_410)
        begun.set()
        assert go_on.wait(20)
        progress(3_410, 3_410)
        return RefreshResult(0, 0, ())

    monkeypatch.setattr(Journal, "refresh", slow)
    app = JournalApp(desk.journal())
    async with app.run_test(size=(80, 24)) as pilot:
        while not begun.is_set():
            await pilot.pause()
        await pilot.pause()
        write = write_screen(pilot)
        header = write.query_one(DayHeader)
        assert "reading 1,000 of 3,410 entries" in str(header.content)
        await pilot.press(*"typed", "ctrl+s")
        assert "typed" in desk.file().read_text()
        await pilot.press("ctrl+l", "x")
        await pilot.press("escape")
        go_on.set()
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert "reading" not in str(header.content) and "Desk" in str(header.content)


@pytest.mark.usefixtures("held_worker")
async def test_leaving_does_not_wait_for_the_index(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, ended = threading.Event(), threading.Event()

    def slow(
        self: Journal,
        progress: Callable[[int, int], None],
        stop: Callable[[], bool],
        rest: Callable[[], None],
    ) -> RefreshResult:
        assert go_on.wait(20)
        progress(1, 1_000)
        assert stop()
        ended.set()
        return RefreshResult(0, 0, ())

    monkeypatch.setattr(Journal, "refresh", slow)
    app = JournalApp(desk.journal())
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app.return_code == 0
    go_on.set()
    assert ended.wait(20)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["2026-02-30.md"], "2026/2026-02-30.md could not be read as an entry."),
        (
            ["2026-02-30.md", "2026-02-31.md", "2026-13-01.md"],
            "2026/2026-02-30.md and 2 other files with a date could not be read as entries.",
        ),
        # The others aren't a reason to say anything, but they count.
        (
            ["2026-02-30.md", "Visit 2026-02-03.md", "26-02-03.md", "Ideas.md"],
            "2026/2026-02-30.md and 2 other files with a date could not be read as entries.",
        ),
        (["Visit 2026-02-03.md", "26-02-03.md", "Ideas.md"], ""),
        (
            ["2026-02-30.md", "2026-02-03.sync-conflict-20260204-101010-ABC.md"],
            "2026/2026-02-30.md could not be read as an entry.",
        ),
        (["2026-02-30\u202e.md"], "2026/2026-02-30\ufffd.md could not be read as an entry."),
    ],
)
async def test_files_that_are_not_entries_are_named_and_counted(
    desk: Desk, names: list[str], said: str
) -> None:
    desk.put("# x", date(2026, 11, 3))
    for name in names:
        (desk.root / "2026" / name).write_text("# x")
    async with desk.open() as (pilot, write):
        shown = told(pilot)
        assert said in shown and ("read as" in shown) == bool(said)
        await pilot.press("x")
        assert "x" in write.editor.text


async def test_a_broken_journal_toml_is_a_sentence(desk: Desk) -> None:
    (desk.root / "journal.toml").write_text("name = ")
    app = JournalApp(desk.journal())
    async with app.run_test() as pilot:
        await pilot.pause()
    assert app.return_code == 1


async def test_the_first_start_makes_a_journal_and_goes_on(desk: Desk, tmp_path: Path) -> None:
    app = JournalApp(None, None, tmp_path, desk.places)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)
        for _ in range(20):
            await pilot.press("backspace")
        await pilot.press(*f"{tmp_path}/mine", "enter")
        await settle(pilot)
        write = write_screen(pilot)
        assert app.screen is write and write.editor.has_focus
        await pilot.press(*"begun", "ctrl+s")
        assert [path.read_text().count("begun") for path in tmp_path.glob("mine/*/*.md")] == [1]
    assert settings.load(desk.places.config).journal == str(tmp_path / "mine")


async def test_the_first_start_opens_a_journal_that_is_there(desk: Desk, tmp_path: Path) -> None:
    desk.put("# Otters", date(2026, 11, 3))
    before = (desk.root / "journal.toml").read_bytes()
    app = JournalApp(None, None, tmp_path, desk.places)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for _ in range(20):
            await pilot.press("backspace")
        await pilot.press(*str(desk.root), "enter")
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is write_screen(pilot)
        assert app.journal and app.journal.root == desk.root
    assert (desk.root / "journal.toml").read_bytes() == before
    assert settings.load(desk.places.config).journal == str(desk.root)


async def test_the_first_start_can_be_left(desk: Desk, tmp_path: Path) -> None:
    for keys in (["escape"], ["ctrl+q"]):
        app = JournalApp(None, None, tmp_path, desk.places)
        async with app.run_test() as pilot:
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()
            assert app.return_code == 0


async def test_the_sample_can_be_opened_where_there_is_one(desk: Desk, tmp_path: Path) -> None:
    desk.root.rename(tmp_path / "entries")
    app = JournalApp(None, None, tmp_path, desk.places)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("f2")
        await settle(pilot)
        assert write_screen(pilot).journal.root == (tmp_path / "entries").resolve()


async def test_a_sample_that_is_broken_ends_with_a_sentence(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.root.rename(tmp_path / "entries")
    (tmp_path / "entries" / "journal.toml").write_text("start = banana\n")
    app = JournalApp(None, None, tmp_path, desk.places)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("f2")
        await pilot.pause()
        assert app.return_code == 1
    assert "is not valid TOML" in capsys.readouterr().err.replace("\n", "")


async def test_many_days_page_quickly_and_stay_right(desk: Desk) -> None:
    first = date(2026, 8, 1)
    days = [first + timedelta(n) for n in range(60)]
    for number, day in enumerate(days):
        desk.put(f"# Day {number}\n\n## Learning points\n\n- point {number}\n", day)
    async with desk.open(days[-1], size=(140, 40)) as (pilot, write):
        for day in reversed(days[:-1]):
            write.action_previous_written()
            assert write.session.day == day and f"- point {days.index(day)}\n" in write.editor.text
        await settle(pilot)
    assert isinstance(write, Screen)


async def test_a_folder_that_is_opened_as_it_is_says_what_is_not_read(desk: Desk) -> None:
    (desk.root / "journal.toml").unlink()
    for day in range(1, 4):
        (desk.root / "journals").mkdir(exist_ok=True)
        (desk.root / "journals" / f"2026_11_0{day}.md").write_text("## Gelernt\n\n- eins\n")
    async with desk.open() as (pilot, write):
        assert "items under “Gelernt” aren't read" in told(pilot)
        await pilot.press(*"written", "ctrl+s")
        await settle(pilot)
        assert "written" in (desk.root / "journals" / "2026_11_20.md").read_text("utf-8")
        pilot.app.clear_notifications()
        write.refresh_index()
        await settle(pilot)
        assert "Gelernt" not in told(pilot)
    journals.create(desk.root, desk.today)
    async with desk.open() as (pilot, _):
        assert "Gelernt" not in told(pilot)
