"""The table of commands: one line in it is all that a new command needs."""

import subprocess
import sys

import pytest

from journal_tui.app.commands import (
    COMMANDS,
    WRITE_PLACES,
    commands,
    help_groups,
    key_faults,
    palette_commands,
)
from journal_tui.app.write.screen import WriteScreen
from tests.app.app_fixture import Desk, painted, settle

# A fresh process, since screens take their bindings from the table when they are imported.
ADDED = """
import asyncio, sys
from datetime import date
from pathlib import Path

from journal_tui.app import commands

commands.COMMANDS += (
    commands.Command("wave", "f11", "Wave", "Wave at the reader", "write", "App", in_footer=True),
)

from journal_tui.app.app import JournalApp
from journal_tui.app.write.screen import WriteScreen
from journal_tui.journal import Journal
from journal_tui.settings import Places

waved = []
WriteScreen.action_wave = lambda self: waved.append(1)


async def use() -> None:
    folder = Path(sys.argv[1])
    places = Places(*(folder / name for name in ("config", "cache", "state")))
    places.config.mkdir(exist_ok=True)
    (places.config / "settings.toml").write_text('[keys]\\nwave = "ctrl+underscore"\\n')
    app = JournalApp(Journal(folder / "journal", places))
    async with app.run_test(size=(140, 40)) as pilot:
        while not isinstance(app.screen, WriteScreen):
            await pilot.pause(0.01)
        await pilot.pause()
        write = app.screen
        print("palette", [c.help for c in app.palette_commands(write) if c.title == "Wave"])
        print("footer", [b.binding.description for b in write.active_bindings.values()
                         if b.binding.action == "wave" and b.binding.show])
        print("help", [row for _, rows in commands.help_groups(*commands.WRITE_PLACES) for row in rows
                       if "reader" in row[2]])
        await pilot.press("ctrl+underscore")
        print("settings key", waved)
        print("faults", commands.key_faults({"wave": "f6"}))

asyncio.run(use())
"""


def test_one_line_adds_a_command_everywhere(desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ADDED, str(desk.root.parent)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        "palette ['Wave at the reader']",
        "footer ['Wave']",
        "help [('f11', 'Wave', 'Wave at the reader')]",
        "settings key [1]",
        "faults ['settings.toml: f6 cannot be used for wave while you are writing. Choose another key.']",
    ], done.stderr


def test_each_command_has_one_id_in_its_place() -> None:
    named = [(command.where, command.id) for command in COMMANDS]
    assert len(named) == len(set(named))
    ids = [command.id for command in commands(*WRITE_PLACES)]
    assert len(ids) == len(set(ids)), "settings.toml names them by the id alone"


@pytest.mark.parametrize("places", [WRITE_PLACES, ("find",)])
def test_no_two_commands_of_a_screen_have_one_key(places: tuple[str, ...]) -> None:
    keys = [key for command in commands(*places) for key in command.keys.split(",") if key]
    reading = [command.reading_key for command in commands(*places) if command.reading_key]
    assert len(keys) == len(set(keys)) and len(reading) == len(set(reading))


def test_no_command_takes_a_key_that_writing_needs() -> None:
    keys = {command.id: command.keys for command in commands(*WRITE_PLACES) if command.keys}
    assert len(keys) > 20 and key_faults(keys) == []


def test_a_command_without_a_method_is_named() -> None:
    with pytest.raises(LookupError, match="action_save for the command save"):
        list(palette_commands(WRITE_PLACES))


def test_the_help_of_find_begins_its_rows_with_the_keys_that_move() -> None:
    groups = dict(help_groups("find"))
    assert [row[0] for row in groups["Results"][:2]] == ["↑↓ pgup pgdn", "ctrl+home ctrl+end"]
    assert list(groups) == ["Results", "Find", "Searches"]


def footer(write: WriteScreen) -> list[str]:
    active = write.active_bindings.values()
    return [one.binding.description for one in active if one.binding.show]


async def test_the_footer_leads_with_what_one_needs_next(desk: Desk) -> None:
    desk.put("# A day\n\nSeen.\n")
    async with desk.open() as (pilot, write):
        assert footer(write)[0] == "Save"
        await pilot.press("f2")
        await settle(pilot)
        assert footer(write)[0] == "Write" and "Save" not in footer(write)
        await pilot.press("e", "ctrl+l")
        await settle(pilot)
        find = pilot.app.screen.active_bindings.values()
        shown = [one.binding.description for one in find if one.binding.show]
        assert shown[0] == "Open" and "Back" in shown
    toml = desk.root / "journal.toml"
    toml.write_text(f"sample = true\n{toml.read_text('utf-8')}", "utf-8")
    async with desk.open() as (pilot, write):
        assert footer(write)[0] == "Begin your own" and "Save" not in footer(write)
        assert "Point" not in footer(write) and "Find" in footer(write)
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert "Nothing is written" in painted(pilot.app)[2], "the key still answers"
