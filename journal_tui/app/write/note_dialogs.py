"""The dialogs that open or make a note of the day, and that ask what a new note is about."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.screens.help import HelpScreen
from journal_tui.app.textual_guards import GuardedOptionList
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.entry.note_kinds import ASKS_FOR_CUSTOMER, NoteKind, NoteRequest
from journal_tui.entry.sanitize import one_line

if TYPE_CHECKING:
    from journal_tui.customers.customer import Customer

_MAX_KEYS = 9
_PLAIN_KEY = "n"
_MAX_NAMED = 6


def keys_of_kinds(kinds: Sequence[NoteKind]) -> list[str]:
    """Return a key for each kind: the first letter of its name that isn't taken, or ""."""
    taken = {_PLAIN_KEY}
    keys = []
    for kind in kinds:
        letters = (c for c in kind.name.casefold() if c.isascii() and c.isalpha())
        key = next((letter for letter in letters if letter not in taken), "")
        taken.add(key)
        keys.append(key)
    return keys


class NotesDialog(Dialog["str | NoteKind | None"]):
    """The files of a day, and the kinds of notes to make.

    It returns the path of the chosen file, the kind of a new note, or "" for one without a kind.
    The cursor begins on the file after the `opened` one: pressing the key that opens the dialog and
    then enter, again and again, goes through all files.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "dialogs.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "next", "Next", show=False, id="files"),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        names: Mapping[str, str],
        opened: str,
        kinds: Sequence[NoteKind],
        key: str = "f8",
    ) -> None:
        hints = [
            (key, "Next"),
            ("enter", "Open"),
            (_PLAIN_KEY, "New note"),
            ("f1", "Help"),
            ("esc", "Cancel"),
        ]
        super().__init__(title, hints)
        self._names, self._opened = names, opened
        answers: list[tuple[str, str, str | NoteKind]] = [
            (str(number) if number <= _MAX_KEYS else "", names[path], path)
            for number, path in enumerate(names, 1)
        ]
        answers.append((_PLAIN_KEY, "New note, with a title of its own", ""))
        letters = keys_of_kinds(kinds)
        answers += [
            (key, f"New: {kind.name}{_about(kind)}", kind)
            for key, kind in zip(letters, kinds, strict=True)
        ]
        self._answers = answers

    def body(self) -> Sequence[Widget]:
        """Return the list of files and kinds."""
        options: list[Option | None] = []
        for number, (key, label, value) in enumerate(self._answers):
            if number and number == len(self._names):
                # A line between the files and the kinds of new notes.
                options.append(None)
            prompt = Content.assemble(
                (f" {key or '·'} ", "bold $text-accent"),
                f" {one_line(label)}",
                (" · open" if value == self._opened else "", "dim"),
            )
            options.append(Option(prompt))
        return [GuardedOptionList(*options, classes="choices", markup=False)]

    def on_mount(self) -> None:
        """Put the cursor on the file after the open one, or on a new note if there is no other."""
        answers = self.query_one(OptionList)
        answers.focus()
        paths = list(self._names)
        at = paths.index(self._opened) if self._opened in paths else -1
        answers.highlighted = (at + 1) % len(paths) if len(paths) > 1 or at < 0 else len(paths)

    async def action_help(self) -> None:
        """Show the section about notes in the help about writing."""
        self.app.push_screen(HelpScreen("writing", section="Notes"))

    def action_next(self) -> None:
        """Move to the next file, and from the last one to the first."""
        answers = self.query_one(OptionList)
        at = answers.highlighted
        answers.highlighted = 0 if at is None or at + 1 >= len(self._names) else at + 1

    def action_move(self, by: int) -> None:
        """Move the cursor, and from either end to the other."""
        answers = self.query_one(OptionList)
        answers.highlighted = ((answers.highlighted or 0) + by) % len(self._answers)

    def on_key(self, event: events.Key) -> None:
        """Choose the answer whose key was pressed."""
        for key, _, value in self._answers:
            if key and (event.key == key or event.character == key):
                event.stop()
                self.dismiss(value)
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the selected answer."""
        event.stop()
        self.dismiss(self._answers[event.option_index][2])


def _about(kind: NoteKind) -> str:
    """Return the purpose of a kind that asks for a customer, which its name may not say; else ""."""
    return " – a visit to a customer" if ASKS_FOR_CUSTOMER in kind.template else ""


class NewNoteDialog(Dialog[NoteRequest | None]):
    """A dialog that asks what a new note is about, or for its title, and returns the note.

    `describe(words)` returns a sentence about the note that the words would make, and the note
    itself, or None if it can't be made. With a list of `customers`, even an empty one, it asks for
    a customer, and a new name adds one.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "dialogs.tcss"]

    def __init__(
        self,
        kind: NoteKind | None,
        describe: Callable[[str], tuple[str, NoteRequest | None]],
        customers: "Sequence[Customer] | None" = None,
    ) -> None:
        title = f"New note: {kind.name}" if kind else "New note"
        hints = [("enter", "Make note"), ("esc", "Cancel")]
        if customers:
            hints.insert(1, ("tab →", "Complete"))
        super().__init__(title, hints)
        self._kind = kind
        self._describe = describe
        self._customers = customers

    def body(self) -> Sequence[Widget]:
        """Return the input, and the line that says what enter does."""
        asked = "A title, such as “Visit to the lab”"
        if self._customers is not None:
            asked = "Which customer? A known or a new one"
        elif self._kind:
            asked = "With whom (@ann) or about what? You can leave it empty"
        suggester = None
        if self._customers:
            names = [one.shown for one in self._customers] + [one.key for one in self._customers]
            suggester = SuggestFromList(map(one_line, names), case_sensitive=False)
        return [
            SingleLineInput(placeholder=asked, suggester=suggester),
            Static(classes="meaning -quiet"),
        ]

    def on_mount(self) -> None:
        """Say what enter does."""
        self._say("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what enter does."""
        self._say(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the note; stay open if it can't be made."""
        if request := self._say(event.value):
            self.dismiss(request)

    def _say(self, words: str) -> NoteRequest | None:
        """Show what a note of these words would be; return the note, or None if it can't be made."""
        meaning = self.query_one(".meaning", Static)
        is_empty = not NoteRequest(words).about
        is_wrong = False
        request: NoteRequest | None = None
        if is_empty and self._kind is None:
            said = "Its file will be named after the title."
        else:
            said, request = self._describe(words)
            is_wrong = request is None
        if is_empty and self._customers:
            said = f"Known: {_abbreviate_list([one.shown for one in self._customers])}."
        meaning.set_class(is_wrong, "-wrong")
        meaning.set_class(not is_wrong, "-quiet")
        meaning.update(Content(one_line(said)))
        return request


def _abbreviate_list(names: Sequence[str]) -> str:
    """Return the names at the beginning of a list, and how many more there are."""
    more = len(names) - _MAX_NAMED
    return ", ".join(names[:_MAX_NAMED]) + (f" and {more} more" if more > 0 else "")
