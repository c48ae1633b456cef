"""The small dialogs of the page: which day, which folder, which problem, which line of the brief."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.textual_guards import GuardedOptionList
from journal_tui.app.widgets.humanize import MONTHS, counted, long_date
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.write.brief_list import BriefList
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError
from journal_tui.period import CalendarPeriod

if TYPE_CHECKING:
    from journal_tui.journal import BriefLine

_DAY_EXAMPLES = "yesterday · last friday · 3 mar · -7 · 2026-11-13 · last week"

_ABOUT_COPY = "The text is saved as a new file; no existing file is replaced."


class GoToDialog(Dialog["date | CalendarPeriod | None"]):
    """A dialog that returns a day, a week, a month, a quarter, a year, or None.

    `parse` reads the words, or raises ValueError or JournalError with a sentence to show.
    """

    def __init__(
        self,
        parse: "Callable[[str], date | CalendarPeriod]",
        text: str = "",
        *,
        title: str = "Go to date",
        examples: str = _DAY_EXAMPLES,
    ) -> None:
        super().__init__(title, [("enter", "Go"), ("esc", "Cancel")])
        self._parse = parse
        self._text = text
        self._examples = examples

    def body(self) -> Sequence[Widget]:
        """Return the input and the line with its meaning."""
        line = SingleLineInput(self._text, placeholder="last friday")
        return [line, Static(classes="meaning")]

    def on_mount(self) -> None:
        """Show what the initial text means."""
        self._say(self._text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the words mean."""
        self._say(event.value)

    def _say(self, text: str) -> "date | CalendarPeriod | None":
        """Show the day or period that the text means, or why it has no meaning; return it or None."""
        meaning = self.query_one(".meaning", Static)
        day: date | CalendarPeriod | None = None
        wrong = False
        said = self._examples
        if text.strip():
            try:
                day = self._parse(text.strip())
                said = f"→ {long_date(day) if isinstance(day, date) else in_days(day)}"
            except (ValueError, OverflowError, JournalError) as error:
                said, wrong = str(error), True
        meaning.set_class(wrong, "-wrong")
        meaning.set_class(day is None and not wrong, "-quiet")
        meaning.update(Content(one_line(said)))
        return day

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the day or period; stay open if the words have no meaning."""
        day = self._say(event.value)
        if day is not None:
            self.dismiss(day)


def in_days(period: "CalendarPeriod") -> str:
    """Return the title of a period with its days: Week 41 of 2014, 6 October to 12 October 2014."""
    first, last = period.first, period.days.last
    start = f"{first.day} {MONTHS[first.month - 1]}"
    start += f" {first.year}" if first.year != last.year else ""
    return f"{period.title}, {start} to {last.day} {MONTHS[last.month - 1]} {last.year}"


class ProblemsDialog(Dialog["int | str | None"]):
    """A list of problems as (place, sentence); returns the place of the chosen one.

    A place is a line counted from 1, the path of a copy of the entry, or 0 for neither.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "dialogs.tcss"]

    def __init__(self, problems: Sequence[tuple[int | str, str]]) -> None:
        hints = [("↑↓", "Move"), ("enter", "Go to the line"), ("esc", "Back")]
        super().__init__(counted(len(problems), "problem"), hints)
        self._problems = problems

    def body(self) -> Sequence[Widget]:
        """Return the list of problems."""
        options = []
        for place, sentence in self._problems:
            where = f"Line {place}: " if isinstance(place, int) and place else ""
            more = " Press enter to compare them." if isinstance(place, str) else ""
            options.append(
                Option(Content.assemble((where, "bold $text-accent"), one_line(sentence) + more))
            )
        return [GuardedOptionList(*options, classes="choices", markup=False)]

    def on_mount(self) -> None:
        """Put the cursor on the first problem."""
        problems = self.query_one(OptionList)
        problems.focus()
        problems.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the place of the selected problem."""
        event.stop()
        self.dismiss(self._problems[event.option_index][0])


class FolderDialog(Dialog[str | None]):
    """A dialog that saves a text in a folder and returns its path; after a failure, it asks for another.

    `write(folder)` returns (path, "") or, if it fails, ("", the reason as a sentence).
    """

    def __init__(self, folder: str, write: Callable[[str], tuple[str, str]]) -> None:
        super().__init__("Save this text elsewhere", [("enter", "Save there"), ("esc", "Cancel")])
        self._folder = folder
        self._write = write

    def body(self) -> Sequence[Widget]:
        """Return the explanation, the input for the folder, and the line for an error."""
        return [
            Static(Content(_ABOUT_COPY), classes="quiet"),
            SingleLineInput(self._folder, placeholder="A folder, such as ~/Documents"),
            Static(classes="meaning"),
        ]

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save in the folder; do nothing if the input is empty."""
        if not event.value.strip():
            return
        place, fault = self._write(event.value.strip())
        if place:
            self.dismiss(place)
            return
        meaning = self.query_one(".meaning", Static)
        meaning.add_class("-wrong")
        meaning.update(Content(one_line(fault)))


class BriefDialog(Dialog["BriefLine | None"]):
    """The lines of a brief; returns the one to open, or None."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "dialogs.tcss"]

    def __init__(self, title: str, lines: "Sequence[BriefLine]") -> None:
        super().__init__(title, [("↑↓", "Move"), ("enter", "Open"), ("esc", "Back")])
        self._lines = lines

    def body(self) -> Sequence[Widget]:
        """Return the list."""
        return [BriefList(empty="Nothing is due, and nothing was written earlier.")]

    def on_mount(self) -> None:
        """Show the lines, with the cursor on the first."""
        listed = self.query_one(BriefList)
        listed.border_title = Content("")
        listed.show_brief(self._lines)
        listed.focus()

    def on_brief_list_chosen(self, event: BriefList.Chosen) -> None:
        """Answer with the selected line."""
        event.stop()
        self.dismiss(event.line)
