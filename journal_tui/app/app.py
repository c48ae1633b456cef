"""The app: show one journal, from the first paint until everything is saved at the end."""

import asyncio
import gc
import os
import shutil
import sys
import time
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events, work
from textual.app import ScreenStackError
from textual.binding import BindingType
from textual.driver import Driver
from textual.geometry import Size
from textual.notifications import Notification, Notify
from textual.screen import Screen
from textual.worker import Worker, WorkerCancelled, WorkerFailed

from journal_tui import journal as journals
from journal_tui import settings
from journal_tui.app import faults, shutdown, textual_guards
from journal_tui.app.commands import (
    PaletteCommand,
    binding_id,
    bindings,
    commands,
    key_faults,
    key_of,
    keymap_from_settings,
)
from journal_tui.app.editor.clipboard import ClipboardApp
from journal_tui.app.editor.editor import Editor
from journal_tui.app.navigation import AppScreen, NavigatingApp
from journal_tui.app.recovery import RecoveringApp
from journal_tui.app.write.screen import OpenJournals, WriteScreen
from journal_tui.entry.model import TEN, Scale
from journal_tui.entry.sanitize import visible
from journal_tui.errors import JournalError, JournalExists, NoJournal
from journal_tui.journal import Journal
from journal_tui.session import EditSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from journal_tui.all_settings import AllSettings, Setting
    from journal_tui.entry.note_kinds import NoteRequest
    from journal_tui.period import CalendarPeriod

KEYS_TIMEOUT = 1.0
"""The most seconds that quitting waits until the keys pressed before it have been handled."""
IDLE_LOOP_TURNS = 6
"""Turns of the event loop without a message after which all keys have been handled.

A key that the thread reading the terminal has just read takes three turns to arrive.
"""
SETTINGS_SECONDS = 5.0
"""Seconds between checks whether another program has changed the settings files."""
GC_INTERVAL, IDLE_SECONDS = 20.0, 3.0
"""Seconds between full garbage collections, and the fewest seconds since the last key before one."""
GC_THRESHOLDS = 5_000, 10, 1_000_000
"""Thresholds for `gc`: young objects are collected as usual, but never all objects.

Collecting all takes up to 0.1 s, so `_collect_garbage` does that while no key is pressed.
"""
MIN_SIZE = Size(20, 6)
"""The smallest size that screens are laid out for; smaller windows show a message instead."""

# Textual's ANSI themes lack these variables, and switching to one would fail without them.
_MISSING_IN_ANSI_THEMES = {
    "foreground-disabled": "ansi_bright_black",
    "surface-active": "ansi_blue",
    "text-accent": "ansi_blue",
}

# Fields of journal.toml that decide how entries are read: after a change, all entries are read again.
_CHANGE_READING = {"names", "note_sections", "scale", "file", "layout", "is_sample"}


class JournalApp(RecoveringApp[None], NavigatingApp[None], ClipboardApp[None]):
    """The app on a journal, opened at `day` or today; without a journal, ask for one first.

    `path` opens the note of a period, which begins on `day`; `note` opens a note of the day.
    With `period_to_close`, the app begins with the screen that closes that period. A sample journal
    is looked for near `working_folder`.
    """

    TITLE = "journal"
    # Textual doesn't load the stylesheet of the first screen by itself, only those of later ones.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "write/write.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (130, "-huge")]  # noqa: RUF012

    def __init__(
        self,
        journal: Journal | None,
        day: date | None = None,
        working_folder: Path | None = None,
        places: settings.Places | None = None,
        path: str | None = None,
        note: "NoteRequest | None" = None,
        period_to_close: "CalendarPeriod | None" = None,
    ) -> None:
        self.journal = journal
        self._period_to_close = period_to_close
        self._day, self._path, self._note = day, path, note
        self._working_folder = working_folder or Path.cwd()
        self._places = places or (journal.places if journal else settings.places())
        self._is_quitting = False
        self._rereading: Worker[None] | None = None
        self._settings_stamps: tuple[tuple[int, int] | None, ...] = ()
        self._held: list[Notification] = []
        self._unread: list[Notification] = []
        self._ending: asyncio.Task[None] | None = None
        self._watchdog = shutdown.Watchdog(self._before_forced_exit)
        self._signals = shutdown.SignalListener(self._on_signal, self._exit_on_signal)
        self._startup_error: JournalError | None = None
        self._all_settings: AllSettings | None = None
        self.settings, self._settings_fault = settings.load_or_default(self._places.config)
        self._last_key_at = 0.0
        self._window: Size | None = None
        self._quit_keys = _split(self.settings.keys.get("quit", "") or "ctrl+q")
        textual_guards.install()
        super().__init__(ansi_color=self.settings.theme.startswith("ansi") or None)
        self._first_theme = self.theme

    @property
    def scale(self) -> Scale:
        """The scale of the journal's ratings, which the widgets that draw a rating read."""
        return self.journal.vocabulary.scale if self.journal else TEN

    @property
    def today(self) -> date | None:
        """Today as the journal counts days, from which the widgets say how long ago something was."""
        return self.journal.today() if self.journal else None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the variables that the ANSI themes lack, so that switching to one never fails."""
        return dict(_MISSING_IN_ANSI_THEMES)

    def on_load(self) -> None:
        """Report the errors of background tasks from the start."""
        faults.report_lost_errors(self.report_lost_error)

    def _build_driver(self, headless: bool, *arguments: Any, **options: Any) -> Driver:
        """Listen for signals before the terminal is read: keys may arrive before the first paint."""
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
        """Choose the theme; do the rest of the start-up after the first paint."""
        if self._startup_error:
            self._refuse(self._startup_error)
            return
        self._use_keys()
        self._choose_theme()
        if not self.journal:
            self._welcome()
        # The first refresh lays out the screen; only after the second has it been painted.
        self.call_after_refresh(self.call_after_refresh, self._painted)

    def get_default_screen(self) -> Screen[Any]:
        """Return the page of the day, so that nothing else is painted before it."""
        if self.journal:
            try:
                return self._page(self.journal)
            except JournalError as error:
                # A broken journal.toml: no screen exists yet that could show the message.
                self._startup_error = error
        return AppScreen(id="_default")

    def _refuse(self, error: JournalError) -> None:
        """Exit with the message of an error that leaves no page to show."""
        self.exit(return_code=error.exit_code, message=Text(visible(str(error))))

    def _page(self, journal: Journal) -> WriteScreen:
        day = self._day or (journal.latest_day() if journal.is_sample else None) or journal.today()
        session = EditSession(journal, day, self._path, self._note)
        return WriteScreen(journal, day, self.settings.editor, session, self._own_journal(journal))

    def _own_journal(self, journal: Journal) -> str:
        """Return the folder of the person's own journal if `journal` is a sample, or ""."""
        own = self.settings.journal if journal.is_sample else ""
        try:
            root = Path(own).expanduser()
        except RuntimeError:
            # The folder begins with ~ and a name that no user has.
            return ""
        return own if own and root.is_dir() and root != journal.root else ""

    def _painted(self) -> None:
        # The objects created so far are permanent: `freeze` leaves them out of later collections.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GC_THRESHOLDS)
        gc.enable()
        self.set_interval(GC_INTERVAL, self._collect_garbage)
        self.set_interval(SETTINGS_SECONDS, self._check_settings_files)
        shutdown.forbid_core_dumps()
        if not self.is_running:
            # The person quit with the first key.
            return
        self.app_resume_signal.subscribe(self, lambda _: self._resumed())
        if self._settings_fault:
            self.notify(self._settings_fault, severity="warning")
        for table, keys in self._key_tables.items():
            for sentence in key_faults(keys, table):
                self.notify(sentence, severity="warning")
        if self._period_to_close:
            self._close_period(self._period_to_close)

    def _close_period(self, period: "CalendarPeriod") -> None:
        """Begin to close a period, unless a question about unsaved text comes first."""
        if isinstance(self.screen, WriteScreen):
            self.screen.close_period(period)
        else:
            self.notify(
                f"To close {period.title} after this, open its note and choose “Close the week”."
            )

    @property
    def _key_tables(self) -> dict[str, dict[str, str]]:
        """The keys set in the settings, by table."""
        return {"keys": self.settings.keys, "find-keys": self.settings.find_keys}

    def _use_keys(self) -> None:
        """Apply the keys set in the settings."""
        keymap: dict[str, str] = {}
        for table, keys in self._key_tables.items():
            keymap |= keymap_from_settings(keys, table)
        self.set_keymap(keymap)
        self._quit_keys = _split(self.settings.keys.get("quit", "") or "ctrl+q")
        if keymap:
            for screen in self._write_screens():
                # The header shows a key that may just have been changed.
                screen.count_late()

    def _collect_garbage(self) -> None:
        if time.monotonic() - self._last_key_at > IDLE_SECONDS:
            gc.collect()

    def _choose_theme(self) -> None:
        name = self.settings.theme
        if name in self.available_themes:
            self.theme = name
        elif name:
            key = key_of("command_palette", self._keymap)
            self._settings_fault = f"There is no theme called “{name}”. To see the themes, press {key} and choose “Theme”."
        else:
            self.theme = self._usual_theme

    @property
    def _usual_theme(self) -> str:
        """The theme if the settings have none: a light one if the terminal is known to be light."""
        is_light = _is_light(os.environ.get("COLORFGBG", ""))
        return "textual-light" if is_light else self._first_theme

    def _use_theme(self, name: str) -> None:
        """Change the theme, and save it in the settings."""
        self.theme = name
        try:
            settings.remember(self._places.config, "theme", name)
            self.settings = self.settings._replace(theme=name)
        except JournalError as error:
            self.notify(str(error), severity="warning")

    def notify(self, message: str, **options: Any) -> None:
        """Show a notification, without parsing markup and with control characters made visible."""
        options.setdefault("timeout", _reading_seconds(message, options.get("severity")))
        super().notify(visible(message), **(options | {"markup": False}))

    @property
    def _holds_messages(self) -> bool:
        """Whether a dialog is open, whose text and keys a message would cover."""
        screen = self.screen_stack[-1] if self.screen_stack else None
        return isinstance(screen, AppScreen) and screen.holds_messages

    def on_notify(self, event: Notify) -> None:
        """Hold a message back while a dialog is open; replace a shown one with the same text.

        On a screen that `replaces_messages`, a message replaces all earlier ones except warnings
        and errors.
        """
        message = event.notification.message
        if self._is_quitting:
            self._unread.append(event.notification)
        if self._holds_messages:
            self._held.append(event.notification)
            event.prevent_default()
            return
        screen = self.screen_stack[-1] if self.screen_stack else None
        replaces = isinstance(screen, AppScreen) and screen.replaces_messages
        for shown in list(self._notifications):
            if shown.message == message or (replaces and shown.severity == "information"):
                self._unnotify(shown, refresh=False)

    def _refresh_notifications(self) -> None:
        """Show the messages, with those that were held back; while a dialog is open, do nothing."""
        if self._holds_messages:
            return
        held, self._held = self._held, []
        for note in self._still_true(held):
            self.notify(note.message, severity=note.severity, timeout=note.timeout)
        super()._refresh_notifications()

    def _place_messages(self, screen: Screen[Any]) -> None:
        """Keep messages off the cursor's line and the keys of a dialog.

        While the cursor is in the lower half of the screen, messages are shown at the top.
        """
        if not self._notifications or not isinstance(screen, AppScreen):
            return
        row = screen.cursor_row
        is_low = row is not None and row >= screen.size.height // 2
        racks = screen.query("ToastRack")
        racks.set_class(is_low, "-top")
        if is_low or self._holds_messages:
            return
        for keys in screen.query("KeyLine"):
            above = screen.size.height - keys.region.y
            for rack in racks:
                # Each change of the margin makes Textual lay out the screen again.
                if keys.region and rack.styles.margin.bottom != above:
                    rack.styles.margin = (0, 0, above, 0)

    def _welcome(self, is_first: bool = True) -> None:
        """Ask which journal to open or where to make one; if `is_first`, cancelling ends the app."""
        from journal_tui.app.screens.welcome import WelcomeScreen

        def examine(
            folder: str, progress: "Callable[[str], None]", stop: "Callable[[], bool]"
        ) -> "journals.Survey | None":
            try:
                return journals.look_at(Path(folder).expanduser().absolute(), progress, stop)
            except RuntimeError as error:
                # The folder begins with ~ and a name that no user has.
                raise NoJournal(str(error)) from None

        def make(folder: str, seen: "journals.Survey | None", as_default: bool) -> str | None:
            try:
                root = Path(folder).expanduser()
                # A folder that is a journal already is opened as it is.
                with suppress(JournalExists):
                    journals.create(root, date.today(), seen=seen)
                if as_default:
                    settings.remember(self._places.config, "journal", str(root.resolve()))
            except (JournalError, RuntimeError) as error:
                return str(error)
            return None

        def copy(folder: str, as_default: bool) -> str | None:
            try:
                assert sample
                root = Path(folder).expanduser().absolute()
                journals.copy_sample(sample, root)
                if as_default:
                    settings.remember(self._places.config, "journal", str(root.resolve()))
            except (JournalError, RuntimeError) as error:
                return str(error)
            return None

        def chosen(folder: str | None) -> None:
            if folder is not None:
                self._open_journal(Path(folder).expanduser(), welcome.wants_import)
            elif is_first:
                self.exit()

        is_in_sample = bool(self.journal and self.journal.is_sample)
        near = None if is_in_sample else journals.find_sample(self._working_folder)
        sample = self.journal.root if self.journal and is_in_sample else near
        default = settings.load_or_default(self._places.config)[0].journal
        welcome = WelcomeScreen(
            default if default and not is_first and not is_in_sample else "~/journal",
            examine,
            make,
            str(sample) if sample and not is_in_sample else None,
            copy if is_in_sample else None,
            is_first=is_first,
            has_default=bool(default),
        )
        self.push_screen(welcome, chosen)

    @work
    async def _open_journal(self, root: Path, wants_import: bool = False) -> None:
        """Save the pages, and show the page of the journal in `root` in their place.

        If `wants_import`, ask what to import into this journal.
        """
        pages = self._write_screens()
        if not all(page.save() for page in pages):
            return
        before = self.journal
        clock = before.clock if before else datetime.now
        self.journal = Journal(root, self._places, clock)
        self._day = self._path = self._note = None
        # Messages about the previous journal would be wrong for this one.
        self.clear_notifications()
        try:
            page = self._page(self.journal)
        except JournalError as error:
            if not before:
                self._refuse(error)
                return
            self.journal = before
            self.notify(str(error), severity="error")
            return
        if pages:
            pages[0].close_above()
            await self.switch_screen(page)
        else:
            await self.push_screen(page)
        if wants_import:
            page.action_import()

    def on_open_journals(self, event: OpenJournals) -> None:
        """Open the named journal or, without a name, ask which to open or where to make one."""
        if event.folder:
            self._open_journal(Path(event.folder).expanduser())
        else:
            self.action_journals()

    def action_journals(self) -> None:
        """Ask which other journal to open, or where to make one."""
        self._welcome(is_first=False)

    @property
    def quit_keys(self) -> frozenset[str]:
        """The keys that quit the app from any screen."""
        return self._quit_keys

    def quit_pressed(self) -> None:
        """Start the watchdog when a quit key is read; called in the input thread."""
        self._watchdog.start(0, shutdown.END_SECONDS)

    def terminal_closed(self) -> None:
        """End as SIGHUP would when the terminal is closed; called in the input thread."""
        self._on_signal(shutdown.HANGUP)
        self._call_in_loop(self._exit_on_signal, shutdown.HANGUP)

    def output_drained(self) -> None:
        """Repaint once the terminal has received all output; called in the output thread."""
        self._call_in_loop(self._paint_all)

    def _call_in_loop(self, action: "Callable[..., object]", *arguments: object) -> None:
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):
                # A closed loop raises RuntimeError.
                loop.call_soon_threadsafe(action, *arguments)

    def _paint_all(self) -> None:
        if self._running and self._screen_stack:
            self.refresh()

    def _on_signal(self, number: int) -> None:
        self._watchdog.start(128 + number)

    def _exit_on_signal(self, number: int) -> None:
        """Save and exit, once the keys that came before the signal have been handled."""
        self._is_quitting = True
        self._ending = asyncio.get_running_loop().create_task(self._save_and_exit(128 + number))

    async def _save_and_exit(self, code: int) -> None:
        with self._context():
            await self._wait_for_keys()
            self.keep_everything(save=True)
            self.exit(return_code=code)

    async def _wait_for_keys(self) -> None:
        """Wait until the keys pressed so far have been handled, for at most `KEYS_TIMEOUT`."""
        until = time.monotonic() + KEYS_TIMEOUT
        idle = 0
        while idle < IDLE_LOOP_TURNS and time.monotonic() < until:
            if getattr(self._driver, "has_unread_keys", False):
                idle = 0
                await asyncio.sleep(0.001)
                continue
            pages = self._write_screens()
            # A page that is being removed may no longer have an editor.
            editors = [editor for page in pages for editor in page.query(Editor)]
            # What is typed in a dialog reaches the focused widget through its screen.
            screens = self.screen_stack if self._screen_stacks else []
            focused = [screen.focused for screen in screens if screen.focused]
            pumps = [self, *screens, *editors, *focused]
            # A message may be taken off the queue but not handled yet.
            waits = any(
                pump.is_running and (pump.message_queue_size or pump._pending_message)
                for pump in pumps
            )
            idle = 0 if waits else idle + 1
            await asyncio.sleep(0)

    def _before_forced_exit(self) -> None:
        """Write all drafts and restore the terminal before the watchdog ends the process.

        Called in the watchdog's thread.
        """
        for page in self._write_screens():
            with suppress(Exception):
                page.keep_text(save=False)
        if (restore := getattr(self._driver, "restore", None)) is not None:
            restore()

    def keep_everything(self, save: bool) -> None:
        """Write what was typed to the drafts and, if `save`, to the files; never raise."""
        for screen in self._write_screens():
            with suppress(Exception):
                screen.keep_text(save)

    def keep_drafts(self) -> None:
        """Write what was typed to the drafts; never raise."""
        for screen in self._write_screens():
            with suppress(Exception):
                screen.sync_draft()

    def can_recover(self) -> bool:
        """Return whether no entry is in the middle of being saved."""
        return not any(screen.session.is_saving for screen in self._write_screens())

    async def rebuild(self) -> None:
        """Replace all screens by a new page with the text as it is."""
        pages = self._write_screens()
        if not pages:
            self._close_all_screens()
            self._welcome()
            return
        old = pages[0]
        # An editor that failed is about to be removed, so its text is read now.
        old.read_editor()
        for editor in old.query(Editor):
            old.session.cursor = editor.cursor_location
        await self._wait_for_keys()
        old.read_editor()
        old.close_above()
        # The words of the closed dialog stay in a draft, which the new page offers; they aren't saved.
        old.session.keep_apart()
        await self.switch_screen(old.successor())

    def _close_all_screens(self) -> None:
        first = self.screen_stack[0]
        if isinstance(first, AppScreen):
            first.close_above()

    def ensure_exit(self, code: int) -> None:
        """Have the watchdog end the process if it doesn't end soon; except in tests."""
        if self._driver is not None and not self.is_headless:
            self._watchdog.start(code)

    def log_fault(self, error: BaseException | None, what: str) -> None:
        """Record a fault in `faults.log` in the journal's state folder."""
        if not self.journal:
            return
        # The first draft creates the folder, but a fault may come before it.
        with suppress(OSError):
            self.journal.make_state_folder()
        faults.FaultLog(self.journal.state).add(error, what, self.journal.clock())

    def on_resize(self, event: events.Resize) -> None:
        """Adopt the terminal's current size and repaint the whole screen.

        If a resize signal arrives while an earlier one is handled, Textual's driver reports the newer
        size first, and the app would keep the older one. After two quick changes back to the same
        size, a part of the window stays empty unless all of it is painted.
        """
        # Terminals that report their size in the input do so in order.
        if not self.is_headless and not self.supports_smooth_scrolling:
            there = Size(*shutil.get_terminal_size())
            if there != event.size:
                self.post_message(events.Resize(there, there))
                event.prevent_default()
                return
        self._window = event.size
        width, height = event.size
        event.size = Size(max(width, MIN_SIZE.width), max(height, MIN_SIZE.height))
        # The first resize may come before there is a screen.
        with suppress(ScreenStackError):
            self.screen.refresh()

    @property
    def is_too_small(self) -> bool:
        """Whether the window is smaller than `MIN_SIZE`."""
        window = self._window
        return window is not None and (
            window.width < MIN_SIZE.width or window.height < MIN_SIZE.height
        )

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Write the shown text to the draft, then paint, or say that the window is too small."""
        for page in self._write_screens():
            if page.is_shown:
                page.read_editor()
        self._place_messages(screen)
        if self._ending or getattr(self._driver, "is_behind", False):
            return
        if not self.is_too_small or self._window is None or self._driver is None:
            super()._display(screen, renderable)
        elif renderable is not None and self._running and not self.is_headless:
            lines = "\r\n".join(too_small_message(self._window))
            self._driver.write(f"\x1b[0m\x1b[2J\x1b[H{lines}")

    async def on_event(self, event: events.Event) -> None:
        """Pause work on the index while the person types; hold keys until a screen is mounted."""
        if self._ending and isinstance(event, events.Resize):
            # A layout would delay the keys that are still waiting.
            return
        if isinstance(event, events.InputEvent) and not event.is_forwarded:
            await self._wait_for_screen()
        if isinstance(event, events.Key | events.Paste):
            self._last_key_at = time.monotonic()
            for screen in self._write_screens():
                screen.index_worker.on_keypress()
        if (
            isinstance(event, events.Key)
            and not event.is_forwarded
            and await self._open_filter_at_once(event)
        ):
            return
        await super().on_event(event)

    async def _open_filter_at_once(self, event: events.Key) -> bool:
        """Open a filter or Find at once if a key does so; return whether the key has been handled.

        Textual 8.2.8 sends all keys that arrive together to the widget that had the focus before
        them, and runs a command only once its key has come back to the app. Letters typed right
        after a key that opens a filter would then run commands, such as the one that drops a
        follow-up, or be typed into another widget.
        """
        screen, focused = self.screen, self.screen.focused
        if focused and focused.check_consume_key(event.key, event.character):
            return False
        is_typed = isinstance(screen, AppScreen) and screen.belongs_to_typing(event)
        active = screen.active_bindings.get(event.key)
        command = active.binding.action.rpartition(".")[2] if active and active.enabled else ""
        if (
            isinstance(screen, AppScreen)
            and screen.types_to_filter
            and command != "filter"
            and _is_letter(event)
        ):
            # The opened filter has the focus, so it gets the letter.
            await screen.run_action("filter")
            return False
        if isinstance(screen, AppScreen) and not (is_typed or active) and _is_letter(event):
            screen.focus_for_letter()
        if is_typed or not active or command not in ("filter", "find"):
            return False
        await self.run_action(active.binding.action, active.node)
        return True

    async def _wait_for_screen(self) -> None:
        """Wait until a screen that is being opened is mounted: the next key is meant for it."""
        screen = self.screen
        if not screen.is_mounted and screen._task is not None and not screen._task.done():
            await screen._mounted_event.wait()

    def on_app_blur(self) -> None:
        """Save when the person switches to another window."""
        for screen in self._write_screens():
            screen.save_in_passing()

    def on_app_focus(self) -> None:
        """Check the files for changes when the person comes back from another window."""
        for screen in self._write_screens():
            screen.check_file()
            screen.catch_up()
        self._check_settings_files()

    def _check_settings_files(self) -> None:
        """Use settings that were changed elsewhere, once the page is shown and nothing is typed."""
        page, journal = self.screen, self.journal
        is_busy = time.monotonic() - self._last_key_at < IDLE_SECONDS
        if journal is None or not isinstance(page, WriteScreen) or is_busy or self._is_quitting:
            return
        stamps = tuple(
            map(_stamp, (self._places.config / settings.FILE, journal.entries.config_file.path))
        )
        if stamps == self._settings_stamps:
            return
        self._settings_stamps = stamps
        try:
            own = settings.load(self._places.config)
            # Saved searches are in journal.toml, too, but are read each time they are listed.
            changed = journal.entries.changed_settings() - {"queries"}
        except JournalError as error:
            self.notify(str(error), severity="warning")
            return
        # Another default journal takes effect at the next start.
        is_own = own._replace(journal="") != self.settings._replace(journal="")
        self.settings = own
        if is_own:
            self._use_own_settings()
        if changed & _CHANGE_READING:
            self._rereading = self._read_again()
        elif changed:
            journal.entries.reread_config()
            page.apply_settings()
        if is_own or changed:
            self.notify("The settings were changed elsewhere. The changes are in effect now.")

    def _use_own_settings(self) -> None:
        """Use the theme, the keys and the editor of the person's settings."""
        name = self.settings.theme
        self.theme = name if name in self.available_themes else self._usual_theme
        self._use_keys()
        for page in self._write_screens():
            page.external_editor = self.settings.editor

    def action_help_quit(self) -> None:
        """Explain how to quit: ctrl+c doesn't, because people press it to copy."""
        key = key_of("quit", self._keymap)
        self.notify(f"To quit, press {key}; your text is saved first.")

    async def action_quit(self) -> None:
        """Save and quit; if an entry can't be saved, ask first."""
        if self._is_quitting:
            # The quit key started the watchdog again, but the person may still have to answer
            # whether to quit without saving.
            self._watchdog.stop()
            return
        self._is_quitting = True
        self._unread = list(self._held)
        # A worker, because the answer to a question arrives through this message loop.
        self._save_and_quit()

    @work
    async def _save_and_quit(self) -> None:
        try:
            await self._wait_for_keys()
            for screen in self._write_screens():
                screen.apply_open_dialog()
                if not screen.save():
                    self._watchdog.stop()
                    if not await screen.ask_to_quit():
                        return
            await self._wait_for_keys()
            self.exit(message=self._unread_warnings())
            # Threads that still work on the index would keep the process alive.
            self.ensure_exit(0)
        finally:
            self._is_quitting = False

    def _unread_warnings(self) -> Text | None:
        """Return the warnings that were not shown long enough to be read, to print at the end."""
        unread = self._still_true(self._unread)
        lines = [note.message for note in unread if note.severity != "information"]
        return Text("\n".join(dict.fromkeys(lines))) if lines else None

    def _still_true(self, notes: "list[Notification]") -> "list[Notification]":
        """Return the messages, except those about failed saves if a later save has worked."""
        outdated = frozenset().union(*(page.outdated_messages for page in self._write_screens()))
        return [note for note in notes if note.message not in outdated]

    def _write_screens(self) -> list[WriteScreen]:
        stack = self.screen_stack if self._screen_stacks else ()
        return [screen for screen in stack if isinstance(screen, WriteScreen)]

    def _resumed(self) -> None:
        self.refresh(layout=True)
        self.screen.refresh(layout=True)

    def action_settings(self, name: str = "") -> None:
        """Open the settings, with the setting called `name` selected, or the first if it is ""."""
        from journal_tui.all_settings import AllSettings
        from journal_tui.app.setting_checks import CHECKS
        from journal_tui.app.settings.screen import SettingsScreen

        if isinstance(self.screen, SettingsScreen):
            return
        for page in self._write_screens():
            page.save()
        found, journal = self._all_settings, self.journal
        known = found.journal if found else None
        if found and known and journal and known.root == journal.root:
            # The same object is kept, so that earlier changes can still be undone.
            found.journal = journal
        else:
            checks = CHECKS._replace(usual_theme=self._usual_theme)
            found = self._all_settings = AllSettings(self._places, journal, checks)

        def answered(changes_reading: bool | None) -> None:
            if changes_reading:
                self._rereading = self._read_again()

        screen = SettingsScreen(found, self._apply_setting, self.choose_theme, name)
        self.push_screen(screen, answered)

    def _apply_setting(self, setting: "Setting") -> None:
        """Put a changed setting into effect, if that is possible while the settings are open."""
        if setting.is_personal:
            self.settings, _ = settings.load_or_default(self._places.config)
            self._use_own_settings()
        else:
            for page in self._write_screens():
                page.apply_settings()

    @work
    async def _read_again(self) -> None:
        """Open the journal again, so that entries are read by its changed settings."""
        pages, before = self._write_screens(), self.journal
        if not pages or not before:
            return
        old = pages[0]
        if not old.save():
            self.notify(
                "To use the changed settings, save this page and start journal again.",
                severity="warning",
            )
            return
        session = old.session
        is_new = not session.is_written
        self.journal = Journal(before.root, self._places, before.clock)
        try:
            path = None if is_new and not session.period else session.path
            new = EditSession(self.journal, session.day, path)
            own = self._own_journal(self.journal)
            page = WriteScreen(self.journal, session.day, self.settings.editor, new, own)
        except JournalError as error:
            self.journal = before
            self.notify(str(error), severity="error")
            return
        # Without this, the old session would be reported as another window with the same entry.
        session.close()
        for editor in old.query(Editor):
            new.cursor = new.cursor if is_new else editor.cursor_location
        is_reading = old.read_view is not None
        old.close_above()
        await self.switch_screen(page)
        if is_reading and page.is_open:
            await page.action_read()

    def action_help(self) -> None:
        """Open the help about writing, with every key."""
        from journal_tui.app.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen("writing"))

    def palette_commands(self, screen: Screen[Any]) -> "Iterable[PaletteCommand]":
        """Yield the commands of the screen and of the page below it, “Theme”, and each setting.

        Textual's own command for a screenshot is left out: it would save a picture of the entry
        where other people may read it.
        """
        theme = PaletteCommand(
            "Theme",
            "Change the colours",
            self.search_themes,
            words="dark light look appearance colors",
            id="theme",
        )
        known: set[str] = set()
        if isinstance(screen, AppScreen):
            own = list(screen.palette_commands())
            known = {command.title for command in own}
            yield from own
            yield from self._commands_below(screen, known)
        if theme.title not in known:
            yield theme
        yield from self._setting_commands({*known, theme.title})

    def _setting_commands(self, known: "set[str]") -> "Iterator[PaletteCommand]":
        """Yield a command for each setting, except those whose titles are `known`."""
        from journal_tui.all_settings import SETTINGS

        for setting in SETTINGS:
            if setting.title not in known and (setting.is_personal or self.journal):
                yield PaletteCommand(
                    setting.title,
                    f"Setting: {setting.help}",
                    partial(self.action_settings, setting.name),
                    words=f"{setting.name} {setting.help}",
                    is_elsewhere=True,
                    is_searched=True,
                )

    def _commands_below(
        self, screen: AppScreen[Any], known: "set[str]"
    ) -> "Iterator[PaletteCommand]":
        """Yield the commands of the page below a screen, except those whose titles are `known`."""
        page = next(reversed(self._write_screens()), None)
        if page is None or page is screen:
            return
        everywhere = {binding_id(command) for command in commands("app")}
        for command in page.palette_commands():
            if command.title in known or command.id == screen.opened_by:
                continue
            if command.id in everywhere:
                yield command
            else:
                # Its key may run another command on this screen.
                run = partial(self._run_on_page, command.title)
                yield command._replace(
                    help=f"On the page: {command.help}", key="", callback=run, is_elsewhere=True
                )

    @work
    async def _run_on_page(self, title: str) -> None:
        """Go back to the page, and run one of its commands."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, WriteScreen) or not isinstance(screen, AppScreen):
                break
            await screen.leave()
        # The screens' answers are handled first: a changed setting may have replaced the page.
        taken = asyncio.Event()
        self.call_next(taken.set)
        await taken.wait()
        if self._rereading:
            with suppress(WorkerFailed, WorkerCancelled):
                await self._rereading.wait()
        if isinstance(page := self.screen, WriteScreen):
            for command in page.palette_commands():
                if command.title == title:
                    self.call_later(command.callback)

    def action_command_palette(self) -> None:
        """Open the palette, except in a dialog."""
        if not self.screen.is_modal:
            self._open_palette(self.palette_commands(self.screen))

    def search_themes(self) -> None:
        """Open a list of the themes, showing each one while it is selected, and save the chosen one."""
        self.choose_theme(self._use_theme)

    def choose_theme(self, choose: "Callable[[str], None]") -> None:
        """Ask for a theme, showing each one while it is selected, and call `choose` with its name."""
        from journal_tui.app.screens.palette import ThemePalette

        def show(name: str) -> None:
            self.theme = name

        def chosen(command: PaletteCommand | None) -> None:
            if command:
                command.callback()
            else:
                show(current)

        current = self.theme
        themes = ((name, theme.dark) for name, theme in self.available_themes.items())
        self.push_screen(ThemePalette(themes, current, show, choose), chosen)

    def _open_palette(self, commands: "Iterable[PaletteCommand]") -> None:
        from journal_tui.app.screens.palette import Palette

        uses = self.journal.command_uses if self.journal else None

        def chosen(command: PaletteCommand | None) -> None:
            if command:
                if uses and command.id:
                    uses.add(command.id)
                self.call_later(command.callback)

        self.push_screen(Palette(commands, uses=uses.all() if uses else None), chosen)

    def action_suspend_process(self) -> None:
        """Save, then suspend the process, as ctrl+z does elsewhere; here ctrl+z is undo."""
        for screen in self._write_screens():
            screen.save()
            screen.sync_draft()
        super().action_suspend_process()


def too_small_message(window: Size, message: str = "Make the window larger.") -> list[str]:
    """Return the lines of a message, as many as fit into a window that is too small."""
    lines: list[str] = []
    line = ""
    for word in message.split():
        longer = f"{line} {word}" if line else word
        if line and cell_len(longer) > window.width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    return [line[: window.width] for line in lines[: window.height]]


def _reading_seconds(message: str, severity: object) -> float:
    """Return for how many seconds a message is shown: as long as its words need, a warning longer."""
    seconds = 2 + len(message.split()) / 4
    return max(3.5, seconds) if severity in (None, "information") else max(7.0, 2 * seconds)


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return the time and size of a file, by which a change is noticed; None if it isn't there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _is_letter(event: events.Key) -> bool:
    """Return whether a key types a character other than a blank."""
    return event.is_printable and bool((event.character or "").strip())


def _split(keys: str) -> frozenset[str]:
    """Return the keys that commas separate."""
    return frozenset(key.strip() for key in keys.split(","))


def _is_light(colours: str) -> bool:
    """Return whether the value of $COLORFGBG, such as "0;15", means a light background."""
    background = colours.rpartition(";")[2]
    return background in ("7", "15")
