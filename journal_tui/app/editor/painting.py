"""Paint the editor's text: a component class for each kind of mark, and a painted line."""

from collections.abc import Iterable
from typing import overload

from rich.color import Color as RichColor
from rich.containers import Lines
from rich.style import Style
from rich.text import Span, Text
from textual._text_area_theme import TextAreaTheme
from textual.color import Color
from textual.widget import Widget
from textual.widgets import TextArea

from journal_tui.entry.syntax_highlight import KINDS

PREFIX = "editor--"
# The least contrast that WCAG 2 (level AA) asks of text.
_CONTRAST = 4.5
COMPONENTS = frozenset(
    f"{PREFIX}{kind}" for kind in (*KINDS, "code-block", "front-matter", "match", "prompt")
)

# Colour is never the only signal: each kind has a text style or characters of its own as well.
CSS = """
Editor {
    & .editor--heading { color: $text-primary; text-style: bold; }
    & .editor--quote { color: $text-muted; text-style: italic; }
    & .editor--bullet { color: $text-accent; text-style: bold; }
    & .editor--task-open { color: $text-warning; text-style: bold; }
    & .editor--task-done { color: $text-muted; text-style: strike; }
    & .editor--rating { color: $text-success; text-style: bold; }
    & .editor--due { color: $text-warning; text-style: underline; }
    & .editor--tag { color: $text-accent; text-style: italic; }
    & .editor--person { color: $text-secondary; text-style: bold; }
    & .editor--code { color: $text-warning; }
    & .editor--link { color: $text-primary; text-style: underline; }
    & .editor--strong { text-style: bold; }
    & .editor--emphasis { text-style: italic; }
    & .editor--code-block { color: $text-warning; }
    & .editor--front-matter { color: $text-muted; }
    & .editor--match { color: $text-warning; text-style: bold reverse; }
    & .editor--prompt { color: $text-muted; text-style: italic; }
    &:ansi .editor--prompt { text-style: dim italic; }
}
"""


def contrast(one: Color, other: Color) -> float:
    """Return the WCAG 2 contrast ratio of two colours, from 1 to 21."""

    def luminance(color: Color) -> float:
        red, green, blue = (
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
            for part in color.normalized
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _readable_color(widget: Widget, style: Style) -> RichColor | None:
    """Return the style's colour, blended towards the text's until its contrast is high enough."""
    text, background = widget.rich_style.color, widget.rich_style.bgcolor
    if style.color == text or not style.color:
        return None
    if not (text and text.triplet and background and background.triplet and style.color.triplet):
        return style.color
    ground, letters = Color.from_rich_color(background), Color.from_rich_color(text)
    color = own = Color.from_rich_color(style.color)
    for step in range(1, 11):
        if contrast(color, ground) >= _CONTRAST:
            break
        color = own.blend(letters, step / 10)
    return color.rich_color


def mark_style(widget: Widget, kind: str) -> Style:
    """Return the attributes and colour that a kind of mark adds; never a background."""
    style = widget.get_component_rich_style(f"{PREFIX}{kind}")
    color = _readable_color(widget, style)
    # False would switch off an attribute that an enclosing mark has set.
    return Style(
        color=color,
        bold=style.bold or None,
        dim=style.dim or None,
        italic=style.italic or None,
        underline=style.underline or None,
        reverse=style.reverse or None,
        strike=style.strike or None,
    )


class EditorTheme(TextAreaTheme):
    """TextArea's theme from CSS, except that the cursor's line changes only the background."""

    def apply_css(self, text_area: TextArea) -> None:
        """Apply the CSS, then keep only the background of the cursor line's style."""
        super().apply_css(text_area)
        if self.cursor_line_style:
            self.cursor_line_style = Style(bgcolor=self.cursor_line_style.bgcolor)


class PaintedLine(Text):
    """A line with a cheap `divide`, because Textual divides a whole line for each row it draws.

    Each row but the first begins with `indent` blanks in the style `indent_style`.
    """

    indent = 0
    indent_style: Style | None = None

    def fresh(self) -> "PaintedLine":
        """Return a copy that can be styled further."""
        copy = PaintedLine(end="", no_wrap=True)
        copy._text = self._text.copy()
        copy._length = self._length
        copy._spans = self._spans.copy()
        return copy

    def divide(self, offsets: Iterable[int]) -> Lines:
        """Return the rows between the offsets, each created when it is read."""
        return _Rows(self, [0, *offsets, len(self)])


class _Rows(Lines):
    """The rows of a painted line, each created when it is read.

    Textual reads the row that it draws first, then the rows before it to count their tabs. In a
    line without tabs, it gets an empty text for each of those.
    """

    def __init__(self, line: PaintedLine, cuts: list[int]) -> None:
        super().__init__()
        self._line = line
        self._cuts = cuts
        self._rest: Text | None = None

    @overload
    def __getitem__(self, index: int) -> Text: ...

    @overload
    def __getitem__(self, index: slice) -> list[Text]: ...

    def __getitem__(self, index: int | slice) -> Text | list[Text]:
        if isinstance(index, slice):
            return [self._row(row) for row in range(len(self._cuts) - 1)[index]]
        if self._rest is not None:
            return self._rest
        if "\t" not in self._line.plain:
            self._rest = Text()
        return self._row(index)

    def _row(self, index: int) -> Text:
        start, end = self._cuts[index], self._cuts[index + 1]
        line = self._line
        blank = line.indent if index else 0
        plain = " " * blank + line.plain[start:end]
        row = Text(plain, end="", no_wrap=True, tab_size=line.tab_size)
        row._spans = [
            Span(max(first - start, 0) + blank, min(last, end) - start + blank, style)
            for first, last, style in line._spans
            if first < end and last > start
        ]
        if blank and line.indent_style:
            row._spans.append(Span(0, blank, line.indent_style))
        return row
