"""The banners above the page: a sample, an entry that is open in two windows, and a new day."""

from datetime import date

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from journal_tui.app.widgets.humanize import WEEKDAYS, short_date

_WIDE = 78
_ABOUT = "Write down what each working day taught you, and find it again years later."
_ABOUT_SHORT = "Write what each day taught you, and find it again."


class SampleBanner(Static):
    """Two lines above a sample's page: what journal is for, and that a sample can't be changed.

    A click posts `Chosen`.
    """

    DEFAULT_CSS = """
    SampleBanner {
        height: 2;
        padding: 0 1;
        background: $warning 30%;
        color: $text;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &.-refused { background: $warning 60%; }
        &:ansi { background: ansi_default; color: ansi_yellow; }
    }
    """

    class Chosen(Message):
        """Posted when the person wants a journal of their own."""

    def __init__(self, *, has_own: bool = False) -> None:
        super().__init__(markup=False)
        self._has_own, self._is_refused = has_own, False

    def on_resize(self) -> None:
        """Show as much as there is room for."""
        self._draw()

    def refuse(self) -> None:
        """Say that nothing is written here, after a key that would have changed the sample."""
        self._is_refused = True
        self.add_class("-refused")
        self._draw()

    def _draw(self) -> None:
        is_wide = self.size.width >= _WIDE
        about = _ABOUT if is_wide else _ABOUT_SHORT
        first = ("This is a sample to look around in.  " if is_wide else "This is a sample.  ", "")
        if self._is_refused:
            refused = "Nothing is written to this sample.  " if is_wide else "Nothing is written.  "
            first = (refused, "bold")
        then = " Open your own journal" if self._has_own else " Begin your own journal"
        self.update(Content.assemble(f"{about}\n", first, (" enter ", "bold reverse"), then))

    def on_click(self, event: events.Click) -> None:
        """Post `Chosen`."""
        event.stop()
        self.post_message(self.Chosen())


class LineBanner(Static):
    """A line above the page: a message about the page, and the keys to react to it."""

    DEFAULT_CSS = """
    LineBanner {
        height: 1;
        padding: 0 1;
        background: $warning-muted;
        color: $foreground;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:ansi { background: ansi_default; text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)


class WindowBanner(LineBanner):
    """A line that says since when another window has the entry open, and which key hides the line."""

    def __init__(self, when: str, key: str) -> None:
        super().__init__()
        self._when, self._key = when, key

    def on_resize(self) -> None:
        """Show as much as there is room for."""
        where = "Also open in another window" if self.size.width >= _WIDE - 2 else "Open twice"
        said = f"{where} since {self._when}; saving merges both."
        hide = (f"{self._key} hides it", "@click=screen.text")
        self.update(Content.assemble(f"{said} ", hide, "."))


class NewDayBanner(LineBanner):
    """A line with today's date, the key that opens today, and the one that stays on this page."""

    def __init__(self, today: date, key: str, key_to_stay: str) -> None:
        super().__init__()
        self._keys = key, key_to_stay
        self.show_day(today)

    def show_day(self, today: date) -> None:
        """Show today's date."""
        day = f"{WEEKDAYS[today.weekday()][:3]} {short_date(today)}"
        key, key_to_stay = self._keys
        self.update(
            Content.assemble(
                f"It's {day} now. ",
                (f"{key} opens today", "bold @click=screen.today"),
                ", ",
                (f"{key_to_stay} stays here", "@click=screen.text"),
                ".",
            )
        )
