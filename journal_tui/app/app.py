"""The app: one journal on the screen, from the first paint to a safe end."""

import os
import sys
import time
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import events, work
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from journal_tui import journal as journals
from journal_tui import settings
from journal_tui.app import ending, garbage, themes
from journal_tui.app.actions import (
    ACTIONS,
    HELP_TEXT,
    bindings,
    help_groups,
    key_faults,
    usable_keys,
)
from journal_tui.app.palette import Commands, Palette
from journal_tui.app.screens import asking
from journal_tui.app.screens.write import Write
from journal_tui.app.widgets.editor_clipboard import ClipboardApp
from journal_tui.app.window import WindowApp
from journal_tui.entry.visible import visible
from journal_tui.errors import JournalError
from journal_tui.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Iterable

TIDY_SECONDS, IDLE_SECONDS = 20.0, 3.0
"""How often the memory is tidied up, and how long nobody must have typed then."""


class JournalApp(WindowApp[None], ClipboardApp[None]):
    """Shows `journal` at `day` (today for None); None for the journal asks for one first."""

    TITLE = "journal"
    # The first screen's as well: Textual loads those of the screens that come later.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "screens/write.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(of_app=True)]
    COMMANDS = {Commands}  # noqa: RUF012
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
        self._refused: JournalError | None = None
        self.settings, self._settings_fault = settings.loaded(self._places.config)
        self._typed_at = 0.0
        super().__init__(ansi_color=self.settings.theme.startswith("ansi") or None)

    # -- beginning ------------------------------------------------------------------------

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Variables that the ANSI themes lack, so that switching to one never fails."""
        return dict(themes.MISSING)

    def on_load(self) -> None:
        """Hear signals from the beginning: whoever is fast may type before the first paint."""
        ending.hear_of_lost_faults(self._lost)
        if not self.is_headless:
            ending.listen(self._end_by_signal)

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
        return super().get_default_screen()

    def _refuse(self, error: JournalError) -> None:
        """End with the sentence of an error that leaves nothing to show."""
        self.exit(return_code=error.exit_code, message=Text(visible(str(error))))

    def _page(self, journal: Journal) -> Write:
        return Write(journal, self._day or journal.today(), self.settings.editor)

    def _painted(self) -> None:
        garbage.begin()
        self.set_interval(TIDY_SECONDS, self._tidy)
        ending.no_core_dumps()
        ending.keep_one_reader(self._driver)
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
                f"There is no theme “{name}”: choose one in the palette (ctrl+p)."
            )
        elif themes.is_light(os.environ.get("COLORFGBG", "")):
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

    def _end_by_signal(self, number: int) -> None:
        self._keep_everything(save=True)
        self.exit(return_code=128 + number)

    def _keep_everything(self, save: bool) -> None:
        """Whatever happens next, what was typed is on the disk."""
        for screen in self._pages():
            screen.keeping.keep(save)

    def _lost(self, where: str) -> None:
        """A task failed that nobody waits for: the app goes on, with the draft on the disk."""
        for screen in self._pages():
            screen.keeping.sync_draft()
        if self.is_running:
            self.notify(f"A fault in journal itself: {where}. Your text is kept.", severity="error")

    def panic(self, *renderables: Any) -> None:
        """Textual's own would print what it is given: a traceback with the words of its error."""
        self._keep_everything(save=False)
        self._return_code = 1
        self._fatal_error()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Nothing is seen on the screen that is not in the draft; messages come after the paint."""
        for page in self._pages():
            page.keeping.take_note()
        super()._display(screen, renderable)

    def _handle_exception(self, error: Exception) -> None:
        self._keep_everything(save=False)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Say where the fault is; Textual would print local variables, entry text among them."""
        error = sys.exc_info()[1] or self._exception
        self.bell()
        self._exit_renderables.append(ending.fault(error))
        self._close_messages_no_wait()

    async def on_event(self, event: events.Event) -> None:
        """Work on the index waits while somebody types."""
        if isinstance(event, events.Key | events.Paste):
            self._typed_at = time.monotonic()
            for screen in self._pages():
                screen.keeping.background.make_way()
        await super().on_event(event)

    def on_app_blur(self) -> None:
        """Off to another window: save."""
        for screen in self._pages():
            screen.keeping.save_in_passing()

    def on_app_focus(self) -> None:
        """Back from another window: look what happened to the file."""
        for screen in self._pages():
            screen.keeping.look_at_file()

    def action_help_quit(self) -> None:
        """ctrl+c does not quit: people press it to copy."""
        self.notify("To leave, press ctrl+q; everything is saved then.")

    async def action_quit(self) -> None:
        """Save and leave; an entry that cannot be saved keeps the app open until asked."""
        if not self._is_leaving:
            self._is_leaving = True
            # Asking waits for an answer, which this message loop has to bring.
            self._leave()

    @work
    async def _leave(self) -> None:
        try:
            for screen in self._pages():
                if not screen.save() and not await asking.whether_to_leave(screen):
                    return
            self.exit()
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
        """The palette: every action of the day's screen, then Textual's own."""
        if isinstance(screen, Write):
            for action in ACTIONS:
                if action.name != "command_palette":
                    name = f"action_{action.name}"
                    method = getattr(screen, name, None) or getattr(self, name)
                    yield SystemCommand(action.label, action.help, method)
        from journal_tui.app.screens import searches

        yield from searches.commands(screen)
        for command in super().get_system_commands(screen):
            if command.title not in ("Keys", "Maximize", "Minimize", "Quit"):
                yield command

    def action_command_palette(self) -> None:
        """Show the palette."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_suspend_process(self) -> None:
        """Save, then stop as ctrl+z would elsewhere; ctrl+z is undo here."""
        for screen in self._pages():
            screen.save()
            screen.keeping.sync_draft()
        super().action_suspend_process()
