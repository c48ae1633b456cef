"""The colours of the editor: a component class for each kind, and a cursor line that keeps them."""

from rich.color import Color as RichColor
from rich.style import Style
from textual._text_area_theme import TextAreaTheme
from textual.color import Color
from textual.widget import Widget
from textual.widgets import TextArea

from journal_tui.entry.marks import KINDS

PREFIX = "editor--"
_CONTRAST = 4.5
COMPONENTS = frozenset(
    f"{PREFIX}{kind}" for kind in (*KINDS, "code-block", "front-matter", "match")
)

# Each kind differs by more than its colour, or by the characters it stands on.
CSS = """
EntryArea {
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
}
"""


def contrast(one: Color, other: Color) -> float:
    """The WCAG contrast of two colours, 1 to 21."""

    def luminance(color: Color) -> float:
        red, green, blue = (
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
            for part in color.normalized
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _readable(widget: Widget, style: Style) -> RichColor | None:
    """The style's own colour, brought nearer to the text's until it can be read."""
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
    """What a kind adds to the text below it: its attributes and colour, never a background."""
    style = widget.get_component_rich_style(f"{PREFIX}{kind}")
    color = _readable(widget, style)
    # False would switch off what an enclosing mark has set.
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
    """TextArea's theme from CSS, but the cursor's line changes only the background."""

    def apply_css(self, text_area: TextArea) -> None:
        """Take the styles of the CSS, then leave the colours of the cursor's line alone."""
        super().apply_css(text_area)
        if self.cursor_line_style:
            self.cursor_line_style = Style(bgcolor=self.cursor_line_style.bgcolor)
