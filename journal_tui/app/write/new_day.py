"""The line that says that a new day has begun while another day's page is open."""

from datetime import date

from textual.content import Content
from textual.widgets import Static

from journal_tui.app.widgets.humanize import WEEKDAYS, short_date


class NewDayLine(Static):
    """A line with today's date, the key that opens today, and the one that stays on this page."""

    DEFAULT_CSS = """
    NewDayLine {
        height: 1;
        padding: 0 1;
        background: $warning-muted;
        color: $foreground;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:ansi { background: ansi_default; text-style: bold; }
    }
    """

    def __init__(self, today: date, key: str, key_to_stay: str) -> None:
        super().__init__(markup=False)
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
