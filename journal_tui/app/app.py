"""The app: one journal on the screen, from the first paint to a safe end."""

import asyncio
import gc
import os
import signal
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from journal_tui import journal as journals
from journal_tui import settings
from journal_tui.app.actions import ACTIONS, HELP_TEXT, bindings, help_groups
from journal_tui.app.screens.write import Write
from journal_tui.app.widgets.editor_clipboard import ClipboardApp
from journal_tui.entry.visible import one_line
from journal_tui.errors import JournalError
from journal_tui.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENDING_SIGNALS = ("SIGTERM", "SIGHUP")


class JournalApp(ClipboardApp[None]):
    """Shows `journal` at `day` (today for None); None for the journal asks for one first."""

    TITLE = "journal"
    CSS_PATH = "app.tcss"
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
        self._ended_by = 0
        self.settings, self._settings_fault = _settings(self._places.config)
        super().__init__(ansi_color=self.settings.theme.startswith("ansi") or None)

    # -- beginning ------------------------------------------------------------------------

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Variables that the ANSI themes lack, so that switching to one never fails."""
        return {
            "foreground-disabled": "ansi_bright_black",
            "surface-active": "ansi_blue",
            "text-accent": "ansi_blue",
        }

    def on_mount(self) -> None:
        """Show the day; all else waits until it is on the screen."""
        self._choose_theme()
        if self.journal:
            self._open(self.journal)
        else:
            self._welcome()
        self.call_after_refresh(self._painted)

    def _open(self, journal: Journal) -> None:
        self.push_screen(Write(journal, self._day or journal.today(), self.settings.editor))

    def _painted(self) -> None:
        gc.collect()
        gc.freeze()
        gc.enable()
        self._no_core_dumps()
        if not self.is_headless:
            self._listen()
        self.app_resume_signal.subscribe(self, lambda _: self._resumed())
        self.theme_changed_signal.subscribe(self, lambda theme: self._remember_theme(theme.name))
        if self.settings.keys:
            self.set_keymap(self.settings.keys)
        if self._settings_fault:
            self.notify(self._settings_fault, severity="warning", markup=False)

    def _choose_theme(self) -> None:
        name = self.settings.theme
        if name in self.available_themes:
            self.theme = name
        elif not name and _is_light(os.environ.get("COLORFGBG", "")):
            self.theme = "textual-light"

    def _remember_theme(self, name: str) -> None:
        try:
            settings.remember(self._places.config, "theme", name)
        except JournalError as error:
            self.notify(str(error), severity="warning", markup=False)

    @staticmethod
    def _no_core_dumps() -> None:
        """A core dump would hold the text of entries."""
        try:
            import resource

            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        except (ImportError, OSError, ValueError):
            pass

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
            self._open(self.journal)

        sample = self._here / "entries"
        shown = str(sample) if (sample / "journal.toml").is_file() else None
        self.push_screen(WelcomeScreen("~/journal", make, shown), chosen)

    # -- ending ---------------------------------------------------------------------------

    def _listen(self) -> None:
        """SIGTERM and a closed terminal end the app in order; Windows has no such signals."""
        for name in _ENDING_SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                try:
                    loop = asyncio.get_running_loop()
                    loop.add_signal_handler(number, self._end_by_signal, int(number))
                except (NotImplementedError, RuntimeError, ValueError):
                    return

    def _end_by_signal(self, number: int) -> None:
        self._ended_by = number
        self._keep_everything(save=True)
        self.exit(return_code=128 + number)

    def _keep_everything(self, save: bool) -> None:
        """Whatever happens next, what was typed is on the disk."""
        for screen in self.screen_stack if self._screen_stacks else ():
            if isinstance(screen, Write):
                screen.keep(save)

    def _handle_exception(self, error: Exception) -> None:
        self._keep_everything(save=False)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Say where the fault is; Textual would print local variables, entry text among them."""
        error = sys.exc_info()[1] or self._exception
        self.bell()
        self._exit_renderables.append(_fault(error))
        self._close_messages_no_wait()

    async def action_quit(self) -> None:
        """Save and leave; an entry that cannot be saved keeps the app open until asked twice."""
        for screen in self.screen_stack:
            if isinstance(screen, Write) and not await screen.leave():
                return
        self.exit()

    def _resumed(self) -> None:
        self.refresh(layout=True)
        self.screen.refresh(layout=True)

    # -- actions --------------------------------------------------------------------------

    def action_help(self) -> None:
        """Every key, and how it all works."""
        from journal_tui.app.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(help_groups(), HELP_TEXT))

    def get_system_commands(self, screen: Screen[Any]) -> "Iterable[SystemCommand]":
        """The palette: every action of the day's screen, then Textual's own."""
        if isinstance(screen, Write):
            for action in ACTIONS:
                if action.name not in ("command_palette", "quit", "help"):
                    method = getattr(screen, f"action_{action.name}", None) or getattr(
                        self, f"action_{action.name}"
                    )
                    yield SystemCommand(action.label, action.help, method)
        for command in super().get_system_commands(screen):
            if command.title != "Keys":
                yield command

    def action_suspend_process(self) -> None:
        """Save, then stop as ctrl+z would elsewhere; ctrl+z is undo here."""
        self._keep_everything(save=True)
        super().action_suspend_process()


def _settings(config: Path) -> tuple[settings.Settings, str]:
    try:
        return settings.load(config), ""
    except JournalError as error:
        return settings.Settings(), str(error)


def _is_light(colours: str) -> bool:
    """Whether $COLORFGBG ("0;15") names a light background."""
    background = colours.rpartition(";")[2]
    return background in ("7", "15")


def _fault(error: BaseException | None) -> str:
    place = error.__traceback__ if error else None
    trail = []
    while place:
        name = Path(place.tb_frame.f_code.co_filename)
        if "journal_tui" in name.parts:
            trail.append(f"{name.name}:{place.tb_lineno}")
        place = place.tb_next
    kind = type(error).__name__ if error else "unknown"
    where = f" ({' > '.join(trail[-3:])})" if trail else ""
    return one_line(
        f"journal ended because of a fault in itself: {kind}{where}. "
        "What you had typed is kept; open journal again and it offers to restore it."
    )
