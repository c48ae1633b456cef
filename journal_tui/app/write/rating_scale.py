"""The rating scale: the value being chosen, and the distribution of recent ratings."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.app import RenderResult
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.app.widgets.cells import (
    clamped,
    component_style,
    cut,
    level,
    scale_of,
    strip,
    vertical_bar,
)
from journal_tui.app.widgets.humanize import average

# A scale with more steps than this is drawn with fewer, wider ones.
_MAX_STEPS = 11


class RatingScale(Widget):
    """A track along the scale with a knob at `value`, above a bar chart of recent ratings."""

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
        self._recent = recent

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height: two rows, or five with the chart of recent ratings."""
        return 5 if self._recent else 2

    def render(self) -> RenderResult:
        """Nothing: each line is drawn by `render_line`."""
        return ""

    def render_line(self, y: int) -> Strip:
        """Draw a row: the track, its numbers, the chart or its caption."""
        width = self.size.width
        numbers = self._numbers()
        step = max(2, min(6, (width - 8) // len(numbers)))
        track = component_style(self, "scale--track")
        parts: list[tuple[str, Style]] = []
        if y == 0:
            parts = self._track(step, track)
        elif y == 1:
            parts = [("".join(f"{n:<{step}}" for n in numbers), track)]
        elif y in (2, 3) and self._recent:
            parts = [(self._chart(step, y - 2), component_style(self, "scale--recent"))]
        elif y == 4 and self._recent:
            count = len(self._recent)
            value = average(self._recent)
            words = f"Your last {count} ratings: {value} on average"
            if count == 1:
                words = f"Your last rating: {value}"
            parts = [(cut(words, width), component_style(self, "scale--words"))]
        return strip(parts, width, self.rich_style)

    def _numbers(self) -> list[int]:
        """Return the numbers along the track, from the lowest to the highest rating."""
        low, high = scale_of(self)
        each = -(-(high - low) // (_MAX_STEPS - 1))
        return [*range(low, high, each), high]

    def _place(self, rating: float) -> float:
        """Return the position of a rating along the track, in steps."""
        scale, count = scale_of(self), len(self._numbers()) - 1
        return (clamped(rating, scale) - scale.low) / (scale.high - scale.low) * count

    def _track(self, step: int, quiet: Style) -> list[tuple[str, Style]]:
        """Return the parts of the track; the knob's colour repeats what its position shows."""
        scale = scale_of(self)
        length = (len(self._numbers()) - 1) * step + 1
        if self.value is None:
            return [("─" * length, quiet)]
        place = round(self._place(self.value) * step)
        tint = component_style(self, f"scale--{level(self.value, scale)}")
        label = f"  {scale.shown(self.value)}"
        rest = ("─" * (length - place - 1), quiet)
        return [("━" * place + "●", tint), rest, (label, tint)]

    def _chart(self, step: int, row: int) -> str:
        """Return a row of the bar chart of how often each rating, rounded, was given."""
        bins = Counter(int(self._place(rating) + 0.5) for rating in self._recent)
        most = max(bins.values())
        wide = max(1, step - 2)
        return "".join(
            f"{vertical_bar(bins[n] / most, 2)[row] * wide:<{step}}"
            for n in range(len(self._numbers()))
        )
