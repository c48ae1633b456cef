"""Rate a day in one line, beside the way one usually rates."""

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.oneline import OneLine
from journal_tui.app.widgets.ratingscale import RatingScale
from journal_tui.entry.rating import canonical, parse, shown
from journal_tui.entry.visible import one_line

_ASK = "A number from 0 to 10, and a remark if you like."


def read_rating(text: str) -> tuple[float, str]:
    """The rating and remark of `9`, `7.5 good day`, `9/10 – good`; ValueError with a sentence."""
    parsed = parse(text.strip())
    if parsed is None:
        raise ValueError("Begin with a number from 0 to 10, such as “7.5 long, but honest”.")
    if parsed.value is None:
        raise ValueError(f"{parsed.fault[:1].upper()}{parsed.fault[1:]}.")
    return parsed.value, parsed.remark


class RatingDialog(Dialog[tuple[float, str] | None]):
    """Asks for a rating with its remark; `recent` are the latest ratings, in any order.

    `typed` is told what the line says with each key, None where that is no rating.
    """

    def __init__(
        self,
        value: float | None = None,
        remark: str = "",
        recent: Sequence[float] = (),
        *,
        title: str = "Enjoyment",
        typed: Callable[[tuple[float, str] | None], object] = lambda rating: None,
    ) -> None:
        super().__init__(title, [("enter", "Rate"), ("esc", "Cancel")])
        self._value = value
        self._remark = remark
        self._recent = recent
        self._typed = typed

    def body(self) -> Sequence[Widget]:
        """The input, what it means, and the scale."""
        text = "" if self._value is None else canonical(self._value, self._remark)
        return [
            OneLine(text, placeholder="7.5 long, but honest", select_on_focus=False),
            Static(classes="meaning"),
            RatingScale(self._value, self._recent),
        ]

    def on_mount(self) -> None:
        """Select the number alone, so that a typed one replaces it and the remark stays."""
        line = self.query_one(OneLine)
        if self._value is not None:
            line.selection = Selection(0, len(canonical(self._value)))
        self._say(line.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show at once what the text means, and tell it."""
        self._typed(self._say(event.value))

    def _say(self, text: str) -> tuple[float, str] | None:
        """Show the rating or what is wrong with it, and return it if it is one."""
        meaning = self.query_one(".meaning", Static)
        read: tuple[float, str] | None = None
        try:
            read = read_rating(text) if text.strip() else None
            said = _ASK
            if read is not None:
                remark = one_line(read[1])
                said = f"{shown(read[0])} out of 10{f', {remark}' if remark else ''}"
            wrong = False
        except ValueError as error:
            said, wrong = str(error), True
        meaning.set_class(wrong, "-wrong")
        meaning.set_class(read is None and not wrong, "-quiet")
        meaning.update(Content(one_line(said)))
        self.query_one(RatingScale).value = read[0] if read else None
        return read

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the rating; anything that is none stays in the dialog with its sentence."""
        read = self._say(event.value)
        if read is not None:
            self.dismiss(read)
