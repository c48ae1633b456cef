"""The scale of a rating: where the new one stands, and how the recent ones are spread."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.app import RenderResult
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.app.widgets.bars import clamped, column, level
from journal_tui.app.widgets.cells import cut, strip, style_of
from journal_tui.app.widgets.wording import median
from journal_tui.entry.rating import shown

_STEPS = 11


class RatingScale(Widget):
    """A track from 0 to 10 with a knob at `value`, above a bar chart of the recent ratings."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "scale--track",
        "scale--recent",
        "scale--words",
        "scale--low",
        "scale--middle",
        "scale--high",
    }
    DEFAULT_CSS = """
    RatingScale {
        height: auto;
        width: 1fr;
        & .scale--track { color: $text-muted; }
        & .scale--recent { color: $text-primary; }
        & .scale--words { color: $text-muted; }
        & .scale--low { color: $text-error; text-style: bold; }
        & .scale--middle { color: $text-warning; text-style: bold; }
        & .scale--high { color: $text-success; text-style: bold; }
        &:ansi .scale--track, &:ansi .scale--words { text-style: dim; }
    }
    """
    value: reactive[float | None] = reactive(None)

    def __init__(
        self, value: float | None = None, recent: Sequence[float] = (), *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(RatingScale.value, value)
        self._recent = [clamped(rating) for rating in recent]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Track and numbers; with recent ratings two rows of chart and one of words more."""
        return 5 if self._recent else 2

    def render(self) -> RenderResult:
        """Nothing: each line is drawn by `render_line`."""
        return ""

    def render_line(self, y: int) -> Strip:
        """From the top: the track, its numbers, the chart, the words."""
        width = self.size.width
        step = max(2, min(6, (width - 8) // _STEPS))
        track = style_of(self, "scale--track")
        parts: list[tuple[str, Style]] = []
        if y == 0:
            parts = self._track(step, track)
        elif y == 1:
            parts = [("".join(f"{n:<{step}}" for n in range(_STEPS)), track)]
        elif y in (2, 3) and self._recent:
            parts = [(self._chart(step, y - 2), style_of(self, "scale--recent"))]
        elif y == 4 and self._recent:
            middle = shown(median(self._recent) or 0)
            count = len(self._recent)
            words = f"Your last {count} ratings: median {middle}"
            if count == 1:
                words = f"Your last rating: {middle}"
            parts = [(cut(words, width), style_of(self, "scale--words"))]
        return strip(parts, width, self.rich_style)

    def _track(self, step: int, quiet: Style) -> list[tuple[str, Style]]:
        """A line with a knob: the place tells the rating, the colour only repeats it."""
        length = (_STEPS - 1) * step + 1
        if self.value is None:
            return [("─" * length, quiet)]
        place = round(clamped(self.value) * step)
        tint = style_of(self, f"scale--{level(self.value)}")
        label = f"  {shown(self.value)}/10"
        rest = ("─" * (length - place - 1), quiet)
        return [("━" * place + "●", tint), rest, (label, tint)]

    def _chart(self, step: int, row: int) -> str:
        """How often each whole rating was given, as bars over their numbers."""
        bins = Counter(int(rating + 0.5) for rating in self._recent)
        most = max(bins.values())
        wide = max(1, step - 2)
        return "".join(f"{column(bins[n] / most, 2)[row] * wide:<{step}}" for n in range(_STEPS))
