"""The screen of settings: their values and files, and the commands to change them."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from journal_tui.all_settings import (
    AT_ONCE,
    CHOICE,
    KEYS,
    PAGE,
    SETTINGS,
    SWITCH,
    TIME,
    AllSettings,
    Setting,
    SettingChange,
    filled_in,
    not_filled_in,
)
from journal_tui.app.commands import (
    KEY_TABLES,
    Command,
    PaletteCommand,
    bindings,
    commands,
    first_key,
    palette_commands,
)
from journal_tui.app.navigation import AppScreen
from journal_tui.app.screens.dialog import Choice, ChoiceDialog
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.app.screens.palette import Palette
from journal_tui.app.settings.dialogs import KeyDialog, TemplateDialog
from journal_tui.app.textual_guards import GuardedOptionList
from journal_tui.app.widgets.cells import fit
from journal_tui.app.widgets.mode_footer import ModeFooter
from journal_tui.counts import counted
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError, SettingsError
from journal_tui.period import long_date
from journal_tui.settings import FILE

_TITLE = 22
"""Columns of the settings' titles."""
_NOT_SET = "–"
_KEYS = {
    "keys": ("Keys", "The keys of the commands, on the page and everywhere."),
    "find-keys": ("Keys in Find", "The keys of the commands of Find."),
}
"""The title and the description of each table of keys."""
_CHOICES = {
    "calendar": "every day", "workdays": "Monday to Friday", "entries": "days with an entry",
    "none": "no numbers", "true": "yes", "false": "no",
}  # fmt: skip
"""The labels of the values that can be chosen."""
_GIVES_WAY = ("undo", "reset")
"""The commands whose keys a narrow footer leaves out, the least needed first."""


class SettingList(GuardedOptionList):
    """The list of settings. The binding that changes a setting is here, so that the footer shows its key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in bindings("settings") if binding.action == "change"
    ]

    def action_change(self) -> None:
        """Choose the selected setting."""
        self.action_select()


class SettingRow(NamedTuple):
    """A row of the list: a setting, a table of keys, or, without either, the title of a group."""

    title: str
    setting: Setting | None = None
    table: str = ""


class SettingsScreen(AppScreen[bool]):
    """A screen that lists and changes settings; returns whether entries have to be read again.

    `apply(setting)` puts a changed setting into effect. `choose_theme(choose)` asks for a theme, and
    calls `choose` with its name. The setting called `name` is selected at first, or else the first one.
    """

    replaces_messages = True
    opened_by = "settings"
    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("settings")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012

    def __init__(
        self,
        settings: AllSettings,
        apply: Callable[[Setting], None],
        choose_theme: Callable[[Callable[[str], None]], None],
        name: str = "",
    ) -> None:
        super().__init__()
        self.settings = settings
        self._apply, self._choose_theme = apply, choose_theme
        self.list = SettingList(classes="settings", markup=False)
        self.rows: list[SettingRow] = []
        self._first = name
        self._changes_reading = False

    def compose(self) -> ComposeResult:
        """Yield the heading, the settings, the description of the selected one, and the keys."""
        yield Static(Content.styled("Settings", "bold"), classes="heading")
        yield Static(classes="fault")
        with Container(classes="both"):
            yield self.list
            about = VerticalScroll(Static(classes="about"), classes="about-frame")
            about.can_focus = False
            yield about
        yield ModeFooter(self.app.size.width, _GIVES_WAY)

    def on_mount(self) -> None:
        """List the settings, and select the one called `name`."""
        self.list.focus()
        self._list()
        for at, row in enumerate(self.rows):
            if row.setting and row.setting.name == self._first:
                self._go_to(at)

    def on_resize(self) -> None:
        """Fit the rows to the width."""
        for footer in self.query(ModeFooter):
            footer.fit(self.size.width)
        if self.rows:
            self._list()

    def on_screen_resume(self) -> None:
        """Show the settings again, because a command of the palette may have changed one."""
        if self.rows:
            self._list()

    def palette_commands(self) -> Iterable[PaletteCommand]:
        """Yield the palette's commands for this screen, then a command for each setting, which changes it."""

        def change(at: int) -> None:
            self._go_to(at)
            self.action_change()

        yield from palette_commands(("settings",), self)
        yield from self._row_commands(change)

    def _row_commands(self, run: Callable[[int], None]) -> Iterable[PaletteCommand]:
        """Yield a command for each setting and table of keys; `run` gets the number of its row."""
        for at, row in enumerate(self.rows):
            if setting := row.setting:
                words = f"{setting.name} {setting.help}"
                yield PaletteCommand(row.title, setting.help, partial(run, at), words=words)
            elif row.table:
                about = _KEYS[row.table][1]
                yield PaletteCommand(row.title, about, partial(run, at), words=about)

    def _go_to(self, at: int) -> None:
        self.list.highlighted = at

    def action_filter(self) -> None:
        """Ask for a setting by its name or description, and move the cursor to it."""

        def chosen(command: PaletteCommand | None) -> None:
            if command:
                command.callback()

        palette = Palette(
            self._row_commands(self._go_to),
            title="Find a setting",
            placeholder="Part of a name, or what it does",
        )
        self.app.push_screen(palette, chosen)

    def _list(self) -> None:
        """List the settings with their values in the files; the cursor stays on its row."""
        options = self.list
        at = options.highlighted
        self.rows = list(self._make_rows())
        width = max(20, options.scrollable_content_region.width or self.size.width)
        faults: dict[str, None] = {}
        lines: list[Option] = []
        for row in self.rows:
            if not (row.setting or row.table):
                lines.append(
                    Option(Content.styled(f" {row.title}", "bold $text-primary"), disabled=True)
                )
                continue
            try:
                value, is_set = self._value(row)
            except SettingsError as error:
                faults[str(error)] = None
                value, is_set = _NOT_SET, False
            lines.append(Option(_line(row.title, value, is_set, width)))
        options.clear_options()
        options.add_options(lines)
        options.highlighted = at if at is not None and at < len(lines) else 1
        fault = " ".join(faults)
        self.query_one(".fault", Static).update(Content(one_line(fault)))
        self.set_class(bool(fault), "-faulty")
        self._describe()

    def _make_rows(self) -> Iterable[SettingRow]:
        yield SettingRow("Yours, on this computer: settings.toml")
        for one in SETTINGS:
            if one.is_personal:
                yield SettingRow(one.title, one)
            if one.name == "editor":
                yield from (SettingRow(title, table=table) for table, (title, _) in _KEYS.items())
        if self.settings.journal is None:
            return
        is_sample = self.settings.journal.is_sample
        note = " (a sample: nothing is written to it)" if is_sample else ""
        yield SettingRow(f"This journal's, wherever it is: journal.toml{note}")
        yield from (SettingRow(one.title, one) for one in SETTINGS if not one.is_personal)

    def _value(self, row: SettingRow) -> tuple[str, bool]:
        """Return the value that a row shows, and whether it is set in the file. Raise SettingsError."""
        if row.setting:
            return self.settings.in_words(row.setting) or _NOT_SET, self.settings.is_set(
                row.setting
            )
        changed = self.settings.keys(row.table)
        if not changed:
            return "none changed", False
        return f"{counted(len(changed), 'key')} changed: {', '.join(changed)}", True

    @property
    def _row(self) -> SettingRow | None:
        at = self.list.highlighted
        return self.rows[at] if at is not None and at < len(self.rows) else None

    def _describe(self) -> None:
        """Describe the selected setting: its purpose, its file, and when a change takes effect."""
        row = self._row
        parts: list[Any] = []
        if row and row.setting:
            setting = row.setting
            parts += [(setting.title, "bold"), f"\n{setting.help} {setting.effect}\n"]
            parts += [self._about_value(setting), "\n", (self._where(setting), "dim")]
        elif row and row.table:
            title, about = _KEYS[row.table]
            parts += [(title, "bold"), f"\n{about} They take effect at once.\n"]
            parts += [(f"[{row.table}], in {self.settings.places.config / FILE}", "dim")]
        self.query_one(".about", Static).update(Content.assemble(*parts))

    def _about_value(self, setting: Setting) -> str:
        try:
            is_set = self.settings.is_set(setting)
        except SettingsError:
            return ""
        if setting.kind == PAGE:
            return "Your own." if is_set else "The default."
        if is_set:
            usual = self.settings.default_in_words(setting)
            return f"Default: {usual}." if usual else "It has no default."
        return f"Such as {setting.example}." if setting.example and not setting.choices else ""

    def _where(self, setting: Setting) -> str:
        return f"{setting.name}, in {one_line(str(self.settings.file(setting)))}"

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Describe the selected setting."""
        self._describe()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Change the chosen setting."""
        event.stop()
        self.action_change()

    def action_change(self) -> None:
        """Ask for another value of the selected setting."""
        row = self._row
        if row is None:
            return
        if row.table:
            self._ask_for_command(row.table)
        elif setting := row.setting:
            try:
                value = self.settings.value(setting)
            except SettingsError as error:
                self.tell(str(error), "warning")
                return
            self._ask(setting, value)

    def _ask(self, setting: Setting, value: str) -> None:
        change = partial(self._set, setting)
        if setting.name == "theme":
            self._choose_theme(change)
        elif setting.kind in (CHOICE, SWITCH):
            current = value or self.settings.default(setting)
            choices = [_choice(setting.kind, name, name == current) for name in setting.choices]
            if setting.kind == SWITCH:
                # “yes” comes first, as in every question.
                choices.sort(key=lambda choice: choice[2] != "true")
            self.app.push_screen(ChoiceDialog(setting.title, setting.help, choices), change)
        elif setting.kind == PAGE:
            text = value or self.settings.default(setting)
            page = TemplateDialog(setting.title, text, partial(self._explain_page, setting))
            self.app.push_screen(page, change)
        else:
            self.app.push_screen(self._line_dialog(setting, value), change)

    def _line_dialog(self, setting: Setting, value: str) -> LineDialog:
        return LineDialog(
            setting.title,
            setting.help,
            "Set",
            partial(self._explain, setting),
            about=f"Such as {setting.example}",
            placeholder=setting.example,
            text=value or self.settings.default(setting),
        )

    def _explain(self, setting: Setting, words: str) -> str:
        """Return what a value means. Raise JournalError if it can't be used."""
        return f"→ {self.settings.meaning(setting, words)}"

    def _explain_page(self, setting: Setting, page: str) -> str:
        self.settings.parse(setting, page)
        return f"{not_filled_in(setting, page)} {filled_in(setting)}".lstrip()

    def _ask_for_command(self, table: str) -> None:
        """Ask for the command whose key to change, and then for the key."""
        try:
            changed = self.settings.keys(table)
        except SettingsError as error:
            self.tell(str(error), "warning")
            return

        def asked(command: Command) -> None:
            setting = self.settings.setting(f"{table}.{command.id}")
            usual = ", ".join(map(first_key, command.keys.split(","))) or "none"
            dialog = KeyDialog(
                f"Key: {command.title}",
                f"{command.help}.\nUsually: {usual}.",
                "Set",
                partial(self._explain, setting),
                about="Press the new key, or type its name; separate several with commas. "
                "Leave it empty for the usual one.",
                placeholder=command.keys,
                may_be_empty=True,
                text=changed.get(command.id, ""),
            )
            self.app.push_screen(dialog, partial(self._set, setting))

        listed = [
            PaletteCommand(
                command.title,
                command.help,
                partial(asked, command),
                first_key(changed.get(command.id, "") or command.keys),
                f"{command.words} {command.help}",
            )
            for command in commands(*KEY_TABLES[table])
        ]

        def chosen(command: PaletteCommand | None) -> None:
            if command:
                command.callback()

        palette = Palette(listed, title=_KEYS[table][0], placeholder="Type part of a command")
        self.app.push_screen(palette, chosen)

    def _set(self, setting: Setting, words: str | None) -> None:
        if words == "" and setting.kind == KEYS:
            self._do(setting, lambda: self.settings.reset(setting))
        elif words is not None:
            self._do(setting, lambda: self.settings.set(setting, words))

    def _do(self, setting: Setting, make: Callable[[], SettingChange | None]) -> None:
        """Make and apply a change, and show a message about it; if it fails, show why."""
        change = None
        try:
            change = make()
        except JournalError as error:
            self.tell(str(error), "warning")
        if change or setting.is_personal:
            # A personal setting is applied even if it wasn't changed: a theme that was only tried may
            # still be shown.
            self._apply(setting)
        if change:
            self._changes_reading |= change.setting.changes_reading
            file = self.settings.file(change.setting).name
            value = self.settings.in_words(change.setting) or _NOT_SET
            effect = "" if change.setting.effect == AT_ONCE else f" {change.setting.effect}"
            if change.setting.kind == TIME and self.settings.journal:
                effect = f" It is now {long_date(self.settings.journal.today())}."
            self.tell(f"{change.setting.title}: {value}. Written to {file}.{effect}")
            self.tell(change.warning, "warning")
        self._list()

    def action_reset(self) -> None:
        """Go back to the default of the selected setting."""
        row = self._row
        if row and row.table:
            self.tell("To reset a key, press enter, choose its command and clear the line.")
        elif row and row.setting:
            setting = row.setting
            self._do(setting, lambda: self.settings.reset(setting))

    def action_undo(self) -> None:
        """Undo the latest change that was made on this screen."""
        try:
            change = self.settings.undo()
        except JournalError as error:
            self.tell(str(error), "warning")
            return
        self._changes_reading |= change.setting.changes_reading
        self._apply(change.setting)
        value = self.settings.in_words(change.setting) or _NOT_SET
        self.tell(f"Undone: {change.setting.title} is {value} again.")
        self._list()

    def action_back(self) -> None:
        """Go back to the page."""
        self.leave()

    def leave(self) -> AwaitComplete:
        """Go back to the page; the answer is whether entries have to be read again."""
        return self.dismiss(self._changes_reading)

    def action_help(self) -> None:
        """Open the help about settings."""
        from journal_tui.app.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("settings"))


def _choice(kind: str, name: str, is_current: bool) -> Choice:
    """Return an answer for a value; the label of the current one says so."""
    said = _CHOICES[name]
    label = said if kind == SWITCH else f"{name} – {said}"
    return label[0], f"{label} (as it is now)" if is_current else label, name


def _line(title: str, value: str, is_set: bool, width: int) -> Content:
    """Return a setting as one line: its title and its value, dimmed if it is the default."""
    note = "" if is_set or value == _NOT_SET else "  (default)"
    room = max(1, width - _TITLE - 3 - len(note))
    shown = fit(one_line(value), room).rstrip() + note
    return Content.assemble(f" {fit(title, _TITLE)} ", (shown, "bold" if is_set else "dim"))
