"""The dialog that asks for the rating of a day, and shows how earlier days were rated."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from journal_tui.app.navigation import is_gone
from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.cells import cut, scale_of
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.write.rating_scale import RatingScale
from journal_tui.entry.model import TEN, Scale, shown
from journal_tui.entry.rating import canonical, parse
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError
from journal_tui.review.calibration import MOST_EXAMPLES

if TYPE_CHECKING:
    from journal_tui.journal import Calibration


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
            # A day can be rated without it.
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
        lines = [*lines, *[""] * MOST_EXAMPLES][: MOST_EXAMPLES - len(stretch)]
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
