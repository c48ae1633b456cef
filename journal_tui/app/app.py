"""The app: one journal on the screen, from the first paint to a safe end."""

import asyncio
import os
import sys
import time
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import events, work
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.driver import Driver
from textual.screen import Screen

from journal_tui import journal as journals
from journal_tui import settings
from journal_tui.app import faults, garbage, shutdown, textual_guards
from journal_tui.app.actions import (
    HELP_TEXT,
    bindings,
    help_groups,
    key_faults,
    usable_keys,
)
from journal_tui.app.navigation import AppScreen, NavigatingApp, close_above
from journal_tui.app.screens.write import Write
from journal_tui.app.widgets.editor import Editor
from journal_tui.app.widgets.editor_clipboard import ClipboardApp
from journal_tui.app.window import WindowApp
from journal_tui.entry.visible import visible
from journal_tui.errors import JournalError
from journal_tui.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KEYS_SECONDS = 1.0
"""How long an ending waits for keys that were pressed before it."""
IDLE_TURNS = 6
"""Turns of the loop without a message: one from the thread that reads the terminal takes three."""
TIDY_SECONDS, IDLE_SECONDS = 20.0, 3.0
"""How often memory is collected, and how long after the last key at the earliest."""

# Switching to an ANSI theme would fail without them.
_MISSING_IN_ANSI_THEMES = {
    "foreground-disabled": "ansi_bright_black",
    "surface-active": "ansi_blue",
    "text-accent": "ansi_blue",
}


class JournalApp(WindowApp[None], NavigatingApp[None], ClipboardApp[None]):
    """Shows `journal` at `day` (today for None); None for the journal asks for one first."""

    TITLE = "journal"
    # The first screen's as well: Textual loads those of the screens that come later.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "screens/write.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(of_app=True)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (130, "-huge")]  # noqa: RUF012

    def __init__(
        self,
        journal: Journal | None,
        day: date | None = None,
        here: Path | None = None,
        places: settings.Places | None = None,
    ) -> None:
        self.journal = journal
        self._day = day
        self._here = here or Path.cwd()
        self._places = places or (journal.places if journal else settings.places())
        self._is_leaving = False
        self._ending: asyncio.Task[None] | None = None
        self._watchdog = shutdown.Watchdog(self._last_words)
        self._signals = shutdown.SignalListener(self._signal_heard, self._end_by_signal)
        self._refused: JournalError | None = None
        self.settings, self._settings_fault = settings.loaded(self._places.config)
        self._typed_at = 0.0
        keys = self.settings.keys.get("quit", "") or "ctrl+q"
        self._quit_keys = frozenset(key.strip() for key in keys.split(","))
        textual_guards.install()
        super().__init__(ansi_color=self.settings.theme.startswith("ansi") or None)

    # -- beginning ------------------------------------------------------------------------

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Variables that the ANSI themes lack, so that switching to one never fails."""
        return dict(_MISSING_IN_ANSI_THEMES)

    def on_load(self) -> None:
        """Hear of faults from the beginning."""
        faults.hear_of_lost(self._lost)

    def _build_driver(self, headless: bool, *arguments: Any, **options: Any) -> Driver:
        """Take the terminal; signals are heard from here on, since keys may come before a paint."""
        if not headless:
            self._signals.start()
        return super()._build_driver(headless, *arguments, **options)

    def get_driver_class(self) -> type[Driver]:
        """Return the driver for this system's terminals."""
        if sys.platform == "win32":
            return super().get_driver_class()
        from journal_tui.app.terminal import Terminal

        return Terminal

    def on_mount(self) -> None:
        """The day is the first screen; all else waits until it is painted."""
        if self._refused:
            self._refuse(self._refused)
            return
        self._choose_theme()
        if not self.journal:
            self._welcome()
        # The first refresh lays out; only the second has put the page on the terminal.
        self.call_after_refresh(self.call_after_refresh, self._painted)

    def get_default_screen(self) -> Screen[Any]:
        """The day itself, so that nothing is drawn before it."""
        if self.journal:
            try:
                return self._page(self.journal)
            except JournalError as error:
                # A broken journal.toml: there is nothing yet that could show a sentence.
                self._refused = error
        return AppScreen(id="_default")

    def _refuse(self, error: JournalError) -> None:
        """End with the sentence of an error that leaves nothing to show."""
        self.exit(return_code=error.exit_code, message=Text(visible(str(error))))

    def _page(self, journal: Journal) -> Write:
        return Write(journal, self._day or journal.today(), self.settings.editor)

    def _painted(self) -> None:
        garbage.begin()
        self.set_interval(TIDY_SECONDS, self._tidy)
        shutdown.forbid_core_dumps()
        if not self.is_running:
            # Left with the first key, before it was all there.
            return
        self.app_resume_signal.subscribe(self, lambda _: self._resumed())
        self.theme_changed_signal.subscribe(self, lambda theme: self._remember_theme(theme.name))
        self.set_keymap(usable_keys(self.settings.keys))
        for sentence in (self._settings_fault, *key_faults(self.settings.keys)):
            if sentence:
                self.notify(sentence, severity="warning")

    def _tidy(self) -> None:
        if time.monotonic() - self._typed_at > IDLE_SECONDS:
            garbage.look()

    def _choose_theme(self) -> None:
        name = self.settings.theme
        if name in self.available_themes:
            self.theme = name
        elif name:
            self._settings_fault = (
                f"There is no theme called “{name}”. Choose one in the palette (ctrl+p)."
            )
        elif _is_light(os.environ.get("COLORFGBG", "")):
            self.theme = "textual-light"

    def _remember_theme(self, name: str) -> None:
        try:
            settings.remember(self._places.config, "theme", name)
        except JournalError as error:
            self.notify(str(error), severity="warning")

    def notify(self, message: str, **options: Any) -> None:
        """Textual's own, for texts that are never markup and may name a file of any name."""
        super().notify(visible(message), **(options | {"markup": False}))

    def _welcome(self) -> None:
        from journal_tui.app.screens.welcome import WelcomeScreen

        def make(folder: str) -> str | None:
            try:
                root = Path(folder).expanduser()
                journals.create(root, date.today())
                settings.remember(self._places.config, "journal", str(root.resolve()))
            except (JournalError, RuntimeError) as error:
                return str(error)
            return None

        def chosen(folder: str | None) -> None:
            if folder is None:
                self.exit()
                return
            self.journal = Journal(Path(folder).expanduser(), self._places)
            try:
                self.push_screen(self._page(self.journal))
            except JournalError as error:
                self._refuse(error)

        sample = self._here / "entries"
        shown = str(sample) if (sample / "journal.toml").is_file() else None
        self.push_screen(WelcomeScreen("~/journal", make, shown), chosen)

    # -- ending ---------------------------------------------------------------------------

    @property
    def quit_keys(self) -> frozenset[str]:
        """The keys that quit, whatever screen is shown."""
        return self._quit_keys

    def quit_pressed(self) -> None:
        """A key that quits was read (in the thread that reads): the end must come, or a question."""
        self._watchdog.start(0, shutdown.END_SECONDS)

    def terminal_closed(self) -> None:
        """The terminal is gone (told by the thread that reads): end as by SIGHUP."""
        self._signal_heard(shutdown.HANGUP)
        self._soon(self._end_by_signal, shutdown.HANGUP)

    def terminal_caught_up(self) -> None:
        """The terminal has taken all that was written (told by the thread that writes): paint it all."""
        self._soon(self._paint_all)

    def _soon(self, action: "Callable[..., object]", *arguments: object) -> None:
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):
                # Raised once the loop is closed.
                loop.call_soon_threadsafe(action, *arguments)

    def _paint_all(self) -> None:
        if self._running and self._screen_stack:
            self.refresh()

    def _signal_heard(self, number: int) -> None:
        self._watchdog.start(128 + number)

    def _end_by_signal(self, number: int) -> None:
        """Save and end, once the keys that came before have been heard."""
        self._is_leaving = True
        self._ending = asyncio.get_running_loop().create_task(self._end_soon(128 + number))

    async def _end_soon(self, code: int) -> None:
        with self._context():
            await self._hear_keys()
            self.keep_everything(save=True)
            self.exit(return_code=code)

    async def _hear_keys(self) -> None:
        """Wait until the keys that were pressed so far have been handled, but not for long."""
        until = time.monotonic() + KEYS_SECONDS
        idle = 0
        while idle < IDLE_TURNS and time.monotonic() < until:
            if getattr(self._driver, "has_unread_keys", False):
                idle = 0
                await asyncio.sleep(0.001)
                continue
            pages = self._pages()
            # A page that is going may have no editor any more.
            pumps = [self, *pages, *(editor for page in pages for editor in page.query(Editor))]
            # The next message is taken from the queue while the one before is still being handled.
            waits = any(
                pump.is_running and (pump.message_queue_size or pump._pending_message)
                for pump in pumps
            )
            idle = 0 if waits else idle + 1
            await asyncio.sleep(0)

    def _last_words(self) -> None:
        """The process is about to be ended where it is (in the watchdog's thread)."""
        for page in self._pages():
            with suppress(Exception):
                page.keep(save=False)
        if (restore := getattr(self._driver, "restore", None)) is not None:
            restore()

    def keep_everything(self, save: bool) -> None:
        """Whatever happens next, what was typed is on the disk."""
        for screen in self._pages():
            with suppress(Exception):
                screen.keep(save)

    def keep_drafts(self) -> None:
        """What was typed is in the draft, on the disk; the app goes on."""
        for screen in self._pages():
            with suppress(Exception):
                screen.sync_draft()

    def can_recover(self) -> bool:
        """Whether no entry was in the middle of being saved."""
        return not any(screen.session.is_saving for screen in self._pages())

    async def rebuild(self) -> None:
        """Put a new screen in the place of all that there are, with the text as it is."""
        pages = self._pages()
        if not pages:
            self._close_all_screens()
            self._welcome()
            return
        old = pages[0]
        # An editor that failed is soon gone.
        old.read_editor()
        for editor in old.query(Editor):
            old.session.cursor = editor.cursor_location
        await self._hear_keys()
        old.read_editor()
        close_above(old)
        new = Write.instead_of(old)
        await self.switch_screen(new)

    def _close_all_screens(self) -> None:
        close_above(self.screen_stack[0])

    def watch_the_end(self, code: int) -> None:
        """Have the watchdog end the process if it doesn't end soon; a test goes on after its app."""
        if self._driver is not None and not self.is_headless:
            self._watchdog.start(code)

    def log_fault(self, error: BaseException | None, what: str) -> None:
        """Note a fault in `faults.log` in the journal's state folder."""
        if self.journal:
            faults.FaultLog(self.journal.state).add(error, what, self.journal.clock())

    def _lost(self, error: BaseException | None) -> None:
        """A task failed that is never waited for: the app goes on, with the draft on the disk."""
        self.log_fault(error, "lost")
        self.keep_drafts()
        if self.is_running:
            self.notify(
                f"Something went wrong in journal: {faults.where(error)}. Your text has been kept.",
                severity="error",
            )

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Nothing is seen on the screen that is not in the draft; messages come after the paint."""
        for page in self._pages():
            page.read_editor()
        if not self._ending and not getattr(self._driver, "is_behind", False):
            super()._display(screen, renderable)

    async def on_event(self, event: events.Event) -> None:
        """Have work on the index wait while a person types, and keys for a screen until it is there."""
        if self._ending and isinstance(event, events.Resize):
            # A layout takes time that the keys waiting after it need.
            return
        if isinstance(event, events.InputEvent) and not event.is_forwarded:
            await self._screen_is_there()
        if isinstance(event, events.Key | events.Paste):
            self._typed_at = time.monotonic()
            for screen in self._pages():
                screen.background.make_way()
        await super().on_event(event)

    async def _screen_is_there(self) -> None:
        """Wait for a screen that is being opened: what is pressed next is meant for it."""
        screen = self.screen
        if not screen.is_mounted and screen._task is not None and not screen._task.done():
            await screen._mounted_event.wait()

    def on_app_blur(self) -> None:
        """Off to another window: save."""
        for screen in self._pages():
            screen.save_in_passing()

    def on_app_focus(self) -> None:
        """Back from another window: look what happened to the file."""
        for screen in self._pages():
            screen.look_outside()

    def action_help_quit(self) -> None:
        """ctrl+c does not quit: people press it to copy."""
        self.notify("To quit, press ctrl+q; your text is saved first.")

    async def action_quit(self) -> None:
        """Save and leave; an entry that cannot be saved keeps the app open until asked."""
        if self._is_leaving:
            # The question is on the screen already.
            self._watchdog.stop()
            return
        self._is_leaving = True
        # Asking waits for an answer, which this message loop has to bring.
        self._leave()

    @work
    async def _leave(self) -> None:
        try:
            await self._hear_keys()
            for screen in self._pages():
                if not screen.save():
                    self._watchdog.stop()
                    if not await screen.whether_to_leave():
                        return
            self.exit()
            # Threads that still work on the index would keep the process waiting.
            self.watch_the_end(0)
        finally:
            self._is_leaving = False

    def _pages(self) -> list[Write]:
        stack = self.screen_stack if self._screen_stacks else ()
        return [screen for screen in stack if isinstance(screen, Write)]

    def _resumed(self) -> None:
        self.refresh(layout=True)
        self.screen.refresh(layout=True)

    # -- actions --------------------------------------------------------------------------

    def action_help(self) -> None:
        """Every key, and how it all works."""
        from journal_tui.app.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            from journal_tui.query.grammar import LANGUAGE

            self.push_screen(HelpScreen(help_groups(), HELP_TEXT, language=LANGUAGE))

    def get_system_commands(self, screen: Screen[Any]) -> "Iterable[SystemCommand]":
        """The palette: what the screen can do, then the themes.

        Textual's own would save a picture of the entry where everybody may read it.
        """
        if isinstance(screen, AppScreen):
            yield from screen.palette_commands()
        yield SystemCommand("Theme", "Change the colours", self.search_themes)

    def action_command_palette(self) -> None:
        """Show the palette, which has nothing to offer in a dialog."""
        if not self.screen.is_modal:
            self._choose_command(self.get_system_commands(self.screen))

    def search_themes(self) -> None:
        """Let the person choose a theme in the palette."""
        self._choose_command(
            (
                SystemCommand(
                    name, "dark" if theme.dark else "light", partial(setattr, self, "theme", name)
                )
                for name, theme in self.available_themes.items()
            ),
            title="Themes",
            placeholder="Type part of a theme's name",
        )

    def _choose_command(self, commands: "Iterable[SystemCommand]", **words: str) -> None:
        from journal_tui.app.screens.palette import Palette

        def chosen(command: SystemCommand | None) -> None:
            if command:
                self.call_later(command.callback)

        self.push_screen(Palette(commands, **words), chosen)

    def action_suspend_process(self) -> None:
        """Save, then stop as ctrl+z would elsewhere; ctrl+z is undo here."""
        for screen in self._pages():
            screen.save()
            screen.sync_draft()
        super().action_suspend_process()


def _is_light(colours: str) -> bool:
    """Whether $COLORFGBG ("0;15") names a light background."""
    background = colours.rpartition(";")[2]
    return background in ("7", "15")
