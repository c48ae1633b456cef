"""Measure and cut text in terminal cells, and draw bars."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Literal

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.entry.model import TEN, Scale
from journal_tui.entry.sanitize import visible

Level = Literal["low", "middle", "high"]

BAR_HEIGHTS = " ▁▂▃▄▅▆▇█"
"""The characters of a bar, by its height in eighths of a row."""


def scale_of(widget: Widget) -> Scale:
    """Return the scale of the ratings in the journal that the widget's app shows."""
    scale = getattr(widget.app, "scale", TEN)
    return scale if isinstance(scale, Scale) else TEN


def today_of(widget: Widget, otherwise: date) -> date:
    """Return today in the journal that the widget's app shows, or `otherwise` if it shows none."""
    today = getattr(widget.app, "today", None)
    return today if isinstance(today, date) else otherwise


def clamped(rating: float, scale: Scale = TEN) -> float:
    """Return the rating limited to the scale; NaN counts as its lowest."""
    return min(float(scale.high), max(float(scale.low), rating))


def level(rating: float, scale: Scale = TEN) -> Level:
    """Return the level of a rating: low in the first 45 % of the scale, high in the last 30 %."""
    share = (rating - scale.low) / (scale.high - scale.low)
    if share >= 0.7:
        return "high"
    return "middle" if share >= 0.45 else "low"


def vertical_bar(share: float, rows: int) -> list[str]:
    """Return a vertical bar for a share from 0 to 1: a character for each row, top first.

    A share above 0 always shows at least an eighth of a row.
    """
    units = round(min(1.0, max(0.0, share)) * rows * 8)
    if share > 0:
        units = max(units, 1)
    return [BAR_HEIGHTS[min(8, max(0, units - row * 8))] for row in reversed(range(rows))]


def horizontal_bar(rating: float, cells: int, scale: Scale = TEN) -> str:
    """Return a horizontal bar of at most `cells`; a rating above 0 shows at least half a cell."""
    halves = round(max(0.0, clamped(rating, scale)) / scale.high * cells * 2)
    if rating > 0:
        halves = max(halves, 1)
    return "━" * (halves // 2) + "╸" * (halves % 2)


_BREAKS_AND_TABS = dict.fromkeys(map(ord, "\n\r\t"), " ")


def flat(text: str) -> str:
    """Return a text as one line without control characters.

    It has the same length, so that spans in it stay valid.
    """
    return visible(text.translate(_BREAKS_AND_TABS))


def take(text: str, cells: int) -> str:
    """Return the beginning of a text, as many whole characters as fit into `cells`."""
    if cells <= 0:
        return ""
    # A long text is sliced before it is measured, which is slow. Only a text of mostly combining
    # characters is cut too early.
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
    """Return the text in at most `cells`, with … at its end if it was cut."""
    if len(text) <= cells * 4 and cell_len(text) <= cells:
        return text
    return take(text, cells - 1).rstrip() + "…" if cells > 0 else ""


def fit(text: str, cells: int, right: bool = False) -> str:
    """Return the text cut or padded to exactly `cells`, flush left or right."""
    text = cut(text, cells)
    gap = " " * max(0, cells - cell_len(text))
    return gap + text if right else text + gap


def line_spans(text: str, cells: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each line of a text wrapped to `cells`, at white space if possible."""
    at = 0
    while True:
        piece = take(text[at : at + cells * 4], cells) or text[at : at + 1]
        end = at + len(piece)
        if end >= len(text):
            yield at, len(text)
            return
        if not text[end].isspace() and (kept := piece[: piece.rfind(" ") + 1].rstrip()):
            end = at + len(kept)
        yield at, end
        while end < len(text) and text[end].isspace():
            end += 1
        at = end


def wrapped(text: str, cells: int, lines: int) -> list[str]:
    """Wrap the text to at most `lines` lines of `cells`; the last is cut if there is more."""
    text = text.strip()
    spans = list(islice(line_spans(text, cells), lines)) if text else []
    pieces = [cut(text[start:end].rstrip(), cells) for start, end in spans]
    if len(spans) == lines and spans:
        pieces[-1] = cut(text[spans[-1][0] :], cells)
    return pieces


def strip(parts: Iterable[tuple[str, Style]], width: int, fill: Style) -> Strip:
    """Return a line of styled parts, cropped or filled to exactly `width` cells.

    Neighbours of the same style are joined: each change of style sends about forty bytes.
    """
    segments: list[Segment] = []
    for text, style in parts:
        if segments and segments[-1].style == style:
            segments[-1] = Segment(segments[-1].text + text, style)
        elif text:
            segments.append(Segment(text, style))
    return Strip(segments).adjust_cell_length(width, fill)


def component_style(widget: Widget, *components: str) -> Style:
    """Return the combined style of component classes, for a segment."""
    return widget.get_visual_style(*components).rich_style


def visible_style(widget: Widget, style: Style) -> Style:
    """Return the style of a selected cell; in an ANSI theme, reverse it to be visible without colours."""
    if widget.app.native_ansi_color:
        return style.without_color + Style(reverse=True)
    return style
