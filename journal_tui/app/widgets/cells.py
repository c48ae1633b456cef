"""Text measured in terminal cells, where a character may take none, one or two of them."""

from collections.abc import Iterable

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.entry.visible import visible

_BREAKS = dict.fromkeys(map(ord, "\n\r\t"), " ")


def flat(text: str) -> str:
    """A text of an entry as one safe line of the same length, so that spans in it stay true."""
    return visible(text.translate(_BREAKS))


def take(text: str, cells: int) -> str:
    """As many whole characters from the front as fit into `cells`."""
    if cells <= 0:
        return ""
    # A slice keeps long texts cheap; texts of mostly combining signs are merely cut earlier.
    text = text[: cells * 4]
    if text.isascii() and text.isprintable():
        return text[:cells]
    if cell_len(text) <= cells:
        return text
    used = 0
    end = 0
    for _, stop, width in split_graphemes(text)[0]:
        if used + width > cells:
            break
        used += width
        end = stop
    return text[:end]


def cut(text: str, cells: int) -> str:
    """The text in at most `cells`, with … where something was left out."""
    if len(text) <= cells * 4 and cell_len(text) <= cells:
        return text
    return take(text, cells - 1).rstrip() + "…" if cells > 0 else ""


def fit(text: str, cells: int, right: bool = False) -> str:
    """The text cut or padded to exactly `cells`, flush left or right."""
    text = cut(text, cells)
    gap = " " * max(0, cells - cell_len(text))
    return gap + text if right else text + gap


def wrapped(text: str, cells: int, lines: int) -> list[str]:
    """The text broken at spaces into at most `lines` lines of `cells`; the last is cut."""
    result: list[str] = []
    rest = text.strip()
    while rest and len(result) < lines - 1:
        head = take(rest, cells)
        if len(head) < len(rest) and not rest[len(head)].isspace():
            head = head[: head.rfind(" ")] if " " in head else head
        if not head:
            break
        result.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    if rest:
        result.append(cut(rest, cells))
    return result


def strip(parts: Iterable[tuple[str, Style]], width: int, fill: Style) -> Strip:
    """A line of styled parts, cropped or filled to exactly `width` cells.

    Neighbours of one style become one: a terminal is told each change of style in forty bytes.
    """
    segments: list[Segment] = []
    for text, style in parts:
        if segments and segments[-1].style == style:
            segments[-1] = Segment(segments[-1].text + text, style)
        elif text:
            segments.append(Segment(text, style))
    return Strip(segments).adjust_cell_length(width, fill)


def style_of(widget: Widget, *components: str) -> Style:
    """The whole style of components laid over each other, ready for a segment."""
    return widget.get_visual_style(*components).rich_style


def block(widget: Widget, style: Style) -> Style:
    """A style for a chosen cell that still shows in ANSI themes and without colours."""
    if widget.app.native_ansi_color:
        return style.without_color + Style(reverse=True)
    return style
