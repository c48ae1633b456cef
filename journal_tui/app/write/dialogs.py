"""The page's dialogs: go to a date, save in a folder, add a point, rate, and answer about earlier points."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.input import Selection
from textual.widgets.option_list import Option

from journal_tui.app.navigation import is_gone
from journal_tui.app.screens.dialog import ChoiceDialog, Dialog
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.app.textual_guards import GuardedOptionList
from journal_tui.app.widgets.cells import cut, scale_of
from journal_tui.app.widgets.humanize import MONTHS, counted, long_date
from journal_tui.app.widgets.inputs import Paragraph, SingleLineInput
from journal_tui.app.widgets.key_line import Hint, KeyLine
from journal_tui.app.write.brief_list import BriefList
from journal_tui.app.write.rating_scale import RatingScale
from journal_tui.app.write.similar_list import SimilarList, SimilarResult
from journal_tui.entry.model import TEN, Scale, shown
from journal_tui.entry.rating import canonical, parse
from journal_tui.entry.relative_time import long_ago, repeat_message
from journal_tui.entry.sanitize import one_line
from journal_tui.entry.verdicts import ACTED_ON, NO_LONGER_TRUE, STILL_TRUE
from journal_tui.errors import JournalError
from journal_tui.period import CalendarPeriod
from journal_tui.review.calibration import MAX_EXAMPLES

if TYPE_CHECKING:
    from journal_tui.journal import (
        BriefLine,
        Calibration,
        ListedExpectation,
        ReturningPoint,
        SimilarPoint,
    )

_DAY_EXAMPLES = "yesterday · last friday · 3 mar · -7 · 2026-11-13 · last week"

SHOW, NOT_NOW, OPEN_DAY = "show", "not now", "open"
"""Answers about a learning point that returns, besides the verdicts."""
_ABOUT_COPY = "The text is saved as a new file; no existing file is replaced."
PAUSE_SECONDS = 0.2
"""Seconds without a key after which similar points are looked up."""


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
        """Show the day or period that the text means, or why it means none; return the day, period or None."""
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


_READ_EARLIER = ("↓ enter", "Read an earlier one")


class PointDialog(Dialog[str | None]):
    """A dialog that returns a point of `day` as one line, or None.

    If a list was pasted, `typed`, `add` and the answer get a line for each of its items.

    `find_similar(text)` is called in another thread and returns the earlier points to list, or
    None; `read(point)` shows the entry of one of them; `typed(text)` is called with each change.
    With `add(text)`, which adds a point, the person can add several: `next_key` adds the typed one
    and empties the input. It is the key of the command that opens the dialog.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "dialogs.tcss"]
    # The command that opens the dialog has the same id, so the settings change both keys.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "next", "Add, and begin the next", show=False, id="point")
    ]

    def __init__(
        self,
        text: str = "",
        find_similar: Callable[[str], SimilarResult | None] | None = None,
        read: Callable[["SimilarPoint"], object] | None = None,
        *,
        day: date = date.max,
        title: str = "Learning point",
        placeholder: str = "What did today teach you?",
        typed: Callable[[str], object] = lambda text: None,
        add: Callable[[str], object] | None = None,
        next_key: str = "ctrl+n",
    ) -> None:
        self._add, self._next_key, self._added = add, next_key, 0
        self._items: Sequence[str] = ()
        super().__init__(title, self._keys())
        self._text = text
        self._placeholder = placeholder
        self._typed = typed
        self._find_similar, self._read, self._day = find_similar, read, day
        self._asked = ""
        self._pause: Timer | None = None

    def body(self) -> Sequence[Widget]:
        """Return the input and, if `find_similar` is given, the list of earlier points."""
        paragraph = Paragraph(self._text, placeholder=self._placeholder, takes_lists=True)
        if self._find_similar is None:
            return [paragraph]
        earlier = SimilarList(self._day)
        earlier.display = False
        return [paragraph, earlier]

    def _keys(self, *more: Hint) -> list[Hint]:
        """Return the keys that work now; once a point was added, esc closes instead of cancelling."""
        count = len(self._items)
        keys: list[Hint] = [("enter", f"Add {count} points" if count > 1 else "Add")]
        if self._add:
            keys.append((self._next_key, "Add and write another"))
        return [*keys, *more, ("esc", "Close" if self._added else "Cancel")]

    def action_next(self) -> None:
        """Add the point and begin the next one; do nothing while it is empty."""
        paragraph = self.query_one(Paragraph)
        items = paragraph.items
        if not self._add or not items:
            return
        self._add("\n".join(items))
        self._added += len(items)
        frame = self.query_one(".frame")
        frame.border_subtitle = Content(f"{counted(self._added, 'point')} added")
        paragraph.text = ""
        paragraph.focus()
        self.query_one(KeyLine).show(self._keys())

    def on_mount(self) -> None:
        """Look up points similar to the initial text."""
        self._look()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Pass on the text, and look up similar points when the typing pauses."""
        items = self.query_one(Paragraph).items
        self._typed("\n".join(items))
        if max(1, len(items)) != max(1, len(self._items)):
            self._items = items
            self.query_one(KeyLine).show(self._keys())
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self._look)

    def _look(self) -> None:
        items = self.query_one(Paragraph).items
        # Each item of a list would have similar points of its own.
        text = items[0] if len(items) == 1 else ""
        if self._find_similar and text != self._asked:
            self._asked = text
            self._ask(self._find_similar, text)

    @work(exclusive=True, group="recall", exit_on_error=False)
    async def _ask(self, find_similar: Callable[[str], SimilarResult | None], text: str) -> None:
        result = await asyncio.to_thread(find_similar, text)
        # The thread for an earlier text can't be stopped, but its cancelled worker ends above.
        earlier = self.query_one(SimilarList)
        if earlier.has_focus and not result:
            self.query_one(Paragraph).focus()
        # Without similar points, the list stays hidden.
        earlier.display = result is not None
        earlier.show_similar(result, self._day)
        self.query_one(KeyLine).show(self._keys(_READ_EARLIER) if result else self._keys())

    def on_paragraph_left_below(self, event: Paragraph.LeftBelow) -> None:
        """Move the focus to the earlier points."""
        for earlier in self.query(SimilarList):
            if earlier.chosen:
                earlier.focus()

    def on_similar_list_left_above(self, event: SimilarList.LeftAbove) -> None:
        """Move the focus back to the text."""
        self.query_one(Paragraph).focus()

    def on_similar_list_chosen(self, event: SimilarList.Chosen) -> None:
        """Show the entry of the earlier point, keeping the typed text."""
        if self._read:
            self._read(event.point)

    def on_paragraph_submitted(self, event: Paragraph.Submitted) -> None:
        """Answer with the point; stay open if it is empty."""
        if event.text:
            self.dismiss(event.text)


def _example(scale: Scale) -> str:
    """Return an example of a rating: with a half only on a scale to ten."""
    return "7.5" if scale == TEN else str(scale.at(0.75))


def read_rating(text: str, scale: Scale = TEN) -> tuple[float, str]:
    """Return the rating and remark of a text such as `9`, `7.5 good day` or `9/10 – good`.

    Raise ValueError with a sentence to show.
    """
    parsed = parse(text.strip(), scale=scale)
    if parsed is None:
        example = f"{_example(scale)} long, but honest"
        raise ValueError(f"Begin with a number from {scale}, such as “{example}”.")
    if parsed.value is None:
        raise ValueError(f"{parsed.fault[:1].upper()}{parsed.fault[1:]}.")
    return parsed.value, parsed.remark


class RatingDialog(Dialog[tuple[float, str] | None]):
    """A dialog that returns a rating and its remark, or None.

    `recent` are the latest ratings, in any order; `typed` is called after each key with the rating
    and remark, or with None if the text isn't a rating. `calibrate()` is called in another thread and
    returns how earlier days were rated.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "dialogs.tcss"]

    def __init__(
        self,
        value: float | None = None,
        remark: str = "",
        recent: Sequence[float] = (),
        *,
        title: str = "Enjoyment",
        typed: Callable[[tuple[float, str] | None], object] = lambda rating: None,
        calibrate: "Callable[[], Calibration] | None" = None,
    ) -> None:
        super().__init__(title, [("enter", "Rate"), ("esc", "Cancel")])
        self._calibrate = calibrate
        self._calibration: Calibration | None = None
        self._value = value
        self._remark = remark
        self._recent = recent
        self._typed = typed

    def body(self) -> Sequence[Widget]:
        """Return the input, the line with its meaning, and the scale."""
        scale = scale_of(self)
        text = "" if self._value is None else canonical(self._value, self._remark, scale)
        example = f"{_example(scale)} long, but honest"
        return [
            SingleLineInput(text, placeholder=example, select_on_focus=False),
            Static(classes="meaning"),
            RatingScale(self._value, self._recent),
            Static(classes="calibration"),
        ]

    def on_mount(self) -> None:
        """Select only the number, so that typing a new one keeps the remark."""
        line = self.query_one(SingleLineInput)
        if self._value is not None:
            line.selection = Selection(0, len(scale_of(self).shown(self._value)))
        self._say(line.value)
        if self._calibrate:
            self._look_up(self._calibrate)

    @work(group="calibration", exit_on_error=False)
    async def _look_up(self, calibrate: "Callable[[], Calibration]") -> None:
        try:
            found = await asyncio.to_thread(calibrate)
        except (JournalError, OSError):
            # A day can be rated without the calibration.
            return
        if not is_gone(self):
            self._calibration = found
            self._say(self.query_one(SingleLineInput).value)

    def _show_calibration(self, rating: float | None) -> None:
        """Show what is usual, a stretch of equal ratings, and earlier days with this rating."""
        found = self._calibration
        if found is None:
            return
        lines = found.words(rating) if rating is not None and found.rated else []
        stretch = [found.stretch.words] if found.stretch else []
        # The number of lines is the same for every rating, so that nothing moves during typing.
        lines = [*lines, *[""] * MAX_EXAMPLES][: MAX_EXAMPLES - len(stretch)]
        shown_lines = self.query_one(".calibration", Static)
        cells = max(20, shown_lines.content_size.width or 60)
        said = [cut(one_line(line), cells) for line in lines] if found.rated else []
        shown_lines.update(Content("\n".join([found.usual.words, *stretch, *said])))
        shown_lines.display = True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the text means, and pass it on."""
        self._typed(self._say(event.value))

    def _say(self, text: str) -> tuple[float, str] | None:
        """Show the rating that the text means, or what is wrong; return the rating or None."""
        meaning = self.query_one(".meaning", Static)
        read: tuple[float, str] | None = None
        try:
            scale = scale_of(self)
            read = read_rating(text, scale) if text.strip() else None
            said = f"A number from {scale}, and a remark if you like."
            if read is not None:
                remark = one_line(read[1])
                said = f"{shown(read[0])} out of {scale.high}{f', {remark}' if remark else ''}"
            wrong = False
        except ValueError as error:
            said, wrong = str(error), True
        meaning.set_class(wrong, "-wrong")
        meaning.set_class(read is None and not wrong, "-quiet")
        meaning.update(Content(one_line(said)))
        self.query_one(RatingScale).value = read[0] if read else None
        self._show_calibration(read[0] if read else None)
        return read

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the rating; stay open if the text isn't one."""
        read = self._say(event.value)
        if read is not None:
            self.dismiss(read)


class SimilarDialog(Dialog["SimilarPoint | None"]):
    """Earlier points similar to `text`, a point of `day`; returns the one to open, or None."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "dialogs.tcss"]

    def __init__(self, text: str, result: SimilarResult, day: date) -> None:
        super().__init__("Learned before?", [("↑↓", "Move"), ("enter", "Open"), ("esc", "Back")])
        self._text, self._result, self._day = text, result, day

    def body(self) -> Sequence[Widget]:
        """Return the point, how often it was learned before, and the earlier points."""
        parts = [Static(Content(one_line(self._text)), classes="point quiet")]
        if again := repeat_message(self._result.days):
            parts.append(Static(Content(again), classes="again"))
        return [*parts, SimilarList(self._day, title="Closest first")]

    def on_mount(self) -> None:
        """Show the earlier points, with the cursor on the closest."""
        earlier = self.query_one(SimilarList)
        earlier.show_similar(self._result, self._day)
        earlier.focus()

    def on_similar_list_chosen(self, event: SimilarList.Chosen) -> None:
        """Answer with the selected point."""
        self.dismiss(event.point)


class BriefDialog(Dialog["BriefLine | None"]):
    """The lines of a brief, or the sentence `empty` if there are none; returns the line to open, or None."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "dialogs.tcss"]

    def __init__(self, title: str, lines: "Sequence[BriefLine]", empty: str) -> None:
        super().__init__(title, [("↑↓", "Move"), ("enter", "Open"), ("esc", "Back")])
        self._lines, self._empty = lines, empty

    def body(self) -> Sequence[Widget]:
        """Return the list."""
        return [BriefList(empty=self._empty)]

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


def cue_dialog(point: "ReturningPoint", today: date) -> ChoiceDialog:
    """Return the dialog that shows the cue of a learning point and asks whether you remember it."""
    ago = long_ago(point.day, today)
    when = f"{ago[:1].upper()}{ago[1:]}, on {long_date(point.day)}, you learned something"
    about = f"{when}: {point.cue} …" if point.cue else f"{when}."
    choices = [("s", "Show it", SHOW), ("l", "Not now", NOT_NOW)]
    return ChoiceDialog("Do you remember it?", about, choices, escape="Close")


def verdict_dialog(point: "ReturningPoint") -> ChoiceDialog:
    """Return the dialog that asks whether a learning point is still true."""
    choices = [
        ("s", "Still true", STILL_TRUE),
        ("a", "Acted on …", ACTED_ON),
        ("x", "No longer true", NO_LONGER_TRUE),
        ("l", "Not now", NOT_NOW),
        ("o", "Open its day", OPEN_DAY),
    ]
    about = f"{point.text}\n\n{long_date(point.day)}. Your answer is written under it."
    return ChoiceDialog("Is it still true?", about, choices, escape="Close")


def where_dialog(point: "ReturningPoint") -> LineDialog:
    """Return the dialog that asks where you acted on a learning point; the answer may be empty."""
    return LineDialog(
        "Acted on",
        point.text,
        "Write it",
        lambda text: "This is written under the point.",
        about="Say where or how, or just press enter.",
        placeholder="the desk's checklist",
        may_be_empty=True,
    )


def happened_dialog(listed: "ListedExpectation") -> LineDialog:
    """Return the dialog that asks what became of an expectation."""
    return LineDialog(
        f"You expected on {long_date(listed.day)}",
        listed.expectation.text,
        "Write it",
        lambda text: "This is written under what you expected.",
        about="What happened? Say it in a few words.",
    )
